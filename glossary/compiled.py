"""The compiled file: one SQLite database with entries, senses and sources as rows, full text, and tries as blobs.

| table | holds |
|---|---|
| `meta` | the digest of the file, and how many entries there are |
| `source` | one row a source |
| `entry` | one row an entry, in the order of headwords; `sense` and `senses` say which senses are its own |
| `sense` | one row a sense |
| `related` | which entries name another, by its key |
| `inside` | FTS5: the characters and pairs of characters of every written form |
| `aloud` | FTS5: the trigrams of every reading |
| `words` | FTS5: the pairs of characters of every definition |
| `english` | FTS5: the words of the English equivalents |
| `blob` | tries of written forms and readings, the scanner's patterns and automaton, each with its digest |

Trigrams of a definition would find no word of two characters, and most Chinese words have two: so definitions are
indexed by pairs. No full-text table keeps its text; what it finds is held against the rows.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from glossary.errors import DataError
from glossary.folding import Folding
from glossary.model import Citation, Entry, Sense, Source, Span, Subterm
from glossary.paths import opening
from glossary.tries import Postings
from glossary.variants import unpunctuated

if TYPE_CHECKING:
    from glossary.matching import Matcher

__all__ = ["Compiled", "More", "digest_of", "pairs", "signature"]

FORMAT = 4
APPLICATION = 0x476C6F73  # "Glos"
# A larger file is not read whole when it is opened: its size is checked, and each entry and blob when it is used.
_READ_WHOLE = 8 * 2**20
UNSIGNED = b"digest:" + b"0" * 64
_SIGNED = re.compile(rb"digest:[0-9a-f]{64}")
_KEPT = 100_000  # entries kept in memory at once
# How a form that the scanner looks for differs from the headword, by the number that stands for it.
HOWS = (None, "variant", "marks", "short", "taiwan", "part")

_CHARACTERS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\""
SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE source (n INTEGER PRIMARY KEY, id TEXT, title TEXT, region TEXT, year INTEGER, date TEXT);
CREATE TABLE entry (n INTEGER PRIMARY KEY, headword TEXT, reading TEXT, kind TEXT, english TEXT, variants TEXT,
    related TEXT, sense INTEGER, senses INTEGER, digest INTEGER);
CREATE TABLE sense (n INTEGER PRIMARY KEY, entry INTEGER, definition TEXT, members TEXT, source INTEGER, place TEXT,
    start INTEGER, end INTEGER, count INTEGER, more TEXT);
CREATE TABLE related (name TEXT, entry INTEGER, PRIMARY KEY (name, entry)) WITHOUT ROWID;
CREATE TABLE blob (name TEXT PRIMARY KEY, digest BLOB, data BLOB);
CREATE VIRTUAL TABLE inside USING fts5(text, content='', detail=none, {_CHARACTERS});
CREATE VIRTUAL TABLE aloud USING fts5(text, content='', detail=none, tokenize='trigram');
CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, {_CHARACTERS});
CREATE VIRTUAL TABLE english USING fts5(text, content='', detail=none);
"""

_WORD = re.compile(r"[^\W_]+")


class More(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What few senses have."""

    gaps: tuple[Span, ...] = ()
    subterms: tuple[Subterm, ...] = ()
    since: int | None = None
    citation: Citation | None = None
    obsolete: bool = False


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text, each once, marks apart.

    >>> pairs("一网通办，一网")
    ['一网', '网通', '通办']
    """
    return list(dict.fromkeys(run[i : i + 2] for run in _WORD.findall(text) for i in range(len(run) - 1)))


def digest_of(entry: Entry) -> int:
    """Return the check sum of an entry."""
    return zlib.crc32(msgspec.json.encode(entry))


def signature(path: Path) -> bytes:
    """Return the digest of a file as it is without a digest, in the form in which it stands in the file."""
    seen = hashlib.sha256()
    with path.open("rb") as stream:
        head = stream.read(1 << 20)
        seen.update(_SIGNED.sub(UNSIGNED, head, count=1))
        while chunk := stream.read(1 << 20):
            seen.update(chunk)
    return b"digest:" + seen.hexdigest().encode()


class Compiled(Mapping[str, Entry]):
    """The entries of a compiled file by headword, read as they are asked for.

    Many threads and processes may use one file; after a fork each opens it anew.
    """

    def __init__(self, source: Path | sqlite3.Connection, *, thorough: bool = False) -> None:
        """Open a file, or take a database in memory; `thorough` reads a large file whole, too, to check its digest.

        Raises:
            DataError: the file is missing, foreign, truncated, altered, or of another format version.
        """
        # absolute, so that the file is found again after a change of directory
        self.path = source.absolute() if isinstance(source, Path) else None
        self._uri = self.path.as_uri() if self.path else ""
        self._memory = _Handle(source) if isinstance(source, sqlite3.Connection) else None
        self._own = threading.local()
        self._lock = threading.Lock()
        self._state: tuple[int, int, int] | None = None
        self._digest: str | None = None
        self._seen: dict[int, Entry] = {}
        self._named: dict[str, Entry] = {}
        self._sources: dict[int, Source] = {}
        if isinstance(source, Path):
            try:
                _check(source, self, thorough)
            except DataError:
                # what the error holds on to must not keep a refused file open
                self.close()
                raise

    def close(self) -> None:
        """Close what this thread has open; it is opened anew where it is needed again."""
        self._own.__dict__.clear()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query."""
        try:
            if self._memory is not None:
                with self._lock:
                    return self._memory.connection.execute(query, values).fetchall()
            return self._connection().execute(query, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            raise DataError(f"{self.path or 'the glossary'}: is damaged. Build it again.") from None

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection to the file that was opened, and to no other that has its name now."""
        assert self.path is not None
        own = self._own
        try:
            found = self.path.stat()
            state = found.st_ino, found.st_size, found.st_mtime_ns
        except OSError:
            state = None
        if self._state and state and state[0] == self._state[0] and state != self._state:
            raise DataError(f"{self.path}: was written over since it was opened. Open it again.")
        if getattr(own, "process", None) != os.getpid():
            if state is None and self._state:
                raise DataError(f"{self.path}: is gone since it was opened. Build it again.")
            own.handle = _Handle(
                sqlite3.connect(f"{self._uri}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            )
            own.process = os.getpid()
            self._state = self._state or state
            said = own.handle.connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchall()
            self._digest = self._digest or (said[0][0] if said else "")
            if self._digest != (said[0][0] if said else ""):
                self.close()
                raise DataError(f"{self.path}: was replaced since it was opened. Open it again.")
        handle: _Handle = own.handle
        return handle.connection

    def __len__(self) -> int:
        return self._length

    @cached_property
    def _length(self) -> int:
        count: int = self.rows("SELECT value FROM meta WHERE key = 'entries'")[0][0]
        return count

    def __iter__(self) -> Iterator[str]:
        last = 0
        while batch := self.rows("SELECT n, headword FROM entry WHERE n > ? ORDER BY n LIMIT 1000", (last,)):
            if not last < batch[-1][0] <= len(self):
                raise DataError(f"{self.path}: is damaged. Build it again.")
            yield from (headword for _, headword in batch)
            last = batch[-1][0]

    def __getitem__(self, headword: str) -> Entry:
        asked: object = headword
        entry = self.lookup(asked) if isinstance(asked, str) else None
        if entry is None or entry.headword != headword:
            raise KeyError(headword)
        return entry

    def lookup(self, term: str) -> Entry | None:
        """Return the entry that a written form names; `None` where none does."""
        known = self._named.get(term)
        if known is not None:
            return known
        # a text that is a key already needs no folding, and a process that asks for one term no table for that
        found = self.names[term]
        if not found:
            found = self.names[self.key_of(term)] or self.names[self.bare_key(term)]
        if not found:
            return None
        entry = self.entry(found[0])
        if len(self._named) >= _KEPT:
            self._named.clear()
        self._named[term] = entry
        return entry

    def entry(self, n: int) -> Entry:
        """Return an entry by its number."""
        known = self._seen.get(n)
        if known is not None:
            return known
        rows = self.rows(
            "SELECT headword, reading, kind, variants, english, related, sense, senses, digest FROM entry WHERE n = ?",
            (n,),
        )
        headword, reading, kind, variants, english, related, first, count, digest = rows[0]
        entry = Entry(
            headword=headword,
            reading=reading,
            kind=kind,
            variants=_strings(variants),
            senses=tuple(self._senses(first, count)),
            english=english,
            related=_strings(related),
        )
        if digest_of(entry) != digest:
            raise DataError(f"{self.path}: was altered. Build it again.")
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[n] = entry
        return entry

    def _senses(self, first: int, count: int) -> Iterator[Sense]:
        rows = self.rows(
            "SELECT definition, members, source, place, start, end, count, more FROM sense WHERE n >= ? AND n < ?",
            (first, first + count),
        )
        for definition, members, source, place, start, end, times, more in rows:
            few = msgspec.json.decode(more, type=More) if more else More()
            yield Sense(
                definition=definition,
                members=_strings(members),
                source=self._source(source, place) if source else None,
                start=start,
                end=end,
                gaps=few.gaps,
                subterms=few.subterms,
                since=few.since,
                citation=few.citation,
                obsolete=few.obsolete,
                count=times,
            )

    def _source(self, n: int, place: str | None) -> Source:
        known = self._sources.get(n)
        if known is None:
            row = self.rows("SELECT id, title, region, year, date FROM source WHERE n = ?", (n,))[0]
            id_, title, region, year, date = row
            known = self._sources[n] = Source(id=id_, title=title, region=region, year=year, date=date)
        return msgspec.structs.replace(known, place=place) if place is not None else known

    def blob(self, name: str) -> bytes | None:
        """Return a blob, checked; `None` where there is none.

        Raises:
            DataError: it was altered.
        """
        found = self.rows("SELECT digest, data FROM blob WHERE name = ?", (name,))
        if not found:
            return None
        digest, data = found[0]
        if hashlib.sha256(data).digest() != digest:
            raise DataError(f"{self.path}: was altered. Build it again.")
        return bytes(data)

    def matcher(self) -> Matcher:
        """Return what finds mentions of the entries in a text, its scanner as it was compiled where this can be read."""
        from glossary.matching import Matcher
        from glossary.scanner import Scanner, automaton_name

        numbers = memoryview(self.blob("patterns.entry") or b"").cast("I")
        hows = self.blob("patterns.how") or b""
        automaton = self.blob(f"automaton {automaton_name()}")
        scanner = Scanner.load(automaton) if automaton is not None else None
        if scanner is None:
            scanner = Scanner((self.blob("patterns.text") or b"").decode().split("\n") if hows else [])
        doubts = self.blob("patterns.doubts") or b""
        return Matcher(scanner, lambda index: self.entry(numbers[index]), _Hows(hows), doubts, self.folding)

    def key_of(self, text: str) -> str:
        """Return the key under which a written form is filed here."""
        return self.folding.key_of(text)

    def bare_key(self, text: str) -> str:
        """Return the key of a written form without any punctuation."""
        return unpunctuated(self.key_of(text))

    @cached_property
    def folding(self) -> Folding:
        """The folding of the keys and patterns, as it was when they were compiled."""
        try:
            return Folding.load(self.blob("folding") or b"")
        except ValueError:
            raise DataError(f"{self.path or 'the glossary'}: is damaged. Build it again.") from None

    def _postings(self, name: str) -> Postings:
        trie, bounds, numbers = (self.blob(f"{name}.{part}") or b"" for part in ("trie", "bounds", "numbers"))
        try:
            return Postings.load(trie, bounds, numbers)
        except (RuntimeError, TypeError, ValueError):
            raise DataError(f"{self.path or 'the glossary'}: is damaged. Build it again.") from None

    @cached_property
    def names(self) -> Postings:
        """The keys of all written forms."""
        return self._postings("names")

    @cached_property
    def pinyin(self) -> Postings:
        """The search keys of all readings."""
        return self._postings("pinyin")

    @cached_property
    def initials(self) -> Postings:
        """The initials of all readings."""
        return self._postings("initials")

    @cached_property
    def fuzzy(self) -> Postings:
        """The fuzzy keys of all readings."""
        return self._postings("fuzzy")


class _Handle:
    """A connection that is closed when nobody holds it any more: a thread that ends, a glossary that is dropped."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        # not `__del__`: of a circle of objects the connection may go first, and Python 3.13 warns that it was left open
        weakref.finalize(self, connection.close)


class _Hows(Sequence[str | None]):
    """How each form that a scanner looks for differs from its headword, kept in one byte."""

    def __init__(self, marks: bytes) -> None:
        self._marks = marks

    def __len__(self) -> int:
        return len(self._marks)

    def __getitem__(self, index: Any) -> Any:
        return HOWS[self._marks[index]]


def _strings(text: str | None) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()


def _check(path: Path, compiled: Compiled, thorough: bool) -> None:
    """Refuse a file that is none of ours, or not as it was written."""
    foreign = DataError(
        f"{path}: is not a compiled glossary. Make one with: glossary build terms/ -o OUT.glossary"
    )
    with opening(path, "a compiled glossary"):
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(100)
    if not head.startswith(b"SQLite format 3\0") or int.from_bytes(head[68:72]) != APPLICATION:
        raise foreign
    version = int.from_bytes(head[60:64])
    if version != FORMAT:
        raise DataError(f"{path}: has format {version}, this release reads {FORMAT}. Build it again.")
    page = int.from_bytes(head[16:18]) or 1
    pages = int.from_bytes(head[28:32])
    if size != (65536 if page == 1 else page) * pages:
        raise DataError(f"{path}: was cut short, or has something behind its end. Build it again.")
    said = compiled.rows("SELECT value FROM meta WHERE key = 'digest'")
    if not said or ((thorough or size <= _READ_WHOLE) and said[0][0].encode() != signature(path)):
        raise DataError(f"{path}: was altered. Build it again.")
