"""Export a glossary to the formats of other programs; `docs/exports.md` says what each keeps and what it loses."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary.errors import DataError
from glossary.export.settings import TITLE, Settings
from glossary.model import Entry
from glossary.paths import writing

if TYPE_CHECKING:
    from glossary.compiling import Progress

__all__ = ["FORMATS", "TITLE", "Format", "check_options", "export", "format_of"]


class Format(NamedTuple):
    """A format: where it is written, by which suffixes a file is known to be of it, if it is text, what it is told."""

    writer: str
    suffixes: tuple[str, ...]
    text: bool = True
    takes: tuple[str, ...] = ("title",)


# The modules are imported when they are asked for.
FORMATS: Mapping[str, Format] = {
    "tbx": Format("tbx.write", (".tbx",)),
    "tbx2": Format("tbx.write_2008", ()),
    "skos": Format("skos.write", (".ttl", ".jsonld"), takes=("title", "base", "syntax")),
    "csv": Format("rows.write_csv", (".csv",), takes=()),
    "jsonl": Format("rows.write_jsonl", (".jsonl",), takes=()),
    "jieba": Format("words.write_jieba", (), takes=()),
    "cedict": Format("words.write_cedict", (".u8",)),
    "stardict": Format("stardict.write", (".ifo",), text=False),
    "anki": Format("anki.write", (".apkg",), text=False),
    "yomitan": Format("yomitan.write", (".zip",), text=False),
}
# These are the glossary's own files, and some user's work: no export takes their place.
_OWN = (".toml", ".glossary")
_JSON_LD = (".jsonld", ".json")


def format_of(path: Path) -> str:
    """Tell the format by the name of a file.

    Raises:
        DataError: the name doesn't say.

    >>> format_of(Path("terms.ttl"))
    'skos'
    """
    for name, known in FORMATS.items():
        if path.suffix.lower() in known.suffixes:
            return name
    raise DataError(f"{path}: the name does not tell the format. Say which: {', '.join(FORMATS)}.")


def check_options(name: str, **options: str | None) -> None:
    """Refuse a format or an option that there is none of, and an option that the format has no use for.

    Raises:
        ValueError: that is so; the message says what there is.

    >>> check_options("csv", title="词表", base="")
    Traceback (most recent call last):
    ...
    ValueError: csv has no use for title, which is for tbx, tbx2, skos, cedict, stardict, anki, yomitan: leave it out
    """
    if name not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {name!r}")
    for option, value in options.items():
        if value and option not in FORMATS[name].takes:
            fit = ", ".join(other for other, known in FORMATS.items() if option in known.takes)
            raise ValueError(f"{name} has no use for {option}, which is for {fit}: leave it out")
    syntax = options.get("syntax")
    if syntax not in (None, "turtle", "json-ld"):
        raise ValueError(f'syntax is "turtle" or "json-ld", not {syntax!r}')


def export(
    entries: Mapping[str, Entry],
    path: Path,
    format: str | None = None,
    *,
    title: str | None = None,
    base: str = "",
    syntax: str | None = None,
    progress: Progress | None = None,
) -> int:
    """Write entries to a file in a format; return how many. What was there stays until the new file is whole.

    Raises:
        ValueError: there is no such format or syntax, or the format has no use for an option.
        DataError: the file can't be written, or an entry can't be written in this format.
        MissingExtraError: the format needs a library that is not installed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "words.txt")
    ...     count = export({"双碳": Entry(headword="双碳", kind="concept")}, path, "jieba")
    ...     print(count, path.read_text(encoding="utf-8"), end="")
    1 双碳 n
    """
    name = format or format_of(path)
    check_options(name, title=title, base=base, syntax=syntax)
    if path.suffix.lower() in _OWN:
        raise DataError(f"{path}: is the name of a glossary. Name another file to export to.")
    chosen = syntax or ("json-ld" if path.suffix.lower() in _JSON_LD else "turtle")
    settings = Settings(title or TITLE, base, "json-ld" if chosen == "json-ld" else "turtle", progress)
    module, function = FORMATS[name].writer.split(".")
    write = getattr(importlib.import_module(f"glossary.export.{module}"), function)
    try:
        if name == "stardict":
            if path.suffix.lower() != ".ifo":
                raise DataError(f"{path}: a StarDict dictionary is four files. Name the first: OUT.ifo.")
            count: int = write(entries, path, settings)
            return count
        with writing(path) as stream:
            count = write(entries, stream, settings)
        return count
    except UnicodeEncodeError as error:
        near = str(error.object)[max(0, error.start - 20) : error.start]
        raise DataError(
            f"{path}: not written: half a character (U+{ord(error.object[error.start]):04X}) stands after {near!r}. "
            "Mend the entry."
        ) from None
