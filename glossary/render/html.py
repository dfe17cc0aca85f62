"""Annotated text as HTML: a page of its own, or a fragment for a notebook's output cell.

The text stands whole and alone in one element; what is said of the terms stands after it, tied to it by ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2s
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from glossary.model import Kind, Mention
from glossary.render.segments import Segment, cut
from glossary.render.terms import KIND_LABELS, NO_DEFINITION, Term, collect
from glossary.text import simplify

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

__all__ = ["fragment", "page"]

# Saved web pages have runs of ten and more empty lines. Each run becomes one element that CSS keeps low.
_BLANK_LINES = re.compile(r"^(?:[^\S\n]*\n){2,}", re.MULTILINE)
# More than this many links to single places helps nobody.
_PLACES = 12


class Note(NamedTuple):
    """A term with the addresses it needs in a document."""

    term: Term
    id: str
    number: int
    places: tuple[str, ...]


class Piece(NamedTuple):
    """A stretch of text: plain (no notes, no gap), a run of empty lines, or part of a mention."""

    text: str
    gap: bool = False
    notes: tuple[Note, ...] = ()
    id: str = ""
    starts: bool = False
    above: Markup | None = None


def page(
    text: str,
    mentions: Sequence[Mention],
    *,
    title: str | None = None,
    lang: str = "zh-Hans",
    ruby: bool = False,
) -> str:
    """Render a text and its mentions as one HTML page that needs nothing else.

    `lang` is the language tag of the text. The element of class `gl-text` holds the text and nothing else, but for
    the readings above the mentions where `ruby` asks for them.

    >>> from glossary.model import Entry
    >>> term = Mention(start=2, end=6, surface="无废城市", entry=Entry(headword="无废城市", kind="concept"))
    >>> html = page("建设无废城市", [term], title="草案")
    >>> html.startswith("<!DOCTYPE html>"), "尚无释义" in html
    (True, True)
    """
    notes, pieces = _lay_out(text, mentions, prefix="", ruby=ruby)
    counts: dict[Kind, int] = dict.fromkeys(KIND_LABELS, 0)
    for note in notes:
        counts[note.term.entry.kind] += 1
    return _template("page.html.j2").render(
        title=title,
        lang=lang,
        notes=notes,
        pieces=pieces,
        count=len(mentions),
        kinds=[(kind, KIND_LABELS[kind], n) for kind, n in counts.items() if n],
    )


def fragment(text: str, mentions: Sequence[Mention], *, lang: str = "zh-Hans") -> str:
    """Render a text and its mentions as HTML to stand inside another page, without script.

    Its styles apply to itself only, and its ids begin with a hash of what it shows, so that several can stand
    on one page.

    >>> fragment("双碳", []) == fragment("双碳", []), "<script" in fragment("双碳", [])
    (True, False)
    """
    mark = _digest(text, mentions)
    notes, pieces = _lay_out(text, mentions, prefix=f"{mark}-")
    return _template("fragment.html.j2").render(lang=lang, mark=mark, notes=notes, pieces=pieces)


def _lay_out(
    text: str, mentions: Sequence[Mention], *, prefix: str, ruby: bool = False
) -> tuple[list[Note], list[Piece]]:
    """Give every term and every place its address, and cut the text into pieces."""
    segments = cut(text, mentions)
    notes: list[Note] = []
    taken: set[str] = set()
    # By identity: a record hashes by value, and an entry with many senses takes its time.
    of_mention: dict[int, Note] = {}
    for number, term in enumerate(collect(mentions), 1):
        # An address that a reader may pass on: the headword itself; a homograph gets a stroke more.
        name = f"{prefix}term-" + re.sub(r"\s", "_", term.entry.headword)
        while name in taken:
            name += "_"
        taken.add(name)
        # The first segment of a mention begins where the mention does: its address is known beforehand.
        places = tuple(dict.fromkeys(f"{prefix}at-{m.start}" for m in term.mentions))
        note = Note(term, name, number, places)
        notes.append(note)
        of_mention.update((id(mention), note) for mention in term.mentions)
    pieces = [piece for segment in segments for piece in _pieces(text, segment, of_mention, prefix, ruby)]
    return notes, pieces


def _pieces(
    text: str, segment: Segment, notes: Mapping[int, Note], prefix: str, ruby: bool
) -> Iterator[Piece]:
    if segment.mentions:
        yield Piece(
            segment.text,
            notes=tuple({notes[id(m)].id: notes[id(m)] for m in segment.mentions}.values()),
            id=f"{prefix}at-{segment.start}",
            starts=any(m.start == segment.start for m in segment.mentions),
            above=_above(segment) if ruby else None,
        )
        return
    done = segment.start
    for gap in _BLANK_LINES.finditer(text, segment.start, segment.end):
        if gap.start() > done:
            yield Piece(text[done : gap.start()])
        yield Piece(gap[0], gap=True)
        done = gap.end()
    if done < segment.end:
        yield Piece(text[done : segment.end])


def _above(segment: Segment) -> Markup:
    """Set readings above a piece of text: the entry's own where the piece is the headword, else as it is read."""
    from markupsafe import Markup

    from glossary.render.above import ruby

    entry = segment.mentions[0].entry
    alike = entry.reading and simplify(segment.text) == simplify(entry.headword)
    return Markup(ruby(segment.text, entry.reading if alike else None))


def _digest(text: str, mentions: Sequence[Mention]) -> str:
    """Name an annotation by its content: the same everywhere, with no counter for the whole process."""
    digest = blake2s(text.encode("utf-8", "surrogatepass"), digest_size=6)
    for term in collect(mentions):
        spans = [(m.start, m.end, m.variant) for m in term.mentions]
        digest.update(repr((term.entry, term.sense, spans)).encode("utf-8", "backslashreplace"))
    return f"gl-{digest.hexdigest()}"


def _exact(text: str) -> Markup:
    """Escape a text so that a browser reads back the very same; a bare carriage return would not survive."""
    from markupsafe import Markup, escape

    return Markup(escape(text).replace("\r", Markup("&#13;")))


def _to(address: str) -> str:
    return "#" + quote(address, errors="surrogatepass")


@cache
def _environment() -> Environment:
    from importlib.resources import files

    from jinja2 import Environment, FunctionLoader, StrictUndefined

    room = files("glossary.render")
    environment = Environment(
        loader=FunctionLoader(lambda name: room.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(exact=_exact, to=_to)
    environment.globals.update(no_definition=NO_DEFINITION, most_places=_PLACES)
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)
