"""Search the way people type, best hits first, each with the reason and the part that matched.

| field | what matched | score |
|---|---|---|
| headword, variant | the whole written form; the headword but for punctuation 0.99 | 1, 0.98 |
| pinyin | the whole reading; 0.96 parted as the reading is, 0.85 with other tones | 0.95 |
| initials | the initials of the whole | 0.9 |
| headword, variant | the beginning of it | 0.8 to 0.9 |
| fuzzy | the whole reading, by ear | 0.78 |
| mixed | hanzi, syllables and initials mixed | 0.75 |
| headword, variant | a part of it | 0.7 to 0.8 |
| headword, variant | the query holds it | 0.6 to 0.7 |
| pinyin, initials | the beginning | 0.55 to 0.8 |
| headword, variant | the words of the query, in another order | 0.5 to 0.6 |
| english | a beginning of words | 0.5 to 0.9 |
| pinyin, fuzzy | a part | 0.5, the beginning 0.45 |
| definition | all words of the query, as they are typed | 0.4 |
| definition | half of its pairs of characters, or more | 0.3 to 0.4 |
| similar | one character wrong, missing or too many | 0.35 to 0.55 |

Equal scores go by length, then by headword.
"""

from __future__ import annotations

import heapq
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from glossary.compiled import Compiled, pairs
from glossary.keys import TONES, heard, search_key, toneless
from glossary.model import Hit
from glossary.text import NARROW, UNFIT, has_han

__all__ = ["search"]

# `sphinxext.browser` hands what has no underscore here over to the browser.
# What is looked at in each way; a query that fits more is too vague for the rest to matter.
_MOST = 2000
LONGEST = 200  # characters of a query
MIXED = SIMILAR = 20  # characters of a query that is hanzi and letters mixed, or that may be mistyped
SHORT = 100  # of the forms that fit equally well, so many of the shortest
SPARE = 20
HALF = 0.5  # of the pairs of characters of a query, a definition must hold so many
GOOD = 0.6  # with such a hit nobody looks for mistypings
_WALK = 100_000  # keys that begin alike, of which the shortest are wanted
_RANGE = f"SELECT rowid FROM {{0}} WHERE {{0}} MATCH ? LIMIT {_MOST}"
LATIN = re.compile("[a-zü]")
HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_HAN_RUNS = re.compile(f"{HAN}+")
LETTERS = re.compile("[a-z\u00e0-\u00ff\u0101-\u01dc']+")
NOT_LETTERS = re.compile("[\\s.+·・'’_-]+")
_TONE_MARK = re.compile(f"[{''.join(TONES)}]")
# yi1 wang3 tong1 ban4
NUMBERED = re.compile("(?:[a-zü]{1,6}[1-5][\\s'’-]*)+")
TONE_DIGIT = re.compile("(?<=[a-zü])[1-5]")
ARTICLES = frozenset(("the", "of", "a", "an", "and", "for", "to", "in"))
ENGLISH = re.compile("[a-z0-9]+")


class Found(NamedTuple):
    """An entry by its number, with the score, what matched, and why; `form` is the written form that matched."""

    entry: int
    score: float
    matched: str
    field: str
    form: str = ""


def search(compiled: Compiled, query: str, *, limit: int = 10) -> list[Hit]:
    """Return the hits for a query, best first."""
    query = UNFIT.sub("", query[:LONGEST])
    key, bare = compiled.key_of(query), compiled.bare_key(query)
    if not key or limit <= 0:
        return []
    best: dict[int, Found] = {}

    def enough(score: float) -> bool:
        """Tell whether the hits that are asked for are there, all as good as what is still to come."""
        return sum(found.score >= score for found in best.values()) >= limit

    def take(found: Iterator[Found], most: float) -> None:
        if not enough(most):
            for each in found:
                if each.entry not in best or each.score > best[each.entry].score:
                    best[each.entry] = each

    for written, whole in {bare: 0.99, key: 1.0}.items():
        take(_written(compiled, written, whole), 1.0)
    latin = LATIN.search(key) is not None
    typed = query.translate(NARROW)
    if latin:
        take(_mixed(compiled, bare) if has_han(key) else _typed(compiled, typed, limit), 0.96)
    for written in dict.fromkeys((key, bare)):
        take(_within(compiled, written), 0.8)
        take(_around(compiled, written), 0.7)
    take(_scattered(compiled, query), 0.6)
    if latin and not has_han(key):
        take(_english(compiled, typed), 0.9)
    if max((found.score for found in best.values()), default=0.0) < GOOD:
        take(_similar(compiled, bare), 0.55)
    take(_defined(compiled, query), 0.45)
    take(_partly_defined(compiled, query), 0.4)
    # of equal scores the shortest form goes first; what is left is read
    found = heapq.nsmallest(
        limit + SPARE, best.values(), key=lambda each: (-each.score, len(each.form), each)
    )
    hits = [_hit(compiled, each) for each in found]
    hits.sort(key=lambda hit: (-hit.score, len(hit.entry.headword), hit.entry.headword))
    return hits[:limit]


def _hit(compiled: Compiled, found: Found) -> Hit:
    entry = compiled.entry(found.entry)
    field = found.field
    if field == "headword" and compiled.bare_key(found.form) != compiled.bare_key(entry.headword):
        field = "variant"
    return Hit(entry=entry, score=found.score, matched=found.matched, field=field)


def _written(compiled: Compiled, key: str, whole: float) -> Iterator[Found]:
    """Find written forms: the whole, scored so, and the beginning."""
    names = compiled.names
    for n in names[key]:
        headword = compiled.entry(n).headword
        less = (
            0.0
            if compiled.key_of(headword) == key
            else 0.01
            if compiled.bare_key(headword) == compiled.bare_key(key)
            else 0.02
        )
        yield Found(n, whole - less, key, "headword", key)
    for form in _shortest(names.starting(key, _WALK)):
        if form != key:
            for n in names[form]:
                yield Found(n, 0.8 + 0.1 * len(key) / len(form), key, "headword", form)


def _within(compiled: Compiled, key: str) -> Iterator[Found]:
    """Find written forms that hold a text, not at their beginning."""
    for form in _shortest(form for form in _inside(compiled, [key]) if not form.startswith(key)):
        for n in compiled.names[form]:
            yield Found(n, 0.7 + 0.1 * len(key) / len(form), key, "headword", form)


def _around(compiled: Compiled, key: str) -> Iterator[Found]:
    """Find written forms that a text holds: 什么是新质生产力."""
    names = compiled.names
    for start in range(len(key)):
        for form in names.beginning(key[start:]):
            if 2 <= len(form) < len(key):
                for n in names[form]:
                    yield Found(n, 0.6 + 0.1 * len(form) / len(key), form, "headword", form)


def _scattered(compiled: Compiled, query: str) -> Iterator[Found]:
    """Find written forms that hold every word of a query, in any order: 环境 营商."""
    words = [bare for word in query.split() if (bare := compiled.bare_key(word))]
    if len(words) < 2 or not has_han(query):
        return
    for form in _shortest(_inside(compiled, words)):
        for n in compiled.names[form]:
            yield Found(
                n, 0.5 + 0.1 * min(1.0, sum(map(len, words)) / len(form)), " ".join(words), "headword", form
            )


def _shortest(forms: Iterable[str]) -> list[str]:
    return heapq.nsmallest(SHORT, forms, key=lambda form: (len(form), form))


def _typed(compiled: Compiled, query: str, limit: int) -> Iterator[Found]:
    """Find readings by letters: pinyin with or without blanks and tones, initials, and pinyin as it is heard."""
    query = TONE_DIGIT.sub("", query) if NUMBERED.fullmatch(query.strip()) else query
    typed = search_key(NOT_LETTERS.sub(" ", query))
    if not typed:
        return
    asked = NOT_LETTERS.sub(" ", unicodedata.normalize("NFC", query.lower())).split()
    toned = _TONE_MARK.search(unicodedata.normalize("NFD", query)) is not None
    whole = 0
    for n in compiled.pinyin[typed]:
        whole += 1
        said = NOT_LETTERS.sub(" ", compiled.entry(n).reading.lower()).split()
        if toned and "".join(said) != "".join(asked):
            yield Found(n, 0.85, typed, "pinyin")
        else:
            # xi'an is 西安 before 先
            parted = len(asked) > 1 and [*map(search_key, asked)] == [*map(search_key, said)]
            yield Found(n, 0.96 if parted else 0.95, typed, "pinyin")
    if len(typed) < 2:
        return
    for n in compiled.initials[typed]:
        yield Found(n, 0.9, typed, "initials")
    sound = heard(typed)
    for n in compiled.fuzzy[sound]:
        yield Found(n, 0.78, typed, "fuzzy")
    for postings, start, field, base, span in (
        (compiled.pinyin, typed, "pinyin", 0.6, 0.2),
        (compiled.initials, typed, "initials", 0.55, 0.1),
        (compiled.fuzzy, sound, "fuzzy", 0.45, 0.1),
    ):
        for key in _shortest(postings.starting(start, _WALK)):
            for n in postings[key]:
                yield Found(n, base + span * len(start) / len(key), typed, field, key)
    if len(typed) >= 4 and whole < limit:
        # trigrams side by side are enough to find what may hold the whole
        trigrams = [typed[i : i + 3] for i in {*range(0, len(typed) - 2, 3), len(typed) - 3}]
        places = compiled.rows(_RANGE.format("aloud"), (_all_of(trigrams),))
        keys = (compiled.pinyin.key(place - 1) for (place,) in places)
        for key in _shortest(key for key in keys if typed in key):
            for n in compiled.pinyin[key]:
                yield Found(n, _parted(typed, key, compiled.entry(n).reading), typed, "pinyin", key)


def _parted(typed: str, key: str, reading: str) -> float:
    """Score a part of a reading, by whether it begins and ends where syllables do: no huanjing in zhuanjing."""
    edges = {0, *accumulate(len(search_key(syllable)) for syllable in reading.split())}
    begun = [at for at in range(len(key)) if at in edges and key.startswith(typed, at)]
    if not begun:
        return 0.3
    return 0.52 if any(at + len(typed) in edges for at in begun) else 0.5


def _mixed(compiled: Compiled, key: str) -> Iterator[Found]:
    """Find headwords typed half in hanzi, half in letters: yi网tb."""
    key = LETTERS.sub(lambda run: search_key(run[0]), key)
    if len(key) > MIXED:
        return
    for form in _inside(compiled, _HAN_RUNS.findall(key)):
        for n in compiled.names[form]:
            reading = compiled.entry(n).reading
            said = [toneless(syllable).replace("ü", "u") for syllable in reading.split()]
            if len(said) == len(form) and _spells(key, form, said):
                yield Found(n, 0.75, key, "mixed", form)


def _spells(key: str, form: str, said: Sequence[str]) -> bool:
    """Tell whether each part of a key is a character, its syllable, or the beginning of its syllable, from the first on."""
    reached = {0}
    for char, syllable in zip(form, said, strict=True):
        following = set()
        for at in reached:
            if key[at : at + 1] == char:
                following.add(at + 1)
            following.update(
                at + size for size in range(1, len(syllable) + 1) if key[at : at + size] == syllable[:size]
            )
        if len(key) in following:
            return True
        reached = following
    return False


def _english(compiled: Compiled, query: str) -> Iterator[Found]:
    """Find English equivalents by their words, the last of which may be begun only."""
    plain = "".join(c for c in unicodedata.normalize("NFD", query.casefold()) if not unicodedata.combining(c))
    words = list(dict.fromkeys(ENGLISH.findall(plain)))
    words = [word for word in words if word not in ARTICLES] or words
    plain = " ".join(words)
    if len(plain) < 2:
        return
    for (n,) in compiled.rows(_RANGE.format("english"), (_all_of(words) + " *",)):
        english = compiled.entry(n).english or plain
        yield Found(n, 0.5 + 0.4 * min(1.0, len(plain) / len(english)), plain, "english")


def _defined(compiled: Compiled, query: str) -> Iterator[Found]:
    """Find definitions that hold every word of a query."""
    words = [key for word in query.split() if len(key := compiled.key_of(word)) > 1]
    tokens = [token for word in words for token in pairs(word)]
    if not tokens:
        return
    found = compiled.rows(
        "SELECT entry, definition FROM sense WHERE n IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT "
        f"{_MOST})",
        (_all_of(tokens),),
    )
    for n, definition in found:
        flat = definition if all(word in definition for word in words) else compiled.key_of(definition)
        if all(word in flat for word in words):
            share = min(1.0, sum(map(len, words)) / len(definition))
            yield Found(n, 0.4 + 0.05 * share, " ".join(words), "definition")


def _partly_defined(compiled: Compiled, query: str) -> Iterator[Found]:
    """Find definitions that hold half of the pairs of Han characters of a query, or more: 环境污染防治措施.

    Words typed in one run are found so, though the definition parts them, and words of which it lacks one.
    """
    typed = " ".join(filter(None, map(compiled.key_of, query.split())))
    asked = list(dict.fromkeys(pair for run in _HAN_RUNS.findall(typed) for pair in _pairs(run)))
    if not asked:
        return
    found = compiled.rows(
        "SELECT entry, definition, held FROM (SELECT words.rowid AS n, count(*) AS held FROM json_each(?) CROSS JOIN "
        f"words ON words MATCH value GROUP BY 1 HAVING held >= ? ORDER BY held DESC, 1 LIMIT {_MOST}) JOIN sense USING (n)",
        (json.dumps([f'"{pair}"' for pair in asked]), len(asked) * HALF),
    )
    for n, definition, held in found:
        share = min(1.0, len(typed) / len(definition))
        yield Found(n, 0.3 + 0.08 * held / len(asked) + 0.02 * share, typed, "definition")


def _similar(compiled: Compiled, key: str) -> Iterator[Found]:
    """Find written forms with one character wrong, missing or too many: 新质生产里."""
    size = len(key)
    if not 3 <= size <= SIMILAR:
        return
    for at in range(size + 1):
        # what is left of the place that is wrong, and right of it; or of the gap where one is missing
        for rest in {(key[:at], key[at + 1 :]), (key[:at], key[at:])}:
            parts = [part for part in rest if part]
            if sum(map(len, parts)) < 2:
                continue
            for form in _inside(compiled, parts):
                if abs(len(form) - size) <= 1 and any(
                    form == key[:at] + middle + key[to:]
                    for to in (at, at + 1)
                    for middle in ("", form[at : at + 1])
                ):
                    for n in compiled.names[form]:
                        yield Found(n, 0.55 - 0.6 / size, form, "similar", form)


def _inside(compiled: Compiled, parts: Sequence[str]) -> Iterator[str]:
    """Yield the written forms that hold all of some strings."""
    tokens = [token for part in parts for token in ([part] if len(part) == 1 else _pairs(part))]
    for (place,) in compiled.rows(_RANGE.format("inside"), (_all_of(tokens),)) if tokens else ():
        form = compiled.names.key(place - 1)
        if all(part in form for part in parts):
            yield form


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _all_of(tokens: Sequence[str]) -> str:
    return " AND ".join('"{}"'.format(token.replace('"', '""')) for token in dict.fromkeys(tokens))
