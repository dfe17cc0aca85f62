"""From slices of paragraphs back to the text as given: spans, and the gaps that page furniture left in them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from glossary.model import Span
from glossary.reports.lines import Paragraph
from glossary.reports.view import View

__all__ = ["Stretch", "stretch"]


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a report: its clean text, and where it stands in the text as given.

    Where no character was converted (an entity, say), `text` is the span of the report less the gaps.
    """

    text: str
    start: int
    end: int
    gaps: tuple[Span, ...] = ()

    def locate(self, start: int, end: int) -> Span:
        """Map a span of the clean text to the report's text."""
        return self._place(start), self._place(end - 1) + 1 if end > start else self._place(start)

    def _place(self, index: int) -> int:
        at = self.start + index
        for a, b in self.gaps:
            if a > at:
                break
            at += b - a
        return at


def stretch(
    view: View,
    paragraphs: Sequence[Paragraph],
    slices: Sequence[tuple[int, int, int]],
    *,
    joined: bool = False,
) -> Stretch:
    """Join slices of paragraphs, (paragraph, start, end) each, into one stretch of the original text.

    Blanks at either end are left out. Paragraphs are joined by the line break between them, lines that were joined to
    a paragraph (and with `joined` all) by nothing; whatever else lies between is a gap.
    """
    ranges: list[Span] = []
    for k, (p, start, end) in enumerate(slices):
        text = paragraphs[p].text[start:end]
        start += len(text) - len(text.lstrip()) if k == 0 else 0
        end -= len(text) - len(text.rstrip()) if k == len(slices) - 1 else 0
        if ranges and start < end and not joined:
            newline = view.text.find("\n", ranges[-1][1], paragraphs[p].at(start))
            if newline >= 0:
                ranges.append((newline, newline + 1))
        ranges += _ranges(paragraphs[p], start, end)
    if not ranges:
        at = view.span(paragraphs[slices[0][0]].at(slices[0][1]), 0)[0]
        return Stretch("", at, at)
    gaps: list[Span] = []
    last = None
    for a, b in ranges:
        for x, y in _verbatim(view, a, b):
            if last is not None and x > last:
                gaps.append((last, x))
            last = y
    start, _ = view.span(ranges[0][0], ranges[0][1])
    _, end = view.span(ranges[-1][0], ranges[-1][1])
    return Stretch("".join(view.text[a:b] for a, b in ranges), start, end, tuple(gaps))


def _ranges(paragraph: Paragraph, start: int, end: int) -> list[Span]:
    """Cut a span of a paragraph's text into the pieces of the view that it was joined from."""
    out = []
    at = 0
    for a, b in paragraph.pieces:
        size = b - a
        x, y = max(start, at), min(end, at + size)
        if x < y:
            out.append((a + x - at, a + y - at))
        at += size
    return out


def _verbatim(view: View, start: int, end: int) -> list[Span]:
    """Map a span of the view to the spans of the original that it was taken from."""
    origin = view.origin
    if isinstance(origin, range) or origin[end - 1] - origin[start] == end - 1 - start:
        return [(origin[start], origin[end - 1] + 1)]
    out: list[Span] = []
    for i in range(start, end):
        at = origin[i]
        if out and out[-1][1] == at:
            out[-1] = (out[-1][0], at + 1)
        elif not out or at >= out[-1][1]:
            out.append((at, at + 1))
    return out
