"""`Glossary`: the dictionary as a mapping from headword to entry, with look-up, search and annotation."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from glossary import store
from glossary.annotation import Annotation, Matcher, Overlap, annotate
from glossary.errors import DataError, TermNotFoundError
from glossary.model import KINDS, AnnexEntry, Entry, Harvest, Hit, Kind, Sense
from glossary.searching import Index
from glossary.text import fold, simplify
from glossary.variants import distance, key_of, owners

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Glossary", "load", "single"]


class Glossary(Mapping[str, Entry]):
    """An immutable dictionary of entries by headword, in code-point order.

    Make one with `from_harvests`, `from_headwords`, `from_toml` or `open`; merge two with `|`.

    >>> g = Glossary.from_headwords(["一网通办", "“两旧”改造"])
    >>> g["一网通办"].reading
    'yī wǎng tōng bàn'
    >>> [mention.surface for mention in g.annotate("推進一網通辦，啟動「兩舊」改造。").mentions]
    ['一網通辦', '「兩舊」改造']
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Make a glossary of entries; those whose headwords differ in script or quotes only are merged.

        Every sense is kept. The headword is the simplified form where there is one; the others become variants.

        Raises:
            DataError: a headword has neither a letter nor a digit.
        """
        alike: dict[str, list[Entry]] = {}
        for entry in entries:
            if not _can_be_named(entry.headword):
                raise DataError(f"{entry.headword!r} cannot be a headword: it needs a letter or a digit.")
            alike.setdefault(key_of(entry.headword), []).append(entry)
        merged = {entry.headword: entry for entry in map(_merge, alike.values())}
        self._entries = {headword: merged[headword] for headword in sorted(merged)}

    @classmethod
    def from_harvests(cls, harvests: Iterable[Harvest]) -> Glossary:
        """Make a glossary of what was harvested: annex entries, terms that the text itself explains, and quotes.

        An entry that explains several headwords at once (“双高”“双普”) becomes one entry for each, sharing the
        definition. A quoted expression becomes an entry whose sense has a source and no definition; metaphors and
        what is no term at all are left out. The kind is what most reports say.
        """
        found = [
            entry for harvest in harvests for entry in _harvested(harvest) if _can_be_named(entry.headword)
        ]
        return cls(_read_aloud(_with_kinds(found)))

    @classmethod
    def from_headwords(cls, headwords: Iterable[str]) -> Glossary:
        """Make a glossary of bare headwords, without senses.

        Raises:
            DataError: a headword has neither a letter nor a digit.
        """
        if isinstance(headwords, str):
            raise TypeError("from_headwords takes several headwords; for one, write [headword]")
        return cls(_read_aloud(Entry(headword=headword) for headword in headwords))

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str]) -> Glossary:
        """Read a term file, or a folder of term files.

        Raises:
            DataError: the path holds no term files, or one is wrong; the message says where.
        """
        return cls(_read_aloud(store.load_toml(Path(path))))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Glossary:
        """Open a glossary: a compiled file, a term file or folder of them, or a plain list of headwords (`.txt`).

        Raises:
            DataError: the file is missing, damaged, or none of these.
        """
        where = Path(path)
        suffix = where.suffix.lower()
        if where.is_dir() or suffix == ".toml":
            return cls.from_toml(where)
        if suffix == ".txt":
            return cls(_read_aloud(store.load_list(where)))
        return cls(store.load_compiled(where))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the glossary to a compiled file; what was there stays until the new file is whole.

        Raises:
            DataError: the file cannot be written.
        """
        store.save_compiled(Path(path), self._entries)

    def __getitem__(self, headword: str) -> Entry:
        try:
            return self._entries[headword]
        except KeyError:
            near = self._nearest(str(headword))
            hint = (
                f"Did you mean {'、'.join(near)}?" if near else "Try search() for parts of words or pinyin."
            )
            raise TermNotFoundError(f"{headword!r} is not a headword of this glossary. {hint}") from None

    def get(self, headword: str, default: Any = None) -> Any:
        """Return the entry of a headword, or the default; unlike `[]` a miss looks for no suggestions."""
        return self._entries.get(headword, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, headword: object) -> bool:
        return headword in self._entries

    def __or__(self, other: Glossary) -> Glossary:
        """Merge two glossaries: every entry of both, every sense with its source."""
        if not isinstance(other, Glossary):
            return NotImplemented
        return Glossary([*self.values(), *other.values()])

    def __reduce__(self) -> tuple[type[Glossary], tuple[list[Entry]]]:
        # what is derived (the scanner) is no matter for another process
        return type(self), (list(self.values()),)

    def __repr__(self) -> str:
        return f"<Glossary of {len(self)} entries>"

    def lookup(self, term: str) -> Entry | None:
        """Return the entry that a written form names, in any script and with or without quotes, or `None`.

        >>> Glossary.from_headwords(["一网通办"]).lookup("「一網通辦」").headword
        '一网通办'
        """
        found = self._keys.get(key_of(term))
        return self._entries[found] if found else None

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        """Return the entries that a query finds, best first.

        The query may be a headword or a part of one in any script, pinyin with or without tones and blanks, initials,
        a text that holds a headword, or words of a definition or of the English equivalent.
        """
        return self._index.search(query, limit=limit)

    def annotate(
        self,
        text: str,
        *,
        region: str | None = None,
        year: int | None = None,
        overlap: Overlap = "longest",
    ) -> Annotation:
        """Annotate a text: find every mention of an entry, in any script, with exact offsets.

        `region` and `year` of the text settle which sense fits best. `overlap` is "longest" (no two mentions
        overlap), "all", or a callable that picks mentions from all.
        """
        return annotate(text, self._matcher, region=region, year=year, overlap=overlap)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a sense as a pandas DataFrame.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            from glossary.errors import MissingExtraError

            raise MissingExtraError(
                'to_frame() needs pandas. Install it with: pip install "policy-glossary[pandas]"'
            ) from None
        rows = [
            {
                "headword": entry.headword,
                "reading": entry.reading,
                "kind": entry.kind,
                "definition": sense.definition,
                "members": list(sense.members),
                "english": entry.english,
                "source": sense.source.id if sense.source else None,
                "region": sense.source.region if sense.source else None,
                "year": sense.source.year if sense.source else None,
            }
            for entry in self.values()
            for sense in entry.senses or (Sense(),)
        ]
        return pd.DataFrame(rows)

    def _nearest(self, headword: str) -> list[str]:
        found = self.lookup(headword)
        if found:
            return [found.headword]
        return [hit.entry.headword for hit in self.search(headword, limit=3)]

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Map each written form's key to its headword; a headword's own key goes before another's variant."""
        keys: dict[str, str] = {}
        for form, entry in sorted(owners(self._entries), key=lambda owned: distance(owned[0])):
            keys.setdefault(form.text.replace('"', ""), entry.headword)
        return keys

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._entries)

    @cached_property
    def _index(self) -> Index:
        return Index(self._entries)


def load() -> Glossary:
    """Return the built-in glossary, made of the `terms/` that this package ships.

    Raises:
        DataError: the shipped files are missing or damaged.
    """
    from glossary.paths import terms_directory

    where = terms_directory()
    if not where.is_dir():
        raise DataError(f"{where}: the shipped terms are missing. Install policy-glossary again.")
    return Glossary.from_toml(where)


# “1”, “N”, 12条, 六方面工作, 两件事: explained where they stand, and no headwords anywhere else.
_BOUND = re.compile(
    "[0-9]+|.|[0-9一二三四五六七八九十两]{1,3}(?:[条條项項个個点點]|(?:大|个|個|项|項|种|種|类|類)?(?:方面|环节|環節|问题|問題|重点|重點|任务|任務|举措|舉措|目标|目標|原则|原則|阶段|階段|层面|層面|领域|領域|步骤|步驟|部分|指标|指標)(?:工作)?|[项項]工作|件(?:大|实|實|好)?事)"
)

_UNFIT = re.compile("[\0\ud800-\udfff]")


def _can_be_named(headword: str) -> bool:
    return any(map(str.isalnum, headword)) and not _UNFIT.search(headword)


def _plain(entry: Entry) -> Entry:
    if type(entry) is Entry:
        return entry
    return Entry(**{field: getattr(entry, field) for field in Entry.__struct_fields__})


def _with_kinds(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the entries of one name one kind: what most with a definition say, then most, then first of `KINDS`."""
    votes: dict[str, Counter[tuple[Kind, bool]]] = {}
    for entry in entries:
        explained = any(sense.definition for sense in entry.senses)
        votes.setdefault(key_of(entry.headword), Counter())[entry.kind, explained] += entry.kind != "other"
    for entry in entries:
        given = votes[key_of(entry.headword)]
        kind = max(KINDS, key=lambda k: (given[k, True], given[k, True] + given[k, False], -KINDS.index(k)))
        yield msgspec.structs.replace(entry, kind=kind if sum(given.values()) else "other")


def _merge(entries: Sequence[Entry]) -> Entry:
    """Merge the entries of one headword so that neither order nor grouping matters.

    The headword is simplified before traditional, quoted as a report names it before bare, then first in order; the
    kind is the first in `KINDS` that an entry says.
    """
    if len(entries) == 1:
        return _plain(entries[0])
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


def _reading(headword: str, given: set[str]) -> str:
    """Choose a reading: one that a source gives because the derived one is wrong goes before the derived one."""
    if len(given) > 1:
        from glossary.readings import pinyin

        given = given - {pinyin(headword)}
    return min(given, default="")


def _age(sense: Sense, key: bytes) -> tuple[bool, int, str, bytes]:
    """Order senses: those with a definition first, then by year, source, and the record itself."""
    source = sense.source
    return sense.definition is None, source.year or 9999 if source else 9999, source.id if source else "", key


def single(found: AnnexEntry) -> Iterator[Entry]:
    """Yield what an annex explains as entries with one headword each: “双高”“双普” are two."""
    if found.names:
        for name in found.names:
            yield Entry(headword=name, kind=found.kind, senses=found.senses, related=found.related)
    else:
        yield _plain(found)


def _harvested(harvest: Harvest) -> Iterator[Entry]:
    for found in harvest.entries:
        yield from single(found)
        for sense in found.senses:
            for sub in sense.subterms:
                inner = Sense(
                    definition=sub.definition,
                    members=sub.members,
                    source=sense.source,
                    start=sub.start,
                    end=sub.end,
                )
                if not _BOUND.fullmatch(sub.term):
                    yield Entry(headword=sub.term, senses=(inner,))
    for inline in harvest.inline:
        if _BOUND.fullmatch(inline.term):
            continue
        sense = Sense(
            definition=inline.definition,
            members=inline.members,
            source=harvest.report.source("正文"),
            start=inline.start,
            end=inline.end,
        )
        yield Entry(headword=inline.term, kind=inline.kind, senses=(sense,))
    source = harvest.report.source("正文")
    for quote in harvest.quotes:
        if quote.kind in ("figurative", "other") or _BOUND.fullmatch(quote.name):
            continue
        start, end = quote.positions[0]
        yield Entry(
            headword=quote.name, kind=quote.kind, senses=(Sense(source=source, start=start, end=end),)
        )


def _read_aloud(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give each entry its reading, unless its source gives one."""
    from glossary.readings import pinyin

    for entry in entries:
        yield entry if entry.reading else msgspec.structs.replace(entry, reading=pinyin(entry.headword))
