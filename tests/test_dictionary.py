"""`Glossary` as a mapping, and merging that neither order nor grouping changes."""

import pickle
from functools import reduce
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.dictionary import Glossary
from glossary.errors import DataError, GlossaryError, TermNotFoundError
from glossary.folding import key_of
from glossary.model import KINDS, Entry, Sense, Source

# Few headwords, most of them alike: in another script, other quotes, other case.
HEADWORDS = ["一网通办", "一網通辦", "“一网”通办", "「一網」通辦", "雪亮", "“雪亮”", "APP", "app", "三保"]
senses = st.builds(
    Sense,
    definition=st.none() | st.sampled_from(["甲。", "乙。"]),
    members=st.sampled_from([(), ("甲", "乙")]),
    source=st.none()
    | st.builds(Source, id=st.sampled_from("ab"), year=st.none() | st.sampled_from([2019, 2023])),
)
entries = st.lists(
    st.builds(
        Entry,
        headword=st.sampled_from(HEADWORDS),
        reading=st.sampled_from(["", "yī wǎng tōng bàn", "yī wǎng tòng bàn", "a"]),
        kind=st.sampled_from(KINDS),
        variants=st.lists(st.sampled_from(["网办", "一網通辦", "雪亮工程"]), unique=True, max_size=2).map(
            tuple
        ),
        senses=st.lists(senses, max_size=2).map(tuple),
        english=st.none() | st.sampled_from(["one", "two"]),
        related=st.lists(st.sampled_from(["甲", "乙"]), unique=True, max_size=2).map(tuple),
    ),
    max_size=4,
)
glossaries = entries.map(Glossary)


def same(one, two):
    return list(one.items()) == list(two.items())


@given(glossaries, glossaries, glossaries)
def test_merging_is_commutative_and_associative(one, two, three):
    assert same(one | two, two | one)
    assert same((one | two) | three, one | (two | three))
    assert same(one | Glossary(), one)


@given(glossaries)
def test_merging_with_itself_says_nothing_new(one):
    twice = one | one
    assert list(twice) == list(one)
    for headword, entry in one.items():
        assert set(twice[headword].senses) == set(entry.senses)
        assert twice[headword].kind == entry.kind


@given(entries, st.randoms())
def test_the_order_of_entries_does_not_matter(entries, chance):
    shuffled = entries[:]
    chance.shuffle(shuffled)
    assert same(Glossary(entries), Glossary(shuffled))
    assert same(Glossary(entries), reduce(or_, (Glossary([entry]) for entry in entries), Glossary()))


@given(entries)
def test_every_sense_and_every_written_form_is_kept(entries):
    g = Glossary(entries)
    for entry in entries:
        found = g.lookup(entry.headword)
        assert set(entry.senses) <= set(found.senses)
        assert {entry.headword, *entry.variants} <= {found.headword, *found.variants}
    assert len({key_of(headword) for headword in g}) == len(g)


def test_mapping():
    g = Glossary.from_headwords(["雪亮", "一网通办"])
    assert list(g) == list(g.keys()) == ["一网通办", "雪亮"]
    assert len(g) == 2
    assert "雪亮" in g
    assert "雪" not in g
    assert g["雪亮"].reading == "xuě liàng"
    assert g.get("雪") is None
    assert g.get("雪亮") is g["雪亮"]
    assert g.get("雪", "没有") == "没有"
    assert dict(g) == dict(g.items())
    assert Glossary.from_headwords(["一网通办", "雪亮"]) == g
    assert not Glossary()
    assert repr(g) == "<Glossary of 2 entries>"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("一網通辦", "Did you mean 一网通办?"),
        ("一网", "Did you mean 一网通办"),
        ("一网同办", "Did you mean 一网通办?"),
        ("ywtb", "Did you mean 一网通办?"),
        ("毫不相干", "Try search()"),
        ("", "Try search()"),
        (3, "Try search()"),
    ],
)
def test_a_miss_suggests(asked, says):
    with pytest.raises(TermNotFoundError) as caught:
        Glossary.from_headwords(["雪亮", "一网通办"])[asked]
    assert says in str(caught.value)
    assert repr(asked) in str(caught.value)
    assert isinstance(caught.value, KeyError)
    assert isinstance(caught.value, GlossaryError)


@pytest.mark.parametrize(
    "written", ["一网通办", "一網通辦", "「一网」通办", "一 网 通 办", "網辦", "“网办”", "一网\n通办"]
)
def test_lookup_of_any_written_form(written):
    g = Glossary([Entry(headword="一网通办", variants=("网办",)), Entry(headword="通办")])
    assert g.lookup(written).headword == "一网通办"


def test_lookup_goes_to_the_closest():
    g = Glossary.from_headwords(["“证照分离”改革", "证照分离", "“两旧”改造"])
    assert g.lookup("证照分离").headword == "证照分离"
    assert g.lookup("两旧").headword == "“两旧”改造"
    assert g.lookup("两") is None
    assert g.lookup("") is None


def test_readings_that_a_source_gives_go_before_derived_ones():
    ours = Entry(headword="雪亮", reading="xuě liáng")
    assert (Glossary([ours]) | Glossary.from_headwords(["雪亮"]))["雪亮"].reading == "xuě liáng"
    assert (Glossary.from_headwords(["雪亮"]) | Glossary([ours]))["雪亮"].reading == "xuě liáng"


@pytest.mark.parametrize("headword", ["", " ", "“”", "——", "。", "\ud800x"])
def test_what_cannot_be_a_headword(headword):
    with pytest.raises(DataError, match="cannot be a headword"):
        Glossary.from_headwords(["雪亮", headword])


def test_one_string_is_not_several_headwords():
    with pytest.raises(TypeError, match=r"\[headword\]"):
        Glossary.from_headwords("一网通办")


def test_only_glossaries_merge():
    with pytest.raises(TypeError):
        Glossary() | {"雪亮": 1}


def test_another_process_can_have_it():
    g = Glossary.from_headwords(["雪亮"])
    g.annotate("雪亮")
    again = pickle.loads(pickle.dumps(g))
    assert again == g
    assert len(again.annotate("雪亮")) == 1


def harvest_of(text, id="甲"):
    return glossary.harvest(glossary.read_text(text, id=id))


def test_from_harvests():
    harvest = harvest_of(
        "甲区政府工作报告\n\n各位代表：\n实施“雪亮”工程，抓住“牛鼻子”，办好“三保”。\n\n"
        "名词解释\n1．“三保”：指保基本民生、保工资、保运转。\n2．“双高”“双普”：双高指甲，双普指乙。"
    )
    g = Glossary.from_harvests([harvest])
    assert g["三保"].senses[0].members == ("保基本民生", "保工资", "保运转")
    assert g["三保"].senses[0].source.id == "甲"
    assert g["三保"].reading == "sān bǎo"
    assert {"双高", "双普", "“雪亮”工程"} <= set(g)
    assert "牛鼻子" not in g
    assert g["“雪亮”工程"].senses[0].definition is None


def test_the_kind_is_what_most_reports_say():
    def saying(kind, id, definition="乙。"):
        harvest = harvest_of("名词解释\n1．三保：指保基本民生、保工资、保运转。", id=id)
        (entry,) = harvest.entries
        return glossary.Harvest(
            report=harvest.report,
            sections=harvest.sections,
            entries=(
                glossary.AnnexEntry(
                    headword="三保",
                    kind=kind,
                    senses=(Sense(definition=definition, source=harvest.report.source()),),
                    n=1,
                    section=0,
                    start=entry.start,
                    end=entry.end,
                ),
            ),
        )

    harvests = [saying("shorthand", "a"), saying("slogan", "b"), saying("slogan", "c"), saying("other", "d")]
    for order in (harvests, harvests[::-1]):
        g = Glossary.from_harvests(order)
        assert g["三保"].kind == "slogan"
        assert len(g["三保"].senses) == 4


def test_built_in():
    assert glossary.load() is glossary.load()
    assert glossary.lookup("一網通辦").headword == "一网通办"
    assert glossary.search("ywtb")[0].entry.headword == "一网通办"
    assert [m.surface for m in glossary.annotate("推進一網通辦。")] == ["一網通辦"]


def test_to_frame():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = Glossary.from_headwords(["雪亮"]).to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["headword"]) == ["雪亮"]


def test_timeline_tells_a_terms_career() -> None:
    one = glossary.read_text(
        "江畔市望湖区2022年政府工作报告\n\n各位代表：\n推进“三湖联治”，深化“三湖联治”。\n谢谢大家！\n",
        id="wanghu-2022",
    )
    two = glossary.read_text(
        "江畔市青溪县2024年政府工作报告\n\n各位代表：\n实施“三湖联治”。\n谢谢大家！\n\n名词解释\n"
        "1．“三湖联治”：指东湖、南湖、西湖三个湖泊一起治理。\n",
        id="qingxi-2024",
    )
    g = glossary.Glossary.from_harvests(map(glossary.harvest, (two, one)))
    career = g.timeline("三湖聯治")
    assert (career.headword, career.first, career.last) == ("三湖联治", 2022, 2024)
    assert [(use.source.id, use.count, use.explained) for use in career.uses] == [
        ("wanghu-2022", 2, False),
        ("qingxi-2024", 1, True),
    ]
    assert career.regions == {"江畔市望湖区": 2, "江畔市青溪县": 1}
    with pytest.raises(glossary.TermNotFoundError):
        g.timeline("没有的词")


def test_the_same_string_with_other_members_stays_a_sense_of_its_own() -> None:
    reports = [
        glossary.read_text(f"名词解释\n1．“三位一体”：指{members}三位一体的做法。\n", id=name)
        for name, members in (("a", "街道、部门、企业"), ("b", "家庭、学校、社会"))
    ]
    senses = glossary.Glossary.from_harvests(map(glossary.harvest, reports))["三位一体"].senses
    assert [(s.source.id, s.definition) for s in senses] == [
        ("a", "指街道、部门、企业三位一体的做法。"),
        ("b", "指家庭、学校、社会三位一体的做法。"),
    ]


def sourced(headword, kind, *sources, related=()):
    return Entry(
        headword=headword,
        kind=kind,
        senses=tuple(Sense(definition=f"{source.id}的说法。", source=source) for source in sources),
        related=related,
    )


HUANG = Source(id="huang-2021", region="上海市黄浦区", year=2021)
HONG = Source(id="hong-2023", region="上海市虹口区", year=2023)
WEN = Source(id="wen-2023", region="浙江省温州市", year=2023)
CHOICE = Glossary(
    [
        sourced("一网通办", "initiative", HUANG, HONG, related=("一網統管",)),
        sourced("一网统管", "initiative", WEN),
        sourced("最美河道", "title", WEN, related=("一网统管",)),
        Entry(headword="两旧一村", kind="shorthand"),
    ]
)


@pytest.mark.parametrize("opened", [False, True], ids=["made", "opened"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"一网通办": 2, "一网统管": 1, "最美河道": 1, "两旧一村": 0}),
        ({"kind": "initiative"}, {"一网通办": 2, "一网统管": 1}),
        ({"kind": ["title", "shorthand"]}, {"最美河道": 1, "两旧一村": 0}),
        ({"source": "hong-2023"}, {"一网通办": 1}),
        ({"source": ["hong-2023", "wen-2023"]}, {"一网通办": 1, "一网统管": 1, "最美河道": 1}),
        ({"region": "上海市"}, {"一网通办": 2}),
        ({"region": "黃浦區"}, {"一网通办": 1}),
        ({"years": 2023}, {"一网通办": 1, "一网统管": 1, "最美河道": 1}),
        ({"years": (2020, 2022)}, {"一网通办": 1}),
        ({"kind": "title", "years": (2020, 2022)}, {}),
    ],
)
def test_select(tmp_path, asked, found, opened):
    chosen = CHOICE
    if opened:
        CHOICE.save(tmp_path / "a.glossary")
        chosen = Glossary.open(tmp_path / "a.glossary")
    assert {headword: len(entry.senses) for headword, entry in chosen.select(**asked).items()} == found


def test_prefix_in_any_script_and_without_quotes():
    assert [entry.headword for entry in CHOICE.prefix("一網")] == ["一网统管", "一网通办"]
    assert [entry.headword for entry in CHOICE.prefix("兩舊")] == ["两旧一村"]
    assert CHOICE.prefix("没有") == CHOICE.prefix("") == []


def test_related_both_ways():
    assert [entry.headword for entry in CHOICE.related("一网统管")] == ["一网通办", "最美河道"]
    assert [entry.headword for entry in CHOICE.related("一網通辦")] == ["一网统管"]
    assert CHOICE.related("两旧一村") == []
    with pytest.raises(TermNotFoundError):
        CHOICE.related("没有")


def test_a_miss_in_a_large_glossary_suggests_without_an_index():
    g = Glossary.from_headwords(f"第{n}号工程" for n in range(3000))
    with pytest.raises(TermNotFoundError, match="第12号工程"):
        g["第12号工厂"]
    assert "_compiled" not in vars(g)


def test_what_only_counts_is_no_entry_unless_it_is_quoted():
    text = "推动江宁、溧水、高淳三区发展，深化江苏、浙江、安徽、上海“三省一市”联动，统筹清源、梅岭两县办学。"
    harvest = glossary.harvest(glossary.read_text(text, id="a"))
    assert {inline.term for inline in harvest.inline} >= {"三省一市", "两县"}
    g = Glossary.from_harvests([harvest])
    assert "三省一市" in g and not {"三区", "两县"} & set(g)


def test_an_explained_term_has_the_kind_of_its_quote_and_a_metaphor_is_none():
    text = "做强“一带两园”，即环湖文旅带、成衣产业园、绿色印染园。牢牢牵住“招商”“稳商”两个“牛鼻子”。"
    harvest = glossary.harvest(glossary.read_text(text, id="a"))
    assert {inline.term: inline.kind for inline in harvest.inline} == {
        "一带两园": "shorthand",
        "牛鼻子": "figurative",
    }
    g = Glossary.from_harvests([harvest])
    assert g["一带两园"].kind == "shorthand" and "牛鼻子" not in g


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda g: g.annotate(None), TypeError, "text is a string, not None"),
        (lambda g: g.annotate("双碳", year="2020"), TypeError, "year is a number or None, not '2020'"),
        (lambda g: g.annotate("双碳", region=3), TypeError, "region is a string or None, not 3"),
        (lambda g: g.lookup(None), TypeError, "term is a string, not None"),
        (lambda g: g.search(None), TypeError, "query is a string, not None"),
        (lambda g: g.select(kind="nope"), ValueError, "kind is one of shorthand, .* not 'nope'"),
        (lambda g: g.select(kind=["concept", "nope"]), ValueError, "not 'nope'"),
        (lambda g: g.select(years="2020"), TypeError, "years is a number or two of them or None, not '2020'"),
    ],
)
def test_what_is_no_argument_is_told_at_the_door(call, error, says):
    with pytest.raises(error, match=says):
        call(Glossary.from_headwords(["双碳"]))


def test_years_may_come_from_a_frame():
    np = pytest.importorskip("numpy")
    entry = Entry(headword="一网通办", senses=(Sense(source=Source(id="a", year=2020)),))
    g = Glossary([entry])
    assert len(g.select(years=np.int64(2020))) == len(g.select(years=[2019, 2020])) == 1
    assert len(g.annotate("一网通办", year=np.int64(2020))) == 1
