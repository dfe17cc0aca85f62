"""Lists of words: jieba cuts by its user dictionary, and pyglossary reads the lines of CC-CEDICT."""

import re
import subprocess
import sys

import pytest
from hostile import GLOSSARY, LONG

from glossary.dictionary import Glossary
from glossary.model import Entry, Sense

CUT = """
import logging, sys, warnings
warnings.simplefilter("ignore")
import jieba
jieba.setLogLevel(logging.WARNING)
if len(sys.argv) > 2:
    jieba.load_userdict(sys.argv[2])
print("/".join(jieba.cut(sys.argv[1])))
"""


def cut(*arguments):
    """Cut a text with jieba in a process of its own: a user dictionary is for all of a process."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CUT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_jieba_cuts_by_it(tmp_path):
    path = tmp_path / "words.txt"
    text = "推进双随机一公开监管和一网通办平台建设"
    GLOSSARY.export(path, "jieba")
    assert "双随机一公开" not in cut(text)
    assert cut(text, path) == "推进/双随机一公开/监管/和/一网通办平台/建设"


def test_a_word_that_jieba_cannot_cut_is_left_out(tmp_path):
    path = tmp_path / "words.txt"
    odd = ["𠮷野家", "双随机、一公开", "5G 2", "甲 nz", "1+X证书"]
    assert Glossary(Entry(headword=word, kind="slogan") for word in odd).export(path, "jieba") == 4
    assert path.read_text(encoding="utf-8").splitlines() == ["1+X证书 l", "5G2 l", "双随机一公开 l", "甲nz l"]


def lines_of(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_cedict_lines(tmp_path):
    path = tmp_path / "a.u8"
    entries = [
        Entry(
            headword="绿色 群众",
            reading="lǜ sè qún zhòng le",
            variants=("旅客A",),
            english="green / masses",
            senses=(Sense(definition="一。\n二", members=("甲", "乙")), Sense(definition="三/四。")),
        )
    ]
    Glossary(entries).export(path)
    said = "/green ／ masses/一。二包括：甲、乙/三／四。/"
    assert lines_of(path) == [
        f"綠色群眾 绿色群众 [lu:4 se4 qun2 zhong4 le5] {said}",
        f"旅客A 旅客A [lu:3 ke4 A] {said}",
    ]


def test_every_line_is_as_cc_cedict_asks(tmp_path):
    path = tmp_path / "a.u8"
    GLOSSARY.export(path)
    rule = re.compile(r"\S+ \S+ \[[^\[\]]+\] /[^/]+(?:/[^/]+)*/")
    assert len(lines_of(path)) > 6
    for line in lines_of(path):
        assert rule.fullmatch(line), line[:200]
    assert any(LONG in line for line in lines_of(path))


def test_pyglossary_reads_cedict(tmp_path):
    from pyglossary_reader import read

    path = tmp_path / "a.u8"
    GLOSSARY.export(path)
    found = read(path, "EDICT2")
    assert "雙隨機、一公開" in found or "双随机、一公开" in found
    assert any("one-stop, “online” &lt;services&gt;" in article for article in found.values())


@pytest.mark.parametrize("headword", ["无义项"])
def test_cedict_leaves_out_what_says_nothing(tmp_path, headword):
    path = tmp_path / "a.u8"
    GLOSSARY.export(path)
    assert headword not in path.read_text(encoding="utf-8")
