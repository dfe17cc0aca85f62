"""The words of everyday Chinese, and where one ends: evidence whether a short term stands in a text as a word.

Source: jieba's dictionary (MIT), read from the package; jieba itself is not imported, which would take 0.8 s, print,
and leave a file behind. The segmentation is the same: the path through all words with the greatest product of
frequencies (jieba's `cut` without its model of unknown words).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache
from math import log
from pathlib import Path

from glossary.errors import GlossaryError

__all__ = ["everyday", "path", "weights"]

_LONGEST = 8


@cache
def everyday() -> Mapping[str, tuple[int, str]]:
    """Return the words of the dictionary, each with its frequency and part of speech (i is an idiom, ns a place).

    Raises:
        GlossaryError: jieba is not installed.
    """
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise GlossaryError("jieba is missing, whose dictionary is needed. Run: pip install jieba")
    words: dict[str, tuple[int, str]] = {}
    with Path(package.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, part = line.split(" ")
            words[word] = int(frequency), part.rstrip()
    return words


@cache
def weights() -> tuple[Mapping[str, float], float]:
    """Return the logarithm of the probability of each word, and that of a character that is none."""
    words = everyday()
    total = log(sum(frequency for frequency, _ in words.values()))
    return {word: log(frequency or 1) - total for word, (frequency, _) in words.items()}, -total


def path(text: str, known: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the words of a text as spans; `known` are spans that are words besides those of the dictionary.

    >>> [("整合联网格局")[a:b] for a, b in path("整合联网格局", {})]
    ['整合', '联网', '格局']
    """
    weight, unknown = weights()
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        ways = [(weight.get(text[start], unknown) + best[start + 1][0], start + 1)]
        for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
            found = weight.get(text[start:end])
            if found is not None:
                ways.append((found + best[end][0], end))
        ways += [(value + best[end][0], end) for (begin, end), value in known.items() if begin == start]
        best[start] = max(ways)
    spans = []
    start = 0
    while start < len(text):
        spans.append((start, best[start][1]))
        start = best[start][1]
    return spans
