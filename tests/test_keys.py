"""What readings are sorted and searched by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.keys import fuzzy_key, initials, is_syllable, search_key, sort_key, toneless
from glossary.readings import pinyin

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
TERMS = st.text(st.one_of(st.sampled_from("一不长行重绿女律应尽还"), HAN), min_size=1, max_size=12)


@given(st.sets(TERMS, max_size=6))
def test_sort_key_parts_readings(terms: set[str]) -> None:
    made = {pinyin(term) for term in terms}
    assert len({sort_key(reading) for reading in made}) == len(made)


def test_sort_order() -> None:
    ordered = ["5G", "chǎn jiào", "cháng qī", "chóng sù", "lù", "lǜ", "luàn", "zhòng diǎn"]
    assert sorted({*ordered}, key=sort_key) == ordered


@pytest.mark.parametrize(
    "typed", ["lvsejinrong", "lusejinrong", "Lǜ sè jīn róng", "lü se jin rong", "LÜSE JINRONG"]
)
def test_search_key_takes_what_is_typed(typed: str) -> None:
    assert search_key(typed) == search_key(pinyin("绿色金融"))


def test_keys_of_latin_tokens() -> None:
    assert toneless("1+X rén cái") == "1+X ren cai"
    assert initials("APP bèi àn") == "appba"
    assert search_key("VR chǎn yè") == "vrchanye"


@given(TERMS)
def test_keys_agree(term: str) -> None:
    reading = pinyin(term)
    assert search_key(toneless(reading)) == search_key(reading)
    assert len(toneless(reading).split()) == len(reading.split())


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("城市更新", "censhigenxin"),
        ("长三角", "cang san jiao"),
        ("绿色", "nvse"),
        ("兰州", "nanzou"),
        ("经济", "jinji"),
        ("数字", "suzi"),
    ],
)
def test_fuzzy_key_takes_what_is_heard(written: str, typed: str) -> None:
    assert fuzzy_key(typed) == fuzzy_key(pinyin(written))


@given(TERMS)
def test_fuzzy_key_is_coarser(term: str) -> None:
    reading = pinyin(term)
    assert fuzzy_key(search_key(reading)) == fuzzy_key(fuzzy_key(reading)) == fuzzy_key(reading)


@pytest.mark.parametrize(
    ("token", "is_one"), [("lǜ", True), ("ér", True), ("5G", False), ("VR", False), ("APP", False)]
)
def test_syllables_and_latin_tokens(token: str, is_one: bool) -> None:
    assert is_syllable(token) == is_one
