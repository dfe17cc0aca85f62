"""Search in the browser, against Python's: the same hits in the same order, for the same reason, with the same score."""

import pytest
from browser import answer, page_in
from recall import ABSURD, CLASSES, DATA, RECALL, G, definition_queries

from glossary.builtin import load
from glossary.dictionary import Glossary
from glossary.folding import key_of
from glossary.model import Entry, Sense
from glossary.render.terms import explained
from glossary.senses import best_sense
from glossary.sphinxext.anchors import anchor
from glossary.sphinxext.browser.files import folding_data, script
from glossary.sphinxext.browser.search import index_data


def pages_of(glossary):
    return {headword: f"terms/{(entry.reading or '#')[0]}.html" for headword, entry in glossary.items()}


@pytest.fixture
def site(browser, tmp_path):
    """What opens a page with the index of a glossary, from a folder, and searches there."""

    def opened(glossary, pages=None):
        pages = pages_of(glossary) if pages is None else pages
        data = {"folding": folding_data(), "index": index_data(glossary, pages)}
        browser.get(page_in(tmp_path, ("policy-text.js", "policy-search.js"), data))
        answer(browser, "window.index = await PolicyGlossary.Index.load();")
        return lambda queries, limit=10: answer(
            browser, "return given[0].map((query) => index.search(query, given[1]));", list(queries), limit
        )

    return opened


def same(glossary, search, queries, limit=10):
    """Hold what the browser finds against Python; return it by query."""
    queries = list(dict.fromkeys(queries))
    found = dict(zip(queries, search(queries, limit), strict=True))
    for query, hits in found.items():
        expected = glossary.search(query, limit=limit)
        assert [(hit["headword"], hit["field"]) for hit in hits] == [
            (hit.entry.headword, hit.field) for hit in expected
        ], query
        assert [hit["score"] for hit in hits] == pytest.approx([hit.score for hit in expected]), query
    return found


def test_the_table(site):
    search = site(G)
    found = same(G, search, [case["query"] for case in DATA["case"]])
    for case in DATA["case"]:
        hits = found[case["query"]]
        assert (hits[0]["headword"] if hits else None) == case.get("first")


def test_recall_of_every_class(site):
    search = site(RECALL)
    for kind, queries in CLASSES.items():
        found = same(RECALL, search, queries.values())
        missed = {
            query: term
            for term, query in queries.items()
            if not found[query] or found[query][0]["headword"] != term
        }
        assert not missed, kind
    same(RECALL, search, ["1+X", "G60", "yi网tb", "双随jygk", "lianglao", *list(RECALL)[::7]], limit=3)
    same(RECALL, search, (f"编号{n * 7919}" for n in range(0, 120, 5)))
    same(RECALL, search, (f"说到{headword[::-1]}" for headword in list(RECALL)[::5]))


def test_the_shipped_terms(site):
    shipped = load()
    search = site(shipped)
    for kind, queries in definition_queries(shipped).items():
        found = same(shipped, search, queries.values())
        missed = {
            query: term
            for term, query in queries.items()
            if term not in [hit["headword"] for hit in found[query]]
        }
        assert len(missed) <= 6, (kind, missed)
    # what many terms hold, and what is typed while it is being typed
    same(shipped, search, ["一", "工程", "建设", "zhong", "z", "gc", "the", "plan", "1", "5g", "“"], limit=20)
    for typed in ("数字经济", "shuzijingji", "digital economy", "什么是数字经济？", "数字 jj"):
        same(shipped, search, (typed[:end] for end in range(1, len(typed) + 1)))
    some = list(shipped)[::40]
    same(shipped, search, some)
    same(shipped, search, (shipped[headword].reading for headword in some))
    for hits, headword in zip(search(some, 1), some, strict=True):
        entry, hit = shipped[headword], hits[0]
        assert hit["headword"] == headword
        assert (hit["reading"], hit["kind"]) == (entry.reading, entry.kind)
        assert hit["english"] == (entry.english or "")
        assert hit["definition"] in [explained(sense) for sense in entry.senses]
        assert hit["address"] == f"{pages_of(shipped)[headword]}#{anchor(headword)}"


def test_absurd_queries_give_an_empty_list(site):
    assert not any(site(G)([query for query in ABSURD if query != "\ud800"]))


def test_half_a_character_is_left_out(site, browser):
    site(G)
    assert browser.execute_script(r"return index.search('\ud800')") == []
    assert browser.execute_script(r"return index.search('\ud83d一网通办')[0].score") == 1


def test_characters_beyond_the_first_plane_count_once(site):
    glossary = Glossary.from_headwords(["𠮷野家𠮷野", "﨑野家﨑野", "𠮷𠮷", "野家"])
    search = site(glossary)
    same(glossary, search, ["𠮷", "𠮷野", "野", "家", "𠮷野家𠮷", "𠮷野加𠮷野", "𠮷ye家", "𠮷 野", "𠮷𠮷𠮷"])


def test_a_hit_shows_the_definition_that_matched(site):
    senses = (Sense(definition="早先的说法。"), Sense(definition="后来的“另一种”讲法。"))
    glossary = Glossary([Entry(headword="“两旧”改造", senses=senses)])
    hits = site(glossary)(["另一种讲法", "两旧"])
    assert [hits[0][0]["definition"], hits[0][0]["field"]] == [senses[1].definition, "definition"]
    assert hits[1][0]["definition"] in (senses[0].definition, senses[1].definition)
    assert hits[1][0]["address"].endswith("#两旧改造")


def test_members_are_shown_with_their_definition_and_not_searched(site, browser):
    glossary = Glossary(
        [
            Entry(
                headword="五个中心",
                senses=(
                    Sense(definition="由五个国际中心组成", members=("经济", "航运")),
                    Sense(definition="早先只有四个。", members=("贸易，含会展", "金融")),
                    Sense(definition="航运和经济。", members=("经济", "航运")),
                ),
            ),
            Entry(headword="三亮", senses=(Sense(members=("亮灯", "亮牌")),)),
        ]
    )
    search = site(glossary)
    found = same(glossary, search, ["五个中心", "国际中心", "只有四个", "航运和经济", "金融", "亮灯", "三亮"])
    shown = {query: [hit["definition"] for hit in hits] for query, hits in found.items()}
    assert shown["国际中心"] == ["由五个国际中心组成。包括经济、航运。"]
    assert shown["只有四个"] == ["早先只有四个。包括贸易，含会展；金融。"]
    assert shown["航运和经济"] == ["航运和经济。"]
    assert shown["三亮"] == ["包括亮灯、亮牌。"]
    assert shown["金融"] == shown["亮灯"] == []
    ask = "return index.entry(given[0]).definition;"
    assert answer(browser, ask, "五个中心") == explained(best_sense(glossary["五个中心"]))


def test_long_members_are_cut_to_what_fits():
    long = [
        Sense(definition="释义。", members=["".join(chr(0x4E00 + (n * k * k) % 6007) for k in range(1, 400))])
        for n in range(1, 1500)
    ]
    whole, _ = size(Glossary(Entry(headword=f"词条{n}", senses=(sense,)) for n, sense in enumerate(long)))
    assert whole <= 400_500


def test_what_has_no_page_is_not_found_but_can_be_asked_for(site, browser):
    search = site(G, {"绿色金融": "terms/l.html"})
    found = search(["绿色金融", "一网通办"])
    assert [[hit["headword"] for hit in hits] for hits in found] == [["绿色金融"], []]
    ask = "return index.entry(given[0])?.address ?? null;"
    assert answer(browser, ask, "绿色金融") == "terms/l.html#绿色金融"
    assert answer(browser, ask, "一网通办") is None
    assert answer(browser, "return index.entry(given[0]).headword;", "一网通办") == "一网通办"


def size(glossary):
    import gzip

    data = index_data(glossary, pages_of(glossary))
    texts = script("folding", folding_data()), script("index", data)
    return sum(len(gzip.compress(text.encode(), 6)) for text in texts), data


def test_the_index_is_small():
    whole, data = size(load())
    assert whole < 200_000
    assert not any(text.endswith("…") for text in data["definitions"])


def test_long_definitions_are_cut_to_what_fits(site):
    long = [
        Sense(definition="".join(chr(0x4E00 + (n * k * k) % 6007) for k in range(1, 400)))
        for n in range(1, 1500)
    ]
    glossary = Glossary(Entry(headword=f"词条{n}", senses=(sense,)) for n, sense in enumerate(long))
    whole, data = size(glossary)
    assert 0.95 * 400_000 < whole <= 400_500
    assert len(set(map(len, data["definitions"]))) == 1
    hit = site(glossary)([f"词条{7}"])[0][0]
    assert hit["definition"].endswith("…") and key_of(long[7].definition).startswith(
        key_of(hit["definition"][:-1])
    )
