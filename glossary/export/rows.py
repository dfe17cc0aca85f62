"""CSV, one row a sense, and JSON Lines, one entry a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import msgspec

from glossary.export.settings import Settings, walk
from glossary.model import Entry, Sense

__all__ = ["COLUMNS", "joined", "write_csv", "write_jsonl"]

COLUMNS = (
    *("headword", "reading", "kind", "definition", "members", "variants", "english", "related"),
    *("source", "title", "region", "year", "date", "place"),
    *("since", "citation", "citation_issuer", "citation_year", "obsolete"),
)


def joined(parts: Iterable[str]) -> str:
    r"""Write several texts in one cell: a bar between, and a backslash before a bar or backslash of their own.

    >>> joined(["经济", "a|b"])
    '经济|a\\|b'
    """
    return "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def write_csv(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write one row a sense, as spreadsheets open it: UTF-8 with a byte order mark; return how many entries.

    Nothing is altered: a cell that begins with = or + stays as it is. See docs/exports.md.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    count = 0
    for entry in walk(entries, settings):
        for sense in entry.senses or (Sense(),):
            rows.writerow(_row(entry, sense))
        count += 1
    text.detach()
    return count


def _row(entry: Entry, sense: Sense) -> list[object]:
    source, cited = sense.source, sense.citation
    return [
        *(entry.headword, entry.reading, entry.kind, sense.definition, joined(sense.members)),
        *(joined(entry.variants), entry.english, joined(entry.related)),
        *(
            (source.id, source.title, source.region, source.year, source.date, source.place)
            if source
            else [None] * 6
        ),
        sense.since,
        *((cited.title, cited.issuer, cited.year) if cited else [None] * 3),
        "true" if sense.obsolete else None,
    ]


def write_jsonl(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write one entry a line, whole: what `glossary.Entry` holds; return how many."""
    count = 0
    for entry in walk(entries, settings):
        stream.write(msgspec.json.encode(entry) + b"\n")
        count += 1
    return count
