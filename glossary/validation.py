"""Checks of term files: each has a code, its severity and area in the code, its message in the docstring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from glossary.errors import DataError
from glossary.readings import syllables
from glossary.store import TermFile, parse_toml, toml_files
from glossary.variants import key_of

__all__ = ["CHECKS", "Problem", "validate"]


class Problem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that is wrong: in which file, by which check, with which headword."""

    path: str
    code: str
    headword: str | None
    message: str


Check = Callable[[Path, TermFile], Iterator[str | None]]


def e101(path: Path, file: TermFile) -> Iterator[str | None]:
    """The id of the source is not the name of the file."""
    if file.source.id != path.stem:
        yield None


def e102(path: Path, file: TermFile) -> Iterator[str | None]:
    """The year of the source is not that of its date."""
    source = file.source
    if source.date and source.year is not None and source.date.year != source.year:
        yield None


def e201(path: Path, file: TermFile) -> Iterator[str | None]:
    """The headword has no letter or digit, or has blanks or line breaks at its ends."""
    for term in file.term:
        if term.headword != term.headword.strip() or not any(map(str.isalnum, term.headword)):
            yield term.headword


def e202(path: Path, file: TermFile) -> Iterator[str | None]:
    """The headword stands twice in the file."""
    seen: set[str] = set()
    for term in file.term:
        key = key_of(term.headword)
        if key in seen:
            yield term.headword
        seen.add(key)


def e203(path: Path, file: TermFile) -> Iterator[str | None]:
    """The whole headword stands in quotation marks, which are no part of it."""
    yield from (
        term.headword for term in file.term if re.fullmatch('“[^“”]*”|「[^「」]*」|"[^"]*"', term.headword)
    )


def e301(path: Path, file: TermFile) -> Iterator[str | None]:
    """The definition is empty; leave the key out where there is none."""
    yield from (
        term.headword for term in file.term if term.definition is not None and not term.definition.strip()
    )


def w301(path: Path, file: TermFile) -> Iterator[str | None]:
    """The definition does not end with a full stop."""
    for term in file.term:
        if (term.definition or "").strip() and not (term.definition or "").endswith("。"):
            yield term.headword


def w302(path: Path, file: TermFile) -> Iterator[str | None]:
    """A member stands twice, or is empty."""
    yield from (t.headword for t in file.term if len(set(t.members)) < len(t.members) or "" in t.members)


def e401(path: Path, file: TermFile) -> Iterator[str | None]:
    """The pinyin has not one syllable for each Han character and one token for each Latin word."""
    for term in file.term:
        if term.pinyin is not None and len(term.pinyin.split()) != len(syllables(term.headword)):
            yield term.headword


CHECKS: Mapping[str, Check] = {
    "E101": e101,
    "E102": e102,
    "E201": e201,
    "E202": e202,
    "E203": e203,
    "E301": e301,
    "W301": w301,
    "W302": w302,
    "E401": e401,
}


def validate(path: Path) -> Iterator[Problem]:
    """Run every check on a term file or a folder of them; a file that cannot be parsed is problem E100.

    Raises:
        DataError: there is nothing to check.
    """
    for file in toml_files(path):
        if not file.is_file():
            raise DataError(f"{file}: no such file. Check the path.")
        try:
            parsed = parse_toml(file)
        except DataError as error:
            yield Problem(path=str(file), code="E100", headword=None, message=str(error))
            continue
        for code, check in CHECKS.items():
            message = (check.__doc__ or "").strip()
            for headword in check(file, parsed):
                yield Problem(path=str(file), code=code, headword=headword, message=message)
