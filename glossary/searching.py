"""Search the way people type: hanzi in any script, pinyin, initials, parts of words, words of a definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches

from glossary.keys import initials, search_key
from glossary.model import Entry, Hit
from glossary.text import is_han
from glossary.variants import forms, key_of

__all__ = ["Index"]


class Index:
    """What a glossary's entries can be searched by."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._rows = [
            (
                entry,
                tuple(dict.fromkeys(form.text.replace('"', "") for form in forms(headword, entry.variants))),
                search_key(entry.reading),
                initials(entry.reading),
                tuple(key_of(sense.definition) for sense in entry.senses if sense.definition),
                (entry.english or "").casefold(),
            )
            for headword, entry in entries.items()
        ]

    def search(self, query: str, *, limit: int) -> list[Hit]:
        """Return the hits for a query, best first; equal scores go by length, then by headword.

        Where nothing holds the query, headwords that are nearly written like it are hits of the field "similar".
        """
        key = key_of(query)
        if not key or limit <= 0:
            return []
        hits: list[Hit] = []
        for entry, written, reading, first, definitions, english in self._rows:
            best = max(
                self._matches(key, query, written, reading, first, definitions, english),
                key=lambda match: match[0],
                default=None,
            )
            if best:
                hits.append(Hit(entry=entry, score=best[0], matched=best[1], field=best[2]))
        if not hits:
            hits = self._similar(key)
        hits.sort(key=lambda hit: (-hit.score, len(hit.entry.headword), hit.entry.headword))
        return hits[:limit]

    def _similar(self, key: str) -> list[Hit]:
        names = {written[0]: entry for entry, written, *_ in self._rows if written}
        return [
            Hit(
                entry=names[name],
                score=0.3 * SequenceMatcher(None, key, name).ratio(),
                matched=name,
                field="similar",
            )
            for name in get_close_matches(key, names, n=10, cutoff=0.6)
        ]

    def _matches(
        self,
        key: str,
        query: str,
        written: tuple[str, ...],
        reading: str,
        first: str,
        definitions: tuple[str, ...],
        english: str,
    ) -> Iterator[tuple[float, str, str]]:
        for i, form in enumerate(written):
            field = "headword" if i == 0 else "variant"
            if form == key:
                yield (1.0 if i == 0 else 0.98), form, field
            elif form.startswith(key):
                yield 0.8 + 0.1 * len(key) / len(form), key, field
            elif key in form:
                yield 0.7 + 0.1 * len(key) / len(form), key, field
            elif len(form) >= 2 and form in key:
                yield 0.6 + 0.1 * len(form) / len(key), form, field
        if not any(map(is_han, key)):
            typed = search_key(query)
            if typed and reading:
                if typed == reading:
                    yield 0.95, typed, "pinyin"
                elif typed == first and len(typed) > 1:
                    yield 0.9, typed, "initials"
                elif len(typed) >= 2 and reading.startswith(typed):
                    yield 0.6 + 0.2 * len(typed) / len(reading), typed, "pinyin"
                elif len(typed) >= 2 and first.startswith(typed):
                    yield 0.55 + 0.1 * len(typed) / len(first), typed, "initials"
                elif len(typed) >= 4 and typed in reading:
                    yield 0.5, typed, "pinyin"
            plain = query.strip().casefold()
            if len(plain) >= 2 and plain in english:
                yield 0.5 + 0.4 * len(plain) / len(english), plain, "english"
        if len(key) >= 2:
            for definition in definitions:
                if key in definition:
                    yield 0.4, key, "definition"
