"""From a report to what it explains: annex entries, quoted expressions, inline explanations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from glossary.harvesting.annex import Annex, Found, annexes
from glossary.harvesting.headwords import headword, names
from glossary.harvesting.inline import inline
from glossary.harvesting.kinds import kind_of
from glossary.harvesting.quotations import quotations
from glossary.harvesting.references import resolve
from glossary.harvesting.subterms import subterms
from glossary.members import members
from glossary.model import AnnexEntry, Harvest, Quote, Report, Sense, Span, Subterm
from glossary.quotes import CLOSING, OPENING
from glossary.reports import survey
from glossary.reports.lines import paragraphs_of
from glossary.text import BLANK

__all__ = ["harvest"]


def harvest(report: Report) -> Harvest:
    """Harvest a report: the entries of its glossary annexes, its quoted expressions, what it explains in passing.

    All offsets refer to `report.text`. `harvest.report` is the report with its body ended before an annex that no
    heading announces.
    """
    view, lines = survey(report.text)
    paragraphs = paragraphs_of(lines)
    found, rejected = annexes(view, paragraphs)
    body = _body(report, found)
    spans = [(annex.section.start, annex.section.end) for annex in found]
    rest = _without(body, spans)
    entries: list[AnnexEntry] = []
    for index, annex in enumerate(found):
        entries += [_entry(report, rest, annex, index, i + 1, entry) for i, entry in enumerate(annex.entries)]
    quotes = tuple(_outside(quotations(report.text, *body), spans))
    kinds = {quote.text: quote.kind for quote in quotes}
    return Harvest(
        report=report if body == report.body else msgspec.structs.replace(report, body=body),
        entries=resolve(entries),
        sections=tuple(annex.section for annex in found),
        quotes=quotes,
        inline=tuple(
            msgspec.structs.replace(said, kind=kinds.get(said.term) or kind_of(said.term))
            for said in inline(report.text, *body)
            if not _inside(said.start, spans)
        ),
        rejected=tuple(rejected),
    )


def _body(report: Report, found: list[Annex]) -> Span:
    """End the body before the first annex that stands behind it or in its tail, heading or not."""
    start, end = report.body
    for annex in found:
        if start < annex.section.start < end and annex.section.end > end - (end - start) // 20:
            end = len(report.text[: annex.section.start].rstrip())
            break
    return start, end


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _outside(quotes: Iterable[Quote], annexes: Sequence[Span]) -> Iterator[Quote]:
    """Leave out what stands in an annex: an annex in the middle of a report is no part of its body."""
    for quote in quotes:
        kept = tuple(span for span in quote.positions if not _inside(span[0], annexes))
        if kept:
            yield quote if len(kept) == quote.count else msgspec.structs.replace(quote, positions=kept)


def _without(body: Span, annexes: Sequence[Span]) -> list[Span]:
    """Return what of the body lies in no annex: nothing where an annex is published as a page of its own."""
    out = []
    at, last = body
    for start, end in sorted(annexes):
        if at < min(start, last):
            out.append((at, min(start, last)))
        at = max(at, end)
    return [*out, (at, last)] if at < last else out


def _first(text: str, rest: Sequence[Span], term: str) -> int | None:
    """Find where a headword first stands in the body, whatever quotation marks and blanks stand in it."""
    at = min((at for span in rest if (at := text.find(term, *span)) >= 0), default=None)
    if at is None:
        plain = _SEAMS.sub("", term)
        if len(plain) < 2 or len(plain) > 60:
            return None
        loose = re.compile(_SEAM.join(map(re.escape, plain)))
        return min((found.start() for span in rest if (found := loose.search(text, *span))), default=None)
    return at


_SEAM = f"[{OPENING}{CLOSING}{BLANK}]*"
_SEAMS = re.compile(f"[{OPENING}{CLOSING}{BLANK}]+")


def _entry(
    report: Report, rest: Sequence[Span], annex: Annex, section: int, count: int, found: Found
) -> AnnexEntry:
    term = headword(found.head.text)
    definition = found.definition
    parts = names(term)
    number = found.number if found.number is not None else count
    title = annex.section.title or "名词解释"
    listed = members(term, definition.text)
    start = report.text.find(term, found.head.start, found.head.end)
    first = _first(report.text, rest, term)
    if first is None and parts:
        places = [_first(report.text, rest, part) for part in parts]
        first = min((at for at in places if at is not None), default=None)
    return AnnexEntry(
        headword=term,
        kind=kind_of(term, definition=definition.text, enumerated=bool(listed.items)),
        senses=(
            Sense(
                definition=definition.text,
                members=listed.items if listed.complete else (),
                source=report.source(f"{title} {number}"),
                start=definition.start,
                end=definition.end,
                gaps=definition.gaps,
                subterms=tuple(_subterms(found)),
            ),
        ),
        n=number,
        section=section,
        start=start if start >= 0 else found.head.start,
        end=start + len(term) if start >= 0 else found.head.end,
        names=parts,
        first=first,
    )


def _subterms(found: Found) -> list[Subterm]:
    """Place the terms that a definition itself defines in the report's text."""
    out = []
    for sub in subterms(found.definition.text):
        start, end = found.definition.locate(sub.start, sub.end)
        out.append(
            Subterm(
                term=sub.term,
                definition=found.definition.text[sub.start : sub.end],
                members=sub.members,
                start=start,
                end=end,
            )
        )
    return out
