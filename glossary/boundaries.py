"""Words that run over the edges of a form: 格局 in 联网格局 tells that 网格 is none."""

from __future__ import annotations

from functools import lru_cache

from glossary.words import everyday, kind_of, may_meet, path

__all__ = ["ACROSS", "CLOSED", "FREQUENCY", "cut_by_a_word"]

# How likely a term of the glossary is (the logarithm) beside the words of the dictionary: less than the rarest of them,
# so that a word over its edge wins unless what is left over is no word at all. Set on the texts in `tests/mentions`.
FREQUENCY = -18.0
# How a word of up to four characters may lie across an edge; hardly one is longer.
ACROSS = tuple((size - behind, behind) for size in (2, 3, 4) for behind in range(1, size))
# Words of the dictionary in which nothing is a word by itself: idioms (一网打尽), and names of places and persons.
CLOSED = ("i", "l", "ns", "nr")


@lru_cache(maxsize=8192)
def cut_by_a_word(before: str, name: str, after: str) -> bool:
    """Tell whether everyday words run over an edge of a form: 格局 in 联网格局, or hold it whole: 一网打尽.

    A compound that is parted at the edge into two words runs over nothing: 大数据 in 大数据分析. What holds a form
    whole is looked into: 危房改造 is 危房 and 改造, and no 房改.
    """
    text = before + name + after
    start, end = len(before), len(before) + len(name)

    def holds(first: int, stop: int) -> bool:
        return first <= start and end <= stop

    def parted(first: int, stop: int) -> bool:
        if stop - first < 4:
            return False
        words = everyday()
        return any(
            edge - first > 1 and stop - edge > 1 and text[first:edge] in words and text[edge:stop] in words
            for edge in (start, end)
            if first < edge < stop
        )

    if not _met(text, start, end):
        return False
    known = {(start, end): FREQUENCY}
    for first, stop in path(text, known, parted):
        if (first, stop) != (start, end) and holds(first, stop):
            if kind_of(text[first:stop]).startswith(CLOSED):
                return True
            return any(
                first < start < stop or first < end < stop
                for first, stop in path(
                    text, known, lambda a, b: (holds(a, b) and (a, b) != (start, end)) or parted(a, b)
                )
            )
        if first < start < stop or first < end < stop:
            return True
    return False


def _met(text: str, start: int, end: int) -> bool:
    """Tell whether there is a word at all that begins before an edge of a form and ends behind it."""
    # what lies across an edge has the characters on both sides of it
    edges = [e for e in (start, end) if 0 < e < len(text) and may_meet(text[e - 1], text[e])]
    if not edges:
        return False
    if end == len(text):
        edges.append(end)
    words = everyday()
    for edge in edges:
        for before, behind in ACROSS:
            if edge >= before and text[edge - before : edge + behind] in words:
                return True
    return False
