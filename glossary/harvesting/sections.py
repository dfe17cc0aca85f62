"""Where glossary annexes may begin and must end: their headings, on lines of their own or in running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from glossary.harvesting.labels import label_of
from glossary.harvesting.marks import is_marked, mark_of
from glossary.reports.headings import annex_heading, is_other_annex, squeeze
from glossary.reports.lines import Paragraph
from glossary.text import simplify

__all__ = ["Heading", "headings", "limit"]

_SALUTATION = re.compile("(?:尊敬的)?(?:各位(?:代表|委员|同志|议员)|主任|主席|议长).{0,30}[：:]$")
_TITLED = re.compile("第[一二三四五六七八九十0-9]+|附|[一二三四五六七八九十]+、|《")
_DOCUMENT = re.compile("(?:工作报告|情况的?报告|草案的报告|公报|规划纲要|决议|讲话)(?:[（(].{1,10}[）)])?$")
_INLINE_HEADING = re.compile("[：:]")
_NOTE = re.compile("[（(【\\[]?((?:附|备|備)?[注註]|说明|說明)[】\\])）]?\\s*[：:]\\s*")
_CONTENTS = re.compile("(?:[.．…·]{2,}|\\s{2,}|\t)\\s*[0-9]{1,3}$")


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading in a paragraph, and how surely it is one of a glossary annex."""

    para: int
    start: int
    end: int
    offset: int  # where the annex's text begins in the paragraph, its length where it begins in the next one
    strength: float


def headings(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """Find what may be the headings of glossary annexes; contents, lists of papers and labels are left out."""
    out: list[Heading] = []
    titles = Counter(paragraph.text for paragraph in paragraphs if len(paragraph.text) <= 48)
    labels = [label_of(paragraph.text) for paragraph in paragraphs]
    recurring = Counter(label.word for label in labels if label)
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        label = labels[i]
        # a heading that comes twice stands in the contents first; 注释： under each chapter is not in the contents
        titles[text] -= 1
        if _CONTENTS.search(text) or _is_listed(paragraphs, i) or (titles[text] == 1 and _TITLED.match(text)):
            continue
        below = paragraphs[i + 1].text if i + 1 < len(paragraphs) else ""
        if label and recurring[label.word] > 1 and not (label.end >= len(text) and is_marked(below)):
            # 释义：… on every card; but 注释： over the notes of each chapter
            continue
        strength = annex_heading(text)
        if strength:
            out.append(Heading(i, 0, len(text), len(text), strength))
            continue
        inline = _inline_heading(text)
        if inline:
            out.append(Heading(i, *inline))
    return out


def _is_listed(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Tell a line of a list of papers from a heading: 1．政府工作报告 / 2．名词解释 / 3．主要指标表."""
    mark = mark_of(paragraphs[i].text)
    if mark is None or mark.number is None or len(paragraphs[i].text) > 40:
        return False
    for j, step in ((i - 1, -1), (i + 1, 1)):
        if 0 <= j < len(paragraphs) and len(paragraphs[j].text) <= 40:
            other = mark_of(paragraphs[j].text)
            if other and other.style == mark.style and other.number == mark.number + step:
                return True
    return False


def _inline_heading(text: str) -> tuple[int, int, int, float] | None:
    """Find a heading that runs into its annex: 名词解释：1．“三提三争”：…."""
    for colon in _INLINE_HEADING.finditer(text[:4000]):
        before = text[max(0, colon.start() - 40) : colon.start()]
        cut = max((before.rfind(mark) for mark in "。！？；\n"), default=-1)
        title = before[cut + 1 :]
        rest = text[colon.end() :].lstrip()
        if len(rest) < 8 or annex_heading(title.strip()) < 0.7:
            continue
        start = max(0, colon.start() - 40) + cut + 1
        lead = len(title) - len(title.lstrip())
        mark = mark_of(rest)
        if start == 0 or (mark and mark.number == 1):
            return start + lead, colon.start(), len(text) - len(rest), 0.7 if mark else 0.5
    note = _NOTE.match(text)
    if note and (
        ((mark := mark_of(text[note.end() :])) and mark.number == 1)
        or text[note.end() : note.end() + 1] in "“「"
    ):
        # 注：1.“直过民族”：指…2.…
        return note.start(1), note.end(1), note.end(), 0.5
    return None


def limit(paragraphs: Sequence[Paragraph], heading: Heading, first: int, later: Sequence[Heading]) -> int:
    """Find where an annex must end at the latest: another heading, another part, another report."""
    last = len(paragraphs)
    for other in later:
        if other.strength >= min(0.7, heading.strength) and other.para > heading.para + 1:
            last = other.para
            break
    title = mark_of(simplify(paragraphs[heading.para].text[heading.start :]))
    for i in range(first + (heading.offset < len(paragraphs[heading.para].text)), last):
        text = paragraphs[i].text
        if i > first and is_other_annex(text):
            return i
        if _SALUTATION.match(simplify(text)) and i > first + 1:
            back = i
            while (
                back > first + 1
                and i - back < 4
                and len(paragraphs[back - 1].text) <= 45
                and not re.search("[。；]", paragraphs[back - 1].text)
            ):
                back -= 1
            return back
        if (
            len(text) <= 40
            and i > first
            and _DOCUMENT.search(squeeze(text))
            and "“" not in text
            and mark_of(text) is None
        ):
            return i
        if title and title.number and i > first:
            mark = mark_of(simplify(text[:30]))
            if mark and mark.style == title.style and mark.number == title.number + 1 and len(text) <= 40:
                return i
    return last
