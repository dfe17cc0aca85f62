"""Enumerations in running text: A、B和C; 一是…二是…; “A”“B”“C”; clauses between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from os.path import commonprefix

from glossary.model import Span
from glossary.quotes import CLOSING, OPENING, quoted_spans

__all__ = ["enumerations", "masked", "trimmed"]

_HIDDEN = "\ue000"
_BRACKETS = re.compile("[（(][^（）()]{0,200}[)）]|《[^《》]{0,120}》|【[^【】]{0,80}】")
# A colon or a sentence's end bounds a list; a dash bounds what is said of each member.
_BOUNDS = re.compile("[。；;！？\n：:]|—+|──")
_COMMA = re.compile("[，,]")
_PAUSE = re.compile("、")
_BOTH = re.compile("[，,、]")
_AND = re.compile("以及|[和与及或]")
_MARKED = (
    re.compile("[一二三四五六七八九十]是(?:要)?"),
    re.compile("第?[一二三四五六七八九十]{1,2}[、，]"),
    re.compile("[①-⑳]"),
    re.compile("[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）]"),
    re.compile("(?<![0-9.])[0-9]{1,2}[.．、)](?![0-9])"),
)
_QUOTED_RUN = re.compile(f"[{OPENING}]{_HIDDEN}+[{CLOSING}](?:[、，和与及]?[{OPENING}]{_HIDDEN}+[{CLOSING}])+")
# What leads to a list, the surest first; the list starts behind it.
_STRONG = re.compile(
    "是指的?|指的就?是|分别(?:是|为|指)|就是|即为?|包括了?|包含|涵盖|包括有|主要(?:是|为|指|有)|指(?![数标引导挥定南针])|也就是"
)
_WEAK = re.compile("^.{0,6}?(?:以|从|对|由|把|将|为|是|有|在|按照|围绕|聚焦|坚持|实现|推进|推动|做到|做好|通过|落实|实施|开展|建设|打造|形成|构建|建立|建成|完善|深化|加强|强化|统筹|突出|抓好|发展)(?=[^、]{2,})")
_TAIL = re.compile(
    "等?(?:这|共|合计)?(?:[两双三四五六七八九十0-9]{1,2}|几|多|各)(?:个|大|项|类|种|方面|位|者|级|条|方|门|层|点|件|步|维|张|支|所|域|座|路|线|区|网|端)"
    "|等(?=[，,的]|$|方面|内容|工作|领域)|为一体|于一体|相结合|相统一|有机统一|有机结合|的(?:简称|统称|总称|合称)|(?:的)?联动|融合发展"
)


def masked(flat: str) -> str:
    """Hide what stands in brackets and quotation marks, so that separators there don't count; the length stays.

    >>> masked("甲（乙、丙）、“丁、戊”").count("、")
    1
    """
    hidden = list(flat)
    for start, end in quoted_spans(flat):
        hidden[start:end] = _HIDDEN * (end - start)
    for found in _BRACKETS.finditer(flat):
        hidden[found.start() + 1 : found.end() - 1] = _HIDDEN * (found.end() - found.start() - 2)
    return "".join(hidden)


def enumerations(flat: str) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Yield every reading of a simplified text as a list of at least two, with a weight for how plainly it is one.

    >>> text = "统筹床边、桌边和身边三类服务"
    >>> [[text[a:b] for a, b in spans] for spans, _ in enumerations(text)]
    [['统筹床边', '桌边和身边三类服务'], ['统筹床边', '桌边', '身边三类服务']]
    """
    shown = masked(flat)
    clauses = [span for span in _pieces(shown, _BOUNDS, 0, len(shown)) if span[0] < span[1]]
    for start, end in clauses:
        yield from _readings(shown, start, end, 1.0)
    for start, end in quoted_spans(flat):
        if "、" in flat[start:end] or "，" in flat[start:end]:
            yield from _readings(flat, start, end, 1.2)
    for run in _QUOTED_RUN.finditer(shown):
        spans = [span for span in quoted_spans(flat[run.start() : run.end()])]
        yield tuple((a + run.start(), b + run.start()) for a, b in spans), 1.3
    for pattern in _MARKED:
        marks = list(pattern.finditer(shown))
        if len(marks) > 1:
            ends = [mark.start() for mark in marks[1:]] + [len(flat)]
            yield tuple(_sentence(shown, mark.end(), end) for mark, end in zip(marks, ends, strict=True)), 1.6
    lines = [span for span in _pieces(shown, re.compile("[；;\n]"), 0, len(shown)) if span[0] < span[1]]
    if len(lines) > 1:
        yield tuple(_label(shown, a, b) for a, b in lines), 0.6
    quoted = [span for span in quoted_spans(flat) if span[1] - span[0] <= 30]
    if len(quoted) > 1:
        yield tuple(quoted), 0.3


def _readings(shown: str, start: int, end: int, weight: float) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Read a clause as a list with each kind of separator, its last pair joined by 和 or not."""
    for pattern, worth in ((_PAUSE, 0.0), (_BOTH, -0.3), (_COMMA, -0.2)):
        if not pattern.search(shown, start, end):
            continue
        for a, b in _stretches(shown, pattern, start, end):
            parts = _pieces(shown, pattern, a, b)
            if len(parts) < 2 or any(x >= y for x, y in parts):
                continue
            yield tuple(parts), weight + worth
            joined = [piece for x, y in parts[-1:] for piece in _split_and(shown, x, y)]
            if len(joined) > 1:
                yield (*parts[:-1], *joined), weight + worth - 0.05
            every = [piece for x, y in parts for piece in _split_and(shown, x, y)]
            if len(every) > len(parts) - 1 + len(joined):
                yield tuple(every), weight + worth - 0.4
    lead = _STRONG.search(shown, start, end)
    first = lead.end() if lead else start
    pair = _split_and(shown, first, end)
    if len(pair) == 2 and "、" not in shown[first:end]:
        yield tuple(pair), weight - 0.3


def _stretches(shown: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    """Bound a list of words by commas, too; one of clauses by nothing more."""
    if pattern is not _PAUSE:
        return [(start, end)]
    return [span for span in _pieces(shown, _COMMA, start, end) if "、" in shown[span[0] : span[1]]]


def _split_and(shown: str, start: int, end: int) -> list[Span]:
    found = _AND.search(shown, start + 1, end - 1)
    # 参与 and 共和 hold no conjunction.
    while found and shown[found.start() - 1 : found.start() + 1] in ("参与", "共和", "总和", "温和", "涉及", "普及", "以及", "缓和"):
        found = _AND.search(shown, found.end(), end - 1)
    return [(start, found.start()), (found.end(), end)] if found else [(start, end)]


def _pieces(shown: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    out = []
    for found in pattern.finditer(shown, start, end):
        out.append(_strip(shown, start, found.start()))
        start = found.end()
    if start < end:
        out.append(_strip(shown, start, end))
    return out


def _strip(shown: str, start: int, end: int) -> Span:
    while start < end and (shown[start].isspace() or shown[start] in "，,、"):
        start += 1
    while end > start and (shown[end - 1].isspace() or shown[end - 1] in "，,、。；;"):
        end -= 1
    return start, end


def _sentence(shown: str, start: int, end: int) -> Span:
    found = re.compile("[。；;\n]").search(shown, start, end)
    return _strip(shown, start, found.start() if found else end)


def _label(shown: str, start: int, end: int) -> Span:
    """Take of 床边有照护——打造… what stands before the dash."""
    found = re.compile("—+|[：:]").search(shown, start + 1, end)
    return _strip(shown, start, found.start() if found else end)


def trimmed(flat: str, spans: Sequence[Span], heads: Sequence[str]) -> tuple[Span, ...]:
    """Cut from the first member what leads to the list, and from the last what follows it.

    >>> text = "以区位支撑力、科技引领力、服务软实力三个维度为主"
    >>> [text[a:b] for a, b in trimmed(text, [(0, 6), (7, 12), (13, 24)], ["维度"])]
    ['区位支撑力', '科技引领力', '服务软实力']
    """
    (a, b), (c, d) = spans[0], spans[-1]
    others = [flat[x:y] for x, y in spans[1:]]
    tail = _TAIL.search(flat, c + 1, d)
    if tail and tail.start() - c >= 2:
        d = tail.start()
        others[-1] = flat[c:d]
    a = _lead(flat, a, b, others, heads)
    a, b = _unquoted(flat, a, b)
    c, d = _unquoted(flat, c, d)
    return ((a, b), *(_unquoted(flat, x, y) for x, y in spans[1:-1]), (c, d))


def _lead(flat: str, start: int, end: int, others: Sequence[str], heads: Sequence[str]) -> int:
    """Find where the first member starts: behind a cue, at what all members start with, as long as the others are."""
    cue = None
    for cue in _STRONG.finditer(flat, start, end - 1):
        pass
    if cue:
        start = cue.end()
    start += len(flat[start:end]) - len(flat[start:end].lstrip("：:，, "))
    common = commonprefix(list(others)) if len(others) > 1 else ""
    if not common:
        common = next((head for head in heads if head and others and all(o.startswith(head) for o in others)), "")
    if common:
        at = flat.rfind(common, start, end)
        if at >= 0:
            return at
    lengths = {len(other) for other in (others[:-1] or others)}
    longest = max(len(other) for other in others)
    if end - start > longest and len(lengths) == 1 and len({*lengths, len(others[-1])}) == 1:
        return end - lengths.pop()
    weak = _WEAK.match(flat[start:end])
    if weak and end - start - weak.end() >= 2 and end - start > longest:
        return start + weak.end()
    return start


def _unquoted(flat: str, start: int, end: int) -> Span:
    """Leave out marks that enclose a member: “应检尽检”."""
    if end - start > 2 and flat[start] in OPENING and flat[end - 1] in CLOSING and flat[start + 1 : end - 1].find(flat[end - 1]) < 0:
        return start + 1, end - 1
    if end > start and flat[start] in CLOSING + "）)":
        start += 1
    return start, end
