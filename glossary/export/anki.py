"""An Anki deck, through genanki: a note an entry, the headword in front."""

from __future__ import annotations

import hashlib
import html
import itertools
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from glossary.errors import MissingExtraError
from glossary.export.archives import add, opened
from glossary.export.articles import Article, article
from glossary.export.settings import Settings, walk
from glossary.model import Entry
from glossary.render.terms import one_line

__all__ = ["write"]

# The second that notes say they were made and changed in: always the same, so that a deck is, too. Not 0, which Anki
# takes for no time at all.
_MADE = 1_000_000_000
_FIELDS = ("词目", "拼音", "释义", "英文", "类别", "出处")
_BACK = (
    '{{FrontSide}}<hr id="answer"><div class="reading">{{拼音}}</div><div class="english">{{英文}}</div>'
    '<div>{{释义}}</div><div class="source">{{出处}}</div>'
)
_STYLE = (
    ".card { font-size: 18px; text-align: left; } .head { font-size: 32px; } "
    ".reading, .english { color: #666; } .source { color: #888; font-size: 13px; margin-top: 1em; }"
)


def write(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write a deck; return how many notes. An entry with nothing to say is left out.

    A note is known by its headword, so a deck that is imported again updates the notes and keeps what was learnt.

    Raises:
        MissingExtraError: genanki is not installed.
    """
    try:
        import genanki
    except ImportError:
        raise MissingExtraError(
            'the format anki needs genanki. Install it with: pip install "policy-glossary[export]"'
        ) from None

    model = genanki.Model(
        _number("model"),
        "政策术语",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "词目 → 释义", "qfmt": '<div class="head">{{词目}}</div>', "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(_number(f"deck {settings.title}"), settings.title)
    notes = _Notes(entries, settings, model)
    deck.notes = notes
    deck.add_model(model)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.anki2")
        with closing(sqlite3.connect(path)) as base:
            # genanki's own write_to_file puts the hour into the zip file
            genanki.Package(deck).write_to_db(base.cursor(), _MADE, itertools.count(_MADE * 1000))
            base.commit()
        with opened(stream) as archive, path.open("rb") as collection:
            add(archive, "collection.anki2", collection)
            add(archive, "media", b"{}")
    return notes.count


class _Notes:
    """The notes of a deck, made as they are written: 300,000 of genanki's at once would take a gigabyte."""

    def __init__(self, entries: Mapping[str, Entry], settings: Settings, model: Any) -> None:
        self._entries = entries
        self._settings = settings
        self._model = model
        self._gone_through = 0
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        # genanki goes through its notes twice, first for the models, of which there is one, known already
        self._gone_through += 1
        if self._gone_through == 1:
            return
        import genanki

        for entry in walk(self._entries, self._settings):
            shown = article(entry)
            if not shown.says_nothing:
                self.count += 1
                yield genanki.Note(
                    model=self._model,
                    fields=_fields(shown),
                    guid=genanki.guid_for("policy-glossary", entry.headword),
                    tags=_tags(entry),
                )


def _fields(shown: Article) -> list[str]:
    said = ["\n".join(filter(None, [*lines, meaning.origin])) for lines, meaning in shown.numbered]
    sources = dict.fromkeys(source for meaning in shown.meanings for source in meaning.sources)
    fields = (
        one_line(shown.headword),
        shown.reading,
        "\n".join(said),
        shown.english,
        shown.kind,
        "\n".join(sources),
    )
    return [_escaped(field) for field in fields]


def _escaped(text: str) -> str:
    # \x1f parts the fields of a note, and a NUL ends it; {{ would be one of Anki's own commands
    bare = re.sub("[\0\x1f]", "", text)
    return html.escape(bare, quote=False).replace("{{", "{&#123;").replace("\n", "<br>")


def _tags(entry: Entry) -> list[str]:
    sources = {sense.source.id for sense in entry.senses if sense.source}
    return [entry.kind, *("".join(source.split()) for source in sorted(sources) if source.split())]


def _number(text: str) -> int:
    """Return a number for what has a name, below 2⁶² and the same always: Anki's ids are whole numbers."""
    return int.from_bytes(hashlib.sha256(f"policy-glossary {text}".encode()).digest()[:7], "big")
