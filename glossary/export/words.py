"""Lists of words: jieba's user dictionary, and CC-CEDICT lines, which many reading aids take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from glossary.conversions import traditional
from glossary.export.articles import Article, article, spoken, unmarked
from glossary.export.settings import Settings, walk
from glossary.keys import numbered
from glossary.model import Entry, Kind
from glossary.render.terms import one_line
from glossary.text import simplify

__all__ = ["write_cedict", "write_jieba"]

# What jieba takes for parts of words (its re_han_default); a word with any other character can never come out whole.
_CUTTABLE = re.compile(r"[\u4e00-\u9fd5A-Za-z0-9+#&._%-]+")
# Parts of speech as jieba's own dictionary names them: abbreviation, idiom, other name, noun.
_TAGS: Mapping[Kind, str] = {"shorthand": "j", "slogan": "l", "concept": "n"}


def write_jieba(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write the forms of entries that jieba can cut, `word tag` a line; return how many entries have any.

    No frequency is given: jieba then reckons the one at which the word comes out whole.
    """
    count = 0
    seen: set[str] = set()
    for entry in walk(entries, settings):
        words = list(filter(_CUTTABLE.fullmatch, unmarked(entry.headword, *entry.variants)))
        count += bool(words)
        for word in words:
            if word not in seen:
                seen.add(word)
                stream.write(f"{word} {_TAGS.get(entry.kind, 'nz')}\n".encode())
    return count


def write_cedict(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write entries and their variants as lines of CC-CEDICT; return how many entries.

    An entry with nothing to say is left out: a line has one definition at least.
    """
    stream.write(
        f"# {one_line(settings.title)}\n#! version=1\n#! subversion=0\n#! format=ts\n#! charset=UTF-8\n".encode()
    )
    count = 0
    for entry in walk(entries, settings):
        shown = article(entry)
        if shown.says_nothing:
            continue
        said = "/".join(_definitions(shown))
        for word, reading in _words(entry):
            simple = simplify(word)
            stream.write(f"{traditional(simple)} {simple} [{reading}] /{said}/\n".encode())
        count += 1
    return count


def _words(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each name without blanks, which part the fields of a line, and how it is read."""
    seen = set()
    for name, reading in spoken(entry):
        word = "".join(name.split())
        if word not in seen:
            seen.add(word)
            # u: is ü, and xx5 no reading, by the rules of CC-CEDICT; ] would end the reading
            yield word, numbered(reading).replace("ü", "u:").replace("]", "") or "xx5"


def _definitions(shown: Article) -> Iterator[str]:
    if shown.english:
        yield _field(shown.english)
    for meaning in shown.meanings:
        said = _field("".join(meaning.said))
        if said:
            yield said


def _field(text: str) -> str:
    # a slash parts definitions
    return one_line(text).replace("/", "／")
