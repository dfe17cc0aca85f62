"""Numeral and letter shorthand, read from its form alone: 六无, 四应四尽, 1+13+X, 231; and what only looks like it."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossary.quotes import CLOSING, OPENING
from glossary.text import NARROW, simplify

__all__ = ["NUMERAL", "Form", "Group", "form_of", "is_shorthand", "may_count", "number_of", "plain"]

_VALUE = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"两": 2, "双": 2, "零": 0}
NUMERAL = "十[一二三四五六七八九]|[一二三四五六七八九十两双]|1?[0-9]"
_PLUS = re.compile(
    r"(?:[0-9]{1,2}|[一二三四五六七八九十nxmy])(?:\+(?:[0-9]{1,2}|[一二三四五六七八九十nxmy]))+", re.I
)
_CHUNK = re.compile(
    f"({NUMERAL}|(?<!^)多)(合一|一流|统一|同一|一致|位一体|者合一|(?:(?![一二三四五六七八九十两双多])[\u3400-\u9fff]){{1,7}})"
)
# 十百千, 百千万工程: ten of one thing, a hundred of the next
_SCALE = re.compile("[十百千万亿]{3,5}")
# 四个一, 五个三, 三个100
_OF_ONES = re.compile(f"({NUMERAL})个(一百|100|[一二三四五六七八九十百1])")
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
    "千(?:工程|行动|计划)|所联动|级(?:联动|书记|同创|网络)|层楼|家(?:共建|联动)|年行动$|线(?:并进|作战)|次分配|期叠加|度一体|维一体|人(?:小组|行动)|名(?:工程)"
)
_TIME = re.compile("[年月日天岁](?!行动)|[届次级]$|中全会")
# Ordinary words and places that begin with a numeral.
_WORDS = re.compile(
    "双方|双向|双边|双语|双重$|双手|双休|双月|双十|双流|双桥|双层|两岸|两国|两侧|两旁|两边|两江|两湖|两广|两极|两手$|三者(?!融合|联动|统一)|三角|三国|三亚|三峡|三明|三门|三沙"
    "|三江|三林|三文鱼|三伏|三方(?!联动|合作|协同|共治|会商)|三维|三产$|三中全会|四川|四平|四季|四周|四方(?!联动|合作|协同|共治|会商)|四海|四行|五金|五谷|五台|五指|五角|五星|五里|五四|六安|六合|六盘|六里|七夕|七台|七宝"
    "|八达|八方|八卦|八字|九江|九寨|九州|九龙|九亭|十分|十足|十堰|十字|十六铺|[一二三四]大(?:会|纪念|召开|以来|精神|报告)|[一二三四五六七八九十]代表"
)
# 一楼一档, 一地一方案: one for each, no list; no more are 一件事一次办 and 一锤接着一锤敲.
_EACH = re.compile(
    "策|档|议|品|案|码|卡|证|表|册|特色?|景|韵|色|图|评|报|测|单|方案|预案|专班|团队|清单|台账|办法|特征|主题|机制|亮点|标准|行动|顾问|站|员|岗|责"
)


_MEASURES = frozenset("个大项本张条件块道类种")
_BETWEEN = re.compile("[、，](?=[一二三四五六七八九十两双])")


class Group(msgspec.Struct, frozen=True, gc=False):
    """One part of a numeral shorthand: 六无 → 6, “无”; the N of 1+N has the number `None`."""

    key: str
    number: int | None
    head: str

    @property
    def noun(self) -> str:
        """What is counted, less its measure: 中心 of 五个中心, 账 of 三本账.

        >>> [group.noun for group in form_of("三本账").groups]
        ['账']
        """
        return self.head[1:] if len(self.head) > 1 and self.head[0] in _MEASURES else self.head


class Form(msgspec.Struct, frozen=True, gc=False):
    """How a numeral shorthand is built: by `count` (六无), `groups` (四应四尽, 两旧一村), `plus` (1+N), `digits` (231, 十百千)."""

    style: str
    groups: tuple[Group, ...]


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
    if len(term) > 60 or not may_count(term):
        return None
    flat = plain(term)
    opening = next((i for i, char in enumerate(flat) if char in OPENING), -1)
    if opening == 0:
        flat = re.split(f"[{CLOSING}]", flat[1:], maxsplit=1)[0]
    flat = re.sub(f"[{OPENING}{CLOSING}]", "", flat)
    # 两集中、两到位
    flat = _BETWEEN.sub("", flat)
    plus = _PLUS.match(flat)
    if plus:
        keys = plus.group().lower().split("+")
        return Form("plus", tuple(Group(key, number_of(key), "") for key in keys))
    if re.fullmatch("[0-9]{3,5}", flat):
        return None if _NUMBERS.fullmatch(flat) else Form("digits", tuple(Group(c, int(c), "") for c in flat))
    scale = _SCALE.match(flat)
    if scale and len(set(scale.group())) == len(scale.group()):
        return Form("digits", tuple(Group(char, None, "") for char in scale.group()))
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
        number, rest = None if found[1] == "多" else number_of(found[1]), found[2]
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
        len(groups) < 2
        or _EACH.fullmatch(groups[-1].head)
        or groups[0].head[0] in "次站定件"
        or "着" in groups[0].head
    ):
        return None
    if None in [group.number for group in groups] and len(groups) < 3:
        # 一专多能 is a way to be, 一核两带多点 a list
        return None
    if len(groups) > 1 and (
        (flat[0] == "一" and sum(numbers) > 14) or max(len(group.head) for group in groups) > 5
    ):
        return None
    return Form("count" if len(groups) == 1 else "groups", tuple(groups))


def plain(term: str) -> str:
    """Simplify a term, make it half-width and leave out its blanks.

    >>> plain("１＋Ｘ 體系")
    '1+X体系'
    """
    return "".join(simplify(term).translate(NARROW).split())


_MAY_COUNT = re.compile(f"[{OPENING}\\s]*[一二三四五六七八九十百千两兩双雙0-9０-９nxmyNXMYＮＸＭＹ]")


def may_count(term: str) -> bool:
    """Tell at a glance whether a term may be shorthand: it begins with a numeral or an open N.

    >>> may_count("“六无”创建"), may_count("无废城市")
    (True, False)
    """
    return _MAY_COUNT.match(term) is not None


def number_of(text: str) -> int | None:
    """Read a small number, Chinese or Arabic; `None` for the open N, X, M or Y.

    >>> number_of("十三"), number_of("两"), number_of("N")
    (13, 2, None)
    """
    if text.isdecimal():
        return int(text)
    if text.lower() in tuple("nxmy"):
        return None
    return _VALUE[text] if len(text) == 1 else 10 + _VALUE[text[1]]
