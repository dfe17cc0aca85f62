"""Pairing quotation marks; the cases are in data/quotes.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.quotes import quoted_spans

TABLE = tomllib.loads((Path(__file__).parent / "data" / "quotes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["why"])
def test_spans(case):
    assert [case["text"][a:b] for a, b in quoted_spans(case["text"])] == case["spans"]


@given(st.text(alphabet="“”‘’「」『』\"'一网甲，。！\n A\U00020000", max_size=80))
def test_any_text(text):
    spans = quoted_spans(text)
    assert spans == sorted(set(spans), key=lambda span: (span[0], -span[1]))
    for a, b in spans:
        assert 0 < a < b < len(text)
        assert text.count("\n", a, b) <= 1


@pytest.mark.parametrize("text", ["“" * 200_000, "“‘" * 100_000, "”" * 200_000, "'" + "一" * 200_000])
def test_hostile(text):
    quoted_spans(text)
