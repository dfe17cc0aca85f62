"""Numeral shorthand and what it enumerates: 五个中心 ↔ 国际经济、金融、贸易、航运、科技创新中心.

The numeral is always checked against the number of members found. Where they differ, what was found is handed on with
`complete=False`, for the caller to leave; a list of the wrong length is never passed off as the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from glossary.enumerations import enumerations, levelled, list_before, trimmed
from glossary.model import Span
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import simplify

__all__ = [
    "Form",
    "Group",
    "Members",
    "counted",
    "explained",
    "form_of",
    "is_shorthand",
    "members",
    "number_of",
]

_VALUE = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"两": 2, "双": 2, "零": 0}
_NUMERAL = "十[一二三四五六七八九]|[一二三四五六七八九十两双]|1?[0-9]"
_PLUS = re.compile(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十nxmy])(?:\+(?:[0-9]{1,2}|[一二三四五六七八九十nxmy]))+", re.I
)
_CHUNK = re.compile(f"({_NUMERAL})(合一|一流|位一体|者合一|[^一二三四五六七八九十两双0-9]{{1,7}})")
# 四个一, 三个100
_OF_ONES = re.compile(f"({_NUMERAL})个(一|一百|百|100|十|1)")
# Telephone numbers, years and school programmes are numbers only.
_NUMBERS = re.compile(
    "110|119|120|122|12[0-9]{3}|9[56][0-9]{3}|10[0-9]{3}|(?:19|20)[0-9]{2}|211|985|996|365|618|24|7|95"
)
# 十个月, 三级, 五星级: counted things and degrees. 27条样板道路 is an amount, 三条红线 is not.
_COUNTED = re.compile(
    "[届次级年月日天周岁号期层楼倍成万亿千元米亩户人家所名支辆座幢批等度甲线季度手星孩胎维]"
    "|个(?:月|小时|百分点|工作日|季度|年|人|省|区|县|街道|镇|国家|城市|地区|部门|方面$|星期)|中全会|五年|分钟|公里|平方|小时|周年|等奖|星级"
)
_COUNTED_BUT = re.compile(
    "所联动|级(?:联动|书记|同创|网络)|层楼|家(?:共建|联动)|年行动$|线(?:并进|作战)|次分配|期叠加|度一体|维一体|人(?:小组|行动)|名(?:工程)"
)
_TIME = re.compile("[年月日天岁](?!行动)|[届次级]$|中全会")
# Ordinary words and places that begin with a numeral.
_WORDS = re.compile(
    "双方|双向|双边|双语|双重$|双手|双休|双月|双十|双流|双桥|双层|两岸|两国|两侧|两旁|两边|两江|两湖|两广|两极|两手$|三者|三角|三国|三亚|三峡|三明|三门|三沙"
    "|三江|三林|三文鱼|三伏|三方|三维|三产$|三中全会|四川|四平|四季|四周|四方|四海|四行|五金|五谷|五台|五指|五角|五星|五里|五四|六安|六合|六盘|六里|七夕|七台|七宝"
    "|八达|八方|八卦|八字|九江|九寨|九州|九龙|九亭|十分|十足|十堰|十字|十六铺|[一二三四]大(?:会|纪念|召开|以来|精神|报告)|[一二三四五六七八九十]代表"
)
# 一楼一档, 一地一方案: one for each, no list.
_EACH = re.compile(
    "策|档|议|品|案|码|卡|证|表|册|特色?|景|韵|色|图|评|报|测|单|方案|预案|专班|团队|清单|台账|办法|特征|主题|机制|亮点|标准|行动|顾问|站|员|岗|责"
)


class Group(msgspec.Struct, frozen=True):
    """One part of a numeral shorthand: 六无 → 6, “无”; the N of 1+N has the number `None`."""

    key: str
    number: int | None
    head: str


class Form(msgspec.Struct, frozen=True):
    """How a numeral shorthand is built: by `count` (六无), `groups` (四应四尽, 两旧一村), `plus` (1+N), `digits` (231)."""

    style: str
    groups: tuple[Group, ...]


class Members(msgspec.Struct, frozen=True):
    """What a numeral shorthand enumerates.

    `items` have shared parts restored, `literal` are the same as they stand. `wanted` holds the numbers of the
    shorthand, `complete` tells whether as many members were found; `spans` bound the literal ones in the text.
    """

    items: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    complete: bool = False
    wanted: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


def is_shorthand(term: str) -> bool:
    """Tell whether a term is numeral or letter shorthand for a list.

    >>> [t for t in ("六无", "1+13+X", "四应四尽", "二十大", "27条样板道路", "一地一方案") if is_shorthand(t)]
    ['六无', '1+13+X', '四应四尽']
    """
    return form_of(term) is not None


@lru_cache(maxsize=4096)
def form_of(term: str) -> Form | None:
    """Read how a numeral shorthand is built, or `None` where a term is none. Of “两旧”改造 the quoted part is read.

    >>> [(g.number, g.head) for g in form_of("两旧一村").groups]
    [(2, '旧'), (1, '村')]
    """
    if len(term) > 60 or not _MAY_COUNT.match(term):
        return None
    flat = _plain(term)
    opening = next((i for i, char in enumerate(flat) if char in OPENING), -1)
    if opening == 0:
        flat = re.split(f"[{CLOSING}]", flat[1:], maxsplit=1)[0]
    flat = re.sub(f"[{OPENING}{CLOSING}]", "", flat)
    plus = _PLUS.match(flat)
    if plus:
        keys = plus.group().lower().split("+")
        return Form("plus", tuple(Group(key, number_of(key), "") for key in keys))
    if re.fullmatch("[0-9]{3,5}", flat):
        return None if _NUMBERS.fullmatch(flat) else Form("digits", tuple(Group(c, int(c), "") for c in flat))
    ones = _OF_ONES.match(flat)
    if ones:
        return Form("count", (Group(ones.group(), number_of(ones[1]), ones[2]),))
    return _counted(flat)


def _counted(flat: str) -> Form | None:
    groups: list[Group] = []
    at = 0
    while at < len(flat):
        found = _CHUNK.match(flat, at)
        if found is None:
            return None
        number, rest = number_of(found[1]), found[2]
        whole = at == 0 and found.end() == len(flat)
        if (
            _WORDS.match(flat, at)
            or _TIME.match(rest)
            or (whole and _COUNTED.match(rest) and not _COUNTED_BUT.match(rest))
        ):
            return None
        groups.append(Group(found.group(), number, rest))
        at = found.end()
    if not groups or len(groups) > 5:
        return None
    numbers = [group.number or 0 for group in groups]
    first = groups[0]
    if len(groups) == 1 and (
        numbers[0] < 2
        or flat[0] == "二"
        or (numbers[0] > 10 and first.head[0] in "大条")
        or (flat[0].isdigit() and first.head[0] in "条项个")
    ):
        return None
    if all(n == 1 for n in numbers) and (
        len(groups) < 2 or _EACH.fullmatch(groups[-1].head) or groups[0].head[0] in "次站定"
    ):
        return None
    if len(groups) > 1 and (
        (flat[0] == "一" and sum(numbers) > 14) or max(len(group.head) for group in groups) > 5
    ):
        return None
    return Form("count" if len(groups) == 1 else "groups", tuple(groups))


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
_DEFINES = "(?:主要|具体|分别|一般)?(?:是指的?|指的就?是|系指|指|即为?|代表|就是|表示|为|是)"
_KEYED = '[“‘「『"](?P<key>[^“”‘’「」『』"]{1,12})[”’」』"](?P<tail>[\u3400-\u9fff]{0,4}?)(?:，|,)?'
_EXPLAINED = re.compile(f"{_KEYED}(?:{_DEFINES}|[：:]|—{{1,2}})[：:，,]?(?P<what>[^；;。！\n]{{2,400}})")


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
        said.setdefault(_plain(flat[a:b]).lower(), span)
    spans: list[Span] = []
    complete = True
    for group in form.groups:
        span = said.get(group.key) or said.get(
            "〇一二三四五六七八九"[group.number or 0] if form.style == "digits" else ""
        )
        if span is None:
            complete = False
            continue
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


_SUM = re.compile(f"({_NUMERAL})[个大项类种条座张家支]")


def _by_number(form: Form, text: str, flat: str, wanted: tuple[int, ...]) -> Members | None:
    """Collect lists that are summed up by the shorthand's own numbers: 软件、检测三个… for the 3 of 3+2."""
    sums = [(number_of(found[1]), found.start()) for found in _SUM.finditer(flat)]
    spans: list[Span] = []
    for group in form.groups:
        due = next(((n, at) for n, at in sums if n == group.number), None)
        listed = list_before(flat, due[1], due[0] or 0) if due else None
        if due is None or listed is None:
            return None
        sums = sums[sums.index(due) + 1 :]
        spans += listed
    found = tuple(text[a:b] for a, b in spans)
    return Members(items=found, literal=found, complete=True, wanted=wanted, spans=tuple(spans))


def _clause(flat: str, span: Span) -> Span:
    """Cut an explanation at its first comma outside brackets: 1个意见，即… → 1个意见."""
    end = next((i for i in range(span[0] + 1, span[1]) if flat[i] in "，,："), span[1])
    return span[0], end


def _choose(form: Form, text: str, flat: str, wanted: tuple[int, ...]) -> Members:
    """Take of all enumerations in a text the one that fits the shorthand's numbers and heads best."""
    numbers = [group.number or 0 for group in form.groups]
    total, each = sum(numbers), numbers[0] if len(set(numbers)) == 1 else 0
    heads = [group.head.removeprefix("个").removeprefix("大").removeprefix("项") for group in form.groups]
    best: tuple[float, tuple[Span, ...]] | None = None
    fitting = False
    for spans, weight in [*enumerations(flat), *_named(flat, heads)]:
        spans = trimmed(flat, spans, heads)
        aligned = sum(any(h and h in flat[a:b] for h in heads) for a, b in spans) / len(spans)
        # 四应四尽 has four members with both 应 and 尽; 三提三争 six.
        fits = len(spans) == total or (
            len(spans) == each and all(h in flat[a:b] for h in heads for a, b in spans)
        )
        score = weight + 3.0 * fits + aligned - 0.001 * spans[0][0]
        if best is None or score > best[0]:
            best, fitting = (score, spans), fits
    if best is None:
        return Members(wanted=wanted)
    spans = best[1]
    literal, items = restored([text[a:b] for a, b in spans], heads[0] if len(heads) == 1 else "")
    return Members(items=items, literal=literal, complete=fitting, wanted=wanted, spans=spans)


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


def _plain(term: str) -> str:
    return "".join(simplify(term).translate(_WIDE).split())


_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)}
_MAY_COUNT = re.compile(f"[{OPENING}\\s]*[一二三四五六七八九十两兩双雙0-9０-９nxmyNXMYＮＸＭＹ]")


def number_of(text: str) -> int | None:
    """Read a small number, Chinese or Arabic; `None` for the open N, X, M or Y.

    >>> number_of("十三"), number_of("两"), number_of("N")
    (13, 2, None)
    """
    if text.isdigit():
        return int(text)
    if text.lower() in tuple("nxmy"):
        return None
    return _VALUE[text] if len(text) == 1 else 10 + _VALUE[text[1]]
