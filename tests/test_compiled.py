"""The compiled file: what is kept comes back whole, and what isn't as it was written is refused in one line."""

import gc
import multiprocessing
import os
import pickle
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import headwords, some, words

from glossary import compiled as compiled_module
from glossary import compiling
from glossary.compiled import Compiled
from glossary.dictionary import Glossary
from glossary.errors import DataError
from glossary.folding import key_of
from glossary.model import KINDS, Citation, Entry, Sense, Source, Subterm

entries = st.lists(
    st.builds(
        Entry,
        headword=headwords,
        reading=st.sampled_from(["", "yī wǎng", "lǜ sè 1+X"]),
        kind=st.sampled_from(KINDS),
        variants=some,
        senses=st.lists(
            st.builds(
                Sense,
                definition=st.none() | words,
                members=some,
                source=st.none()
                | st.builds(
                    Source, id=words, year=st.none() | st.integers(1949, 2100), place=st.none() | words
                ),
                start=st.none() | st.integers(0, 10**6),
                gaps=st.sampled_from([(), ((1, 2), (4, 8))]),
                subterms=st.lists(
                    st.builds(Subterm, term=words, definition=words, start=st.just(1), end=st.just(2)),
                    max_size=1,
                ).map(tuple),
                count=st.integers(1, 9),
                since=st.none() | st.integers(1949, 2100),
                citation=st.none() | st.builds(Citation, title=words, year=st.none() | st.just(2020)),
                obsolete=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
        english=st.none() | words,
        related=some,
    ),
    max_size=4,
    unique_by=lambda entry: key_of(entry.headword),
)
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@quick
@given(entries)
def test_round_trip(tmp_path, entries):
    path = tmp_path / "a.glossary"
    compiling.write(path, {entry.headword: entry for entry in entries})
    found = Compiled(path)
    assert list(found.values()) == sorted(entries, key=lambda entry: entry.headword)
    assert len(found) == len(entries)
    assert [p.name for p in tmp_path.iterdir()] == ["a.glossary"]


def test_a_saved_glossary_is_the_same_glossary(tmp_path):
    g = Glossary.from_headwords(["一网通办", "“两旧”改造", "𠮷野家"])
    g.save(tmp_path / "a.glossary")
    assert Glossary.open(tmp_path / "a.glossary") == g


def test_the_same_bytes_whatever_the_order_and_the_hash_seed(tmp_path):
    code = (
        "import sys; from glossary import Glossary; names = sys.argv[2:];"
        "Glossary.from_headwords(names).save(sys.argv[1])"
    )
    names = ["一网通办", "“两旧”改造", "双随机、一公开", "雪亮工程"]
    made = []
    for seed, order in (("1", names), ("2", names[::-1])):
        path = tmp_path / f"{seed}.glossary"
        subprocess.run(
            [sys.executable, "-c", code, path, *order], check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        )
        made.append(path.read_bytes())
    assert made[0] == made[1]


NAMES = [f"第{n}号工程" for n in range(300)]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("compiled") / "a.glossary"
    compiling.write(path, {name: Entry(headword=name, english="x" * 60) for name in NAMES})
    return path


def refused(path):
    with pytest.raises(DataError) as caught:
        Glossary.open(path)
    message = str(caught.value)
    assert str(path) in message
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize("share", [0, 0.001, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_truncated(tmp_path, path, share):
    content = path.read_bytes()
    short = tmp_path / "a.glossary"
    short.write_bytes(content[: int(len(content) * share)])
    refused(short)


def test_something_behind_the_end(tmp_path, path):
    long = tmp_path / "a.glossary"
    long.write_bytes(path.read_bytes() + b"\0" * 4096)
    refused(long)


@quick
@given(st.data())
def test_any_changed_byte_is_refused(tmp_path, path, data):
    raw = bytearray(path.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    altered = tmp_path / "a.glossary"
    altered.write_bytes(bytes(raw))
    refused(altered)


def test_a_changed_blob_of_a_large_file_is_refused_when_it_is_used(tmp_path, path, monkeypatch):
    monkeypatch.setattr(compiled_module, "_READ_WHOLE", 0)
    raw = bytearray(path.read_bytes())
    raw[raw.index(Compiled(path).blob("names.trie")[:64])] ^= 255
    altered = tmp_path / "a.glossary"
    altered.write_bytes(bytes(raw))
    found = Compiled(altered)
    with pytest.raises(DataError, match="altered"):
        found.lookup(NAMES[0])
    with pytest.raises(DataError, match="altered"):
        Compiled(altered, thorough=True)


def test_foreign_database(tmp_path):
    path = tmp_path / "a.glossary"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE entry (headword, record)")
    base.commit()
    base.close()
    assert "not a compiled glossary" in refused(path)


def test_format_of_another_release(tmp_path, monkeypatch):
    path = tmp_path / "a.glossary"
    monkeypatch.setattr(compiling, "FORMAT", 99)
    monkeypatch.setattr(compiled_module, "FORMAT", 99)
    compiling.write(path, {})
    monkeypatch.undo()
    assert "format 99" in refused(path)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "雪亮,1".encode()])
def test_no_compiled_file(tmp_path, content):
    path = tmp_path / "a.words"
    path.write_bytes(content)
    assert "not a compiled glossary" in refused(path)


@pytest.mark.parametrize("name", ["a.glossary", "a"])
def test_missing(tmp_path, name):
    assert "no such file" in refused(tmp_path / name)


def test_opening_leaves_the_rows_alone(path):
    found = Compiled(path)
    assert found._seen == {} and "names" not in vars(found)
    assert found[NAMES[7]].headword == NAMES[7]
    assert len(found._seen) == 1


def test_threads_share_a_file(path):
    found = Compiled(path)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda name: found[name].headword, NAMES)) == NAMES


def test_threads_share_a_glossary_in_memory():
    g = Glossary.from_headwords(NAMES)
    with ThreadPoolExecutor(8) as threads:
        hits = threads.map(lambda name: g.search(name, limit=1)[0].entry.headword, NAMES)
        assert list(hits) == NAMES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_usable_after_a_fork(path):
    g = Glossary.open(path)
    assert g.lookup(NAMES[0])
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(g.__contains__, [NAMES[1], "没有"]) == [True, False]
    assert g.lookup(NAMES[2])


def test_pickled_by_its_path(path):
    g = Glossary.open(path)
    raw = pickle.dumps(g)
    assert len(raw) < 1000
    assert pickle.loads(raw) == g


def test_a_file_that_is_replaced_while_it_is_open(tmp_path, path):
    own = tmp_path / "a.glossary"
    own.write_bytes(path.read_bytes())
    old = Glossary.open(own)
    assert old.lookup(NAMES[0])
    Glossary.from_headwords(["雪亮工程"]).save(own)
    assert old.lookup(NAMES[1])
    assert list(Glossary.open(own)) == ["雪亮工程"]


def test_automaton_and_patterns_give_the_same_mentions(path, monkeypatch):
    text = "推進第12號工程，還有第 7 号工程。"
    found = [m.surface for m in Glossary.open(path).annotate(text).mentions]
    assert found == ["第12號工程", "第 7 号工程"]
    monkeypatch.setattr("glossary.scanner.automaton_name", lambda: "daachorse 0")
    assert [m.surface for m in Glossary.open(path).annotate(text).mentions] == found
    assert [m.surface for m in Glossary.from_headwords(NAMES).annotate(text).mentions] == found


def test_a_thread_never_reads_another_file_of_the_same_name(tmp_path):
    own = tmp_path / "a.glossary"
    Glossary.from_headwords(["一网通办", "雪亮工程"]).save(own)
    old = Glossary.open(own)
    assert old.lookup("一网通办")
    Glossary.from_headwords(["阿坝", "包容审慎"]).save(own)
    with ThreadPoolExecutor(1) as threads, pytest.raises(DataError, match="replaced"):
        threads.submit(old.lookup, "雪亮工程").result()
    own.unlink()
    with ThreadPoolExecutor(1) as threads, pytest.raises(DataError, match="gone"):
        threads.submit(old.lookup, "雪亮工程").result()
    assert old.lookup("雪亮工程").headword == "雪亮工程"


def test_a_file_that_is_written_over_while_it_is_open(tmp_path):
    own = tmp_path / "a.glossary"
    Glossary.from_headwords(f"甲{n}工程" for n in range(500)).save(own)
    Glossary.from_headwords(f"乙{n}项目" for n in range(400)).save(tmp_path / "b.glossary")
    g = Glossary.open(own)
    assert g.lookup("甲1工程")
    own.write_bytes((tmp_path / "b.glossary").read_bytes())
    with pytest.raises(DataError, match="written over"):
        g.lookup("甲499工程")


@pytest.mark.parametrize("odd", [3, None, b"x", ("一",)])
def test_what_is_no_string_is_no_headword(path, odd):
    g = Glossary.open(path)
    assert odd not in g and g.get(odd) is None


def test_a_relative_path_after_a_change_of_directory(tmp_path, path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a b#?%.glossary").write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    g = Glossary.open("a b#?%.glossary")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert g.lookup(NAMES[0]) and pickle.loads(pickle.dumps(g)) == g


def test_a_glossary_in_a_circle_of_objects_leaves_nothing_open(monkeypatch, path):
    left = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(told.exc_value))
    for g in [Glossary.from_headwords(["绿叶评价"]) for _ in range(20)] + [Glossary.open(path)]:
        g.search("绿叶")
        circle = [g]
        circle.append(circle)
    del g, circle
    gc.collect()
    assert left == []
