"""Harvests, entries and hits as rows for `--json` and as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glossary.merging import grouped
from glossary.model import AnnexEntry, Entry, Harvest, Hit
from glossary.render.terms import Term, cite, origin

__all__ = ["entry_row", "entry_text", "explained", "harvest_rows", "harvest_text", "hit_text"]


def harvest_rows(path: str, harvest: Harvest) -> Iterator[dict[str, Any]]:
    """Yield the objects that `glossary harvest --json` prints."""
    report = harvest.report
    yield {
        "type": "report",
        "path": path,
        "title": report.title,
        "region": report.region,
        "year": report.year,
        "date": report.date,
        "meeting": report.meeting,
        "speaker": report.speaker,
        "script": report.script,
        "body": list(report.body),
    }
    for entry in harvest.entries:
        yield {"type": "entry", "path": path, **_annex_row(entry, harvest)}
    for quote in harvest.quotes:
        yield {
            "type": "quote",
            "path": path,
            "text": quote.text,
            "name": quote.name,
            "kind": quote.kind,
            "count": quote.count,
            "positions": [list(span) for span in quote.positions],
        }
    for inline in harvest.inline:
        yield {
            "type": "inline",
            "path": path,
            "term": inline.term,
            "kind": inline.kind,
            "definition": inline.definition,
            "members": list(inline.members),
            "start": inline.start,
            "end": inline.end,
        }
    for rejected in harvest.rejected:
        yield {
            "type": "rejected",
            "path": path,
            "start": rejected.start,
            "end": rejected.end,
            "text": rejected.text,
            "reason": rejected.reason,
        }


def _annex_row(entry: AnnexEntry, harvest: Harvest) -> dict[str, Any]:
    sense = entry.sense
    return {
        "n": entry.n,
        "term": entry.headword,
        "kind": entry.kind,
        "definition": sense.definition,
        "start": sense.start,
        "end": sense.end,
        "gaps": [list(gap) for gap in sense.gaps],
        "term_start": entry.start,
        "term_end": entry.end,
        "section": harvest.sections[entry.section].title,
        "section_start": harvest.sections[entry.section].start,
        "section_end": harvest.sections[entry.section].end,
        "members": list(sense.members),
        "names": list(entry.names),
        "related": list(entry.related),
        "first": entry.first,
        "subterms": [
            {
                "term": sub.term,
                "definition": sub.definition,
                "members": list(sub.members),
                "start": sub.start,
                "end": sub.end,
            }
            for sub in sense.subterms
        ],
    }


def harvest_text(harvest: Harvest) -> str:
    """Return a harvest as lines to read."""
    report = harvest.report
    about = [report.region, report.date or (str(report.year) if report.year else None), report.speaker]
    lines = [report.title or report.id, "  ".join(value for value in about if value), ""]
    for index, section in enumerate(harvest.sections):
        entries = [entry for entry in harvest.entries if entry.section == index]
        lines.append(f"{section.title or '（无标题的名词解释）'}  {len(entries)} 条")
        lines += [f"  {entry.n:>3}  {entry.headword}：{entry.sense.definition}" for entry in entries]
        lines.append("")
    if harvest.inline:
        lines.append(f"文中解释  {len(harvest.inline)} 处")
        lines += [f"       {inline.term}：{inline.gloss}" for inline in harvest.inline]
        lines.append("")
    if harvest.quotes:
        lines.append(f"引号里的说法  {len(harvest.quotes)} 个")
        lines += [f"  {quote.count:>3}×  {quote.name}  [{quote.kind}]" for quote in harvest.quotes]
    return "\n".join(lines).rstrip()


def explained(harvest: Harvest) -> str:
    """Return why a harvest is as it is: layouts and their rivals, entries the body never uses, what was left out."""
    lines = [harvest.report.title or harvest.report.id]
    if not harvest.sections:
        lines.append("no glossary annex found")
    for index, section in enumerate(harvest.sections):
        entries = [entry for entry in harvest.entries if entry.section == index]
        lines += [
            "",
            f"annex {section.title or '(no heading)'} at {section.start}–{section.end}: {len(entries)} entries",
        ]
        lines.append(f"  layout chosen: {section.layout} (score {section.score})")
        lines += [f"    {reason}" for reason in section.evidence]
        lines += [f"  rather than: {layout} (score {score})" for layout, score in section.rivals]
        unused = [entry.headword for entry in entries if entry.first is None]
        if unused:
            lines.append(f"  never in the body: {'、'.join(unused)}")
    if harvest.rejected:
        lines += ["", f"left out: {len(harvest.rejected)}"]
        lines += [f"  {r.start}–{r.end} {r.text[:30]!r}: {r.reason}" for r in harvest.rejected]
    if harvest.quotes:
        from glossary.harvesting.quotations import explain

        reasons = explain(harvest.report.text, *harvest.report.body)
        lines += ["", f"quoted expressions: {len(harvest.quotes)}"]
        for quote in harvest.quotes:
            why = "; ".join(reasons.get(quote.text, []))
            lines.append(f"  {quote.text} → {quote.name} [{quote.kind}]: {why}")
    return "\n".join(lines)


def entry_row(entry: Entry) -> dict[str, Any]:
    """Return an entry as `glossary lookup --json` prints it."""
    import msgspec

    row: dict[str, Any] = msgspec.to_builtins(entry)
    return {"term": entry.headword} | row


def entry_text(entry: Entry) -> str:
    """Return an entry as lines to read."""
    lines = [
        f"{entry.headword}  {entry.reading}  [{entry.kind}]" + (f"  {entry.english}" if entry.english else "")
    ]
    for group in grouped(entry.senses):
        lines.append(f"  {group[0].definition or '尚无释义'}")
        if members := Term(entry, group[0], ()).members:
            lines.append(f"    包括：{members}")
        lines += dict.fromkeys(f"    {said}" for sense in group if (said := origin(sense)))
        lines += [f"    —— {cite(sense.source)}" for sense in group if sense.source]
    if entry.related:
        lines.append(f"  参见：{'、'.join(entry.related)}")
    return "\n".join(lines)


def hit_text(hit: Hit) -> str:
    """Return a hit as one line: the headword, why it was found, and a gloss."""
    gloss = next((sense.definition for sense in hit.entry.senses if sense.definition), "尚无释义")
    first = gloss.split("。")[0]
    return f"{hit.entry.headword}  {hit.entry.reading}  ({hit.field}: {hit.matched})  {first[:60]}"
