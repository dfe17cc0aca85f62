project = "浏览器"
language = "zh_CN"
extensions = ["glossary.sphinxext"]
html_theme = "furo"
html_favicon = "favicon.svg"
glossary_autolink = "first"
