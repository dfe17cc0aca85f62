extensions = ["glossary.sphinxext"]
project = "云泽词语"
glossary_path = "terms.toml"
glossary_autolink = "all"
html_theme = "basic"
language = "zh_CN"
