"""Numerals, letters and amounts at the edges of a form: whether they go on in the text.

Not 5G in 15G, 1+X in N+1+X, 三会 in 第三会议室, 四个一 in 四个一批, nor 27条 in 27条样板道路.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

from glossary.text import is_han
from glossary.words import kind_of, path

__all__ = [
    "COUNTERS",
    "DIGITS",
    "HAN_NUMERALS",
    "MEASURES",
    "NUMERALS",
    "ONES",
    "PARTICLES",
    "POWERS",
    "WORD_IN_ONE",
    "counts",
    "glued",
    "has_numeral_edge",
    "is_amount",
    "may_be_glued",
]

# Browsers read the characters and patterns with a name of their own, too.
DIGITS = frozenset("0123456789")
POWERS = frozenset("十百千万亿")
HAN_NUMERALS = POWERS | frozenset("一二三四五六七八九两零〇")
NUMERALS = DIGITS | HAN_NUMERALS
# What may end 四个一, 三个百, and what counts when it follows: 四个一批. 十四五期间 counts nothing.
ONES = frozenset("一两百千万亿")
COUNTERS = frozenset("个批条项年月日次名家座件类种人户所场岁号级期版届")
# 统一 and 合一 are words: 统一一网通办 names 一网通办, 多规合一项目 names 多规合一.
WORD_IN_ONE = re.compile("[统唯同之逐专单归划万不合]一$")
# A bare amount: the name of a policy where it stands alone or is the object of a verb (落实27条), an amount before or
# behind what it counts (27条样板道路, 农村公路27条).
_AMOUNT = re.compile(f"[{''.join(sorted(NUMERALS))}]+[{''.join(sorted(COUNTERS | POWERS))}]")
# 河长36公里 is how long
MEASURES = frozenset("长宽高深")
# Next to what a numeral or letter at the edge of a form is looked at again.
_GLUE_BEFORE = NUMERALS | frozenset("第几中+.") | frozenset(ascii_lowercase)
_GLUE_BEHIND = NUMERALS | COUNTERS | frozenset("+") | frozenset(ascii_lowercase)
PARTICLES = frozenset("和与及或的等是为在")


def has_numeral_edge(name: str) -> bool:
    """Tell whether a folded name begins or ends with what may go on: a letter, a digit, a numeral, a counter."""
    edges = name[0], name[-1]
    return (
        not NUMERALS.isdisjoint(edges)
        or any(map(_is_latin, edges))
        or name[0] in COUNTERS
        or name[-1] in MEASURES
        or "+" in name
    )


def is_amount(name: str) -> bool:
    """Tell a bare amount.

    >>> is_amount("27条"), is_amount("惠企27条")
    (True, False)
    """
    return _AMOUNT.fullmatch(name) is not None


def may_be_glued(before: str, after: str) -> bool:
    """Tell by the characters next to a form alone whether it is worth asking if it is `glued`."""
    return before in _GLUE_BEFORE or after in _GLUE_BEHIND


def glued(before: str, name: str, after: str) -> bool:
    """Tell whether the numeral or the letters at an edge of a name go on; `before` and `after` are what touches it."""
    return _glued_before(before, name) or _glued_behind(name, after)


def _glued_before(before: str, name: str) -> bool:
    if not before:
        return False
    if _is_latin(before[-1]) and _is_latin(name[0]):
        return True
    if before[-1] == "+":
        return "+" in name
    if before[-1] == "." and name[0] in DIGITS:
        return before[-2:-1] in DIGITS and before[-2:-1] != ""
    if before[-1] in "第几" and name[0] in NUMERALS:
        return True
    if name[0] in COUNTERS and before[-1] in NUMERALS:
        # 3个转企改制单位 counts units, and 个转企 is none of them
        return True
    if name[0] in HAN_NUMERALS and before[-1] in HAN_NUMERALS:
        return not WORD_IN_ONE.search(before)
    if name[0] in NUMERALS and before[-1] == "中":
        # 六个项目中四个放在乡镇 counts them; in 集中 and 高中 the character is part of a word
        first, stop = path(before, {})[-1]
        if before[first:stop] in ("中", "其中"):
            return True
    return name[0] in POWERS and before[-1] in DIGITS


def _glued_behind(name: str, after: str) -> bool:
    if not after:
        return False
    if _is_latin(name[-1]) and _is_latin(after[0]):
        return True
    if after[0] == "+" and "+" in name:
        return True
    counts = name[-1] in HAN_NUMERALS and not WORD_IN_ONE.search(name)
    if counts and after[0] in HAN_NUMERALS:
        return True
    if ((counts and name[-1] in ONES) or name[-1] in DIGITS) and after[0] in COUNTERS and after[:2] != "期间":
        return True
    return name[-1] in MEASURES and after[0] in DIGITS


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def counts(before: str, after: str) -> bool:
    """Tell whether an amount counts what stands before or behind it: 农村公路27条, 27条样板道路; not 落实27条."""
    if after and is_han(after[0]) and after[0] not in PARTICLES:
        return True
    if not before or not is_han(before[-1]):
        return False
    first, stop = path(before, {})[-1]
    return kind_of(before[first:stop]).startswith("n")
