"""Annotated text for a terminal: mentions underlined in the colour of their kind, the terms listed below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from click import style

from glossary.model import Kind, Mention
from glossary.render.segments import Segment, cut
from glossary.render.terms import NO_DEFINITION, Term, collect, one_line

__all__ = ["terminal"]

# The eight colours every terminal has, less black and white, which are the ground of one or the other.
_COLOURS: Mapping[Kind, str | None] = {
    "shorthand": "cyan",
    "initiative": "blue",
    "slogan": "red",
    "brand": "magenta",
    "title": "yellow",
    "concept": "green",
    "figurative": None,
    "other": None,
}
_WIDTH = 78
# A text from the web must not move the cursor or set colours. A tab and a line's end may stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


def terminal(text: str, mentions: Sequence[Mention], *, color: bool) -> str:
    """Render a text with its mentions marked, and a line or two on each term below.

    Without colour the text stands unmarked. Control characters are shown as their pictures (␛).

    >>> from glossary.model import Entry
    >>> term = Mention(start=2, end=4, surface="双碳", entry=Entry(headword="双碳", reading="shuāng tàn"))
    >>> print(terminal("实现双碳目标", [term], color=False))
    实现双碳目标
    <BLANKLINE>
    名词 1 条
      双碳  shuāng tàn  其他
        尚无释义
    """
    # One character for one, so that the offsets hold; and before cutting, which might part \r from \n.
    shown = _safe(text)
    flow = "".join(_mark(shown[s.start : s.end], s, color) for s in cut(text, mentions))
    terms = collect(mentions)
    if not terms:
        return flow
    heading = f"名词 {len(terms)} 条"
    lines = [style(heading, bold=True) if color else heading]
    for term in terms:
        lines += _entry(term, color)
    return "\n".join([flow, *([] if text.endswith("\n") else [""]), *lines])


def _mark(shown: str, segment: Segment, color: bool) -> str:
    if not color or not segment.mentions:
        return shown
    kind = segment.mentions[0].entry.kind
    return style(shown, fg=_COLOURS[kind], underline=True, bold=len(segment.mentions) > 1)


def _entry(term: Term, color: bool) -> list[str]:
    headword = _safe(one_line(term.entry.headword))
    if color and headword:
        headword = style(headword, fg=_COLOURS[term.entry.kind], bold=True)
    count = f"{len(term.mentions)} 处" if len(term.mentions) > 1 else ""
    facts = [headword, _safe(one_line(term.entry.reading)), term.kind_label, count]
    gloss = _clip(_safe(one_line(term.definition or NO_DEFINITION)), _WIDTH - 4)
    return ["  " + "  ".join(fact for fact in facts if fact), f"    {gloss}"]


def _clip(text: str, width: int) -> str:
    """Cut a text to so many columns; a Chinese character takes two."""
    columns = 0
    for i, char in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        if columns > width:
            return text[: max(i - 1, 0)] + "…"
    return text


def _safe(text: str) -> str:
    return _CONTROLS.sub(_picture, text)


def _picture(control: re.Match[str]) -> str:
    code = ord(control[0])
    return "␡" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"
