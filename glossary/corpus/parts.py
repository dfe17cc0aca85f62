"""Work that goes on where it was stopped: finished parts in a folder, each there whole or not at all.

A part is written under a temporary name, brought to the disk and renamed. Its name says what it was made of, so that a
part of other input is never taken for one of this: there is no list beside the parts that could say otherwise.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from glossary.errors import DataError

__all__ = ["Parts", "digest", "made_before", "replacing", "stamp"]

T = TypeVar("T")

_UNFINISHED = ".unfinished"
_MADE = b"glossary:made"


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("policy-glossary")
    except PackageNotFoundError:
        return "not installed"


def digest(*made_of: Any) -> str:
    """Return a short name for what a part is made of; another version of this package may make another of it."""
    return hashlib.sha256(repr((_version(), *made_of)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def stamp(made_of: str, made: Any) -> dict[bytes, bytes]:
    """Return what a finished Parquet file says of itself, for its metadata."""
    return {_MADE: msgspec.json.encode((made_of, made))}


def made_before(path: Path, made_of: str, kind: type[T]) -> T | None:
    """Return what a finished file says of itself, if it was made of the same."""
    try:
        with pq.ParquetFile(path) as file:
            said = (file.metadata.metadata or {})[_MADE]
        of, made = msgspec.json.decode(said, type=tuple[str, kind])  # type: ignore[valid-type]
    except (KeyError, OSError, msgspec.DecodeError, pa.ArrowException):
        return None
    return made if of == made_of else None


@contextmanager
def replacing(path: Path, within: Path | None = None) -> Iterator[Path]:
    """Yield a temporary name; what is written there takes a file's place when all went well.

    It is beside the file, or in a folder of `Parts` on the same disk, where the next run finds what a killed one left.

    Raises:
        DataError: it cannot be written.
    """
    beside = (within or path.parent) / f".{path.name}.{os.getpid()}{_UNFINISHED}"
    try:
        try:
            yield beside
            with beside.open("rb+") as stream:
                os.fsync(stream.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(
            f"{path}: cannot be written ({error.strerror or error}). Check the folder, and the room on the disk."
        ) from None


class Parts:
    """The folder of the finished parts of one job, which one process at a time works on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def working(self) -> Iterator[None]:
        """Hold the folder while the job is worked on; what a stopped run left unfinished is deleted.

        Raises:
            DataError: another process holds it, or it can't be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "lock")
            lock.acquire(timeout=0)
        except Timeout:
            raise DataError(
                f"{self.folder}: another process works on this. Wait for it, or name another output."
            ) from None
        except OSError as error:
            raise DataError(
                f"{self.folder}: cannot be written to ({error.strerror}). Check the path."
            ) from None
        try:
            for left in self.folder.glob(f".*{_UNFINISHED}"):
                left.unlink(missing_ok=True)
            yield
        finally:
            lock.release()

    def keep(self, wanted: str, suffix: str) -> list[Path]:
        """Return the parts whose name begins so, by name, and delete those of other input."""
        kept = []
        for path in sorted(self.folder.glob(f"*{suffix}")):
            if path.name.startswith(wanted):
                kept.append(path)
            else:
                path.unlink(missing_ok=True)
        return kept

    def delete(self) -> None:
        """Delete the folder: the job is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)
