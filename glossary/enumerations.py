"""Enumerations in running text: A、B和C; 一是…二是…; “A”“B”“C”; clauses between semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from os.path import commonprefix

from glossary.model import Span
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import simplification, simplify

__all__ = ["enumerations", "levelled", "list_before", "masked", "trimmed"]

_HIDDEN = "\ue000"
_HIDES = re.compile(f"[{OPENING}（(《【]")
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
_QUOTED_RUN = re.compile(
    f"[{OPENING}]{_HIDDEN}+[{CLOSING}](?:[、，和与及]?[{OPENING}]{_HIDDEN}+[{CLOSING}])+"
)
# What leads to a list, the surest first; the list starts behind it.
_STRONG = re.compile(
    "是指的?|指的就?是|分别(?:是|为|指)|就是|即为?|包括了?|包含|涵盖|包括有|主要(?:是|为|指|有)|指(?![数标引导挥定南针])|也就是"
)
_TAIL = re.compile(
    "等?(?:这|共|合计)?(?:[两双三四五六七八九十0-9]{1,2}|几|多|各)(?:个|大|项|类|种|方面|位|者|级|条|方|门|层|点|件|步|维|张|支|所|域|座|路|线|区|网|端)"
    "|等(?=[，,的]|$|方面|内容|工作|领域)|为一体|于一体|相结合|相统一|有机统一|有机结合|的(?:简称|统称|总称|合称)|(?:的)?联动|融合发展"
)


@cache
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {chr(a): chr(b) for a, b in simplification().items() if a < 0x10000}
    return re.compile(f"[{''.join(table)}]"), table


_ASTRAL = re.compile("[\U00020000-\U0003ffff]")


def levelled(text: str) -> str:
    """Simplify a text and make the half-width punctuation that forum pages have full-width; the length stays.

    >>> levelled("個人防護,疫苗接種(兩個屏障)")
    '个人防护，疫苗接种（两个屏障）'
    """
    characters, table = _traditional()
    if len(characters.findall(text, 0, 500)) > 25 or _ASTRAL.search(text):
        flat = simplify(text)
    else:
        # In simplified text a few characters change (著 → 着): sixteen times as fast as a look-up of all.
        flat = characters.sub(lambda found: table[found[0]], text)
    for narrow, wide in zip(",;:!?()", "，；：！？（）", strict=True):
        flat = flat.replace(narrow, wide)
    return flat


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


# Verbs and prepositions that stand before a list and don't belong to its first member: 聚焦新材料、低空经济.
_LEADS = """
进一步 高标准 高质量 高水平 高效 高起点 不断 牢牢 切实 充分 更好 深度 精心 用心 广泛 严格 有力 有效 加速 逐步 初步 基本 及时 主动 自觉 共同 合力 全力 全力以赴 奋力 统一 集中 科学 系统 聚力 倾力 用力 纵深 多措并举 因地制宜 创造性
坚持 围绕 聚焦 推进 推动 深化 强化 加强 完善 实施 开展 统筹 会同 组织 联合 突出 抓好 抓住 抓实 做好 做强 做优 做大 打造 形成 构建 建立 建成 建设 建好 健全 优化 提升 提高 促进 加快 实现 落实 贯彻 发挥 依托 利用 通过 针对 面向
整合 汇聚 集聚 培育 壮大 发展 扩大 拓展 推出 出台 制定 发布 启动 引进 引入 举办 承办 筹办 办好 创建 争创 荣获 获得 巩固 筑牢 守牢 守住 织密 兜牢 牵住 瞄准 立足 紧扣 紧盯 紧抓 把握 对接 服务 支持 鼓励 引导 保障 确保 做到
推行 推广 探索 试点 创新 运用 采取 采用 设立 组建 成立 开设 开通 开放 布局 盘活 打通 贯通 连接 串联 覆盖 涵盖 涉及 包括 包含 囊括 位于 分布 明确 确定 确立 提出 倡导 弘扬 践行 秉持 遵循 牢记 树立 增强 激发 释放 攻克 攻坚 破解
化解 整治 治理 改造 更新 修缮 新建 改建 扩建 完成 继续 持续 全面 重点 积极 着力 大力 努力 深入 扎实 稳步 有序 率先 同步 协同 协调 兼顾 分为 分成 划分为 细分为 归纳为 概括为 总结为 称为 作为 成为 列为 纳入 融入 参与 主打 主攻 打响
擦亮 打好 唱响 锻造 塑造 营造 彰显 展现 体现 配套 配备 采集 汇集 归集 叠加 用好 用足 用活 管好 管住 盯住 抓牢 抓紧 力促 力争 主抓 涌现 评选 遴选 入选 入围 指导 依靠 依据 按照 根据 基于 按 以 从 对 在 由 将 把 向 为 与 和 同 了 是 有 即 指 其中 分别 分别为 分别是 主要 主要是 特别是 尤其是 包括了 也就是 就是 是指 指的是
"""
_LEAD = re.compile("|".join(sorted(_LEADS.split(), key=len, reverse=True)))
_JOINED_QUOTES = re.compile(f"(?<=[{CLOSING}])(?=[{OPENING}])")
_LINK = re.compile("(?:等|等等)?(?:这|共|共同|合计|构成的?|组成的?|形成的?)?$")
# 全要素、一体化推进“一街一路”: the term is what the verb governs, not what the list sums up.
_ENDS_IN_VERB = re.compile(
    "(?:推进|推动|深化|强化|加强|完善|实施|开展|打造|形成|构建|建立|建成|建设|健全|优化|提升|提高|促进|加快|实现|落实|贯彻|发挥|巩固|坚持|推出|推行|推广|参与|做好|扩大|拓展|创建|做到|突破|聚焦|围绕|启动|完成|进行|通过|按照|对接|支持|服务于|着力|全面|深入|积极|作为|成为|[的了着和与及以在对把将用由为从向])$"
)


def list_before(
    flat: str, at: int, wanted: int, heads: Sequence[str] = (), shown: str | None = None
) -> tuple[Span, ...] | None:
    """Find the list of as many members as are wanted that ends where a term begins.

    A list of clauses between commas must show the term's heads: 进社区，进企业，进学校“三进”. `shown` is the masked
    text where it is known already.

    >>> text = "会同街道推动法官、民警、调解员“三员进站”"
    >>> [text[a:b] for a, b in list_before(text, text.index("“"), 3)]
    ['法官', '民警', '调解员']
    """
    if flat[at - 1] in _NO_LIST:
        return None
    start = max(0, at - 160)
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
        last = _LINK.search(shown).start()  # type: ignore[union-attr]
        if last - first < 3:
            continue
        parts = [piece for x, y in _pieces(shown, separator, first, last) for piece in _beside(shown, x, y)]
        if len(parts) == wanted - 1:
            parts = [*parts[:-1], *_split_and(shown, *parts[-1])] if parts else parts
        if len(parts) != wanted or wanted < 2 or any(x >= y for x, y in parts):
            continue
        spans = [(x + start, y + start) for x, y in parts]
        said = [flat[x:y] for x, y in spans]
        shown_heads = bool(heads) and all(any(h in item for h in heads if h) for item in said)
        if _alike(parts, separator) and (
            shown_heads or (separator is _PAUSE and not _ENDS_IN_VERB.search(said[-1]))
        ):
            a, b = spans[0]
            a = _verb_off(flat, a, b, [flat[x:y] for x, y in spans[1:]])
            return tuple(_unquoted(flat, x, y) for x, y in [(a, b), *spans[1:]])
    return None


_NO_LIST = frozenset("，。、；：！？（《\n的了和与及 ")
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


def _verb_off(flat: str, start: int, end: int, others: Sequence[str]) -> int:
    """Find where the first member begins behind verbs, so that it is about as long as the others."""
    common = commonprefix(list(others)) if len(others) > 1 else ""
    at = flat.rfind(common, start, end) if common else -1
    if at == start or (
        at > start
        and any(
            flat[:at].endswith(flat[x:at]) and _LEAD.fullmatch(flat, x, at)
            for x in range(max(start, at - 4), at)
        )
    ):
        return at
    opening = flat.rfind(others[0][0], start, end) if others[0][0] in OPENING else -1
    if opening > start and flat[end - 1] in CLOSING:
        return opening
    chained = start
    while (found := _LEAD.match(flat, chained, end - 1)) is not None:
        chained = found.end()
    if any(_LEAD.match(other) for other in others):
        # 改造东门菜场、打通柳荫路: the verb is the member's own
        chained = start
        if not _LEAD.search(flat, start, end - 1):
            return start
    lengths = sorted(len(other) for other in others)
    usual = lengths[len(lengths) // 2]
    cuts = {start, chained}
    at = start
    while (found := _LEAD.search(flat, at, end - 1)) is not None:
        cuts.add(found.end())
        at = found.start() + 1

    def strain(cut: int) -> tuple[float, int]:
        left = end - cut
        return abs(left - usual) - (3 if cut == chained > start else 0) + (9 if left < 2 else 0), cut

    return min(cuts, key=strain)


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
    common = next((head for head in heads if head and others and all(o.startswith(head) for o in others)), "")
    at = flat.rfind(common, start, end) if common else -1
    if at >= 0:
        return at
    return _verb_off(flat, start, end, others)


def _unquoted(flat: str, start: int, end: int) -> Span:
    """Leave out marks that enclose a member: “应检尽检”."""
    if (
        end - start > 2
        and flat[start] in OPENING
        and flat[end - 1] in CLOSING
        and flat[start + 1 : end - 1].find(flat[end - 1]) < 0
    ):
        return start + 1, end - 1
    if end > start and flat[start] in CLOSING + "）)":
        start += 1
    return start, end
