"""TBX: what the published rules ask for, and what a translator's programs find in it."""

from collections import Counter
from pathlib import Path

import pytest
from hostile import ENTRIES, GLOSSARY, LONG, MARKS
from lxml import etree

from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.model import Entry, Sense, Source

RULES = etree.RelaxNG(etree.parse(Path(__file__).parent / "data/tbx-basic.rng"))
NS = {"t": "urn:iso:std:iso:30042:ed-2"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    path = tmp_path_factory.mktemp("tbx") / "a.tbx"
    GLOSSARY.export(path, title="术语 <&>")
    return etree.parse(path, etree.XMLParser(huge_tree=True))


def test_it_keeps_the_rules_of_the_dialect(tree):
    RULES.assertValid(tree)


def test_every_target_is_there_once(tree):
    ids = Counter(tree.xpath("//@id"))
    assert set(ids.values()) == {1}
    assert set(tree.xpath("//@target")) <= set(ids)
    assert len(tree.xpath("//t:conceptEntry", namespaces=NS)) == len(ENTRIES)


def test_a_concept(tree):
    concept = tree.xpath("//t:conceptEntry[.//t:term='一网通办']", namespaces=NS)[0]

    def all_of(path):
        return [found.text for found in concept.xpath(path, namespaces=NS)]

    assert [section.get(LANG) for section in concept.xpath("t:langSec", namespaces=NS)] == ["zh-Hans", "en"]
    assert all_of("t:descrip[@type='subjectField']") == ["举措"]
    assert all_of("t:langSec//t:descrip[@type='definition']") == [MARKS, "第一段\n第二段\t完。"]
    assert all_of(".//t:termNote[@type='administrativeStatus']") == [
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "admittedTerm-admn-sts",
        "preferredTerm-admn-sts",
    ]
    assert all_of("t:ref") == ["双随机、一公开", "不在这里的词"]
    # the second is not in the glossary, so there is nothing to point to
    assert len(concept.xpath("t:ref/@target", namespaces=NS)) == 1
    assert all_of(".//t:termSec/t:note") == ["读音：yī wǎng tōng bàn"]


def test_what_is_no_longer_used_is_superseded_and_traditional_is_said_so(tree):
    old = tree.xpath("//t:termSec[t:term='旧词']/t:termNote", namespaces=NS)[0]
    assert old.text == "supersededTerm-admn-sts"
    assert tree.xpath("//t:langSec[.//t:term='長詞']", namespaces=NS)[0].get(LANG) == "zh-Hant"
    assert tree.xpath("//t:langSec[.//t:term='長詞']//t:descrip", namespaces=NS)[0].text == LONG


def test_what_has_no_definition_has_no_empty_one(tree):
    assert tree.xpath("//t:descrip[not(normalize-space())]", namespaces=NS) == []
    section = tree.xpath("//t:langSec[.//t:term='空释义']", namespaces=NS)[0]
    (source,) = section.xpath("t:adminGrp/t:admin[@type='source']", namespaces=NS)
    assert source.text == "《甲区<报告> & “附件”》，上海市，2023年，名词解释 1"
    # nor a source: its notes stand alone
    section = tree.xpath("//t:langSec[.//t:term='“1+X”证书']", namespaces=NS)[0]
    assert [note.text for note in section.xpath("t:note", namespaces=NS)] == [
        "包括：学历证书",
        "包括：技能证书",
    ]


def test_senses_without_a_definition_stay_apart(tmp_path):
    senses = (
        Sense(members=("一",)),
        Sense(since=2018),
        Sense(source=Source(id="r", place="第1页"), members=("二",)),
        Sense(obsolete=True),
        Sense(definition="三。"),
        Sense(members=("四", "五")),
    )
    for name in ("tbx", "tbx2"):
        Glossary([Entry(headword="甲", senses=senses)]).export(tmp_path / "a.tbx", name)
        assert Glossary.open(tmp_path / "a.tbx")["甲"].senses == senses
        if name == "tbx":
            RULES.assertValid(etree.parse(tmp_path / "a.tbx"))


@pytest.mark.parametrize("char", ["\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_named(tmp_path, char):
    glossary = Glossary([Entry(headword="雪亮", senses=(Sense(definition=f"坏{char}字"),))])
    with pytest.raises(DataError, match=f"雪亮: holds the character U\\+{ord(char):04X}.*csv"):
        glossary.export(tmp_path / "a.tbx")
    assert list(tmp_path.iterdir()) == []


def test_no_term_base_is_empty(tmp_path):
    with pytest.raises(DataError, match="empty"):
        Glossary().export(tmp_path / "a.tbx")


def test_translate_toolkit_reads_the_edition_of_2008(tmp_path):
    """Which the toolkit, and with it Weblate, reads; it knows no other."""
    from translate.storage.tbx import tbxfile

    path = tmp_path / "a.tbx"
    GLOSSARY.export(path, "tbx2")
    with path.open("rb") as stream:
        store = tbxfile(stream, sourcelanguage="zh-Hans", targetlanguage="en")
    units = {unit.source: unit for unit in store.units if unit.source}
    assert units["一网通办"].target == "one-stop, “online” <services>"
    assert units["C/D [e] f"].target == "c & d"
    assert units["𠮷野家😀A"].getnotes("definition").endswith("𠀀字与🏳️‍🌈。")
    assert units["双随机、一公开"].target is None
    # the headword in traditional characters is in a section of its own language
    assert len(store.units) == len(ENTRIES)


def test_the_two_editions_differ_in_names_only(tmp_path):
    GLOSSARY.export(tmp_path / "a.tbx")
    GLOSSARY.export(tmp_path / "b.tbx", "tbx2")
    old = etree.parse(tmp_path / "b.tbx", etree.XMLParser(huge_tree=True)).getroot()
    assert (old.tag, old.get("type")) == ("martif", "TBX-Basic")
    assert {child.tag for child in old.iter()} & {"tbx", "conceptEntry", "langSec", "termSec"} == set()
    assert Glossary.open(tmp_path / "a.tbx") == Glossary.open(tmp_path / "b.tbx")
