"""Entries of one name made one, so that neither the order nor the grouping of merging matters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from glossary.folding import fold, key_of
from glossary.model import KINDS, Entry, Kind, Sense, Source
from glossary.text import UNFIT, can_be_named, simplify
from glossary.variants import bare_key

__all__ = ["grouped", "merge", "plain", "unfit", "with_kinds"]


def unfit(entry: Entry) -> str | None:
    """Say why a record can't be an entry of a glossary; `None` where it can.

    >>> unfit(Entry(headword="+"))
    "'+' cannot be a headword: it needs a letter or a digit, and no NUL."
    """
    if not can_be_named(entry.headword):
        return f"{entry.headword!r} cannot be a headword: it needs a letter or a digit, and no NUL."
    if any(map(UNFIT.search, entry.variants)):
        return f"{entry.headword}: a variant holds a NUL or half a character. Leave it out."
    return None


def plain(entry: Entry) -> Entry:
    """Return an entry as such, whatever record it comes as."""
    if type(entry) is Entry:
        return entry
    return Entry(**{field: getattr(entry, field) for field in Entry.__struct_fields__})


def with_kinds(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the entries of one name one kind: what most with a definition say, then most, then first of `KINDS`."""
    votes: dict[str, Counter[tuple[Kind, bool]]] = {}
    for entry in entries:
        explained = any(sense.definition for sense in entry.senses)
        votes.setdefault(key_of(entry.headword), Counter())[entry.kind, explained] += entry.kind != "other"
    for entry in entries:
        given = votes[key_of(entry.headword)]
        kind = max(KINDS, key=lambda k: (given[k, True], given[k, True] + given[k, False], -KINDS.index(k)))
        yield msgspec.structs.replace(entry, kind=kind if sum(given.values()) else "other")


def merge(entries: Sequence[Entry]) -> Entry:
    """Merge the entries of one headword so that neither order nor grouping matters.

    The headword is simplified before traditional, quoted as a report names it before bare, then first in order; the
    kind is the first in `KINDS` that an entry says.
    """
    if len(entries) == 1:
        return plain(entries[0])
    heads = sorted({e.headword for e in entries}, key=lambda h: (simplify(h) != h, '"' not in fold(h), h))
    senses = {msgspec.json.encode(sense): sense for entry in entries for sense in entry.senses}
    return Entry(
        headword=heads[0],
        reading=_reading(heads[0], {e.reading for e in entries if e.headword == heads[0] and e.reading}),
        kind=min((e.kind for e in entries), key=KINDS.index),
        variants=tuple(sorted({*heads, *(v for e in entries for v in e.variants)} - {heads[0]})),
        senses=tuple(senses[key] for key in sorted(senses, key=lambda key: _age(senses[key], key))),
        english=min(filter(None, (e.english for e in entries)), default=None),
        related=tuple(sorted({name for e in entries for name in e.related})),
    )


def grouped(senses: Sequence[Sense]) -> list[tuple[Sense, ...]]:
    """Group the senses that say the same, for showing: the first of each group speaks for it.

    The same is what has the same members and a definition that differs in punctuation, script or a few characters
    only, none of them a figure or a negation, as where a report copies last year's annex. Senses without a
    definition are one group.

    >>> a, b = Sense(definition="市级平台，2019年建成。"), Sense(definition="市级平台,2019年建成")
    >>> [len(group) for group in grouped([a, b, Sense(definition="区级窗口。")])]
    [2, 1]
    """
    groups: list[tuple[list[str | None], tuple[str, ...], list[Sense]]] = []
    for sense in senses:
        said = bare_key(sense.definition) if sense.definition else None
        members = tuple(map(bare_key, sense.members))
        for known, theirs, group in groups:
            if members == theirs and all(_alike(other, said) for other in known):
                known.append(said)
                group.append(sense)
                break
        else:
            groups.append(([said], members, [sense]))
    return [tuple(group) for _, _, group in groups]


# Two definitions that share so much say the same.
_SAME = 0.92
# Definitions with other figures, or a not more or less, don't: 2025年达到40%, 2035年达到45%.
_FACTS = re.compile("[0-9.%]+|[一二三四五六七八九十百千万亿两每季月年日]+|[不未无非禁勿没可]")


def _alike(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return one == other
    if _FACTS.findall(one) != _FACTS.findall(other):
        return False
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return (
        compared.real_quick_ratio() >= _SAME and compared.quick_ratio() >= _SAME and compared.ratio() >= _SAME
    )


def _reading(headword: str, given: set[str]) -> str:
    """Choose a reading: one that a source gives because the derived one is wrong goes before the derived one."""
    if len(given) > 1:
        from glossary.readings import pinyin

        given = given - {pinyin(headword)}
    return min(given, default="")


def _age(sense: Sense, key: bytes) -> tuple[bool, bool, int, str, bytes]:
    """Order senses: those with a definition first, what holds everywhere before what a region says, then by year."""
    source = sense.source or Source(id="")
    return sense.definition is None, bool(source.region), source.year or 9999, source.id, key
