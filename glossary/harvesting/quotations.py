"""The quoted expressions of a report's body: where they stand, what the whole term is, and what kind it is."""

from __future__ import annotations

import re

from glossary.enumerations import levelled
from glossary.harvesting.head_nouns import glued, may_be_glued
from glossary.harvesting.kinds import NEAR, Case, bare, judge, tails
from glossary.model import Kind, Quote, Span
from glossary.quotes import quoted_spans
from glossary.text import BLANK

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
    {'两旧': ['name “两旧”改造: glued to 改造 at 1 of 1 places', 'kind shorthand: a numeral with what it counts']}
    """
    return {quote.text: why for quote, why in _judged(text, start, len(text) if end is None else end)}


def _judged(text: str, start: int, end: int) -> list[tuple[Quote, list[str]]]:
    body = text[start:end]
    flat = levelled(body)
    groups: dict[str, list[Span]] = {}
    for a, b in quoted_spans(body):
        key = body[a:b] if body[a:b].isalnum() else _LOOSE.sub("", body[a:b])
        if key:
            groups.setdefault(key, []).append((a, b))
    places = _places(levelled(text[max(0, start - 2000) : start]) + flat)
    return [_judge(body, flat, start, key, spans, places) for key, spans in groups.items()]


# 江湾 of 江湾区, 江湾县域: a name of two characters before what sort of place it is.
_PLACE = re.compile(
    "(?:(?<![\u3400-\u9fff])|(?<=[在于]))([\u3400-\u9fff]{2})[省市县区州旗镇](?![\u3400-\u9fff]?[级域属])"
)
_NO_PLACE = frozenset(
    [
        "全国",
        "全省",
        "全市",
        "全县",
        "全区",
        "我省",
        "我市",
        "我县",
        "我区",
        "本市",
        "本区",
        "社区",
        "城区",
        "园区",
        "新区",
        "老区",
        "校区",
        "地区",
        "大市",
        "各省",
        "各市",
        "各县",
        "各区",
    ]
)


def _places(flat: str) -> frozenset[str]:
    """Name the places that a report speaks of: those called 江湾区 at the beginning of a clause, and its own."""
    return frozenset(found[1] for found in _PLACE.finditer(flat)) - _NO_PLACE


def _judge(
    body: str, flat: str, start: int, key: str, spans: list[Span], places: frozenset[str]
) -> tuple[Quote, list[str]]:
    a, b = spans[0]
    term = _LOOSE.sub("", flat[a:b])
    plain = bare(term[:200])
    case = Case(
        term=term,
        flat=plain,
        tails=tails(plain),
        before=flat[max(0, a - 1 - NEAR) : a - 1],
        after=flat[b + 1 : b + 1 + NEAR],
        quoted=True,
        count=len(spans),
        places=places,
    )
    kind, reason = judge(case)
    name, why = _name(body, flat, key, plain, kind, spans)
    positions = tuple((a + start, b + start) for a, b in spans)
    return Quote(text=key, name=name, kind=kind, positions=positions), [why, f"kind {kind}: {reason}"]


def _name(body: str, flat: str, key: str, plain: str, kind: Kind, spans: list[Span]) -> tuple[str, str]:
    """Take the head noun that the expression is most often glued to, if it is at one place in three."""
    counts: dict[tuple[str, str], int] = {}
    for a, b in spans[:50] if may_be_glued(plain, kind) else ():
        length, head = glued(plain, kind, _LOOSE.sub("", flat[b + 1 : b + 30]))
        if length:
            name = body[a - 1] + key + body[b] + _LOOSE.sub("", body[b + 1 : b + 30])[:length], head
            counts[name] = counts.get(name, 0) + 1
    if counts:
        best = max(counts, key=counts.__getitem__)
        if counts[best] * 3 >= len(spans[:50]):
            return best[0], f"name {best[0]}: glued to {best[1]} at {counts[best]} of {len(spans)} places"
    return key, f"name {key}: the quoted part"
