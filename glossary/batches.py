"""Annotation of many texts: one after another, or over processes where reading them takes the time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Protocol

from glossary.annotation import Annotation
from glossary.errors import ReadError
from glossary.model import Entry, Mention, Report

__all__ = ["Texts", "annotate_many"]

Texts = Iterable["str | Path | Report"] | Path | IO[str]


class Annotator(Protocol):
    """What a glossary is to this module."""

    @property
    def annotate(self) -> Callable[..., Annotation]:
        """What annotates a text."""

    def __getitem__(self, headword: str, /) -> Entry:
        """Return the entry of a headword."""


_CHUNK = 8
# A process takes half a second to start, and a file some 20 ms to read.
_MANY = 64
# What a process sends back of a mention; entries are the same on both sides, and large.
_Row = tuple[int, int, str, int | None, str | None]


def annotate_many(
    glossary: Annotator,
    texts: Texts,
    *,
    processes: int | None = None,
    progress: bool = False,
    **how: Any,
) -> Iterator[Annotation]:
    """Yield the annotation of each text, in order, holding few of them at a time.

    `texts` are strings, reports, or paths of report files, which are read; or one path of a text file or an open one,
    of which each line is a text. What a report says of its region and year settles its senses, unless `how` (the
    options of `Glossary.annotate`) says otherwise. `processes` is how many work at once; by default one, and all
    processors where 64 files or more have to be read: to send a text to another process and its mentions back takes
    as long as to annotate it. `progress` shows a bar on a terminal.

    Raises:
        ReadError: a file can't be read.
        GlossaryError: a process was ended from outside, or none came to work.
    """
    items = _lines(texts) if isinstance(texts, Path) or hasattr(texts, "read") else iter(texts)
    first = list(islice(items, _MANY)) if processes is None else []
    if processes is None:
        to_read = sum(isinstance(item, Path) for item in first)
        processes = 1
        if to_read >= _MANY:
            from glossary.workers import processors

            processes = processors()
    whole = chain(first, items)
    found = (
        _over_processes(glossary, whole, processes, how)
        if processes > 1
        else (_annotated(glossary, item, how) for item in whole)
    )
    if progress:
        from tqdm import tqdm

        total = len(texts) if isinstance(texts, Sequence) else None
        return iter(tqdm(found, total=total, unit="text", disable=None, leave=False))
    return found


def _lines(texts: Any) -> Iterator[str]:
    if not isinstance(texts, Path):
        yield from (line.rstrip("\r\n") for line in texts)
        return
    if texts.is_dir():
        raise ReadError(f"{texts}: is a folder. Give its files: sorted(Path({str(texts)!r}).glob('*.html')).")
    try:
        with texts.open(encoding="utf-8-sig") as stream:
            yield from (line.rstrip("\r\n") for line in stream)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{texts}: cannot be read as lines of UTF-8 text ({error}).") from None


def _annotated(glossary: Annotator, item: str | Path | Report, how: dict[str, Any]) -> Annotation:
    if isinstance(item, str):
        return glossary.annotate(item, **how)
    if isinstance(item, Path):
        from glossary.reports import read

        item = read(item)
    where = {"region": item.region, "year": item.year}
    return glossary.annotate(item.text, **{**where, **how})


def _over_processes(
    glossary: Annotator, items: Iterator[str | Path | Report], processes: int, how: dict[str, Any]
) -> Iterator[Annotation]:
    from glossary.workers import over_processes

    chunks: deque[list[str | Path | Report]] = deque()

    def tasks() -> Iterator[tuple[list[str | Path | Report], dict[str, Any]]]:
        while chunk := list(islice(items, _CHUNK)):
            chunks.append(chunk)
            yield chunk, how

    for found in over_processes(_rows, tasks(), processes, begin=partial(_open, glossary), in_order=True):
        for item, (text, rows) in zip(chunks.popleft(), found, strict=True):
            yield _made(glossary, item if text is None else text, rows)


_glossary_here: list[Annotator] = []  # of a worker, which works for one caller


def _open(glossary: Annotator) -> None:
    _glossary_here[:] = [glossary]


def _rows(chunk: list[str | Path | Report], how: dict[str, Any]) -> list[tuple[str | None, list[_Row]]]:
    """Annotate some texts in another process; a text that was read here is sent along."""
    found = []
    for item in chunk:
        annotation = _annotated(_glossary_here[0], item, how)
        rows = [
            (
                m.start,
                m.end,
                m.entry.headword,
                None if m.sense is None else m.entry.senses.index(m.sense),
                m.variant,
            )
            for m in annotation
        ]
        found.append((annotation.text if isinstance(item, Path) else None, rows))
    return found


def _made(glossary: Annotator, item: Any, rows: list[_Row]) -> Annotation:
    text = item if isinstance(item, str) else item.text
    mentions = []
    for start, end, headword, sense, variant in rows:
        entry = glossary[headword]
        chosen = None if sense is None else entry.senses[sense]
        mentions.append(Mention(start, end, text[start:end], entry, chosen, variant))
    return Annotation(text, mentions)
