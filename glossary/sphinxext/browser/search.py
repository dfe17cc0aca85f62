"""The index for search in the browser: entries in columns, and the rules of `searching`."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from glossary import keys, searching
from glossary.folding import key_of
from glossary.model import Entry
from glossary.render.terms import explained, one_line
from glossary.senses import best_sense
from glossary.sphinxext.browser.files import folding_data, script
from glossary.text import has_han
from glossary.variants import names_of, owners, unpunctuated

__all__ = ["index_data"]

# What search may load, compressed, for so many terms or fewer; for more, so much more.
_BUDGET, _TERMS = 400_000, 5000


def index_data(entries: Mapping[str, Entry], pages: Mapping[str, str]) -> dict[str, Any]:
    """Return what search in the browser is made of: entries, and the rules of `searching`.

    Only what has a page is searched; the rest is there to be asked for by its headword. `pages` gives for a headword the
    address of its page from the root of the site. Columns go by the order of headwords; what few entries have goes by
    their number. `readings` are those that differ from what the single characters give; `forms` are the keys of written
    forms beyond the headword's own, `others` the definitions beyond the first, which is that of the best sense.
    `members` has what is said of the members behind each definition; it is shown and not searched, as in Python. Where
    the whole is too large, definitions and members are cut to the longest length that fits.
    """
    kept = {headword: entries[headword] for headword in sorted(entries)}
    said = _syllables(kept.values())
    syllables = sorted(set(said.values()))
    addresses = sorted({pages[headword] for headword in kept if headword in pages})
    numbers = {address: n for n, address in enumerate(addresses)}
    kinds = sorted({entry.kind for entry in kept.values()})
    definitions = [_definitions(entry) for entry in kept.values()]
    data = {
        "rules": _rules(),
        "headwords": list(kept),
        "syllables": syllables,
        "said": ["".join(char for char in said if said[char] == syllable) for syllable in syllables],
        "readings": {
            n: entry.reading
            for n, entry in enumerate(kept.values())
            if entry.reading != " ".join(said.get(part, part) for part in _PART.findall(entry.headword))
        },
        "kinds": kinds,
        "kind": [kinds.index(entry.kind) for entry in kept.values()],
        "english": [entry.english or "" for entry in kept.values()],
        "pages": addresses,
        "page": [numbers[pages[headword]] if headword in pages else None for headword in kept],
        "forms": {n: forms for n, forms in enumerate(_further_forms(kept)) if forms},
    }
    return _cut(
        data, definitions, _BUDGET * max(_TERMS, len(kept)) // _TERMS - _size("folding", folding_data())
    )


def _cut(data: dict[str, Any], definitions: Sequence[Mapping[str, str]], budget: int) -> dict[str, Any]:
    """Add the definitions and members to the index, cut to the longest length that keeps to a budget."""

    def made(most: int) -> dict[str, Any]:
        def short(texts: Iterable[str]) -> list[str]:
            return [text if len(text) <= most else text[:most] + "…" for text in texts]

        said = [short(own) for own in definitions]
        return _respelt(
            data
            | {
                "definitions": [own[0] if own else "" for own in said],
                "others": {n: own[1:] for n, own in enumerate(said) if own[1:]},
                "members": {n: short(own.values()) for n, own in enumerate(definitions) if any(own.values())},
            }
        )

    fits, high = (
        0,
        max((len(text) for own in definitions for pair in own.items() for text in pair), default=0),
    )
    whole = made(high)
    if _size("index", whole) <= budget:
        return whole
    while high - fits > 1:
        middle = (fits + high) // 2
        if _size("index", made(middle)) <= budget:
            fits = middle
        else:
            high = middle
    return made(fits)


def _size(name: str, data: Any) -> int:
    """Return the size of a data file as a server sends it."""
    return len(zlib.compress(script(name, data).encode()))


# The columns that hold Chinese.
_CHINESE = ("headwords", "said", "forms", "definitions", "others", "members")


def _respelt(data: dict[str, Any]) -> dict[str, Any]:
    """Spell the Chinese of the index with the shortest code points for the most frequent characters.

    In UTF-8 they take two bytes instead of three: the compressed file is a sixth smaller. The n-th character of
    `alphabet` stands for itself where the n-th code point from U+0080 on is written, half characters left out.
    """
    columns = {name: data[name] for name in _CHINESE}
    counts = Counter(char for char in msgspec.json.encode(columns).decode() if char >= "\x80")
    alphabet = sorted(counts, key=lambda char: (-counts[char], char))
    codes = (code for code in range(0x80, 0x110000) if not 0xD800 <= code <= 0xDFFF)
    spelling = {ord(char): chr(code) for char, code in zip(alphabet, codes, strict=False)}

    def respell(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(spelling)
        if isinstance(value, dict):
            return {key: respell(each) for key, each in value.items()}
        return [respell(each) for each in value]

    return (
        data | {name: respell(column) for name, column in columns.items()} | {"alphabet": "".join(alphabet)}
    )


# What of a headword is read: a Han character, or a run of Latin letters and digits.
_PART = re.compile(f"{searching.HAN}|[0-9A-Za-z+]+")


def _syllables(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the syllable with which each Han character is read most often."""
    counts: dict[str, Counter[str]] = {}
    for entry in entries:
        parts, said = _PART.findall(entry.headword), entry.reading.split()
        if len(parts) == len(said):
            for part, syllable in zip(parts, said, strict=True):
                counts.setdefault(part, Counter())[syllable] += 1
    return {
        char: min(said, key=lambda each: (-said[each], each))
        for char, said in sorted(counts.items())
        if has_han(char)
    }


def _further_forms(entries: Mapping[str, Entry]) -> list[list[str]]:
    """Return for each entry the keys of its written forms that its headword and the others don't give."""
    forms: dict[str, list[str]] = {headword: [] for headword in entries}
    for key, named in names_of(owners(entries)).items():
        for headword in named:
            forms[headword].append(key)
    return [list(_underived(key_of(headword), keys)) for headword, keys in forms.items()]


def _underived(own: str, keys: list[str]) -> Iterator[str]:
    """Yield the keys that don't follow from another by leaving its punctuation out."""
    derived = {plain for key in keys if (plain := unpunctuated(key)) != key}
    yield from (key for key in keys if key != own and key not in derived)


def _definitions(entry: Entry) -> dict[str, str]:
    """Return the definitions of an entry, the one of its best sense first, each with what is said of members behind it."""
    best = best_sense(entry)
    found: dict[str, str] = {}
    for sense in [best, *entry.senses] if best else []:
        if said := explained(sense):
            definition = sense.definition or ""
            found.setdefault(definition, said.removeprefix(one_line(definition)))
    return found


def _rules() -> dict[str, Any]:
    """Return the limits and patterns of search as Python has them."""
    return {
        "part": _PART.pattern,
        "longest": searching.LONGEST,
        "mixed": searching.MIXED,
        "similar": searching.SIMILAR,
        "short": searching.SHORT,
        "spare": searching.SPARE,
        "half": searching.HALF,
        "good": searching.GOOD,
        "articles": sorted(searching.ARTICLES),
        "latin": searching.LATIN.pattern,
        "han": searching.HAN,
        "letters": searching.LETTERS.pattern,
        "notLetters": searching.NOT_LETTERS.pattern,
        "numbered": searching.NUMBERED.pattern,
        "toneDigit": searching.TONE_DIGIT.pattern,
        "english": searching.ENGLISH.pattern,
        "tones": "".join(keys.TONES),
        "syllable": keys.SYLLABLE.pattern,
        "typedU": keys.TYPED_U.pattern,
        "heard": [[sound.pattern, plain] for sound, plain in keys.FUZZY],
    }
