"""The directives: an entry, a list of entries, an annotated passage, a search box, and a place to annotate in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from glossary.model import KINDS, Entry, Mention
from glossary.render.terms import KIND_LABELS, explained
from glossary.sphinxext.anchors import anchor
from glossary.sphinxext.domain import PolicyDomain
from glossary.sphinxext.nodes import widget
from glossary.sphinxext.terms import selection
from glossary.sphinxext.view import entry_item, reference_to
from glossary.sphinxext.warnings import Subtype, warn
from glossary.text import NARROW

__all__ = [
    "AnnotateDirective",
    "AnnotatorDirective",
    "EntryDirective",
    "ListDirective",
    "SearchDirective",
    "firsts",
    "linked",
    "unknown",
]

_COMMAS = re.compile("[,，、;；]")
_YEARS = re.compile(r"(\d{4})(?:\s*[-–—~～]\s*(\d{4}))?")


def _several(argument: str) -> list[str]:
    """Read several values of an option, parted by commas of any kind."""
    return [part.strip() for part in _COMMAS.split(directives.unchanged_required(argument)) if part.strip()]


# Letters may be small or wide, and kinds are in Chinese where readers see them.
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ#")
_KINDS = {label: kind for kind, label in KIND_LABELS.items()}
_READ: dict[str, Callable[[str], str]] = {
    "letter": lambda value: value.translate(NARROW).upper(),
    "kind": lambda value: _KINDS.get(value, value),
}


def _years(value: str) -> range:
    """Read a year or the first and the last; empty where it is neither.

    >>> list(_years("2019-2021")), list(_years("last"))
    ([2019, 2020, 2021], [])
    """
    found = _YEARS.fullmatch(value)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)


class _PolicyDirective(SphinxDirective):
    """What the directives have in common: the glossary, and a document that shows something of it."""

    @property
    def domain(self) -> PolicyDomain:
        domain = cast("PolicyDomain", self.env.domains["policy"])
        domain.note_use()
        return domain

    def place(self) -> nodes.Node:
        """Return a node that stands where the directive does, for warnings."""
        here = nodes.comment()
        self.set_source_info(here)
        return here


class _EntriesDirective(_PolicyDirective):
    """Writes entries out as one definition list."""

    def listed(self, entries: list[Entry], home: bool) -> nodes.definition_list:
        # what the entries say is found by the extension's own search, which leads to the entry and not to the page
        items = nodes.definition_list("", classes=["policy-entries", "no-search"])
        self.set_source_info(items)
        for entry in entries:
            items += self.item(entry, home)
        return items

    def item(self, entry: Entry, home: bool, more: list[nodes.Node] | None = None) -> nodes.Node:
        domain = self.domain
        taken = self.state.document.ids.get(anchor(entry.headword))
        if taken is not None and home:
            what = "is written out twice in this document"
            if not isinstance(taken, nodes.term):
                what = f"has no link: its id is that of another {taken.tagname} of this document"
            warn(Subtype.DUPLICATE, f"{entry.headword} {what}.", self.place())
        home = home and taken is None
        item = entry_item(entry, domain.terms.glossary, years=domain.years, home=home, more=more or ())
        if home:
            domain.note_entry(entry, self.place())
            self.state.document.ids[anchor(entry.headword)] = cast("nodes.Element", item.children[0])
        return item


class EntryDirective(_EntriesDirective):
    """Writes one entry out: `.. policy:entry:: 一网通办`; the content of the directive follows what the glossary says."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {"no-index": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the entry."""
        name = self.arguments[0].strip()
        entry = self.domain.terms.glossary.lookup(name)
        if entry is None:
            warn(Subtype.UNKNOWN, unknown(self.domain, name), self.place())
            return []
        more = self.parse_content_to_nodes() if self.content else []
        items = self.listed([], home=False)
        if more:
            # the author's own words are searched as any other page
            items["classes"].remove("no-search")
        items += self.item(entry, "no-index" not in self.options, more)
        return [items]


class ListDirective(_EntriesDirective):
    """Writes entries out in order of reading: all, or those that fit every option."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "kind": _several,
        "source": _several,
        "region": _several,
        "year": _several,
        "letter": _several,
        "no-index": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        filters: dict[str, list[Any]] = {
            name: [_READ[name](value) for value in values] if name in _READ else values
            for name, values in self.options.items()
            if name != "no-index"
        }
        wrong = [told for name, values in filters.items() for told in self._told(name, values)]
        for told in wrong:
            warn(Subtype.OPTION, told, self.place())
        if "year" in filters:
            filters["year"] = [year for value in filters["year"] for year in _years(value)]
        # an option of which nothing is left lets nothing pass
        entries = selection(self.domain.terms.entries, **filters) if all(filters.values()) else []
        if not entries and not wrong:
            said = ", ".join(f":{name}: {'、'.join(self.options[name])}" for name in filters)
            warn(
                Subtype.EMPTY,
                f"no entry of the glossary fits this list ({said or 'it is empty'}).",
                self.place(),
            )
        return [self.listed(entries, "no-index" not in self.options)] if entries else []

    def _told(self, name: str, values: list[str]) -> Iterator[str]:
        """Say what is wrong with the values of an option."""
        for value in values:
            if name == "kind":
                if value not in KINDS:
                    yield f"there is no kind {value!r}; the kinds are {', '.join(KINDS)}."
            elif name == "letter":
                # a site may have a page for each, whatever the glossary has
                if value not in _LETTERS:
                    yield f"{value!r} is no letter; write A to Z, or # for what begins with a figure."
            elif name == "year":
                if not _years(value):
                    yield f"{value!r} is no year; write 2021 or 2019-2023."
            else:
                one: dict[str, Any] = {name: [value]}
                if not selection(self.domain.terms.entries, **one):
                    yield f"no entry of the glossary has the {name} {value!r}."


class AnnotateDirective(_PolicyDirective):
    """Annotates a passage: its content is plain text, whose terms become links with their definitions."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "region": directives.unchanged_required,
        "year": directives.nonnegative_int,
        "first-only": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the passage, a paragraph for each of its own."""
        self.assert_has_content()
        passage = nodes.container("", classes=["policy-passage"], support_smartquotes=False)
        self.set_source_info(passage)
        seen: set[str] = set()
        found = 0
        for text in _paragraphs("\n".join(self.content)):
            annotation = self.domain.terms.glossary.annotate(
                text, region=self.options.get("region"), year=self.options.get("year")
            )
            mentions = annotation.mentions
            if "first-only" in self.options:
                mentions = tuple(firsts(mentions, seen))
            found += len(mentions)
            passage += nodes.paragraph(text, "", *linked(text, mentions))
        if not found:
            warn(Subtype.EMPTY, "the glossary has no term of this passage.", self.place())
        return [passage]


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a passage, which empty lines part."""
    return filter(None, map(str.strip, re.split(r"\n[^\S\n]*\n", text)))


class SearchDirective(SphinxDirective):
    """Sets a box here that looks terms up while one types."""

    def run(self) -> list[nodes.Node]:
        """Return the box; without a script it says where the terms are."""
        return [widget("", *_without_script("输入要查的词需要启用 JavaScript。"), name="search")]


class AnnotatorDirective(_PolicyDirective):
    """Sets a place here where readers annotate a text of their own; the content is the text that stands there first."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        self.domain.note_annotator()
        sample = nodes.container("", classes=["policy-sample", "no-search"])
        sample += [nodes.paragraph("", text) for text in _paragraphs("\n".join(self.content))]
        return [widget("", *_without_script("在这里标注文章需要启用 JavaScript。"), sample, name="annotator")]


def _without_script(text: str) -> list[nodes.Node]:
    return [nodes.paragraph("", text, classes=["policy-noscript", "no-search"])]


def firsts(mentions: Iterable[Mention], seen: set[str]) -> Iterator[Mention]:
    """Yield the mentions of entries not `seen` before, and note them there."""
    for mention in mentions:
        if mention.entry.headword not in seen:
            seen.add(mention.entry.headword)
            yield mention


def linked(text: str, mentions: Iterable[Mention]) -> list[nodes.Node]:
    """Return a text as nodes, its mentions as references."""
    parts: list[nodes.Node] = []
    at = 0
    for mention in mentions:
        if mention.start > at:
            parts.append(nodes.Text(text[at : mention.start]))
        shown = nodes.inline("", mention.surface, classes=["xref", "policy", "policy-term"])
        definition = explained(mention.sense) if mention.sense else None
        parts.append(reference_to(mention.entry.headword, shown, definition))
        at = mention.end
    if at < len(text):
        parts.append(nodes.Text(text[at:]))
    return parts


def unknown(domain: PolicyDomain, name: str) -> str:
    """Say that the glossary has no such term, and what it has that is like it."""
    near = [hit.entry.headword for hit in domain.terms.glossary.search(name, limit=3)]
    hint = f"Did you mean {'、'.join(near)}?" if near else "Check the spelling, or add it to the glossary."
    return f"{name!r} is no term of the glossary. {hint}"
