"""Commands for other programs: export, import."""

from __future__ import annotations

import shutil
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import click

from glossary.cli.shared import GLOSSARY, INPUT, OUTPUT, Output, bar, command, counted, open_glossary, write
from glossary.errors import DataError


@command("export")
@click.argument("format_name", metavar="FORMAT")
@GLOSSARY
@click.option("-o", "--output", type=OUTPUT, help="The file to write. Default: print.")
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

    from glossary.export import FORMATS, check_options

    try:
        check_options(format_name, title=title, base=base, syntax=syntax)
    except ValueError as error:
        raise click.UsageError(f"{error}.") from None
    known = FORMATS[format_name]
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
        click.echo(f"{output}: {counted(count, 'entry', 'entries')}{left_out}", err=True)
        return
    # printed when all of it is there: an error must not leave half of it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out")
        glossary.export(path, format_name, **how)
        sys.stdout.flush()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)


# how many headwords a message names
_NAMED = 10


@command("import")
@click.argument("file", type=INPUT)
@click.option(
    "-o",
    "--output",
    required=True,
    type=Output(".toml", ".glossary", folder=True),
    help="The file to write: OUT.toml, OUT.glossary, or a folder for one term file a source.",
)
def _import(file: Path, output: Path) -> None:
    """Make term files, or a compiled file, of a TBX (.tbx), CSV (.csv) or JSON Lines (.jsonl) file."""
    from glossary.dictionary import Glossary
    from glossary.importing import SUFFIXES
    from glossary.importing.sources import by_source, term_files
    from glossary.render.terms import cite

    if file.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{file}: cannot be imported. Name a file {', '.join(SUFFIXES)}.")
    glossary = Glossary.open(file)
    if not glossary:
        raise DataError(f"{file}: holds no entries. Name a file that does.")
    entries = counted(len(glossary), "entry", "entries")
    if output.suffix.lower() == ".glossary" and not output.is_dir():
        glossary.save(output, progress=bar)
        click.echo(f"{output}: {entries}", err=True)
        return
    sources = by_source(glossary.values(), file)
    one_file = output.suffix.lower() == ".toml" and not output.is_dir()
    if one_file and len(sources) > 1:
        first, second = islice(sources, 2)
        raise DataError(
            f"{output}: the entries cite {len(sources)} sources, such as {cite(first)} and {cite(second)}, "
            "and a term file holds one. Name a folder to write one file for each, or OUT.glossary."
        )
    # all texts are made before the first is written: an error must not leave some of them
    files = term_files(sources, file)
    if not one_file:
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(f"{output}: cannot be made ({error.strerror}). Name another folder.") from None
    for name, text in files.items():
        path = output if one_file else output / name
        write(path, text)
        click.echo(f"{path}", err=True)
    click.echo(entries, err=True)
    cut = list(
        dict.fromkeys(
            entry.headword
            for own in sources.values()
            for entry in own
            if len({sense.definition for sense in entry.senses} - {None}) > 1
        )
    )
    if cut:
        more = f" and {len(cut) - _NAMED} more" if len(cut) > _NAMED else ""
        click.echo(
            f"a term file holds one definition a headword; the others are left out: {'、'.join(cut[:_NAMED])}{more}",
            err=True,
        )
