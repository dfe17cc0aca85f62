"""Label lines of cards: 新词：… 释义：…, 【名词】… 【解读】…, 关键词①：…."""

from __future__ import annotations

import re

import msgspec

from glossary.text import simplify

__all__ = ["Label", "label_of"]

_TERM = (
    "新名词|新词|热词|名词|术语|词条|词语|词汇|词目|概念|用语|关键词|热点词|名称|缩略语|知识点|新提法|提法"
)
_DEFINITION = "名词解释|词语解释|解释|释义|注释|解读|含义|定义|说明|解析|解说|内涵|诠释|释|小贴士|注解|阐释|官方解释|[\u4e00-\u9fff]{2,4}(?:解词|释词|解读|解释|释义)"
_OTHER = "出处|报告原声|原声|报告摘录|摘录|来源|报告原文|原文|例句|背景|原句|关联|相关|链接|意义|领域|类别|分类|页码|英文|拼音|责任单位|亮点|点评|延伸"
_NUMBER = "(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])"
_LABEL = re.compile(
    f"\\s*(?P<open>[【〔\\[（(〖◆●■▶★※]?)\\s*(?P<word>(?P<definition>{_DEFINITION})|(?P<term>{_TERM})|(?P<other>{_OTHER}))\\s*(?P<number>{_NUMBER})?\\s*(?P<close>[】〕\\]）)〗]?)\\s*(?P<colon>[：:]?)\\s*"
)


_BRACKETED = re.compile("\\s*【([\u4e00-\u9fff]{2,6})】\\s*[：:]?\\s*")


_MAY = re.compile("[：:】〕\\]）)〗]")


class Label(msgspec.Struct, frozen=True, gc=False):
    """A label that opens a line: its word, what it announces, its number, and its span."""

    word: str
    role: str
    number: int | None
    start: int
    end: int


def label_of(text: str, start: int = 0, *, within: bool = False) -> Label | None:
    """Read the label that opens a text at `start`, or with `within` the next one inside the line.

    >>> label_of("【解读】指老街的更新。").role, label_of("名词解释工作").role if label_of("名词解释工作") else None
    ('definition', None)
    """
    if not within and not _MAY.search(text, start, start + 24) and len(text) - start > 12:
        return None
    flat = simplify(text if within else text[: start + 60])
    if within:
        for found in _LABEL.finditer(flat, start):
            if (found["open"] in tuple("【〔[〖") and found["close"]) or (
                found["colon"] and flat[found.start() : found.start() + 1] in " \u3000"
            ):
                return _label(found)
        return None
    label = _LABEL.match(flat, start)
    if label is None:
        other = _BRACKETED.match(flat, start)
        return Label(other[1], "other", None, other.start(), other.end()) if other else None
    bracketed = bool(label["open"] and label["close"])
    if not (bracketed or label["colon"] or label.end() == len(text)):
        return None
    return _label(label)


def _label(found: re.Match[str]) -> Label:
    role = "term" if found["term"] else "definition" if found["definition"] else "other"
    number = found["number"]
    return Label(
        found["word"],
        role,
        int(number) if number and number.isdecimal() else None,
        found.start(),
        found.end(),
    )
