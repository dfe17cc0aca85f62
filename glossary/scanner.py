"""All occurrences of many strings in a text: one answer, two engines.

daachorse (a compact double-array Aho–Corasick automaton) scans where it has a wheel. Elsewhere a table answers, asked
only at positions whose first two characters begin some pattern: a regular expression with a branch for each first
character was measured 80 times slower, and marisa-trie finds no pattern that holds a NUL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

__all__ = ["Match", "Scanner", "engines"]

Match = tuple[int, int, int]  # start, end, index of the pattern
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Engine(Protocol):
    def __init__(self, patterns: Sequence[str]) -> None: ...
    def overlapping(self, text: str) -> list[Match]: ...


class _Daachorse:
    def __init__(self, patterns: Sequence[str]) -> None:
        import daachorse

        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))

    def overlapping(self, text: str) -> list[Match]:
        found: list[Match] = self._automaton.find_overlapping(text)
        return found


class _Table:
    """Patterns by their first two characters, with the lengths that those with the same two have."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._index = {pattern: i for i, pattern in enumerate(patterns)}
        lengths: dict[str, set[int]] = {}
        for pattern in patterns:
            lengths.setdefault(pattern[:2], set()).add(len(pattern))
        self._lengths = {start: tuple(sorted(found)) for start, found in lengths.items()}

    def overlapping(self, text: str) -> list[Match]:
        out: list[Match] = []
        lengths, index = self._lengths, self._index
        for at, char in enumerate(text):
            if char in lengths:
                out.append((at, at + 1, index[char]))
            pair = text[at : at + 2]
            if len(pair) == 2 and pair in lengths:
                for length in lengths[pair]:
                    i = index.get(text[at : at + length])
                    # at the end of the text a slice may be shorter than asked for
                    if i is not None and at + length <= len(text):
                        out.append((at, at + length, i))
        return out


def engines() -> dict[str, type[_Engine]]:
    """Return the engines that work on this platform, the preferred one first."""
    out: dict[str, type[_Engine]] = {}
    try:
        import daachorse  # noqa: F401
    except ImportError:
        pass
    else:
        out["daachorse"] = _Daachorse
    out["table"] = _Table
    return out


class Scanner:
    """A set of strings to look for.

    >>> Scanner(["一网通办", "一网", "通办平台"]).overlapping("推进一网通办平台")
    [(2, 6, 0), (2, 4, 1), (4, 8, 2)]
    """

    def __init__(self, patterns: Sequence[str], *, engine: str | None = None) -> None:
        """Build the scanner; patterns must be distinct, not empty, and without lone surrogates.

        Raises:
            ValueError: a pattern is none of this, or there is no such engine.
        """
        if len(set(patterns)) != len(patterns) or "" in patterns:
            raise ValueError("patterns must be distinct and not empty")
        if any(map(_SURROGATE.search, patterns)):
            raise ValueError("patterns must not hold lone surrogates, which no file can hold")
        available = engines()
        if engine is not None and engine not in available:
            raise ValueError(f"no engine {engine!r} here; there are {', '.join(available)}")
        make = available[engine] if engine else next(iter(available.values()))
        self._engine: _Engine | None = make(patterns) if patterns else None

    def overlapping(self, text: str) -> list[Match]:
        """Return every occurrence of every pattern, by start, the longer first."""
        if self._engine is None:
            return []
        try:
            found = self._engine.overlapping(text)
        except UnicodeEncodeError:
            # half a character, left by whoever decoded the text: no pattern has one
            found = self._engine.overlapping(_SURROGATE.sub("\ufffd", text))
        return sorted(found, key=lambda match: (match[0], -match[1]))
