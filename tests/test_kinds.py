"""The kinds of expression; the cases are in data/kinds.toml, the rules in glossary/harvesting/kinds.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.harvesting.kinds import decide, kind_of, rules
from glossary.model import KINDS

TABLE = tomllib.loads((Path(__file__).parent / "data" / "kinds.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "term"), [(kind, term) for kind in KINDS for term in TABLE.get(kind, ())])
def test_by_form(kind, term):
    assert decide(term, quoted=True)[0] == kind, decide(term, quoted=True)


@pytest.mark.parametrize("case", TABLE["context"], ids=lambda case: case["why"])
def test_by_context(case):
    found = decide(
        case["term"],
        before=case.get("before", ""),
        after=case.get("after", ""),
        definition=case.get("definition", ""),
        quoted=case.get("quoted", True),
    )
    assert found[0] == case["kind"], found


def test_traditional_and_simplified_alike():
    assert kind_of("雪亮工程") == kind_of("雪亮工程") == "initiative"
    assert kind_of("演藝大世界", quoted=True) == kind_of("演艺大世界", quoted=True)


def test_every_rule_says_why_and_gives_something():
    for rule in rules():
        assert rule.kind in KINDS
        assert rule.why
    last = rules()[-1]
    assert not (last.words or last.ends or last.term or last.before or last.after or last.form)


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_any_text_has_a_kind(term, before, after, quoted):
    assert kind_of(term, before=before, after=after, quoted=quoted, definition=after) in KINDS
