"""Import what other programs wrote: TBX, CSV and JSON Lines become entries."""

from __future__ import annotations

from pathlib import Path

from glossary.errors import DataError
from glossary.model import Entry

__all__ = ["SUFFIXES", "load"]

SUFFIXES = (".tbx", ".csv", ".jsonl")


def load(path: Path) -> list[Entry]:
    r"""Read the entries of a file in a format of another program, known by its suffix.

    Raises:
        DataError: the file is missing or not what its suffix says; the message says where.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "words.csv")
    ...     _ = path.write_text("headword,english\n双碳,dual carbon", encoding="utf-8")
    ...     [(entry.headword, entry.english) for entry in load(path)]
    [('双碳', 'dual carbon')]
    """
    from glossary.importing.tidying import tidy

    return [tidy(entry) for entry in _load(path)]


def _load(path: Path) -> list[Entry]:
    suffix = path.suffix.lower()
    if suffix == ".tbx":
        from glossary.importing.tbx import load_tbx

        return load_tbx(path)
    from glossary.importing import rows

    if suffix == ".csv":
        return rows.load_csv(path)
    if suffix == ".jsonl":
        return rows.load_jsonl(path)
    raise DataError(f"{path}: cannot be imported. Name a file {', '.join(SUFFIXES)}.")
