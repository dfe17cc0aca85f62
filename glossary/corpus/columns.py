"""Batches of texts to batches of mentions: one scan over many rows, and columns instead of records.

A batch is cut into pieces of about a million bytes. The rows of a piece lie one behind another in Arrow's buffer, so
they are decoded, folded and scanned as one text, in which `Matcher.places` judges each row by itself. What a mention
names follows from how it is written: it is looked up once, and a column of numbers picks from what was looked up.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.matching import Matcher

__all__ = ["COLUMNS", "annotate_batches", "fields_of", "key_fields", "mention_schema", "opened"]

_ROW = pa.field("row", pa.int64())
_NAMES = ("surface", "term", "kind", "definition", "variant")
_FIELDS = (
    pa.field("start", pa.int32()),
    pa.field("end", pa.int32()),
    *(pa.field(name, pa.string()) for name in (*_NAMES, "problem")),
)
# What follows the keys, in the words of SQL, for Spark's `DataFrame.mapInArrow`.
COLUMNS = ", ".join(f"`{each.name}` {'INT' if each.type == pa.int32() else 'STRING'}" for each in _FIELDS)

# Measured: a piece of half a megabyte to two is fastest, what it is folded to stays in the processor's cache.
_PIECE = 1 << 20
_ROWS = 4096  # of a piece at most: a column that repeats few texts by number is large when it is written out
_KEPT = 100_000  # written forms whose names are kept

_NULL = "no text: the value is null"
_NOT_UTF8 = "no text: not UTF-8"

_Where = tuple[str | None, int | None]


def annotate_batches(
    batches: Iterable[pa.RecordBatch],
    glossary: Glossary | str | os.PathLike[str],
    *,
    text_column: str = "text",
    keys: Sequence[str] = (),
    region_column: str | None = None,
    year_column: str | None = None,
    region: str | None = None,
    year: int | None = None,
    first_row: int = 0,
) -> Iterator[pa.RecordBatch]:
    """Yield the mentions in batches of texts as batches, what `Glossary.annotate` finds row by row.

    `glossary` may be a path; the file is then opened once a process. The columns are the `keys`, carried over from
    the text's row, or `row`, its number counted from `first_row`, where there are none; then start, end, surface,
    term, kind, definition, variant as in `Annotation.to_dicts`; then `problem`. A row without a text (null, or bytes
    that are not UTF-8) gives one row that says so in `problem` and is null elsewhere. Mentions are in the order of
    rows and places. `region` and `year`, or the columns that hold them, settle senses.

    Raises:
        DataError: a column is not there, holds what it should not or can't be carried over, or the glossary can't be
            opened.
        TypeError: these are no record batches.
    """
    names = _Names((glossary if isinstance(glossary, Glossary) else opened(glossary))._matcher)
    if isinstance(batches, (pa.Table, pa.RecordBatch)):
        raise _no_batches(batches)
    for batch in batches:
        if not isinstance(batch, pa.RecordBatch):
            raise _no_batches(batch)
        texts = _column(batch, text_column)
        if not _is_text(texts.type):
            raise DataError(f"the column {text_column!r} holds {texts.type}, no text. Name one that does.")
        wheres = None
        if region_column or year_column:
            regions = _regions(batch, region_column) if region_column else [region] * len(batch)
            years = _years(batch, year_column) if year_column else [year] * len(batch)
            wheres = [_where(*pair) for pair in zip(regions, years, strict=True)]
        fields = key_fields(batch.schema, keys)
        carried = [(field, _column(batch, field.name)) for field in fields]
        schema = mention_schema(fields)
        for at, piece in _pieces(texts):
            here = wheres[at : at + len(piece)] if wheres else [(region, year)]
            rows, columns = _mentions(piece, names, here)
            if len(rows):
                rows += at
                named = [_taken(*key, pa.array(rows)) for key in carried] or [pa.array(rows + first_row)]
                yield pa.RecordBatch.from_arrays([*named, *columns], schema=schema)
        first_row += len(batch)


def fields_of(schema: pa.Schema, names: Sequence[str]) -> list[pa.Field]:
    """Return fields by their names.

    Raises:
        DataError: one is not there, or more than once.
    """
    for name in names:
        if schema.get_field_index(name) < 0:
            raise DataError(
                f"there is no one column {name!r}, but: {', '.join(schema.names)}. Name one of these."
            )
    return [schema.field(name) for name in names]


def key_fields(schema: pa.Schema, keys: Sequence[str]) -> list[pa.Field]:
    """Return the fields of the keys as they are in the result.

    Raises:
        DataError: one is not there, is named twice, or has the name of a column of the result.
    """
    twice = [key for n, key in enumerate(keys) if key in keys[:n]]
    if twice:
        raise DataError(f"the key {twice[0]!r} is named twice. Name it once.")
    taken = {field.name for field in _FIELDS}.intersection(keys)
    if taken:
        raise DataError(f"the key {min(taken)!r} has the name of a column of the result. Rename it.")
    return [pa.field(field.name, _without_view(field.type)) for field in fields_of(schema, keys)]


def mention_schema(keys: Sequence[pa.Field] = ()) -> pa.Schema:
    """Return the schema of mentions with such keys, or with `row` where there are none."""
    return pa.schema([*(keys or [_ROW]), *_FIELDS])


def opened(path: str | os.PathLike[str]) -> Glossary:
    """Open a glossary file, once a process as long as it stays as it is.

    Raises:
        DataError: the file is missing, damaged, or no glossary.
    """
    where = Path(path).absolute()
    try:
        state = where.stat()
    except OSError:
        return Glossary.open(where)
    return _opened(where, (state.st_ino, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=2)
def _opened(path: Path, state: tuple[int, int, int]) -> Glossary:
    return Glossary.open(path)


class _Names:
    """What each written form names, looked up once, as a table to pick rows from."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.forget()

    def forget(self) -> None:
        """Begin anew, so that a collection of any size takes no more memory than a small one."""
        self._numbers: dict[_Where, dict[str, int]] = {}
        self._rows: list[tuple[str | None, ...]] = []
        self._table: pa.RecordBatch | None = None

    def at(self, where: _Where) -> dict[str, int]:
        """Return the numbers of written forms in texts of a region and year."""
        return self._numbers.setdefault(where, {})

    def add(self, surface: str, form: int, where: _Where) -> int:
        """Look a written form up and return its number."""
        entry, sense, how = self.matcher.named(surface, form, region=where[0], year=where[1])
        number = self._numbers[where][surface] = len(self._rows)
        self._rows.append((surface, entry.headword, entry.kind, sense.definition if sense else None, how))
        self._table = None
        return number

    def picked(self, numbers: pa.Array) -> list[pa.Array]:
        """Return the columns of written forms by their numbers; null where that is null."""
        if self._table is None:
            columns = zip(*self._rows, strict=True) if self._rows else [()] * len(_NAMES)
            self._table = pa.RecordBatch.from_arrays(
                [pa.array(column, pa.string()) for column in columns], names=list(_NAMES)
            )
        found: list[pa.Array] = self._table.take(numbers).columns
        if len(self._rows) > _KEPT:
            self.forget()
        return found


def _mentions(
    texts: pa.Array, names: _Names, wheres: Sequence[_Where]
) -> tuple[NDArray[np.int64], list[pa.Array]]:
    """Return the mentions in some texts as numbers of texts and columns; `wheres` has one for all, or one for each."""
    whole, lengths, wrong = _joined(texts)
    ends = lengths.cumsum()
    places = names.matcher.places(whole, ends.tolist())
    where = wheres[0]
    numbers = names.at(where)
    named = []
    for row, first, stop, form in places:
        if len(wheres) > 1 and wheres[row] is not where:
            where = wheres[row]
            numbers = names.at(where)
        surface = whole[first:stop]
        number = numbers.get(surface)
        named.append(names.add(surface, form, where) if number is None else number)
    flat = np.fromiter(chain.from_iterable(places), np.int64, 4 * len(places)).reshape(-1, 4)
    rows = flat[:, 0].copy()
    begins = (ends - lengths)[rows]
    spans = [(flat[:, n] - begins).astype(np.int32) for n in (1, 2)]
    if not wrong:
        columns = [*map(pa.array, spans), *names.picked(pa.array(named, pa.int32()))]
        return rows, [*columns, pa.nulls(len(rows), pa.string())]
    # what has no text stands among the mentions, in the order of rows
    rows = np.concatenate([rows, np.fromiter(wrong, np.int64)])
    order = rows.argsort(kind="stable")
    none = np.arange(len(rows)) >= len(named)
    padding = np.zeros(len(wrong), np.int32)
    spans.append(np.array(named, np.int32))
    *both, picks = (pa.array(np.concatenate([each, padding])[order], mask=none[order]) for each in spans)
    problems = np.array([None] * len(named) + list(wrong.values()), object)
    return rows[order], [*both, *names.picked(picks), pa.array(problems[order], pa.string())]


def _joined(texts: pa.Array) -> tuple[str, NDArray[np.int64], dict[int, str]]:
    """Return texts put together, the length of each, and what is wrong with those that are none."""
    wrong: dict[int, str] = {}
    if texts.null_count:
        wrong = dict.fromkeys(pc.indices_nonzero(texts.is_null()).to_pylist(), _NULL)
        texts = texts.fill_null(b"")
    _, offsets, content = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    held = memoryview(content or b"")[bounds[0] : bounds[-1]]
    begins = np.frombuffer(held, np.uint8)[(bounds[:-1] - bounds[0])[bounds[:-1] < bounds[1:]]]
    try:
        # two halves of a character in two rows would make a whole one
        if not ((begins & 0xC0) == 0x80).any():
            lengths = np.asarray(pc.utf8_length(texts.view(pa.large_string())), np.int64)
            return str(held, "utf-8"), lengths, wrong
    except UnicodeDecodeError:
        pass
    decoded = []
    for n, raw in enumerate(texts.to_pylist()):
        try:
            decoded.append(raw.decode())
        except UnicodeDecodeError:
            decoded.append("")
            wrong[n] = _NOT_UTF8
    return "".join(decoded), np.fromiter(map(len, decoded), np.int64), dict(sorted(wrong.items()))


def _pieces(texts: pa.Array) -> Iterator[tuple[int, pa.Array]]:
    """Yield parts of a column as bytes, each with its first row."""
    for start in range(0, len(texts), _ROWS):
        some = _bytes(texts.slice(start, _ROWS))
        offsets = some.buffers()[1]
        bounds = np.frombuffer(offsets, np.int64)[some.offset : some.offset + len(some) + 1]
        at = 0
        while at < len(some):
            stop = max(int(bounds.searchsorted(bounds[at] + _PIECE, "right")) - 1, at + 1)
            yield start + at, some.slice(at, stop - at)
            at = stop


def _bytes(texts: pa.Array) -> pa.Array:
    """Return a column of texts, however it is kept, as bytes with wide offsets; the bytes themselves stay."""
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return texts.cast(_without_view(texts.type)).cast(pa.large_binary())


def _without_view(kind: pa.DataType) -> pa.DataType:
    """Return the type to keep a column in from which Arrow takes rows, as it takes none of views."""
    if pa.types.is_string_view(kind):
        return pa.large_string()
    return pa.large_binary() if pa.types.is_binary_view(kind) else kind


def _taken(field: pa.Field, column: pa.Array, rows: pa.Array) -> pa.Array:
    """Return rows of a key's column as its field in the result has them."""
    try:
        return column.cast(field.type).take(rows)
    except pa.ArrowNotImplementedError:
        raise DataError(
            f"the key {field.name!r} holds {column.type}, which can't be carried over. Name a plain column."
        ) from None


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return any(
        fits(kind)
        for fits in (
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_binary,
            types.is_large_binary,
            types.is_binary_view,
            types.is_null,
        )
    )


def _no_batches(given: object) -> TypeError:
    return TypeError(
        f"annotate_batches takes record batches, one after another, and got a {type(given).__name__}. "
        "Give table.to_batches() for a table, [batch] for one batch."
    )


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    fields_of(batch.schema, [name])
    return batch.column(name)


def _regions(batch: pa.RecordBatch, name: str) -> list[Any]:
    """Return the regions in a column."""
    regions = _column(batch, name)
    if not _is_text(regions.type):
        raise DataError(f"the column {name!r} holds {regions.type}, no regions. Name one with text.")
    try:
        return list(_bytes(regions).cast(pa.large_string()).to_pylist())
    except pa.ArrowInvalid:
        raise DataError(
            f"the column {name!r} holds regions that are not UTF-8. Convert it to text."
        ) from None


def _years(batch: pa.RecordBatch, name: str) -> list[Any]:
    """Return the years in a column; pandas keeps whole numbers with gaps as floats."""
    years = _column(batch, name)
    if pa.types.is_dictionary(years.type):
        years = years.dictionary_decode()
    if pa.types.is_floating(years.type):
        return [int(year) if year is not None and year.is_integer() else None for year in years.to_pylist()]
    if not (pa.types.is_integer(years.type) or pa.types.is_null(years.type)):
        raise DataError(f"the column {name!r} holds {years.type}, no years. Name one with whole numbers.")
    return list(years.to_pylist())


def _where(region: Any, year: Any) -> _Where:
    """Return region and year as senses are chosen by; what can't be one is none."""
    return region if isinstance(region, str) else None, year if isinstance(year, int) else None
