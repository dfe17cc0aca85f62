"""A cleaned view of a text: what bad conversions left behind is seen through, and every character keeps its origin."""

from __future__ import annotations

import html
import re
from array import array
from collections import Counter
from collections.abc import Sequence

from glossary.model import Span

__all__ = ["View", "clean"]

# Pinyin set over a character and flattened into the line: 報(bào)告. A tone mark tells it from an abbreviation.
_RUBY = re.compile(
    "(?<=[\u3400-\u9fff])[(（][a-zü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,4}[)）]", re.IGNORECASE
)
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\r]+")
_ENTITY = re.compile("&(?:#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_TAG = re.compile(
    "</?(?:p|br|div|span|strong|b|i|u|em|font|a|ul|ol|li|table|tbody|tr|td|th|h[1-6]|o:p|st1:\\w+|img|hr|sup|sub"
    "|center|section|article|blockquote)(?:\\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile("</?(?:p|br|div|li|tr|h[1-6]|hr|table|section|article|blockquote)\\b", re.IGNORECASE)
# 困难家庭（下转07版）　（上接03版）的孩子免费
_JUMP = re.compile("[（(]下[转轉接][^（）()\n]{1,8}[版页頁][）)]\\s*[（(]上接[^（）()\n]{1,8}[版页頁][）)]")
# 两成（下转09版） at the end of a column, （上接08版）服务费 at the beginning of the next one
_HALF_JUMP = re.compile(
    "(?<=[^\\s])([（(]下[转轉接][^（）()\n]{1,8}[版页頁][）)])(?=\\s*$)|^[ \\t\u3000]*([（(]上接[^（）()\n]{1,8}[版页頁][）)])(?=\\S)",
    re.MULTILINE,
)
# Forums hide strings such as «% x, q9 T$ m» at the ends of lines against copying: short pieces of ASCII that
# make no word, with blanks between and signs among them.
_PIECES = re.compile(
    "(?:(?<=^)|(?<=[^\x21-\x7e]))(?:[\x21-\x7e]{1,8}[ \t]+){2,}[\x21-\x7e]{1,8}[ \t]*$", re.MULTILINE
)
_PIECES_FIRST = re.compile("^[ \t]*(?:[\x21-\x7e]{1,8}[ \t]+){2,}(?=[^\x00-\x7f])", re.MULTILINE)
# What must stand in the text for either to be worth looking for: it spares most texts the search.
_HINTS = (
    (re.compile("[ \t][\x21-\x7e]{1,8}[ \t]*$", re.MULTILINE), _PIECES),
    (re.compile("^[ \t]*[\x21-\x7e]{1,8}[ \t]+[\x21-\x7e]{1,8}[ \t]", re.MULTILINE), _PIECES_FIRST),
)
_SIGNS = re.compile("[!@#$%^&*~{}|<>=`;?+_\\\\]")
_HAN = re.compile("[\u3400-\u9fff]")
_SPACED = re.compile(
    "(?<=[\u3400-\u9fff，。、；：「」『』“”（）])[ \u00a0](?=[\u3400-\u9fff，。、；：「」『』“”（）])"
)
_WORD = re.compile("[A-Za-z]{4,}")


class View:
    """A cleaned text and, for each of its characters, the offset where it stood in the original."""

    __slots__ = ("origin", "text")

    def __init__(self, text: str, origin: Sequence[int]) -> None:
        self.text = text
        self.origin = origin

    def span(self, start: int, end: int) -> Span:
        """Map a half-open span of the view to one of the original text."""
        if start >= end:
            at = (
                self.origin[start]
                if start < len(self.origin)
                else (self.origin[-1] + 1 if self.origin else 0)
            )
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


def clean(text: str) -> View:
    r"""See through the residue of conversions: entities, tags, flattened ruby, invisible marks, copy protection.

    Nothing else is changed; the time is linear in the length of the text.

    >>> clean("報(bào)告&ldquo;雙碳&rdquo;<br/>").text
    '報告“雙碳”\n'
    """
    cuts = sorted(_residue(text) + _protection(text) + _spacing(text))
    if not cuts:
        return View(text, range(len(text)))
    parts: list[str] = []
    origin = array("I")
    last = 0
    for start, end, instead in cuts:
        if start < last:
            continue
        parts.append(text[last:start])
        origin.extend(range(last, start))
        parts.append(instead)
        origin.extend([start] * len(instead))
        last = end
    parts.append(text[last:])
    origin.extend(range(last, len(text)))
    return View("".join(parts), origin)


def _spacing(text: str) -> list[tuple[int, int, str]]:
    """Close up a text that is letter-spaced throughout: 政 府 施 政 報 告."""
    sample = text[:20000]
    if sample.count(" ") + sample.count("\xa0") < 0.2 * len(sample):
        return []
    spaced = len(_SPACED.findall(sample))
    if spaced < 40 or spaced < 0.4 * len(_HAN.findall(sample)):
        return []
    return [(found.start(), found.end(), "") for found in _SPACED.finditer(text)]


def _residue(text: str) -> list[tuple[int, int, str]]:
    """Find what conversions left behind; each kind is looked for only where its first sign stands in the text."""
    cuts = [(found.start(), found.end(), "") for found in _INVISIBLE.finditer(text)]
    if "上接" in text or "下转" in text:
        cuts += [(found.start(), found.end(), "") for found in _JUMP.finditer(text)]
        cuts += [(*found.span(found.lastindex or 1), "") for found in _HALF_JUMP.finditer(text)]
    if _TONED.search(text):
        cuts += [(found.start(), found.end(), "") for found in _RUBY.finditer(text)]
    if "&" in text:
        for found in _ENTITY.finditer(text):
            char = html.unescape(found.group())
            if len(char) == 1:
                cuts.append((found.start(), found.end(), char))
    if "<" in text:
        for found in _TAG.finditer(text):
            # a tag in a cell of a Markdown table must not break the row
            row = text.startswith("|", text.rfind("\n", 0, found.start()) + 1)
            breaks = _BREAKING.match(found.group())
            cuts.append((found.start(), found.end(), (" " if row else "\n") if breaks else ""))
    return cuts


# The same tail at the ends of several lines: «  来自: 某某社区 bbs.example.com».
_TAIL = re.compile(
    "(?:^|(?<=\\S)[ \t\u3000]|(?<=[。！？”]))[ \t\u3000]*((?:内容|本文|文章)?(?:来自|出自|转自|版权归)[^\n]{0,40}|[^\n]{0,12}(?:www\\.|bbs\\.|https?://)[^\n]{4,40})$",
    re.MULTILINE,
)


_ORIGINS = ("来自", "出自", "转自", "版权归", "www.", "bbs.", "http")
_ADDRESS = re.compile("(?:来自|出自|转自).*(?:www\\.|bbs\\.|https?://)")


def _protection(text: str) -> list[tuple[int, int, str]]:
    """Find copy-protection strings: only where signs stand among the pieces and no word does."""
    cuts = []
    patterns = [pattern for hint, pattern in _HINTS if hint.search(text)]
    for pattern in patterns:
        for found in pattern.finditer(text):
            pieces = found.group().split()
            short = sum(len(piece) <= 2 for piece in pieces)
            signs = len(_SIGNS.findall(found.group()))
            mixed = re.search("[0-9]", found.group()) and re.search("[A-Za-z]", found.group())
            if (
                (signs >= 2 or (len(pieces) >= 5 and short == len(pieces) and (signs or mixed)))
                and not _WORD.search(found.group())
                and short * 2 >= len(pieces)
            ):
                cuts.append((found.start(), found.end(), ""))
    if not any(word in text for word in _ORIGINS):
        return cuts
    tails = [(found.start(), found.end(), found[1].strip()) for found in _TAIL.finditer(text)]
    often = Counter(tail for _, _, tail in tails)
    cuts += [(start, end, "") for start, end, tail in tails if often[tail] > 1 or _ADDRESS.search(tail)]
    return cuts
