"""What a text could explain on the spot: quoted expressions, phrases that count (三大赛道), shorthand before a bracket."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from glossary.model import Span
from glossary.shorthand import Form, form_of, number_of

__all__ = ["Candidate", "candidates", "promise"]

_HAN = "\u3400-\u9fff"
_NUMERAL = "十[一二三四五六七八九]?|[两二三四五六七八九]"
# 三大赛道, 两件实事, 六方面工作, 三家企业, 甲、乙、丙三县: counted by a measure, or the thing itself.
_PHRASE = re.compile(
    "(?P<n>[十两二三四五六七八九1-9][一二三四五六七八九0-9]?)"
    f"(?P<measure>大|个|项|类|种|件|条|方面|块|篇|步|场|套|重|张|支|道|层|座|处|端|维|环|级|方|地|者|家|所|位|名|款|省|市|区|县|镇|乡|校|港|江|湖)(?P<noun>[{_HAN}]{{0,10}})"
)
# An Arabic number is taken for an amount except with these: 10方面工作.
_COUNT = re.compile(_NUMERAL)
_ARABIC = re.compile("(?:[2-9]|1[0-9])(?:大|方面|项重点|个方面|项工作|项任务)")
# What such a phrase counts ends here: 三大节展|成功举办, 五个维度|为主.
_NOUN_ENDS = re.compile(
    "成功|为主|为|的|等|建设|发展|联动|融合|共同|协同|全面|持续|进一步|加快|加速|有序|都|均|已|将|在|上|中|下|内|间|和|与|及|以及|或|是|取得|实现|得到|不断|同时|齐头|并|相|互|更加|加以|推进|推动|落地|展开|开展|一起|品质|品牌效应|转型|提质|齐|之|来|去|入|出|以|向|从|对|由|被|把|也|还|就|要|具有|带动|支撑"
)
# Where nothing ends it sooner, one of these does: 三大地标性商圈|品质.
_NOUNS = re.compile(
    ".{0,6}?(?:(?:重点|主要|关键|核心|工作|专项)(?:任务|工作|项目|工程|领域|环节|区域|举措|方向|产业|抓手|目标|行动)|增长极|赛道|产业|维度|领域|方面|任务|工程|行动|中心|平台|体系|板块|片区|商圈|品牌|节展|抓手|实事|原则|环节|机制|要素|战略|目标|举措|重点|工作|功能|优势|屏障|支柱|引擎|载体|园区|基地|项目|问题|难题|挑战|关系|步骤|阶段|层次|层面|通道|走廊|轴线|中轴|组团|集群|主体|渠道|要求|指标|能力|文化|名片|市场|港口|系统|网络|清单|小事|大事|标准|制度|改革|服务|环境|方向|路径|主题|特色|亮点|景区|景点|活动|会议|论坛|赛事|展会|展览|公园|广场|馆|院|所|区(?![属级])|街道|镇|村|路|桥|线|带|圈|极|翼|轴|核|廊|谷|港|城|岛|湾)"
)
_GOES_ON = tuple("区带圈群链体库点站线园港城廊网")
_NOT_COUNTED = re.compile(
    "(?:[个项类种件条张])(?:月|多|以上|左右|百分点|小时|工作日|季度|年|人|国家|省|市|区县?|县|街道|镇|村|居委|社区|小区|家|地块|街坊|月内)|大(?:家|力|于|会|学|量|幅|型|约|楼|厦|道|街|桥|众)|方面军|重要"
)
_PLACES = frozenset("省市区县镇乡校港江湖")
_ALONE = frozenset(["方面", "级", "方", "地", "者", "端"]) | _PLACES
_MEASURES = tuple("个大项座张条把道块根只件支颗")
_LEADS = re.compile("[新老]?([两二三四五六七八九])(?![十百千0-9一二三四五六七八九大届次]|中全会|月|年|日|号)")
_COUNTS = re.compile(f"({_NUMERAL}).$")


# Shorthand without quotation marks is read only where a bracket follows: 四史（党史、…）.
_BRACKET = re.compile("（(?=[^（）\n]{3,200}）)")
_BARE = re.compile(f"(?:[一二三四五六七八九十两双][{_HAN}0-9]{{1,7}}|[0-9](?:\\+[0-9NXMY]{{1,2}})+)$")


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A term in the text: where it and its marks stand, and how many members it promises (0: it doesn't say)."""

    start: int
    end: int
    before: int
    after: int
    number: int
    quoted: bool
    form: Form | None = None


def candidates(flat: str, quotes: Sequence[Span]) -> list[Candidate]:
    """List what could be explained in a levelled text, in order; `quotes` are its spans between quotation marks.

    >>> text = "新材料、低空经济和海洋装备三大赛道"
    >>> [(text[c.start : c.end], c.number) for c in candidates(text, [])]
    [('三大赛道', 3)]
    """
    out = []
    for a, b in quotes:
        if not 1 < b - a <= 30:
            continue
        form, number = promise(flat[a:b])
        before = a - 1
        ahead = (
            _COUNTS.search(flat[max(0, before - 3) : before])
            if flat[before - 1 : before] in _MEASURES
            else None
        )
        if ahead and not number:
            number, before = number_of(ahead[1]) or 0, before - len(ahead.group())
        out.append(Candidate(a, b, before, b + 1, number, True, form))
    quoted = [(term.start, term.end) for term in out]
    for found in _PHRASE.finditer(flat):
        a = found.start()
        if (
            (a and (flat[a - 1] in "第二三四五六七八九十百千万几." or flat[a - 1].isdigit()))
            or not (_COUNT.fullmatch(found["n"]) or _ARABIC.match(flat, a))
            or _NOT_COUNTED.match(flat, found.end("n"))
        ):
            continue
        k = bisect_left(quoted, (a, a))
        if k and quoted[k - 1][1] > a:
            continue
        noun = found["noun"]
        if not noun and found["measure"] not in _ALONE:
            continue
        stop = _NOUN_ENDS.search(noun, 1)
        noun = noun[: stop.start()] if stop else noun
        known = _NOUNS.match(noun)
        # 两县|办学: where the measure is the thing itself, only a known noun goes with it
        size = known.end() if known else 0 if found["measure"] in _PLACES else 6
        while known and noun[size : size + 1] in _GOES_ON:
            size += 1
        noun = noun[:size]
        b = found.start("noun") + len(noun)
        out.append(Candidate(a, b, a, b, number_of(found["n"]) or 0, False))
    for bracket in _BRACKET.finditer(flat):
        bare = _BARE.search(flat, max(0, bracket.start() - 8), bracket.start())
        form = form_of(bare.group()) if bare else None
        if bare and form and not (bare.start() and flat[bare.start() - 1] in _NO_START):
            a, b = bare.span()
            out.append(Candidate(a, b, a, b, _total(form), False, form))
    return sorted(out, key=lambda term: (term.start, -term.end))


_NO_START = frozenset("第之一二三四五六七八九十百千万几0123456789")


def promise(quoted: str) -> tuple[Form | None, int]:
    """Return how a quoted expression is built, and how many members it promises.

    >>> promise("六无")[1], promise("三证合一")[1], promise("雪亮工程")
    (6, 3, (None, 0))
    """
    form = form_of(quoted)
    # “三证合一” and “两线” count, though they are built like no other shorthand
    counts = _LEADS.match(quoted) if form is None and len(quoted) <= 8 else None
    return form, number_of(counts[1]) or 0 if counts else _total(form)


def _total(form: Form | None) -> int:
    """Count the members of a shorthand; 1+N promises none."""
    if form is None or form.style not in ("count", "groups"):
        return 0
    return sum(group.number or 0 for group in form.groups)
