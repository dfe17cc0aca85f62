"""Headings: of glossary annexes, of other annexes, and of the body's own sections.

The grammar of an annex heading is a list of words, not of sentences: 《政府工作报告》有关名词解释, 附件2　用语说明,
第四部分 专业名词释义 are all made of a *noun* for terms and a *word for explaining*, with known words round them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from glossary.text import BLANK, simplify

__all__ = [
    "annex_heading",
    "ends_as_annex",
    "is_annex_label",
    "is_annex_title",
    "is_numbered_heading",
    "is_title",
    "squeeze",
]

_NOUN = (
    "(?:(?:新|热|专业|专有|专用|专门|常用|重要|关键|主要|行业|财政|预算|统计|经济|政策|相关|有关)*"
    "(?:名词|用语|词语|词汇|词条|术语|名称|概念|缩略语|缩略词|缩写|缩语|略语|简称|新词|热词|关键词|热点词|指标|提法|表述|字词|词))"
)
_EXPLAIN = (
    "(?:解释|释义|注释|注解|说明|解读|诠释|简释|浅释|浅析|解析|释疑|阐释|详解|图解|新解|名解|简介|介绍|释|小词典|词典|辞典|链接"
    "|小贴士|贴士|一览表?|对照表?|对照|汇编|小百科|百科|含义|定义|简注|注|索引|小知识|速递|解惑|扫盲|扫描)"
)
# What may be a heading all by itself.
_ALONE = (
    "(?:注释|注解|附注|释义|名词|词解|小词典|小辞典|知识链接|名词链接|词语链接|新词链接|知识点|小贴士|词汇表|术语表|名词表|用语表|用词表|术语|缩略语表?|缩写表|略语表"
    "|术语和定义|术语与定义|专业术语|名词术语|新词新语|新名词|新词|热词|名词|关键词|名词解|释词|词条|词汇)"
)
_CORE = re.compile(
    f"{_NOUN}(?:[和及与、/]{{0,2}}(?:{_NOUN}|{_EXPLAIN}))*(?:的)?{_EXPLAIN}(?:[和及与、/]?(?:{_EXPLAIN}|{_NOUN}))*|{_ALONE}"
)
_AROUND = re.compile(
    "(?:附件|附录|附表|附|第[一二三四五六七八九十百0-9]+(?:部分|章|节|篇|编)|[一二三四五六七八九十0-9壹贰叁肆伍陆柒捌玖拾]+[、.．]|《[^《》]{2,40}》|〈[^〈〉]{2,40}〉|“[^“”]{2,24}”"
    "|[（(][^（）()]{1,30}[)）]|[0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+|政府工作报告|工作报告|计划报告|预算报告|规划纲要|规划|纲要|报告|白皮书|公报|决算|预算|部门"
    "|有关|相关|部分|主要|重要|重点|若干|本|中|里|内|的|文件|文中|全文|涉及|出现|所涉|内容|名词|用语|词汇|知识|专栏|小|新|热点|热门|两会|年度?|省|市|区|县|州|旗|镇|乡|政府|人大|政协|工作|常用|专业|及|和|与"
    '|一问一答|带你|读懂|看懂|了解|这些|需要|你|看|读|学|十大|请|收好|要|都|是|啥|意思|什么|之一|之二|之三|续|[:：·•—\\-－–―~～*#【】\\[\\]〔〕<>〈〉「」『』“”"()（）|｜■◆●▲▼◎○★☆※►▶→,，。.、0-9])'
)
_LAST = (
    f"(?:有关|相关|部分|主要|重要|重点|若干|中|里|内|的|涉及|出现)*(?:{_NOUN}的?{_EXPLAIN}|注释|注解|释义|名词解)"
    "(?:[（(][^（）()]{1,16}[）)])?"
)
_ENDS_AS_ANNEX = re.compile(f"[^，：]*?{_LAST}")
# 江畔市2019年政府工作报告名词解释: the page that an annex has to itself names the document and then what it is
_ANNEX_TITLE = re.compile(
    "[^，：]*(?:报告|规划|纲要|公报|白皮书|草案|方案|计划|预算|决算)[》”]?(?:[（(][^（）()]{1,12}[）)])?"
    + _LAST
)
# A sentence, an exam question or advice about annexes is no heading of one.
_NOT = re.compile(
    "每题|每小题|共计?\\d+分|分值|写法|如何|怎么|怎样|写作|编写|撰写|印发|审查|审议|审阅|增加|附有|附了|附在|详见|参见|见附件|请见|模板|范文|技巧|要点|\\d+页$|[…．.·]{3,}\\d+$"
)
# 附件：1．任务分工表　2．有关名词释义: a list of what is attached
_ATTACHED = re.compile("附件?：?1[.．、]|.*1[.．、].{2,40}2[.．、]")
_PIPED = re.compile("[|｜│┃║\\t].*[|｜│┃║\\t]")
_LABEL = re.compile("(?:附件|附录|附表|附图|文件)[0-9一二三四五六七八九十]*[:：、.]?")
_OTHER = re.compile(
    "(?:附件|附录|附表|附图|文件)[0-9一二三四五六七八九十A-Z]+.{0,40}|附[:：].{0,30}|第[一二三四五六七八九十0-9]+(?:部分|章|篇|编).{0,30}|专栏[0-9一二三四五六七八九十]+.{0,30}|[壹贰叁肆伍陆柒捌玖拾]+、.{0,30}"
)
_NUMBERED = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\\([一二三四五六七八九十]{1,3}\\)|第[一二三四五六七八九十百]+[章节部篇])"
)
_TITLE = re.compile(
    "(?:报告|公报|要点|讲话|规划|纲要|草案|计划|总结|情况|白皮书|方案|意见|通知|办法|说明|决议|名单|清单|目录|一览表?|汇总表|指标表?|分解表|任务表|表|附图|部署|安排|议程|日程)(?:[（(].{1,14}[）)])?$"
)
_BLANKS = re.compile(f"[{BLANK}]+")


def squeeze(text: str) -> str:
    """Simplify a line, make its marks full width where a heading has them so, and drop its blanks.

    >>> squeeze("名　詞　解　釋")
    '名词解释'
    """
    line = simplify(_BLANKS.sub("", text))
    return _WIDE.sub(lambda found: chr(_DIGITS[ord(found.group())]), line)


_DIGITS = {0xFF10 + i: 0x30 + i for i in range(10)} | {ord(":"): ord("："), ord("﹕"): ord("：")}
_WIDE = re.compile("[０-９:﹕]")


@lru_cache(maxsize=4096)
def annex_heading(line: str) -> float:
    """Say how surely a line is the heading of a glossary annex: 0.0 (not at all) to 1.0.

    >>> annex_heading("《政府工作报告》有关名词解释"), annex_heading("为便于审议，我们随报告印发了名词解释，请一并审阅。")
    (1.0, 0.0)
    """
    if len(line) > 90:
        return 0.0
    flat = squeeze(line)
    if (
        not 2 <= len(flat) <= 48
        or _NOT.search(flat)
        or _ATTACHED.match(flat)
        or _PIPED.search(line)
        or flat[-1] in "。；;！，、"
    ):
        return 0.0
    cores = list(_CORE.finditer(flat))
    if not cores:
        return 0.0
    core = max(cores, key=lambda found: (len(found.group()), found.start()))
    rest = _AROUND.sub("", flat[: core.start()] + "\n" + flat[core.end() :])
    left = len(re.findall("[\u4e00-\u9fffA-Za-z]", rest))
    if left == 0:
        # 指标说明 over a table is not yet a glossary
        return 0.6 if core.group() == flat.strip("：") and len(core.group()) <= 2 else 1.0
    if left > 6 and _ANNEX_TITLE.fullmatch(flat):
        # 关于江畔市2018年国民经济和社会发展计划执行情况与2019年计划草案的报告名词解释: long for the document's name only
        return 0.7
    if "，" in flat and left > 6:
        return 0.3 if left <= 16 else 0.0
    return 0.7 if left <= 6 else (0.4 if left <= 16 else 0.0)


def ends_as_annex(line: str) -> bool:
    """Tell whether an annex's heading ends in the word for it, as a title does: 江畔市产业政策名词解释."""
    return annex_heading(line) > 0 and _ENDS_AS_ANNEX.fullmatch(squeeze(line)) is not None


def is_annex_title(line: str) -> bool:
    """Tell whether an annex's heading names its document first, as the title of a page of its own does.

    >>> is_annex_title("江畔市2019年政府工作报告名词解释"), is_annex_title("名词解释")
    (True, False)
    """
    return annex_heading(line) > 0 and _ANNEX_TITLE.fullmatch(squeeze(line)) is not None


def is_annex_label(line: str) -> bool:
    """Tell whether a line is a bare label such as 附件2, whose title stands on the next line."""
    return len(line) <= 12 and _LABEL.fullmatch(squeeze(line)) is not None


def is_other_annex(line: str) -> bool:
    """Tell whether a line opens another annex or part (附件3：重点项目清单), which ends a glossary."""
    if len(line) > 100:
        return False
    flat = squeeze(line)
    return len(flat) <= 48 and flat[-1] not in "。；" and _OTHER.fullmatch(flat) is not None


def is_numbered_heading(line: str) -> bool:
    """Tell whether a line opens with the number of a body section: 一、 （二） 第三章."""
    return _NUMBERED.match(line) is not None


def is_title(line: str) -> bool:
    """Tell whether a line could be the title of a document or a table: short, no sentence, ends in 报告, 表 ….

    >>> is_title("主要指标完成情况"), is_title("完成了全年任务，情况良好。")
    (True, False)
    """
    if len(line) > 120:
        return False
    flat = squeeze(line)
    return 3 <= len(flat) <= 60 and not re.search("[。；！？，]", flat) and _TITLE.search(flat) is not None
