"""The indices of the domain, each a page of its own: by pinyin, kind, source and year."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from sphinx.domains import Index, IndexEntry

from glossary.keys import sort_key
from glossary.model import KINDS, Entry
from glossary.readings import reading
from glossary.render.terms import KIND_LABELS, one_line
from glossary.sphinxext.anchors import anchor
from glossary.sphinxext.domain import PolicyDomain
from glossary.sphinxext.terms import definition_of, first_year, gloss, in_order, letter_of

__all__ = ["KindIndex", "PinyinIndex", "SourceIndex", "YearIndex"]

_GLOSS = 60
_NONE = "不详"
_IN_ADDRESS = str.maketrans({mark: f"%{ord(mark):X}" for mark in "%&<>"})
# Sphinx's template takes headings for HTML.
_IN_HEADING = str.maketrans('&<>"', "＆＜＞＂")


class _TermIndex(Index):
    """An index of the entries that are written out, under headings, in order of reading."""

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Return the entries under their headings."""
        domain = cast("PolicyDomain", self.domain)
        wanted = None if docnames is None else frozenset(docnames)
        homes = domain.homes()
        glossary = domain.terms.glossary
        # an entry may have gone from the glossary since a document was read that wrote it out
        entries = in_order(glossary[headword] for headword in homes if headword in glossary)
        content: dict[str, list[IndexEntry]] = {}
        for entry in entries:
            docname = homes[entry.headword]
            if wanted is None or docname in wanted:
                for heading in self.headings(entry):
                    content.setdefault(heading.translate(_IN_HEADING), []).append(_line(entry, docname))
        return [(heading, content[heading]) for heading in self.ordered(content)], False

    @abstractmethod
    def headings(self, entry: Entry) -> Iterable[str]:
        """Return the headings under which an entry stands."""

    def ordered(self, headings: Iterable[str]) -> list[str]:
        """Return the headings in order."""
        return sorted(headings)


def _line(entry: Entry, docname: str) -> IndexEntry:
    return IndexEntry(
        name=entry.headword,
        subtype=0,
        docname=docname,
        # templates put it into an address as it is
        anchor=anchor(entry.headword).translate(_IN_ADDRESS),
        extra=entry.reading,
        qualifier="",
        descr=gloss(definition_of(entry), _GLOSS),
    )


class PinyinIndex(_TermIndex):
    """All terms from A to Z, syllable by syllable and tone by tone."""

    name = "pinyin"
    localname = "拼音索引"
    shortname = "拼音"

    def headings(self, entry: Entry) -> Iterable[str]:
        """Return the first letter."""
        return [letter_of(entry)]


class KindIndex(_TermIndex):
    """Terms by the kind of expression."""

    name = "kind"
    localname = "分类索引"
    shortname = "分类"

    def headings(self, entry: Entry) -> Iterable[str]:
        """Return the kind in Chinese."""
        return [KIND_LABELS[entry.kind]]

    def ordered(self, headings: Iterable[str]) -> list[str]:
        """Return the kinds in the order of `KINDS`."""
        there = set(headings)
        return [KIND_LABELS[kind] for kind in KINDS if KIND_LABELS[kind] in there]


class SourceIndex(_TermIndex):
    """Terms by the reports and lists that have them."""

    name = "source"
    localname = "来源索引"
    shortname = "来源"

    @cached_property
    def _titles(self) -> dict[str, str]:
        """By id the title of a source, with region and year where several have the same: 政府工作报告."""
        entries = cast("PolicyDomain", self.domain).terms.entries
        sources = {
            sense.source.id: sense.source for entry in entries for sense in entry.senses if sense.source
        }
        titles = {id: one_line(source.title or id) for id, source in sources.items()}
        told = {
            id: "，".join(map(str, filter(None, (source.region, source.year))))
            for id, source in sources.items()
        }
        for more in (told, {id: id for id in sources}):
            times = Counter(titles.values())
            titles = {
                id: f"{title}（{one_line(more[id])}）" if times[title] > 1 and more[id] else title
                for id, title in titles.items()
            }
        return titles

    def headings(self, entry: Entry) -> Iterable[str]:
        """Return the titles of the sources, each once."""
        titles = [self._titles[sense.source.id] for sense in entry.senses if sense.source]
        return dict.fromkeys(titles or [_NONE])

    def ordered(self, headings: Iterable[str]) -> list[str]:
        """Return the titles in order of reading."""
        return sorted(headings, key=lambda title: (title == _NONE, sort_key(str(reading(title))), title))


class YearIndex(_TermIndex):
    """Terms by the first year that is known of each."""

    name = "year"
    localname = "年份索引"
    shortname = "年份"

    def headings(self, entry: Entry) -> Iterable[str]:
        """Return the first year."""
        return [str(first_year(entry) or _NONE)]
