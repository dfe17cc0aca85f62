"""Commands on single words: lookup, search, pinyin."""

from __future__ import annotations

from pathlib import Path

import click

from glossary.cli.shared import GLOSSARY, JSON, command, one_of, open_glossary, print_json


@command("lookup")
@click.argument("term")
@GLOSSARY
@JSON
def _lookup(term: str, glossary_path: Path | None, as_json: bool) -> None:
    """Look a term up, in any written form."""
    from glossary.errors import TermNotFoundError
    from glossary.listing import entry_row, entry_text

    glossary = open_glossary(glossary_path)
    entry = glossary.lookup(term)
    if entry is None:
        near = "、".join(hit.entry.headword for hit in glossary.search(term, limit=3))
        raise TermNotFoundError(
            f"{term!r} is not in the glossary. "
            + (f"Did you mean {near}?" if near else "Try: glossary search.")
        )
    if as_json:
        print_json(entry_row(entry))
    else:
        click.echo(entry_text(entry))


@command("search")
@click.argument("query")
@GLOSSARY
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1))
@JSON
def _search(query: str, glossary_path: Path | None, limit: int, as_json: bool) -> None:
    """Search by hanzi, traditional characters, pinyin, initials, parts of words or definitions."""
    from glossary.listing import entry_row, hit_text

    hits = open_glossary(glossary_path).search(query, limit=limit)
    if not hits:
        click.echo(f"nothing found for {query!r}", err=True)
    for hit in hits:
        if as_json:
            print_json(
                {"matched": hit.matched, "field": hit.field, "score": round(hit.score, 3)}
                | entry_row(hit.entry)
            )
        else:
            click.echo(hit_text(hit))


@command("pinyin")
@click.argument("text", nargs=-1, required=True)
@click.option("--ruby", "as_ruby", is_flag=True, help="Print HTML with the syllables above the characters.")
@JSON
def _pinyin(text: tuple[str, ...], as_ruby: bool, as_json: bool) -> None:
    """Print the reading of a text; what is doubtful in it is named on standard error."""
    import msgspec

    from glossary.readings import reading
    from glossary.render.above import ruby

    one_of(ruby=as_ruby, json=as_json)
    whole = " ".join(text)
    read = reading(whole)
    if as_json:
        doubtful = [msgspec.to_builtins(doubt) for doubt in read.doubtful]
        print_json({"text": whole, "pinyin": str(read), "doubtful": doubtful})
        return
    click.echo(ruby(whole) if as_ruby else str(read))
    for doubt in read.doubtful:
        others = " / ".join(doubt.others)
        click.echo(f"doubtful: {doubt.char} {doubt.syllable}, or {others}", err=True)
