"""A text cut at the edges of its mentions, so that each stretch is rendered exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from glossary.errors import GlossaryError
from glossary.model import Mention

__all__ = ["Segment", "cut"]


class Segment(NamedTuple):
    """A stretch of text over which nothing changes, with the mentions that cover it, innermost first."""

    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]


def cut(text: str, mentions: Sequence[Mention]) -> list[Segment]:
    """Cut a text into segments at every start and end of a mention, whatever their overlaps.

    Joined again, the segments are the text. Raises `GlossaryError` for a mention of some other text.

    >>> from glossary.model import Entry
    >>> both = [Mention(start=0, end=4, surface="无废城市", entry=Entry(headword="无废城市")),
    ...         Mention(start=2, end=6, surface="城市建设", entry=Entry(headword="城市建设"))]
    >>> [(s.text, [m.surface for m in s.mentions]) for s in cut("无废城市建设。", both)]
    [('无废', ['无废城市']), ('城市', ['无废城市', '城市建设']), ('建设', ['城市建设']), ('。', [])]
    """
    for mention in mentions:
        if not mention.surface or text[mention.start : mention.end] != mention.surface:
            raise GlossaryError(
                f"the mention {mention.surface!r} does not stand at {mention.start}–{mention.end} of this "
                "text; render mentions with the text that they were found in"
            )
    waiting = sorted(mentions, key=lambda m: (m.start, -m.end), reverse=True)
    edges = sorted({0, len(text), *(m.start for m in mentions), *(m.end for m in mentions)})
    open_: list[Mention] = []
    segments: list[Segment] = []
    for start, end in pairwise(edges):
        open_ = [m for m in open_ if m.end > start]
        while waiting and waiting[-1].start == start:
            open_.append(waiting.pop())
        inner_first = sorted(open_, key=lambda m: (m.end - m.start, m.start))
        segments.append(Segment(start, end, text[start:end], tuple(inner_first)))
    return segments
