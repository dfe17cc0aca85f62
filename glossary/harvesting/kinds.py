"""What sort of expression a term is: one table of rules, tried in order; the first that fits decides.

To change a decision, change a pattern of `RULES` or its place. A pattern is tried on the simplified text, quotes left
out: `term` on the expression, `before` on the 12 characters in front (it must reach their end), `after` on the 12 behind
(it must begin them).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from glossary.members import is_shorthand
from glossary.model import Kind
from glossary.quotes import CLOSING, OPENING
from glossary.text import simplify

__all__ = ["RULES", "Rule", "decide", "kind_of"]


class Rule(msgspec.Struct, frozen=True):
    """One line of the table: every pattern given must match, and `form` names a test of the expression's build."""

    kind: Kind
    why: str
    term: str = ""
    before: str = ""
    after: str = ""
    form: str = ""


RULES: tuple[Rule, ...] = (
    Rule("figurative", "a set metaphor", term="(?:牛鼻子|组合拳|压舱石|硬骨头|主心骨|领头羊|牵引力|金字招牌|主阵地|主战场|菜篮子|米袋子|蓝海|上甘岭|最后一公里|试验田|排头兵|桥头堡)$"),
    Rule("title", "a verb of honour before it", before="(?:荣获|获评|评为|授予|入围|获批|获得|获)(?:了|为|市|全国|全市|上海)*$"),
    Rule("title", "called an honour", after="称号|荣誉|榜单"),
    Rule("shorthand", "numeral or letter shorthand", form="shorthand"),
    Rule("slogan", "a sentence or parallel clauses", form="slogan"),
    Rule("initiative", "its head noun", term=".+(?:工程|计划|行动|方案|规划|机制|平台|改革|模式|政策|试点|制度|体系|条)$"),
    Rule("brand", "an event, place or product by its head noun", term=".+(?:节|峰会|论坛|大会|港|大世界|天地|赛|展|周)$"),
    Rule("title", "an honour by its head noun", term=".+(?:示范区|文明城区|先进集体|百强)$"),
    Rule("initiative", "glued to the head noun of a programme", after="改革|工程|行动|计划|机制|制度|平台|项目|试点|模式|政策"),
    Rule("brand", "called a brand", after="[^，。、]{0,4}品牌"),
    Rule("concept", "its build", term=".+(?:化|型|式|性|制|率|经济|城市|社区|产业)$"),
    Rule("initiative", "said more than twice", form="often"),
    Rule("other", "no rule fits"),
)


def kind_of(
    term: str,
    *,
    before: str = "",
    after: str = "",
    quoted: bool = False,
    count: int = 1,
    enumerated: bool = False,
    definition: str = "",
) -> Kind:
    """Tell the kind of an expression from its build and what stands around it.

    >>> kind_of("雪亮工程"), kind_of("四个放在"), kind_of("牛鼻子", quoted=True)
    ('initiative', 'shorthand', 'figurative')
    """
    return decide(term, before=before, after=after, quoted=quoted, count=count, enumerated=enumerated, definition=definition)[0]


def decide(
    term: str,
    *,
    before: str = "",
    after: str = "",
    quoted: bool = False,
    count: int = 1,
    enumerated: bool = False,
    definition: str = "",
) -> tuple[Kind, str]:
    """Tell the kind as `kind_of` does, and which rule decided."""
    flat = re.sub(f"[{OPENING}{CLOSING}\\s]", "", simplify(term))
    front, back = simplify(before[-12:]), simplify(after[:12])
    for rule, in_term, in_before, in_after in _compiled():
        if rule.form and not _has_form(rule.form, term, flat, count, enumerated):
            continue
        if in_term and not in_term.match(flat):
            continue
        if in_before and not in_before.search(front):
            continue
        if in_after and not in_after.match(back):
            continue
        return rule.kind, rule.why
    return "other", "no rule fits"


def _has_form(form: str, term: str, flat: str, count: int, enumerated: bool) -> bool:
    if form == "shorthand":
        return is_shorthand(term)
    if form == "slogan":
        return len(flat) >= 8 and bool(re.search("[，、]", flat))
    return form == "often" and count > 2


@cache
def _compiled() -> tuple[tuple[Rule, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    def made(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return tuple((rule, made(rule.term), made(rule.before), made(rule.after)) for rule in RULES)
