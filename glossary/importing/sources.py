"""Imported entries as term files, of which each holds one source."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from glossary.errors import DataError
from glossary.model import Entry, Sense, Source
from glossary.store import toml_text

__all__ = ["by_source", "term_files"]


def term_files(sources: Mapping[Source, Sequence[Entry]], file: Path) -> dict[str, str]:
    r"""Return the name and the text of each term file that the entries of a file make, by source.

    A file is called by the id of its source, as `validate` asks, unless no file can be or another would be called
    the same.

    Raises:
        DataError: the date of a source is none.

    >>> file = Path("words.csv")
    >>> for name, text in term_files(by_source([Entry(headword="双碳")], file), file).items():
    ...     print(f"{name}:\n{text}", end="")
    words.toml:
    [source]
    id = "words"
    <BLANKLINE>
    [[term]]
    headword = "双碳"
    kind = "other"
    """
    files: dict[str, str] = {}
    for (source, chosen), name in zip(sources.items(), _file_names(sources), strict=True):
        try:
            files[f"{name}.toml"] = toml_text(source, chosen)
        except ValueError as error:
            raise DataError(
                f"{file}: the date of the source {source.id} is none: {error}. Write it as 2023-01-06."
            ) from None
    return files


def by_source(entries: Iterable[Entry], file: Path) -> dict[Source, list[Entry]]:
    """Part the entries of a file by what their senses cite: each source, without a place in it, with its share.

    Sources of one id of which something else is said (the title, the year …) are several; senses without a source get
    one called as the file.
    """
    sources: dict[Source, list[Entry]] = {}
    for entry in entries:
        shares: dict[Source, list[Sense]] = {}
        for sense in entry.senses or (Sense(),):
            source = msgspec.structs.replace(sense.source or Source(id=file.stem), place=None)
            shares.setdefault(source, []).append(sense)
        for source, senses in shares.items():
            share = msgspec.structs.replace(entry, senses=tuple(senses))
            sources.setdefault(source, []).append(share)
    return sources


def _file_names(sources: Iterable[Source]) -> Iterator[str]:
    """Name a file for each source: after its id, and where another would be called the same, a digest behind it.

    All that would be called the same get one, and it is of the source alone: the order makes no difference.
    """
    ids = [(source, _file_name(source.id)) for source in sources]
    taken = Counter(_as_one(plain) for _, plain in ids)
    for source, plain in ids:
        called, size = plain, 4
        # the file's own wish is no other's
        while taken[_as_one(called)] > (called == plain):
            digest = hashlib.blake2b(msgspec.json.encode(source), digest_size=size)
            called, size = f"{plain}-{digest.hexdigest()}", size + 1
        if called != plain:
            taken[_as_one(called)] += 1
        yield called


def _as_one(name: str) -> str:
    """Make the same of names that Windows or macOS takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _file_name(id: str) -> str:
    """Make a name of a file of an id: without what folders, drives and shells make something else of.

    The 255 bytes that a name may have leave room for a digest, a suffix, and what a file is called while it is written.
    """
    clean = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", id).strip(" .")[:80]
    return clean.encode("utf-8", "replace")[:180].decode("utf-8", "ignore").strip(" .") or "_"
