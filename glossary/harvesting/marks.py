"""Marks that open the items of a list: 1. １． 一、 （一） ① [12] 【1】 注1： ● and their like, read as style and number."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from glossary.text import simplify

__all__ = ["BULLETS", "Mark", "is_marked", "lone_number", "mark_of", "marks_within"]

BULLETS = "•●○◆◇■□▲△▼▽★☆※►▶▪▫◎⊙◉·・∙✦✧✓√→☞❖➤➢♦⬥⚫◾◽\uf06c\uf0b7\uf06e\uf0d8"
_CHINESE = "〇一二三四五六七八九十百"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_VALUE = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_ROMAN = {c: i + 1 for i, c in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")} | {c: i + 1 for i, c in enumerate("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ")}
# Blocks of Unicode in which a number and its ring, bracket or dot are one character.
_SINGLE = (
    (0x2460, 20, "①"),
    (0x3251, 15, "①"),
    (0x32B1, 15, "①"),
    (0x2474, 20, "(1)"),
    (0x2488, 20, "1."),
    (0x2776, 10, "❶"),
    (0x24EB, 10, "❶"),
    (0x2780, 10, "①"),
    (0x278A, 10, "❶"),
    (0x3220, 10, "(一)"),
)
_BASE = {0x3251: 21, 0x32B1: 36, 0x24EB: 11}
_NUMBERS = {
    chr(first + i): (style, _BASE.get(first, 1) + i) for first, count, style in _SINGLE for i in range(count)
}
_OPEN, _CLOSE = "（(［[【〔〖〈<《", "）)］]】〕〗〉>》"
_NORMAL = str.maketrans("（）［］．，：〈〉《》＊", "()[].,:<><>*")
_DIGITS = "0-9０-９"
_MARK = re.compile(
    "\\s*(?:"
    f"(?P<open>[{re.escape(_OPEN)}])\\s*(?P<note0>注)?(?P<inner>[{_DIGITS}]{{1,3}}|[{_CHINESE}]{{1,4}}|[a-zA-Z])\\s*(?P<close>[{re.escape(_CLOSE)}])(?P<tail0>[、.．:：]?)"
    f"|(?P<single>[{''.join(map(re.escape, _NUMBERS))}])(?P<tail1>[、.．:：]?)"
    f"|(?P<note>注释?|註釋?|名词|名詞|词条|词语|词汇|新词|热词|术语|概念|关键词|知识点|用语|链接|附注|第)\\s*(?P<noted>[{_DIGITS}]{{1,3}}|[{_CHINESE}]{{1,3}}|[{''.join(map(re.escape, _NUMBERS))}])\\s*(?P<tail2>[条個个词]?\\s*[、.．:：）)]|(?=[\\s\u3000“「『【《]))"
    # 2.1　智慧水务: a number of two parts is one only before a blank, for 3.5万吨 is a figure
    f"|(?P<part>[{_DIGITS}]{{1,2}}[.．])(?P<decimal>[{_DIGITS}]{{1,2}})(?=[\\s\u3000]|$)"
    # 01公共数据: a zero in front makes a number a mark without any sign behind it
    "|(?P<zero>0[1-9])(?=[\u3400-\u9fff“「『])"
    f"|(?P<number>[{_DIGITS}]{{1,3}})\\s*(?P<delim>[、)）]|(?:[．.,，])(?![{_DIGITS}])|[:：](?!\\d)|(?=\\s+[^\\s{_DIGITS}])|(?=[“「『【〖《]))"
    f"|(?P<han>[{_CHINESE}]{{1,4}})\\s*(?P<hdelim>[、．.:：]|(?=\\s+\\S{2}))"
    f"|(?P<stem>[{_STEMS}{_FORMAL}貳參陸])[、．]"
    "|(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ]|[IVX]{1,4}(?=[.、．)）]))\\s*(?P<rdelim>[、．.)）]?)"
    "|(?P<letter>[A-Za-zＡ-Ｚａ-ｚ])(?P<ldelim>[．、.)）])(?![A-Za-z])"
    f"|(?P<bullet>[{re.escape(BULLETS)}]+|[-–—*＊+]{{1,2}}(?=\\s|[\u3400-\u9fff“「『]))"
    ")\\s*"
)
_JOINT = re.compile("[、,，—–~～至-]?")
_STARS = re.compile("[-–—*＊+]+")


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A list mark: `style` is its skeleton ("1.", "(一)", "①", "•"), `end` where the item's text begins."""

    style: str
    number: int | None
    end: int

    @property
    def family(self) -> str:
        """Return the style without its delimiter, so that a misprinted 3. counts among 2、 and 4、."""
        return {"1.": "1", "1、": "1", "1)": "1", "1,": "1", "1:": "1", "1": "1"}.get(self.style, self.style)


def mark_of(text: str) -> Mark | None:
    """Read the list mark that opens a text, or `None`.

    >>> mark_of("１１．“一打三整治”"), mark_of("【2】四送一服"), mark_of("3.5万吨"), mark_of("◆“六无”")
    (Mark(style='1.', number=11, end=3), Mark(style='【1】', number=2, end=3), None, Mark(style='•', number=None, end=1))
    """
    return _read_mark(text[:24])


@lru_cache(maxsize=8192)
def _read_mark(text: str) -> Mark | None:
    found = _MARK.match(text)
    if found is None:
        return None
    end = found.end()
    kind = found.lastgroup
    if found["open"]:
        pair = _OPEN.index(found["open"]) == _CLOSE.index(found["close"])
        number, shape = _number(found["inner"])
        if not pair:
            return None
        style = f"{found['open']}{shape}{found['close']}".translate(_NORMAL)
        return Mark(style, number, _stacked(text, style, number, end))
    if found["single"]:
        style, value = _NUMBERS[found["single"]]
        return Mark(style, value, _stacked(text, style, value, end))
    if found["note"]:
        noted = found["noted"]
        number = _NUMBERS[noted][1] if noted in _NUMBERS else _number(noted)[0]
        return Mark(simplify(found["note"])[0] + "1", number, end)
    if found["decimal"]:
        return Mark(f"{int(found['part'][:-1])}.n", _number(found["decimal"])[0], end)
    if found["zero"]:
        return Mark("01", int(found["zero"]), end)
    if found["number"]:
        number, _ = _number(found["number"])
        return Mark("1" + found["delim"].translate(_NORMAL).strip(), number, end)
    if found["han"]:
        number, shape = _number(found["han"])
        if not found["hdelim"] and found["han"] in ("百", "〇"):
            return None
        return Mark("一" + found["hdelim"].translate(_NORMAL), number, end)
    if found["stem"]:
        stem = simplify(found["stem"]).replace("参", "叁")
        row = _STEMS if stem in _STEMS else _FORMAL
        return Mark(row[0] + "、", row.index(stem) + 1, end)
    if found["roman"]:
        return Mark("I", _ROMAN.get(found["roman"]) or _latin_roman(found["roman"]), end)
    if found["letter"]:
        letter = found["letter"].translate({0xFF21 + i: 0x41 + i for i in range(58)})
        return Mark("A" if letter.isupper() else "a", ord(letter.lower()) - 96, end)
    assert kind is not None
    glyph = found["bullet"]
    return Mark(glyph[0] if _STARS.fullmatch(glyph) else "•", None, end)


def _stacked(text: str, style: str, number: int | None, end: int) -> int:
    """Go past the numbers of further notes that share one text: [6][7] 百企入云、链长制."""
    joint = _JOINT.match(text, end)
    after = _read_mark(text[joint.end() :]) if joint and number else None
    if joint and after and after.style == style and number and after.number and after.number > number:
        return joint.end() + after.end
    return end


def lone_number(text: str) -> Mark | None:
    """Read a number that has a line of its own as a mark."""
    return Mark("1", int(text), len(text)) if re.fullmatch(f"[{_DIGITS}]{{1,3}}", text) else None


def is_marked(text: str) -> bool:
    """Tell whether a text opens with a list mark."""
    return (mark_of(text) or lone_number(text)) is not None


def marks_within(text: str, style: str, number: int, start: int) -> tuple[int, Mark] | None:
    """Find inside a line the mark of a style with a given number, behind the end of a sentence.

    For annexes that run on: …争位次。2．“智改数转”：…
    """
    for boundary in _BOUNDARY.finditer(text, start):
        found = mark_of(text[boundary.end() : boundary.end() + 24])
        if found and found.style == style and found.number == number:
            at = boundary.end()
            return at, Mark(found.style, found.number, at + found.end)
    return None


_BOUNDARY = re.compile("(?<=[。；;！：:”）)】.．])\\s*(?=[^\\s。；，、])")


def _number(text: str) -> tuple[int | None, str]:
    """Read a number and name its shape: 12 → (12, "1"), 十二 → (12, "一"), b → (2, "a")."""
    if text[0] in _VALUE or text[0] in "十百":
        return _chinese(text), "一"
    if text.isdigit():
        return int(text), "1"
    return ord(text.lower()) - 96, "a" if text.islower() else "A"


def _chinese(text: str) -> int:
    total = 0
    hundred, has_hundred, rest = text.partition("百")
    if has_hundred:
        total += 100 * _VALUE.get(hundred or "一", 1)
        text = rest.removeprefix("〇")
    tens, has_ten, ones = text.partition("十")
    if has_ten:
        return total + 10 * _VALUE.get(tens or "一", 1) + _VALUE.get(ones, 0)
    return total + (int("".join(str(_VALUE[c]) for c in text if c in _VALUE) or 0))


def _latin_roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for char, after in zip(text, [*text[1:], ""], strict=True):
        value = values[char]
        total += -value if after and values[after] > value else value
    return total
