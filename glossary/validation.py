"""Checks of term files: each has a code, its severity and area in the code, its message in the docstring.

E is an error, W a warning; 1xx is about the source, 2xx about an entry, 3xx about a sense, 4xx about a reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from glossary.errors import DataError
from glossary.folding import key_of
from glossary.keys import is_syllable
from glossary.readings import reading
from glossary.reviewed import spans
from glossary.shorthand import form_of
from glossary.store import TermFile, parse_toml, toml_files
from glossary.text import is_han

__all__ = ["CHECKS", "Case", "Problem", "validate"]


class Problem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that is wrong: in which file, by which check, with which headword, and what of it."""

    path: str
    code: str
    headword: str | None
    message: str
    detail: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a check looks at: a parsed file, where it lies, and the keys of all names in all files checked with it."""

    path: Path
    file: TermFile
    known: frozenset[str]


# The headword that a check finds fault with (None: the file), and what of it.
Found = tuple[str | None, str]


def _is_name(written: str) -> bool:
    return (
        written == written.strip()
        and any(map(str.isalnum, written))
        and not re.search("[\0\n\r\u2028\u2029\ud800-\udfff]", written)
    )


Check = Callable[[Case], Iterator[Found]]


def e101(case: Case) -> Iterator[Found]:
    """The id of the source is not the name of the file."""
    if case.file.source.id != case.path.stem:
        yield None, case.file.source.id


def e102(case: Case) -> Iterator[Found]:
    """The year of the source is not that of its date."""
    source = case.file.source
    if source.date and source.year is not None and source.date.year != source.year:
        yield None, f"{source.year}, {source.date}"


def e201(case: Case) -> Iterator[Found]:
    """The headword has no letter or digit, holds a NUL or a line break, or has blanks at its ends."""
    for term in case.file.term:
        if not _is_name(term.headword):
            yield term.headword, ""


def e202(case: Case) -> Iterator[Found]:
    """The headword stands twice in the file."""
    seen: set[str] = set()
    for term in case.file.term:
        key = key_of(term.headword)
        if key in seen:
            yield term.headword, ""
        seen.add(key)


def e203(case: Case) -> Iterator[Found]:
    """The whole headword stands in quotation marks, which are no part of it."""
    for term in case.file.term:
        if re.fullmatch('“[^“”]*”|「[^「」]*」|"[^"]*"', term.headword):
            yield term.headword, ""


def e204(case: Case) -> Iterator[Found]:
    """A variant has no letter or digit, holds a NUL or a line break, has blanks at its ends, or stands twice."""
    for term in case.file.term:
        for n, variant in enumerate(term.variants):
            if not _is_name(variant) or variant in term.variants[:n]:
                yield term.headword, repr(variant)


def w201(case: Case) -> Iterator[Found]:
    """A related term is in none of the files, or is the term itself."""
    for term in case.file.term:
        for related in term.related:
            if key_of(related) not in case.known or key_of(related) == key_of(term.headword):
                yield term.headword, related


def w202(case: Case) -> Iterator[Found]:
    """A variant is the headword itself but for script, width or quotation marks, which rules derive."""
    for term in case.file.term:
        for variant in term.variants:
            if key_of(variant) == key_of(term.headword):
                yield term.headword, variant


def e301(case: Case) -> Iterator[Found]:
    """The definition is empty; leave the key out where there is none."""
    for term in case.file.term:
        if term.definition is not None and not term.definition.strip():
            yield term.headword, ""


def e302(case: Case) -> Iterator[Found]:
    """The citation has no title, or one in 《》, which are added."""
    for term in case.file.term:
        title = term.citation.title if term.citation else "-"
        if not title.strip() or (title.startswith("《") and title.endswith("》")):
            yield term.headword, title


def w301(case: Case) -> Iterator[Found]:
    """The definition does not end with a full stop."""
    for term in case.file.term:
        if (term.definition or "").strip() and not (term.definition or "").endswith("。"):
            yield term.headword, ""


def w302(case: Case) -> Iterator[Found]:
    """A member stands twice, or is empty."""
    for term in case.file.term:
        if len(set(term.members)) < len(term.members) or "" in term.members:
            yield term.headword, ""


def w303(case: Case) -> Iterator[Found]:
    """The members are not as many as the numeral of the headword says."""
    for term in case.file.term:
        form = form_of(term.headword) if term.members else None
        numbers = [group.number for group in form.groups] if form else []
        if form is None or form.style not in ("count", "groups") or None in numbers:
            continue
        # 四应四尽 has four members with both 应 and 尽
        allowed = {sum(n or 0 for n in numbers), *(numbers if len(set(numbers)) == 1 else ())}
        if len(term.members) not in allowed:
            yield term.headword, f"{len(term.members)} members"


def w304(case: Case) -> Iterator[Found]:
    """The definition begins with 指 or 是指; say what the thing is."""
    for term in case.file.term:
        if re.match("(?:是|系|即|即是)?指(?!数|标|南|挥|导|引|定)", term.definition or ""):
            yield term.headword, ""


def w305(case: Case) -> Iterator[Found]:
    """The document cited is older than the term."""
    for term in case.file.term:
        cited = term.citation.year if term.citation else None
        if cited and term.since and cited < term.since:
            yield term.headword, f"{cited}, {term.since}"


def e401(case: Case) -> Iterator[Found]:
    """The pinyin has not one syllable for each Han character and one token for each Latin word."""
    for term in case.file.term:
        if term.pinyin is not None and len(term.pinyin.split()) != len(list(spans(term.headword))):
            yield term.headword, term.pinyin


def e402(case: Case) -> Iterator[Found]:
    """The pinyin reads a Han character as something that is no syllable with tone marks."""
    for term in case.file.term:
        said = (term.pinyin or "").split()
        places = list(spans(term.headword))
        if len(said) == len(places):
            for (start, _), syllable in zip(places, said, strict=True):
                if is_han(term.headword[start]) and not is_syllable(syllable):
                    yield term.headword, syllable


def w401(case: Case) -> Iterator[Found]:
    """The reading is doubtful; review it and put it into readings.toml, or give the pinyin here."""
    for term in case.file.term:
        if term.pinyin is None:
            for doubt in reading(term.headword).doubtful:
                yield term.headword, f"{doubt.char} {doubt.syllable}, or {'/'.join(doubt.others)}"


def w402(case: Case) -> Iterator[Found]:
    """The pinyin is what is derived without it and beyond doubt; leave it out."""
    for term in case.file.term:
        derived = reading(term.headword)
        if term.pinyin == str(derived) and not derived.doubtful:
            yield term.headword, term.pinyin or ""


CHECKS: Mapping[str, Check] = {
    check.__name__.upper(): check
    for check in (
        *(e101, e102),
        *(e201, e202, e203, e204, w201, w202),
        *(e301, e302, w301, w302, w303, w304, w305),
        *(e401, e402, w401, w402),
    )
}


def validate(path: Path) -> Iterator[Problem]:
    """Run every check on a term file or a folder of them; a file that cannot be parsed is problem E100.

    Raises:
        DataError: there is nothing to check.
    """
    parsed: list[tuple[Path, TermFile | DataError]] = []
    for file in toml_files(path):
        if file == path and not file.is_file():
            raise DataError(f"{file}: no such file. Check the path.")
        try:
            parsed.append((file, parse_toml(file)))
        except DataError as error:
            parsed.append((file, error))
    known = frozenset(
        key_of(name)
        for _, terms in parsed
        if isinstance(terms, TermFile)
        for term in terms.term
        for name in (term.headword, *term.variants)
    )
    for file, terms in parsed:
        if isinstance(terms, DataError):
            yield Problem(path=str(file), code="E100", headword=None, message=str(terms))
            continue
        for code, check in CHECKS.items():
            message = (check.__doc__ or "").strip()
            for headword, detail in check(Case(path=file, file=terms, known=known)):
                yield Problem(path=str(file), code=code, headword=headword, message=message, detail=detail)
