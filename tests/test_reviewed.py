"""The file of reviewed readings, and how a text is cut into what has a syllable of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import DataError
from glossary.readings import syllables
from glossary.reviewed import load, runs, spans
from glossary.text import is_han

TEXTS = st.text(
    st.one_of(st.sampled_from("长三角體１＋Ｘ5G“”‘’「」、，。 \n-—.㐂𠮷〇⼯豈"), st.characters()), max_size=30
)


@given(TEXTS)
def test_each_span_has_a_syllable(text: str) -> None:
    places = list(spans(text))
    assert len(places) == len(syllables(text))
    assert all(end - start == 1 or not is_han(text[start]) for start, end in places)
    assert places == sorted(places) and all(start < end for start, end in places)


def test_runs_ignore_marks_between_characters() -> None:
    assert list(runs("“放”“管”“服”改革")) == ["放管服改革"]


def test_patterns_and_places(tmp_path: Path) -> None:
    path = tmp_path / "readings.toml"
    path.write_text(
        '[[phrase]]\ntext = "X长制"\nreading = "X zhǎng zhì"\nreason = "r"\n'
        '[[place]]\ntext = "单县"\nreading = "shàn xiàn"\nreason = "山东"\n',
        encoding="utf-8",
    )
    found = load(path)
    assert found.patterns["长"][0].fixed == ((1, "长", "zhǎng"), (2, "制", "zhì"))
    assert found.places == {"单县": ("shàn", "xiàn")}


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('[[phrase]]\ntext = "长三角"\nreading = "cháng sān"\nreason = "r"', "3 characters or tokens and 2"),
        ('[[phrase]]\ntext = "长三角"\nreading = "cháng sān jiǎo"', "must have text, reading and reason"),
        ('[[phrase]]\ntext = "长制"\nreading = "zhang3 zhì"\nreason = "r"', "reads 长 as 'zhang3'"),
        ('[[phrase]]\ntext = "X长制"\nreading = "hé zhǎng zhì"\nreason = "r"', "reads X as 'hé'"),
        ('[[phrase]]\ntext = "XX"\nreading = "X X"\nreason = "r"', "fixes no character"),
        ('[[phrase]]\ntext = "A股"\nreading = "A gǔ"\nreason = "r"', "may only have Han"),
        ('[[single]]\ntext = "长制"\nreading = "zhǎng zhì"\nreason = "r"', "must be one character"),
        ('[[phrase]]\ntext = "长"\nreading = 3\nreason = "r"', "no string"),
        ('phrase = ["长"]', "must have text"),
        ('phrase = "长"', "not an array"),
        ("[other]", "unknown table 'other'"),
        ("phrase =", "not readable"),
        ('[[phrase]]\ntext = "长"\nreading = "cháng"\nreason = "r"', "two characters or more"),
        ('[[place]]\ntext = "X县"\nreading = "X xiàn"\nreason = "r"', "may only have Han"),
        ('[[phrase]]\ntext = "长制"\nreading = "zhǎng zhì"\nreason = "r"\n' * 2, "stands twice"),
    ],
)
def test_bad_data_is_named(tmp_path: Path, entry: str, says: str) -> None:
    path = tmp_path / "readings.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load(path)
    assert says in str(error.value) and str(path) in str(error.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not readable"):
        load(tmp_path / "none.toml")
