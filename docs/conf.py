"""Settings of the documentation site."""

from pathlib import Path

import glossary

project = "glossary"
author = "The glossary developers"
copyright = f"2026, {author}"
version = release = glossary.__version__
language = "zh_CN"
# Not relative: `sphinx.js`, what scripts say, is looked for from the working directory.
locale_dirs = [str(Path(__file__).parent / "locale")]
templates_path = ["_templates"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "glossary.sphinxext"]
exclude_patterns = ["_build", "_ext", "_templates", "locale"]
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

nitpicky = True
# documented elsewhere, and a build asks nothing of the network
nitpick_ignore_regex = [("py:class", r"(collections\.abc|os|pathlib|pd|pyarrow)\..*")]
nitpick_ignore = [
    # names of unions, which the page on the API explains; references in signatures look for classes only
    ("py:class", "Layout"),
    ("py:class", "Overlap"),
    ("py:class", "Layout"),
    ("py:class", "Progress"),
    ("py:class", "Texts"),
]

html_theme = "furo"
html_title = "glossary"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
