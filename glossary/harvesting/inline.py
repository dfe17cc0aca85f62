"""Terms that the running text itself explains.

The constructions, each with a function of its own: a list before the term (派出所、司法所、律所“三所联动”), a cue, a colon
or a bracket behind it (“X”即…, “X”（A、B、C）), a short name (…（以下简称“X”）), the headings that follow (六方面工作：).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from glossary.enumerations import levelled, list_before, masked
from glossary.harvesting.points import Headings, points
from glossary.members import Members, counted, members
from glossary.model import Inline, Span
from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.shorthand import Form, form_of, number_of

__all__ = ["inline"]

_HAN = "\u3400-\u9fff"
_NUMERAL = "十[一二三四五六七八九]?|[两二三四五六七八九]"
# 三大赛道, 两件实事, 六方面工作: counted by a measure that goes with lists. 三家, 两级, 三名 count things.
_PHRASE = re.compile(
    f"(?P<n>{_NUMERAL}|(?<![0-9.])(?:[2-9]|1[0-9])(?=大|方面|项重点|个方面|项工作|项任务))"
    f"(?P<measure>大|个|项|类|种|件|条|方面|块|重|张|支|道|层|座|处|端|维|环|级|方|地|者)(?P<noun>[{_HAN}]{{0,10}})"
)
# What such a phrase counts ends here: 三大节展|成功举办, 五个维度|为主.
_NOUN_ENDS = re.compile(
    "成功|为主|为|的|等|建设|发展|联动|融合|共同|协同|全面|持续|进一步|加快|加速|有序|都|均|已|将|在|上|中|下|内|间|和|与|及|以及|或|是|取得|实现|得到|不断|同时|齐头|并|相|互|更加|加以|推进|推动|落地|展开|开展|一起|品质|品牌效应|转型|提质|齐|之|来|去|入|出|以|向|从|对|由|被|把|也|还|就|要|具有|带动|支撑"
)
# Where nothing ends it sooner, one of these does: 三大地标性商圈|品质.
_NOUNS = re.compile(
    ".{0,6}?(?:增长极|赛道|产业|维度|领域|方面|任务|工程|行动|中心|平台|体系|板块|片区|商圈|品牌|节展|抓手|实事|原则|环节|机制|要素|战略|目标|举措|重点|工作|功能|优势|屏障|支柱|引擎|载体|园区|基地|项目|问题|难题|挑战|关系|步骤|阶段|层次|层面|通道|走廊|轴线|中轴|组团|集群|主体|渠道|要求|指标|能力|文化|名片|市场|港口|系统|网络|清单|小事|大事|标准|制度|改革|服务|环境|方向|路径|主题|特色|亮点|景区|景点|活动|会议|论坛|赛事|展会|展览|公园|广场|馆|院|所|区|街道|镇|村|路|桥|线|带|圈|极|翼|轴|核|廊|谷|港|城|岛|湾)"
)
_GOES_ON = tuple("区带圈群链体库点站线园港城廊网")
_NOT_COUNTED = re.compile(
    "(?:[个项类种件条张])(?:月|多|以上|左右|百分点|小时|工作日|季度|年|人|国家|省|市|区县?|县|街道|镇|村|居委|社区|小区|家|地块|街坊|月内)|大(?:家|力|于|会|学|量|幅|型|约|楼|厦|道|街|桥|众)|方面军|重要"
)
_GLUE = f"[{_HAN}]{{0,10}}?"
_SURE = "是指的?|指的就?是|系指|也就是(?!说)|意思是|即为|即是|即(?![将可使时便日刻期兴或席位场])|指(?![导引标数挥定示南纹责派出])"
_LISTS = "具体(?:包括|是|为|指)|主要(?:包括|是|有|为)|分别(?:是|为|指)|包括|包含|涵盖|就是(?![要在])|其中"
_CUE = re.compile(
    f"(?P<glue>{_GLUE})(?:[，]?(?P<sure>{_SURE})|[，]?(?P<lists>{_LISTS})|(?P<colon>：|——|—)|(?P<bracket>（)|(?P<comma>，))[：，]?"
)
_LATER = re.compile(f"[^。；！？\n（）]{{0,30}}?，(?:{_LISTS}|即)[：]?")
_SENTENCE = re.compile("[。！？\n]")
_CLAUSE = re.compile("[。；！？\n]")
_NO_BRACKET = re.compile(
    "(?:以下|下文|下称|简称|合称|统称|见|详见|参见|附|注|图|表|第|含|不含|截至|同比|单位|责任|牵头|[一二三四五六七八九十]{1,3}）|[a-zA-Z0-9 .]+）)"
)
_SHORT_NAME = re.compile(
    '（(?:以下|下文|下|以下统一|后文|下同，|以下合并)*(?:简称|合称|统称|并称|称)(?:为|作|：)?(?P<open>[“「『"《]?)(?P<name>[^“”「」『』"（）《》，。\n]{2,20})[”」』"》]?(?:，下同)?）'
)


_MEASURES = tuple("个大项座张条把道块根只件支颗")
_COUNTS = re.compile(f"({_NUMERAL}).$")


class _Term(msgspec.Struct, frozen=True):
    """A term in the text: where it and its marks stand, and how many members it promises (0: it doesn't say)."""

    start: int
    end: int
    before: int
    after: int
    number: int
    quoted: bool
    form: Form | None = None


def inline(text: str, start: int = 0, end: int | None = None) -> list[Inline]:
    """Find the terms that a text explains on the spot, between two offsets, in order.

    >>> found, = inline("推动派出所、司法所、律所“三所联动”机制")
    >>> found.term, found.definition, found.members
    ('三所联动', '派出所、司法所、律所', ('派出所', '司法所', '律所'))
    """
    body = text[start : len(text) if end is None else end]
    flat = levelled(body)
    headings = Headings(flat)
    out: list[Inline] = []
    taken = 0
    quotes = quoted_spans(flat)
    shown = masked(flat, quotes)
    for term in _terms(flat, quotes):
        if term.start < taken:
            continue
        found = _announced(flat, term, headings) or _behind(flat, term) or _ahead(flat, shown, term)
        if found is None:
            continue
        (a, b), listed = found
        taken = b if listed.spans and a > term.end and b - a < 400 else term.end
        out.append(_made(body, start, (term.start, term.end), (a, b), listed.spans))
    for name, span in _short_names(flat):
        out.append(_made(body, start, name, span, ()))
    return sorted(out, key=lambda found: (found.start, found.end, found.term))


def _made(body: str, start: int, name: Span, span: Span, spans: tuple[Span, ...]) -> Inline:
    return Inline(
        term=body[name[0] : name[1]],
        definition=body[span[0] : span[1]],
        members=tuple(body[a:b].strip() for a, b in spans),
        start=start + span[0],
        end=start + span[1],
    )


def _terms(flat: str, quotes: list[Span]) -> list[_Term]:
    """List what could be explained: quoted expressions, and phrases that count: 三大赛道."""
    out = []
    for a, b in quotes:
        if not 1 < b - a <= 30:
            continue
        form = form_of(flat[a:b])
        number = (
            sum(group.number or 0 for group in form.groups)
            if form and form.style in ("count", "groups")
            else 0
        )
        before = a - 1
        ahead = re.search(
            f"({_NUMERAL})(?:个|大|项|座|张|条|把|道|块|根|只|件)$", flat[max(0, before - 3) : before]
        )
        if ahead and not number:
            number, before = number_of(ahead[1]) or 0, before - len(ahead.group())
        out.append(_Term(a, b, before, b + 1, number, True, form))
    quoted = [(term.start, term.end) for term in out]
    for found in _PHRASE.finditer(flat):
        a = found.start()
        if (
            a and (flat[a - 1] in "第二三四五六七八九十百千万几" or flat[a - 1].isdigit())
        ) or _NOT_COUNTED.match(flat, found.end("n")):
            continue
        k = bisect_left(quoted, (a, a))
        if k and quoted[k - 1][1] > a:
            continue
        noun = found["noun"]
        if not noun and found["measure"] not in ("方面", "级", "方", "地", "者", "端"):
            continue
        stop = _NOUN_ENDS.search(noun, 1)
        noun = noun[: stop.start()] if stop else noun
        known = _NOUNS.match(noun)
        size = known.end() if known else 6
        while known and noun[size : size + 1] in _GOES_ON:
            size += 1
        noun = noun[:size]
        b = found.start("noun") + len(noun)
        out.append(_Term(a, b, a, b, number_of(found["n"]) or 0, False))
    for found in _BARE.finditer(flat):
        form = form_of(found["term"])
        if form is not None and flat[found.start() - 1 : found.start()] not in (
            "第",
            "之",
            *tuple("一二三四五六七八九十百千万几0123456789"),
        ):
            a, b = found.span("term")
            number = (
                sum(group.number or 0 for group in form.groups) if form.style in ("count", "groups") else 0
            )
            out.append(_Term(a, b, a, b, number, False, form))
    return sorted(out, key=lambda term: (term.start, -term.end))


# Shorthand without quotation marks is read only where a bracket follows: 四史（党史、…）.
_BARE = re.compile(
    f"(?P<term>[一二三四五六七八九十两双][{_HAN}0-9]{{1,7}}|[0-9](?:\\+[0-9NXMY]{{1,2}})+)(?=（[^（）\n]{{3,200}}）)"
)


def _announced(flat: str, term: _Term, headings: Headings) -> tuple[Span, Members] | None:
    """Find the headings or points that a phrase announces."""
    if term.number < 2:
        return None
    spans = headings.announced(flat, term.after, term.number)
    if spans:
        return (spans[0][0], spans[-1][1]), Members(spans=spans)
    found = points(flat, term.after, term.number)
    return (found[0], Members(spans=found[1])) if found else None


def _ahead(flat: str, shown: str, term: _Term) -> tuple[Span, Members] | None:
    """Find the list that stands right in front of a term: 资产管理和金融科技两大增长极."""
    if term.number < 2 or term.before < 4:
        return None
    heads = [group.head[:1] for group in term.form.groups] if term.form else []
    spans = list_before(flat, term.before, term.number, heads, shown)
    if spans is None:
        return None
    a, b = spans[0][0], spans[-1][1]
    a -= flat[a - 1] in OPENING
    b += flat[b : b + 1] in tuple(CLOSING)
    return (a, b), Members(spans=spans)


def _behind(flat: str, term: _Term) -> tuple[Span, Members] | None:
    """Find the explanation behind a term: a cue, a colon, a bracket, or the list itself behind a comma."""
    cue = _CUE.match(flat, term.after, term.after + 30)
    later = None
    if cue is None or cue["comma"]:
        later = _LATER.match(flat, term.after, term.after + 50) if term.number or term.form else None
    if cue is None and later is None:
        return None
    found = later or cue
    assert found is not None
    a = found.end()
    if cue is not None and later is None and cue["bracket"]:
        if _NO_BRACKET.match(flat, a):
            return None
        b = flat.find("）", a, a + 300)
        if b < 0:
            return None
        plain = term.quoted and not term.number and b - a >= 6 and not cue["glue"] and not flat[a].isdigit()
    else:
        stop = (_CLAUSE if term.number == 0 else _SENTENCE).search(flat, a, a + 600)
        b = stop.start() if stop else min(a + 600, len(flat))
        plain = bool(
            cue and cue["sure"] and later is None and term.quoted and len(cue["glue"]) <= 6 and b - a >= 4
        )
    bare = later is None and cue is not None and cue["comma"]
    if b - a < 3 or (bare and not _begins(flat, term, a)):
        return None
    if term.number > 1 or term.form:
        listed = _listed(flat, term, a, b)
        if listed.complete and listed.spans and (not bare or _fits(flat, term, listed, a)):
            first, last = listed.spans[0][0], listed.spans[-1][1]
            if first - a <= 16 or term.quoted:
                return (
                    min(a, first) if first - a <= 6 else first,
                    b if b - last <= 10 and "，" not in flat[last:b] else last,
                ), listed
    return ((a, b), Members()) if plain else None


def _listed(flat: str, term: _Term, a: int, b: int) -> Members:
    listed = members(flat[term.start : term.end], flat[a:b]) if term.form else counted(term.number, flat[a:b])
    return msgspec.structs.replace(listed, spans=tuple((x + a, y + a) for x, y in listed.spans))


def _begins(flat: str, term: _Term, a: int) -> bool:
    """Tell at a glance whether a shorthand's list may begin behind a mere comma: a head or a quoted key stands there."""
    if term.form is None:
        return False
    if term.form.style in ("plus", "digits"):
        return flat[a] in OPENING
    return any(group.head[:1] in flat[a : a + 8] for group in term.form.groups)


def _fits(flat: str, term: _Term, listed: Members, a: int) -> bool:
    """Tell whether a list behind a mere comma belongs to the term: it starts there, and its members bear the heads."""
    form = term.form
    if form is None or listed.spans[0][0] - a > 4:
        return False
    if form.style in ("plus", "digits"):
        return True
    heads = [group.head[:1] for group in form.groups]
    bearing = sum(any(head in flat[x:y] for head in heads) for x, y in listed.spans)
    return bearing >= len(listed.spans) - 1


def _short_names(flat: str) -> Iterator[tuple[Span, Span]]:
    """Find short names and what they are short for: 城市运行综合调度中心（以下简称“城调中心”）."""
    for found in _SHORT_NAME.finditer(flat):
        at = found.start()
        if not at:
            continue
        if flat[at - 1] == "》":
            start = flat.rfind("《", max(0, at - 120), at)
        else:
            start = _full_name(flat, at, found["name"])
        if 0 <= start < at - 2:
            yield found.span("name"), (start, at)


_FRONT = re.compile("[。；！？\n，：、]")


def _full_name(flat: str, at: int, name: str) -> int:
    """Find where the full name starts: as late as all characters of the short one still stand in it in order."""
    low = max(0, at - 60)
    for found in _FRONT.finditer(flat, low, at):
        low = found.end()
    left = at
    for char in reversed(name):
        to = flat.rfind(char, low, left)
        if to < 0:
            left = min(left, at)
            continue
        left = to
    if left == at:
        return -1
    lead = 0
    for cue in _VERBS.finditer(flat, low, left):
        lead = cue.end()
    return lead or low


_VERBS = re.compile(
    "成立|组建|建立|共建|设立|设置|印发|出台|制定|发布|召开|举办|实施|开展|推出|建设|打造|开发|完成|通过|推进|签署|签订|制订|修订|编制|颁布|落实|启动|关于|与|和|对|在|将|把|由"
)
