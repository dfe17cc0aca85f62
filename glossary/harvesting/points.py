"""What a counting phrase announces point by point: headings that follow (六方面工作：), 一是…；二是…；三是…."""

from __future__ import annotations

import re
from bisect import bisect_left

from glossary.harvesting.marks import mark_of
from glossary.model import Span
from glossary.shorthand import number_of

__all__ = ["Headings", "points"]


_STOP = re.compile("[。；]")


class Headings:
    r"""The numbered headings of a text, for 以下六方面工作：.

    >>> text = "做好以下两方面工作：\n（一）稳增长\n（二）惠民生\n"
    >>> [text[a:b] for a, b in Headings(text).announced(text, 8, 2)]
    ['稳增长', '惠民生']
    """

    def __init__(self, flat: str) -> None:
        self.rows: list[tuple[int, str, int, int]] = []
        for line in re.finditer("[^\n]+", flat):
            head = line.group()[:24]
            mark = mark_of(head)
            if mark and mark.number is not None:
                at = line.start() + mark.end
                while at < line.end() and flat[at].isspace():
                    at += 1
                stop = _STOP.search(flat, at, min(line.end(), at + 80))
                end = stop.start() if stop else line.end()
                if 2 <= end - at <= 60:
                    self.rows.append((at, mark.style, mark.number, end))

    def announced(self, flat: str, after: int, number: int, head: str = "") -> tuple[Span, ...] | None:
        """Return as many headings of one style as a phrase at the end of a line announces, no more and no less.

        `head` is what paragraphs announced by “四个始终” may begin with.
        """
        found = _ANNOUNCES.match(flat, after, after + 40)
        if found is None:
            return None
        at = found.end()
        return self._numbered(at, number) or self._unnumbered(flat, at, number, head)

    def _unnumbered(self, flat: str, at: int, number: int, head: str) -> tuple[Span, ...] | None:
        """Return the headings without a number up to the next one with: behind a dash, on short lines, or with a head."""
        next_row = bisect_left(self.rows, (at, "", 0, 0))
        limit = self.rows[next_row][0] if next_row < len(self.rows) else len(flat)
        alike = re.compile(f"^[ \t\u3000]*({re.escape(head)}[^\n。；：]{{2,40}})", re.M)
        for heading in (_DASHED, _SHORT_LINE, *([alike] if len(head) > 1 else [])):
            spans = [found.span(1) for found in heading.finditer(flat, at, min(limit, at + 20 * _FAR))]
            if len(spans) == number and heading.match(flat, at):
                return tuple(spans)
        return None

    def _numbered(self, at: int, number: int) -> tuple[Span, ...] | None:
        first = bisect_left(self.rows, (at, "", 0, 0))
        if first == len(self.rows) or self.rows[first][2] != 1:
            return None
        style, spans, due = self.rows[first][1], [], 1
        for start, how, n, end in self.rows[first : first + 60]:
            if how == style and n == due:
                spans.append((start, end))
                due += 1
            elif how == style:
                break
        return tuple(spans) if len(spans) == number else None


# ——现代产业加快培育。新增…
_DASHED = re.compile("^[ \t\u3000]*[—－-]{1,2}[ \t\u3000]*([^\n。；：！？]{2,40})", re.M)
_SHORT_LINE = re.compile("^[ \t\u3000]*([^\n。；：！？—]{4,24})[ \t\u3000]*$", re.M)
_ANNOUNCES = re.compile("[^。；！？\n：]{0,25}[：。]?[ \t\u3000]*\n\\s*")
_ORDINALS = re.compile("[^。；！？\n]{0,20}?[：，。—]+[ \u3000\n]*(?=(?:第?一[是要，、]|（一）|①|1[.．、]))")
_STYLES = (
    (
        re.compile("第?一[是要，、]"),
        re.compile("(?<![一二三四五六七八九十])第?([一二三四五六七八九十]{1,2})[是要，、]"),
    ),
    (re.compile("（一）"), re.compile("（([一二三四五六七八九十]{1,2})）")),
    (re.compile("①"), re.compile("([①-⑳])")),
    (re.compile("1[.．、]"), re.compile("(?<![0-9.])([0-9]{1,2})[.．、](?![0-9])")),
)
_FAR = 2500
_LAST_CLAUSE = re.compile("[。；\n]")
_FIRST_CLAUSE = re.compile("[，。；！？\n]")
_PARAGRAPH = re.compile(
    "\n(?![ \u3000\n]*(?:第?[一二三四五六七八九十]{1,2}[是要，、]|（[一二三四五六七八九十]{1,2}）|[①-⑳]|[0-9]{1,2}[.．、]))"
)


def points(flat: str, after: int, number: int) -> tuple[Span, tuple[Span, ...]] | None:
    """Find what a counting phrase announces point by point: the whole, and the first clause of each point.

    The numbers must run from one to as many as announced, and no further.

    >>> text = "抓好两项任务：一是稳增长，确保完成；二是惠民生。"
    >>> (a, b), spans = points(text, 6, 2)
    >>> text[a:b], [text[c:d] for c, d in spans]
    ('一是稳增长，确保完成；二是惠民生', ['稳增长', '惠民生'])
    """
    found = _ORDINALS.match(flat, after, after + 30)
    if found is None:
        return None
    start = found.end()
    stop = _PARAGRAPH.search(flat, start, start + _FAR)
    limit = stop.start() if stop else min(len(flat), start + _FAR)
    mark = next((every for first, every in _STYLES if first.match(flat, start)), None)
    if mark is None:
        return None
    spans: list[Span] = []
    for point in mark.finditer(flat, start, limit):
        order = _order(point[1])
        if len(spans) > number or (spans and order == 1):
            break
        if order == len(spans) + 1:
            end = _FIRST_CLAUSE.search(flat, point.end(), limit)
            spans.append((point.end(), end.start() if end else limit))
    if len(spans) != number or any(b - a < 2 for a, b in spans):
        return None
    closing = _LAST_CLAUSE.search(flat, spans[-1][1] - 1, limit)
    return (start, closing.start() if closing else limit), tuple(spans)


def _order(mark: str) -> int | None:
    return ord(mark) - 0x245F if "①" <= mark <= "⑳" else number_of(mark)
