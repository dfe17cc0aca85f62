"""What a dictionary for readers says of an entry: its meanings, each once, and the forms to look it up by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from glossary.conversions import traditional
from glossary.merging import grouped
from glossary.model import Entry
from glossary.quotes import CLOSING, OPENING
from glossary.render.terms import KIND_LABELS, Term, cite
from glossary.text import simplify
from glossary.variants import PUNCTUATION

__all__ = ["Article", "Meaning", "article", "spoken", "unmarked", "written_forms"]

# blanks and punctuation, which pages leave out or write otherwise
_UNREAD = re.compile(rf"\s|{PUNCTUATION}")
_MARKS = dict.fromkeys(map(ord, OPENING + CLOSING))


class Meaning(NamedTuple):
    """One meaning as it is shown; senses that say the same are one, with all their sources."""

    definition: str
    members: str
    origin: str
    sources: tuple[str, ...]

    @property
    def said(self) -> list[str]:
        """Return what is said, a paragraph each: the definition, and what the members are."""
        members = f"包括：{self.members}" if self.members else ""
        return [text for text in (self.definition, members) if text]


class Article(NamedTuple):
    """An entry as a reader sees it; each field may be empty."""

    headword: str
    reading: str
    kind: str
    english: str
    meanings: tuple[Meaning, ...]

    @property
    def says_nothing(self) -> bool:
        """Tell that there is nothing to read: no definition, no members, no equivalent."""
        return not self.english and not self.meanings

    @property
    def numbered(self) -> Iterator[tuple[list[str], Meaning]]:
        """Yield what each meaning says, with its number before it where there are several, and the meaning."""
        for number, meaning in enumerate(self.meanings, 1):
            first, *others = meaning.said
            yield [f"{number}. {first}" if len(self.meanings) > 1 else first, *others], meaning


def article(entry: Entry) -> Article:
    """Return what to show of an entry; senses without a definition and members are left out.

    >>> from glossary.model import Sense, Source
    >>> senses = [Sense(definition="一处办理。", source=Source(id=id)) for id in ("甲", "乙")]
    >>> article(Entry(headword="一网通办", senses=tuple(senses))).meanings
    (Meaning(definition='一处办理。', members='', origin='', sources=('甲', '乙')),)
    """
    meanings = []
    for group in grouped(entry.senses):
        shown = Term(entry, group[0], ())
        if shown.definition or shown.members:
            cited = dict.fromkeys(cite(sense.source) for sense in group if sense.source)
            meanings.append(Meaning(shown.definition or "", shown.members, shown.origin, tuple(cited)))
    return Article(
        entry.headword, entry.reading, KIND_LABELS[entry.kind], entry.english or "", tuple(meanings)
    )


def written_forms(*names: str) -> tuple[str, ...]:
    """Return how pages write names: with and without their marks, in both scripts.

    >>> written_forms("“三会”制度")
    ('“三会”制度', '三会制度', '“三會”制度', '三會制度')
    >>> written_forms("双随机、一公开")
    ('双随机、一公开', '双随机一公开', '雙隨機、一公開', '雙隨機一公開')
    """
    written = unmarked(*names)
    in_scripts = [
        *written,
        *map(simplify, written),
        *map(traditional, written),
        *(traditional(form, "s2t") for form in written),
    ]
    return tuple(dict.fromkeys(in_scripts))


def unmarked(*names: str) -> list[str]:
    """Return names with and without their marks, in the script they are in.

    >>> unmarked("“三会”制度", "三会")
    ['“三会”制度', '三会制度', '三会']
    """
    written: list[str] = []
    for name in names:
        bare = name.translate(_MARKS)
        plain = _UNREAD.sub("", bare)
        # a name of marks alone would be looked up at every comma
        written += [name, *(form for form in (bare, plain) if any(map(str.isalnum, form)))]
    return list(dict.fromkeys(written))


def spoken(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the headword and each variant with its reading, which for a variant is made here.

    >>> list(spoken(Entry(headword="5+2", reading="5+2", variants=("五加二",))))
    [('5+2', '5+2'), ('五加二', 'wǔ jiā èr')]
    """
    for name in dict.fromkeys((entry.headword, *entry.variants)):
        if name == entry.headword and entry.reading:
            yield name, entry.reading
        else:
            from glossary.readings import pinyin

            yield name, pinyin(name)
