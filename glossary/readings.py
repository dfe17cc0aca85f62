"""Pinyin readings: syllables with tone marks, a blank between them, 一 and 不 in citation tone, no sandhi.

What settles a syllable, the first that applies: a reviewed reading of the whole term; a reviewed phrase or
pattern, longest first, anywhere in the term; a phrase of pypinyin's, cleaned; a reviewed reading of the
single character; pypinyin's first reading of it. What is reviewed is in `terms/readings.toml`. pypinyin is
imported when the first reading is made, and its tables are read, never changed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from glossary.errors import DataError
from glossary.paths import terms_directory
from glossary.text import BLANK, QUOTE_MARKS, is_han, simplify

__all__ = ["initials", "pinyin", "search_key", "sort_key", "syllables", "toneless"]

Syllables = tuple[str, ...]
# Characters that a phrase or pattern settles: place in it, character, syllable.
Fixed = tuple[tuple[int, str, str], ...]

ANY = "X"  # In the text of a pattern: any one Han character.

# What `text.is_han` takes for Han, less the radicals and compatibility forms that `_plain` has replaced.
_HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks between two Han characters that don't part them: “放”“管”“服” is the phrase 放管服.
_IGNORED = f"{BLANK}{re.escape(QUOTE_MARKS)}《》〈〉"
# What a Latin token is made of: 互联网+ and 100% keep their signs, PM2.5, 7×24 and 2023-2025 what joins them.
_SIGN = rf"(?:(?![{_HAN}])[^\W_]|[+×÷=%‰℃°&#@$€£¥²³\u0300-\u036f])"
_RUN = re.compile(rf"[{_HAN}](?:[{_IGNORED}]*[{_HAN}])*|{_SIGN}+(?:[-–.,:'’/~_]{_SIGN}+)*")
_GAP = re.compile(f"[{_IGNORED}]+")

_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_NEUTRAL = 5
_SYLLABLE = re.compile("(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:[aeiouü]{1,3}(?:ng|n|r)?)|[mn]g?")
# `lv`, `nv` are typed for lü, nü; any other v is a Latin letter (VR, TV).
_TYPED_U = re.compile("(?<=[ln])v")


def pinyin(text: str) -> str:
    """Read a text: syllables with tone marks and one blank between them.

    Runs of Latin letters, digits and signs stay one token as printed, width folded; punctuation is dropped. A
    Han character that no table knows stands for itself.

    >>> pinyin("長三角一体化"), pinyin("“1＋X”人才政策")
    ('cháng sān jiǎo yī tǐ huà', '1+X rén cái zhèng cè')
    """
    return " ".join(syllables(text))


def syllables(text: str) -> Syllables:
    """Read a text as `pinyin` does, one string a syllable or Latin token.

    >>> syllables("15分钟生活圈")
    ('15', 'fēn', 'zhōng', 'shēng', 'huó', 'quān')
    """
    runs = tuple(_runs(text))
    term = _reviewed().terms.get(runs)
    if term is not None:
        return term
    made: list[str] = []
    for run in runs:
        if is_han(run[0]):
            made.extend(_read(run))
        else:
            made.append(run)
    return tuple(made)


def toneless(reading: str) -> str:
    """Drop the tone marks of a reading, and nothing else: ü stays, and so does the case of Latin tokens.

    >>> toneless("lǜ sè 1+X")
    'lü se 1+X'
    """
    return " ".join(_split(token)[0] if _is_syllable(token) else token for token in reading.split())


def initials(reading: str) -> str:
    """Return the first letter of each syllable; a Latin token stays whole, in lower case.

    >>> initials("yī wǎng tōng bàn"), initials("5G wǎng luò")
    ('ywtb', '5gwl')
    """
    return "".join(
        _split(token)[0][0] if _is_syllable(token) else token.lower() for token in reading.split()
    ).replace("ü", "u")


def search_key(text: str) -> str:
    """Reduce a reading, or what somebody typed for one, to what the two have in common.

    Tones, blanks, apostrophes and case go; ü, and the v that is typed for it after l and n, become u.

    >>> search_key("lǜ sè jīn róng"), search_key("lvsejinrong"), search_key("Luse Jinrong")
    ('lusejinrong', 'lusejinrong', 'lusejinrong')
    """
    bare = "".join(_split(token)[0] for token in text.lower().split())
    return _TYPED_U.sub("u", bare.replace("ü", "u").replace("'", "").replace("’", ""))


def sort_key(reading: str) -> tuple[tuple[str, int], ...]:
    """Return what readings are sorted by: syllable by syllable, letters before tone, ü after u.

    产教 comes before 长期 (chan, chang), 重塑 (chóng) apart from 重点 (zhòng). Readings that differ in more
    than the case of a Latin token have different keys; terms read alike need a second key of the caller's.

    >>> sorted(["cháng qī", "chǎn jiào", "5G"], key=sort_key)
    ['5G', 'chǎn jiào', 'cháng qī']
    """
    key = []
    for token in reading.split():
        if _is_syllable(token):
            letters, tone = _split(token)
            key.append((letters.replace("ü", "u"), tone + (_NEUTRAL if "ü" in letters else 0)))
        else:
            key.append((token.lower(), 0))
    return tuple(key)


@lru_cache(maxsize=4096)
def _split(token: str) -> tuple[str, int]:
    """Part a syllable into its letters and its tone (1 to 4, 5 is neutral)."""
    tone = _NEUTRAL
    letters = []
    for mark in unicodedata.normalize("NFD", token):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=4096)
def _is_syllable(token: str) -> bool:
    """Tell a syllable of a reading from a Latin token (`APP`, `5G`) by its form."""
    return _SYLLABLE.fullmatch(_split(token)[0]) is not None


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of Han characters and of Latin signs in a text, simplified and width folded."""
    for match in _RUN.finditer(simplify(text.translate(_plain()))):
        run = match.group()
        yield _GAP.sub("", run) if is_han(run[0]) else run


@cache
def _plain() -> Mapping[int, str]:
    """Return the table that folds width, radicals and compatibility forms.

    PDF files print 工 as the radical ⼯ (U+2F2F).
    """
    table = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {0x3000: " "}
    for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20)):
        for code in range(*block):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and is_han(plain):
                table[code] = plain
    return table


class Pattern(NamedTuple):
    """A reviewed pattern: its length, and the characters it fixes with their places and syllables."""

    length: int
    fixed: Fixed


class Reviewed(NamedTuple):
    """What `terms/readings.toml` says, made ready for matching.

    `lengths` gives, for the first character of a phrase, how long phrases can be; `patterns` are filed under
    the first character that they fix.
    """

    terms: Mapping[tuple[str, ...], Syllables]
    phrases: Mapping[str, Syllables]
    lengths: Mapping[str, tuple[int, ...]]
    patterns: Mapping[str, tuple[Pattern, ...]]
    singles: Mapping[str, str]


def _read(run: str) -> list[str]:
    """Read a run of Han characters: reviewed phrases first, what lies between them by the general tables."""
    made: list[str] = [""] * len(run)
    for start, fixed in sorted(_hits(run), key=_authority):
        if not any(made[start + place] for place, _, _ in fixed):
            for place, _, syllable in fixed:
                made[start + place] = syllable
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and not made[end]:
            end += 1
        if end > start:
            made[start:end] = _guess(run[start:end])
        start = end + 1
    return made


def _hits(run: str) -> Iterator[tuple[int, Fixed]]:
    """Yield every place where a reviewed phrase or pattern fits."""
    reviewed = _reviewed()
    for start, char in enumerate(run):
        for length in reviewed.lengths.get(char, ()):
            text = run[start : start + length]
            found = reviewed.phrases.get(text)
            if found is not None and len(text) == length:
                yield start, tuple(zip(range(length), text, found, strict=True))
        for pattern in reviewed.patterns.get(char, ()):
            first = start - pattern.fixed[0][0]
            if 0 <= first <= len(run) - pattern.length and all(
                run[first + place] == fixed for place, fixed, _ in pattern.fixed
            ):
                yield first, pattern.fixed


def _authority(hit: tuple[int, Fixed]) -> tuple[int, int, int]:
    """Rank a hit: more characters fixed, then fewer left open, then further left.

    In 获得好评 the phrase 获得 (dé) goes before the pattern X得好 (de): both fix two characters.
    """
    start, fixed = hit
    return -len(fixed), fixed[-1][0] - fixed[0][0], start


def _guess(run: str) -> list[str]:
    """Read Han characters by the general tables, cut into as few phrases and single characters as can be.

    Of two equal cuts the one with the later phrase wins: 研究|生命 over 研究生|命.
    """
    phrases, longest, singles = _general()
    size = len(run)
    pieces = [0] * (size + 1)
    cut = [1] * size
    for start in range(size - 1, -1, -1):
        best = pieces[start + 1] + 1
        for end in range(start + 2, min(start + longest.get(run[start], 1), size) + 1):
            if pieces[end] + 1 < best and run[start:end] in phrases:
                best = pieces[end] + 1
                cut[start] = end - start
        pieces[start] = best
    made: list[str] = []
    start = 0
    while start < size:
        end = start + cut[start]
        if end == start + 1:
            made.append(singles.get(run[start], run[start]))
        else:
            made.extend(phrases[run[start:end]])
        start = end
    return made


@cache
def _general() -> tuple[Mapping[str, Syllables], Mapping[str, int], Mapping[str, str]]:
    """Return the general tables: phrases, the length of the longest by first character, single readings.

    Source: pypinyin (MIT), cleaned. 一 and 不 get back their citation tone (it has 不是 bú shì, 一流 yì liú).
    Dropped are phrases with a syllable that no table of characters attests, and those of two characters that
    end in 得 or 地 read `de`, which are no words of their own (所得|税, 夺得). Keys are simplified as
    texts are (著名 → 着名).
    """
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    attested = {chr(code): readings.split(",") for code, readings in PINYIN_DICT.items()}
    letters = {char: {_letters(reading) for reading in readings} for char, readings in attested.items()}
    citation = {"一": "yī", "不": "bù"}
    keys = simplify("\n".join(PHRASES_DICT)).split("\n")
    phrases: dict[str, Syllables] = {}
    changed: dict[str, Syllables] = {}
    for key, (text, columns) in zip(keys, PHRASES_DICT.items(), strict=True):
        reading = tuple(citation.get(char) or column[0] for char, column in zip(text, columns, strict=True))
        if reading[-1] == "de" and text[-1] in "得地" and len(text) == 2:
            continue
        if all(
            syllable in attested.get(char, ()) or syllable in letters.get(char, ())
            for char, syllable in zip(text, reading, strict=True)
        ):
            (phrases if key == text else changed).setdefault(key, reading)
    phrases = changed | phrases
    longest: dict[str, int] = {}
    for text in phrases:
        longest[text[0]] = max(longest.get(text[0], 1), len(text))
    singles = {char: readings[0] for char, readings in attested.items()}
    return phrases, longest, singles | dict(_reviewed().singles)


@lru_cache(maxsize=4096)
def _letters(syllable: str) -> str:
    return _split(syllable)[0]


@cache
def _reviewed() -> Reviewed:
    return _load(terms_directory() / "readings.toml")


def _load(path: Path) -> Reviewed:
    """Read a file of reviewed readings: tables `term`, `phrase` and `single` of text, reading and reason.

    Raises:
        DataError: The file can't be read, or an entry is not what it should be.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"{path}: not readable as reviewed readings ({error}); mend or restore the file"
        ) from error
    unknown = tables.keys() - {"term", "phrase", "single"}
    if unknown:
        raise DataError(f"{path}: unknown table {min(unknown)!r}; use term, phrase or single")
    terms = {tuple(_runs(text)): reading for text, reading in _entries(path, tables, "term")}
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
    lengths: dict[str, tuple[int, ...]] = {}
    for text in phrases:
        lengths[text[0]] = tuple({*lengths.get(text[0], ()), len(text)})
    singles = {text: reading[0] for text, reading in _entries(path, tables, "single")}
    return Reviewed(terms, phrases, lengths, patterns, singles)


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
        tokens = [token for run in _runs(text) for token in (run if is_han(run[0]) else [run])]
    else:
        tokens = list(text)
        if not all(is_han(char) or (table == "phrase" and char == ANY) for char in tokens):
            return f"may only have Han characters{' and X' if table == 'phrase' else ''}"
        if table == "single" and len(tokens) != 1:
            return "must be one character"
        if set(tokens) == {ANY}:
            return "fixes no character"
    if len(tokens) != len(reading):
        return f"has {len(tokens)} characters or tokens and {len(reading)} syllables"
    for token, syllable in zip(tokens, reading, strict=True):
        if not (_is_syllable(syllable) if is_han(token) else syllable == token):
            return f"reads {token} as {syllable!r}"
    return None
