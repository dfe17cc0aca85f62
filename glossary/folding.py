"""Folding: a text made comparable, one character for one character, so that an offset in one is an offset in both.

Width, case, quotation marks, dashes, dots and traditional characters are folded by one table. NFKC would not do: it
turns ① into 1 and … into three dots. Phrase-level conversion (網際網路 → 互联网) changes lengths, so it is never done
to a text; `variants` does it to headwords.

To be matched, a text is made compact as well: blanks and quotation marks are left out, and the places of what remains
are kept, so that 長三角 一體化 and “两旧”改造 are found as 长三角一体化 and 两旧改造, where they stand.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType

from glossary.conversions import characters
from glossary.text import BLANKS, DASHES, DOTS, NARROW, QUOTE_MARKS, Table, is_han, simplification, text_of

__all__ = ["DROPPED", "Folding", "compact", "fold", "folding", "key_of"]

# What a compact text leaves out.
DROPPED = BLANKS + QUOTE_MARKS + "\0"


class Folding:
    """A table of one character for one, with those that a compact text leaves out.

    >>> Folding({ord("雙"): ord("双")}).compact("「雙 碳」")
    ('双碳', [1, 3])
    """

    def __init__(self, table: Mapping[int, int]) -> None:
        """Make a folding of the code points that change and what each becomes."""
        self.changed: Mapping[int, int] = MappingProxyType(dict(table))

    @cached_property
    def _fold(self) -> Table:
        return Table(self.changed)

    @cached_property
    def _compact(self) -> Table:
        return Table({**self.changed, **dict.fromkeys(map(ord, DROPPED), 0)})

    @classmethod
    def load(cls, dumped: bytes) -> Folding:
        """Make a folding of what `dump` gave.

        Raises:
            ValueError: it is something else.
        """
        try:
            codes = array("I", zlib.decompress(dumped))
        except (zlib.error, ValueError) as error:
            raise ValueError("not a folding table") from error
        if len(codes) % 2 or (codes and max(codes) > sys.maxunicode):
            raise ValueError("not a folding table")
        return cls(dict(zip(codes[::2], codes[1::2], strict=True)))

    def dump(self) -> bytes:
        """Return the table as bytes."""
        pairs = array("I", [code for pair in sorted(self.changed.items()) for code in pair])
        return zlib.compress(pairs.tobytes())

    @cached_property
    def _script(self) -> Table:
        return Table({code: to for code, to in self.changed.items() if is_han(chr(code))})

    def simplify(self, text: str) -> str:
        """Fold Han characters and nothing else."""
        return self._script.translate(text)

    def fold(self, text: str) -> str:
        """Fold a text to its comparable form of the same length."""
        return self._fold.translate(text)

    def compact(self, text: str) -> tuple[str, Sequence[int]]:
        """Fold a text, leave out blanks and quotation marks, and map each remaining character to where it stood.

        Returns the compact text and a sequence of its length; `text[offsets[i]]` is the origin of character `i`.
        """
        if Table.vectorised(text):
            codes = self._compact.codes(text)
            keep = codes != 0
            if keep.all():
                return text_of(codes), range(len(text))
            return text_of(codes[keep]), keep.nonzero()[0].data
        folded = self._compact.translate(text)
        if "\0" not in folded:
            return folded, range(len(folded))
        parts = folded.split("\0")
        offsets: list[int] = []
        start = 0
        for part in parts:
            if part:
                offsets.extend(range(start, start + len(part)))
            start += len(part) + 1
        return "".join(parts), offsets

    def key_of(self, text: str) -> str:
        """Return the key under which a written form is looked up: folded, without blanks and quotation marks."""
        return self.compact(text)[0]


@cache
def folding() -> Folding:
    """Return the folding of Chinese text: width, case, quotes, dashes, dots, traditional characters, radicals.

    PDF files print 工 as the radical ⼯ (U+2F2F), and compatibility characters for others. Source of the traditional
    characters: `text.simplification` and the tables in `conversions`. A compiled glossary brings its own, as it was
    when it was compiled.
    """
    import unicodedata

    table = {**_alike(), **simplification(), **NARROW}
    table[0x3000] = 0x20
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and is_han(plain):
            table[code] = ord(plain)
    for alike, to in ((QUOTE_MARKS, '"'), (DASHES, "-"), (DOTS, "·")):
        table.update(dict.fromkeys(map(ord, alike), ord(to)))
    for code in [*range(0x41, 0x180), *range(0x370, 0x530), *range(0x2160, 0x2170), *range(0xFF21, 0xFF3B)]:
        low = chr(table.get(code, code)).lower()
        if len(low) == 1 and ord(low) != code:
            table[code] = ord(low)
    # 藴 → 蘊 → 蕴: what is folded stays as it is when it is folded again
    return Folding({code: _end(table, code) for code in table})


def _end(table: Mapping[int, int], code: int) -> int:
    """Return where the way through a table ends; of a circle the least, so that all of it are one."""
    way = [code]
    while (code := table.get(code, code)) not in way:
        way.append(code)
    return min(way[way.index(code) :])


# Beyond OpenCC's tables: other spellings of one word, and what converters and old prints write: 計畫, 臺帳, 黏性.
_SPELLINGS = (
    "画划 帐账 黏粘 廻回 囘回 姊姐 薰熏 惟唯 紥扎 幷并 砲炮 釆采 銲焊 堿碱 塲场 隣邻 値值 劵券 鉄铁 濬浚"
)


def _alike() -> dict[int, int]:
    """Return what simplification leaves apart though a converter writes one for the other.

    徵集, 瞭解 and 關於 stay as they are in `TSCharacters`, for the sake of 宫商角徵羽, 瞭望 and 於菟; 衞 and 敍 are
    the standard of Hong Kong. For matching it is enough that both sides become the same.
    """
    table = {ord(pair[0]): ord(pair[1]) for pair in _SPELLINGS.split()}
    simplified = {row[0] for row in characters("STCharacters")}
    for name in ("STCharacters", "TWVariants", "HKVariants"):
        for base, *others in characters(name):
            for other in others:
                if other != base and other not in simplified:
                    # 擡 抬: the mainland's own character is the one to become
                    one, to = (base, other) if _of_the_mainland(other, base) else (other, base)
                    table.setdefault(ord(one), ord(to))
    return table


def _of_the_mainland(one: str, other: str) -> bool:
    """Tell whether the first of two characters is in the mainland's basic set of 1980 and the second isn't."""
    return len(one.encode("gb2312", "ignore")) > len(other.encode("gb2312", "ignore"))


def fold(text: str) -> str:
    """Fold a text to its comparable form of the same length.

    >>> fold("「雙碳」ＡＰＰ—A")
    '"双碳"app-a'
    """
    return folding().fold(text)


def compact(text: str) -> tuple[str, Sequence[int]]:
    r"""Fold a text, leave out blanks and quotation marks, and map each remaining character to where it stood.

    >>> compact("長三角\n  「一體化」")
    ('长三角一体化', [0, 1, 2, 7, 8, 9])
    """
    return folding().compact(text)


def key_of(text: str) -> str:
    """Return the key under which a written form is looked up: folded, without blanks and quotation marks.

    >>> key_of("「雪亮」工程") == key_of("雪亮 工程")
    True
    """
    return folding().key_of(text)
