extensions = ["glossary.sphinxext"]
project = "云泽词语"
glossary_path = "terms"
html_theme = "basic"
