"""Search the way people type."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.dictionary import Glossary
from glossary.model import Entry, Sense

DATA = tomllib.loads((Path(__file__).parent / "data/searches.toml").read_text(encoding="utf-8"))


def made(terms):
    plain = Glossary.from_headwords(term["headword"] for term in terms)
    return Glossary(
        Entry(
            headword=term["headword"],
            reading=plain[term["headword"]].reading,
            senses=(Sense(definition=term.get("definition")),),
            english=term.get("english"),
        )
        for term in terms
    )


G = made(DATA["term"])
BACKWARDS = made(DATA["term"][::-1])


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: repr(case["query"]))
def test_table(case):
    hits = G.search(case["query"])
    assert (hits[0].entry.headword if hits else None) == case.get("first")
    if "field" in case:
        assert hits[0].field == case["field"]
    if "score" in case:
        assert hits[0].score == case["score"]
    found = {hit.entry.headword for hit in hits}
    assert not found & set(case.get("not", []))


pieces = st.sampled_from(
    ["一网", "通办", "网", "“", "证照", "yi", "wang", "yw", "tb", " ", "5", "g", "one", "的", "+", "𠮷", "\n"]
)


@given(st.lists(pieces, max_size=5).map("".join), st.integers(-1, 5))
def test_hits_are_ordered_once_each_and_do_not_hang_on_order(query, limit):
    hits = G.search(query, limit=limit)
    assert len(hits) <= max(limit, 0)
    ranks = [(-hit.score, len(hit.entry.headword), hit.entry.headword) for hit in hits]
    assert ranks == sorted(ranks)
    assert len({hit.entry.headword for hit in hits}) == len(hits)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert hits == BACKWARDS.search(query, limit=limit)


def test_every_headword_finds_itself_first():
    for headword in G:
        assert G.search(headword, limit=1)[0].entry.headword == headword
