"""The directive `builtin-terms`: every entry of the built-in glossary as a section of its own.

The id of a section is the headword itself, so that a link to it holds when other entries come and go.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

import glossary
from glossary.paths import terms_directory
from glossary.render.terms import KIND_LABELS, cite, origin


def id_of(headword: str) -> str:
    """Return the id of an entry: its headword, without the blanks that an id can't have."""
    return "".join(headword.split())


class BuiltinTerms(SphinxDirective):
    """Write the entries of `glossary.load()`, grouped by source and sorted by reading."""

    def run(self) -> list[nodes.Node]:
        for file in terms_directory().rglob("*.toml"):
            self.env.note_dependency(str(file))
        g = glossary.load()
        groups: dict[str, list[glossary.Entry]] = {}
        for entry in sorted(g.values(), key=lambda e: (e.reading, e.headword)):
            groups.setdefault(_group(entry), []).append(entry)
        return [
            self._section(title, groups[title], g)
            for title in sorted(groups, key=lambda t: (_region(groups[t][0]), t))
        ]

    def _section(self, title: str, entries: list[glossary.Entry], g: glossary.Glossary) -> nodes.section:
        section = nodes.section("", nodes.title("", title), ids=[id_of(title)], names=[title])
        section += [_entry(entry, g) for entry in entries]
        return section


def _group(entry: glossary.Entry) -> str:
    source = entry.senses[0].source if entry.senses else None
    return (source.title or source.id) if source else "其他"


def _region(entry: glossary.Entry) -> str:
    """Return the region of an entry's first source; what holds for the whole country comes first."""
    source = entry.senses[0].source if entry.senses else None
    return (source and source.region) or ""


def _entry(entry: glossary.Entry, g: glossary.Glossary) -> nodes.section:
    section = nodes.section(
        "", nodes.title("", entry.headword), ids=[id_of(entry.headword)], names=[entry.headword]
    )
    section["classes"].append("term")
    facts = [nodes.inline("", entry.reading, classes=["reading"])]
    if entry.english:
        facts.append(nodes.inline("", entry.english, classes=["english"]))
    facts.append(nodes.inline("", KIND_LABELS[entry.kind], classes=["kind"]))
    section += nodes.paragraph("", "", *_between(facts, " · "), classes=["facts"])
    for sense in entry.senses:
        if sense.definition:
            section += nodes.paragraph("", sense.definition)
        if sense.members:
            section += nodes.bullet_list(
                "", *(nodes.list_item("", nodes.paragraph("", m)) for m in sense.members)
            )
        if origin(sense):
            section += nodes.paragraph("", f"始见：{origin(sense)}", classes=["facts"])
        # An entry stands under the title of its first source; only others are cited.
        if sense.source and (len(entry.senses) > 1 or sense.source.place):
            section += nodes.paragraph("", f"来源：{cite(sense.source)}", classes=["facts"])
    if entry.variants:
        section += nodes.paragraph("", f"又作：{'、'.join(entry.variants)}", classes=["facts"])
    links = [_link(name) if name in g else nodes.Text(name) for name in entry.related]
    if links:
        section += nodes.paragraph("", "参见：", *_between(links, "、"), classes=["facts"])
    return section


def _link(headword: str) -> nodes.reference:
    return nodes.reference("", headword, internal=True, refuri=f"#{id_of(headword)}")


def _between(parts: list[nodes.Node], separator: str) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for part in parts:
        joined += [nodes.Text(separator), part] if joined else [part]
    return joined


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("builtin-terms", BuiltinTerms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
