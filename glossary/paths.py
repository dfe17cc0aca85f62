"""Where the shipped data lie: inside the package in a wheel, beside it in a checkout; and what keeps a file shut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from glossary.errors import DataError

__all__ = ["compiled_terms", "opening", "terms_directory"]


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
