"""Numeral shorthand and its members; the cases are in data/members.toml, for a linguist to add to."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.enumerations import enumerations, levelled, masked
from glossary.members import counted, explained, is_shorthand, members

TABLE = tomllib.loads((Path(__file__).parent / "data" / "members.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: f"{case['term']}: {case['text'][:16]}")
def test_members(case):
    found = members(case["term"], case["text"])
    assert found.complete is case.get("complete", True)
    if found.complete:
        assert list(found.items) == case["members"]
        assert list(found.literal) == case.get("literal", case["members"])
        bounded = [case["text"][a:b] for a, b in found.spans]
        assert all(said.startswith(literal) for said, literal in zip(bounded, found.literal, strict=True))


@pytest.mark.parametrize("term", TABLE["forms"]["shorthand"])
def test_is_shorthand(term):
    assert is_shorthand(term)


@pytest.mark.parametrize("term", TABLE["forms"]["none"])
def test_is_no_shorthand(term):
    assert not is_shorthand(term)


ALPHABET = "一二三四五两双个大无会改造即指和与及等、，。；：“”‘’「」（）《》+13NX是的三會聽 \n—\U00020000é①"
texts = st.text(alphabet=ALPHABET, max_size=80)


@given(texts, texts)
def test_any_text(term, text):
    found = members(term, text)
    assert len(found.items) == len(found.literal) == len(found.spans)
    assert all(0 <= a <= b <= len(text) for a, b in found.spans)
    assert list(found.spans) == sorted(found.spans) or not found.complete
    counted(3, text)


@given(texts)
def test_enumerations_lie_in_the_text(text):
    flat = levelled(text)
    assert len(flat) == len(masked(flat)) == len(text)
    for spans, _ in enumerations(flat):
        assert len(spans) > 1
        assert all(0 <= a <= b <= len(text) for a, b in spans)
    for (a, b), (c, d) in explained(text):
        assert 0 <= a < b <= c <= d <= len(text)


@pytest.mark.parametrize(
    "text",
    ["、" * 200_000, "“" * 200_000, "“1”指" * 50_000, "甲和" * 100_000, "（" * 200_000, "一是" * 100_000],
)
def test_hostile(text):
    for term in ("六无", "1+N", "两旧一村", "231"):
        members(term, text)
