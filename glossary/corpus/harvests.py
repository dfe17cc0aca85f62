"""A folder of reports to Parquet tables of what was harvested, over processes, in parts that are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from glossary.corpus.parts import Parts, digest, replacing
from glossary.corpus.workers import over_processes, processors, shown
from glossary.errors import DataError, GlossaryError
from glossary.harvesting import harvest
from glossary.listing import harvest_rows
from glossary.reports import read

__all__ = ["SCHEMAS", "Harvested", "harvest_folder"]

_FORMAT = 1  # of parts; counted up when what they hold changes
_FILES = 16  # reports in a part
_HELD = 1 << 14  # rows in a row group
_READABLE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".docx", ".pdf")


def _schema(**types: pa.DataType) -> pa.Schema:
    return pa.schema([("path", pa.string()), *types.items()])


_TEXT, _PLACE = pa.string(), pa.int32()
_TEXTS, _SPAN = pa.list_(_TEXT), pa.list_(_PLACE)
# One table for each type of what `glossary harvest --json` prints, with its keys.
SCHEMAS = {
    "report": _schema(
        title=_TEXT,
        region=_TEXT,
        year=_PLACE,
        date=_TEXT,
        meeting=_TEXT,
        speaker=_TEXT,
        script=_TEXT,
        body=_SPAN,
        problem=_TEXT,
    ),
    "entry": _schema(
        n=_PLACE,
        term=_TEXT,
        kind=_TEXT,
        definition=_TEXT,
        start=_PLACE,
        end=_PLACE,
        gaps=pa.list_(_SPAN),
        term_start=_PLACE,
        term_end=_PLACE,
        section=_TEXT,
        section_start=_PLACE,
        section_end=_PLACE,
        members=_TEXTS,
        names=_TEXTS,
        related=_TEXTS,
        first=_PLACE,
        subterms=pa.list_(
            pa.struct(
                [
                    ("term", _TEXT),
                    ("definition", _TEXT),
                    ("members", _TEXTS),
                    ("start", _PLACE),
                    ("end", _PLACE),
                ]
            )
        ),
    ),
    "quote": _schema(text=_TEXT, name=_TEXT, kind=_TEXT, count=_PLACE, positions=pa.list_(_SPAN)),
    "inline": _schema(term=_TEXT, kind=_TEXT, definition=_TEXT, members=_TEXTS, start=_PLACE, end=_PLACE),
    "rejected": _schema(start=_PLACE, end=_PLACE, text=_TEXT, reason=_TEXT),
}


class Harvested(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a folder: its reports, the rows of each table, and what can't be read, by path.

    `kept` is how many reports a run before this one had done.
    """

    reports: int
    rows: dict[str, int]
    problems: dict[str, str]
    kept: int = 0


def harvest_folder(
    folder: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    workers: int | None = None,
    progress: bool = False,
) -> Harvested:
    """Harvest every report in a folder and the folders in it into tables: report, entry, quote, inline, rejected.

    Each table is a Parquet file in the folder `target`, with the keys of `glossary harvest --json`; `path` is relative
    to the folder. A report that can't be read has a row in `report.parquet` that says why (`problem`), and the rest is
    done. Finished parts are kept in `TARGET/parts` until all tables are whole; after a run that was stopped the same
    call goes on from them.

    Raises:
        DataError: the folder is missing or holds no reports, or the tables can't be written.
    """
    where, to = Path(folder), Path(target)
    files = _files(where, to)
    if to.exists() and not to.is_dir():
        raise DataError(f"{to}: is a file. Name a folder for the tables.")
    parts = Parts(to / "parts")
    with parts.working():
        there = {path.name: path for path in parts.keep("", ".jsonl")}
        wanted: list[Path] = []
        tasks = []
        kept = 0
        for some in _chunks(files):
            part = parts.folder / f"{digest(_FORMAT, [_state(where, name) for name in some])}.jsonl"
            wanted.append(part)
            if part.name in there:
                kept += len(some)
            else:
                tasks.append((str(where), some, part))
        with shown(len(files), kept, "report", progress) as advance:
            for count in over_processes(_harvest_part, iter(tasks), workers or processors()):
                advance(count)
        made = _put_together(parts, to, wanted, len(files), kept)
        parts.delete()
    return made


def _files(folder: Path, target: Path) -> list[str]:
    if not folder.is_dir():
        raise DataError(f"{folder}: is no folder. Name a folder of reports.")
    # tables in a folder of their own are none of the reports; in the reports' folder, or above it, nothing is hidden
    out = target.resolve() if folder.resolve() in target.resolve().parents else None
    found = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in _READABLE
        and not path.name.startswith(".")
        and out not in path.resolve().parents
        and not path.is_dir()
    )
    if not found:
        raise DataError(f"{folder}: holds no reports ({' '.join(_READABLE)}). Name a folder that does.")
    return found


def _chunks(files: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(files)
    while some := list(islice(rest, _FILES)):
        yield some


def _state(folder: Path, name: str) -> tuple[str, int, int]:
    """Name a state of a file; one that is gone has one as well."""
    try:
        found = (folder / name).stat()
    except OSError:
        return name, -1, -1
    return name, found.st_size, found.st_mtime_ns


def _harvest_part(folder: str, names: Sequence[str], part: Path) -> int:
    """Harvest some reports and write what is found as a part; this is what a worker does."""
    with replacing(part) as beside, beside.open("wb") as stream:
        for name in names:
            for row in _rows(Path(folder), name):
                stream.write(msgspec.json.encode(row) + b"\n")
    return len(names)


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    shown = name.encode("utf-8", "replace").decode()
    try:
        return list(harvest_rows(shown, harvest(read(folder / name))))
    except GlossaryError as error:
        why = " ".join(str(error).split())
    except Exception as error:
        # among a hundred thousand files one that we stumble over must not keep the others from being harvested
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return [{"type": "report", "path": shown, "problem": why}]


def _put_together(folder: Parts, target: Path, parts: Sequence[Path], reports: int, kept: int) -> Harvested:
    rows = dict.fromkeys(SCHEMAS, 0)
    problems: dict[str, str] = {}
    held: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                pq.ParquetWriter(
                    stack.enter_context(replacing(target / f"{name}.parquet", folder.folder)),
                    schema,
                    compression="zstd",
                )
            )
            for name, schema in SCHEMAS.items()
        }

        def write(name: str) -> None:
            writers[name].write_table(pa.Table.from_pylist(held[name], SCHEMAS[name]))
            held[name] = []

        for part in parts:
            with part.open("rb") as stream:
                for line in stream:
                    row = msgspec.json.decode(line)
                    name = row["type"]
                    rows[name] += 1
                    if "problem" in row:
                        problems[row["path"]] = row["problem"]
                    held[name].append(row)
                    if len(held[name]) >= _HELD:
                        write(name)
        for name in SCHEMAS:
            write(name)
    return Harvested(reports=reports, rows=rows, problems=problems, kept=kept)
