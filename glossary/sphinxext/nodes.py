"""The nodes of the extension, and how HTML shows them; elsewhere each is an inline text or a container like any other.

Sphinx's translators look for a visitor of a node's base class where they have none of its own: so a builder that
knows nothing of these nodes writes what is in them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from glossary.errors import DataError
from glossary.render.above import ruby
from glossary.sphinxext.anchors import in_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["headword", "mention", "permalink", "timeline", "widget"]


class headword(nodes.inline):
    """A headword with its reading, above the characters in HTML; `reading` and `written` are attributes."""


class permalink(nodes.inline):
    """The link of an entry to itself, in HTML."""


class mention(nodes.inline):
    """A term in a text, with what is said of it in attributes: headword, reading, kind, definition."""


class timeline(nodes.inline):
    """The years of a term; `picture` is SVG."""


class widget(nodes.container):
    """A place that a script fills; `name` says with what. Its content stands where there is no script."""


def _visit_headword(self: HTML5Translator, node: headword) -> None:
    written, reading = node["written"], node["reading"]
    try:
        html = ruby(written, reading) if reading else escape(written)
    except DataError:
        # a reading that somebody wrote, and that has more or fewer syllables
        html = f'{escape(written)} <span class="policy-reading">{escape(reading)}</span>'
    self.body.append(f'<span class="policy-name" lang="zh">{html}</span>')
    raise nodes.SkipNode


def _visit_permalink(self: HTML5Translator, node: permalink) -> None:
    # as `add_permalink_ref`, which doesn't escape
    if self.config.html_permalinks and self.builder.add_permalinks:
        to, icon = escape(in_address(node.parent["ids"][0])), self.config.html_permalinks_icon
        self.body.append(f'<a class="headerlink" href="#{to}" title="本条的链接">{icon}</a>')
    raise nodes.SkipNode


def _visit_mention(self: HTML5Translator, node: mention) -> None:
    said = {f"data-{name}": node[name] for name in ("headword", "reading", "kind")}
    if not any(isinstance(child, nodes.reference) for child in node.children):
        # what has no page of its own is reached with the keyboard all the same
        said |= {"tabindex": "0", "title": node["definition"]}
    self.body.append(self.starttag(node, "span", "", CLASS="policy-mention", **said))


def _depart_mention(self: HTML5Translator, node: mention) -> None:
    self.body.append("</span>")


def _visit_timeline(self: HTML5Translator, node: timeline) -> None:
    self.body.append(node["picture"])
    raise nodes.SkipNode


def _visit_widget(self: HTML5Translator, node: widget) -> None:
    if self.builder.name == "epub":
        _skip(self, node)
    self.body.append(self.starttag(node, "div", CLASS=f"policy-widget policy-{node['name']}"))


def _depart_widget(self: HTML5Translator, node: widget) -> None:
    self.body.append("</div>\n")


def _skip(self: nodes.NodeVisitor, node: widget) -> None:
    raise nodes.SkipNode


def setup_nodes(app: Sphinx) -> None:
    """Register the nodes."""
    app.add_node(headword, html=(_visit_headword, None))
    app.add_node(permalink, html=(_visit_permalink, None))
    app.add_node(mention, html=(_visit_mention, _depart_mention))
    app.add_node(timeline, html=(_visit_timeline, None))
    # what asks for a script is nothing on paper
    skipped = (_skip, None)
    app.add_node(
        widget,
        html=(_visit_widget, _depart_widget),
        latex=skipped,
        man=skipped,
        texinfo=skipped,
        text=skipped,
    )
