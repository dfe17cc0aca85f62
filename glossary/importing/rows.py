"""CSV, one row a sense, and JSON Lines, one entry a line: what `export` writes, and what spreadsheets make of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossary.errors import DataError, ReadError
from glossary.export.rows import COLUMNS
from glossary.importing.tidying import dated
from glossary.model import KINDS, Citation, Entry, Kind, Sense, Source
from glossary.paths import opening

__all__ = ["load_csv", "load_jsonl", "parted"]

# a character, or one with the backslash before it
_PIECES = re.compile(r"\\?.", re.DOTALL)
# the first line in which Excel is told what parts the cells
_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?[,;\t\r]*$', re.IGNORECASE)
_TRUE = ("true", "1", "yes", "是")
_FALSE = ("", "false", "0", "no", "否")


def parted(cell: str) -> tuple[str, ...]:
    r"""Part the texts of one cell, which `export.rows.joined` put together.

    >>> parted('经济|a\\|b')
    ('经济', 'a|b')
    """
    if not cell:
        return ()
    parts = [""]
    pieces = _PIECES.findall(cell)
    for piece in pieces:
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece[-1]
    return tuple(parts)


def load_jsonl(path: Path) -> list[Entry]:
    """Read one entry a line; blank lines are passed over.

    Raises:
        DataError: the file is missing, or a line is no entry; the message says which.
    """
    entries = []
    for number, line in enumerate(_read(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: line {number} is no entry: {error}. See docs/exports.md.") from None
        entries.append(_dated(entry, f"{path}: line {number}"))
    return entries


def _dated(entry: Entry, where: str) -> Entry:
    replace = msgspec.structs.replace
    senses = (
        replace(sense, source=replace(sense.source, date=dated(sense.source.date, where)))
        if sense.source
        else sense
        for sense in entry.senses
    )
    return replace(entry, senses=tuple(senses))


def load_csv(path: Path) -> list[Entry]:
    """Read one row a sense; rows of one headword are one entry. Commas, semicolons or tabs part the cells.

    Raises:
        DataError: the file is missing, has no column `headword` or an unknown one, or a cell is wrong; where.
    """
    text = _text(path)
    first = text.split("\n", 1)[0]
    said = _SEPARATOR.match(first)
    # what stands most often in the first line parts the cells, unless the line says it
    delimiter = said[1] if said else max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    entries: dict[str, Entry] = {}
    try:
        if said:
            next(rows)
        columns = _columns(path, next(rows, []))
        nameless = _Nameless(columns)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path}: line {rows.line_num}"
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                raise DataError(
                    f"{where} has more cells than the first line has columns. Quote cells with commas."
                )
            nameless.check(cells, where)
            row = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False))
            # a cell of blanks is an empty one, and rows are of one headword with blanks or without
            stripped = {column: cell.strip() for column, cell in row.items() if column != "definition"}
            _add(entries, row | stripped, where)
    except csv.Error as error:
        raise DataError(
            f"{path}: line {rows.line_num} is no CSV: {error}. Save the table anew, or import JSON Lines."
        ) from None
    return list(entries.values())


def _columns(path: Path, first: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in first]
    while columns and not columns[-1]:
        columns.pop()
    if "headword" not in columns:
        raise DataError(
            f"{path}: has no column headword. Name the columns in the first line: {', '.join(COLUMNS)}."
        )
    for name in filter(None, columns):
        if name not in COLUMNS or columns.count(name) > 1:
            said = "twice the column" if name in COLUMNS else "the unknown column"
            raise DataError(f"{path}: has {said} {name!r}. The columns are: {', '.join(COLUMNS)}.")
    return columns


class _Nameless:
    """Columns without a name hold nothing, or number the rows as the index of pandas does."""

    def __init__(self, columns: list[str]) -> None:
        self._last = {place: -1 for place, name in enumerate(columns) if not name}

    def check(self, cells: list[str], where: str) -> None:
        for place, last in self._last.items():
            cell = cells[place].strip() if place < len(cells) else ""
            if not cell:
                continue
            number = int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else -1
            if number <= last:
                raise DataError(
                    f"{where}: {cell!r} stands in column {place + 1}, which has no name. "
                    "Name it in the first line, or delete it."
                )
            self._last[place] = number


def _add(entries: dict[str, Entry], row: Mapping[str, str], where: str) -> None:
    headword = row["headword"]
    if not headword:
        raise DataError(f"{where} has no headword. Write one, or delete the row.")
    sense = _sense(row, where)
    senses = (sense,) if sense != Sense() else ()
    known = entries.get(headword)
    if known:
        entries[headword] = msgspec.structs.replace(known, senses=(*known.senses, *senses))
        return
    entries[headword] = Entry(
        headword=headword,
        reading=row["reading"],
        kind=_kind(row["kind"], where),
        variants=parted(row["variants"]),
        senses=senses,
        english=row["english"] or None,
        related=parted(row["related"]),
    )


def _kind(cell: str, where: str) -> Kind:
    for kind in KINDS:
        if kind == (cell or "other"):
            return kind
    raise DataError(f"{where}: {cell!r} is no kind. Write one of: {', '.join(KINDS)}.")


def _sense(row: Mapping[str, str], where: str) -> Sense:
    source = {
        "title": row["title"] or None,
        "region": row["region"] or None,
        "date": dated(row["date"], where),
        "place": row["place"] or None,
    }
    year = _number(row, "year", where)
    obsolete = row["obsolete"].lower()
    if obsolete not in (*_TRUE, *_FALSE):
        raise DataError(f"{where}: obsolete is true or empty, not {row['obsolete']!r}.")
    if not row["source"] and (year is not None or any(source.values())):
        raise DataError(f"{where}: says something of a source without its id. Fill the column source.")
    if not row["citation"] and (row["citation_issuer"] or row["citation_year"]):
        raise DataError(f"{where}: has no citation for its issuer or year. Fill the column citation.")
    return Sense(
        definition=row["definition"] or None,
        members=parted(row["members"]),
        source=Source(id=row["source"], year=year, **source) if row["source"] else None,
        since=_number(row, "since", where),
        citation=Citation(
            title=row["citation"],
            issuer=row["citation_issuer"] or None,
            year=_number(row, "citation_year", where),
        )
        if row["citation"]
        else None,
        obsolete=obsolete in _TRUE,
    )


def _number(row: Mapping[str, str], column: str, where: str) -> int | None:
    cell = row[column]
    if not cell:
        return None
    # a spreadsheet may have made 2023.0 of 2023
    whole = cell.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit() and 0 < int(whole[:5]) <= 9999):
        raise DataError(f"{where}: {column} is a year such as 2023, not {cell!r}.")
    return int(whole)


def _read(path: Path) -> bytes:
    with opening(path, "a file to import"):
        return path.read_bytes()


def _text(path: Path) -> str:
    raw = _read(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        from glossary.reports.encodings import decode

        try:
            return decode(raw, str(path))
        except ReadError as error:
            raise DataError(str(error)) from None
