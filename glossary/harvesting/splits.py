"""Where an entry's headword ends and its definition begins: every way a line can be split, for the layout to choose."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossary.quotes import quoted_spans
from glossary.text import has_han, simplify

__all__ = ["SEPARATORS", "Split", "splits"]

# In this order where the section itself shows no preference.
SEPARATORS = (
    "bracket",
    "question",
    "colon",
    "dash",
    "verb",
    "arrow",
    "tab",
    "line",
    "blank",
    "stop",
    "copula",
)
_HIDE = re.compile("[（(][^（）()]{0,80}[)）]|《[^《》]{0,60}》|【[^【】]{0,60}】|〔[^〔〕]{0,40}〕")
_BRACKET = re.compile(
    "(?:【([^【】]{1,40})】|〖([^〖〗]{1,40})〗|〔([^〔〕]{1,40})〕|\\[([^\\[\\]]{1,40})\\]|［([^［］]{1,40})］|《([^《》]{1,40})》(?=[^\\s，。、的]))\\s*[:：—－\\-]*\\s*"
)
_COLON = re.compile("\\s*[：︰﹕∶]\\s*|\\s*(?<!\\d):\\s*|\\s*:\\s*(?!\\d)")
_DASH = re.compile("\\s*(?:[—–―─－]{1,4}|-{2,4})\\s*|\\s+[-‐]\\s+|\\s*~{2,}\\s*")
_ARROW = re.compile("\\s*(?:[→⇒➔]|[=-]{1,2}>|＝|[|｜│])\\s*|\\s+=\\s+")
_TAB = re.compile("\\s*\t\\s*")
_BLANK = re.compile(
    "(?:\u3000+|[ \u00a0]{2,})\\s*|(?<=[\u3400-\u9fff”’」』）)])[ \u00a0](?=[\u3400-\u9fff“「『])|(?<=[\u3400-\u9fff])[ \u00a0](?=[0-9A-Za-z])|(?<=[A-Za-z0-9])[ \u00a0](?=[\u3400-\u9fff])"
)
_STRONG = "是指|系指|是說|是说|指的是|指的就是|反映(?=[^了出])|说的是|說的是|就是指|就是|即是|即指|即为|即為|简单说就是|简单地说|通俗地说|通俗说|特指|泛指|专指|主要指|一般指|通常指|主要是指|一般是指|意思是|意即|意为|也就是|又称|亦称|又稱|亦稱|全称|全稱|簡稱|简称为?"
_VERB = re.compile(
    f"\\s*[，,]\\s*(?=包括|包含|分为)|\\s*[，,。]?\\s*(?={_STRONG})|\\s*[，,]\\s*(?=[指即是]|简单)|\\s*。\\s*(?=[指即])|\\s*(?=[指即])|\\s+(?=[是為为])"
)
# 指数, 指标, 即时 … are words of their own, not 指 and 即; 免申即享： and 拿地即开工： end at the colon.
_NOT_VERB = re.compile(
    "即[\u3400-\u9fff]{1,5}[：:]|指[数數标標引导導挥揮定南针針示责責令纹紋尖向数]|即[将將时時日使便可期刻兴興位场場席]"
)
# 行为, 作为, 但是, 就是: no copula of their own
_COPULA = re.compile(
    "(?<![但还就都也不只总凡若要于可便才而正])(?=是)|(?<![行作认成因视改转分定列以更极较最尤颇名称变划何无有人])(?=[為为])"
)
_QUESTION = re.compile(
    "(?:(?:问|問|Q)?[:：.、]?\\s*(?:为什么要(?:有|搞|设|建|推|做)|什么是|什麼是|何谓|何謂|何为|何為|什么叫|什麼叫|如何理解|怎样理解|怎么理解|啥是|啥叫)\\s*(?P<a>[^？?]{1,40}?)|(?:问|問|Q)?[:：.、]?\\s*(?P<b>[^？?，]{1,40}?)(?:又|到底|究竟)?(?:是什么意思|是什麼意思|是什么|是什麼|是啥|指的是什么|指什么|是指什么|是個什麼|怎么理解|如何理解|啥意思|是怎么回事))\\s*[？?]\\s*"
)
# “小手拉大手”，它又是什么意思？
_ASKED = re.compile(
    "(?!.{0,12}(?:为什么|为何|為什麼))[^？?。“「]{0,14}(?P<c>[“「][^”」]{2,24}[”」])[^？?。“「]{0,6}(?:什么|什麼|啥|何|哪|怎么|怎麼|如何|谁)[^？?。]{0,10}[？?]\\s*"
)
# 直达资金。中央下达、不经过省市两级滞留…
_STOP = re.compile("[^，。；：！？、\\s]{2,20}。(?=.)")
_LONGEST = 70
_WINDOW = 130


class Split(msgspec.Struct, frozen=True, gc=False):
    """One way to split: `head` is the headword's span, `body` where the definition starts (-1: on the next line)."""

    how: str
    start: int
    end: int
    body: int


def splits(text: str, start: int = 0, end: int | None = None) -> list[Split]:
    """Return every way to split a line into a headword and the beginning of its definition.

    `start` is where the headword begins (behind a mark), `end` where the line does. Separators inside quotation marks
    or brackets don't count. Only the first 130 characters are looked at, however long the line.

    >>> [(s.how, "“六无”创建：即无违建、无堆物"[s.start:s.end]) for s in splits("“六无”创建：即无违建、无堆物")]
    [('colon', '“六无”创建'), ('verb', '“六无”创建：'), ('line', '“六无”创建：即无违建、无堆物')]
    """
    end = len(text) if end is None else end
    window = text[start : min(end, start + _WINDOW)]
    return [
        Split(s.how, start + s.start, start + s.end, start + s.body if s.body >= 0 else -1)
        for s in _splits(window, end - start)
    ]


@lru_cache(maxsize=8192)
def _splits(window: str, length: int) -> tuple[Split, ...]:
    window = simplify(window)
    hidden = list(window)
    for a, b in quoted_spans(window):
        if b - a <= 60:
            hidden[a:b] = "·" * (b - a)
    for found in _HIDE.finditer(window):
        # RCEP（《区域全面经济伙伴关系协定》）：
        hidden[found.start() + 1 : found.end() - 1] = "·" * (found.end() - found.start() - 2)
    shown = "".join(hidden)
    out: list[Split] = []

    def add(how: str, end: int, body: int, first: int = 0) -> None:
        if 0 < end - first <= _LONGEST and window[first:end].strip():
            out.append(Split(how, first, end, body if body < length else -1))

    bracket = _BRACKET.match(window)
    if bracket:
        group = bracket.lastindex or 1
        # 【2022年】 or a label is settled by the headword's own plausibility
        add("bracket", bracket.end(group), bracket.end(), bracket.start(group))
    question = _QUESTION.match(window) or _ASKED.match(window)
    if question:
        name = next(key for key, value in question.groupdict().items() if value)
        add("question", question.end(name), question.end(), question.start(name))
    for how, pattern in (("colon", _COLON), ("dash", _DASH), ("arrow", _ARROW), ("tab", _TAB)):
        separator = pattern.search(shown, 1)
        if separator:
            add(how, separator.start(), separator.end())
    for found in _VERB.finditer(shown, 1):
        if not _NOT_VERB.match(shown, found.end()):
            add("verb", found.start(), found.end())
            break
    blank = _BLANK.search(shown, 1)
    # 分区计量　district metering area: what follows is the headword's English name
    if blank and has_han(window[blank.end() :]):
        add("blank", blank.start(), blank.end())
    stop = _STOP.match(shown)
    if stop:
        add("stop", stop.end() - 1, stop.end())
    copula = _COPULA.search(shown, 2)
    if copula:
        add("copula", copula.start(), copula.end())
    whole = window.rstrip("：:—-－ \u3000")
    if length <= _WINDOW and len(whole) <= _LONGEST:
        out.append(Split("line", 0, len(whole), -1))
    return tuple(out)
