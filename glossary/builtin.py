"""The built-in glossary, and look-up, search and annotation on it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.model import Entry, Hit
from glossary.paths import compiled_terms, terms_directory

if TYPE_CHECKING:
    from glossary.annotation import Annotation, Overlap

__all__ = ["annotate", "load", "lookup", "search", "ship"]

_A_DAY = 24 * 60 * 60  # seconds


@cache
def load() -> Glossary:
    """Return the built-in glossary, made of the `terms/` that this package ships; it is opened once a process.

    An installed package has it compiled. In a checkout it is compiled into the user's cache folder when the terms or
    the code have changed, once, however many processes ask for it first.

    Raises:
        DataError: the shipped files are missing or damaged.
    """
    ready = compiled_terms()
    if ready.is_file():
        return Glossary.open(ready)
    terms = terms_directory()
    if not terms.is_dir():
        raise DataError(f"{terms}: the shipped terms are missing. Install policy-glossary again.")
    return _from_cache(terms)


def ship(target: Path) -> None:
    """Compile the terms of this checkout for a wheel.

    Raises:
        DataError: a term file has an error, or a reading that is doubtful and not reviewed; what, and where.
    """
    from glossary.validation import validate

    terms = terms_directory()
    wrong = [problem for problem in validate(terms) if problem.code.startswith("E") or problem.code == "W401"]
    if wrong:
        first = wrong[0]
        raise DataError(
            f"{first.path}: {first.code} {first.headword or ''}: {first.message} {first.detail} "
            f"({len(wrong)} such problems; see: glossary validate {terms})"
        )
    Glossary.from_toml(terms).save(target)


def _from_cache(terms: Path) -> Glossary:
    """Open what was compiled from a folder of terms, compiling it first where it isn't there or is out of date."""
    from filelock import FileLock
    from platformdirs import user_cache_path

    folder = user_cache_path("policy-glossary", appauthor=False)
    path = folder / f"terms-{_digest(terms)}.glossary"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ready = _whole(path)
        if ready is None:
            with FileLock(folder / "terms.lock"):
                ready = _whole(path)
                if ready is None:
                    Glossary.from_toml(terms).save(path)
                    _tidy(folder, path)
                    ready = Glossary.open(path)
        return ready
    except (OSError, DataError):
        # no folder to write to, or somebody tidied it up: the terms are there all the same
        return Glossary.from_toml(terms)


def _whole(path: Path) -> Glossary | None:
    """Open a compiled file; `None` where it is missing or damaged and has to be made."""
    try:
        return Glossary.open(path)
    except DataError:
        return None


def _digest(terms: Path) -> str:
    """Name a state of the terms, and of the code that compiles them."""
    import hashlib

    seen = hashlib.sha256()
    for file in sorted(terms.rglob("*.toml")):
        seen.update(f"{file.relative_to(terms).as_posix()}\0".encode())
        seen.update(file.read_bytes())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        state = file.stat()
        seen.update(f"{file.name}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return seen.hexdigest()[:16]


def _tidy(folder: Path, keep: Path) -> None:
    """Delete what was compiled from other states a day ago or earlier: another checkout may be at work with its own.

    A file that another process has open on Windows stays.
    """
    import time

    for old in folder.glob("terms-*.glossary"):
        try:
            if old != keep and old.stat().st_mtime < time.time() - _A_DAY:
                old.unlink()
        except OSError:
            continue


def lookup(term: str) -> Entry | None:
    """Look a written form up in the built-in glossary; `None` where it isn't there.

    >>> lookup("一網通辦").headword
    '一网通办'
    """
    return load().lookup(term)


def search(query: str, *, limit: int = 10) -> list[Hit]:
    """Search the built-in glossary; see `Glossary.search`."""
    return load().search(query, limit=limit)


def annotate(
    text: str,
    *,
    region: str | None = None,
    year: int | None = None,
    overlap: Overlap = "longest",
    first_only: bool = False,
) -> Annotation:
    """Annotate a text with the built-in glossary; see `Glossary.annotate`."""
    return load().annotate(text, region=region, year=year, overlap=overlap, first_only=first_only)
