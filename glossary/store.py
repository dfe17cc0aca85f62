"""Where entries are kept by hand: `terms/*.toml`, and plain lists of headwords."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from datetime import date as Date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import msgspec

from glossary.errors import DataError, ReadError
from glossary.merging import unfit
from glossary.model import Citation, Entry, Kind, Sense, Source
from glossary.paths import opening, writing

__all__ = ["load_list", "load_toml", "toml_text", "write_whole"]

_NOT_TERMS = ("readings.toml",)
_LONGEST = 80  # characters of a headword in a list; the longest mottos have some 50


class TermRow(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One `[[term]]` as it stands in a file."""

    headword: str
    kind: Kind = "other"
    place: str | None = None
    definition: str | None = None
    members: list[str] = []
    variants: list[str] = []
    english: str | None = None
    pinyin: str | None = None
    since: Annotated[int, msgspec.Meta(ge=1, le=9999)] | None = None
    citation: Citation | None = None
    obsolete: bool = False
    related: list[str] = []


class SourceRow(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The `[source]` of a file."""

    id: str
    title: str | None = None
    region: str | None = None
    year: Annotated[int, msgspec.Meta(ge=1, le=9999)] | None = None
    date: Date | None = None


class TermFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A whole `terms/<source-id>.toml`."""

    source: SourceRow
    term: list[TermRow] = []


def toml_files(path: Path) -> list[Path]:
    """List the term files of a folder, or the one file given.

    Raises:
        DataError: nothing is there.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*.toml") if p.name not in _NOT_TERMS)
        if not files:
            raise DataError(f"{path}: holds no .toml files. Give a folder of term files such as terms/.")
        return files
    return [path]


def load_toml(path: Path) -> list[Entry]:
    """Read the entries of a term file, or of all term files of a folder.

    Raises:
        DataError: a file is missing or is not what the format of `terms/` asks for; the message says where.
    """
    entries: list[Entry] = []
    for file in toml_files(path):
        for entry in entries_of(parse_toml(file)):
            if why := unfit(entry):
                raise DataError(f"{file}: {why}")
            entries.append(entry)
    return entries


def parse_toml(file: Path) -> TermFile:
    """Parse one term file.

    Raises:
        DataError: it cannot be read, is no TOML, or a key is unknown, missing or of the wrong type.
    """
    raw = _read(file, "a term file, or a folder of them")
    try:
        # Notepad puts a byte order mark before UTF-8
        return msgspec.toml.decode(raw.removeprefix(codecs.BOM_UTF8), type=TermFile)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise DataError(f"{file}: is no term file: {error}. See terms/README.md for the format.") from None


def entries_of(parsed: TermFile) -> Iterator[Entry]:
    """Yield the entries of a parsed term file, each with its one sense."""
    row = parsed.source
    when = row.date.isoformat() if row.date else None
    for term in parsed.term:
        source = Source(
            id=row.id, title=row.title, region=row.region, year=row.year, date=when, place=term.place
        )
        yield Entry(
            headword=term.headword,
            reading=term.pinyin or "",
            kind=term.kind,
            variants=tuple(term.variants),
            senses=(
                Sense(
                    definition=term.definition,
                    members=tuple(term.members),
                    source=source,
                    since=term.since,
                    citation=term.citation,
                    obsolete=term.obsolete,
                ),
            ),
            english=term.english,
            related=tuple(term.related),
        )


def toml_text(source: Source, entries: Iterable[Entry]) -> str:
    """Write entries as the text of the term file of one source; `load_toml` reads it back.

    Senses of other sources are left out: a file holds one source. So are further senses of this source: a file holds
    a headword once.
    """
    head = {
        key: value
        for key, value in msgspec.to_builtins(source).items()
        if value is not None and key != "place"
    }
    if source.date:
        head["date"] = Date.fromisoformat(source.date)
    blocks = [("[source]", head)]
    for entry in entries:
        own = (s for s in entry.senses or (Sense(),) if not s.source or s.source.id == source.id)
        for sense in islice(own, 1):
            row: dict[str, Any] = {"headword": entry.headword, "kind": entry.kind}
            optional = {
                "place": sense.source.place if sense.source else None,
                "definition": sense.definition,
                "members": list(sense.members),
                "variants": list(entry.variants),
                "english": entry.english,
                "pinyin": _own_reading(entry),
                "since": sense.since,
                "citation": msgspec.to_builtins(sense.citation) if sense.citation else None,
                "obsolete": sense.obsolete,
                "related": list(entry.related),
            }
            blocks.append(("[[term]]", row | {key: value for key, value in optional.items() if value}))
    return "\n".join(f"{header}\n{_lines(row)}" for header, row in blocks)


def _lines(row: dict[str, Any]) -> str:
    """Write keys and values line by line; a table inside stands in one line."""
    import tomli_w

    lines = ""
    for key, value in row.items():
        if isinstance(value, dict):
            inner = _lines({name: one for name, one in value.items() if one is not None})
            lines += f"{key} = {{ {', '.join(inner.rstrip().split(chr(10)))} }}\n"
        else:
            lines += tomli_w.dumps({key: value}, multiline_strings=False)
    return lines


def _own_reading(entry: Entry) -> str | None:
    """Return a reading that is not the derived one; only such are written."""
    if not entry.reading:
        return None
    from glossary.readings import pinyin

    return entry.reading if entry.reading != pinyin(entry.headword) else None


def load_list(path: Path) -> list[Entry]:
    """Read a plain list of headwords, one a line; blank lines and lines that begin with # are passed over.

    Raises:
        DataError: the file is missing, no text, or no list of headwords; the message says in which line.
    """
    from glossary.reports.encodings import decode

    raw = _read(path, "a list of headwords, one a line")
    try:
        text = decode(raw, str(path))
    except ReadError as error:
        raise DataError(str(error)) from None
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip()
        if not word or word.startswith("#"):
            continue
        if len(word) > _LONGEST or "。" in word:
            raise DataError(
                f"{path}: line {number} is a sentence, no headword. Give one headword a line; "
                "from a report make a glossary with: glossary harvest REPORT -o OUT.toml"
            )
        entries.append(Entry(headword=word))
    if not entries:
        raise DataError(f"{path}: holds no headwords. Give one a line.")
    return entries


def _read(path: Path, wanted: str) -> bytes:
    with opening(path, wanted):
        raw = path.read_bytes()
    if not raw.strip():
        raise DataError(f"{path}: the file is empty. Name {wanted}.")
    return raw


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or as it was; see `paths.writing`.

    Raises:
        DataError: it cannot be written.
    """
    with writing(path) as stream:
        stream.write(content)
