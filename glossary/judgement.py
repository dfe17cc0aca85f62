"""Judgement: whether a form that was found in a text stands there as a name.

Most forms are long enough to be beyond doubt. What may deceive is known of a form beforehand (`doubts`), so that a text
is looked at again only where such a form was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from string import ascii_lowercase

from glossary.folding import Folding
from glossary.quotes import CLOSING, OPENING
from glossary.text import QUOTE_MARKS, is_han
from glossary.variants import Form
from glossary.words import everyday, kind_of, path

__all__ = ["Judge", "doubts"]

_DIGITS = frozenset("0123456789")
_POWERS = frozenset("十百千万亿")
_HAN_NUMERALS = _POWERS | frozenset("一二三四五六七八九两零〇")
_NUMERALS = _DIGITS | _HAN_NUMERALS
# What may end 四个一, 三个百, and what counts when it follows: 四个一批. 十四五期间 counts nothing.
_ONES = frozenset("一两百千万亿")
_COUNTERS = frozenset("个批条项年月日次名家座件类种人户所场岁号级期版届")
# 统一 and 合一 are words: 统一一网通办 names 一网通办, 多规合一项目 names 多规合一.
_WORD_IN_ONE = re.compile("[统唯同之逐专单归划万不合]一$")
# A bare amount: the name of a policy where it stands alone or is the object of a verb (落实27条), an amount before or
# behind what it counts (27条样板道路, 农村公路27条).
_AMOUNT = re.compile(f"[{''.join(sorted(_NUMERALS))}]+[{''.join(sorted(_COUNTERS | _POWERS))}]")
# 河长36公里 is how long
_MEASURES = frozenset("长宽高深")
# 六个项目中四个放在乡镇 counts; not 集中, 高中
# Next to what a numeral or letter at the edge of a form is looked at again.
_GLUE_BEFORE = _NUMERALS | frozenset("第几中+.") | frozenset(ascii_lowercase)
_GLUE_BEHIND = _NUMERALS | _COUNTERS | frozenset("+") | frozenset(ascii_lowercase)
_OF_WHICH = re.compile("(?:其|[目个户件家条项口人镇村园校])中$")
_PARTICLES = frozenset("和与及或的等是为在")
_QUOTES = frozenset(QUOTE_MARKS)
_TWO_WAYS = frozenset("\"'＂＇")


# What about a form may deceive, as bits (plain numbers: an `IntFlag` was measured to take half of the time).
# EDGE: begins or ends with a letter, digit or numeral: 5G in 15GB, 四个一 in 四个一批.
# WORD: so short that its characters meet by chance: 三公 in 三公里.
# QUOTED: a name in quotation marks only: 身边, “双高”计划's 双高.
# TAIWAN: a word of its own in the mainland: 资讯, 民众.
# AMOUNT: counts what stands next to it, unless it is the name of a policy: 27条.
# WHOLE: the headword has quotation marks round it, which are part of the mention where the text has them too.
EDGE, WORD, QUOTED, TAIWAN, AMOUNT, WHOLE = 1, 2, 4, 8, 16, 32


def doubts(form: Form, headword: str) -> int:
    """Return what about a form may deceive, as a sum of bits."""
    name = form.text
    doubt = 0
    if (
        {name[0], name[-1]} & _NUMERALS
        or name[0] in _COUNTERS
        or name[-1] in _MEASURES
        or _is_latin(name[0])
        or _is_latin(name[-1])
        or "+" in name
    ):
        doubt |= EDGE
    if all(map(is_han, name)) and len(name) <= _SHORT:
        doubt |= WORD
    if form.quoted:
        doubt |= QUOTED
    if form.how == "taiwan":
        doubt |= TAIWAN
    if form.how is None and headword[0] in OPENING and headword[-1] in CLOSING:
        doubt |= WHOLE
    if _AMOUNT.fullmatch(name):
        doubt |= AMOUNT
    return doubt


_SHORT = 4
_REST_OF_QUOTE = re.compile(f"([^{re.escape(QUOTE_MARKS)}]{{1,4}})[{re.escape(CLOSING)}]")
# 两山之间, 一窗之隔: what a place is between is no name
_BETWEEN = re.compile("之[间隔]")
# A term of the glossary counts as a word as frequent as 局部 or 街头 (1,000 in 60 million).
_FREQUENCY = -18.0
_WINDOW = 8  # characters on either side in which words are looked for
# How a word of up to four characters may lie across an edge; hardly one is longer.
_ACROSS = tuple((size - behind, behind) for size in (2, 3, 4) for behind in range(1, size))
_NEXT = 3  # and in which numerals are
# Words of the dictionary in which nothing is a word by itself: idioms (一网打尽), and names of places and persons.
_CLOSED = ("i", "l", "ns", "nr")


class Judge:
    """Judges the forms found in one text."""

    def __init__(
        self,
        text: str,
        flat: str,
        offsets: Sequence[int],
        folding: Folding,
        headword: Callable[[int], str],
    ) -> None:
        """Take a text, its compact form, where each character of that stood, and the headword of each form."""
        self._text = text
        self._flat = flat
        self._offsets = offsets
        self._folding = folding
        self._headword = headword

    def span(self, start: int, end: int, doubt: int, form: int) -> tuple[int, int] | None:
        """Return where in the text a form at `start` to `end` of the compact text stands; `None` if not as a name."""
        text, offsets = self._text, self._offsets
        first, stop = offsets[start], offsets[end - 1] + 1
        broken = stop - first != end - start
        if broken:
            seams = _seams(_SEAMLESS.sub("", text[first:stop]))
            widened = seams and _widened(text, first, stop, *seams)
            if not widened:
                return None
            first, stop = widened
        if doubt & WHOLE and _enclosed(text, first, stop):
            first, stop = first - 1, stop + 1
        elif doubt & QUOTED and not _enclosed(text, first, stop):
            return None
        if doubt & TAIWAN and not self._traditional(first, stop):
            return None
        if doubt & EDGE and not doubt & (WORD | AMOUNT) and self._plain(start, end):
            return first, stop
        if doubt & (EDGE | WORD):
            spaced = broken and any(map(str.isspace, text[first:stop]))
            reach = _WINDOW if doubt & (WORD | AMOUNT) else _NEXT
            before = self._before(start, reach, spaced)
            after = self._after(end, reach, spaced)
            name = self._flat[start:end]
            if doubt & EDGE and (_glued_before(before, name) or _glued_behind(name, after)):
                return None
            if doubt & AMOUNT and _counts(before, after):
                return None
            if doubt & WORD and (before or after):
                if _BETWEEN.match(after):
                    return None
                if doubt & EDGE and len(name) < _SHORT and self._part_of_a_quote(first, stop):
                    return None
                if _cut_by_a_word(before, name, after):
                    return None
                # 路格線局 was 路网格局 before it was converted
                if doubt & TAIWAN and _cut_by_a_word(
                    before, self._folding.key_of(self._headword(form)), after
                ):
                    return None
        return first, stop

    def _plain(self, start: int, end: int) -> bool:
        """Tell, as most often one can, by the characters next to a form alone that no numeral goes on there."""
        flat = self._flat
        return (
            start > 0
            and end < len(flat)
            and flat[start - 1] not in _GLUE_BEFORE
            and flat[end] not in _GLUE_BEHIND
        )

    def _before(self, start: int, reach: int, spaced: bool) -> str:
        """Return what is glued to the front of a form: up to a blank, a quotation mark or the beginning."""
        offsets = self._offsets
        at = max(start - reach, 0)
        if offsets[start] - offsets[at] != start - at:
            at = start
            while at > 0 and start - at < reach and not self._parted(at - 1, spaced):
                at -= 1
        return self._flat[at:start]

    def _after(self, end: int, reach: int, spaced: bool) -> str:
        offsets = self._offsets
        at = min(end + reach, len(self._flat))
        if offsets[at - 1] - offsets[end - 1] != at - end:
            at = end
            while at < len(self._flat) and at - end < reach and not self._parted(at - 1, spaced):
                at += 1
        return self._flat[end:at]

    def _parted(self, at: int, spaced: bool) -> bool:
        """Tell whether a character of the compact text and the next are parted; in justified text a blank parts none."""
        left, right = self._offsets[at], self._offsets[at + 1]
        if right - left == 1:
            return False
        between = self._text[left + 1 : right]
        return any(char in _QUOTES or (char.isspace() and not spaced) for char in between)

    def _part_of_a_quote(self, first: int, stop: int) -> bool:
        """Tell whether a quote begins with a name and goes on: “五好家庭”, “三调联动” are names of their own."""
        if not first or self._text[first - 1] not in OPENING:
            return False
        rest = _REST_OF_QUOTE.match(self._text, stop)
        return rest is not None and all(map(is_han, rest[1]))

    def _traditional(self, first: int, stop: int) -> bool:
        """Tell whether a place lies in a text in traditional characters."""
        around = [
            char for char in self._text[max(first - 100, 0) : stop + 100] if "\u3400" <= char <= "\u9fff"
        ]
        changed = sum(map(str.__ne__, around, self._folding.fold("".join(around))))
        return changed * 12 >= len(around)


def _enclosed(text: str, first: int, stop: int) -> bool:
    return first > 0 and stop < len(text) and text[first - 1] in OPENING and text[stop] in CLOSING


# What is left of a form to see how its parts are joined: quotation marks and line breaks.
_SEAMLESS = re.compile(f"[^{re.escape(QUOTE_MARKS)}\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@lru_cache(maxsize=1024)
def _seams(within: str) -> tuple[int, str] | None:
    """Return how many quotation marks are closed in a form that were opened before it, and those left open in it.

    `within` are the marks and line breaks in it. `None` where it runs over the gap between paragraphs; blanks and
    one line break are no gap.
    """
    if len(f"-{within}-".splitlines()) > 2:
        return None
    closed = 0
    open_: list[str] = []
    for char in within:
        if char not in _QUOTES:
            continue
        if char in _TWO_WAYS and char in open_:
            open_.remove(char)
        elif char in _TWO_WAYS or char in OPENING:
            open_.append(char)
        elif open_:
            open_.pop()
        else:
            closed += 1
    return closed, "".join(open_)


def _widened(text: str, first: int, stop: int, closed: int, open_: str) -> tuple[int, int] | None:
    """Widen a span by the quotation marks whose partners are in it; `None` where it cuts through a quote.

    两旧”改造 takes the mark before it; 通办、“一网”统 lacks what is quoted further on.
    """
    for _ in range(closed):
        if not first or text[first - 1] not in OPENING:
            return None
        first -= 1
    for char in open_:
        if stop < len(text) and text[stop] in CLOSING:
            stop += 1
        elif char in _TWO_WAYS and first and text[first - 1] == char:
            first -= 1
        elif char != "'":
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
    if (
        ((counts and name[-1] in _ONES) or name[-1] in _DIGITS)
        and after[0] in _COUNTERS
        and after[:2] != "期间"
    ):
        return True
    return name[-1] in _MEASURES and after[0] in _DIGITS


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _counts(before: str, after: str) -> bool:
    """Tell whether an amount counts what stands before or behind it: 农村公路27条, 27条样板道路; not 落实27条."""
    if after and is_han(after[0]) and after[0] not in _PARTICLES:
        return True
    if not before or not is_han(before[-1]):
        return False
    first, stop = path(before, {})[-1]
    return kind_of(before[first:stop]).startswith("n")


def _cut_by_a_word(before: str, name: str, after: str) -> bool:
    """Tell whether everyday words run over an edge of a form: 格局 in 联网格局, or hold it whole: 一网打尽.

    A compound that is parted at the edge into two words runs over nothing: 大数据 in 大数据分析. What holds a form
    whole is looked into: 危房改造 is 危房 and 改造, and no 房改.
    """
    text = before + name + after
    start, end = len(before), len(before) + len(name)

    def holds(first: int, stop: int) -> bool:
        return first <= start and end <= stop

    def parted(first: int, stop: int) -> bool:
        words = everyday()
        return any(
            edge - first > 1 and stop - edge > 1 and text[first:edge] in words and text[edge:stop] in words
            for edge in (start, end)
            if first < edge < stop
        )

    if not _met(text, start, end):
        return False
    known = {(start, end): _FREQUENCY}
    for first, stop in path(text, known, parted):
        if (first, stop) != (start, end) and holds(first, stop):
            if kind_of(text[first:stop]).startswith(_CLOSED):
                return True
            return any(
                first < start < stop or first < end < stop
                for first, stop in path(
                    text, known, lambda a, b: (holds(a, b) and (a, b) != (start, end)) or parted(a, b)
                )
            )
        if first < start < stop or first < end < stop:
            return True
    return False


def _met(text: str, start: int, end: int) -> bool:
    """Tell whether there is a word at all that begins before an edge of a form and ends behind it."""
    words = everyday()
    return any(
        text[edge - before : edge + behind] in words
        for edge in (start, end)
        for before, behind in _ACROSS
        if edge >= before
    )
