"""`Glossary`: the dictionary as a mapping from headword to entry, with look-up, search and annotation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from glossary import store
from glossary.annotation import Annotation, Matcher, Overlap, annotate
from glossary.errors import DataError, TermNotFoundError
from glossary.gathering import entries_of
from glossary.merging import merge, with_kinds
from glossary.model import Entry, Harvest, Hit, Sense, Timeline, Use
from glossary.searching import Index
from glossary.variants import distance, key_of, owners

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Glossary", "load"]


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
        merged = {entry.headword: entry for entry in map(merge, alike.values())}
        self._entries = {headword: merged[headword] for headword in sorted(merged)}

    @classmethod
    def from_harvests(cls, harvests: Iterable[Harvest]) -> Glossary:
        """Make a glossary of what was harvested: annex entries, terms that the text itself explains, and quotes.

        An entry that explains several headwords at once (“双高”“双普”) becomes one entry for each, sharing the
        definition. A quoted expression becomes an entry whose sense has a source and no definition; metaphors and
        what is no term at all are left out. The kind is what most reports say.
        """
        found = [
            entry for harvest in harvests for entry in entries_of(harvest) if _can_be_named(entry.headword)
        ]
        return cls(_read_aloud(with_kinds(found)))

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

    def timeline(self, term: str) -> Timeline:
        """Return the career of a term, in any written form: which reports use it, when, where and how often.

        Raises:
            TermNotFoundError: the glossary has no such term.
        """
        entry = self.lookup(term) or self[term]
        uses: dict[str, Use] = {}
        for sense in entry.senses:
            if sense.source:
                known = uses.get(sense.source.id)
                uses[sense.source.id] = Use(
                    source=msgspec.structs.replace(sense.source, place=None),
                    count=max(sense.count, known.count if known else 0),
                    explained=sense.definition is not None or (known is not None and known.explained),
                )
        ordered = sorted(uses.values(), key=lambda use: (use.source.year or 9999, use.source.id))
        return Timeline(headword=entry.headword, uses=tuple(ordered))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a sense as a pandas DataFrame.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from glossary.frames import frame

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
        columns = "headword reading kind definition members english source region year"
        return frame(rows, columns.split())

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


_UNFIT = re.compile("[\0\ud800-\udfff]")


def _can_be_named(headword: str) -> bool:
    return any(map(str.isalnum, headword)) and not _UNFIT.search(headword)


def _read_aloud(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give each entry its reading, unless its source gives one."""
    from glossary.readings import pinyin

    for entry in entries:
        yield entry if entry.reading else msgspec.structs.replace(entry, reading=pinyin(entry.headword))
