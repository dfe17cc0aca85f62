"""Dictionaries for readers: StarDict and Yomitan as pyglossary reads them, and a deck as Anki takes it in."""

import html
import json
import zipfile
from collections import Counter

import pytest
from hostile import GLOSSARY, LONG, MARKS, SILENT
from pyglossary_reader import read

from glossary.dictionary import Glossary
from glossary.model import KINDS, Entry, Sense
from glossary.render.terms import one_line

READABLE = set(GLOSSARY) - SILENT


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("dictionaries")


def test_pyglossary_reads_stardict(folder):
    GLOSSARY.export(folder / "a.b.ifo", title="政策\n术语")
    assert {path.name for path in folder.glob("a.b.*")} == {"a.b.ifo", "a.b.idx", "a.b.dict", "a.b.syn"}
    found = read(folder / "a.b.ifo", "Stardict")
    assert set(found) >= READABLE
    assert not set(found) & SILENT
    # looked up as pages write it
    assert found["雙隨機一公開"] == found["双随机、一公开"]
    assert html.escape(MARKS, quote=False) in found["一网通办"]
    assert "第一段<br>第二段" in found["一网通办"]
    assert LONG in found["長詞"]


def test_the_index_of_stardict_is_in_its_order(folder):
    words = ["b", "A甲", "a乙", "B", "Z", "_1", "甲"]
    entries = [Entry(headword=word, english="x") for word in words]
    Glossary(entries).export(folder / "order.ifo")
    raw = (folder / "order.idx").read_bytes()
    index, place = [], 0
    while place < len(raw):
        end = raw.index(b"\0", place)
        index.append(raw[place:end])
        place = end + 9
    assert index == sorted(index, key=lambda word: (word.lower(), word))
    about = dict(line.split("=", 1) for line in (folder / "order.ifo").read_text("utf-8").splitlines()[1:])
    assert (int(about["wordcount"]), int(about["idxfilesize"])) == (len(index), len(raw))


def test_a_word_too_long_for_stardict_is_left_out(folder):
    long = "长" * 90
    entries = [Entry(headword=long, english="long"), Entry(headword="短", english="short", variants=(long,))]
    glossary = Glossary(entries[1:])
    assert glossary.export(folder / "long.ifo") == 1
    assert Glossary(entries[:1]).export(folder / "none.ifo") == 0
    assert set(read(folder / "long.ifo", "Stardict")) == {"短"}


@pytest.fixture(scope="module")
def yomitan(folder):
    path = folder / "a.zip"
    GLOSSARY.export(path, title="政策")
    return path


def test_pyglossary_reads_yomitan(yomitan):
    found = read(yomitan, "Yomichan")
    assert set(found) >= READABLE
    assert "雙隨機一公開" in found


def files_of(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def check_content(content):
    """Check content by the rules of the published schema, as far as they concern what is written."""
    if isinstance(content, list):
        for part in content:
            check_content(part)
    elif not isinstance(content, str):
        assert content["tag"] in ("span", "div")
        assert set(content) <= {"tag", "content", "style"}
        style = content.get("style", {})
        assert style.get("fontStyle", "normal") in ("normal", "italic")
        assert style.get("fontSize", "medium") in ("small", "medium")
        assert set(style) <= {"fontStyle", "fontSize"}
        check_content(content["content"])


def test_yomitan_keeps_the_rules_of_format_3(yomitan):
    files = files_of(yomitan)
    assert set(files) == {"index.json", "tag_bank_1.json", "term_bank_1.json"}
    index = files["index.json"]
    assert (index["title"], index["format"], index["sequenced"]) == ("政策", 3, True)
    assert all(isinstance(index[key], str) for key in ("revision", "author", "description"))
    assert [tag[0] for tag in files["tag_bank_1.json"]] == list(KINDS)
    assert all(list(map(type, tag)) == [str, str, int, str, int] for tag in files["tag_bank_1.json"])
    rows = files["term_bank_1.json"]
    for row in rows:
        assert list(map(type, row)) == [str, str, str, str, int, list, int, str]
        for said in row[5]:
            assert set(said) == {"type", "content"}
            assert said["type"] == "structured-content"
            check_content(said["content"])
    # the forms of one entry have one number, and no form stands twice with it
    assert len({row[6] for row in rows}) == len(READABLE)
    assert max(Counter((row[0], row[6]) for row in rows).values()) == 1


def test_the_revision_changes_with_the_content_only(folder, yomitan):
    other = folder / "other.zip"
    GLOSSARY.export(other, title="别名")
    assert files_of(other)["index.json"]["revision"] == files_of(yomitan)["index.json"]["revision"]
    Glossary([Entry(headword="甲", english="a")]).export(other)
    assert files_of(other)["index.json"]["revision"] != files_of(yomitan)["index.json"]["revision"]


def test_banks_of_terms_are_of_a_size_that_a_browser_takes(folder, monkeypatch):
    from glossary.export import yomitan

    monkeypatch.setattr(yomitan, "_BANK", 4)
    path = folder / "banks.zip"
    GLOSSARY.export(path)
    banks = {name: rows for name, rows in files_of(path).items() if name.startswith("term_bank_")}
    assert len(banks) > 3
    assert {len(rows) for rows in banks.values()} <= {1, 2, 3, 4}


def test_anki_takes_the_deck_in(folder):
    pytest.importorskip("anki")
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = folder / "a.apkg"
    GLOSSARY.export(path, title="政策")
    collection = Collection(str(folder / "collection.anki2"))
    try:
        for _ in range(2):
            # the second time, the notes are known by their headwords
            collection.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
            )
            notes = [collection.get_note(n) for n in collection.find_notes("deck:政策")]
            assert {html.unescape(note["词目"]) for note in notes} == set(map(one_line, READABLE))
            assert len(notes) == collection.card_count() == len(READABLE)
        by_name = {note["词目"]: note for note in notes}
        note = by_name["一网通办"]
        assert note["拼音"] == "yī wǎng tōng bàn"
        assert note["英文"] == "one-stop, “online” &lt;services&gt;"
        assert html.unescape(MARKS) in html.unescape(note["释义"])
        assert "initiative" in note.tags
        assert LONG in by_name["長詞"]["释义"]
        question = note.cards()[0].question()
        assert "一网通办" in question
        assert MARKS in html.unescape(note.cards()[0].answer())
    finally:
        collection.close()


def test_fields_of_anki_have_no_marks_of_its_own(folder):
    from glossary.export.anki import _escaped

    assert _escaped("a\x1fb\0c {{d}} <e>\nf") == "abc {&#123;d}} &lt;e&gt;<br>f"


def test_senses_that_say_the_same_are_shown_once(folder):
    from glossary.model import Source

    senses = tuple(Sense(definition="市级平台，2019年建成。", source=Source(id=id)) for id in "甲乙")
    Glossary([Entry(headword="平台", senses=senses)]).export(folder / "same.ifo")
    article = read(folder / "same.ifo", "Stardict")["平台"]
    assert article.count("市级平台") == 1
    assert "甲" in article and "乙" in article


def test_a_variant_has_its_own_reading_and_says_whose_it_is(folder):
    entry = Entry(headword="5+2", reading="5+2", variants=("五加二",), english="five and two")
    Glossary([entry]).export(folder / "variant.zip")
    rows = {row[0]: row for row in files_of(folder / "variant.zip")["term_bank_1.json"]}
    assert (rows["5+2"][1], rows["五加二"][1]) == ("", "wǔ jiā èr")
    assert rows["五加二"][5][0]["content"][0]["content"] == "即：5+2"
    assert rows["5+2"][6] == rows["五加二"][6]
