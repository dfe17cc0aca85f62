"""Where the shipped data lie: inside the package in a wheel, beside it in a checkout; opening files, and writing them whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from glossary.errors import DataError

__all__ = ["compiled_terms", "opening", "terms_directory", "writing"]


def terms_directory() -> Path:
    """Return the folder of the shipped terms.

    A wheel holds a copy inside the package; an editable install has none there (hatchling's `force-include` acts
    only when a wheel is built), so the folder beside the package serves.
    """
    package = Path(__file__).parent
    inside = package / "terms"
    return inside if inside.is_dir() else package.parent / "terms"


def compiled_terms() -> Path:
    """Return where a wheel holds the shipped terms compiled; a checkout has no such file."""
    return Path(__file__).parent / "terms.glossary"


@contextmanager
def opening(path: Path, wanted: str) -> Iterator[None]:
    """Say in one line why a file can't be opened, and what to name instead.

    Raises:
        DataError: it is missing, a directory, or can't be read.
    """
    try:
        yield
    except FileNotFoundError:
        raise DataError(f"{path}: no such file. Name {wanted}.") from None
    except IsADirectoryError:
        raise DataError(f"{path}: is a directory. Name {wanted}.") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Check the path.") from None


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file to write under a temporary name, renamed when all is written: it is there whole or as it was.

    What is no ordinary file (/dev/stdout, a pipe) is written to, never replaced; a link stays a link.

    Raises:
        DataError: it cannot be written.
    """
    try:
        if path.is_dir():
            raise DataError(f"{path}: is a directory. Name a file in it.")
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        whole = path.resolve()
        beside = whole.with_name(f".{whole.name}.{os.getpid()}.part")
        try:
            with beside.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(whole)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror}). Check the folder.") from None
    except RuntimeError as error:
        # a link that leads to itself
        if "ymlink" not in str(error):
            raise
        raise DataError(f"{path}: cannot be written ({error}). Check the folder.") from None
