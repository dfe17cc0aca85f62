"""Pair quotation marks into spans, whatever a page has done to them.

Real pages hold “…” with ‘…’ inside, 「…」 and 『…』, straight marks, a mark that is never closed, one closed twice,
and ”十四五” with the first mark the wrong way round. A mark that is never closed must not swallow the next quote.
"""

from __future__ import annotations

import re
from collections import deque

__all__ = ["CLOSING", "OPENING", "quoted_spans"]

_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "〝": "〞",
    "﹁": "﹂",
    "﹃": "﹄",
    '"': '"',
    "＂": "＂",
}
_OPENER = {close: open_ for open_, close in _PAIRS.items()}
OPENING = "".join(_PAIRS)
CLOSING = "".join(_OPENER)
# A straight single mark counts only next to Chinese: '亲子共读', not Int'l.
_PAIRS["'"] = _OPENER["'"] = "'"
_MARKS = re.compile(f"[{OPENING}{CLOSING}']")
_ONE_WAY = frozenset(_PAIRS) - frozenset(_OPENER)
# What can't stand right behind an opening mark, and what an opening mark likes to stand behind.
_AFTER_CLOSE = frozenset("，。、；：！？）》」』”’〉】,;:!?)]")
_BEFORE_OPEN = frozenset("，。、；：！？（《「『“‘〈【,;:!?([")
# Longest quote seen in real reports: 170 characters (a whole motto); an unclosed one must end somewhere.
_LONGEST = 300
_SENTENCE = re.compile("[。！？；\n]")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans between paired quotation marks, marks left out, nested ones too, by start.

    A quote holds at most 300 characters and one line break. Straight marks pair by turns, helped by the punctuation
    next to them. The time is linear in the length of the text.

    >>> [("“纠正‘四风’不能止步”")[a:b] for a, b in quoted_spans("“纠正‘四风’不能止步”")]
    ['纠正‘四风’不能止步', '四风']
    >>> [("打响“一网通办、做强“一网统管”。")[a:b] for a, b in quoted_spans("打响“一网通办、做强“一网统管”。")]
    ['一网统管']
    """
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    given_up: deque[tuple[str, int]] = deque(maxlen=4)
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    if "'" in text:
        marks = [(at, mark) for at, mark in marks if mark != "'" or not _between_ascii(text, at)]
    done = -1
    for i, (at, mark) in enumerate(marks):
        if i == done:
            continue
        if not stack and mark in _ONE_WAY and i + 1 < len(marks) and marks[i + 1][1] == _PAIRS[mark]:
            # nearly all there is: “…” with nothing between
            end = marks[i + 1][0]
            if end - at <= _LONGEST:
                if end > at + 1 and text.count("\n", at, end) <= 1:
                    spans.append((at + 1, end))
                done = i + 1
                continue
        while stack and at - stack[0][1] > _LONGEST:
            stack.pop(0)
        before = text[at - 1 : at]
        after = text[at + 1 : at + 2]
        kind = mark if mark in _PAIRS else _OPENER[mark]
        is_open = any(k == kind for k, _ in stack)
        if mark in _PAIRS and mark in _OPENER:
            clearly_opens = (not before.strip() or before in _BEFORE_OPEN) and after not in _AFTER_CLOSE
            closes = is_open and not (clearly_opens and after.strip())
        elif mark in _PAIRS:
            # “两张网“，  a closing mark that was typed as an opening one
            closes = is_open and (not after.strip() or after in _AFTER_CLOSE)
        else:
            closes = is_open or not _opens_in_disguise(text, marks, i)
            if closes and not is_open:
                _close_outer(text, given_up, kind, at, spans)
                continue
        if not closes:
            if is_open:
                # “ while a “ is open: the older one, and what it holds, was never closed.
                cut = next(j for j, (k, _) in enumerate(stack) if k == kind)
                given_up.extend(stack[cut:])
                del stack[cut:]
            stack.append((kind, at))
            continue
        while stack:
            opened, start = stack.pop()
            if opened == kind:
                if at > start + 1 and text.count("\n", start, at) <= 1:
                    spans.append((start + 1, at))
                break
    return sorted(set(spans), key=lambda span: (span[0], -span[1]))


def _between_ascii(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at].isascii() and text[at + 1 : at + 2].isascii()


def _opens_in_disguise(text: str, marks: list[tuple[int, str]], i: int) -> bool:
    """Tell whether an unmatched closing mark is an opening one typed wrongly: ”十四五”."""
    at, mark = marks[i]
    if i + 1 == len(marks) or marks[i + 1][1] != mark or marks[i + 1][0] - at > 20:
        return False
    inside = text[at + 1 : marks[i + 1][0]]
    return bool(inside.strip()) and inside[0] not in _AFTER_CLOSE and not re.search("[，。；！？\n]", inside)


def _close_outer(
    text: str, given_up: deque[tuple[str, int]], kind: str, at: int, spans: list[tuple[int, int]]
) -> None:
    """Close a quote that holds another of its own kind: “推动“一网通办”升级”."""
    for opened, start in reversed(given_up):
        if opened == kind:
            if at - start <= 80 and not _SENTENCE.search(text, start, at):
                spans.append((start + 1, at))
                given_up.clear()
            return
