"""The quoted expressions of a report's body: where they stand, what the whole term is, and what kind it is."""

from __future__ import annotations

import re

from glossary.harvesting.head_nouns import glued
from glossary.harvesting.kinds import decide
from glossary.model import Quote, Span
from glossary.quotes import quoted_spans
from glossary.text import BLANK, simplify

__all__ = ["explain", "quotations"]

_LOOSE = re.compile(f"[{BLANK}]+")


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quote]:
    """Find the quoted expressions between two offsets, one `Quote` each, in order of first appearance.

    >>> found, = quotations("推进“两旧”改造，做好“两旧”改造。")
    >>> found.text, found.name, found.kind, found.positions
    ('两旧', '“两旧”改造', 'shorthand', ((3, 5), (12, 14)))
    """
    return [quote for quote, _ in _judged(text, start, len(text) if end is None else end)]


def explain(text: str, start: int = 0, end: int | None = None) -> dict[str, list[str]]:
    """Say for each quoted expression why it has its name and kind.

    >>> explain("推进“两旧”改造。")
    {'两旧': ['name “两旧”改造: glued to 改造', 'kind shorthand: numeral or letter shorthand']}
    """
    return {quote.text: why for quote, why in _judged(text, start, len(text) if end is None else end)}


def _judged(text: str, start: int, end: int) -> list[tuple[Quote, list[str]]]:
    body = text[start:end]
    groups: dict[str, list[Span]] = {}
    for a, b in quoted_spans(body):
        key = _LOOSE.sub("", body[a:b])
        if key:
            groups.setdefault(key, []).append((a, b))
    return [_judge(body, start, key, spans) for key, spans in groups.items()]


def _judge(body: str, start: int, key: str, spans: list[Span]) -> tuple[Quote, list[str]]:
    name, why = key, []
    for a, b in spans:
        after = _LOOSE.sub("", simplify(body[b + 1 : b + 25]))
        length, head = glued(after)
        if length:
            name = body[a - 1 : a] + key + body[b : b + 1] + _LOOSE.sub("", body[b + 1 : b + 25])[:length]
            why.append(f"name {name}: glued to {head}")
            break
    a, b = spans[0]
    kind, reason = decide(key, before=body[max(0, a - 25) : a - 1], after=body[b + 1 : b + 25], quoted=True, count=len(spans))
    why.append(f"kind {kind}: {reason}")
    positions = tuple((a + start, b + start) for a, b in spans)
    return Quote(text=key, name=name, kind=kind, positions=positions), why
