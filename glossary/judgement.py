"""Judgement: whether a form that was found in a text stands there as a name.

Most forms are long enough to be beyond doubt. What may deceive is known of a form beforehand (`doubts`), so that a text
is looked at again only where such a form was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from glossary.boundaries import cut_by_a_word
from glossary.folding import Folding
from glossary.numerals import counts, glued, has_numeral_edge, is_amount, may_be_glued
from glossary.quotes import CLOSING, OPENING
from glossary.text import BLANKS, QUOTE_MARKS, is_han
from glossary.variants import Form
from glossary.words import may_meet

__all__ = [
    "AMOUNT",
    "BETWEEN",
    "EDGE",
    "NEXT",
    "PARTING",
    "QUOTED",
    "REST_OF_QUOTE",
    "SEAMLESS",
    "SHORT",
    "TAIWAN",
    "TWO_WAYS",
    "WHOLE",
    "WINDOW",
    "WORD",
    "Judge",
    "beyond_doubt",
    "doubts",
]

_QUOTES = frozenset(QUOTE_MARKS)
# What parts two characters for certain; an invisible character between them does not.
PARTING = _QUOTES.union(filter(str.isspace, BLANKS))
TWO_WAYS = frozenset("\"'＂＇")


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
    if has_numeral_edge(name):
        doubt |= EDGE
    if all(map(is_han, name)) and len(name) <= SHORT:
        doubt |= WORD
    if form.quoted:
        doubt |= QUOTED
    if form.how == "taiwan":
        doubt |= TAIWAN
    if form.how is None and headword[0] in OPENING and headword[-1] in CLOSING:
        doubt |= WHOLE
    if is_amount(name):
        doubt |= AMOUNT
    return doubt


SHORT = 4
REST_OF_QUOTE = re.compile(f"([^{re.escape(QUOTE_MARKS)}]{{1,4}})[{re.escape(CLOSING)}]")
# 两山之间, 一窗之隔: what a place is between is no name
BETWEEN = re.compile("之[间隔]")
WINDOW = 6  # characters on either side in which words are looked for
NEXT = 3  # and in which numerals are


def beyond_doubt(left: str, head: str, tail: str, right: str, doubt: int) -> bool:
    """Tell whether the characters next to a form show already that it stands as a name, as they most often do.

    `head` and `tail` are the form's first and last character, `left` and `right` what touches them, empty where nothing
    does. No numeral goes on there, and no word lies across. `False` says nothing.
    """
    if doubt & EDGE and may_be_glued(left, right):
        return False
    if doubt & WORD:
        if left and may_meet(left, head):
            return False
        return not right or (right != "之" and not may_meet(tail, right))
    return True


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
            seams = _seams(SEAMLESS.sub("", text[first:stop]))
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
            reach = WINDOW if doubt & (WORD | AMOUNT) else NEXT
            before = self._before(start, reach, spaced)
            after = self._after(end, reach, spaced)
            name = self._flat[start:end]
            if doubt & EDGE and glued(before, name, after):
                return None
            if doubt & AMOUNT and counts(before, after):
                return None
            if doubt & WORD and (before or after):
                if BETWEEN.match(after):
                    return None
                if doubt & EDGE and len(name) < SHORT and self._part_of_a_quote(first, stop):
                    return None
                if cut_by_a_word(before, name, after):
                    return None
                # 路格線局 was 路网格局 before it was converted
                if doubt & TAIWAN and cut_by_a_word(
                    before, self._folding.key_of(self._headword(form)), after
                ):
                    return None
        return first, stop

    def _plain(self, start: int, end: int) -> bool:
        """Tell, as most often one can, by the characters next to a form alone that no numeral goes on there."""
        flat = self._flat
        return start > 0 and end < len(flat) and not may_be_glued(flat[start - 1], flat[end])

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
        rest = REST_OF_QUOTE.match(self._text, stop)
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
SEAMLESS = re.compile(f"[^{re.escape(QUOTE_MARKS)}\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


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
        if char in TWO_WAYS and char in open_:
            open_.remove(char)
        elif char in TWO_WAYS or char in OPENING:
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
        elif char in TWO_WAYS and first and text[first - 1] == char:
            first -= 1
        elif char != "'":
            return None
    return first, stop
