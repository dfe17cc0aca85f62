"""Commands on large collections: corpus annotate, corpus harvest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from glossary.cli.shared import (
    GLOSSARY,
    INPUT,
    OUTPUT,
    YEAR,
    Output,
    command,
    commands,
    counted,
    show_help,
)
from glossary.errors import GlossaryError


@commands.group("corpus", invoke_without_command=True)
@click.pass_context
def _corpus(context: click.Context) -> None:
    """Annotate or harvest large collections, over processes; what was stopped goes on where it was."""
    show_help(context)


_WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="How many processes work at once. Default: one a processor."
)


@command("annotate", _corpus)
@click.argument("source", type=INPUT, metavar="IN.parquet")
@click.option("-o", "--output", required=True, type=OUTPUT, help="The Parquet file to write.")
@GLOSSARY
@click.option("--column", default="text", show_default=True, help="The column with the texts.")
@click.option(
    "--key",
    "keys",
    multiple=True,
    help="A column to carry over, such as an id; may be repeated. Default: row numbers.",
)
@click.option("--region", help="The region of all texts.")
@click.option("--year", type=YEAR, help="The year of all texts.")
@click.option("--region-column", help="The column with the region of each text.")
@click.option("--year-column", help="The column with the year of each text.")
@_WORKERS
def _corpus_annotate(
    source: Path, output: Path, glossary_path: Path | None, column: str, **options: Any
) -> None:
    """Annotate the texts in a Parquet file: one row a mention."""
    from glossary.corpus import annotate_file

    made = annotate_file(source, output, glossary_path, text_column=column, progress=True, **options)
    click.echo(f"{output}: {counted(made.mentions, 'mention')} in {counted(made.rows, 'row')}", err=True)
    if made.without:
        click.echo(
            f"{counted(made.without, 'row')} without text; the column problem says which, and why", err=True
        )
    if made.damaged:
        first, stop, why = made.damaged[0]
        more = f", and {counted(len(made.damaged) - 1, 'more range')}" if len(made.damaged) > 1 else ""
        raise GlossaryError(
            f"{source}: rows {first}–{stop - 1} cannot be read ({why}){more}. The rest is done; get a whole file."
        )


@command("harvest", _corpus)
@click.argument("folder", type=INPUT, metavar="DIR")
@click.option(
    "-o",
    "--output",
    required=True,
    type=Output(folder=True),
    help="The folder to write the tables to.",
)
@_WORKERS
def _corpus_harvest(folder: Path, output: Path, workers: int | None) -> None:
    """Harvest all reports in a folder into Parquet tables: report, entry, quote, inline, rejected."""
    from glossary.corpus import harvest_folder

    made = harvest_folder(folder, output, workers=workers, progress=True)
    entries = counted(made.rows["entry"], "entry", "entries")
    click.echo(f"{output}: {entries} of {counted(made.reports, 'report')}", err=True)
    if made.problems:
        why = next(iter(made.problems.values()))
        raise GlossaryError(
            f"{len(made.problems)} of {counted(made.reports, 'report')} cannot be read, such as {why} "
            f"The rest is done; {output / 'report.parquet'} names them all (problem)."
        )
