"""What all formats are told: the title, the base of addresses, the syntax, and whom to tell how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from glossary.model import Entry

if TYPE_CHECKING:
    from glossary.compiling import Progress

__all__ = ["TITLE", "Settings", "walk"]

TITLE = "政策术语"


class Settings(NamedTuple):
    """What a writer of a format may want to know; most want little of it."""

    title: str = TITLE
    base: str = ""
    syntax: Literal["turtle", "json-ld"] = "turtle"
    progress: Progress | None = None


def walk(entries: Mapping[str, Entry], settings: Settings) -> Iterator[Entry]:
    """Go through the entries by headword, one at a time: a compiled file is read as they are asked for."""
    go_through = settings.progress or (lambda items, label, total: items)
    for headword in go_through(sorted(entries), "export", len(entries)):
        yield entries[headword]
