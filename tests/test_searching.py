"""Search the way people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recall import ABSURD, CLASSES, DATA, RECALL, G, definition_queries, made

from glossary.builtin import load
from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.folding import key_of
from glossary.model import Entry

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


@pytest.mark.parametrize("kind", CLASSES)
def test_recall(kind):
    queries = CLASSES[kind]
    assert len(queries) >= 40
    missed = {}
    for term, query in queries.items():
        hits = RECALL.search(query)
        if not hits or hits[0].entry.headword != term:
            missed[query] = hits[0].entry.headword if hits else None
    assert not missed


def test_recall_of_definitions():
    for n, headword in enumerate(RECALL):
        assert headword in [hit.entry.headword for hit in RECALL.search(f"编号{n * 7919}")]
        assert headword in [hit.entry.headword for hit in RECALL.search(f"说到{headword[::-1]}")]


def test_words_of_a_definition_find_it_among_the_first_ten():
    shipped = load()
    for kind, queries in definition_queries(shipped).items():
        assert len(queries) == 120
        missed = {
            query: headword
            for headword, query in queries.items()
            if headword not in [hit.entry.headword for hit in shipped.search(query)]
        }
        assert len(missed) <= 6, (kind, missed)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1+X", "“1+X”人才政策"),
        ("G60", "G60科创走廊"),
        ("yi网tb", "一网通办"),
        ("双随jygk", "双随机、一公开"),
        ("lianglao", None),
    ],
)
def test_queries_of_all_sorts(query, first):
    hits = RECALL.search(query)
    if first:
        assert key_of(hits[0].entry.headword) == key_of(first)


@pytest.mark.parametrize("query", ABSURD)
def test_absurd_queries_give_an_empty_list(query):
    assert G.search(query) == []


def test_headwords_that_differ_in_punctuation_only_are_both_found():
    g = Glossary.from_headwords(["双随机一公开", "双随机、一公开"])
    for query in g:
        assert next(hit.entry.headword for hit in g.search(query)) == query
        assert {hit.entry.headword for hit in g.search(query)} == set(g)
        assert g.search(query, limit=1)[0].entry.headword == query
        assert g.lookup(query).headword == query


def test_syllables_as_they_are_parted_and_tones_as_they_are_marked():
    g = Glossary.from_headwords(["西安", "先", "平安", "瓶鞍"])
    assert g.search("xi'an")[0].entry.headword == g.search("xi an")[0].entry.headword == "西安"
    assert g.search("píng'ān")[0].entry.headword == "平安"
    assert g.search("pi\u0301ng a\u0304n")[0].entry.headword == "平安"


def test_the_shortest_of_very_many_is_found():
    g = Glossary(Entry(headword=f"上海市第{n}号路工程") for n in range(2500)) | Glossary(
        [Entry(headword="上海港")]
    )
    assert g.search("上海")[0].entry.headword == "上海港"


def test_a_variant_without_a_letter_is_found_nowhere(tmp_path):
    made = Glossary([Entry(headword="一网通办", variants=("，",))])
    made.save(tmp_path / "a.glossary")
    for g in (made, Glossary.open(tmp_path / "a.glossary")):
        assert g.lookup("，") is None and g.prefix("，") == []
        assert not g.annotate("一，二").mentions


@pytest.mark.parametrize("term", ["\ud800", "a\0b"])
def test_what_no_text_holds_is_in_no_glossary(tmp_path, term):
    with pytest.raises(DataError):
        Glossary([Entry(headword="一网通办", variants=(term,))])
    made = Glossary.from_headwords(["一网通办"])
    made.save(tmp_path / "a.glossary")
    for g in (made, Glossary.open(tmp_path / "a.glossary")):
        assert g.lookup(term) is None and term not in g and g.prefix(term) == []
