"""The `glossary` command: harvest, annotate, appendix, lookup, search, pinyin, build, export, import, corpus, validate, stats."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from glossary import __version__
from glossary.errors import DataError, GlossaryError

if TYPE_CHECKING:
    from glossary.dictionary import Glossary
    from glossary.model import Entry, Harvest

__all__ = ["main"]

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
_GLOSSARY = click.option(
    "--glossary",
    "glossary_path",
    type=click.Path(path_type=Path),
    help="A compiled file, a term file (.toml), a folder of them, a list of headwords (.txt), "
    "or what can be imported (.tbx, .csv, .jsonl). "
    "Default: the built-in glossary.",
)
# What `build` harvests; a .txt is a list of headwords.
_REPORTS = (".html", ".htm", ".xhtml", ".docx", ".pdf", ".md")
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def main() -> None:
    """Run the command; an error is one line on standard error and exit status 1."""
    _set_streams()
    try:
        code = _commands.main(prog_name="glossary", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message())
    except GlossaryError as error:
        _fail(str(error))
    sys.exit(code if isinstance(code, int) else 0)


def _set_streams() -> None:
    """Print UTF-8: a Windows console in another code page must not turn hanzi into an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _fail(message: str) -> None:
    print(f"glossary: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(1)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", prog_name="policy-glossary")
@click.pass_context
def _commands(context: click.Context) -> None:
    """Read Chinese policy reports, harvest the terms they explain, and annotate any text with them."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _command(name: str, group: click.Group = _commands) -> Callable[[F], click.Command]:
    """Register a command whose output may meet a closed pipe or a full disk."""

    def register(function: F) -> click.Command:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except BrokenPipeError:
                # the reader (head, less) has gone: not an error
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
            except OSError as error:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise GlossaryError(f"the output cannot be written ({error.strerror}).") from None
            except UnicodeEncodeError:
                raise GlossaryError("a file name is not in UTF-8. Rename the file.") from None

        return group.command(name)(run)

    return register


def _print_json(row: dict[str, Any]) -> None:
    import msgspec

    click.echo(msgspec.json.encode(row).decode())


def _progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Go through things with a progress bar on a terminal, and none in a pipe."""
    if len(items) < 4:
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, desc=label, unit="file", disable=None, leave=False)


def _bar(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Go through the steps of a long build as `_progress` goes through files."""
    from tqdm import tqdm

    yield from tqdm(items, desc=label, total=total, unit="", disable=None, leave=False, delay=1)


def _harvests(files: Sequence[Path]) -> Iterator[tuple[Path, Harvest]]:
    from glossary.harvesting import harvest
    from glossary.reports import read

    for path in _progress(files, "harvest"):
        yield path, harvest(read(path))


def _write(path: Path, text: str) -> None:
    from glossary.store import write_whole

    # the name of a file, which ids are made of, need be no UTF-8
    write_whole(path, text.encode("utf-8", "replace"))


@_command("harvest")
@_FILES
@_JSON
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write what was found to a term file (.toml)."
)
@click.option(
    "--text", "text_path", type=click.Path(path_type=Path), help="Write the text that offsets refer to."
)
@click.option("--explain", is_flag=True, help="Show which layout was chosen over which others, and why.")
def _harvest(
    files: tuple[Path, ...], as_json: bool, output: Path | None, text_path: Path | None, explain: bool
) -> None:
    """Harvest reports: annex entries, quoted expressions, inline explanations."""
    from glossary.listing import explained, harvest_rows, harvest_text

    if len(files) > 1 and (output or text_path):
        raise click.UsageError("-o and --text take one report; give one FILE, or call once for each.")
    # read everything before anything is printed or written: one bad file must not leave half an answer
    found = list(_harvests(files))
    for path, harvest in found:
        if text_path:
            _write(text_path, harvest.report.text)
        if output:
            from glossary.dictionary import Glossary
            from glossary.gathering import entries_of
            from glossary.store import toml_text

            _write(output, toml_text(harvest.report.source(), Glossary(entries_of(harvest)).values()))
        if as_json:
            for row in harvest_rows(click.format_filename(path), harvest):
                _print_json(row)
        elif explain:
            click.echo(explained(harvest))
        elif not output:
            click.echo(harvest_text(harvest))


@_command("annotate")
@_FILES
@_GLOSSARY
@click.option("--region", help="The region of the text; by default what the text says.")
@click.option("--year", type=int, help="The year of the text; by default what the text says.")
@_JSON
@click.option("--html", type=click.Path(path_type=Path), help="Write one self-contained HTML page.")
@click.option("--ruby", is_flag=True, help="In the HTML page, set readings above the mentions.")
@click.option("--markdown", is_flag=True, help="Print Markdown with footnotes.")
@click.option("--jsonld", is_flag=True, help="Print W3C Web Annotations, one JSON object a text.")
@click.option("--first-only", is_flag=True, help="Mark only the first mention of each term.")
@click.option(
    "--text", "text_path", type=click.Path(path_type=Path), help="Write the text that offsets refer to."
)
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

    if ruby and not html:
        raise click.UsageError("--ruby is for the HTML page; add --html OUT.")

    if len(files) > 1 and (html or text_path):
        raise click.UsageError("--html and --text take one text; give one FILE, or call once for each.")
    glossary = _open(glossary_path)
    reports = [read(path) for path in _progress(files, "read")]
    for path, report in zip(files, _progress(reports, "annotate"), strict=True):
        annotation = glossary.annotate(
            report.text,
            region=region or report.region,
            year=year or report.year,
            first_only=first_only,
        )
        if text_path:
            _write(text_path, report.text)
        if html:
            _write(html, annotation.to_html(title=report.title, ruby=ruby))
            click.echo(f"{html}: {len(annotation)} mentions of {len(annotation.entries())} terms", err=True)
        if as_json:
            for row in annotation.to_dicts():
                _print_json({"path": click.format_filename(path), **row})
        elif jsonld:
            _print_json(annotation.to_jsonld(source=path.absolute().as_uri()))
        elif markdown:
            click.echo(annotation.to_markdown())
        elif not html:
            click.echo(annotation.to_terminal(color=sys.stdout.isatty()))


def _open(path: Path | None) -> Glossary:
    from glossary.builtin import load
    from glossary.dictionary import Glossary

    return Glossary.open(path) if path else load()


@_command("appendix")
@click.argument("file", type=click.Path(path_type=Path))
@_GLOSSARY
@click.option("--region", help="The region of the text; by default what the text says.")
@click.option("--year", type=int, help="The year of the text; by default what the text says.")
@click.option(
    "--layout",
    type=click.Choice(["numbered", "diamond", "pinyin"]),
    default="numbered",
    show_default=True,
    help="Numbered, marked with ◆, or numbered in alphabetical order.",
)
@click.option("--title", default="名词解释", show_default=True, help="The heading of the annex.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the annex to a file.")
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
    annotation = _open(glossary_path).annotate(
        report.text, region=region or report.region, year=year or report.year
    )
    annex = annotation.appendix(layout=layout, title=title)
    if output:
        _write(output, annex)
    else:
        click.echo(annex, nl=False)
    undefined = [term.headword for term in annotation.entries() if not any(s.definition for s in term.senses)]
    if undefined:
        click.echo(f"without a definition, and left out: {'、'.join(undefined)}", err=True)


@_command("lookup")
@click.argument("term")
@_GLOSSARY
@_JSON
def _lookup(term: str, glossary_path: Path | None, as_json: bool) -> None:
    """Look a term up, in any written form."""
    from glossary.errors import TermNotFoundError
    from glossary.listing import entry_row, entry_text

    glossary = _open(glossary_path)
    entry = glossary.lookup(term)
    if entry is None:
        near = "、".join(hit.entry.headword for hit in glossary.search(term, limit=3))
        raise TermNotFoundError(
            f"{term!r} is not in the glossary. "
            + (f"Did you mean {near}?" if near else "Try: glossary search.")
        )
    if as_json:
        _print_json(entry_row(entry))
    else:
        click.echo(entry_text(entry))


@_command("search")
@click.argument("query")
@_GLOSSARY
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1))
@_JSON
def _search(query: str, glossary_path: Path | None, limit: int, as_json: bool) -> None:
    """Search by hanzi, traditional characters, pinyin, initials, parts of words or definitions."""
    from glossary.listing import entry_row, hit_text

    hits = _open(glossary_path).search(query, limit=limit)
    if not hits:
        click.echo(f"nothing found for {query!r}", err=True)
    for hit in hits:
        if as_json:
            _print_json(
                {"matched": hit.matched, "field": hit.field, "score": round(hit.score, 3)}
                | entry_row(hit.entry)
            )
        else:
            click.echo(hit_text(hit))


@_command("pinyin")
@click.argument("text", nargs=-1, required=True)
@click.option("--ruby", "as_ruby", is_flag=True, help="Print HTML with the syllables above the characters.")
@_JSON
def _pinyin(text: tuple[str, ...], as_ruby: bool, as_json: bool) -> None:
    """Print the reading of a text; what is doubtful in it is named on standard error."""
    import msgspec

    from glossary.readings import reading
    from glossary.render.above import ruby

    whole = " ".join(text)
    read = reading(whole)
    if as_json:
        doubtful = [msgspec.to_builtins(doubt) for doubt in read.doubtful]
        _print_json({"text": whole, "pinyin": str(read), "doubtful": doubtful})
        return
    click.echo(ruby(whole) if as_ruby else str(read))
    for doubt in read.doubtful:
        others = " / ".join(doubt.others)
        click.echo(f"doubtful: {doubt.char} {doubt.syllable}, or {others}", err=True)


@_command("build")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR_OR_FILE…")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The compiled file to write."
)
def _build(paths: tuple[Path, ...], output: Path) -> None:
    """Compile term files, folders of them, lists of headwords or reports into one glossary file."""
    from glossary.dictionary import Glossary

    entries: list[Entry] = []
    harvests: list[Harvest] = []
    for path in _progress(paths, "build"):
        if path.suffix.lower() in _REPORTS:
            harvests += [harvest for _, harvest in _harvests([path])]
        else:
            entries += Glossary.open(path).values()
    glossary = Glossary([*entries, *Glossary.from_harvests(harvests).values()])
    glossary.save(output, progress=_bar)
    click.echo(f"{output}: {len(glossary)} entries", err=True)


@_command("export")
@click.argument("format_name", metavar="FORMAT")
@_GLOSSARY
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
    if output is None and not known.text:
        raise click.UsageError(
            f"{format_name} is no text to print. Name the file: -o OUT{known.suffixes[0]}."
        )
    glossary = _open(glossary_path)
    how: dict[str, Any] = {"title": title, "base": base, "syntax": syntax, "progress": _bar}
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


@_command("import")
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
        glossary.save(output, progress=_bar)
        click.echo(f"{output}: {len(glossary)} entries", err=True)
        return
    for path, text in term_files(glossary.values(), output, file.stem):
        _write(path, text)
        click.echo(f"{path}", err=True)
    click.echo(f"{len(glossary)} entries", err=True)


@_commands.group("corpus")
def _corpus() -> None:
    """Annotate or harvest large collections, over processes; what was stopped goes on where it was."""


_WORKERS = click.option(
    "--workers", type=click.IntRange(1), help="How many processes work at once. Default: one a processor."
)


@_command("annotate", _corpus)
@click.argument("source", type=click.Path(path_type=Path), metavar="IN.parquet")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The Parquet file to write."
)
@_GLOSSARY
@click.option("--column", default="text", show_default=True, help="The column with the texts.")
@click.option(
    "--key",
    "keys",
    multiple=True,
    help="A column to carry over, such as an id; may be repeated. Default: row numbers.",
)
@click.option("--region", help="The region of all texts.")
@click.option("--year", type=int, help="The year of all texts.")
@click.option("--region-column", help="The column with the region of each text.")
@click.option("--year-column", help="The column with the year of each text.")
@_WORKERS
def _corpus_annotate(
    source: Path, output: Path, glossary_path: Path | None, column: str, **options: Any
) -> None:
    """Annotate the texts in a Parquet file: one row a mention."""
    from glossary.corpus import annotate_file

    made = annotate_file(source, output, glossary_path, text_column=column, progress=True, **options)
    click.echo(f"{output}: {made.mentions} mentions in {made.rows} rows", err=True)
    if made.without:
        click.echo(f"{made.without} rows hold no text; the column problem says which, and why", err=True)
    if made.damaged:
        first, stop, why = made.damaged[0]
        more = f", and {len(made.damaged) - 1} more ranges" if len(made.damaged) > 1 else ""
        raise GlossaryError(
            f"{source}: rows {first}–{stop - 1} cannot be read ({why}){more}. The rest is done; get a whole file."
        )


@_command("harvest", _corpus)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder to write the tables to.",
)
@_WORKERS
def _corpus_harvest(folder: Path, output: Path, workers: int | None) -> None:
    """Harvest all reports in a folder into Parquet tables: report, entry, quote, inline, rejected."""
    from glossary.corpus import harvest_folder

    made = harvest_folder(folder, output, workers=workers, progress=True)
    click.echo(f"{output}: {made.rows['entry']} entries of {made.reports} reports", err=True)
    if made.problems:
        why = next(iter(made.problems.values()))
        raise GlossaryError(
            f"{len(made.problems)} of {made.reports} reports cannot be read, such as {why} "
            f"The rest is done; {output / 'report.parquet'} names them all (problem)."
        )


@_command("validate")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
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
    click.echo(f"{count} problem{'s' if count != 1 else ''}", err=True)
    return 1 if failed else 0


@_command("stats")
@_GLOSSARY
@_JSON
def _stats(glossary_path: Path | None, as_json: bool) -> None:
    """Count the entries of a glossary by kind, source, region and year."""
    glossary = _open(glossary_path)
    counts = _counts(list(glossary.values()))
    if as_json:
        _print_json(counts)
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
