"""Terms that definitions explain in passing; the cases are in data/subterms.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.harvesting.subterms import subterms

TABLE = tomllib.loads((Path(__file__).parent / "data" / "subterms.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["why"])
def test_subterms(case):
    found = [[each.term, each.definition, list(each.members)] for each in subterms(case["definition"])]
    assert found == case["found"]


@given(st.text(alphabet="“”一两核带指的是即：，；。、甲乙1N \n\U00020000", max_size=120))
def test_any_text(definition):
    last = 0
    for each in subterms(definition):
        assert last <= each.start < each.end <= len(definition)
        assert definition[each.start : each.end] == each.definition
        last = each.start


@pytest.mark.parametrize("definition", ["“1”指甲" * 20_000, "“" * 200_000, "“1”指" + "甲" * 200_000])
def test_hostile(definition):
    subterms(definition)
