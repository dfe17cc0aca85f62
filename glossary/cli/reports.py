"""Commands on reports and texts: harvest, annotate, appendix."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from glossary.cli.shared import (
    FILES,
    GLOSSARY,
    INPUT,
    JSON,
    OUTPUT,
    YEAR,
    Output,
    command,
    counted,
    harvest_files,
    one_of,
    open_glossary,
    print_json,
    progress,
    write,
)


@command("harvest")
@FILES
@JSON
@click.option("-o", "--output", type=Output(".toml"), help="Write what was found to a term file (.toml).")
@click.option("--text", "text_path", type=OUTPUT, help="Write the text that offsets refer to.")
@click.option("--explain", is_flag=True, help="Show which layout was chosen over which others, and why.")
def _harvest(
    files: tuple[Path, ...], as_json: bool, output: Path | None, text_path: Path | None, explain: bool
) -> None:
    """Harvest reports: annex entries, quoted expressions, inline explanations."""
    from glossary.listing import explained, harvest_rows, harvest_text

    one_of(json=as_json, explain=explain)
    if len(files) > 1 and (output or text_path):
        raise click.UsageError("-o and --text take one report; give one FILE, or call once for each.")
    # read everything before anything is printed or written: one bad file must not leave half an answer
    found = list(harvest_files(files))
    for path, harvest in found:
        if text_path:
            write(text_path, harvest.report.text)
        if output:
            from glossary.gathering import told_once
            from glossary.store import toml_text

            write(output, toml_text(harvest.report.source(), told_once(harvest)))
        if as_json:
            for row in harvest_rows(click.format_filename(path), harvest):
                print_json(row)
        elif explain:
            click.echo(explained(harvest))
        elif not output:
            click.echo(harvest_text(harvest))
        if not (as_json or explain or harvest.entries or harvest.inline or harvest.quotes):
            # a bare title would leave open if anything was read at all
            click.echo(
                f"{click.format_filename(path)}：没有找到名词解释、文中解释或引号里的说法；用 --explain 看每处标题为什么没有采用。",
                err=True,
            )


@command("annotate")
@FILES
@GLOSSARY
@click.option("--region", help="The region of the text; by default what the text says.")
@click.option("--year", type=YEAR, help="The year of the text; by default what the text says.")
@JSON
@click.option("--html", type=OUTPUT, help="Write one self-contained HTML page.")
@click.option("--ruby", is_flag=True, help="In the HTML page, set readings above the mentions.")
@click.option("--markdown", is_flag=True, help="Print Markdown with footnotes.")
@click.option("--jsonld", is_flag=True, help="Print W3C Web Annotations, one JSON object a text.")
@click.option("--first-only", is_flag=True, help="Mark only the first mention of each term.")
@click.option("--text", "text_path", type=OUTPUT, help="Write the text that offsets refer to.")
def _annotate(
    files: tuple[Path, ...],
    glossary_path: Path | None,
    region: str | None,
    year: int | None,
    as_json: bool,
    html: Path | None,
    ruby: bool,
    markdown: bool,
    jsonld: bool,
    first_only: bool,
    text_path: Path | None,
) -> None:
    """Annotate texts with a glossary."""
    from glossary.reports import read

    one_of(json=as_json, jsonld=jsonld, markdown=markdown)
    if ruby and not html:
        raise click.UsageError("--ruby is for the HTML page; add --html OUT.")
    if len(files) > 1 and (html or text_path):
        raise click.UsageError("--html and --text take one text; give one FILE, or call once for each.")
    glossary = open_glossary(glossary_path)
    reports = [read(path) for path in progress(files, "read")]
    for path, report in zip(files, progress(reports, "annotate"), strict=True):
        annotation = glossary.annotate(
            report.text,
            region=region or report.region,
            year=year or report.year,
            first_only=first_only,
        )
        if text_path:
            write(text_path, report.text)
        if html:
            write(html, annotation.to_html(title=report.title, ruby=ruby))
            terms = counted(len(annotation.entries()), "term")
            click.echo(f"{html}: {counted(len(annotation), 'mention')} of {terms}", err=True)
        if as_json:
            for row in annotation.to_dicts():
                print_json({"path": click.format_filename(path), **row})
        elif jsonld:
            print_json(annotation.to_jsonld(source=path.absolute().as_uri()))
        elif markdown:
            click.echo(annotation.to_markdown())
        elif not html:
            click.echo(annotation.to_terminal(color=sys.stdout.isatty()))


@command("appendix")
@click.argument("file", type=INPUT)
@GLOSSARY
@click.option("--region", help="The region of the text; by default what the text says.")
@click.option("--year", type=YEAR, help="The year of the text; by default what the text says.")
@click.option(
    "--layout",
    type=click.Choice(["numbered", "diamond", "pinyin"]),
    default="numbered",
    show_default=True,
    help="Numbered, marked with ◆, or numbered in alphabetical order.",
)
@click.option("--title", default="名词解释", show_default=True, help="The heading of the annex.")
@click.option("-o", "--output", type=OUTPUT, help="Write the annex to a file.")
def _appendix(
    file: Path,
    glossary_path: Path | None,
    region: str | None,
    year: int | None,
    layout: Any,
    title: str,
    output: Path | None,
) -> None:
    """Propose the glossary annex of a text: its defined terms, in order of first appearance."""
    from glossary.reports import read

    report = read(file)
    annotation = open_glossary(glossary_path).annotate(
        report.text, region=region or report.region, year=year or report.year
    )
    annex = annotation.appendix(layout=layout, title=title)
    if output:
        write(output, annex)
    else:
        click.echo(annex, nl=False)
    undefined = [term.headword for term in annotation.entries() if not any(s.definition for s in term.senses)]
    if undefined:
        click.echo(f"without a definition, and left out: {'、'.join(undefined)}", err=True)
