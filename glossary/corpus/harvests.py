"""A folder of reports to Parquet tables of what was harvested, over processes, in parts that are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from glossary.corpus.parts import Parts, digest, made_before, replacing, stamp
from glossary.errors import DataError, GlossaryError, ReadError
from glossary.harvesting import harvest
from glossary.listing import harvest_rows
from glossary.reports import read
from glossary.workers import over_processes, processors, shown

__all__ = ["SCHEMAS", "Harvested", "harvest_folder"]

_FORMAT = 1  # of parts; counted up when what they hold changes
_FILES = 16  # reports in a part, on average
_HELD = 1 << 14  # rows in a row group
_READABLE = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".docx", ".pdf")
_WORD = (".doc", ".wps", ".rtf")  # what many reports are, and nothing here reads


_State = tuple[str, int, int]  # of a file: its name, size, and time


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
    call goes on from them. Tables that are there already are left alone, if nothing changed and every report could be
    read.

    Raises:
        DataError: the folder is missing or holds no reports, or the tables can't be written.
        GlossaryError: a worker process was ended.
    """
    where, to = Path(folder), Path(target)
    files = _files(where, to)
    if to.exists() and not to.is_dir():
        raise DataError(f"{to}: is a file. Name a folder for the tables.")
    parts = Parts(to / "parts")
    with parts.working():
        states = [_state(where, name) for name in files]
        made_of = digest(_FORMAT, states)
        before = [made_before(to / f"{name}.parquet", made_of, Harvested) for name in SCHEMAS]
        if before[0] and all(before):
            parts.delete()
            return msgspec.structs.replace(before[0], kept=len(files))
        there = {path.name: path for path in parts.keep("", ".jsonl")}
        wanted: list[Path] = []
        tasks = []
        kept = 0
        for some in _chunks(states):
            part = parts.folder / f"{digest(_FORMAT, some)}.jsonl"
            wanted.append(part)
            if part.name in there:
                kept += len(some)
            else:
                tasks.append((str(where), [name for name, *_ in some], part))
        with shown(len(files), kept, "report", progress) as advance:
            for count in over_processes(_harvest_part, iter(tasks), workers or processors()):
                advance(count)
        made = _put_together(parts, to, wanted, len(files), kept, made_of)
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
        if path.suffix.lower() in (*_READABLE, *_WORD)
        # hidden, such as the copies of a notebook or of git; a lock of Word's beside the file that is open
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.name.startswith("~$")
        and out not in path.resolve().parents
        # a pipe would be waited on for ever; a link to nothing is a report that can't be read
        and (path.is_file() or not path.exists())
    )
    if not found:
        raise DataError(f"{folder}: holds no reports ({' '.join(_READABLE)}). Name a folder that does.")
    return found


def _chunks(files: Sequence[_State]) -> Iterator[list[_State]]:
    """Cut where a name itself says so: a file that came or went changes the part it is in, and none behind it."""
    some: list[_State] = []
    for file in files:
        if some and int(digest(file[0]), 16) % _FILES == 0:
            yield some
            some = []
        some.append(file)
    yield some


def _state(folder: Path, name: str) -> _State:
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
    shown = _utf8(name)
    try:
        if Path(name).suffix.lower() in _WORD:
            raise ReadError(f"{folder / name}: files of this kind are not read. Save it as .docx.")
        return list(harvest_rows(shown, harvest(read(folder / name))))
    except GlossaryError as error:
        why = " ".join(str(error).split())
    except Exception as error:
        # among a hundred thousand files one that we stumble over must not keep the others from being harvested
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return [{"type": "report", "path": shown, "problem": _utf8(why)}]


def _utf8(text: str) -> str:
    """Return what names a file in a form that can be written, and still tells two files apart."""
    return text.encode("utf-8", "backslashreplace").decode()


def _put_together(
    folder: Parts, target: Path, parts: Sequence[Path], reports: int, kept: int, made_of: str
) -> Harvested:
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
        made = Harvested(reports=reports, rows=rows, problems=problems, kept=kept)
        if not problems:
            # what couldn't be read today may be read tomorrow
            for writer in writers.values():
                writer.add_key_value_metadata(stamp(made_of, made))
    return made
