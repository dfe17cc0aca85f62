"""A StarDict dictionary, which GoldenDict, KOReader and others open: .ifo, .idx, .dict and .syn beside one another.

Written here: the format is four plain files, and pyglossary, which knows it too, is under the GPL and fails to import on
some of the Pythons that this package runs on. It reads what is written here in the tests, and converts it further.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from glossary.errors import DataError
from glossary.export.articles import Article, article, written_forms
from glossary.export.settings import Settings, walk
from glossary.model import Entry
from glossary.paths import writing
from glossary.render.terms import one_line

__all__ = ["write"]

# bytes of a word in an index, its end mark not counted
_LONGEST = 255
_4_GB = 1 << 32


def write(entries: Mapping[str, Entry], path: Path, settings: Settings) -> int:
    """Write the files of a dictionary, the .ifo last, without which no program opens it; return how many entries.

    An entry with nothing to say is left out; a form of more than 255 bytes, which the format forbids, is, too.

    Raises:
        DataError: the articles take more than 4 GB.
    """
    stem = path.with_suffix("")
    index: list[tuple[bytes, int, int]] = []
    others: list[tuple[bytes, int]] = []
    with ExitStack() as stack:
        # closed, and so put in their places, in reverse
        info, words, synonyms, articles = (
            stack.enter_context(writing(Path(f"{stem}{suffix}")))
            for suffix in (".ifo", ".idx", ".syn", ".dict")
        )
        for entry in walk(entries, settings):
            shown = article(entry)
            head = _word(entry.headword)
            if shown.says_nothing or len(head) > _LONGEST:
                continue
            content = _html(shown).encode()
            forms = map(_word, written_forms(entry.headword, *entry.variants))
            others += [(form, len(index)) for form in forms if form != head and len(form) <= _LONGEST]
            index.append((head, articles.tell(), len(content)))
            articles.write(content)
        if articles.tell() >= _4_GB:
            raise DataError(
                f"{path}: would be over 4 GB, which StarDict cannot hold. Export a part (select)."
            )
        order = sorted(range(len(index)), key=lambda n: _order(index[n][0]))
        for n in order:
            head, start, length = index[n]
            words.write(head + b"\0" + start.to_bytes(4, "big") + length.to_bytes(4, "big"))
        numbers = {n: number for number, n in enumerate(order)}
        others.sort(key=lambda other: (*_order(other[0]), numbers[other[1]]))
        for form, n in others:
            synonyms.write(form + b"\0" + numbers[n].to_bytes(4, "big"))
        info.write(
            "StarDict's dict ifo file\nversion=2.4.2\n"
            f"bookname={one_line(settings.title)}\nwordcount={len(index)}\nsynwordcount={len(others)}\n"
            f"idxfilesize={words.tell()}\nsametypesequence=h\n".encode()
        )
    return len(index)


def _word(text: str) -> bytes:
    # the mark of the end of a word can't stand in it
    return text.encode().replace(b"\0", b"")


def _order(word: bytes) -> tuple[bytes, bytes]:
    """Return what StarDict sorts by: ASCII letters without regard to case, then byte by byte."""
    return word.lower(), word


def _html(shown: Article) -> str:
    """Return an article as HTML, everything escaped."""

    def line(text: str, mark: str = "div") -> str:
        return f"<{mark}>{html.escape(text, quote=False).replace(chr(10), '<br>')}</{mark}>"

    # who looked up another form sees of what this is the article
    about = " · ".join(filter(None, [shown.reading, shown.kind]))
    lines = [line(shown.headword, "b"), line(about)] + (
        [f"<div><i>{html.escape(shown.english, quote=False)}</i></div>"] if shown.english else []
    )
    for said, meaning in shown.numbered:
        lines += map(line, said)
        lines += [
            f"<div><small>{html.escape(text, quote=False)}</small></div>"
            for text in (meaning.origin, *meaning.sources)
            if text
        ]
    return "".join(lines)
