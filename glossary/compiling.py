"""Writing the compiled file; `compiled` reads it and says what is in it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from glossary.compiled import (
    APPLICATION,
    FORMAT,
    HOWS,
    SCHEMA,
    UNSIGNED,
    Compiled,
    More,
    digest_of,
    pairs,
    signature,
)
from glossary.errors import DataError
from glossary.folding import folding, key_of
from glossary.keys import heard, initials, search_key
from glossary.matching import Pattern, patterns_of
from glossary.model import Entry, Sense, Source
from glossary.scanner import Scanner, automaton_name
from glossary.tries import Postings
from glossary.variants import Owned, names_of, owners

__all__ = ["Progress", "in_memory", "write"]

# Called with what is gone through, what it is, and how many; yields the same.
Progress = Callable[[Iterable[Any], str, int], Iterable[Any]]


def write(path: Path, entries: Mapping[str, Entry], *, progress: Progress | None = None) -> None:
    """Write entries to a compiled file: under a temporary name, checked, then renamed.

    A kill at any moment leaves what was there, or the new file whole.

    Raises:
        DataError: the file can't be written.
    """
    if path.suffix.lower() in (".toml", ".txt"):
        raise DataError(
            f"{path}: is the name of a file written by hand. Name the compiled file OUT.glossary."
        )
    try:
        if path.exists() and not path.is_file():
            raise DataError(f"{path}: is no file. Name a file to write the glossary to.")
        whole = path.resolve()
        beside = whole.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.part")
        beside.touch(exist_ok=False)
        try:
            with contextlib.closing(sqlite3.connect(beside, isolation_level=None)) as base:
                base.executescript(
                    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000"
                )
                owned = _fill(base, entries, progress)
                _keep_patterns(
                    base, patterns_of(owned), {name: n for n, name in enumerate(sorted(entries), 1)}
                )
                for table in ("inside", "aloud", "words", "english"):
                    base.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
                base.execute("COMMIT")
            _sign(beside)
            Compiled(beside, thorough=True).close()
            if whole.exists():
                shutil.copymode(whole, beside)
            beside.replace(whole)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, RuntimeError, OverflowError, UnicodeEncodeError, sqlite3.OperationalError) as error:
        # RuntimeError: a link that leads to itself
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(f"{path}: cannot be written ({reason}). Check the folder and the disk.") from None


def in_memory(entries: Mapping[str, Entry]) -> Compiled:
    """Compile entries without a file, for searching a glossary that was made and not opened."""
    base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(base, entries, None)
    base.execute("COMMIT")
    return Compiled(base)


def _sign(path: Path) -> None:
    """Put the digest of the file, as it is without one, where the placeholder stands; see it safely on the disk."""
    digest = signature(path)
    with path.open("r+b") as stream:
        content = stream.read(1 << 20)
        stream.seek(content.index(UNSIGNED))
        stream.write(digest)
        stream.flush()
        os.fsync(stream.fileno())


def _fill(base: sqlite3.Connection, entries: Mapping[str, Entry], progress: Progress | None) -> list[Owned]:
    """Write what look-up and search need, and return the forms of the entries.

    Entries are numbered from 1 in the order of their headwords.
    """
    go_through = progress or (lambda items, label, total: items)
    ordered = sorted(entries)
    numbers = {headword: n for n, headword in enumerate(ordered, 1)}
    base.execute(f"PRAGMA application_id = {APPLICATION}")
    base.execute(f"PRAGMA user_version = {FORMAT}")
    base.executescript(f"BEGIN; {SCHEMA}")
    base.execute("INSERT INTO meta VALUES ('digest', ?)", (UNSIGNED.decode(),))
    base.execute("INSERT INTO meta VALUES ('entries', ?)", (len(ordered),))
    aloud: dict[str, dict[str, list[int]]] = {"pinyin": {}, "initials": {}, "fuzzy": {}}
    rows = _Rows(base)
    for headword in go_through(ordered, "entries", len(ordered)):
        n, entry = numbers[headword], entries[headword]
        rows.add(n, entry)
        if entry.reading:
            key = search_key(entry.reading)
            aloud["pinyin"].setdefault(key, []).append(n)
            aloud["initials"].setdefault(initials(entry.reading), []).append(n)
            aloud["fuzzy"].setdefault(heard(key), []).append(n)
    owned = list(owners(entries))
    names = Postings.of({key: [numbers[name] for name in named] for key, named in names_of(owned).items()})
    base.executemany(
        "INSERT INTO inside (rowid, text) VALUES (?, ?)",
        (
            (place + 1, " ".join(dict.fromkeys([*key, *map("".join, pairwise(key))])))
            for place, key in go_through(names.items(), "forms", len(names))
        ),
    )
    _keep_postings(base, "names", names)
    _keep(base, "folding", folding().dump())
    for kind, keys in aloud.items():
        postings = Postings.of(keys)
        _keep_postings(base, kind, postings)
        if kind == "pinyin":
            base.executemany(
                "INSERT INTO aloud (rowid, text) VALUES (?, ?)",
                ((place + 1, key) for place, key in postings.items()),
            )
    return owned


class _Rows:
    """The rows of entries, of their senses, and of the sources that these share."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._sources: dict[tuple[Any, ...], int] = {}
        self._senses = 0

    def add(self, n: int, entry: Entry) -> None:
        base = self._base
        base.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(n, entry.headword, entry.reading, entry.kind, entry.english),
                *(_json(entry.variants), _json(entry.related)),
                *(self._senses + 1, len(entry.senses), digest_of(entry)),
            ),
        )
        if entry.english:
            base.execute("INSERT INTO english (rowid, text) VALUES (?, ?)", (n, entry.english))
        for name in dict.fromkeys(map(key_of, entry.related)):
            base.execute("INSERT INTO related VALUES (?, ?)", (name, n))
        for sense in entry.senses:
            self._senses += 1
            self._add_sense(n, sense)

    def _add_sense(self, entry: int, sense: Sense) -> None:
        more = More(
            gaps=sense.gaps,
            subterms=sense.subterms,
            since=sense.since,
            citation=sense.citation,
            obsolete=sense.obsolete,
        )
        self._base.execute(
            "INSERT INTO sense VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(self._senses, entry, sense.definition, _json(sense.members)),
                *(self._source(sense.source), sense.source.place if sense.source else None),
                *(sense.start, sense.end, sense.count, _json(more) if more != More() else None),
            ),
        )
        if sense.definition:
            self._base.execute(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                (self._senses, " ".join(pairs(key_of(sense.definition)))),
            )

    def _source(self, source: Source | None) -> int | None:
        if source is None:
            return None
        row = (source.id, source.title, source.region, source.year, source.date)
        n = self._sources.get(row)
        if n is None:
            n = self._sources[row] = len(self._sources) + 1
            self._base.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", (n, *row))
        return n


def _json(value: Any) -> str | None:
    return msgspec.json.encode(value).decode() if value else None


def _keep(base: sqlite3.Connection, name: str, data: bytes) -> None:
    base.execute("INSERT INTO blob VALUES (?, ?, ?)", (name, hashlib.sha256(data).digest(), data))


def _keep_postings(base: sqlite3.Connection, name: str, postings: Postings) -> None:
    for part, data in zip(("trie", "bounds", "numbers"), postings.dump(), strict=True):
        _keep(base, f"{name}.{part}", data)


def _keep_patterns(base: sqlite3.Connection, patterns: Sequence[Pattern], numbers: Mapping[str, int]) -> None:
    """Keep what the scanner looks for, and its automaton where this platform has one."""
    texts = [pattern.text for pattern in patterns]
    _keep(base, "patterns.text", "\n".join(texts).encode())
    _keep(base, "patterns.entry", array("I", [numbers[pattern.headword] for pattern in patterns]).tobytes())
    _keep(base, "patterns.how", bytes(HOWS.index(pattern.how) for pattern in patterns))
    _keep(base, "patterns.doubts", bytes(pattern.doubts for pattern in patterns))
    automaton = Scanner(texts).dump()
    if automaton is not None:
        _keep(base, f"automaton {automaton_name()}", automaton)
