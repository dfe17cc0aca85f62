"""Imported entries as term files, of which each holds one source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from glossary.errors import DataError
from glossary.model import Entry, Sense, Source
from glossary.store import toml_text

__all__ = ["by_source", "term_files"]


def term_files(entries: Iterable[Entry], file: Path) -> dict[str, str]:
    r"""Return the name and the text of each term file that the entries of a file make, one a source.

    A term file is called by its source, as `validate` asks; senses without a source get one called as `file`.

    Raises:
        DataError: the date of a source is none.

    >>> for name, text in term_files([Entry(headword="双碳")], Path("words.csv")).items():
    ...     print(f"{name}:\n{text}", end="")
    words.toml:
    [source]
    id = "words"
    <BLANKLINE>
    [[term]]
    headword = "双碳"
    kind = "other"
    """
    sources: dict[str, tuple[Source, list[Entry]]] = {}
    for entry in entries:
        for id, senses in by_source(entry, file).items():
            about = msgspec.structs.replace(senses[0].source or Source(id=id), place=None)
            chosen = msgspec.structs.replace(entry, senses=tuple(senses))
            sources.setdefault(id, (about, []))[1].append(chosen)
    files: dict[str, str] = {}
    taken: set[str] = set()
    for source, own in sources.values():
        name = _file_name(source.id)
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        try:
            files[f"{name}.toml"] = toml_text(source, own)
        except ValueError as error:
            raise DataError(
                f"{file}: the date of the source {source.id} is none: {error}. Write it as 2023-01-06."
            ) from None
    return files


def by_source(entry: Entry, file: Path) -> dict[str, list[Sense]]:
    """Return the senses of an entry by the id of the source, which for those without one is the name of the file."""
    found: dict[str, list[Sense]] = {}
    for sense in entry.senses or (Sense(),):
        found.setdefault(sense.source.id if sense.source else file.stem, []).append(sense)
    return found


def _file_name(id: str) -> str:
    """Make a name of a file of an id: without what folders, drives and shells make something else of."""
    return re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", id).strip(" .")[:80] or "_"
