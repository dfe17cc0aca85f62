"""What readings are sorted and searched by: keys without tones, initials, syllable by syllable, and fuzzy ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "fuzzy_key",
    "heard",
    "initials",
    "is_syllable",
    "letters",
    "numbered",
    "search_key",
    "sort_key",
    "toneless",
]

TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_NEUTRAL = 5
SYLLABLE = re.compile("(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:[aeiouü]{1,3}(?:ng|n|r)?)|[mn]g?")
# `lv`, `nv` are typed for lü, nü; any other v is a Latin letter (VR, TV).
TYPED_U = re.compile("(?<=[ln])v")
# Only letters and figures count: xi'an is xian, and PM2.5 may be typed pm25.
_MARKS = re.compile(r"[\W_]+")
# What many speakers don't tell apart: zh/z, ch/c, sh/s; ang/an, eng/en, ing/in; n/l.
FUZZY = ((re.compile("(?<=[zcs])h"), ""), (re.compile("(?<=[aei]n)g+"), ""), (re.compile("l"), "n"))


def toneless(reading: str) -> str:
    """Drop the tone marks of a reading, and nothing else: ü stays, and so does the case of Latin tokens.

    >>> toneless("lǜ sè 1+X")
    'lü se 1+X'
    """
    return " ".join(_split(token)[0] if is_syllable(token) else token for token in reading.split())


def initials(reading: str) -> str:
    """Return the first letter of each syllable; a Latin token keeps its letters and figures, in lower case.

    >>> initials("yī wǎng tōng bàn"), initials("5G wǎng luò"), initials("PM2.5 dá biāo")
    ('ywtb', '5gwl', 'pm25db')
    """
    first = "".join(_split(token)[0][0] if is_syllable(token) else token.lower() for token in reading.split())
    return _MARKS.sub("", first).replace("ü", "u")


def search_key(text: str) -> str:
    """Reduce a reading, or what somebody typed for one, to what the two have in common.

    Tones, blanks, marks and case go; ü, and the v that is typed for it after l and n, become u.

    >>> search_key("lǜ sè jīn róng"), search_key("lvsejinrong"), search_key("Luse Jinrong"), search_key("AI+ yī liáo")
    ('lusejinrong', 'lusejinrong', 'lusejinrong', 'aiyiliao')
    """
    bare = "".join(_split(token)[0] for token in text.lower().split())
    return TYPED_U.sub("u", _MARKS.sub("", bare).replace("ü", "u"))


def fuzzy_key(text: str) -> str:
    """Reduce a reading, or what was typed for one, further: sounds that many speakers don't tell apart become one.

    >>> fuzzy_key("chéng shì"), fuzzy_key("censi"), fuzzy_key("lán"), fuzzy_key("náng")
    ('censi', 'censi', 'nan', 'nan')
    """
    return heard(search_key(text))


def heard(key: str) -> str:
    """Reduce a search key to a fuzzy one.

    >>> heard("chengshi")
    'censi'
    """
    for sound, plain in FUZZY:
        key = sound.sub(plain, key)
    return key


def sort_key(reading: str) -> tuple[tuple[str, int], ...]:
    """Return what readings are sorted by: syllable by syllable, letters before tone, ü after u.

    产教 comes before 长期 (chan, chang), 重塑 (chóng) apart from 重点 (zhòng). Readings that differ in more
    than the case of a Latin token have different keys; terms read alike need a second key of the caller's.

    >>> sorted(["cháng qī", "chǎn jiào", "5G"], key=sort_key)
    ['5G', 'chǎn jiào', 'cháng qī']
    """
    key = []
    for token in reading.split():
        if is_syllable(token):
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
        if mark in TONES:
            tone = TONES[mark]
        else:
            letters.append(mark)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=4096)
def is_syllable(token: str) -> bool:
    """Tell a syllable of a reading from a Latin token (`APP`, `5G`) by its form."""
    return SYLLABLE.fullmatch(_split(token)[0]) is not None


def letters(syllable: str) -> str:
    """Return the letters of a syllable without its tone mark.

    >>> letters("lǜ")
    'lü'
    """
    return _split(syllable)[0]


def numbered(reading: str) -> str:
    """Write the tones of a reading as numbers behind the syllables, the neutral tone as 5.

    >>> numbered("lǜ sè 1+X le")
    'lü4 se4 1+X le5'
    """
    return " ".join(
        "{}{}".format(*_split(token)) if is_syllable(token) else token for token in reading.split()
    )
