"""Readings above the characters."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import DataError
from glossary.readings import pinyin
from glossary.render.above import ruby
from glossary.text import is_han

TEXTS = st.text(
    st.one_of(st.sampled_from("长三角體“”<>&\"'5G１＋Ｘ \n，"), st.characters(codec="utf-8")), max_size=30
)


@given(TEXTS)
def test_text_stands_whole(text: str) -> None:
    html = ruby(text)
    assert unescape(re.sub("<rp>.*?</rp>|<rt>.*?</rt>|</?ruby>", "", html)) == text
    assert html.count("<ruby>") == sum(map(is_han, text))


@given(TEXTS)
def test_syllables_are_those_of_the_reading(text: str) -> None:
    above = re.findall("<rt>(.*?)</rt>", ruby(text))
    assert [unescape(syllable) for syllable in above] == [
        syllable for char, syllable in zip(filter(is_han, text), above, strict=True)
    ]
    assert set(map(unescape, above)) <= set(pinyin(text).split())


def test_a_given_reading_is_taken() -> None:
    assert "<rt>zhāo</rt>" in ruby("朝", "zhāo")


def test_traditional_characters_stay() -> None:
    assert ruby("長") == "<ruby>長<rp>(</rp><rt>cháng</rt><rp>)</rp></ruby>"


def test_a_reading_that_does_not_fit() -> None:
    with pytest.raises(DataError, match="has 1 syllables and tokens for 2"):
        ruby("长三", "cháng")


def test_nothing_gets_through_unescaped() -> None:
    assert "<script>" not in ruby("<script>网</script>", "script <b> script")
