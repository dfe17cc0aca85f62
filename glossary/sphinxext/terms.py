"""The glossary of a project, and its entries as a site orders them: by reading, letter, year."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from glossary.builtin import load
from glossary.dictionary import Glossary
from glossary.keys import letters, sort_key
from glossary.model import Entry, Sense
from glossary.paths import compiled_terms, terms_directory
from glossary.render.terms import explained, one_line
from glossary.senses import best_sense
from glossary.text import simplify

__all__ = ["Terms", "definition_of", "first_year", "gloss", "in_order", "letter_of", "selection", "years_of"]


class Terms:
    """The glossary that a project names with `glossary_path`, or the shipped one; opened when it is asked for."""

    def __init__(self, path: str | None) -> None:
        """Take the path of a compiled file, a term file, a folder of term files or a list of headwords."""
        self._path = Path(path) if path else None

    @cached_property
    def glossary(self) -> Glossary:
        """The glossary.

        Raises:
            DataError: the file is missing or damaged.
        """
        return Glossary.open(self._path) if self._path else load()

    @cached_property
    def entries(self) -> list[Entry]:
        """All entries, in order of reading."""
        return in_order(self.glossary.values())

    @cached_property
    def state(self) -> str:
        """What tells one state of the glossary's files from another, wherever they lie."""
        seen = hashlib.sha256()
        where = self._path or (compiled_terms() if compiled_terms().is_file() else terms_directory())
        for file in sorted(where.rglob("*.toml")) if where.is_dir() else [where]:
            seen.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    seen.update(chunk)
        return seen.hexdigest()[:16]


def definition_of(entry: Entry) -> str:
    """Return the explanation that speaks for an entry where nothing is known of the text; empty where it has none."""
    sense = best_sense(entry)
    return explained(sense) if sense else ""


def gloss(definition: str, most: int) -> str:
    r"""Cut a definition to one line of so many characters.

    >>> gloss("把各部门的事项放到\n一个网上平台办理。", 10)
    '把各部门的事项放到…'
    """
    line = one_line(definition)
    return f"{line[: most - 1]}…" if len(line) > most else line


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort entries by reading, syllable by syllable and tone by tone, what is read alike by headword."""
    return sorted(entries, key=lambda entry: (sort_key(entry.reading), entry.headword))


def letter_of(entry: Entry) -> str:
    """Return the letter under which an entry stands, A to Z; # where it begins with a figure or a mark.

    >>> letter_of(Entry(headword="一网通办", reading="yī wǎng tōng bàn")), letter_of(Entry(headword="1+X", reading="1+X"))
    ('Y', '#')
    """
    first = letters(entry.reading.partition(" ")[0])[:1].replace("ü", "u").replace("Ü", "U")
    return first.upper() if first.isascii() and first.isalpha() else "#"


def years_of(entry: Entry) -> list[int]:
    """Return the years that are known of an entry, ascending: since when it is, where it is cited, of what reports."""

    def known(sense: Sense) -> Iterable[int | None]:
        yield sense.since
        yield sense.citation.year if sense.citation else None
        yield sense.source.year if sense.source else None

    return sorted({year for sense in entry.senses for year in known(sense) if year})


def first_year(entry: Entry) -> int | None:
    """Return the first year that is known of an entry.

    >>> first_year(Entry(headword="双碳", senses=(Sense(since=2020), Sense(since=2021)))), first_year(Entry(headword="双碳"))
    (2020, None)
    """
    return min(years_of(entry), default=None)


def selection(
    entries: Iterable[Entry],
    *,
    kind: Iterable[str] = (),
    source: Iterable[str] = (),
    region: Iterable[str] = (),
    year: Iterable[int] = (),
    letter: Iterable[str] = (),
) -> list[Entry]:
    """Return the entries that fit every filter, in the order in which they come; an empty filter lets all pass.

    A source is an id or a title, a region any level of one in either script; a year fits if it is one of `years_of`.

    >>> g = Glossary.from_headwords(["一网通办", "雪亮工程"])
    >>> [entry.headword for entry in selection(g.values(), letter=["X", "Z"])]
    ['雪亮工程']
    """
    kinds, years, first = frozenset(kind), frozenset(year), frozenset(map(str.upper, letter))
    sources, regions = frozenset(source), [simplify(name) for name in region]

    def cited(entry: Entry, fits: Callable[[str, str, str], bool]) -> bool:
        return any(
            fits(sense.source.id, sense.source.title or "", sense.source.region or "")
            for sense in entry.senses
            if sense.source
        )

    return [
        entry
        for entry in entries
        if (not kinds or entry.kind in kinds)
        and (not first or letter_of(entry) in first)
        and (not years or not years.isdisjoint(years_of(entry)))
        and (not sources or cited(entry, lambda id, title, _: id in sources or title in sources))
        and (not regions or cited(entry, lambda _, __, place: any(name in place for name in regions)))
    ]
