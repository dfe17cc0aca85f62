"""The built-in glossary, and look-up, search and annotation on it."""

from __future__ import annotations

from functools import cache

from glossary.annotation import Annotation, Overlap
from glossary.dictionary import Glossary
from glossary.dictionary import load as _load
from glossary.model import Entry, Hit

__all__ = ["annotate", "load", "lookup", "search"]


@cache
def load() -> Glossary:
    """Return the built-in glossary, made of the `terms/` that this package ships; it is loaded once a process.

    Raises:
        DataError: the shipped files are missing or damaged.
    """
    return _load()


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
    text: str, *, region: str | None = None, year: int | None = None, overlap: Overlap = "longest"
) -> Annotation:
    """Annotate a text with the built-in glossary; see `Glossary.annotate`."""
    return load().annotate(text, region=region, year=year, overlap=overlap)
