"""Both engines give one answer: what `str.find` would, asked for every pattern at every place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.scanner import Scanner, engines

ENGINES = sorted(engines())
# Few characters, so that patterns overlap, nest and repeat; some of them hostile.
ALPHABET = '一网通办aA1+.*[]()\\|^$-\n \0\x1b\u200b\u0301\uffff𠮷𰻝\U0010ffff“"'
words = st.text(ALPHABET.replace("\0", ""), min_size=1, max_size=5) | st.text("aa一", min_size=1, max_size=9)
patterns = st.lists(words, unique=True, max_size=12)
texts = st.text(ALPHABET, max_size=60) | st.text("a一", max_size=60)


def naive(patterns, text):
    found = []
    for index, pattern in enumerate(patterns):
        at = text.find(pattern)
        while at >= 0:
            found.append((at, at + len(pattern), index))
            at = text.find(pattern, at + 1)
    return sorted(found, key=lambda match: (match[0], -match[1]))


@pytest.mark.parametrize("engine", ENGINES)
@given(patterns, texts)
def test_engine_finds_what_find_finds(engine, patterns, text):
    assert Scanner(patterns, engine=engine).overlapping(text) == naive(patterns, text)


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
def test_engine_finds_every_piece_of_a_text(engine, data):
    text = data.draw(st.text(ALPHABET.replace("\0", ""), min_size=1, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert (start, start + len(piece), 0) in Scanner([piece], engine=engine).overlapping(text)


def test_the_engine_for_every_platform_is_always_there():
    assert "marisa" in ENGINES


@pytest.mark.parametrize("engine", ENGINES)
def test_supplementary_planes_are_one_character(engine):
    assert Scanner(["𠮷野", "野"], engine=engine).overlapping("𰻝𠮷野家") == [(1, 3, 0), (2, 3, 1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_half_a_character_in_a_text_stops_nothing(engine):
    assert Scanner(["一网"], engine=engine).overlapping("\ud800一网\udfff") == [(1, 3, 0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_patterns_and_no_text(engine):
    assert Scanner([], engine=engine).overlapping("一网通办") == []
    assert Scanner(["一"], engine=engine).overlapping("") == []


@pytest.mark.parametrize(
    "patterns", [["一", ""], ["一", "一"], ["\ud800"], ["一\0"]], ids=["empty", "twice", "surrogate", "NUL"]
)
def test_patterns_that_cannot_be(patterns):
    with pytest.raises(ValueError, match="patterns must"):
        Scanner(patterns)


def test_unknown_engine():
    with pytest.raises(ValueError, match="no engine 'regex' here"):
        Scanner(["一"], engine="regex")
