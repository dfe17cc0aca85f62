from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import readings
from glossary.keys import toneless
from glossary.paths import terms_directory
from glossary.readings import pinyin, reading, syllables
from glossary.reviewed import load, runs
from glossary.text import is_han, simplify

TABLE = tomllib.loads((Path(__file__).parent / "data/readings.toml").read_text(encoding="utf-8"))
CASES = [(group, term, reading) for group, terms in TABLE.items() for term, reading in terms.items()]
REVIEWED = tomllib.loads((terms_directory() / "readings.toml").read_text(encoding="utf-8"))

HAN = st.one_of(
    st.sampled_from("一不长行重应尽还为得着了子都长三角制银河体學習為國一不"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.sampled_from("㐂𠮷𰻝〇⼯豈"),
)
TEXTS = st.text(
    st.one_of(HAN, st.sampled_from("“”‘’「」、，。 \n\u3000＋+Ａa1．.-—（）％é\u0301")), max_size=30
)
TERMS = st.text(HAN, min_size=1, max_size=12)


@pytest.mark.parametrize(("group", "term", "reading"), CASES)
def test_table(group: str, term: str, reading: str) -> None:
    assert pinyin(term) == reading


@pytest.mark.parametrize("table", ["phrase", "place", "single"])
def test_reviewed_syllables_are_attested(table: str) -> None:
    from pypinyin.constants import PINYIN_DICT

    odd = set()
    for entry in REVIEWED[table]:
        for char, syllable in zip(entry["text"], entry["reading"].split(), strict=True):
            attested = PINYIN_DICT.get(ord(char), "").split(",") if char != "X" else ["X"]
            neutral = toneless(syllable) == syllable and syllable in map(toneless, attested)
            sandhi = {"一": "yī", "不": "bù"}.get(char, syllable) != syllable
            if sandhi or not (neutral or syllable in attested):
                odd.add((char, syllable))
    # 宕昌 is Tànchāng, 乐亭 Làotíng, 祭城路 Zhàchéng Lù, 什运 Záyùn; 马马虎虎 ends in hū hū: the tables of characters
    # have none of these.
    assert odd <= {("宕", "tàn"), ("乐", "lào"), ("祭", "zhà"), ("什", "zá"), ("虎", "hū")}


def test_reviewed_phrases_are_read_as_reviewed() -> None:
    for entry in REVIEWED["phrase"]:
        made = syllables(entry["text"].replace("X", "甲"))
        for syllable, reviewed in zip(made, entry["reading"].split(), strict=True):
            assert reviewed in ("X", syllable), entry["text"]


@given(TEXTS)
def test_one_syllable_a_han_character(text: str) -> None:
    made = syllables(text)
    latin = [run for run in runs(text) if not is_han(run[0])]
    assert len(made) == sum(map(is_han, text)) + len(latin)
    assert all(made) and not any(token.isspace() or " " in token for token in made)


@given(TEXTS)
def test_traditional_is_read_as_simplified(text: str) -> None:
    assert pinyin(text) == pinyin(simplify(text))


@given(TERMS)
def test_no_sandhi(term: str) -> None:
    for char, syllable in zip(term, syllables(term), strict=True):
        assert {"一": "yī", "不": "bù"}.get(char, syllable) == syllable


def test_import_leaves_pypinyin_alone() -> None:
    code = "import sys, glossary.readings; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_tables_of_pypinyin_stay_as_they_are() -> None:
    code = (
        "from pypinyin.constants import PHRASES_DICT as p, PINYIN_DICT as s; from copy import deepcopy;"
        "before = deepcopy((p, s)); from glossary.readings import pinyin; pinyin('长三角一体化');"
        "assert before == (p, s)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_whole_term_goes_before_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "readings.toml"
    path.write_text('[[term]]\ntext = "“长三角”1+X"\nreading = "zhǎng sān jiǎo 1+X"\nreason = "r"\n', "utf-8")
    loaded = load(path)
    monkeypatch.setattr(readings, "_reviewed", lambda: loaded)
    assert pinyin("長三角１＋Ｘ") == "zhǎng sān jiǎo 1+X"


def test_a_guess_is_doubtful_and_says_what_else_it_could_be() -> None:
    found = reading("调解")
    assert found.syllables == ("tiáo", "jiě") and found.doubtful == ()
    (doubt,) = reading("甲朝乙").doubtful
    assert (doubt.index, doubt.char, doubt.syllable) == (1, "朝", "cháo")
    assert "zhāo" in doubt.others


def test_a_place_gives_way_to_words_across_its_edges() -> None:
    assert pinyin("单县") == "shàn xiàn"
    assert pinyin("清单县级版") == "qīng dān xiàn jí bǎn"
    assert pinyin("六安市") == "lù ān shì"


def test_a_whole_term_is_read_so_alone_only() -> None:
    assert pinyin("工行") == "gōng háng"
    assert pinyin("工行动") == "gōng xíng dòng"


@given(TEXTS)
def test_reading_is_pinyin_with_doubts(text: str) -> None:
    found = reading(text)
    assert str(found) == pinyin(text)
    for doubt in found.doubtful:
        assert found.syllables[doubt.index] == doubt.syllable
        assert doubt.syllable not in doubt.others and doubt.others


WHOLE = [entry["text"] for entry in REVIEWED["phrase"] if "X" not in entry["text"] and len(entry["text"]) > 3]


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4))
def test_reviewed_terms_in_a_row_are_read_as_each_alone(terms: list[str]) -> None:
    assert pinyin("、".join(terms)) == " ".join(map(pinyin, terms))
