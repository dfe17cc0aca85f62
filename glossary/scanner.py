"""All occurrences of many strings in a text: one answer, two engines.

daachorse (a compact double-array Aho–Corasick automaton) scans where it has a wheel. Elsewhere a marisa-trie answers,
asked only at positions whose first two characters begin some pattern.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

__all__ = ["Match", "Scanner", "engines"]

Match = tuple[int, int, int]  # start, end, index of the pattern


class _Engine(Protocol):
    def __init__(self, patterns: Sequence[str]) -> None: ...
    def overlapping(self, text: str) -> list[Match]: ...
    def longest(self, text: str) -> list[Match]: ...


class _Daachorse:
    def __init__(self, patterns: Sequence[str]) -> None:
        import daachorse

        kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST
        self._all = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))
        self._longest = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns), kind)

    def overlapping(self, text: str) -> list[Match]:
        return sorted(self._all.find_overlapping(text), key=_order)

    def longest(self, text: str) -> list[Match]:
        found: list[Match] = self._longest.find(text)
        return found


class _Marisa:
    def __init__(self, patterns: Sequence[str]) -> None:
        import marisa_trie

        self._trie = marisa_trie.Trie(patterns)
        self._index = {pattern: i for i, pattern in enumerate(patterns)}
        self._longest_pattern = max(map(len, patterns))
        pairs: dict[str, set[str]] = {}
        for pattern in patterns:
            pairs.setdefault(pattern[0], set()).add(pattern[1:2])
        # [一](?=[网站])|[三](?=[会区])|A: a position is asked only if its two characters begin a pattern
        parts = [
            re.escape(first) + ("" if "" in seconds else f"(?=[{''.join(map(re.escape, sorted(seconds)))}])")
            for first, seconds in sorted(pairs.items())
        ]
        self._candidates = re.compile("|".join(parts))

    def overlapping(self, text: str) -> list[Match]:
        out: list[Match] = []
        for found in self._candidates.finditer(text):
            at = found.start()
            for prefix in self._trie.prefixes(text[at : at + self._longest_pattern]):
                out.append((at, at + len(prefix), self._index[prefix]))
        return sorted(out, key=_order)

    def longest(self, text: str) -> list[Match]:
        out: list[Match] = []
        at = 0
        found = self._candidates.search(text)
        while found:
            at = found.start()
            prefixes = self._trie.prefixes(text[at : at + self._longest_pattern])
            step = 1
            if prefixes:
                longest = prefixes[-1]
                step = len(longest)
                out.append((at, at + step, self._index[longest]))
            found = self._candidates.search(text, at + step)
        return out


def _order(match: Match) -> tuple[int, int]:
    return match[0], -match[1]


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

    >>> scanner = Scanner(["一网通办", "一网", "通办平台"])
    >>> scanner.longest("推进一网通办平台")
    [(2, 6, 0)]
    >>> scanner.overlapping("推进一网通办平台")
    [(2, 6, 0), (2, 4, 1), (4, 8, 2)]
    """

    def __init__(self, patterns: Sequence[str], *, engine: str | None = None) -> None:
        """Build the scanner; patterns must be distinct and not empty.

        Raises:
            ValueError: a pattern is empty or stands twice.
        """
        if len(set(patterns)) != len(patterns) or "" in patterns:
            raise ValueError("patterns must be distinct and not empty")
        available = engines()
        make = available[engine] if engine else next(iter(available.values()))
        self.patterns = tuple(patterns)
        self._engine: _Engine | None = make(self.patterns) if patterns else None

    def overlapping(self, text: str) -> list[Match]:
        """Return every occurrence of every pattern, by start, the longer first."""
        return self._engine.overlapping(text) if self._engine else []

    def longest(self, text: str) -> list[Match]:
        """Return the leftmost-longest occurrences, which don't overlap, by start."""
        return self._engine.longest(text) if self._engine else []
