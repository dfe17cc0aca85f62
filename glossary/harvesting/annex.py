"""Glossary annexes: where they lie in a report, which layout reads them best, and the entries they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from glossary.harvesting.elsewhere import Elsewhere
from glossary.harvesting.grounds import ended, fault, rivals
from glossary.harvesting.layouts import parses
from glossary.harvesting.parse import Candidate, Context, Parse, Slice
from glossary.harvesting.sections import Heading, headings, limit
from glossary.harvesting.spans import Stretch, stretch
from glossary.harvesting.unheaded import unheaded
from glossary.model import Rejected, Section
from glossary.reports.headings import ends_as_annex
from glossary.reports.lines import Paragraph
from glossary.reports.view import View
from glossary.text import BLANK

__all__ = ["Annex", "Found", "annexes"]


class Found(msgspec.Struct, frozen=True, gc=False):
    """One entry as found: its headword, its definition, its number."""

    number: int | None
    head: Stretch
    definition: Stretch


class Annex(msgspec.Struct, frozen=True, gc=False):
    """One annex: the record of its section, and its entries."""

    section: Section
    entries: tuple[Found, ...]


def annexes(view: View, paragraphs: Sequence[Paragraph]) -> tuple[list[Annex], list[Rejected]]:
    """Find the glossary annexes of a report, headed ones first and then those that no heading announces."""
    elsewhere = Elsewhere(paragraphs)
    rejected: list[Rejected] = []
    found: list[tuple[int, int, Heading | None, Parse, list[Parse]]] = []
    found_headings = headings(paragraphs)
    taken = [False] * len(paragraphs)
    for k, heading in enumerate(found_headings):
        if taken[heading.para]:
            continue
        first = heading.para if heading.offset < len(paragraphs[heading.para].text) else heading.para + 1
        last = limit(paragraphs, heading, first, found_headings[k + 1 :])
        offset = heading.offset if first == heading.para else 0
        why, candidates = _best(paragraphs, elsewhere, first, last, offset, heading)
        if why or not candidates:
            rejected.append(_reject(view, paragraphs[heading.para], why or "heading without entries"))
            continue
        parse = ended(paragraphs, elsewhere, candidates[0])
        end = max(s[0] for entry in parse.entries for s in (entry.head, *entry.body)) + 1
        for p in range(heading.para, end):
            taken[p] = True
        found.append((heading.para, end, heading, parse, candidates[1:]))
        rejected += [
            _reject(view, paragraphs[s[0]], "stands in an annex but reads as no entry") for s in parse.stray
        ]
    # what a report explains before its 名词解释 (“银龄行动”是指…) is its body; behind it another report may stand
    headed = max((item[0] for item in found), default=0)
    for first, last in _free(taken):
        if first < headed:
            continue
        for start, end, parse, others in unheaded(paragraphs, elsewhere, first, last):
            found.append((start, end, None, parse, others))
            for p in range(start, end):
                taken[p] = True
    found.sort(key=lambda item: item[0])
    return [_annex(view, paragraphs, *item) for item in found], rejected


def _best(
    paragraphs: Sequence[Paragraph],
    elsewhere: Elsewhere,
    first: int,
    last: int,
    offset: int,
    heading: Heading,
) -> tuple[str | None, list[Parse]]:
    """Read a headed stretch by every layout; say why none will do, or return them best first."""
    if first >= last:
        return "heading with nothing below it", []
    context = Context(paragraphs, elsewhere.beside)
    candidates = parses(context, first, last, offset)
    title = ends_as_annex(paragraphs[heading.para].text[heading.start : heading.end])
    why: str | None = "heading, but nothing below it reads as entries"
    for i, parse in enumerate(rivals(candidates)[:4]):
        why_not = fault(paragraphs, elsewhere, first, last, heading.strength, title, parse)
        if why_not is None:
            return None, [parse, *candidates[:i], *candidates[i + 1 :]]
        why = why if i else why_not
    return why, []


def _free(taken: Sequence[bool]) -> list[tuple[int, int]]:
    """List the stretches that no headed annex took."""
    out = []
    start = None
    for i, used in enumerate([*taken, True]):
        if not used and start is None:
            start = i
        elif used and start is not None:
            out.append((start, i))
            start = None
    return out


def _annex(
    view: View,
    paragraphs: Sequence[Paragraph],
    first: int,
    end: int,
    heading: Heading | None,
    parse: Parse,
    others: Sequence[Parse],
) -> Annex:
    entries = tuple(_found(view, paragraphs, candidate) for candidate in parse.entries)
    start = min(entry.head.start for entry in entries)
    title = title_span = None
    if heading:
        title_span = stretch(view, paragraphs, [(heading.para, heading.start, heading.end)])
        title = title_span.text
    section = Section(
        title=title,
        title_start=title_span.start if title_span else start,
        title_end=title_span.end if title_span else start,
        start=title_span.start if title_span else start,
        end=max(entry.definition.end for entry in entries),
        layout=parse.layout,
        score=parse.score,
        evidence=parse.evidence,
        rivals=tuple((other.layout, other.score) for other in others[:5]),
    )
    return Annex(section, entries)


def _found(view: View, paragraphs: Sequence[Paragraph], candidate: Candidate) -> Found:
    return Found(
        candidate.number,
        stretch(view, paragraphs, [candidate.head, *candidate.head_rest], joined=True),
        stretch(view, paragraphs, _answer(paragraphs, candidate.body), joined=candidate.joined),
    )


def _answer(paragraphs: Sequence[Paragraph], body: Sequence[Slice]) -> list[Slice]:
    """Leave out what introduces a definition: 答：, 【解释】, a colon."""
    (p, a, b), *rest = body
    text = paragraphs[p].text
    found = _INTRODUCES.match(text, a, b)
    return [(p, found.end() if found else a, b), *rest]


_INTRODUCES = re.compile(
    f"[{BLANK}]*(?:(?:答|A)[：:]|[【〔\\[（(]?(?:释义|釋義|解释|解釋|解读|解讀|含义|定义|注释)[】〕\\])）]?[：:]|[，,：:]|[—–]{{1,2}}(?=[^—–]))?[{BLANK}]*"
)


def _reject(view: View, paragraph: Paragraph, reason: str) -> Rejected:
    start, end = view.span(paragraph.start, paragraph.end)
    return Rejected(start=start, end=end, text=paragraph.text[:80], reason=reason)
