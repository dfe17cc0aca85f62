"""Quoted expressions: found, grouped, named; the cases are in data/quotations.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.harvesting.quotations import explain, quotations
from glossary.model import KINDS

TABLE = tomllib.loads((Path(__file__).parent / "data" / "quotations.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["why"])
def test_names(case):
    assert {quote.text: quote.name for quote in quotations(case["text"])} == case["names"]


def test_places_and_counts():
    text = "前“两会”中“两会”后“三会”"
    first, second = quotations(text)
    assert (first.count, first.positions, second.count) == (2, ((2, 4), (7, 9)), 1)
    assert [quote.positions for quote in quotations(text, 5, len(text))] == [((7, 9),), ((12, 14),)]


def test_scripts_count_apart():
    assert [quote.text for quote in quotations("「雙碳」“双碳”「雙碳」")] == ["雙碳", "双碳"]


def test_explain_says_why():
    name, kind = explain("推进“两旧”改造。")["两旧"]
    assert name.startswith("name “两旧”改造:")
    assert kind.startswith("kind shorthand:")


ALPHABET = "两旧改造一网通办工程，。、“”‘’「」『』\"'《》（）+N1 \n\u3000會\U00020000"


@given(st.text(alphabet=ALPHABET, max_size=120), st.integers(0, 20))
def test_any_text(text, start):
    for quote in quotations(text, min(start, len(text)), len(text)):
        assert quote.kind in KINDS
        assert quote.count == len(set(quote.positions)) > 0
        for a, b in quote.positions:
            assert start <= a < b <= len(text)
            assert "".join(text[a:b].split()) == quote.text
        assert quote.text in quote.name


@pytest.mark.parametrize(
    "text", ["“" * 200_000, "“一”" * 100_000, "”" * 200_000, "“" + "长" * 200_000 + "”", '"' * 200_000]
)
def test_hostile(text):
    quotations(text)
