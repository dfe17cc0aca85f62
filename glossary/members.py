"""Numeral shorthand and what it enumerates: 五个中心 ↔ 国际经济、金融、贸易、航运、科技创新中心.

The numeral is always checked against the number of members found. Where they differ, what was found is handed on with
`complete=False`, for the caller to leave; a list of the wrong length is never passed off as the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, zip_longest

import msgspec

from glossary.enumerations import enumerations, levelled, list_before, masked, split
from glossary.leads import trimmed, unquoted
from glossary.model import Span
from glossary.quotes import quoted_spans
from glossary.shorthand import NUMERAL, Form, Group, form_of, is_shorthand, may_count, number_of, plain
from glossary.text import simplify

__all__ = ["Members", "counted", "explained", "is_shorthand", "members"]


class Members(msgspec.Struct, frozen=True, gc=False):
    """What a numeral shorthand enumerates.

    `items` have shared parts restored, `literal` are the same as they stand. `wanted` holds the numbers of the
    shorthand, `complete` tells whether as many members were found; `spans` bound the literal ones in the text.
    """

    items: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    complete: bool = False
    wanted: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


def members(term: str, text: str) -> Members:
    """Find in a definition or an enumeration what a numeral shorthand stands for.

    >>> found = members("五个中心", "即国际经济、金融、贸易、航运、科技创新中心")
    >>> found.items
    ('国际经济中心', '国际金融中心', '国际贸易中心', '国际航运中心', '国际科技创新中心')
    >>> found.literal, found.complete
    (('国际经济', '金融', '贸易', '航运', '科技创新'), True)
    >>> members("六稳", "即稳就业、稳金融、稳外贸").complete
    False
    """
    form = form_of(term)
    if form is None:
        return Members()
    flat = levelled(text[:_LONGEST])
    wanted = tuple(group.number for group in form.groups if group.number is not None)
    if form.style in ("plus", "digits"):
        said = _by_group(form, text, flat, wanted)
        return said if said.complete else _by_number(form, text, flat, wanted) or said
    if len(form.groups) > 1:
        parts = _by_group(form, text, flat, wanted)
        if parts.complete:
            return parts
    return _choose(form, text, flat, wanted)


def counted(number: int, text: str, head: str = "") -> Members:
    """Find in a text a list of so many members, for a phrase that only counts them: 三个维度.

    >>> counted(3, "产业、城市和人才").items
    ('产业', '城市', '人才')
    """
    form = Form("count", (Group(head, number, head),))
    return _choose(form, text, levelled(text[:_LONGEST]), (number,))


_LONGEST = 3000
_DEFINES = "(?:主要|具体|分别|一般)?(?:是指的?|指的就?是|系指|指(?![导引标数挥定示南纹责派])|即为?|代表|就是|表示|为|是)"
_KEYED = '[“‘「『"](?P<key>[^“”‘’「」『』"]{1,12})[”’」』"](?P<tail>[\u3400-\u9fff]{0,4}?)(?:，|,)?'
_EXPLAINED = re.compile(
    f"{_KEYED}(?:(?P<cue>{_DEFINES})|[：:]|—{{1,2}})[：:，,]?(?P<what>[^；;。！\n]{{2,400}})"
)


def explained(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield the spans of the quoted terms that a text explains one after another, and of their explanations.

    >>> text = "其中“两旧”指旧里和旧房，“一村”指城中村"
    >>> [(text[a:b], text[c:d]) for (a, b), (c, d) in explained(text)]
    [('两旧', '旧里和旧房'), ('一村', '城中村')]
    """
    flat = levelled(text)
    at = 0
    while (found := _EXPLAINED.search(flat, at)) is not None:
        start, end = found.span("what")
        if found["cue"] in ("是", "为") and not (may_count(found["key"]) and len(found["key"]) <= 3):
            # “一网通办”是一项改革 says something of it, and not what it is
            at = found.end("key")
            continue
        following = _EXPLAINED.search(flat, start, end)
        if following:
            end = following.start()
        while end > start and flat[end - 1] in "，,、；;。 \u3000其中而和及":
            end -= 1
        yield found.span("key"), (start, end)
        at = max(following.start() if following else end, found.end("key"))


def _by_group(form: Form, text: str, flat: str, wanted: tuple[int, ...]) -> Members:
    """Collect what each part of a shorthand stands for: “1”指…，“N”指…; “两旧”指…，“一村”指…."""
    said: dict[str, Span] = {}
    for (a, b), span in explained(flat):
        said.setdefault(plain(flat[a:b]).lower(), span)
    if form.style == "plus":
        # 2是金融、商贸，3是科技、文化: without quotation marks
        bare = [
            found for found in _BARE_KEY.finditer(flat) if found[1].lower() in {g.key for g in form.groups}
        ]
        for found, after in zip_longest(bare, bare[1:]):
            stop = re.compile("[；;。！\n]").search(flat, found.end())
            end = min(after.start() if after else len(flat), stop.start() if stop else len(flat))
            said.setdefault(found[1].lower(), (found.end(), end - (flat[end - 1] in "，,、；")))
    spans: list[Span] = []
    complete = True
    for group in form.groups:
        key = group.key
        if form.style == "digits" and group.number is not None and key not in said:
            key = "〇一二三四五六七八九"[group.number or 0]
        if key not in said:
            complete = False
            continue
        span = said[key]
        inner = _choose(Form("count", (group,)), text[span[0] : span[1]], flat[span[0] : span[1]], ())
        if form.style == "groups" and group.number and group.number > 1:
            complete = complete and inner.complete
            spans += [(a + span[0], b + span[0]) for a, b in inner.spans] or [span]
        else:
            spans.append(_clause(flat, span))
    found = tuple(text[a:b] for a, b in spans)
    return Members(
        items=found, literal=found, complete=complete and bool(spans), wanted=wanted, spans=tuple(spans)
    )


# What N and X stand for: 1个市级指挥中心、4个区域救援中心、若干乡镇应急队伍.
_SOME = re.compile("若干|多个|一批|众多|各")
_BARE_KEY = re.compile("(?<![0-9a-zA-Z+“])([0-9]{1,2}|[NXMYnxmy])(?:是指|指|即|代表|为|是|：)(?=[^0-9])")
_FIRST_SUM = re.compile(
    f"[^0-9一二三四五六七八九十]{{0,4}}({NUMERAL})(?![0-9.%％一二三四五六七八九十百千万亿年月日]|年代|月)"
)
_SUM = re.compile(f"({NUMERAL})[个大项类种条座张家支件]")


def _by_number(form: Form, text: str, flat: str, wanted: tuple[int, ...]) -> Members | None:
    """Collect lists that are summed up by the shorthand's own numbers: 软件、检测三个… for the 3 of 3+2."""
    for parts, _ in enumerations(flat):
        if len(parts) == len(form.groups) and all(
            _counts(flat[a:b].lower(), group, form.style)
            for group, (a, b) in zip(form.groups, parts, strict=True)
        ):
            # （1个总体意见、3个配套文件）; 紧扣一个目标、打造三大基地
            parts = (*trimmed(flat, parts, [""])[:-1], unquoted(flat, *parts[-1]))
            found = tuple(text[a:b] for a, b in parts)
            return Members(items=found, literal=found, complete=True, wanted=wanted, spans=parts)
    sums = [(number_of(found[1]), found.start()) for found in _SUM.finditer(flat)]
    spans: list[Span] = []
    for group in form.groups:
        due = next(((n, at) for n, at in sums if n == group.number), None)
        listed = list_before(flat, due[1], due[0] or 0, low=spans[-1][1] if spans else 0) if due else None
        if due is None or listed is None:
            return None
        sums = sums[sums.index(due) + 1 :]
        spans += listed
    listed_all = tuple(text[a:b] for a, b in spans)
    return Members(items=listed_all, literal=listed_all, complete=True, wanted=wanted, spans=tuple(spans))


def _counts(clause: str, group: Group, style: str) -> bool:
    """Tell whether a clause is about the part of a shorthand: 3个配套文件, 若干队伍, 打造三大基地.

    A clause of 1236 may also sum up what it lists: 实施产业升级、海洋开发六大行动.
    """
    if re.search(f"(?<![0-9.]){group.key}(?![0-9.%])", clause):
        return True
    if group.number is None:
        return _SOME.match(clause) is not None
    first = _FIRST_SUM.match(clause)
    said = [first[1]] if first else []
    said += _SUM.findall(clause) if style == "digits" else []
    return any(number_of(number) == group.number for number in said)


def _clause(flat: str, span: Span) -> Span:
    """Cut an explanation at its first comma outside brackets: 1个意见，即… → 1个意见."""
    end = next((i for i in range(span[0] + 1, span[1]) if flat[i] in "，,："), span[1])
    return span[0], end


# No shorthand stands for more.
_MOST = 40


def _choose(form: Form, text: str, flat: str, wanted: tuple[int, ...]) -> Members:
    """Take of all enumerations in a text the one that fits the shorthand's numbers and heads best."""
    numbers = [group.number or 0 for group in form.groups]
    total, each = sum(numbers), numbers[0] if len(set(numbers)) == 1 else 0
    heads = [group.noun for group in form.groups]
    several = sum(group.number is None for group in form.groups)
    best: tuple[float, tuple[Span, ...]] | None = None
    fitting = False
    lists = chain(enumerations(flat), _named(flat, heads), _summed(flat, total), _bearing(flat, heads))
    built = [(spans, 1.5, True) for spans in _grouped(flat, form)]
    for spans, weight, as_built in chain(((spans, weight, False) for spans, weight in lists), built):
        if len(spans) > _MOST or any(a >= b for a, b in spans):
            continue
        spans = trimmed(flat, spans, heads)
        aligned = sum(any(h and h in flat[a:b] for h in heads) for a, b in spans) / len(spans)
        # 四应四尽 has four members with both 应 and 尽; 三提三争 six.
        fits = (
            as_built
            or (len(spans) == total if not several else len(spans) >= total + several and aligned == 1)
            or (len(spans) == each and all(h in flat[a:b] for h in heads for a, b in spans))
        )
        score = weight + 3.0 * fits + aligned - 0.001 * spans[0][0]
        if best is None or score > best[0]:
            best, fitting = (score, spans), fits
    if best is None:
        return Members(wanted=wanted)
    spans = best[1]
    literal, items = restored([text[a:b] for a, b in spans], heads[0] if len(heads) == 1 else "")
    return Members(items=items, literal=literal, complete=fitting, wanted=wanted, spans=spans)


def _summed(flat: str, total: int) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Yield the lists that the text itself sums up by the shorthand's number: 望湖、镜湖、小南湖三个湖泊."""
    for found in _SUM.finditer(flat):
        if total > 1 and number_of(found[1]) == total:
            listed = list_before(flat, found.start(), total)
            if listed:
                yield tuple(listed), 2.0


_SEPARATES = re.compile("[，、；]|以及|[和与及]")


def _bearing(flat: str, heads: list[str]) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Yield the runs of parts that bear a head: 清河障、清岸线，建护坡 of “两清一建”，…，面貌好转."""
    known = [head for head in heads if head]
    if not known:
        return
    shown = masked(flat)
    for clause in re.finditer("[^。！？\n：]+", shown):
        run: list[Span] = []
        for start, end in (*split(shown, _SEPARATES, *clause.span()), (0, 0)):
            if any(head in flat[start:end] for head in known):
                run.append((start, end))
                continue
            if len(run) > 1:
                yield tuple(run), 0.5
            run = []


def _grouped(flat: str, form: Form) -> Iterator[tuple[Span, ...]]:
    """Yield the lists of as many clauses as a shorthand has parts: 一核两带多点 ↔ 甲核，乙带、丙带，若干特色基地."""
    if len(form.groups) < 2:
        return
    shown = masked(flat)
    for sentence in re.finditer("[^。！？\n：]+", shown):
        clauses = split(shown, _COMMA, *sentence.span())
        if len(clauses) != len(form.groups):
            continue
        spans: list[Span] = []
        for group, clause in zip(form.groups, clauses, strict=True):
            parts = split(shown, _PAUSE, *clause) if group.number != 1 else [clause]
            if group.number and len(parts) != group.number:
                parts = split(shown, _SEPARATES, *clause)
            if group.number and len(parts) != group.number:
                break
            spans += parts
        else:
            yield tuple(spans)


_COMMA = re.compile("[，；]")
_PAUSE = re.compile("、")


def _named(flat: str, heads: list[str]) -> Iterator[tuple[tuple[Span, ...], float]]:
    """Yield the quoted terms that begin like the shorthand's head: 四个一 → “一码续办”…“一网互传”."""
    spans = tuple(span for span in quoted_spans(flat) if heads[0] and flat[span[0] :].startswith(heads[0]))
    if len(spans) > 1:
        yield spans, 1.0


# What the first of a list says for all: 国际经济、金融、贸易.
_SHARED = (
    "国际",
    "全国",
    "全球",
    "世界",
    "国家",
    "区域",
    "城市",
    "上海",
    "现代",
    "智慧",
    "数字",
    "绿色",
    "文明",
    "美丽",
    "平安",
    "健康",
)


def restored(literal: list[str], head: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give each member of a list what only its first or last one says: 经济、金融中心 → 经济中心, 金融中心."""
    last = literal[-1]
    ends = (
        re.fullmatch(f"(.+{re.escape(head)})(?:建设|工作|发展|改造)", simplify(last))
        if len(head) > 1
        else None
    )
    if ends:
        last = last[: ends.end(1)]
        literal = [*literal[:-1], last]
    if len(head) < 2 or not simplify(last).endswith(head) or len(last) == len(head):
        return tuple(literal), tuple(literal)
    if any(simplify(item).endswith(head) for item in literal[:-1]):
        return tuple(literal), tuple(literal)
    tail = last[-len(head) :]
    short = [*literal[:-1], last[: -len(head)]]
    first = next((p for p in _SHARED if simplify(short[0]).startswith(p) and len(short[0]) >= len(p) + 2), "")
    if any(simplify(item).startswith(first) for item in short[1:]):
        first = ""
    shared = short[0][: len(first)]
    return tuple(short), tuple((shared if k else "") + item + tail for k, item in enumerate(short))
