"""Terms that the running text itself explains: A、B、C“三所联动”; “X”即…; “X”（A、B、C）; （以下简称“X”）."""

from __future__ import annotations

import re

from glossary.members import members
from glossary.model import Inline
from glossary.quotes import quoted_spans
from glossary.text import simplify

__all__ = ["inline"]

_AFTER = re.compile("[”』」’\"][^，。；：、（“”]{0,8}?(?:[，,]?(?:即|是指|指的是|就是|也就是|包括)|[（(：:])(?P<what>[^。；\n）)]{3,200})")
_BEFORE = re.compile("[^。；！？\n，]{0,80}$")


def inline(text: str, start: int = 0, end: int | None = None) -> list[Inline]:
    """Find the terms that a text between two offsets explains on the spot, in order.

    >>> found, = inline("派出所、司法所、律所“三所联动”机制")
    >>> found.term, found.members
    ('三所联动', ('派出所', '司法所', '律所'))
    """
    body = text[start : len(text) if end is None else end]
    flat = simplify(body)
    out = []
    for a, b in quoted_spans(flat):
        term = body[a:b]
        after = _AFTER.match(flat, b, b + 260)
        if after:
            c, d = after.span("what")
            found = members(term, body[c:d])
            if found.complete or flat[after.start() : c].strip("”』」’\"")[:1] in tuple("即指"):
                out.append(Inline(term=term, definition=body[c:d], members=found.items if found.complete else (), start=start + c, end=start + d))
                continue
        window = _BEFORE.search(flat[max(0, a - 90) : a - 1])
        if window and b - a <= 12:
            at = max(0, a - 90) + window.start()
            found = members(term, body[at : a - 1])
            if found.complete:
                c, d = at + found.spans[0][0], at + found.spans[-1][1]
                out.append(Inline(term=term, definition=body[c:d], members=found.items, start=start + c, end=start + d))
    return out
