"""A Parquet file of texts to a Parquet file of mentions: streaming, over processes, in parts that are kept.

This process reads, since a file of any size may be one row group, and puts the result together at the end; workers
annotate some million bytes of text at a time, and each writes its part.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from glossary.builtin import load
from glossary.compiled import signature
from glossary.corpus.columns import annotate_batches, fields_of, key_fields, mention_schema, opened
from glossary.corpus.parts import Parts, digest, made_before, replacing, stamp
from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.paths import opening
from glossary.workers import over_processes, processors, shown

__all__ = ["Annotated", "annotate_file"]

_FORMAT = 1  # of parts; counted up when what they hold changes
_PART = 8 << 20  # bytes of text in a part: about half a second of work
_READ = 1 << 20  # bytes of text that are read at once, going by the file's own figures
_FEWEST, _MOST = (
    16,
    1024,
)  # rows that are read at once; a column that repeats texts by number tells too small a size
_GROUP = 1 << 18  # mentions in a row group of the result

_Damage = tuple[int, int, str]
_State = tuple[int, int] | None
_Payload = tuple[int, int, bytes]  # first row, the row behind the last, the rows written out


class Annotated(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: its rows, the mentions in them, rows without a text, and ranges that can't be read.

    `kept` is how many rows a run before this one had done.
    """

    rows: int
    mentions: int
    without: int = 0
    damaged: tuple[_Damage, ...] = ()
    kept: int = 0


def annotate_file(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    glossary: str | os.PathLike[str] | None = None,
    *,
    text_column: str = "text",
    keys: Sequence[str] = (),
    region_column: str | None = None,
    year_column: str | None = None,
    region: str | None = None,
    year: int | None = None,
    workers: int | None = None,
    progress: bool = False,
) -> Annotated:
    """Annotate the texts in a Parquet file into another, with the columns of `annotate_batches`.

    Finished parts are kept in `TARGET.parts` until the result is whole; after a run that was stopped, however it was,
    the same call goes on from them, and a result that is there already is left alone. `workers` is the number of
    processes, by default one a processor. What can't be read for damage in the file is named in the result
    (`problem`), and the rest is done.

    Raises:
        DataError: the file is missing, no Parquet, lacks a column or changes while it is read, the glossary can't be
            opened, or the result can't be written.
        GlossaryError: a worker process was ended.
    """
    how = {
        "text_column": text_column,
        "keys": tuple(keys),
        "region_column": region_column,
        "year_column": year_column,
        "region": region,
        "year": year,
    }
    where, to = Path(source), Path(target)
    if to.is_symlink():
        # a link stays a link
        to = to.resolve()
    if to.exists() and not to.is_file():
        raise DataError(f"{to}: is no ordinary file. Name a file to write, such as mentions.parquet.")
    if where.exists() and to.exists() and where.samefile(to):
        raise DataError(
            f"{to}: is the file with the texts, which the result would replace. Name another file."
        )
    if not to.parent.is_dir():
        raise DataError(
            f"{to}: cannot be written (there is no folder {to.parent}). Make it, or name another."
        )
    columns = list(dict.fromkeys(filter(None, (text_column, *keys, region_column, year_column))))
    state = _state(where)
    with _reading(where) as file:
        schema = _schema(where, file.schema_arrow, columns, how)
        g = load() if glossary is None else Glossary.open(glossary)
        parts = Parts(to.with_name(f"{to.name}.parts"))
        with parts.working():
            # the job's own, which nobody replaces while it lasts
            opened_from = _copied(g, parts.folder / "terms.glossary")
            made_of = digest(_FORMAT, state, _digest_of(g, opened_from), how)
            known = made_before(to, made_of, Annotated)
            if known is not None:
                parts.delete()
                return msgspec.structs.replace(known, kept=known.rows)
            done = {_range(path): path for path in parts.keep(f"{made_of}-", ".parquet")}
            kept = sum(stop - first for first, stop in done)
            damaged: list[_Damage] = []
            tasks = (
                (_part(parts, made_of, first, stop), first, payload, str(opened_from), how)
                for first, stop, payload in _unchanged(
                    where, state, _payloads(file, columns, sorted(done), damaged)
                )
            )
            with shown(file.metadata.num_rows, kept, "row", progress) as advance:
                for path in over_processes(_annotate_part, tasks, workers or processors()):
                    first, stop = _range(path)
                    done[first, stop] = path
                    advance(stop - first)
            made = Annotated(rows=file.metadata.num_rows, mentions=0, damaged=tuple(damaged), kept=kept)
            with replacing(to, parts.folder) as beside:
                made = _put_together(beside, schema, done, made, made_of)
            parts.delete()
    return made


@contextmanager
def _reading(path: Path) -> Iterator[pq.ParquetFile]:
    with opening(path, "a Parquet file with a column of texts"):
        path.open("rb").close()
        try:
            # buffered, so that of a row group of any size only the pages that are needed are in memory
            file = pq.ParquetFile(
                path, buffer_size=1 << 20, pre_buffer=False, page_checksum_verification=True
            )
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{path}: is no Parquet file, or damaged ({_line(error)}).") from None
    with file:
        yield file


def _schema(path: Path, there: pa.Schema, columns: Sequence[str], how: dict[str, Any]) -> pa.Schema:
    """Return the schema of the result; whatever is wrong with the columns is told before any work."""
    try:
        wanted = pa.schema(fields_of(there, columns))
        # one row without a text: what can't be carried over shows when it is
        row = pa.RecordBatch.from_arrays([pa.nulls(1, field.type) for field in wanted], names=wanted.names)
        for _ in annotate_batches([row], Glossary(), **how):
            pass
        return mention_schema(key_fields(wanted, how["keys"]))
    except DataError as error:
        raise DataError(f"{path}: {error}") from None


def _state(path: Path) -> _State:
    """Name a state of a file; one that is gone has one as well."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _unchanged(path: Path, state: _State, payloads: Iterator[_Payload]) -> Iterator[_Payload]:
    """Yield what is read from a file as long as it is the same file: rows of two would be one result.

    Raises:
        DataError: it is another.
    """
    while True:
        payload = next(payloads, None)
        if _state(path) != state:
            raise DataError(
                f"{path}: changed while it was read. Wait until it is whole (is it still being copied?), "
                "then do the same again."
            )
        if payload is None:
            return
        yield payload


def _copied(glossary: Glossary, path: Path) -> Path:
    """Put a compiled file of a glossary at a path."""
    path.unlink(missing_ok=True)
    try:
        if glossary.path:
            os.link(glossary.path, path)
            return path
    except OSError:
        # another file system, or the cache was tidied up: what is open can be written anew
        pass
    glossary.save(path)
    return path


def _digest_of(glossary: Glossary, compiled: Path) -> str:
    """Name what is in a glossary; one that is compiled for the job differs in its file each time."""
    if glossary.path:
        return signature(compiled).decode()
    return digest(*map(msgspec.json.encode, glossary.values()))


def _part(parts: Parts, made_of: str, first: int, stop: int) -> Path:
    """Return where a part is; its name says which rows it is of, as `_range` reads it."""
    return parts.folder / f"{made_of}-{first:012}-{stop:012}.parquet"


def _range(part: Path) -> tuple[int, int]:
    _, first, stop = part.stem.split("-")
    return int(first), int(stop)


def _payloads(
    file: pq.ParquetFile, columns: list[str], done: Sequence[tuple[int, int]], damaged: list[_Damage]
) -> Iterator[_Payload]:
    """Yield the rows that no part has yet, so many at a time as make a part.

    What can't be read goes to `damaged`, up to the end of its row group.
    """
    begin = stop = size = 0
    held: list[pa.RecordBatch] = []
    row = 0
    for group in range(file.num_row_groups):
        last = row + file.metadata.row_group(group).num_rows
        if not any(first <= row and last <= end for first, end in done):
            # a group that lies wholly behind the end of a shortened file is read as none, without an error
            why = "the file ends before them"
            try:
                for batch in file.iter_batches(
                    _rows_at_once(file, group, columns), [group], columns, use_threads=False
                ):
                    for first, rows in _undone(row, batch, done):
                        if held and (first != stop or size >= _PART):
                            yield begin, stop, _written(held)
                            held, size = [], 0
                        begin = begin if held else first
                        held.append(rows)
                        stop = first + len(rows)
                        size += rows.get_total_buffer_size() if rows is batch else rows.nbytes
                    row += len(batch)
            except (pa.ArrowException, OSError) as error:
                why = _line(error)
            damaged += [(first, end, why) for first, end in _gaps(row, last, done)]
        row = last
    if held:
        yield begin, stop, _written(held)


def _rows_at_once(file: pq.ParquetFile, group: int, columns: Sequence[str]) -> int:
    about = file.metadata.row_group(group)
    sizes = [about.column(n) for n in range(about.num_columns)]
    size = sum(each.total_uncompressed_size for each in sizes if each.path_in_schema in columns)
    rows: int = _READ * about.num_rows // max(size, 1)
    return min(max(rows, _FEWEST), _MOST)


def _gaps(first: int, stop: int, done: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what no part covers of a range of rows."""
    for begin, end in done:
        if end > first and begin < stop:
            if first < begin:
                yield first, begin
            first = end
    if first < stop:
        yield first, stop


def _undone(
    row: int, batch: pa.RecordBatch, done: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, pa.RecordBatch]]:
    for first, stop in _gaps(row, row + len(batch), done):
        whole = stop - first == len(batch)
        yield first, batch if whole else batch.slice(first - row, stop - first)


def _written(batches: list[pa.RecordBatch]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as stream:
        for batch in batches:
            stream.write_batch(batch)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _annotate_part(part: Path, first: int, payload: bytes, glossary: str, how: dict[str, Any]) -> Path:
    """Annotate some rows and write what is found as a part; this is what a worker does."""
    try:
        batches = pa.ipc.open_stream(payload)
        found = annotate_batches(batches, opened(glossary), first_row=first, **how)
        schema = mention_schema(key_fields(batches.schema, how["keys"]))
        table = pa.Table.from_batches(found, schema)
        with replacing(part) as beside:
            pq.write_table(table, beside, compression="snappy")
    except pa.ArrowException as error:
        raise DataError(
            f"the rows from {first} on cannot be annotated ({_line(error)}). Convert their columns to plain types."
        ) from None
    return part


def _put_together(
    path: Path, schema: pa.Schema, parts: Mapping[tuple[int, int], Path], made: Annotated, made_of: str
) -> Annotated:
    """Write the parts one behind another, and a row for each range that can't be read.

    Raises:
        DataError: they are not each row of the file once.
    """
    damage = {(first, stop): why for first, stop, why in made.damaged}
    ranges = sorted([*parts, *damage])
    if [0, *(stop for _, stop in ranges)] != [*(first for first, _ in ranges), made.rows]:
        raise DataError(
            f"{path.parent}: the parts in it are not each row of the file once. Delete it, and do the same again."
        )
    mentions = without = 0
    held: list[pa.RecordBatch] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for first, stop in ranges:
            if (first, stop) in damage:
                held.append(
                    _problem(schema, first, f"rows {first}–{stop - 1} can't be read: {damage[first, stop]}")
                )
                continue
            with _reading(parts[first, stop]) as part:
                for batch in part.iter_batches(1 << 16):
                    problems = len(batch) - batch.column("problem").null_count
                    mentions, without = mentions + len(batch) - problems, without + problems
                    held.append(batch)
                    if sum(map(len, held)) >= _GROUP:
                        writer.write_table(pa.Table.from_batches(held, schema))
                        held = []
        writer.write_table(pa.Table.from_batches(held, schema))
        made = msgspec.structs.replace(made, mentions=mentions, without=without)
        if not damage:
            # what couldn't be read today may be read tomorrow
            writer.add_key_value_metadata(stamp(made_of, made))
    return made


def _problem(schema: pa.Schema, row: int, why: str) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([{"row": row, "problem": why}], schema)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
