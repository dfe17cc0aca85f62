"""Commands for other programs: export, import."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossary.cli.shared import GLOSSARY, bar, command, open_glossary, write
from glossary.errors import DataError

if TYPE_CHECKING:
    pass


@command("export")
@click.argument("format_name", metavar="FORMAT")
@GLOSSARY
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write. Default: print.")
@click.option("--title", help="What the dictionary is called. Default: 政策术语.")
@click.option("--base", default="", help="What addresses begin with (skos). Default: # in the file itself.")
@click.option(
    "--syntax",
    type=click.Choice(["turtle", "json-ld"]),
    help="How skos is written. Default: as the name of the file says, else turtle.",
)
def _export(
    format_name: str,
    glossary_path: Path | None,
    output: Path | None,
    title: str | None,
    base: str,
    syntax: str | None,
) -> None:
    """Write a glossary for other programs.

    FORMAT is tbx, tbx2, skos, csv, jsonl, jieba, cedict, stardict, anki or yomitan; the last three take -o.
    """
    import tempfile

    from glossary.export import FORMATS

    known = FORMATS.get(format_name)
    if known is None:
        raise click.UsageError(f"{format_name!r} is no format. The formats are: {', '.join(FORMATS)}.")
    if format_name != "skos" and (base or syntax):
        raise click.UsageError(f"--base and --syntax are for skos, and {format_name} knows neither.")
    if output is None and not known.text:
        raise click.UsageError(
            f"{format_name} is no text to print. Name the file: -o OUT{known.suffixes[0]}."
        )
    glossary = open_glossary(glossary_path)
    how: dict[str, Any] = {"title": title, "base": base, "syntax": syntax, "progress": bar}
    if output:
        count = glossary.export(output, format_name, **how)
        left_out = (
            f" of {len(glossary)}: the others have nothing to say in it" if count < len(glossary) else ""
        )
        click.echo(f"{output}: {count} entries{left_out}", err=True)
        return
    # printed when all of it is there: an error must not leave half of it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out")
        glossary.export(path, format_name, **how)
        sys.stdout.flush()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)


@command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write: OUT.toml, OUT.glossary, or a folder for one term file a source.",
)
def _import(file: Path, output: Path) -> None:
    """Make term files, or a compiled file, of a TBX (.tbx), CSV (.csv) or JSON Lines (.jsonl) file."""
    from glossary.dictionary import Glossary
    from glossary.importing import SUFFIXES
    from glossary.importing.sources import term_files

    if file.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{file}: cannot be imported. Name a file {', '.join(SUFFIXES)}.")
    glossary = Glossary.open(file)
    if not glossary:
        raise DataError(f"{file}: holds no entries. Name a file that does.")
    if output.suffix.lower() == ".glossary":
        glossary.save(output, progress=bar)
        click.echo(f"{output}: {len(glossary)} entries", err=True)
        return
    # all texts are made before the first is written: an error must not leave some of them
    files = list(term_files(glossary.values(), output, file.stem))
    if output.suffix.lower() != ".toml":
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(f"{output}: cannot be made ({error.strerror}). Name another folder.") from None
    for path, text in files:
        write(path, text)
        click.echo(f"{path}", err=True)
    click.echo(f"{len(glossary)} entries", err=True)
