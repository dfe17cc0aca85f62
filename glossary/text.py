"""Characters and scripts: what is a Han character, what takes no room, which script a text is in, one made the other."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from glossary.conversions import characters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BLANK",
    "BLANKS",
    "HAN",
    "NARROW",
    "SPACES",
    "UNFIT",
    "Table",
    "can_be_named",
    "has_han",
    "is_han",
    "script_of",
    "simplify",
    "text_of",
]

QUOTE_MARKS = "“”„‟〝〞‘’‚‛「」『』﹁﹂﹃﹄＂＇\"'"
# 广慈-思南 stands in the same report as 广慈—思南.
DASHES = "-‐‑‒–—―－﹣−"
DOTS = "·•・‧∙⋅･"

# White space, and what takes no room on the page: zero-width marks, soft hyphen, variation selectors, BOM.
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)
BLANK = "\\s" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _INVISIBLE)
BLANKS = SPACES + "".join(chr(code) for first, last in _INVISIBLE for code in range(first, last + 1))
# What no text file holds: NUL, and half a character, left by whoever decoded the text.
UNFIT = re.compile("[\0\ud800-\udfff]")
# Full-width letters, digits and marks to narrow ones.
NARROW = {0xFF01 + i: 0x21 + i for i in range(94)}

_PLANE = 0x10000
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
# From such a length on numpy is faster than `str.translate` (12 against 70 ns a character); its import (0.1 s) pays
# only from a much greater one.
_LONG, _WORTH_AN_IMPORT = 1_000, 100_000


def can_be_named(headword: str) -> bool:
    """Tell if a word can be a headword: if it has a letter or a digit, and nothing that data don't hold.

    >>> can_be_named("双碳"), can_be_named("——")
    (True, False)
    """
    return any(map(str.isalnum, headword)) and not UNFIT.search(headword)


class Table:
    """What each character becomes, one for one.

    >>> Table({ord("雙"): ord("双")}).translate("雙碳")
    '双碳'
    """

    def __init__(self, changed: Mapping[int, int]) -> None:
        """Make a table of the code points that change and what each becomes: an array for the first plane of Unicode."""
        self._plane = array("I", range(_PLANE))
        self._beyond: dict[int, int] = {}
        for code, to in changed.items():
            if code < _PLANE:
                self._plane[code] = to
            else:
                self._beyond[code] = to

    @staticmethod
    def vectorised(text: str) -> bool:
        """Tell whether a text is long enough for numpy."""
        return len(text) >= (_LONG if "numpy" in sys.modules else _WORTH_AN_IMPORT)

    def translate(self, text: str) -> str:
        """Return what a text becomes."""
        if self.vectorised(text):
            return text_of(self.codes(text))
        # An array raises an IndexError for what is beyond it, and such a character stays.
        changed = text.translate(self._plane)
        if _BEYOND.search(text):
            changed = changed.translate(self._beyond)
        return changed

    def codes(self, text: str) -> NDArray[np.uint32]:
        """Return what the characters of a text become, as code points."""
        import numpy as np

        plane = np.frombuffer(self._plane, dtype=np.uint32)
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        if len(units) == len(text):
            changed: NDArray[np.uint32] = plane.take(units)
            return changed
        whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        beyond = (whole >= _PLANE).nonzero()[0]
        changed = plane.take(np.minimum(whole, _PLANE - 1))
        changed[beyond] = [self._beyond.get(code, code) for code in whole[beyond].tolist()]
        return changed


def text_of(codes: NDArray[np.uint32]) -> str:
    """Return the text of code points."""
    return str(codes.astype("<u4", copy=False).data, "utf-32-le", "surrogatepass")


@cache
def simplification() -> Mapping[int, int]:
    """Return the table traditional → simplified, one character to one; source: OpenCC's `TSCharacters`."""
    table = {ord(row[0]): ord(row[1]) for row in characters("TSCharacters") if row[0] not in row[1:]}
    # 乾 is kept by the table for 乾坤; in reports it is 包乾負責. 著 likewise: 圍繞著.
    table.update({ord("乾"): ord("干"), ord("著"): ord("着")})
    # 薴 → 苧 → 苎: what is simplified stays as it is when it is simplified again
    return {code: table.get(to, to) for code, to in table.items()}


def simplify(text: str) -> str:
    """Convert traditional characters to simplified ones, one to one, and nothing else.

    >>> simplify("長三角一體化，「兩舊」")
    '长三角一体化，「两旧」'
    """
    return _simplify_line(text) if len(text) <= 300 else _simplified().translate(text)


@lru_cache(maxsize=8192)
def _simplify_line(text: str) -> str:
    """Lines are asked for again and again: as headings, as labels, as entries."""
    return _simplified().translate(text)


@cache
def _simplified() -> Table:
    return Table(simplification())


# What `is_han` tells, as a class of a pattern.
HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character, the supplementary planes and 〇 included."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or "\u2e80" <= char <= "\u2fdf"
        or "\uf900" <= char <= "\ufaff"
        or char == "〇"
    )


def has_han(text: str) -> bool:
    """Tell whether a text holds any Han character."""
    return any(map(is_han, text))


def script_of(text: str) -> str:
    """Tell whether a text is in traditional ("hant") or simplified ("hans") characters, by what there is more of.

    Source: a character that the simplification table changes is traditional; one that it produces and doesn't
    change is simplified.

    >>> script_of("黃浦區人民政府工作報告"), script_of("黄浦区人民政府工作报告")
    ('hant', 'hans')
    """
    # a few thousand characters from behind the page's head say it
    sample = text[len(text) // 5 : len(text) // 5 + 6000]
    traditional = len(_only_traditional().findall(sample))
    simplified = len(_only_simplified().findall(sample))
    return "hant" if traditional > simplified else "hans"


@cache
def _only_traditional() -> re.Pattern[str]:
    """Characters that the simplification changes; those beyond the first plane are too many and too rare."""
    return re.compile(f"[{''.join(chr(code) for code in simplification() if code < _PLANE)}]")


@cache
def _only_simplified() -> re.Pattern[str]:
    """Characters that are the simplification of another and not in use themselves in traditional text."""
    table = simplification()
    # 里, 后, 台, 云, 面 … are traditional characters of their own right and say nothing.
    both = frozenset(
        map(ord, "里后台云面只发松斗谷丑向余于系干制志征才表卷困曲板仆御冬游舍注并周布价万与尸术朱筑准")
    )
    only = sorted({to for to in table.values() if to not in table and to < 0x10000} - both)
    return re.compile(f"[{''.join(map(chr, only))}]")
