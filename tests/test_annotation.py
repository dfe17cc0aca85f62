"""Mentions: where they are, which entry they name, which sense fits."""

import json
import os
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.annotation import Annotation, annotate
from glossary.errors import GlossaryError
from glossary.folding import fold
from glossary.matching import Matcher
from glossary.model import Entry, Mention, Sense, Source
from glossary.render.terms import collect
from glossary.scanner import engines
from glossary.senses import best_sense

CASES = tomllib.loads((Path(__file__).parent / "data/mentions.toml").read_text(encoding="utf-8"))["case"]
REPORTS = sorted((SHARED / "reports").glob("*.txt"))
ALPHABET = '一二三十第个批条网通办會会APa5G1+.“”「」" \n\u3000\u200b\u2029𠮷\ud800'
texts = st.text(ALPHABET, max_size=50)
headwords = st.text(ALPHABET.replace("\ud800", ""), min_size=1, max_size=5).filter(
    lambda name: any(map(str.isalnum, name))
)


def marked(case):
    """Return the text of a case without its marks, and the spans that they enclose."""
    text, spans = "", []
    for char in case["in"]:
        if char == "⟦":
            spans.append([len(text)])
        elif char == "⟧":
            spans[-1].append(len(text))
        else:
            text += char
    return text, [tuple(span) for span in spans]


def entries_of(*names):
    return {name: Entry(headword=name) for name in names}


@pytest.mark.parametrize("engine", sorted(engines()))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_table(case, engine):
    text, spans = marked(case)
    mentions = annotate(text, Matcher.of(entries_of(*case["headwords"]), engine=engine)).mentions
    assert [(m.start, m.end) for m in mentions] == spans
    named = case.get("named") or [text[start:end] for start, end in spans]
    assert [m.entry.headword for m in mentions] == named
    assert [m.variant for m in mentions] == case.get("how", [None] * len(spans))


@given(texts, st.lists(headwords, max_size=5))
def test_offsets_are_exact_and_mentions_do_not_overlap(text, names):
    mentions = annotate(text, Matcher.of(entries_of(*names))).mentions
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface.strip() == mention.surface != ""
        assert len(mention.surface.splitlines()) <= 2
    assert all(one.end <= two.start for one, two in pairwise(mentions))


@given(texts, st.lists(headwords, max_size=5))
def test_all_are_the_longest_and_more(text, names):
    matcher = Matcher.of(entries_of(*names))
    longest = annotate(text, matcher).mentions
    every = annotate(text, matcher, overlap="all").mentions
    assert set(longest) <= set(every)
    assert len({(m.start, m.end) for m in every}) == len(every)
    # what isn't picked begins inside something that is, or is shorter than what begins there
    for mention in every:
        assert mention in longest or any(
            one.start <= mention.start < one.end for one in longest if one != mention
        )


@given(st.lists(st.text("一二个批网通會APa5+𠮷", min_size=1, max_size=5), min_size=1, max_size=5))
def test_a_headword_that_stands_alone_is_found(names):
    names = [name for name in names if any(map(str.isalnum, name))]
    text = "，" + "，".join(names) + "，"
    found = annotate(text, Matcher.of(entries_of(*names))).mentions
    # of headwords that fold to one, one is named
    assert [m.surface for m in found] == names


@given(texts, st.lists(headwords, unique=True, max_size=5), st.randoms())
def test_the_order_of_entries_does_not_matter(text, names, chance):
    shuffled = names[:]
    chance.shuffle(shuffled)
    assert (
        annotate(text, Matcher.of(entries_of(*names))).mentions
        == annotate(text, Matcher.of(entries_of(*shuffled))).mentions
    )


def test_readers_are_told_in_chinese_how_a_surface_differs():
    ways = {how for case in CASES for how in case.get("how", [])}
    assert len(ways) >= 9
    entry = Entry(headword="一网")
    for way in ways:
        (term,) = collect([Mention(start=0, end=2, surface="壹网", entry=entry, variant=way)])
        assert way not in term.written[0]


def test_a_policy_of_ones_own():
    g = glossary.Glossary.from_headwords(["一网通办", "一网", "通办"])
    found = g.annotate("一网通办", overlap=lambda mentions: [m for m in mentions if len(m.surface) == 2])
    assert [m.surface for m in found] == ["一网", "通办"]
    assert [m.surface for m in g.annotate("一网通办", overlap="all")] == ["一网通办", "一网", "通办"]


def test_first_only_marks_the_first_mention_of_each_term():
    g = glossary.Glossary.from_headwords(["双碳", "双减"])
    text = "“双碳”，双减，雙碳，双减"
    assert [m.start for m in g.annotate(text, first_only=True)] == [1, 5]
    assert [m.start for m in g.annotate(text, first_only=True, overlap="all")] == [1, 5]
    assert [m.start for m in glossary.annotate("推进一网通办，一网通办", first_only=True)] == [2]


def test_all_names_one_entry_a_span():
    g = glossary.Glossary.from_headwords(["三会", "“三会”制度"])
    found = g.annotate("“三会”", overlap="all").mentions
    assert [(m.surface, m.entry.headword) for m in found] == [("三会", "三会")]


def test_unknown_policy():
    with pytest.raises(ValueError, match="overlap is"):
        glossary.Glossary.from_headwords(["一网"]).annotate("一网", overlap="shortest")


def test_a_mention_of_another_text_is_refused():
    mention = Mention(start=0, end=2, surface="一网", entry=Entry(headword="一网"))
    with pytest.raises(GlossaryError, match="does not stand at 0–2"):
        Annotation("另一网", [mention])


def test_a_short_quoted_name_without_explanation_is_one_in_quotes_only():
    source = Source(id="甲", place="正文")
    g = glossary.Glossary([Entry(headword="减量", senses=(Sense(source=source),))])
    assert [m.start for m in g.annotate("减量，“减量”，「減量」").mentions] == [4, 9]
    explained = glossary.Glossary(
        [Entry(headword="减量", senses=(Sense(definition="少用。", source=source),))]
    )
    assert len(explained.annotate("减量，“减量”").mentions) == 2


QUOTED = (Sense(source=Source(id="乙", place="正文"), count=3),)


@pytest.mark.parametrize(
    ("explained", "quoted", "text", "named"),
    [
        (Entry(headword="放管服"), "“放管服”改革", "深化放管服改革", "放管服"),
        (
            Entry(headword="以药补医", variants=("以药养医",)),
            "“以药养医”机制",
            "破除“以药养医”机制",
            "以药补医",
        ),
        (Entry(headword="双随机、一公开"), "双随机一公开", "推行雙隨機一公開", "双随机、一公开"),
        (Entry(headword="十四五规划", variants=("十四五",)), "十四五", "“十四五”期间", "十四五规划"),
        # a part of another's name is no explanation
        (Entry(headword="“三位一体”营商服务机制"), "三位一体", "建设“三位一体”的园区", "三位一体"),
        (Entry(headword="“三位一体”营商服务机制"), "“三位一体”帮扶", "三位一体帮扶", "“三位一体”帮扶"),
    ],
)
def test_what_was_only_quoted_hides_nothing_that_is_explained(explained, quoted, text, named):
    explained = msgspec.structs.replace(
        explained, senses=(Sense(definition="释义。", source=Source(id="甲")),)
    )
    g = glossary.Glossary([explained]) | glossary.Glossary([Entry(headword=quoted, senses=QUOTED)])
    (mention,) = g.annotate(text)
    assert mention.entry.headword == named
    # to look up and to count it is still there
    assert g[quoted].senses == QUOTED and g.timeline(quoted).headword == quoted


def sense(definition, region=None, year=None, id="甲", **more):
    return Sense(definition=definition, source=Source(id=id, region=region, year=year), **more)


SENSES = {
    "none": sense(None, "上海市黄浦区", 2023),
    "huangpu-19": sense("一", "上海市黄浦区", 2019),
    "huangpu-23": sense("二", "上海市黄浦区", 2023),
    "street": sense("三", "上海市黄浦区某街道", 2023),
    "shanghai": sense("四", "上海市", 2021),
    "shangrao": sense("五", "江西省上饶市", 2021),
    "jiangsu": sense("六", "江苏省", 2023),
    "nowhere": Sense(definition="七"),
    "passing": Sense(definition="八", source=Source(id="甲", year=2023, place="正文")),
    "annex": Sense(definition="九", source=Source(id="甲", year=2023, place="名词解释")),
}


@pytest.mark.parametrize(
    ("names", "region", "year", "best"),
    [
        ("none huangpu-19", "上海市黄浦区", 2023, "huangpu-19"),
        ("huangpu-19 huangpu-23", None, None, "huangpu-23"),
        ("huangpu-19 huangpu-23", None, 2020, "huangpu-19"),
        ("huangpu-19 huangpu-23", None, 2021, "huangpu-23"),
        ("street huangpu-19", "上海市黄浦区", 2023, "huangpu-19"),
        ("street huangpu-19", "黄浦区", 2023, "huangpu-19"),
        ("street huangpu-19", "黃浦區", 2023, "huangpu-19"),
        ("shanghai jiangsu", "上海市徐汇区", 2023, "shanghai"),
        # 上饶 shares a character with 上海 and 江西 one with 江苏, and no level
        ("shangrao jiangsu", "江苏省苏州市", 2021, "jiangsu"),
        ("shanghai jiangsu", "江西省", 2021, "shanghai"),
        ("nowhere shangrao", None, 2023, "nowhere"),
        # of no region is of all; another region's own meaning is not
        ("nowhere shangrao", "江苏省苏州市", 2023, "nowhere"),
        # the city that a district lies in, before a neighbour
        ("shanghai huangpu-23", "上海市徐汇区", 2023, "shanghai"),
        ("nowhere", "上海市", 2023, "nowhere"),
        ("passing annex", None, 2023, "annex"),
    ],
)
def test_best_sense(names, region, year, best):
    senses = tuple(SENSES[name] for name in names.split())
    for order in (senses, senses[::-1]):
        assert best_sense(Entry(headword="甲", senses=order), region=region, year=year) == SENSES[best]


def test_no_sense():
    assert best_sense(Entry(headword="甲")) is None


@given(
    st.lists(
        st.builds(
            sense,
            st.none() | st.sampled_from(["一", "二"]),
            st.none() | st.sampled_from(["上海市", "上海市黄浦区"]),
            st.none() | st.sampled_from([2019, 2023]),
            members=st.sampled_from([(), ("一",)]),
            id=st.sampled_from("甲乙"),
        ),
        min_size=1,
        max_size=5,
    ),
    st.none() | st.sampled_from(["上海市", "黄浦区", ""]),
    st.none() | st.integers(2018, 2024),
    st.randoms(),
)
def test_the_order_of_senses_is_total(senses, region, year, chance):
    shuffled = senses[:]
    chance.shuffle(shuffled)
    one = best_sense(Entry(headword="甲", senses=tuple(senses)), region=region, year=year)
    assert one == best_sense(Entry(headword="甲", senses=tuple(shuffled)), region=region, year=year)


SEEDED = """
import json, sys, glossary
names = ["“三会”制度", "三会", "“證照分離”改革", "证照分离", "“一网”", "「一網」", "人工智能数据计划", "两旧", "“两旧”改造"]
if sys.argv[1] == "reversed":
    names.reverse()
g = glossary.Glossary.from_headwords(names)
h = glossary.harvest(glossary.read_text("各位代表：\\n建设“雪亮”工程、“三会”。\\n名词解释\\n1．“三保”：指保民生、保工资、保运转。", id="甲"))
g |= glossary.Glossary.from_harvests([h])
text = "「三會」制度、“三会”、證照分離、“一网”、人工智慧資料計畫、“两旧”改造、两旧、雪亮工程、三保"
print(json.dumps([g.annotate(text, overlap=o).to_dicts() for o in ("longest", "all")]))
print([repr(entry) for entry in g.values()], [hit.entry.headword for hit in g.search("证照")])
"""


def test_neither_hash_seed_nor_order_matters():
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SEEDED, order],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed, order in (("0", "straight"), ("1", "reversed"), ("2", "straight"))
    ]
    answers = {run.communicate()[0] for run in runs}
    assert not any(run.returncode for run in runs)
    assert len(answers) == 1
    assert json.loads(answers.pop().splitlines()[0])[0]


def test_to_dicts_has_the_keys_of_the_contract():
    row = glossary.Glossary.from_headwords(["一网"]).annotate("一网").to_dicts()[0]
    assert list(row) == ["start", "end", "surface", "term", "kind", "definition", "variant"]


def test_entries_come_once_in_order_of_first_mention():
    annotation = glossary.Glossary.from_headwords(["双碳", "双减"]).annotate("双减、双碳、双减")
    assert [entry.headword for entry in annotation.entries()] == ["双减", "双碳"]
    assert len(annotation) == len(list(annotation)) == 3


@pytest.mark.skipif(not REPORTS, reason="../shared/reports is not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_annotated_with_what_the_others_say(path):
    g = glossary.Glossary.from_harvests(
        glossary.harvest(glossary.read(other)) for other in REPORTS if other != path
    )
    text = glossary.read(path).text
    mentions = g.annotate(text).mentions
    assert len({m.entry.headword for m in mentions}) >= 10
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface
        if mention.variant is None:
            assert mention.surface == mention.entry.headword
    # every headword that stands in the text as it is written is inside a mention
    for headword, entry in g.items():
        at = fold(text).find(fold(headword))
        if at >= 0 and len(headword) > 4 and any(s.definition for s in entry.senses):
            assert any(m.start < at + len(headword) and at < m.end for m in mentions), headword


def test_context_for_a_prompt():
    g = glossary.load()
    text = "推进一网通办，建设无废城市，落实双碳，再说一網通辦。"
    whole = g.annotate(text).context()
    lines = whole.split("\n")
    assert sorted(line.split("：")[0] for line in lines) == sorted(
        e.headword for e in g.annotate(text).entries()
    )
    assert [len(line) for line in lines] == sorted(len(line) for line in lines)
    for budget in range(-1, len(whole) + 2):
        cut = g.annotate(text).context(budget)
        assert len(cut) <= max(budget, 0)
        # whole lines, and as many as there is room for
        kept = cut.split("\n") if cut else []
        assert kept == lines[: len(kept)]
        assert len(kept) == len(lines) or len("\n".join(lines[: len(kept) + 1])) > budget


def test_context_without_definitions():
    assert glossary.Glossary.from_headwords(["一网通办"]).annotate("一网通办").context() == ""
    assert glossary.load().annotate("").context() == ""
