"""The reviewed readings in `terms/readings.toml`, and how a text is cut into runs to be read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from glossary.errors import DataError
from glossary.keys import is_syllable
from glossary.text import BLANK, HAN, NARROW, QUOTE_MARKS, is_han, simplify

__all__ = ["Fixed", "Pattern", "Reviewed", "Syllables", "load", "runs", "spans"]

Syllables = tuple[str, ...]
# Characters that a phrase or pattern settles: place in it, character, syllable.
Fixed = tuple[tuple[int, str, str], ...]

ANY = "X"  # In the text of a pattern: any one Han character.

# Marks between two Han characters that don't part them: “放”“管”“服” is the phrase 放管服.
_IGNORED = f"{BLANK}{re.escape(QUOTE_MARKS)}《》〈〉"
# What a Latin token is made of: 互联网+ and 100% keep their signs, PM2.5, 7×24 and 2023-2025 what joins them.
_SIGN = rf"(?:(?![{HAN}])[^\W_]|[+×÷=%‰℃°&#@$€£¥²³\u0300-\u036f])"
_RUN = re.compile(rf"[{HAN}](?:[{_IGNORED}]*[{HAN}])*|{_SIGN}+(?:[-–.,:'’/~_]{_SIGN}+)*")
_GAP = re.compile(f"[{_IGNORED}]+")


class Pattern(NamedTuple):
    """A reviewed pattern: its length, and the characters it fixes with their places and syllables."""

    length: int
    fixed: Fixed


class Reviewed(NamedTuple):
    """What `terms/readings.toml` says, made ready for matching.

    `lengths` gives, for the first two characters of a phrase or place, how long those can be; `patterns` are filed under
    the first character that they fix.
    """

    terms: Mapping[tuple[str, ...], Syllables]
    phrases: Mapping[str, Syllables]
    places: Mapping[str, Syllables]
    lengths: Mapping[str, tuple[int, ...]]
    patterns: Mapping[str, tuple[Pattern, ...]]
    singles: Mapping[str, str]


def load(path: Path) -> Reviewed:
    """Read a file of reviewed readings: tables `term`, `phrase`, `place` and `single` of text, reading and reason.

    Raises:
        DataError: The file can't be read, or an entry is not what it should be.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"{path}: not readable as reviewed readings ({error}); mend or restore the file"
        ) from error
    unknown = tables.keys() - {"term", "phrase", "place", "single"}
    if unknown:
        raise DataError(f"{path}: unknown table {min(unknown)!r}; use term, phrase, place or single")
    terms = {tuple(runs(text)): reading for text, reading in _entries(path, tables, "term")}
    phrases: dict[str, Syllables] = {}
    patterns: dict[str, tuple[Pattern, ...]] = {}
    for text, reading in _entries(path, tables, "phrase"):
        fixed = tuple(
            (place, char, syllable)
            for place, (char, syllable) in enumerate(zip(text, reading, strict=True))
            if char != ANY
        )
        if len(fixed) == len(text):
            phrases[text] = reading
        else:
            patterns[fixed[0][1]] = (*patterns.get(fixed[0][1], ()), Pattern(len(text), fixed))
    places = dict(_entries(path, tables, "place"))
    lengths: dict[str, tuple[int, ...]] = {}
    for text in (*phrases, *places):
        lengths[text[:2]] = tuple({*lengths.get(text[:2], ()), len(text)})
    singles = {text: reading[0] for text, reading in _entries(path, tables, "single")}
    return Reviewed(terms, phrases, places, lengths, patterns, singles)


def runs(text: str) -> Iterator[str]:
    """Yield the runs of Han characters and of Latin signs in a text, simplified and width folded.

    >>> list(runs("長三角“１＋Ｘ”"))
    ['长三角', '1+X']
    """
    for match in _RUN.finditer(simplify(text.translate(_plain()))):
        run = match.group()
        yield _GAP.sub("", run) if is_han(run[0]) else run


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each thing that has a syllable or token of its own stands: a Han character, or a run of Latin signs.

    >>> list(spans("5G“兩網”"))
    [(0, 2), (3, 4), (4, 5)]
    """
    for match in _RUN.finditer(simplify(text.translate(_plain()))):
        if is_han(match.group()[0]):
            yield from ((i, i + 1) for i in range(*match.span()) if is_han(text[i]))
        else:
            yield match.span()


@cache
def _plain() -> Mapping[int, str]:
    """Return the table that folds width, radicals and compatibility forms.

    PDF files print 工 as the radical ⼯ (U+2F2F).
    """
    table = {wide: chr(narrow) for wide, narrow in NARROW.items()} | {0x3000: " "}
    for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20)):
        for code in range(*block):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and is_han(plain):
                table[code] = plain
    return table


def _entries(path: Path, tables: Mapping[str, Any], table: str) -> Iterator[tuple[str, Syllables]]:
    """Yield text (simplified as texts are) and syllables of the entries of one table, each checked."""
    seen: set[str] = set()
    entries = tables.get(table, [])
    if not isinstance(entries, list):
        raise DataError(f"{path}: {table} is not an array of tables; write [[{table}]]")
    for n, entry in enumerate(entries, 1):
        problem = _problem(table, entry)
        text = simplify(entry["text"]) if not problem else ""
        if not problem and text in seen:
            problem = "stands twice; delete one"
        if problem:
            name = entry.get("text", "without text") if isinstance(entry, dict) else entry
            raise DataError(f"{path}: {table} {n} ({name}) {problem}")
        seen.add(text)
        yield text, tuple(entry["reading"].split())


def _problem(table: str, entry: object) -> str | None:
    """Say what is wrong with an entry, if anything is."""
    if not isinstance(entry, dict) or entry.keys() != {"text", "reading", "reason"}:
        return "must have text, reading and reason, and nothing else"
    if not all(isinstance(value, str) and value.strip() for value in entry.values()):
        return "has a value that is empty or no string"
    text, reading = entry["text"], entry["reading"].split()
    if table == "term":
        tokens = [token for run in runs(text) for token in (run if is_han(run[0]) else [run])]
    else:
        tokens = list(text)
        if not all(is_han(char) or (table == "phrase" and char == ANY) for char in tokens):
            return f"may only have Han characters{' and X' if table == 'phrase' else ''}"
        if table == "single" and len(tokens) != 1:
            return "must be one character"
        if set(tokens) == {ANY}:
            return "fixes no character"
        if table in ("phrase", "place") and len(tokens) < 2:
            return "must have two characters or more; one alone is a single"
    if len(tokens) != len(reading):
        return f"has {len(tokens)} characters or tokens and {len(reading)} syllables"
    for token, syllable in zip(tokens, reading, strict=True):
        if not (is_syllable(syllable) if is_han(token) else syllable == token):
            return f"reads {token} as {syllable!r}"
    return None
