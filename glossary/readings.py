"""Pinyin readings: syllables with tone marks, a blank between them, 一 and 不 in citation tone, no sandhi.

What settles a syllable, the first that applies: a reviewed reading of the whole term; a reviewed phrase, pattern or
place name, longest first, anywhere in the term; a phrase of pypinyin's, cleaned; a reviewed reading of the single
character; pypinyin's first reading of it. What is reviewed is in `terms/readings.toml`. pypinyin is imported when the
first reading is made, and its tables are read, never changed.

A reading also says what it is not sure of: see `Reading`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from glossary.keys import letters, toneless
from glossary.paths import terms_directory
from glossary.reviewed import Fixed, Reviewed, Syllables, load, runs
from glossary.text import is_han, simplify

__all__ = ["Doubt", "Reading", "pinyin", "reading", "syllables"]


class Doubt(msgspec.Struct, frozen=True, gc=False):
    """One syllable that nobody has reviewed and that could be another: its place among the syllables, and the others."""

    index: int
    char: str
    syllable: str
    others: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, gc=False):
    """The reading of a text, and the syllables that are doubtful.

    Doubtful is a character with several readings that no word settles, only the likeliest reading of the character;
    and one that two overlapping words of the general tables would read differently.
    """

    syllables: Syllables
    doubtful: tuple[Doubt, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.syllables)


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
    parts = tuple(runs(text))
    term = _reviewed().terms.get(parts)
    if term is not None:
        return term
    made: list[str] = []
    for run in parts:
        if is_han(run[0]):
            made += _read(run)[0]
        else:
            made.append(run)
    return tuple(made)


def reading(text: str) -> Reading:
    """Read a text as `pinyin` does, and say which syllables are doubtful.

    >>> sure, unsure = reading("长三角"), reading("朝")
    >>> str(sure), sure.doubtful
    ('cháng sān jiǎo', ())
    >>> [(doubt.char, doubt.others) for doubt in unsure.doubtful]
    [('朝', ('zhāo',))]
    """
    parts = tuple(runs(text))
    term = _reviewed().terms.get(parts)
    if term is not None:
        return Reading(term)
    made: list[str] = []
    doubts: list[Doubt] = []
    for run in parts:
        if not is_han(run[0]):
            made.append(run)
            continue
        said, settled = _read(run)
        doubts += (
            Doubt(len(made) + i, run[i], said[i], others)
            for i, sure in enumerate(settled)
            if not sure and (others := _others(run, said, i))
        )
        made += said
    return Reading(tuple(made), tuple(doubts))


def _others(run: str, said: list[str], i: int) -> tuple[str, ...]:
    """Return what else a character may be here: what words that overlap it say, or any reading where none covers it."""
    general = _general()
    known = general.readings.get(run[i], ())
    if len(known) < 2:
        return ()
    in_words = {
        general.phrases[word][i - start]
        for start in range(max(0, i - 3), i + 1)
        for end in range(max(start + 2, i + 1), min(start + 5, len(run)) + 1)
        if (word := run[start:end]) in general.phrases
    }
    candidates = in_words or set(known)
    return tuple(other for other in known if other in candidates and other != said[i])


def _read(run: str) -> tuple[list[str], list[bool]]:
    """Read a run of Han characters, and tell what is reviewed: phrases first, between them the general tables."""
    general = _general()
    if general.several.isdisjoint(run):
        return [general.singles.get(char, char) for char in run], [True] * len(run)
    made: list[str] = [""] * len(run)
    for start, fixed in sorted(_hits(run), key=_authority):
        if not any(made[start + place] for place, _, _ in fixed):
            for place, _, syllable in fixed:
                made[start + place] = syllable
    settled = [bool(syllable) for syllable in made]
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and not made[end]:
            end += 1
        if end > start:
            made[start:end] = _guess(run[start:end])
        start = end + 1
    return made, settled


def _hits(run: str) -> Iterator[tuple[int, Fixed]]:
    """Yield every place where a reviewed phrase, place name or pattern fits."""
    reviewed = _reviewed()
    for start, char in enumerate(run):
        for length in reviewed.lengths.get(run[start : start + 2], ()):
            text = run[start : start + length]
            if len(text) < length:
                continue
            found = reviewed.phrases.get(text)
            if found is None and (found := reviewed.places.get(text)) and _straddled(run, start, length):
                continue
            if found:
                yield start, tuple(zip(range(length), text, found, strict=True))
        for pattern in reviewed.patterns.get(char, ()):
            first = start - pattern.fixed[0][0]
            if 0 <= first <= len(run) - pattern.length and all(
                run[first + place] == fixed for place, fixed, _ in pattern.fixed
            ):
                yield first, pattern.fixed


def _straddled(run: str, start: int, length: int) -> bool:
    """Tell whether a word begins before a place name and ends in it, or the other way: 名单|县, 六|安全."""
    phrases = _general().phrases
    return any(run[edge - 1 : edge + 1] in phrases for edge in (start, start + length) if 0 < edge < len(run))


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
    general = _general()
    phrases, longest, singles = general.phrases, general.longest, general.singles
    if general.several.isdisjoint(run):
        return [singles.get(char, char) for char in run]
    size = len(run)
    pieces = [0] * (size + 1)
    cut = [1] * size
    for start in range(size - 1, -1, -1):
        best = pieces[start + 1] + 1
        for end in range(start + 2, min(start + longest.get(run[start : start + 2], 1), size) + 1):
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


class General(NamedTuple):
    """The general tables: phrases, the length of the longest by its first two characters, and single readings.

    `readings` lists what a character is often read in phrases, neutral tones and places apart; `several` are the characters that
    any phrase or pattern reads otherwise than they are read alone.
    """

    phrases: Mapping[str, Syllables]
    longest: Mapping[str, int]
    singles: Mapping[str, str]
    readings: Mapping[str, tuple[str, ...]]
    several: frozenset[str]


@cache
def _general() -> General:
    """Return the general tables.

    Source: pypinyin (MIT), cleaned. 一 and 不 get back their citation tone (it has 不是 bú shì, 一流 yì liú).
    Dropped are phrases with a syllable that no table of characters attests, and those of two characters that
    end in 得 or 地 read `de`, which are no words of their own (所得|税, 夺得). Keys are simplified as
    texts are (著名 → 着名).
    """
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    attested = {chr(code): said.split(",") for code, said in PINYIN_DICT.items()}
    plain = {char: {letters(syllable) for syllable in said} for char, said in attested.items()}
    citation = {"一": "yī", "不": "bù"}
    keys = simplify("\n".join(PHRASES_DICT)).split("\n")
    phrases: dict[str, Syllables] = {}
    changed: dict[str, Syllables] = {}
    for key, (text, columns) in zip(keys, PHRASES_DICT.items(), strict=True):
        said = tuple(citation.get(char) or column[0] for char, column in zip(text, columns, strict=True))
        if said[-1] == "de" and text[-1] in "得地" and len(text) == 2:
            continue
        if all(
            syllable in attested.get(char, ()) or syllable in plain.get(char, ())
            for char, syllable in zip(text, said, strict=True)
        ):
            (phrases if key == text else changed).setdefault(key, said)
    phrases = changed | phrases
    longest: dict[str, int] = {}
    for text in phrases:
        longest[text[:2]] = max(longest.get(text[:2], 1), len(text))
    singles = {char: said[0] for char, said in attested.items()} | dict(_reviewed().singles)
    readings = _readings(phrases)
    several = {char for char, said in readings.items() if any(s != singles.get(char) for s in said)}
    several |= {
        char
        for name, said in _reviewed().places.items()
        for char, s in zip(name, said, strict=True)
        if s != singles.get(char)
    }
    return General(phrases, longest, singles, dict(_likely(readings)), frozenset(several))


def _likely(readings: Mapping[str, Counter[str]]) -> Iterator[tuple[str, Syllables]]:
    """Yield for each character the readings that it can be doubted for, the most frequent first."""
    for char, said in readings.items():
        toned = {syllable: n for syllable, n in said.most_common() if toneless(syllable) != syllable}
        least = _RARE * sum(toned.values())
        yield char, tuple(syllable for syllable, n in toned.items() if n >= least)


# A reading that fewer of a character's phrases have raises no doubt: 路 is luò in one of 300.
_RARE = 0.03


def _readings(phrases: Mapping[str, Syllables]) -> Mapping[str, Counter[str]]:
    """Count how often each character is read how: in the general phrases, and in what is reviewed."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reviewed = _reviewed()
    for table in (phrases, reviewed.phrases):
        for text, said in table.items():
            for char, syllable in zip(text, said, strict=True):
                counts[char][syllable] += 1
    for patterns in reviewed.patterns.values():
        for pattern in patterns:
            for _, char, syllable in pattern.fixed:
                counts[char][syllable] += 1
    return counts


@cache
def _reviewed() -> Reviewed:
    return load(terms_directory() / "readings.toml")
