"""How much a stretch of text looks like a headword, and how much like a definition.

The weights are small sums of observations, not probabilities: +1 is a good headword or definition, below 0 is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from glossary.quotes import CLOSING, OPENING
from glossary.text import BLANK, simplify

__all__ = [
    "bare",
    "body_score",
    "clipped",
    "head_score",
    "is_closing",
    "is_letter_spaced",
    "opens_like_definition",
]

_QUOTES = re.compile(f"[{OPENING}{CLOSING}{BLANK}]")
_STRIP = re.compile(
    '“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|"[^"]*"|＂[^＂]*＂|[（(][^（）()]*[)）]|《[^《》]*》'
)
_NEVER = re.compile("[。！？!?；;\n]")
# Words that open a line of the page or of the text, and no headword.
_NO_HEAD = re.compile(
    "(?:这|该|其(?![他它余])|此|它|他|她|具体|目前|现在|其中|同时|例如|比如|如下|包括|附件|附表|附图|上一|下一|参见|另见|详见|一是|二是|三是|四是|首先|其次|再次|最后|总之|总的"
    "|以上|以下|下列|上列|上述|前述|为了|因此|所以|但是|而且|并且|或者|如果|由于|根据|按照|通过|我们|各位|今年|去年|一年来|过去|特此|谢谢|[表图][一二三四五六七八九十\\d]"
    "|第[一二三四五六七八九十\\d]+[步条章节名位个项]|[12]\\d{3}[-/.年]\\d{1,2}[-/.月]\\d{1,2}|本?(?:公报|报告|年鉴|资料|表)[中内里]?(?:所列|的)?(?:[12]\\d{3}年)?(?:数据|数字|指标|名词)"
    # 单位 is a label, 单位生产总值能耗 a term; 时间 is one, 时间银行 another
    "|(?:(?:统计|适用|实施|执行|涉及)?(?:范围|对象|口径|期限|时限|标准)|注意|说明|备注|(?:资料|信息|文章|稿件)?来源|(?:发布|发文|成文|更新|公开)(?:时间|日期|机构|单位)|主办|电话|传真|地址|邮编|单位|时间|地点|编辑|责任(?:单位|编辑)?|联系(?:人|电话)?|序号|合计|总计"
    "|(?:计算)?公式|答|问|解释|释义|出处|例句|作用|目标|措施|原则|要求|特点|意义|主任|市长|区长|县长|推荐阅读|参考资料|参考文献|相关词条|延伸阅读|全选|返回|更多|结束语|结语|后记|前言|上图|下图|图为|社会评价|相关报道|相关文件|相关链接|查询)$)"
)
# 各乡镇人民政府： greets; 以“兜底线、保基本”为主线 begins a sentence, while 以工代赈 is a term.
_GREETS = re.compile(
    "各[^，。]{0,40}(?:政府|办事处|管委会|部门|单位|机构|企业|公司|学校|组织|委员会|委|办|局)$|[以把将按对向由][“「‘『]"
)
# 我们要…, 推进…: a task in a report's body, unless in quotes.
_TASK = re.compile(
    "加快|推进|推动|加强|完善|坚持|做好|实现|完成|增长|提高|深化|强化|落实|确保|努力|不断|持续|全面|大力|积极|着力|进一步"
)
_VERB = re.compile("是指|系指|指的是|就是|即[^将时使]|[\u4e00-\u9fff”]指[^数标引导挥定南针示]|反映|表示")
_STRONG = re.compile("是指|系指|指的是|就是")
_BAD_END = re.compile("[的了着是和与及或在对把将，、：:（(《“‘「—-]$")
_LETTER_SPACED = re.compile(f"[“「『]?[\u3400-\u9fff](?:[{BLANK}]+[\u3400-\u9fff]){{2,}}[”」』]?")
_HAN = re.compile("[\u3400-\u9fff]")
_CUE = re.compile(
    "[，,：:]?(?:是指|系指|係指|指的|指[^数标引导挥定南针]|即[^将时使日便可]|就是|是[^否]|为[^了]|主要指|一般指|泛指|特指|专指|意指|意为|反映|表示|又称|亦称|简称|全称|原指|所谓|简单|通俗)"
)
_SOFT = re.compile(
    "(?:由|以|通过|根据|按照|旨在|依托|利用|将|把|对|在|用|从|为|针对|围绕|面向|经|凡|一种|一项|一类|主要|包括|设|建|“|「|《)"
)
# 选词要准：要选代表看不懂的词: advice, a rule or an agenda explains nothing.
_ADVICE = re.compile(
    "(?:要|应|须|不要|不得|不宜|可以|应当|尽量|建议|避免|注意|必须|请|凡是|一律|宜|别)[^是为]"
)
_FIGURES = re.compile("[0-9０-９.．%％]")
_AMOUNT = re.compile(
    "[^。；]{0,8}(?:总投资|投资|完成|增长|下降|同比|达到|不少于|责任单位|牵头|新建|改造|新增|力争|确保)[^。]{0,12}[0-9０-９]"
)
_CLOSING = re.compile(
    "(?:总的来看|总的来说|总之|综上|以上|以上是|上述|特此|谢谢|各位代表|让我们|说明[:：]|备注[:：]|注[:：]|附[:：]|资料整理|资料来源|附注|上图|下图|左图|右图|图为|配图|—*\\s*END|（完）|\\(完\\)|■|还有哪些|欢迎)|[（(][^（）()]{2,40}[)）]$|[一二三四五六七八九〇○]{4}年[一二三四五六七八九十]{1,2}月|(?:19|20)\\d\\d年\\d{1,2}月(?:\\d{1,2}日)?$"
)


def bare(text: str) -> str:
    """Drop quotation marks and blanks.

    >>> bare("“两旧” 改造")
    '两旧改造'
    """
    return _QUOTES.sub("", text)


def is_letter_spaced(text: str) -> bool:
    """Tell whether every Han character of a text is set off by blanks: 一 网 通 办.

    >>> is_letter_spaced("“四 季 村 晚”"), is_letter_spaced("四季 村晚")
    (True, False)
    """
    return _LETTER_SPACED.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def head_score(head: str) -> float:
    """Weigh a stretch as a headword: length, quotes, no sentence, no task, no verb of definition."""
    flat = simplify(head.strip())
    name = bare(flat)
    if not name or len(name) > 60 or _NEVER.search(_STRIP.sub("", flat)):
        return -2.0
    open_ = _STRIP.sub("", flat)
    score = 0.5
    if len(name) <= 1:
        score -= 1.0
    if (
        len(name) > 20
        and "“" not in flat
        and "「" not in flat
        and '"' not in flat
        and "（" not in flat
        and "(" not in flat
    ):
        score -= 0.05 * (len(name) - 20)
    elif len(name) > 34:
        score -= 0.4
    if flat[0] in OPENING:
        score += 0.4
    elif any(mark in flat for mark in OPENING):
        score += 0.3
    if (_NO_HEAD.match(name) and flat[0] not in OPENING) or _GREETS.match(flat):
        score -= 1.5
    if _BAD_END.search(flat):
        score -= 0.7
    if "，" in open_ or "," in open_.replace(", ", ""):
        score -= 0.6
    if _TASK.search(open_):
        score -= 0.4
    if _VERB.search(open_):
        # 承诺即准营 and 拿地即开工 are names all the same
        score -= 0.4 if len(name) <= 8 and not _STRONG.search(open_) else 0.9
    if "http" in name or "www." in name or "@" in name:
        score -= 2.0
    if re.fullmatch(r"[\d.．%％年月日\s/-]+", name):
        score -= 1.5
    if (
        not _HAN.search(name)
        and not re.search("[A-Za-z]", name)
        and not any(mark in flat for mark in OPENING)
    ):
        score -= 0.5
    return score


@lru_cache(maxsize=8192)
def body_score(body: str) -> float:
    """Weigh a stretch as a definition: how it opens and ends, its length, how much of it is figures."""
    flat = simplify(body.strip())
    if not flat:
        return -1.5
    score = 0.3 if len(flat) >= 10 else (0.0 if len(flat) >= 4 else -0.4)
    if opens_like_definition(flat):
        score += 0.5
    elif _SOFT.match(flat):
        score += 0.2
    if flat[-1] in "。；;！!”’」）)":
        score += 0.2
    opening = flat[:40]
    if len(_FIGURES.findall(opening)) > 0.3 * len(opening):
        score -= 0.6
    if _AMOUNT.match(flat):
        score -= 0.6
    if _ADVICE.match(flat):
        score -= 0.6
    if flat[0] in "，、。；：)）」”":
        score -= 0.5
    return score


def clipped(text: str, start: int, end: int) -> str:
    """Take of a stretch what `body_score` looks at: how it opens, and its last character."""
    if end - start <= 60:
        return text[start:end]
    return text[start : start + 50] + text[end - 20 : end].rstrip()[-1:]


def opens_like_definition(text: str) -> bool:
    """Tell whether a text opens with a verb of definition: 指, 是指, 即, 就是, 反映 ….

    >>> opens_like_definition("指治污、防洪"), opens_like_definition("指数上升")
    (True, False)
    """
    return _CUE.match(simplify(text[:12])) is not None


def is_closing(text: str) -> bool:
    """Tell whether a paragraph closes an annex: a remark, a credit in brackets, a date line."""
    return _CLOSING.match(simplify(text if len(text) <= 80 else text[:60] + "…")) is not None
