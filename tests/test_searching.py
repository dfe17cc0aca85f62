"""Search the way people type."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.folding import key_of
from glossary.keys import fuzzy_key, initials, search_key, toneless
from glossary.model import Entry, Sense
from glossary.variants import bare_key

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


# ---- recall on 120 terms: the classes of what people type, each made by rule from the term ------------------------
def recall_terms():
    table = tomllib.loads((Path(__file__).parent / "data/readings.toml").read_text(encoding="utf-8"))
    odd = ["“两旧”改造", "双随机、一公开", "“1+X”人才政策", "G60科创走廊"]
    by_key = {key_of(term): term for term in [*list(table["ordinary"])[::-3], *odd]}
    return list(by_key.values())[-120:]


TERMS = recall_terms()
RECALL = Glossary(
    Entry(
        headword=headword,
        reading=entry.reading,
        senses=(Sense(definition=f"第{n}个词的释义，说到{headword[::-1]}与编号{n * 7919}。"),),
    )
    for n, (headword, entry) in enumerate(Glossary.from_headwords(TERMS).items())
)


def converted(config):
    import opencc

    return opencc.OpenCC(config).convert


def only(made):
    """Keep what names one term only: 网 is a part of many."""
    counts = Counter(made.values())
    return {term: query for term, query in made.items() if counts[query] == 1}


def parts():
    made = {}
    for term in TERMS:
        plain = key_of(term)
        for size in range(len(plain) - 1, 1, -1):
            part = plain[1 : 1 + size]
            if len(part) < len(plain) - 1 and sum(part in key_of(other) for other in TERMS) == 1:
                made[term] = part
    return made


def alone(query):
    """Tell whether a query holds no term."""
    return not any(bare_key(term) in bare_key(query) for term in TERMS)


def wide(term):
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in term)


CLASSES = {
    "exact": {term: term for term in TERMS},
    "part": parts(),
    "pinyin": only({term: search_key(RECALL[term].reading) for term in TERMS}),
    "pinyin with blanks": only({term: toneless(RECALL[term].reading) for term in TERMS}),
    "pinyin with tones": {term: RECALL[term].reading for term in TERMS},
    "pinyin by ear": only({term: fuzzy_key(RECALL[term].reading) for term in TERMS}),
    "initials": only({term: initials(RECALL[term].reading) for term in TERMS}),
    "traditional": {term: converted("s2t")(term) for term in TERMS},
    "Hong Kong": {term: converted("s2hk")(term) for term in TERMS},
    "Taiwan": {term: converted("s2twp")(term) for term in TERMS},
    "width": {term: wide(term) for term in TERMS},
    "quotes": {term: f"「{term.strip('“”')}」" for term in TERMS},
    "no punctuation": {term: bare_key(term) for term in TERMS},
    "punctuation": {
        term: f"{term[:2]}、{term[2:]}" for term in TERMS if term[:2].isalpha() and term[2:3].isalpha()
    },
    "more text": {term: f"什么是{term}？" for term in TERMS},
    "platform": {term: f"{term}平台" for term in TERMS},
    "one wrong": {
        term: f"{term[:-1]}囧" for term in TERMS if 4 <= len(term) <= 8 and alone(f"{term[:-1]}囧")
    },
    "one missing": {
        term: term[:2] + term[3:]
        for term in TERMS
        if 5 <= len(term) <= 8 and term.isalpha() and alone(term[:2] + term[3:])
    },
}


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


@pytest.mark.parametrize(
    "query",
    ["", " ", "“”", "、。", "\n", "囧囧囧囧", "zzzz", "\0", "\ud800", "+" * 300, "*", "NEAR(", '"', "'"],
)
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
