"""The annex that is proposed for a text: its form, and that it is read back as what it was made of."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.model import Entry, Mention, Sense
from glossary.render.annex import annex

LAYOUTS = ["numbered", "diamond", "pinyin"]


def mention(headword, definition, start=0, members=(), reading=""):
    senses = (Sense(definition=definition, members=tuple(members)),)
    entry = Entry(headword=headword, senses=senses, reading=reading)
    return Mention(start, start + len(headword), headword, entry, senses[0])


TERMS = [
    mention("双碳", "两个目标的合称", 0, ["碳达峰", "碳中和"]),
    mention("河长制", "由负责人担任河长的制度。", 9),
    mention("双碳", "两个目标的合称", 20, ["碳达峰", "碳中和"]),
    mention("专班", None, 30),
    mention("“1+X”体系", "1个意见\n和若干细则。", 40),
]


@pytest.mark.parametrize(
    ("layout", "written"),
    [
        (
            "numbered",
            "名词解释\n1. 双碳：两个目标的合称。包括碳达峰、碳中和。\n2. 河长制：由负责人担任河长的制度。\n3. “1+X”体系：1个意见和若干细则。\n",
        ),
        (
            "diamond",
            "名词解释\n◆双碳：两个目标的合称。包括碳达峰、碳中和。\n◆河长制：由负责人担任河长的制度。\n◆“1+X”体系：1个意见和若干细则。\n",
        ),
    ],
)
def test_terms_stand_once_in_order_of_first_appearance(layout, written):
    assert annex(TERMS, layout=layout) == written


def test_by_pinyin():
    terms = [
        mention(name, "甲。", n * 9, reading=said)
        for n, (name, said) in enumerate(
            [("重塑", "chóng sù"), ("长三角", "cháng sān jiǎo"), ("产教", "chǎn jiào")]
        )
    ]
    lines = annex(terms, layout="pinyin").splitlines()
    assert [line.split("：")[0] for line in lines[1:]] == ["1. 产教", "2. 长三角", "3. 重塑"]


def test_members_that_the_definition_names_are_not_said_twice():
    assert "包括" not in annex([mention("双碳", "碳达峰和碳中和。", 0, ["碳达峰", "碳中和"])])


def test_nothing_to_explain():
    assert annex([]) == "名词解释\n"
    assert annex([], title="用语解释") == "用语解释\n"


def test_unknown_layout():
    with pytest.raises(ValueError, match="layout is numbered, diamond, pinyin, not 'table'"):
        annex([], layout="table")


# Headwords that a reader of annexes takes for a headword and the beginning of its definition.
MISREAD = {"绿水青山就是金山银山"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(3))
def test_harvest_reads_an_annex_of_shipped_terms_back(layout, seed):
    g = glossary.load()
    names = random.Random(seed).sample([name for name in g if len(name) <= 30], 250)
    annotation = glossary.Glossary([g[name] for name in names]).annotate("。\n\n".join(names))
    text = f"各位代表：\n{annotation.text}。\n\n{annotation.appendix(layout=layout)}"
    found = {entry.headword: entry for entry in glossary.harvest(glossary.read_text(text, id="甲")).entries}
    wanted = {
        entry.headword: entry for entry in annotation.entries() if any(s.definition for s in entry.senses)
    }
    assert set(wanted) - set(found) <= MISREAD
    assert len(found) == len(wanted) > 200
    for headword in wanted.keys() & found.keys():
        own = [sense.definition.rstrip("。") for sense in wanted[headword].senses if sense.definition]
        assert found[headword].sense.definition.startswith(tuple(own)), headword


@given(st.permutations(["一网通办", "河长制", "双碳", "六稳", "海绵城市"]), st.sampled_from(LAYOUTS))
def test_harvest_reads_any_order_back(names, layout):
    g = glossary.load()
    annotation = g.annotate("，".join(name for name in names if name in g))
    annex_ = annotation.appendix(layout=layout)
    harvest = glossary.harvest(
        glossary.read_text("各位代表：\n" + annotation.text + "。\n\n" + annex_, id="甲")
    )
    found = [entry.headword for entry in harvest.entries]
    wanted = [entry.headword for entry in annotation.entries()]
    assert (found == wanted) if layout != "pinyin" else (sorted(found) == sorted(wanted))
