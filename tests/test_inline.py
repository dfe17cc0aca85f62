"""Inline explanations; the cases are in data/inline.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.harvesting.inline import inline

TABLE = tomllib.loads((Path(__file__).parent / "data" / "inline.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["why"])
def test_inline(case):
    found = [[each.term, each.definition, list(each.members)] for each in inline(case["text"])]
    assert found == case["found"]


def test_offsets_are_those_of_the_whole_text():
    text = "甲乙丙。推动派出所、司法所、律所“三所联动”。丁"
    (found,) = inline(text, 4, len(text))
    assert text[found.start : found.end] == found.definition == "派出所、司法所、律所"


ALPHABET = "三两所大项任务一是即指包括甲乙、，。：；“”（）《》以下简称+1N \n—①（一）\U00020000會"


@given(st.text(alphabet=ALPHABET, max_size=160), st.integers(0, 10))
def test_any_text(text, start):
    start = min(start, len(text))
    found = inline(text, start, len(text))
    assert found == sorted(found, key=lambda each: (each.start, each.end, each.term))
    for each in found:
        assert start <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.definition
        assert each.term and each.term in text
        assert all(member and member in text for member in each.members)


@pytest.mark.parametrize(
    "text",
    [
        "甲、乙、丙三大区" * 30_000,
        "（一）三大任务：\n" * 30_000,
        "三项任务：一是" * 30_000,
        "“四个一”包括甲、" * 30_000,
        "甲（以下简称“乙”）" * 30_000,
        "“1+N”（" * 50_000,
        "、" * 300_000,
    ],
)
def test_hostile(text):
    inline(text)
