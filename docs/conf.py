"""Settings of the documentation site."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

import jieba

import glossary

# Sphinx cuts Chinese with jieba for the search index; what that logs is of no use here.
jieba.setLogLevel(logging.WARNING)

project = "glossary"
author = "The glossary developers"
copyright = f"2026, {author}"
version = release = glossary.__version__
language = "zh_CN"
locale_dirs = ["locale"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "terms_page"]
exclude_patterns = ["_build", "_ext", "locale"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Docstrings write code between single backticks.
default_role = "code"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
add_module_names = False

html_theme = "furo"
html_title = "glossary"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
