"""Judgement: whether a form that was found in a text stands there as a name.

Most forms are long enough to be beyond doubt. What may deceive is known of a form beforehand (`doubts`), so that a text
is looked at again only where such a form was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntFlag

from glossary.folding import Folding
from glossary.quotes import CLOSING, OPENING
from glossary.text import QUOTE_MARKS, is_han
from glossary.variants import Form
from glossary.words import everyday, path

__all__ = ["Doubt", "Judge", "doubts"]

_DIGITS = frozenset("0123456789")
_POWERS = frozenset("十百千万亿")
_HAN_NUMERALS = _POWERS | frozenset("一二三四五六七八九两零〇")
_NUMERALS = _DIGITS | _HAN_NUMERALS
# What may end 四个一, 三个百, and what counts when it follows: 四个一批. 十四五期间 counts nothing.
_ONES = frozenset("一两百千万亿")
_COUNTERS = frozenset("个批条项年月日次名家座件类种人户所场岁号级期版届")
# 统一 and 合一 are words: 统一一网通办 names 一网通办, 多规合一项目 names 多规合一.
_WORD_IN_ONE = re.compile("[统唯同之逐专单归划万不合]一$")
# A bare amount: the name of a policy where it stands alone, an amount before what it counts (27条样板道路).
_AMOUNT = re.compile(f"[{''.join(sorted(_NUMERALS))}]+[{''.join(sorted(_COUNTERS))}]")
# 公路27条、146公里
_MORE_AMOUNTS = re.compile("[、，,][0-9]")
# 六个项目中四个放在乡镇 counts; not 集中, 高中
_OF_WHICH = re.compile("(?:其|[目个户件家条项口人镇村园校])中$")
_PARTICLES = frozenset("和与及或的等是为在")
_QUOTES = frozenset(QUOTE_MARKS)
_TWO_WAYS = frozenset("\"'＂＇")


class Doubt(IntFlag):
    """What about a form may deceive."""

    EDGE = 1  # begins or ends with a letter, digit or numeral: 5G in 15GB, 四个一 in 四个一批
    WORD = 2  # so short that its characters meet by chance: 三公 in 三公里
    QUOTED = 4  # a name in quotation marks only: 身边, “双高”计划's 双高
    TAIWAN = 8  # words of their own in the mainland: 资讯, 民众
    WHOLE = 16  # the headword has quotation marks round it, which are part of the mention where the text has them too


def doubts(form: Form, headword: str) -> int:
    """Return what about a form may deceive, as the sum of `Doubt`s."""
    name = form.text
    doubt = 0
    if {name[0], name[-1]} & _NUMERALS or name[0] in _COUNTERS or _is_latin(name[0]) or _is_latin(name[-1]) or "+" in name:
        doubt |= Doubt.EDGE
    if all(map(is_han, name)) and len(name) <= _SHORT:
        doubt |= Doubt.WORD
    if form.quoted:
        doubt |= Doubt.QUOTED
    if form.how == "taiwan":
        doubt |= Doubt.TAIWAN
    if form.how is None and headword[0] in OPENING and headword[-1] in CLOSING:
        doubt |= Doubt.WHOLE
    return doubt


_SHORT = 4
# 两山之间, 一窗之隔: what a place is between is no name
_BETWEEN = re.compile("之[间隔]")
# A term of the glossary counts as a word as frequent as 局部 or 街头 (1,000 in 60 million).
_FREQUENCY = -18.0
_WINDOW = 8  # characters on either side in which words are looked for
# Words of the dictionary in which nothing is a word by itself: idioms (一网打尽), and names of places and persons.
_CLOSED = ("i", "l", "ns", "nr")


class Judge:
    """Judges the forms found in one text."""

    def __init__(self, text: str, flat: str, offsets: Sequence[int], folding: Folding) -> None:
        """Take a text, its compact form, and where each character of that stood."""
        self._text = text
        self._flat = flat
        self._offsets = offsets
        self._folding = folding

    def span(self, start: int, end: int, doubt: int, headword: str) -> tuple[int, int] | None:
        """Return where in the text a form at `start` to `end` of the compact text stands; `None` if not as a name."""
        text, offsets = self._text, self._offsets
        first, stop = offsets[start], offsets[end - 1] + 1
        broken = stop - first != end - start
        if broken:
            within = text[first:stop]
            # a name may run over blanks and one line break, not over the gap between paragraphs
            if len(within.splitlines()) > 2:
                return None
            balanced = _balanced(text, first, stop)
            if balanced is None:
                return None
            first, stop = balanced
        if doubt & Doubt.WHOLE and _enclosed(text, first, stop):
            first, stop = first - 1, stop + 1
        elif doubt & Doubt.QUOTED and not _enclosed(text, first, stop):
            return None
        if doubt & Doubt.TAIWAN and not self._traditional(first, stop):
            return None
        if doubt & (Doubt.EDGE | Doubt.WORD):
            spaced = broken and any(map(str.isspace, text[first:stop]))
            before = self._before(start, spaced)
            after = self._after(end, spaced)
            name = self._flat[start:end]
            if doubt & Doubt.EDGE and (_glued_before(before, name) or _glued_behind(name, after)):
                return None
            if doubt & Doubt.WORD and (before or after):
                # 路格線局 was 路网格局 before it was converted, and is read as that
                name = self._folding.key_of(headword) if doubt & Doubt.TAIWAN else name
                if _BETWEEN.match(after) or _cut_by_a_word(before, name, after):
                    return None
        return first, stop

    def _before(self, start: int, spaced: bool) -> str:
        """Return what is glued to the front of a form: up to a blank, a quotation mark or the beginning."""
        at = start
        while at > 0 and start - at < _WINDOW and not self._parted(at - 1, spaced):
            at -= 1
        return self._flat[at:start]

    def _after(self, end: int, spaced: bool) -> str:
        at = end
        while at < len(self._flat) and at - end < _WINDOW and not self._parted(at - 1, spaced):
            at += 1
        return self._flat[end:at]

    def _parted(self, at: int, spaced: bool) -> bool:
        """Tell whether a character of the compact text and the next are parted; in justified text a blank parts none."""
        left, right = self._offsets[at], self._offsets[at + 1]
        if right - left == 1:
            return False
        between = self._text[left + 1 : right]
        return any(char in _QUOTES or (char.isspace() and not spaced) for char in between)

    def _traditional(self, first: int, stop: int) -> bool:
        """Tell whether a place lies in a text in traditional characters."""
        around = [
            char for char in self._text[max(first - 100, 0) : stop + 100] if "\u3400" <= char <= "\u9fff"
        ]
        changed = sum(map(str.__ne__, around, self._folding.fold("".join(around))))
        return changed * 12 >= len(around)


def _enclosed(text: str, first: int, stop: int) -> bool:
    return first > 0 and stop < len(text) and text[first - 1] in OPENING and text[stop] in CLOSING


def _balanced(text: str, first: int, stop: int) -> tuple[int, int] | None:
    """Widen a span by the quotation marks whose partners are in it; `None` where it cuts through a quote.

    两旧”改造 takes the mark before it, and 三公”开 in “三公”开支 is none the worse for it (`Judge` sees the word 开支);
    but 通办、“一网”统 lacks what is quoted further on.
    """
    open_: list[str] = []
    for char in text[first:stop]:
        if char not in _QUOTES:
            continue
        if char in _TWO_WAYS:
            if char in open_:
                open_.remove(char)
            else:
                open_.append(char)
        elif char in OPENING:
            open_.append(char)
        elif open_:
            open_.pop()
        elif first and text[first - 1] in OPENING:
            first -= 1
        else:
            return None
    for char in open_:
        if stop < len(text) and text[stop] in CLOSING:
            stop += 1
        elif char in _TWO_WAYS and first and text[first - 1] == char:
            first -= 1
        elif "'" not in char:
            return None
    return first, stop


def _glued_before(before: str, name: str) -> bool:
    if not before:
        return False
    if _is_latin(before[-1]) and _is_latin(name[0]):
        return True
    if before[-1] == "+":
        return "+" in name
    if before[-1] == "." and name[0] in _DIGITS:
        return before[-2:-1] in _DIGITS and before[-2:-1] != ""
    if before[-1] in "第几" and name[0] in _NUMERALS:
        return True
    if name[0] in _COUNTERS and before[-1] in _NUMERALS:
        # 3个转企改制单位 counts units, and 个转企 is none of them
        return True
    if name[0] in _HAN_NUMERALS and before[-1] in _HAN_NUMERALS:
        return not _WORD_IN_ONE.search(before)
    if name[0] in _NUMERALS and _OF_WHICH.search(before):
        return True
    return name[0] in _POWERS and before[-1] in _DIGITS


def _glued_behind(name: str, after: str) -> bool:
    if not after:
        return False
    if _is_latin(name[-1]) and _is_latin(after[0]):
        return True
    if after[0] == "+" and "+" in name:
        return True
    counts = name[-1] in _HAN_NUMERALS and not _WORD_IN_ONE.search(name)
    if counts and after[0] in _HAN_NUMERALS:
        return True
    if ((counts and name[-1] in _ONES) or name[-1] in _DIGITS) and after[0] in _COUNTERS and after[:2] != "期间":
        return True
    if not _AMOUNT.fullmatch(name):
        return False
    return (is_han(after[0]) and after[0] not in _PARTICLES) or _MORE_AMOUNTS.match(after) is not None


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _cut_by_a_word(before: str, name: str, after: str) -> bool:
    """Tell whether everyday words run over an edge of a form: 格局 in 联网格局, or hold it whole: 一网打尽."""
    context = before + name + after
    start, end = len(before), len(before) + len(name)
    words = path(context, {(start, end): _FREQUENCY})
    if (start, end) in words:
        return False
    for first, stop in words:
        if first <= start and end <= stop:
            return everyday()[context[first:stop]][1].startswith(_CLOSED)
        if first < start < stop or first < end < stop:
            return True
    return False
