"""Annotated text made visible: as a web page or notebook output, as Markdown, in a terminal.

`html.page`, `html.fragment`, `markdown.markdown` and `terminal.terminal` each take a text and its mentions.
"""
