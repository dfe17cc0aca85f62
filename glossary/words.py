"""The words of everyday Chinese, and where one ends: evidence whether a short term stands in a text as a word.

Source: jieba's dictionary (MIT), read from the package; jieba itself is not imported, which would take 0.8 s, print,
and leave a file behind. The segmentation is the same: the path through all words with the greatest product of
frequencies (jieba's `cut` without its model of unknown words).
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from functools import cache
from math import log
from pathlib import Path

from glossary.errors import GlossaryError

__all__ = ["LONGEST", "TOTAL", "everyday", "kind_of", "likelihood", "may_meet", "path"]

# The most characters of a word in a path.
LONGEST = 5
# The sum of all frequencies in the dictionary (0.42.1); adding them up anew would take as long as reading them.
TOTAL = log(60_101_967)


@cache
def everyday() -> Mapping[str, str]:
    """Return the words of the dictionary, each with its frequency and part of speech as they are written there.

    Raises:
        GlossaryError: jieba is not installed.
    """
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise GlossaryError("jieba is missing, whose dictionary is needed. Run: pip install jieba")
    listing = Path(package.origin).with_name("dict.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in listing.splitlines())


def may_meet(left: str, right: str) -> bool:
    """Tell whether two characters may stand side by side in a word; most that are neighbours in a text don't.

    The answer `False` is certain. To ask a table of a megabyte is much faster than to ask the dictionary for every word
    that there might be; in a process without numpy, where making the table would take too long, the answer is `True`.

    >>> may_meet("格", "局")
    True
    """
    pairs = _pairs() if "numpy" in sys.modules else None
    if pairs is None:
        return True
    place = (ord(left) * _FACTOR + ord(right)) & _MASK
    return pairs[place >> 3] >> (place & 7) & 1 != 0


_MASK, _FACTOR = (1 << 23) - 1, 40503


@cache
def _pairs() -> bytes:
    """Return which pairs of characters stand in a word, by their hash."""
    import numpy as np

    codes = np.frombuffer("\n".join(everyday()).encode("utf-32-le"), "<u4")
    table = np.zeros(_MASK + 1, np.uint8)
    table[(codes[:-1] * _FACTOR + codes[1:]) & _MASK] = 1
    return np.packbits(table, bitorder="little").tobytes()


def kind_of(word: str) -> str:
    """Return the part of speech of a word, empty where it is none: v is a verb, i an idiom, ns a place.

    >>> kind_of("出台"), kind_of("一网打尽"), kind_of("一网通办")
    ('v', 'i', '')
    """
    return everyday().get(word, "").partition(" ")[2]


@cache
def likelihood(word: str) -> float:
    """Return the logarithm of the probability of a word of the dictionary."""
    return log(int(everyday()[word].partition(" ")[0]) or 1) - TOTAL


def path(
    text: str,
    known: Mapping[tuple[int, int], float],
    barred: Callable[[int, int], bool] | None = None,
) -> list[tuple[int, int]]:
    """Return the words of a text as spans.

    `known` are spans that are words besides those of the dictionary, `barred` says which spans are none.

    >>> [("整合联网格局")[a:b] for a, b in path("整合联网格局", {})]
    ['整合', '联网', '格局']
    """
    words = everyday()
    length = len(text)
    score = [0.0] * (length + 1)
    ends = [0] * length
    linked = list(map(may_meet, text, text[1:]))
    for start in range(length - 1, -1, -1):
        char = text[start]
        best = (likelihood(char) if char in words else -TOTAL) + score[start + 1]
        stop = start + 1
        for end in range(start + 2, min(start + LONGEST, length) + 1):
            if not linked[end - 2]:
                break
            word = text[start:end]
            if word in words and (barred is None or not barred(start, end)):
                value = likelihood(word) + score[end]
                # of two ways alike the longer word
                if value >= best:
                    best, stop = value, end
        for (begin, end), weight in known.items():
            if begin == start and weight + score[end] >= best:
                best, stop = weight + score[end], end
        score[start], ends[start] = best, stop
    spans = []
    start = 0
    while start < length:
        spans.append((start, ends[start]))
        start = ends[start]
    return spans
