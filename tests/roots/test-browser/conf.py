project = "浏览器"
language = "zh_CN"
extensions = ["glossary.sphinxext"]
html_theme = "furo"
glossary_autolink = "first"
