"""Imported entries as term files, of which each holds one source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from glossary.errors import DataError
from glossary.model import Entry, Sense, Source
from glossary.store import toml_text

__all__ = ["term_files"]


def term_files(entries: Iterable[Entry], output: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of each term file: one `.toml`, or one a source in a folder.

    Senses without a source get one whose id is `name`. A file of one source is called by it, as `validate` asks.

    Raises:
        DataError: the entries cite several sources and `output` is one file, or the date of a source is none.
    """
    named = [_sourced(entry, name) for entry in entries]
    sources: dict[str, Source] = {}
    for entry in named:
        for sense in entry.senses:
            if sense.source:
                sources.setdefault(sense.source.id, msgspec.structs.replace(sense.source, place=None))
    one_file = output.suffix.lower() == ".toml"
    if one_file and len(sources) > 1:
        raise DataError(
            f"{output}: the entries cite {len(sources)} sources, and a term file holds one. "
            "Name a folder to write one file for each, or OUT.glossary."
        )
    if not one_file and (output.suffix or output.is_file()):
        raise DataError(f"{output}: is no OUT.toml, OUT.glossary or folder. Name one of these.")
    if not one_file:
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(f"{output}: cannot be made ({error.strerror}). Name another folder.") from None
    for source in sources.values():
        chosen = [
            entry for entry in named if any(s.source and s.source.id == source.id for s in entry.senses)
        ]
        try:
            text = toml_text(source, chosen)
        except ValueError as error:
            raise DataError(f"{source.id}: its date is none: {error}. Write it as 2023-01-06.") from None
        yield output if one_file else output / f"{_file_name(source.id)}.toml", text


def _sourced(entry: Entry, name: str) -> Entry:
    senses = entry.senses or (Sense(),)
    return msgspec.structs.replace(
        entry,
        senses=tuple(
            sense if sense.source else msgspec.structs.replace(sense, source=Source(id=name))
            for sense in senses
        ),
    )


def _file_name(id: str) -> str:
    """Make a name of a file of an id: without what folders, drives and shells make something else of."""
    return re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", id).strip(" .")[:80] or "_"
