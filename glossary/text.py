"""Folding: a text made comparable, one character for one character, so that an offset in one is an offset in both.

Width, case, quotation marks, dashes and traditional characters are folded by one table. NFKC would not do: it turns ①
into 1 and … into three dots. Phrase-level conversion (網際網路 → 互联网) changes lengths, so it is never done to a
text; `variants` does it to headwords.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BLANK", "NARROW", "UNFIT", "compact", "fold", "has_han", "is_han", "script_of", "simplify"]

QUOTE_MARKS = "“”„‟〝〞‘’‚‛「」『』﹁﹂﹃﹄＂＇\"'"
# 广慈-思南 stands in the same report as 广慈—思南.
DASHES = "-‐‑‒–—―－﹣−"
DOTS = "·•・‧∙⋅･"

# White space, and what takes no room on the page: zero-width marks, soft hyphen, variation selectors, BOM.
BLANK = "\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
# What no text file holds: NUL, and half a character, left by whoever decoded the text.
UNFIT = re.compile("[\0\ud800-\udfff]")
# Full-width letters, digits and marks to narrow ones.
NARROW = {0xFF01 + i: 0x21 + i for i in range(94)}
_BLANKS = re.compile(f"[{BLANK}]+")


@cache
def simplification() -> Mapping[int, int]:
    """Return the table traditional → simplified, one character to one.

    Source: OpenCC's `TSCharacters` (Apache-2.0), read from whichever package provides `opencc`: the reimplemented
    one has it as a text file; of the other the converter itself is asked, character by character.
    """
    import importlib.util

    table: dict[int, int] = {}
    # found, not imported: the converter itself is not needed
    package = importlib.util.find_spec("opencc")
    folders = list(package.submodule_search_locations or ()) if package else []
    try:
        listing = Path(folders[0], "dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
        pairs = [line.split() for line in listing.splitlines()]
    except (IndexError, FileNotFoundError):
        import opencc

        han = [chr(c) for block in ((0x3400, 0xA000), (0x20000, 0x32000)) for c in range(*block)]
        simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
        pairs = [list(pair) for pair in zip(han, simple, strict=True)]
    for pair in pairs:
        if len(pair) >= 2 and len(pair[0]) == len(pair[1]) == 1 and pair[0] not in pair[1:]:
            table[ord(pair[0])] = ord(pair[1])
    # 乾 is kept by the table for 乾坤; in reports it is 包乾負責. 著 likewise: 圍繞著.
    table.update({ord("乾"): ord("干"), ord("著"): ord("着")})
    # 薴 → 苧 → 苎: what is simplified stays as it is when it is simplified again
    return {code: table.get(to, to) for code, to in table.items()}


@cache
def folding() -> Mapping[int, int]:
    """Return the whole folding table: width, case, quotes, dashes, dots, traditional characters, radicals.

    PDF files print 工 as the radical ⼯ (U+2F2F), and compatibility characters for others.
    """
    import unicodedata

    table = dict(simplification())
    table.update(NARROW)
    table[0x3000] = 0x20
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and is_han(plain):
            table[code] = table.get(ord(plain), ord(plain))
    for marks, to in ((QUOTE_MARKS, '"'), (DASHES, "-"), (DOTS, "·")):
        table.update(dict.fromkeys(map(ord, marks), ord(to)))
    for code in [*range(0x41, 0x180), *range(0x370, 0x530), *range(0x2160, 0x2170), *range(0xFF21, 0xFF3B)]:
        low = chr(table.get(code, code)).lower()
        if len(low) == 1 and ord(low) != code:
            table[code] = ord(low)
    return table


def fold(text: str) -> str:
    """Fold a text to its comparable form of the same length.

    >>> fold("「雙碳」ＡＰＰ—A")
    '"双碳"app-a'
    """
    return _translate(text, folding)


def simplify(text: str) -> str:
    """Convert traditional characters to simplified ones, one to one, and nothing else.

    >>> simplify("長三角一體化，「兩舊」")
    '长三角一体化，「两旧」'
    """
    return _simplify_line(text) if len(text) <= 300 else _translate(text, simplification)


@lru_cache(maxsize=8192)
def _simplify_line(text: str) -> str:
    """Lines are asked for again and again: as headings, as labels, as entries."""
    return _translate(text, simplification)


def compact(text: str) -> tuple[str, Sequence[int]]:
    r"""Fold a text, drop blanks and invisible characters, and map each remaining character to where it stood.

    Returns the compact text and a sequence of its length; `text[offsets[i]]` is the origin of character `i`.

    >>> compact("長三角\n  一體化")
    ('长三角一体化', [0, 1, 2, 6, 7, 8])
    """
    folded = fold(text)
    gap = _BLANKS.search(folded)
    if gap is None:
        return folded, range(len(folded))
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    while gap is not None:
        parts.append(folded[start : gap.start()])
        offsets.extend(range(start, gap.start()))
        start = gap.end()
        gap = _BLANKS.search(folded, start)
    parts.append(folded[start:])
    offsets.extend(range(start, len(folded)))
    return "".join(parts), offsets


def _translate(text: str, table: Callable[[], Mapping[int, int]]) -> str:
    """Apply a one-to-one table.

    A regular expression finds the few characters that change, which is ten times as fast as asking `str.translate`
    for each; long texts go through numpy, whose import (0.1 s) a short one doesn't repay.
    """
    if len(text) < 200_000:
        pattern, change = _changes(table)
        return pattern.sub(change, text)
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _array(table)[codes].tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _changes(
    table: Callable[[], Mapping[int, int]],
) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Make a table a pattern of the characters that change and what each becomes."""
    pairs = {chr(code): chr(to) for code, to in table().items()}
    # characters beyond the first plane one by one would make every test a walk through them all: one range
    plane = "".join(re.escape(char) for char in pairs if char <= "\uffff")
    pattern = re.compile(f"[{plane}\U00020000-\U0003ffff]")
    return pattern, lambda found: pairs.get(found.group(), found.group())


@cache
def _array(table: Callable[[], Mapping[int, int]]) -> NDArray[np.uint32]:
    import numpy as np

    array = np.arange(0x110000, dtype=np.uint32)
    for code, to in table().items():
        array[code] = to
    return array


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
    traditional = len(_changes(simplification)[0].findall(sample))
    simplified = len(_only_simplified().findall(sample))
    return "hant" if traditional > simplified else "hans"


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
