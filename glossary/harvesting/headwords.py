"""Headwords as they are printed and as they are named: outer quotes, letter-spacing, page references, several at once."""

from __future__ import annotations

import re

from glossary.quotes import CLOSING, OPENING, quoted_spans
from glossary.text import BLANK

__all__ = ["headword", "names"]

_REFERENCE = re.compile(
    f"[{BLANK}]*[（(\\[【〔](?:见|見|详见|參見|参见|载|载于|報告|报告|正文|原文|文中|第|P|p\\.?)[^（）()\\[\\]【】]{{0,14}}?[0-9０-９]+[^（）()\\[\\]【】]{{0,10}}[)）\\]】〕]$|[{BLANK}]*[①-⑳]$|[{BLANK}]*[（(\\[【〔][0-9０-９]{{1,3}}[)）\\]】〕]$"
)
_ABOUT = re.compile(
    "^(?:本(?:报告|纲要|规划|计划|文|办法|条例|规定|白皮书)?(?:所称|所指|中的?|提到的)|所谓的?|所称的?|文中的?|报告中的?|報告中的?|關於|关于(?=[“「])|什么是|何谓|何为)"
)
_SPACED = re.compile(f"[^{BLANK}](?:[{BLANK}]+[^{BLANK}])+")
_HAN = "\u3400-\u9fff"
_LOOSE = re.compile(f"(?<=[{_HAN}“”‘’「」『』（）])[{BLANK}]+(?=[{_HAN}“”‘’「」『』（）])")
_JOINT = re.compile(
    '(?<=[”」』"])[、，,/／]?(?=[“「『"])|[、/／](?![^（(]*[)）])|(?<=[”」』"])[和与與及](?=[“「『"])'
)


def headword(printed: str) -> str:
    """Make a printed headword its canonical form: no outer quotes, no letter-spacing, no page reference.

    >>> headword("“雪亮工程”"), headword("“两旧”改造"), headword("一 网 通 办"), headword("诉源治理（报告第2页第6行）")
    ('雪亮工程', '“两旧”改造', '一网通办', '诉源治理')
    """
    text = printed.strip().strip("：:—–－*#■◆●|｜").strip()
    text = _REFERENCE.sub("", text).strip()
    text = _ABOUT.sub("", text).strip("，, ")
    if _SPACED.fullmatch(text):
        text = re.sub(f"[{BLANK}]+", "", text)
    text = _LOOSE.sub("", text).replace("\n", "")
    while len(text) > 2 and text[0] in OPENING + "【〖〔《" and _one_pair(text):
        if text[0] == "《":
            break
        text = text[1:-1].strip()
    # a quote that lost its other half
    if text[:1] in "“「『" and not any(mark in text for mark in "”」』"):
        text = text[1:]
    if text[-1:] in "”」』" and not any(mark in text for mark in "“「『"):
        text = text[:-1]
    return text or printed.strip()


def _one_pair(text: str) -> bool:
    """Tell whether one pair of marks encloses the whole: “雪亮工程”, not “双高”“双普”."""
    if text[0] in "【〖〔":
        return text[-1] in "】〗〕" and not re.search("[【】〖〗〔〕]", text[1:-1])
    return text[-1] in CLOSING and (1, len(text) - 1) in quoted_spans(text)


def names(head: str) -> tuple[str, ...]:
    """Return the single headwords where one entry names several: “双高”“双普”, “四上”企业/规上企业.

    A list inside one pair of quotes is one headword. Empty where there is only one.

    >>> names("“天网”和“雪亮”工程"), names("一个中心、两块经济、三大战略"), names("“双高”“双普”")
    (('天网', '“雪亮”工程'), (), ('双高', '双普'))
    """
    hidden = list(head)
    for a, b in quoted_spans(head):
        hidden[a:b] = "·" * (b - a)
    flat = "".join(hidden)
    quoted = any(mark in head for mark in OPENING)
    if not quoted and "/" not in head and "／" not in head:
        return ()
    cuts = [(found.start(), found.end()) for found in _JOINT.finditer(flat)]
    if not cuts:
        return ()
    parts = []
    last = 0
    for a, b in [*cuts, (len(head), len(head))]:
        part = headword(head[last:a]) if head[last:a].strip() else ""
        if part:
            parts.append(part)
        last = b
    return tuple(parts) if len(parts) > 1 and all(len(part) > 1 for part in parts) else ()
