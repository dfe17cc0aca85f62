"""Term files and lists: what is kept comes back whole, and what isn't whole is refused in one line."""

import os
import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import headwords, some, words

from glossary import store
from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.model import KINDS, Citation, Entry, Sense, Source

SOURCE = Source(id="甲-2023", title="甲区报告", region="上海市", year=2023, date="2023-01-06")


def senses(**more):
    return st.builds(
        Sense,
        definition=st.none() | words,
        members=some,
        since=st.none() | st.integers(1949, 2100),
        citation=st.none()
        | st.builds(
            Citation, title=words, issuer=st.none() | words, year=st.none() | st.integers(1949, 2100)
        ),
        obsolete=st.booleans(),
        **more,
    )


rows = st.lists(
    st.builds(
        Entry,
        headword=headwords,
        kind=st.sampled_from(KINDS),
        variants=some,
        senses=st.tuples(senses(source=st.just(SOURCE))),
        english=st.none() | words,
        related=some,
    ),
    max_size=3,
)
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(rows)
def test_term_file_round_trip(tmp_path, entries):
    path = tmp_path / "甲-2023.toml"
    path.write_text(store.toml_text(SOURCE, entries), encoding="utf-8", newline="")
    assert store.load_toml(path) == entries


def test_a_term_file_holds_one_source(tmp_path):
    other = Sense(definition="乙。", source=Source(id="乙"))
    own = Sense(definition="甲。", source=SOURCE)
    path = tmp_path / "a.toml"
    path.write_text(store.toml_text(SOURCE, [Entry(headword="雪亮", senses=(other, own))]), encoding="utf-8")
    assert store.load_toml(path) == [Entry(headword="雪亮", senses=(own,))]


def test_a_term_file_is_laid_out_as_documented():
    cited = Citation(title="某“决定”\n二", year=2013)
    entries = [
        Entry(headword="甲", kind="concept", senses=(Sense(citation=cited), Sense(definition="乙。"))),
        Entry(headword="乙", variants=("丙", "丁")),
    ]
    text = store.toml_text(Source(id="a", year=2023), entries)
    assert text == (
        '[source]\nid = "a"\nyear = 2023\n\n'
        '[[term]]\nheadword = "甲"\nkind = "concept"\n'
        'citation = { title = "某“决定”\\n二", year = 2013 }\n\n'
        '[[term]]\nheadword = "乙"\nkind = "other"\nvariants = [\n    "丙",\n    "丁",\n]\n'
    )
    assert store.toml_text(Source(id="a"), []) == '[source]\nid = "a"\n'


def test_a_term_file_keeps_a_reading_that_rules_do_not_give():
    given = Entry(headword="一网通办", reading="yī wǎng tōng bān")
    derived = Entry(headword="雪亮", reading="xuě liàng")
    text = store.toml_text(SOURCE, [given, derived])
    assert 'pinyin = "yī wǎng tōng bān"' in text
    assert text.count("pinyin") == 1


def test_term_file_as_notepad_saves_it(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes('\ufeff[source]\r\nid = "a"\r\n[[term]]\r\nheadword = "雪亮"\r\n'.encode())
    assert [entry.headword for entry in store.load_toml(path)] == ["雪亮"]


def test_what_cannot_be_a_headword_is_told_with_its_file(tmp_path):
    (tmp_path / "a.toml").write_text('[source]\nid = "a"\n[[term]]\nheadword = "双碳"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('[source]\nid = "b"\n[[term]]\nheadword = "——"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.toml: '——' cannot be a headword"):
        store.load_toml(tmp_path)


def test_a_folder_is_read_in_one_order_and_without_the_readings(tmp_path):
    for name, headword in (("b/二.toml", "二"), ("a.toml", "一"), ("b/readings.toml", None)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = (
            f'[source]\nid = "{path.stem}"\n[[term]]\nheadword = "{headword}"' if headword else "no terms ="
        )
        path.write_text(text, encoding="utf-8")
    assert [entry.headword for entry in store.load_toml(tmp_path)] == ["一", "二"]


def refused(path, opener=Glossary.open):
    with pytest.raises(DataError) as caught:
        opener(path)
    message = str(caught.value)
    assert str(path) in message
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.toml", b"", "empty"),
        ("a.toml", b"[source", "no term file"),
        ("a.toml", b"\xff\xfe\x00", "no term file"),
        ("a.toml", '[source]\nid = "a"\n[[term]]\nheadwort = "雪亮"'.encode(), "headwort"),
        ("a.toml", b'[source]\nid = "a"\nyear = "2023"', "year"),
        ("a.toml", b"[[term]]\nheadword = 'a'", "source"),
        ("a.txt", b" \n", "empty"),
        ("a.txt", b"# nothing\n", "no headwords"),
        ("a.txt", b"\x00\x01\x02\x03" * 20, "a.txt"),
        ("a.txt", "雪亮\n各位代表，现在请审议。".encode(), "line 2"),
        ("a.txt", ("长" * 200).encode(), "line 1"),
        ("a.txt", "雪亮\n——".encode(), "'——'"),
    ],
)
def test_files_that_are_no_glossary(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        Glossary.open(path)
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["a.glossary", "a.toml", "a.txt", "a"])
def test_missing(tmp_path, name):
    assert "no such file" in refused(tmp_path / name)


def test_folders(tmp_path):
    assert "no .toml files" in refused(tmp_path)
    assert "is a directory" in refused(tmp_path, store.load_list)


def test_list_of_headwords(tmp_path):
    path = tmp_path / "a.TXT"
    path.write_bytes("\ufeff一网通办\r\n\r\n# 说明。\r\n 雪亮 \r\n一网通办\r\n".encode())
    assert list(Glossary.open(path)) == ["一网通办", "雪亮"]
    path.write_bytes("一网通办\n雪亮工程\n".encode("gb18030"))
    assert list(Glossary.open(path)) == ["一网通办", "雪亮工程"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path):
    (tmp_path / "real").write_bytes(b"as it was")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    store.write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"

    os.mkfifo(tmp_path / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    store.write_whole(tmp_path / "pipe", b"through")
    reader.join()
    assert got == [b"through"]
    assert (tmp_path / "pipe").is_fifo()
