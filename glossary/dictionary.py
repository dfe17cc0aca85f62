"""`Glossary`: the dictionary as a mapping from headword to entry, with look-up, search and annotation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from glossary.compiled import Compiled
from glossary.errors import DataError, TermNotFoundError
from glossary.folding import key_of
from glossary.model import KINDS, Entry, Harvest, Hit, Kind, Sense, Timeline, Use
from glossary.paths import opening
from glossary.text import simplify
from glossary.variants import bare_key

if TYPE_CHECKING:
    import pandas as pd

    from glossary.annotation import Annotation, Overlap
    from glossary.batches import Texts
    from glossary.compiling import Progress
    from glossary.matching import Matcher

__all__ = ["Glossary"]


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
        from glossary.merging import merge, unfit

        alike: dict[str, list[Entry]] = {}
        for entry in entries:
            if why := unfit(entry):
                raise DataError(why)
            alike.setdefault(key_of(entry.headword), []).append(entry)
        merged = {entry.headword: entry for entry in map(merge, alike.values())}
        self._entries: Mapping[str, Entry] = {headword: merged[headword] for headword in sorted(merged)}

    @classmethod
    def from_harvests(cls, harvests: Iterable[Harvest]) -> Glossary:
        """Make a glossary of what was harvested: annex entries, terms that the text itself explains, and quotes.

        An entry that explains several headwords at once (“双高”“双普”) becomes one entry for each, sharing the
        definition. A quoted expression becomes an entry whose sense has a source and no definition; metaphors and
        what is no term at all are left out. The kind is what most reports say.
        """
        from glossary.gathering import entries_of
        from glossary.merging import with_kinds

        found = [entry for harvest in harvests for entry in entries_of(harvest)]
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
        from glossary.store import load_toml

        return cls(_read_aloud(load_toml(Path(path))))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Glossary:
        """Open a glossary: a compiled file, a term file or folder of them, or a plain list of headwords (`.txt`).

        What other programs wrote is imported: TBX (`.tbx`), CSV (`.csv`) and JSON Lines (`.jsonl`). A compiled file stays open and is read as entries are asked for; many processes and threads may share one.

        Raises:
            DataError: the file is missing, damaged, or none of these.
        """
        where = Path(path)
        suffix = where.suffix.lower()
        if where.is_dir() or suffix == ".toml":
            return cls.from_toml(where)
        if suffix == ".txt":
            from glossary.store import load_list

            return cls(_read_aloud(load_list(where)))
        from glossary.importing import SUFFIXES, load

        if suffix in SUFFIXES:
            try:
                return cls(_read_aloud(load(where)))
            except DataError as error:
                said = str(error)
                raise DataError(said if str(where) in said else f"{where}: {said}") from None
        with opening(where, "a glossary: .glossary, .toml or a folder of them, .txt, .tbx, .csv or .jsonl"):
            where.stat()
        made = cls.__new__(cls)
        made._entries = Compiled(where)
        return made

    def save(self, path: str | os.PathLike[str], *, progress: Progress | None = None) -> None:
        """Write the glossary to a compiled file; what was there stays until the new file is whole.

        `progress` is called with what is gone through, its name and its number, and yields the same.

        Raises:
            DataError: the file cannot be written.
        """
        from glossary.compiling import write

        write(Path(path), self._entries, progress=progress)

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

    def __reduce__(self) -> tuple[Any, tuple[Any]]:
        # what is derived (the scanner) is no matter for another process, and an open file is named by its path
        if isinstance(self._entries, Compiled):
            return type(self).open, (self._entries.path,)
        return type(self), (list(self.values()),)

    def __repr__(self) -> str:
        return f"<Glossary of {len(self)} entries>"

    @property
    def path(self) -> Path | None:
        """The compiled file that the glossary is read from; `None` for one that was made or read whole."""
        return self._entries.path if isinstance(self._entries, Compiled) else None

    def lookup(self, term: str) -> Entry | None:
        """Return the entry that a written form names, in any script and with or without quotes, or `None`.

        Raises:
            TypeError: the term is no string.

        >>> Glossary.from_headwords(["一网通办"]).lookup("「一網通辦」").headword
        '一网通办'
        """
        _check("term", term, str)
        if isinstance(self._entries, Compiled):
            return self._entries.lookup(term)
        found = self._names.get(key_of(term)) or self._names.get(bare_key(term))
        return self._entries[found[0]] if found else None

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        """Return the entries that a query finds, best first.

        The query may be a headword or a part of one in any script, with any punctuation or none, or with one character
        wrong; pinyin with or without tones and blanks, as it is heard, or mixed with hanzi; initials; a text that holds
        a headword; or words of a definition or of the English equivalent. `searching` says what counts how much.

        Raises:
            TypeError: the query is no string.

        >>> g = Glossary.from_headwords(["一网通办", "双随机、一公开"])
        >>> [(hit.entry.headword, hit.field) for hit in g.search("ywtb") + g.search("双随机一公开")]
        [('一网通办', 'initials'), ('双随机、一公开', 'headword')]
        """
        from glossary.searching import search

        _check("query", query, str)
        return search(self._compiled, query, limit=limit)

    def prefix(self, start: str) -> list[Entry]:
        """Return the entries whose headword or other written form begins so, by headword.

        >>> [entry.headword for entry in Glossary.from_headwords(["一网通办", "一网统管", "网格"]).prefix("一網")]
        ['一网统管', '一网通办']
        """
        key = key_of(start)
        names = self._compiled.names
        found = {n for form in names.starting(key) for n in names[form]} if key else ()
        return [self._compiled.entry(n) for n in sorted(found)]

    def related(self, term: str) -> list[Entry]:
        """Return the entries that a term, in any written form, names as related, then those that name it, by headword.

        Raises:
            TermNotFoundError: the glossary has no such term.
        """
        entry = self.lookup(term) or self[term]
        named = [found for name in entry.related if (found := self.lookup(name))]
        keys = {key_of(entry.headword), *map(key_of, entry.variants)}
        naming = {
            n
            for key in sorted(keys)
            for (n,) in self._compiled.rows("SELECT entry FROM related WHERE name = ?", (key,))
        }
        unique = {each.headword: each for each in [*named, *map(self._compiled.entry, sorted(naming))]}
        unique.pop(entry.headword, None)
        return list(unique.values())

    def select(
        self,
        *,
        kind: Kind | Iterable[Kind] | None = None,
        source: str | Iterable[str] | None = None,
        region: str | None = None,
        years: int | tuple[int, int] | None = None,
    ) -> Glossary:
        """Return the glossary of the entries that fit, each with its senses that fit.

        `kind` and `source` (an id) are one or several; `region` is any level of a region's name, in either script
        (黄浦区, 上海市); `years` is one year, or the first and the last.

        Raises:
            ValueError: there is no such kind.
            TypeError: `region` is no string, or `years` neither one year nor two.

        >>> g = Glossary.from_headwords(["一网通办", "雪亮工程"])
        >>> len(g.select(kind=["other", "brand"])), len(g.select(years=2023))
        (2, 0)
        """
        kinds = {kind} if isinstance(kind, str) else set(kind) if kind is not None else None
        for name in (kinds or set()) - set(KINDS):
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {name!r}")
        _check("region", region, str | None)
        _check("years", years, Real | tuple | list | None)
        ids = {source} if isinstance(source, str) else set(source) if source is not None else None
        where = simplify(region) if region else None
        first, last = years if isinstance(years, tuple | list) else (years, years)

        def fits(sense: Sense) -> bool:
            cited = sense.source
            return (
                (ids is None or (cited is not None and cited.id in ids))
                and (where is None or (cited is not None and where in (cited.region or "")))
                and (
                    first is None
                    or last is None
                    or (cited is not None and cited.year is not None and first <= cited.year <= last)
                )
            )

        chosen = []
        for entry in self.values():
            if kinds is not None and entry.kind not in kinds:
                continue
            senses = tuple(filter(fits, entry.senses))
            if senses or (ids is None and where is None and first is None):
                chosen.append(msgspec.structs.replace(entry, senses=senses))
        return Glossary(chosen)

    def annotate(
        self,
        text: str,
        *,
        region: str | None = None,
        year: int | None = None,
        overlap: Overlap = "longest",
        first_only: bool = False,
    ) -> Annotation:
        """Annotate a text: find every mention of an entry, in any script, with exact offsets.

        `region` and `year` of the text settle which sense fits best. `overlap` is "longest" (no two mentions
        overlap), "all", or a callable that picks mentions from all. With `first_only` each entry is marked where it
        is first mentioned, and nowhere else.

        Raises:
            TypeError: `text` or `region` is no string, or `year` no number.
            ValueError: `overlap` is none of these.
        """
        from glossary.annotation import annotate

        _check("text", text, str)
        _check("region", region, str | None)
        _check("year", year, Real | None)

        return annotate(text, self._matcher, region=region, year=year, overlap=overlap, first_only=first_only)

    def annotate_many(
        self, texts: Texts, *, processes: int | None = None, progress: bool = False, **how: Any
    ) -> Iterator[Annotation]:
        """Yield the annotation of each text, in order, holding few of them at a time.

        `texts` are strings, reports, or paths of report files, which are read; or one path of a text file or an open
        one, of which each line is a text. A report's own region and year settle its senses; `how` are the options of
        `annotate`. `processes` is how many work at once: by default one, and all processors where 64 files or
        more are read. `progress` shows a bar on a terminal.

        Raises:
            ReadError: a file can't be read.

        >>> g = Glossary.from_headwords(["一网通办"])
        >>> [len(annotation) for annotation in g.annotate_many(["推进一网通办", "其他"])]
        [1, 0]
        """
        from glossary.batches import annotate_many

        return annotate_many(self, texts, processes=processes, progress=progress, **how)

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
        """Return one row a sense as a pandas DataFrame; an entry without senses has one row, too.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from glossary.frames import BOOL, INT, LIST, TEXT, frame

        rows = [
            {
                "headword": entry.headword,
                "reading": entry.reading,
                "kind": entry.kind,
                "definition": sense.definition,
                "members": list(sense.members),
                "variants": list(entry.variants),
                "english": entry.english,
                "related": list(entry.related),
                "source": source.id if source else None,
                "title": source.title if source else None,
                "region": source.region if source else None,
                "year": source.year if source else None,
                "date": source.date if source else None,
                "place": source.place if source else None,
                "since": sense.since,
                "obsolete": sense.obsolete,
            }
            for entry in self.values()
            for sense in entry.senses or (Sense(),)
            for source in (sense.source,)
        ]
        texts = "headword reading kind definition members variants english related source title region year date place"
        kinds = {"members": LIST, "variants": LIST, "related": LIST, "year": INT}
        columns = {name: kinds.get(name, TEXT) for name in texts.split()}
        return frame(rows, columns | {"since": INT, "obsolete": BOOL})

    def export(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        *,
        title: str | None = None,
        base: str = "",
        syntax: str | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Write the glossary for other programs, and return how many entries; what was there stays until all is written.

        `format` is "tbx", "tbx2", "skos", "csv", "jsonl", "jieba", "cedict", "stardict", "anki" or "yomitan"; by default
        what the name of the file says (.tbx, .ttl, .jsonld, .csv, .jsonl, .u8, .ifo, .apkg, .zip). `title` is what the
        dictionary is called (政策术语), `base` what addresses in SKOS begin with, `syntax` of SKOS is "turtle" or "json-ld".

        Raises:
            ValueError: there is no such format or syntax, or the format has no use for an option.
            DataError: the file can't be written, or an entry can't be in this format.
            MissingExtraError: the format needs a library that is not installed.
        """
        from glossary.export import export

        return export(
            self._entries, Path(path), format, title=title, base=base, syntax=syntax, progress=progress
        )

    def _nearest(self, headword: str) -> list[str]:
        found = self.lookup(headword)
        if found:
            return [found.headword]
        if isinstance(self._entries, Compiled) or "_compiled" in vars(self) or len(self) <= _FEW:
            return [hit.entry.headword for hit in self.search(headword, limit=3)]
        # a miss must not cost the making of a large index
        chars = set(key_of(headword))
        shared = {name: len(chars & set(key_of(name))) / max(len(chars), len(name)) for name in self}
        near = sorted(shared, key=lambda name: (-shared[name], name))[:3]
        return [name for name in near if shared[name] >= _NEAR]

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """The headwords for the key of each written form, of a glossary that was made and not opened."""
        from glossary.variants import names_of, owners

        return names_of(owners(self._entries))

    @cached_property
    def _compiled(self) -> Compiled:
        """The entries as they are compiled: in the file that was opened, or in memory."""
        from glossary.compiling import in_memory

        return self._entries if isinstance(self._entries, Compiled) else in_memory(self._entries)

    @cached_property
    def _matcher(self) -> Matcher:
        from glossary.matching import Matcher

        return self._entries.matcher() if isinstance(self._entries, Compiled) else Matcher.of(self._entries)


# A headword that shares so much of its characters with another is suggested for it.
_NEAR = 0.5
_FEW = 2000
_SAID: Mapping[type, str] = {str: "a string", Real: "a number", tuple: "two of them", type(None): "None"}


def _check(name: str, value: object, wanted: Any) -> None:
    if not isinstance(value, wanted):
        said = " or ".join(_SAID[kind] for kind in getattr(wanted, "__args__", (wanted,)) if kind in _SAID)
        raise TypeError(f"{name} is {said}, not {value!r:.60}")


def _read_aloud(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give each entry its reading, unless its source gives one."""
    from glossary.readings import pinyin

    for entry in entries:
        yield entry if entry.reading else msgspec.structs.replace(entry, reading=pinyin(entry.headword))
