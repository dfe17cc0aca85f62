"""Enumerations in running text: A、B和C; 一是…二是…; “A”“B”“C”; clauses between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossary.leads import CUE, ended_alike, is_lead, unquoted, verb_off
from glossary.model import Span
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import simplify

__all__ = ["enumerations", "levelled", "list_before", "masked", "split"]

_HIDDEN = "\ue000"
_HIDES = re.compile(f"[{OPENING}（《【]")
_BRACKETS = re.compile("（[^（）]{0,200}）|《[^《》]{0,120}》|【[^【】]{0,80}】")
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
_QUOTED_RUN = re.compile(
    f"[{OPENING}]{_HIDDEN}+[{CLOSING}](?:[、，和与及]?[{OPENING}]{_HIDDEN}+[{CLOSING}])+"
)


def levelled(text: str) -> str:
    """Simplify a text and make the half-width punctuation that forum pages have full-width; the length stays.

    >>> levelled("個人防護,疫苗接種(兩個屏障)")
    '个人防护，疫苗接种（两个屏障）'
    """
    flat = simplify(text)
    for narrow, wide in zip(",;:!?()", "，；：！？（）", strict=True):
        flat = flat.replace(narrow, wide)
    return _THOUSANDS.sub(",", flat)


# 1,280个 holds no comma
_THOUSANDS = re.compile("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


def masked(flat: str, quotes: Sequence[Span] | None = None) -> str:
    """Hide what stands in brackets and quotation marks, so that separators there don't count; the length stays.

    `quotes` are the spans between quotation marks where they are known already.

    >>> masked("甲（乙、丙）、“丁、戊”").count("、")
    1
    """
    if not _HIDES.search(flat):
        return flat
    hidden = list(flat)
    for start, end in quoted_spans(flat) if quotes is None else quotes:
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
    clauses = [span for span in split(shown, _BOUNDS, 0, len(shown)) if span[0] < span[1]]
    for start, end in clauses:
        yield from _readings(shown, start, end, 1.0)
    for start, end in quoted_spans(flat):
        if "、" in flat[start:end] or "，" in flat[start:end]:
            yield from _readings(flat, start, end, 1.2)
    for run in _QUOTED_RUN.finditer(shown):
        inside = quoted_spans(flat[run.start() : run.end()])
        yield tuple((a + run.start(), b + run.start()) for a, b in inside), 1.3
    for pattern in _MARKED:
        marks = list(pattern.finditer(shown))
        if len(marks) > 1:
            ends = [mark.start() for mark in marks[1:]] + [len(flat)]
            yield tuple(_sentence(shown, mark.end(), end) for mark, end in zip(marks, ends, strict=True)), 1.6
    lines = [span for span in split(shown, re.compile("[；;\n]"), 0, len(shown)) if span[0] < span[1]]
    if len(lines) > 1:
        yield tuple(_label(shown, a, b) for a, b in lines), 0.6
    quoted = [span for span in quoted_spans(flat) if span[1] - span[0] <= 30]
    if len(quoted) > 1:
        yield tuple(quoted), 0.3


def _readings(shown: str, start: int, end: int, weight: float) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Read a clause as a list with each kind of separator, its last pair joined by 和 or not."""
    for pattern, worth in ((_PAUSE, 0.0), (_BOTH, -0.3), (_COMMA, -0.2)):
        if not pattern.search(shown, start, end) or (
            pattern is _BOTH and not _COMMA.search(shown, start, end)
        ):
            continue
        for a, b in _stretches(shown, pattern, start, end):
            parts = split(shown, pattern, a, b)
            if len(parts) < 2 or any(x >= y for x, y in parts):
                continue
            yield tuple(parts), weight + worth
            joined = [piece for x, y in parts[-1:] for piece in _split_and(shown, x, y)]
            if len(joined) > 1:
                yield (*parts[:-1], *joined), weight + worth - 0.05
            every = [piece for x, y in parts for piece in _split_and(shown, x, y)]
            if len(every) > len(parts) - 1 + len(joined):
                yield tuple(every), weight + worth - 0.4
    lead = CUE.search(shown, start, end)
    first = lead.end() if lead else start
    pair = _split_and(shown, first, end)
    if len(pair) == 2 and "、" not in shown[first:end]:
        yield tuple(pair), weight - 0.3


def _stretches(shown: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    """Bound a list of words by commas, too; one of clauses by nothing more."""
    if pattern is not _PAUSE:
        return [(start, end)]
    return [span for span in split(shown, _COMMA, start, end) if "、" in shown[span[0] : span[1]]]


def _split_and(shown: str, start: int, end: int) -> list[Span]:
    found = _AND.search(shown, start + 1, end - 1)
    # 参与 and 共和 hold no conjunction.
    while found and shown[found.start() - 1 : found.start() + 1] in (
        "参与",
        "共和",
        "总和",
        "温和",
        "涉及",
        "普及",
        "以及",
        "缓和",
    ):
        found = _AND.search(shown, found.end(), end - 1)
    return [(start, found.start()), (found.end(), end)] if found else [(start, end)]


def split(shown: str, pattern: re.Pattern[str], start: int, end: int) -> list[Span]:
    """Part a stretch of a masked text at every separator, blanks and marks at the ends of the parts left out."""
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


_JOINED_QUOTES = re.compile(f"(?<=[{CLOSING}])(?=[{OPENING}])")
# …等三项; …作为三篇大文章; 以…为主要内容的“双千工程”; …即“两旧一村”
_LINK = re.compile(
    "(?:之后|以后|之间)?(?:等|等等)?(?:这|共|共同|合计|构成的?|组成的?|形成的?|作为|列为|统称为?|并称为?|合称为?|即|为(?:主要)?(?:内容|架构|框架|主体|核心|重点|支撑|代表|特色|引领|抓手))?$"
)
# 全要素、一体化推进“一街一路”: the term is what the verb governs, not what the list sums up.
_ENDS_IN_VERB = re.compile(
    "(?:推进|推动|深化|强化|加强|完善|实施|开展|打造|形成|构建|建立|建成|建设|健全|优化|提升|提高|促进|加快|实现|落实|贯彻|发挥|巩固|坚持|推出|推行|推广|参与|做好|扩大|拓展|创建|做到|突破|聚焦|围绕|启动|完成|进行|通过|按照|对接|支持|服务于|着力|全面|深入|积极|作为|成为|[的了着和与及以在对把将用由为从向])$"
)


# Behind the list stands the verb that governs the term; 建设, 创建, 治理 may as well end a member.
_GOVERNS = re.compile(
    "(?:签约|携手|共同|联合|合力|率先|正式|全面|深入)*(?:开启|启动|开展|实施|推行|推出|打造|构建|形成|落实|深化)$"
)


def list_before(
    flat: str, at: int, wanted: int, heads: Sequence[str] = (), shown: str | None = None, low: int = 0
) -> tuple[Span, ...] | None:
    """Find the list of as many members as are wanted that ends where a term begins.

    A list of clauses between commas must show the term's heads: 进社区，进企业，进学校“三进”. `shown` is the masked
    text where it is known already, `low` an offset before which the list doesn't start.

    >>> text = "会同街道推动法官、民警、调解员“三员进站”"
    >>> [text[a:b] for a, b in list_before(text, text.index("“"), 3)]
    ['法官', '民警', '调解员']
    """
    if flat[at - 1] in _NO_LIST:
        return None
    start = max(low, at - 160)
    ways = []
    if _HAS_LIST.search(flat, max(0, at - 40), at):
        ways.append((_CLAUSE_END, _PAUSE))
    if any(head and head in flat[max(0, at - 12) : at] for head in heads):
        ways.append((_SENTENCE_END, _BOTH))
    if not ways:
        return None
    shown = shown[start:at] if shown is not None else masked(flat[start:at])
    for bound, separator in ways:
        first = 0
        for found in bound.finditer(shown):
            first = found.end()
        link = _LINK.search(shown, max(first, len(shown) - 12))
        last = link.start() if link else len(shown)
        if last - first < 3 or (separator is _PAUSE and shown.count("、", first, last) >= wanted):
            continue
        parts = [piece for x, y in split(shown, separator, first, last) for piece in _beside(shown, x, y)]
        if parts and len(parts) == wanted - 1:
            # 形态与业态、生态、文态: the first two may be the joined ones
            ways_to_join = (
                [*parts[:-1], *_split_and(shown, *parts[-1])],
                [*_split_and(shown, *parts[0]), *parts[1:]],
            )
            parts = next((joined for joined in ways_to_join if len(joined) == wanted), parts)
        if len(parts) != wanted or wanted < 2 or any(x >= y for x, y in parts):
            continue
        opening = flat[parts[0][0] + start : parts[0][1] + start]
        if wanted > 2:
            # 我们将牢固树立创新、协调、绿色…: what leads up to the list is no part of its first member
            rest = [flat[x + start : y + start] for x, y in parts[1:]]
            x, y = parts[0]
            parts = [(verb_off(flat, x + start, y + start, rest) - start, y), *parts[1:]]
        spans = [(x + start, y + start) for x, y in parts]
        said = [flat[x:y] for x, y in spans]
        shown_heads = bool(heads) and _bear(said, heads)
        if _alike(parts, separator) and (
            shown_heads or (separator is _PAUSE and (flat[at] == "的" or not _ENDS_IN_VERB.search(said[-1])))
        ):
            a, b = spans[0]
            common = next((h for h in heads if h and all(item.startswith(h) for item in said[1:])), "")
            # 部分县市保工资、保运转、保基本民生“三保”
            at_head = flat.rfind(common, a, b) if common else -1
            a = at_head if at_head >= 0 else verb_off(flat, a, b, said[1:])
            if len(said[0]) > 1 and is_lead(opening):
                # 建立与甲、乙“三位一体”机制: the third stands elsewhere
                continue
            if shown_heads:
                # 江湾东岸与湖湾东滩文化区签约开启“双东”合作
                x, y = spans[-1]
                verb = _GOVERNS.search(flat, x, y)
                if verb and _bear([*said[:-1], flat[x : verb.start()]], heads):
                    spans[-1] = x, verb.start()
            return ended_alike(flat, [unquoted(flat, x, y) for x, y in [(a, b), *spans[1:]]])
    return None


def _bear(items: Sequence[str], heads: Sequence[str]) -> bool:
    """Tell whether every item bears a head; of as many heads, each its own: 村级…，基层医… for 一村一医."""
    if len(heads) == len(items):
        return all(head in item for head, item in zip(heads, items, strict=True))
    return all(any(head in item for head in heads if head) for item in items)


_NO_LIST = frozenset("，。、；：！？（《\n的了和与及 " + OPENING)
_HAS_LIST = re.compile(f"[、和与及]|[{CLOSING}][{OPENING}]")
_CLAUSE_END = re.compile("[。；！？\n：，]")
_SENTENCE_END = re.compile("[。；！？\n：]")


def _alike(parts: Sequence[Span], separator: re.Pattern[str]) -> bool:
    """Tell whether parts between commas are members: short, and about equally long."""
    lengths = [b - a for a, b in parts[1:]]
    return max(lengths) <= 24 and (separator is _PAUSE or max(lengths) <= min(lengths) + 3)


def _beside(shown: str, start: int, end: int) -> list[Span]:
    """Split “天网”“雪亮” where one quotation follows another."""
    cuts = [found.start() for found in _JOINED_QUOTES.finditer(shown, start, end)]
    return list(zip([start, *cuts], [*cuts, end], strict=True))
