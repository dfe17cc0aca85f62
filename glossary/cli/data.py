"""Commands on term files: build, validate, stats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossary.cli.shared import (
    GLOSSARY,
    INPUT,
    JSON,
    Output,
    bar,
    command,
    counted,
    harvest_files,
    open_glossary,
    print_json,
    progress,
)

if TYPE_CHECKING:
    from glossary.model import Entry, Harvest

# What `build` harvests; a .txt is a list of headwords.
_REPORTS = (".html", ".htm", ".xhtml", ".docx", ".pdf", ".md")


@command("build")
@click.argument("paths", nargs=-1, required=True, type=INPUT, metavar="DIR_OR_FILE…")
@click.option("-o", "--output", required=True, type=Output(".glossary"), help="The compiled file to write.")
def _build(paths: tuple[Path, ...], output: Path) -> None:
    """Compile term files, folders of them, lists of headwords or reports into one glossary file."""
    from glossary.dictionary import Glossary

    entries: list[Entry] = []
    harvests: list[Harvest] = []
    for path in progress(paths, "build"):
        if path.suffix.lower() in _REPORTS:
            harvests += [harvest for _, harvest in harvest_files([path])]
        else:
            entries += Glossary.open(path).values()
    glossary = Glossary([*entries, *Glossary.from_harvests(harvests).values()])
    glossary.save(output, progress=bar)
    click.echo(f"{output}: {counted(len(glossary), 'entry', 'entries')}", err=True)


@command("validate")
@click.argument("directory", type=INPUT, metavar="DIR")
def _validate(directory: Path) -> int:
    """Check term files; the exit status is 1 if any check of severity E fails."""
    from glossary.validation import validate

    failed = False
    count = 0
    for problem in validate(directory):
        detail = f" ({problem.detail})" if problem.detail else ""
        click.echo(f"{problem.path}: {problem.code} {problem.headword or '-'}: {problem.message}{detail}")
        failed = failed or problem.code.startswith("E")
        count += 1
    click.echo(counted(count, "problem"), err=True)
    return 1 if failed else 0


@command("stats")
@GLOSSARY
@JSON
def _stats(glossary_path: Path | None, as_json: bool) -> None:
    """Count the entries of a glossary by kind, source, region and year."""
    glossary = open_glossary(glossary_path)
    counts = _counts(list(glossary.values()))
    if as_json:
        print_json(counts)
        return
    for name, value in counts.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for key, count in value.items():
                click.echo(f"  {count:6}  {key}")
        else:
            click.echo(f"{name}: {value}")


def _counts(entries: Sequence[Entry]) -> dict[str, Any]:
    senses = [sense for entry in entries for sense in entry.senses]

    def tally(values: Iterator[Any]) -> dict[str, int]:
        counted = Counter(str(value) for value in values if value is not None)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    return {
        "entries": len(entries),
        "senses": len(senses),
        "definitions": sum(sense.definition is not None for sense in senses),
        "kinds": tally(entry.kind for entry in entries),
        "sources": tally(sense.source.id for sense in senses if sense.source),
        "regions": tally(sense.source.region for sense in senses if sense.source),
        "years": tally(sense.source.year for sense in senses if sense.source),
    }
