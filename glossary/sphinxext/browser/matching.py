"""What matching in the browser needs: the forms of the entries, what may deceive about each, and everyday words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Any

from glossary import judgement, numerals
from glossary.boundaries import ACROSS, CLOSED, FREQUENCY
from glossary.folding import key_of
from glossary.matching import patterns_of
from glossary.model import Entry
from glossary.quotes import CLOSING, OPENING
from glossary.text import BLANKS, HAN, NARROW, QUOTE_MARKS, SPACES
from glossary.variants import owners
from glossary.words import LONGEST, TOTAL, everyday, kind_of, likelihood

__all__ = ["matching_data", "words_data"]


def matching_data(entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Return what `Matcher` in the browser is made of: what to look for, and the characters and patterns to judge it by.

    Each form has a place in `forms`; at the same place stand in `owners` the place of its headword, in `hows` how it
    differs from it, and in `doubts` what about it may deceive.
    """
    patterns = patterns_of(owners(entries))
    headwords = sorted({pattern.headword for pattern in patterns})
    places = {headword: n for n, headword in enumerate(headwords)}
    return {
        "headwords": headwords,
        "forms": [pattern.text for pattern in patterns],
        "owners": [places[pattern.headword] for pattern in patterns],
        "hows": [pattern.how for pattern in patterns],
        "doubts": [pattern.doubts for pattern in patterns],
        "bits": {
            name: getattr(judgement, name) for name in ("EDGE", "WORD", "QUOTED", "TAIWAN", "AMOUNT", "WHOLE")
        },
        "short": judgement.SHORT,
        "window": judgement.WINDOW,
        "next": judgement.NEXT,
        "characters": {
            "blanks": BLANKS,
            "spaces": SPACES,
            "quotes": QUOTE_MARKS,
            "opening": OPENING,
            "closing": CLOSING,
            "twoWays": _all(judgement.TWO_WAYS),
            "digits": _all(numerals.DIGITS),
            "powers": _all(numerals.POWERS),
            "hanNumerals": _all(numerals.HAN_NUMERALS),
            "numerals": _all(numerals.NUMERALS),
            "ones": _all(numerals.ONES),
            "counters": _all(numerals.COUNTERS),
            "measures": _all(numerals.MEASURES),
            "particles": _all(numerals.PARTICLES),
        },
        "patterns": {
            "han": f"^[{HAN}]+$",
            "wordInOne": numerals.WORD_IN_ONE.pattern,
            "between": f"^{judgement.BETWEEN.pattern}",
            "restOfQuote": f"^{judgement.REST_OF_QUOTE.pattern}",
            "seamless": judgement.SEAMLESS.pattern,
        },
        "narrow": {chr(wide): chr(narrow) for wide, narrow in NARROW.items()},
    }


def _all(characters: Iterable[str]) -> str:
    return "".join(sorted(characters))


def words_data() -> dict[str, Any]:
    """Return what `Words` in the browser is made of: the words of everyday Chinese that a folded text may hold.

    By the place of their first character in `firsts`, `rests` has what else words consist of, in order, each behind a
    capital that says how many characters it has in common with the one before: A none, B one. `told` has a character
    for each: counted from a blank, four times the place of its likelihood in `likelihoods`, 2 more if it is closed, and
    1 more if it is a noun. Likelihoods are handed over, not frequencies: engines differ in the last digit of a
    logarithm, and of two ways to part a text the likelier is taken.
    """
    words = sorted(word for word in everyday() if len(word) <= LONGEST and key_of(word) == word)
    likelihoods = [value for value, _ in Counter(map(likelihood, words)).most_common()]
    places = {value: n for n, value in enumerate(likelihoods)}

    def told(word: str) -> str:
        kind = kind_of(word)
        closed, noun = kind.startswith(CLOSED), kind.startswith("n")
        return chr(ord(" ") + 4 * places[likelihood(word)] + 2 * closed + noun)

    groups = {first: list(group) for first, group in groupby(words, itemgetter(0))}
    return {
        "longest": LONGEST,
        "across": ACROSS,
        "unknown": -TOTAL,
        "term": FREQUENCY,
        "likelihoods": likelihoods,
        "firsts": "".join(groups),
        "rests": ["".join(_front_coded(word[1:] for word in group)) for group in groups.values()],
        "told": ["".join(map(told, group)) for group in groups.values()],
    }


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    """Yield each of sorted words as how much it has in common with the one before, and the rest."""
    before = ""
    for word in words:
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False)))
        yield chr(ord("A") + common) + word[common:]
        before = word
