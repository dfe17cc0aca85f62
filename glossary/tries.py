"""Keys and the numbers filed under them: a trie that lies in a file as it lies in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from glossary.text import UNFIT

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["Postings"]


class Postings:
    """A trie of keys, each with a run of numbers; the numbers lie one run behind the other.

    A key with a NUL or half a character has no numbers.

    >>> found = Postings.of({"ab": [3], "abc": [2, 1]})
    >>> found["abc"], found["x"], list(found.starting("ab"))
    ((2, 1), (), ['ab', 'abc'])
    >>> found.beginning("abcd")
    ['ab', 'abc']
    """

    def __init__(self, trie: marisa_trie.Trie, bounds: Sequence[int], numbers: Sequence[int]) -> None:
        self._trie = trie
        self._bounds = bounds
        self._numbers = numbers

    @classmethod
    def of(cls, keys: Mapping[str, Sequence[int]]) -> Postings:
        """Make postings of keys and their numbers."""
        import marisa_trie

        fit = {key: numbers for key, numbers in keys.items() if not UNFIT.search(key)}
        trie = marisa_trie.Trie(fit)
        runs: list[Sequence[int]] = [()] * len(trie)
        for key, numbers in fit.items():
            runs[trie[key]] = numbers
        bounds = array("I", [0])
        flat = array("I")
        for run in runs:
            flat.extend(run)
            bounds.append(len(flat))
        return cls(trie, bounds, flat)

    @classmethod
    def load(cls, trie: bytes, bounds: bytes, numbers: bytes) -> Postings:
        """Make postings of what `dump` gave."""
        import marisa_trie

        return cls(
            marisa_trie.Trie().frombytes(trie), memoryview(bounds).cast("I"), memoryview(numbers).cast("I")
        )

    def dump(self) -> tuple[bytes, bytes, bytes]:
        """Return the trie, the bounds and the numbers as bytes."""
        return self._trie.tobytes(), bytes(self._bounds), bytes(self._numbers)

    def __len__(self) -> int:
        return len(self._trie)

    def __getitem__(self, key: str) -> tuple[int, ...]:
        place = None if UNFIT.search(key) else self._trie.get(key)
        return () if place is None else self._at(place)

    def items(self) -> Iterator[tuple[int, str]]:
        """Yield the place of each key in the trie, and the key."""
        return ((self._trie[key], key) for key in self._trie.iterkeys())

    def key(self, place: int) -> str:
        """Return the key at a place in the trie."""
        key: str = self._trie.restore_key(place)
        return key

    def starting(self, prefix: str, limit: int | None = None) -> Iterator[str]:
        """Yield the keys that start with a prefix, so many at most, in the order of the trie."""
        return iter(()) if UNFIT.search(prefix) else islice(self._trie.iterkeys(prefix), limit)

    def beginning(self, text: str) -> list[str]:
        """Return the keys that a text begins with, the shortest first."""
        found: list[str] = [] if UNFIT.search(text) else self._trie.prefixes(text)
        return found

    def _at(self, place: int) -> tuple[int, ...]:
        return tuple(self._numbers[self._bounds[place] : self._bounds[place + 1]])
