"""Folding keeps every character in its place; that is what all offsets rest on."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.folding import fold
from glossary.text import has_han, is_han, script_of, simplify

DATA = tomllib.loads((Path(__file__).parent / "data/fold.toml").read_text(encoding="utf-8"))
texts = st.text(
    st.one_of(
        st.sampled_from(
            "一网通辦雙碳𠮷𰻝⼯豈“”「」'\"＂＋Ａa1１.·•—-\n\r\t \u3000\u200b\ufeff\ufe0f\U000e0100\u0301\u2029\0"
        ),
        st.characters(),
        st.characters(categories=["Cs"]),
    ),
    max_size=40,
)


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["text"])
def test_table(case):
    assert fold(case["text"]) == case["folded"], case["why"]


@pytest.mark.parametrize("case", DATA["script"], ids=lambda case: case["text"])
def test_script(case):
    assert script_of(case["text"]) == case["is"]


def test_every_character_folds_to_one_that_stays():
    every = "".join(map(chr, range(0x110000)))
    for function in (fold, simplify):
        once = function(every)
        assert len(once) == len(every)
        assert function(once) == once


@given(texts)
def test_fold_is_character_by_character(text):
    assert fold(text) == "".join(map(fold, text))
    assert len(simplify(text)) == len(text)
    assert fold(simplify(text)) == fold(text)


@given(st.lists(texts, min_size=1, max_size=3))
def test_long_texts_fold_as_short_ones(parts):
    text = "".join(parts) or "一"
    times = 200_000 // len(text) + 1
    assert fold(text * times) == fold(text) * times


@pytest.mark.parametrize("char", "一〇㐂𠮷𰻝豈⼯")
def test_han(char):
    assert is_han(char)
    assert has_han(f"a{char}")


@pytest.mark.parametrize("char", "aＡ1。「ァ가 ")
def test_not_han(char):
    assert not is_han(char)
    assert not has_han(char)
