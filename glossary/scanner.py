"""All occurrences of many strings in a text: one answer, two engines.

daachorse (a compact double-array Aho–Corasick automaton) scans where it has a wheel. Elsewhere marisa-trie answers,
asked only at positions whose first three characters begin some pattern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from glossary.text import UNFIT, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Match", "Scanner", "automaton_name", "engines"]

Match = tuple[int, int, int]  # start, end, index of the pattern
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Engine(Protocol):
    def __init__(self, patterns: Sequence[str]) -> None: ...
    def overlapping(self, text: str) -> list[Match]: ...
    def dump(self) -> bytes | None: ...


class _Daachorse:
    def __init__(self, patterns: Sequence[str]) -> None:
        import daachorse

        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))

    @classmethod
    def load(cls, automaton: bytes) -> _Daachorse:
        import daachorse

        made = cls.__new__(cls)
        made._automaton = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(automaton)
        return made

    def dump(self) -> bytes:
        dumped: bytes = self._automaton.serialize()
        return dumped

    def overlapping(self, text: str) -> list[Match]:
        found: list[Match] = self._automaton.find_overlapping(text)
        return found


class _Marisa:
    """All patterns in a trie, asked only where the text goes on as some pattern begins.

    A pattern begins with its first three characters, or all of it. A long text is filtered with numpy: by the hash of
    the characters at each place, then by the characters themselves.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        import marisa_trie

        self._trie = marisa_trie.Trie(patterns)
        self._index = {pattern: i for i, pattern in enumerate(patterns)}
        self._starts = {pattern[:_START] for pattern in patterns}
        self._lengths = sorted({len(start) for start in self._starts})
        self._longest = max(map(len, patterns))

    def dump(self) -> None:
        return None

    def overlapping(self, text: str) -> list[Match]:
        out: list[Match] = []
        index, prefixes, longest = self._index, self._trie.prefixes, self._longest
        for at in self._places(text):
            out += [(at, at + len(found), index[found]) for found in prefixes(text[at : at + longest])]
        return out

    def _places(self, text: str) -> list[int]:
        if Table.vectorised(text):
            return self._hashed(text)
        starts = self._starts
        found = {
            at
            for length in self._lengths
            for at in range(len(text) - length + 1)
            if text[at : at + length] in starts
        }
        return sorted(found)

    def _hashed(self, text: str) -> list[int]:
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
        found = np.zeros(len(codes), dtype=bool)
        for length, begun in self._begun.items():
            if len(codes) >= length:
                found[: len(codes) - length + 1] |= begun.take(_hash(codes, length))
        places: list[int] = found.nonzero()[0].tolist()
        return places

    @cached_property
    def _begun(self) -> dict[int, NDArray[np.bool_]]:
        """By the length of a beginning, a table of the hashes of those that there are."""
        import numpy as np

        begun = {}
        for length in self._lengths:
            joined = "".join(start for start in self._starts if len(start) == length)
            codes = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4")
            table = np.zeros(1 << _BITS, dtype=bool)
            table[_hash(codes, length)[::length]] = True
            begun[length] = table
        return begun


# Characters of a pattern that are its beginning, and bits of their hash.
_START, _BITS = 3, 22


def _hash(codes: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """Return a hash of the characters at each place, as many as `length`."""
    hashed = codes[: len(codes) - length + 1].copy()
    for k in range(1, length):
        hashed *= 0x9E3779B1
        hashed ^= codes[k : len(codes) - length + 1 + k]
    hashed *= 0x9E3779B1
    hashed >>= 32 - _BITS
    return hashed


def automaton_name() -> str | None:
    """Name the automaton that `Scanner.dump` gives here, with the version that reads it; `None` where there is none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"daachorse {version('daachorse')}"
    except PackageNotFoundError:
        return None


def engines() -> dict[str, type[_Engine]]:
    """Return the engines that work on this platform, the preferred one first."""
    out: dict[str, type[_Engine]] = {}
    try:
        import daachorse  # noqa: F401
    except ImportError:
        pass
    else:
        out["daachorse"] = _Daachorse
    out["marisa"] = _Marisa
    return out


class Scanner:
    """A set of strings to look for.

    >>> Scanner(["一网通办", "一网", "通办平台"]).overlapping("推进一网通办平台")
    [(2, 6, 0), (2, 4, 1), (4, 8, 2)]
    """

    def __init__(self, patterns: Sequence[str], *, engine: str | None = None) -> None:
        """Build the scanner; patterns must be distinct, not empty, and without NUL and lone surrogates.

        Raises:
            ValueError: a pattern is none of this, or there is no such engine.
        """
        if len(set(patterns)) != len(patterns) or "" in patterns:
            raise ValueError("patterns must be distinct and not empty")
        if any(map(UNFIT.search, patterns)):
            raise ValueError("patterns must not hold NUL or lone surrogates, which no text file holds")
        available = engines()
        if engine is not None and engine not in available:
            raise ValueError(f"no engine {engine!r} here; there are {', '.join(available)}")
        make = available[engine] if engine else next(iter(available.values()))
        self._engine: _Engine | None = make(patterns) if patterns else None

    @classmethod
    def load(cls, automaton: bytes) -> Scanner | None:
        """Make a scanner of what `dump` gave; `None` where it can't be read here."""
        made = cls.__new__(cls)
        try:
            made._engine = _Daachorse.load(automaton)
        except (ImportError, ValueError):
            return None
        return made

    def dump(self) -> bytes | None:
        """Return the automaton as bytes; `None` where the engine has none or there are no patterns."""
        return self._engine.dump() if self._engine else None

    def overlapping(self, text: str) -> list[Match]:
        """Return every occurrence of every pattern, by start, the longer first."""
        if self._engine is None:
            return []
        try:
            found = self._engine.overlapping(text)
        except UnicodeEncodeError:
            # half a character, left by whoever decoded the text: no pattern has one
            found = self._engine.overlapping(_SURROGATE.sub("\ufffd", text))
        # by end comes by start, and what was the later end stays before the earlier one: sorting is stable
        found.sort(key=itemgetter(1), reverse=True)
        found.sort(key=itemgetter(0))
        return found
