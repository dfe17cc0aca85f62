"""A dictionary for Yomitan, the browser extension that shows definitions where the pointer rests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from glossary.export.archives import add, opened
from glossary.export.articles import Article, article, spoken, written_forms
from glossary.export.settings import Settings, walk
from glossary.model import KINDS, Entry
from glossary.render.terms import KIND_LABELS

__all__ = ["write"]

# rows of a term bank: what Yomitan's own dictionaries have
_BANK = 10_000


def write(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write a zip file of format 3: an index, the kinds as tags, and banks of terms; return how many entries.

    Yomitan looks for what stands on the page, letter by letter, so each form of an entry is a term, with the number of
    the entry. An entry with nothing to say is left out.
    """
    count = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal count
        for entry in walk(entries, settings):
            shown = article(entry)
            if shown.says_nothing:
                continue
            count += 1
            seen: set[str] = set()
            for name, reading in spoken(entry):
                content = [_content(shown, name)]
                for form in written_forms(name):
                    if form not in seen:
                        seen.add(form)
                        # an empty reading is one that is the term itself
                        said = reading if reading != form else ""
                        yield [form, said, entry.kind, "", 0, content, count, ""]

    digest = hashlib.sha256()
    with opened(stream) as archive:
        tags = [[kind, "dictionary", n, KIND_LABELS[kind], 0] for n, kind in enumerate(KINDS)]
        add(archive, "tag_bank_1.json", msgspec.json.encode(tags))
        walking = rows()
        number = 0
        while bank := list(islice(walking, _BANK)):
            number += 1
            content = msgspec.json.encode(bank)
            digest.update(content)
            add(archive, f"term_bank_{number}.json", content)
        add(archive, "index.json", msgspec.json.encode(_index(settings.title, digest.hexdigest()[:12])))
    return count


def _index(title: str, revision: str) -> dict[str, Any]:
    """Describe the dictionary; its revision is made of what is in it, and changes with it."""
    return {
        "title": title,
        "revision": revision,
        "format": 3,
        "sequenced": True,
        "author": "policy-glossary",
        "description": "中国政策文件中的简称、提法和专名。",
        "sourceLanguage": "zh",
        "targetLanguage": "zh",
    }


def _content(shown: Article, name: str) -> dict[str, Any]:
    """Return what is shown, in blocks; the tags and styles are those that every Yomitan of format 3 knows."""
    blocks: list[dict[str, Any]] = []
    if name != shown.headword:
        blocks.append({"tag": "div", "content": f"即：{shown.headword}"})
    if shown.english:
        blocks.append({"tag": "div", "content": shown.english, "style": {"fontStyle": "italic"}})
    for said, meaning in shown.numbered:
        blocks += [{"tag": "div", "content": line} for line in said]
        blocks += [
            {"tag": "div", "content": line, "style": {"fontSize": "small"}}
            for line in (meaning.origin, *meaning.sources)
            if line
        ]
    return {"type": "structured-content", "content": blocks}
