"""Which glossary a project has, and its entries as a site orders them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.errors import ConfigError
from strategies import headwords

import glossary
from glossary import Glossary
from glossary.keys import sort_key
from glossary.model import KINDS, Citation, Entry, Sense, Source
from glossary.sphinxext.anchors import anchor
from glossary.sphinxext.terms import Terms, definition_of, in_order, letter_of, selection, years_of
from glossary.text import BLANKS, QUOTE_MARKS

LIST = {"index.rst": "首页\n====\n\n.. policy:list::\n"}


def ids(built):
    return built.page().xpath("//dt/@id")


@pytest.mark.parametrize("form", ["file", "folder", "list", "compiled", "path"])
def test_a_project_names_a_glossary_of_any_form(site, tmp_path, form):
    g = Glossary.from_headwords(["绿叶评价", "路灯认养"])
    terms = '[source]\nid = "x"\n[[term]]\nheadword = "绿叶评价"\n[[term]]\nheadword = "路灯认养"\n'
    documents, path = dict(LIST), "terms.toml"
    if form == "folder":
        documents["data/a.toml"], path = terms, "data"
    elif form == "list":
        documents["terms.txt"], path = "# 词\n绿叶评价\n\n路灯认养\n", "terms.txt"
    elif form == "compiled":
        g.save(tmp_path / "mine.glossary")
        # relative to the folder of conf.py
        path = "../mine.glossary"
    else:
        documents["terms.toml"] = terms
    if form == "path":
        path = tmp_path / "bare" / path
    built = site("bare", documents, conf={"glossary_path": path})
    assert built.warnings == ""
    assert ids(built) == ["路灯认养", "绿叶评价"]


def test_a_project_that_names_none_has_the_shipped_one(site):
    built = site(
        "bare", {"index.rst": "首页\n====\n\n:policy:term:`一網通辦`\n"}, conf={"glossary_path": None}
    )
    assert built.warnings == ""
    assert built.mentions()[0].get("data-headword") == "一网通办"
    assert built.app.env.domains["policy"].terms.glossary is glossary.load()


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("missing.toml", None, "missing.toml is neither a file nor a folder. Name a term file (.toml)"),
        ("missing.glossary", None, "missing.glossary is neither a file nor a folder."),
        ("missing", None, "missing is neither a file nor a folder. Name a term file (.toml)"),
        ("terms.toml", "headword = ", "terms.toml: is no term file"),
        ("terms.toml", "", "terms.toml: the file is empty."),
        ("terms.txt", "绿叶评价。\n", "line 1 is a sentence, no headword."),
        ("data/nothing.txt", "x", "holds no .toml files."),
        ("damaged.glossary", "绿" * 100, "damaged.glossary"),
        (
            "terms.toml",
            '[source]\nid = "x"\n[[term]]\nheadword = "绿叶"\nkind = "wrong"\n',
            "Invalid enum value 'wrong'",
        ),
    ],
)
def test_a_glossary_that_cannot_be_opened_is_told_in_one_line(site, path, text, told):
    documents = {} if text is None else {path: text}
    with pytest.raises(ConfigError) as raised:
        site("bare", documents, conf={"glossary_path": "data" if path.startswith("data") else path})
    said = str(raised.value)
    assert said.startswith("glossary_path: ")
    assert told in said
    assert "\n" not in said
    assert said.count(path.split("/")[0]) == 1


def test_a_path_that_is_no_string_is_told(site):
    with pytest.raises(ConfigError, match="glossary_path is 5: write the path of a glossary as a string"):
        site("bare", conf={"glossary_path": 5})


def test_the_state_is_of_what_files_say_and_not_of_where_they_lie(tmp_path):
    states = []
    for place, said in (("a", "一"), ("b", "一"), ("c", "二")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "x.toml").write_text(f'[source]\nid = "{said}"\n', encoding="utf-8")
        states.append(Terms(str(tmp_path / place)).state)
        assert Terms(str(tmp_path / place / "x.toml")).state == states[-1]
    assert states[0] == states[1] != states[2]
    assert Terms(None).state == Terms(None).state


@pytest.mark.parametrize(
    ("headword", "expected"),
    [
        ("一窗通答", "一窗通答"),
        ("“两旧”改造", "两旧改造"),
        ("「兩舊」改造", "兩舊改造"),
        ("low carbon\u3000城市", "lowcarbon城市"),
        ("1+13+X", "1+13+X"),
        ("100%", "100%"),
        ("R&D's <b>", "R&Ds<b>"),
        ("零\u200b宽", "零宽"),
        ("双随机、一公开", "双随机、一公开"),
        ("𠮷祥", "𠮷祥"),
    ],
)
def test_an_anchor_is_the_headword_without_blanks_and_quotation_marks(headword, expected):
    assert anchor(headword) == expected


@given(st.text())
def test_an_anchor_has_no_blank_and_no_quotation_mark(text):
    made = anchor(text)
    assert not set(made) & set(BLANKS + QUOTE_MARKS)
    assert "".join(made.split()) == made
    assert anchor(made) == made
    # and nothing else is lost
    assert made == "".join(char for char in text if char not in BLANKS + QUOTE_MARKS)


@given(st.lists(headwords, max_size=8))
def test_entries_of_a_glossary_never_share_an_anchor(names):
    g = Glossary.from_headwords(names)
    assert len({anchor(headword) for headword in g}) == len(g)
    assert all(anchor(headword) for headword in g)


@pytest.mark.parametrize(
    ("reading", "letter"),
    [
        ("lǜ yè", "L"),
        ("ā yí", "A"),
        ("ér tóng", "E"),
        ("5G wǎng", "#"),
        ("APP", "A"),
        ("app", "A"),
        ("", "#"),
        ("ǘ", "U"),
        ("éàn", "E"),
        ("ω", "#"),
        ("𠮷", "#"),
        ("ß", "#"),
    ],
)
def test_the_letter_of_an_entry(reading, letter):
    assert letter_of(Entry(headword="词", reading=reading)) == letter


@given(st.text(max_size=5))
def test_a_letter_is_one_of_27(reading):
    assert letter_of(Entry(headword="词", reading=reading)) in "ABCDEFGHIJKLMNOPQRSTUVWXYZ#"


years = st.none() | st.integers(1, 9999)
senses = st.builds(
    Sense,
    definition=st.none() | st.sampled_from(["一。", "二。"]),
    since=years,
    citation=st.none() | st.builds(Citation, title=st.just("要点"), year=years),
    source=st.none()
    | st.builds(
        Source,
        id=st.sampled_from("ab"),
        title=st.sampled_from([None, "a", "题"]),
        region=st.sampled_from([None, "云泽市", "蘭汀市"]),
        year=years,
    ),
)
entries = st.builds(
    Entry,
    headword=st.sampled_from(["绿叶", "路灯", "一窗", "1+X", "麻石", "马灯", "𠮷祥", "“亮”灯"]),
    kind=st.sampled_from(KINDS),
    senses=st.lists(senses, max_size=3).map(tuple),
)
glossaries = st.lists(entries, max_size=6).map(
    lambda made: Glossary.from_headwords([]) | Glossary([*read_aloud(made)])
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.lists(st.sampled_from(KINDS), max_size=4),
        "source": st.lists(st.sampled_from(["a", "b", "题"]), max_size=2),
        "region": st.lists(st.sampled_from(["雲澤", "云泽市", "兰汀"]), max_size=2),
        "year": st.lists(st.integers(1, 9999), max_size=3) | st.just(range(1, 5000)),
        "letter": st.lists(st.sampled_from("LYM#l"), max_size=3),
    },
)


def read_aloud(made):
    known = Glossary.from_headwords([entry.headword for entry in made])
    for entry in made:
        yield Entry(
            headword=entry.headword,
            reading=known[entry.headword].reading,
            kind=entry.kind,
            senses=entry.senses,
        )


@given(glossaries, filters, filters)
def test_a_filter_only_ever_narrows(g, some, more):
    listed = in_order(g.values())
    everything = selection(listed)
    assert sorted(e.headword for e in everything) == sorted(g)
    fit = selection(listed, **some)
    assert [entry for entry in everything if entry in fit] == fit
    narrower = selection(listed, **{**more, **some})
    assert all(entry in fit for entry in narrower)
    # several values of a filter let more pass than each of them
    for name, values in some.items():
        for value in list(values)[:2]:
            assert all(
                entry in selection(listed, **{name: values}) for entry in selection(listed, **{name: [value]})
            )


@given(st.lists(entries, max_size=6), st.randoms())
def test_the_order_of_reading_is_total(made, random):
    made = list({entry.headword: entry for entry in read_aloud(made)}.values())
    shuffled = made[:]
    random.shuffle(shuffled)
    ordered = in_order(made)
    assert ordered == in_order(shuffled)
    keys = [sort_key(entry.reading) for entry in ordered]
    assert keys == sorted(keys)


@given(entries)
def test_years_ascend_and_are_each_of_a_sense(entry):
    found = years_of(entry)
    assert found == sorted(set(found))
    assert (found == []) == all(
        not (sense.since or (sense.citation and sense.citation.year) or (sense.source and sense.source.year))
        for sense in entry.senses
    )


def test_the_definition_that_speaks_for_an_entry():
    assert definition_of(Entry(headword="词")) == ""
    assert definition_of(Entry(headword="词", senses=(Sense(members=("一", "二")),))) == "包括一、二。"
    older, newer = (
        Sense(definition=said, source=Source(id=said, year=year))
        for said, year in (("旧。", 2020), ("新。", 2022))
    )
    assert (
        definition_of(Entry(headword="词", senses=(older, newer)))
        == definition_of(Entry(headword="词", senses=(newer, older)))
        == "新。"
    )
