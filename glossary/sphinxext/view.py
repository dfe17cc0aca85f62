"""An entry as nodes: an item of a definition list, which every builder knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from docutils import nodes
from sphinx import addnodes

from glossary.dictionary import Glossary
from glossary.merging import grouped
from glossary.model import Entry, Sense
from glossary.render.terms import KIND_LABELS, NO_DEFINITION, cite, one_line, origin
from glossary.senses import best_sense
from glossary.sphinxext.anchors import anchor
from glossary.sphinxext.nodes import headword, mention, permalink, timeline
from glossary.sphinxext.terms import definition_of, gloss
from glossary.sphinxext.timeline import caption, picture

__all__ = ["entry_item", "mention_of", "reference_to"]

# A card is read while pointing at a word.
_CARD = 240
_SOURCES = 6


def reference_to(
    name: str, shown: nodes.Node | None = None, definition: str | None = None
) -> addnodes.pending_xref:
    """Return a reference to a term, to be resolved when all entries are known; `shown` is what stands there.

    `definition` is what the term means there, where it isn't what speaks for the entry.
    """
    return addnodes.pending_xref(
        "",
        shown or nodes.inline("", name, classes=["xref", "policy", "policy-term"]),
        refdomain="policy",
        reftype="term",
        reftarget=name,
        refexplicit=shown is not None,
        refwarn=True,
        definition=definition,
    )


def mention_of(entry: Entry, definition: str | None = None) -> mention:
    """Return an empty mention of an entry, with what a card says of it: `definition`, or what speaks for the entry."""
    definition = gloss(definition or definition_of(entry), _CARD)
    return mention(
        "",
        headword=entry.headword,
        reading=entry.reading,
        kind=entry.kind,
        definition=definition or NO_DEFINITION,
    )


def entry_item(
    entry: Entry,
    glossary: Glossary,
    *,
    years: tuple[int, int] | None = None,
    home: bool = True,
    more: Iterable[nodes.Node] = (),
) -> nodes.definition_list_item:
    """Write an entry out; `years` are the ends of the timeline, and `more` is what the author adds.

    Where it isn't at `home`, it has no anchor, and its headword leads there.
    """
    name: nodes.Node = headword("", entry.headword, written=entry.headword, reading=entry.reading)
    if not home:
        name = reference_to(entry.headword, name)
    term = nodes.term("", "", name)
    if home:
        term["ids"].append(anchor(entry.headword))
    term += nodes.Text(" ")
    term += nodes.inline("", KIND_LABELS[entry.kind], classes=["policy-kind", f"policy-k-{entry.kind}"])
    if home:
        term += permalink()
    body = nodes.definition("")
    body += _english(entry)
    body += [node for group in _senses(entry) for node in _sense(group)]
    if entry.variants:
        body += _fact("又作", nodes.Text("、".join(map(one_line, entry.variants))))
    related: list[nodes.Node] = [
        reference_to(name) if glossary.lookup(name) else nodes.inline("", name) for name in entry.related
    ]
    if related:
        body += _fact("参见", *_between(related, "、"))
    drawn = picture(entry, years) if years else ""
    if drawn:
        body += _fact("年份", timeline("", "", picture=drawn), nodes.Text(caption(entry)))
    for written in (term, *body.children):
        # quotation marks stay what they are
        cast("nodes.Element", written)["support_smartquotes"] = False
    body += list(more)
    return nodes.definition_list_item("", term, body)


def _english(entry: Entry) -> list[nodes.Node]:
    return [nodes.paragraph("", entry.english, classes=["policy-english"])] if entry.english else []


def _senses(entry: Entry) -> list[tuple[Sense, ...]]:
    """Return the groups of senses to show: what says the same once, the best first, mere uses last."""
    best = best_sense(entry)
    return sorted(
        grouped(entry.senses),
        key=lambda group: (best not in group, group[0].definition is None and not group[0].members),
    )


def _sense(group: tuple[Sense, ...]) -> list[nodes.Node]:
    """Write out what senses that say the same say."""
    sense = group[0]
    written: list[nodes.Node] = []
    if sense.definition:
        written.append(nodes.paragraph("", sense.definition, classes=["policy-definition"]))
    if sense.members:
        items = [nodes.list_item("", nodes.paragraph("", member)) for member in sense.members]
        written.append(nodes.bullet_list("", *items, classes=["policy-members"]))
    # the bare year stands beside the picture
    origins = list(dict.fromkeys(origin(each) for each in group if each.citation or each.obsolete))
    if origins:
        written.append(nodes.paragraph("", "；".join(origins), classes=["policy-fact"]))
    cited = list(dict.fromkeys(cite(each.source) for each in group if each.source))
    if cited:
        rest = f"；等 {len(cited)} 处" if len(cited) > _SOURCES else ""
        label = "来源" if sense.definition or sense.members else "见于"
        written.append(_fact(label, nodes.Text("；".join(cited[:_SOURCES]) + rest)))
    return written


def _fact(label: str, *said: nodes.Node) -> nodes.paragraph:
    name = nodes.inline("", f"{label}：", classes=["policy-label"])
    return nodes.paragraph("", "", name, *said, classes=["policy-fact"])


def _between(parts: list[nodes.Node], separator: str) -> list[nodes.Node]:
    joined: list[nodes.Node] = []
    for part in parts:
        joined += [nodes.Text(separator), part] if joined else [part]
    return joined
