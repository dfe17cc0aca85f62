"""What spreadsheets and term bases do to names and dates, undone alike for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date

import msgspec

from glossary.errors import DataError
from glossary.model import Citation, Entry, Sense, Source

__all__ = ["dated", "tidy"]

_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]00:00(?::00)?)?")


def dated(written: str | None, where: str) -> str | None:
    """Write a date as ISO does; a spreadsheet makes 2023/1/6 of 2023-01-06 when it saves.

    >>> dated("2023/1/6", "a.csv: line 2")
    '2023-01-06'

    Raises:
        DataError: it is no date; the message says where.
    """
    if not (written and written.strip()):
        return None
    match = _DATE.fullmatch(written.strip())
    try:
        if match is None:
            raise ValueError
        return Date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        raise DataError(f"{where}: date is one such as 2023-01-06, not {written!r}.") from None


def tidy(entry: Entry) -> Entry:
    """Take the blanks at the ends of names and titles, which one doesn't see and nothing is found with.

    Definitions stay as they are: their offsets may count the blanks.
    """
    return msgspec.structs.replace(
        entry,
        headword=entry.headword.strip(),
        reading=entry.reading.strip(),
        variants=_stripped(entry.variants),
        english=_text(entry.english),
        related=_stripped(entry.related),
        senses=tuple(map(_sense, entry.senses)),
    )


def _sense(sense: Sense) -> Sense:
    return msgspec.structs.replace(
        sense,
        members=_stripped(sense.members),
        source=sense.source and _source(sense.source),
        citation=sense.citation and _citation(sense.citation),
    )


def _source(source: Source) -> Source:
    return msgspec.structs.replace(
        source,
        id=source.id.strip(),
        title=_text(source.title),
        region=_text(source.region),
        place=_text(source.place),
    )


def _citation(citation: Citation) -> Citation:
    return msgspec.structs.replace(citation, title=citation.title.strip(), issuer=_text(citation.issuer))


def _text(text: str | None) -> str | None:
    return (text or "").strip() or None


def _stripped(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, texts)))
