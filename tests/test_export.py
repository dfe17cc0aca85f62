"""What holds of every format: whole or not at all, the same twice, and one clear line for what it can't do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import GLOSSARY, SILENT

from glossary.dictionary import Glossary
from glossary.errors import DataError, MissingExtraError
from glossary.export import FORMATS, format_of
from glossary.model import Entry, Sense

NAMES = {name: f"out{known.suffixes[0] if known.suffixes else '.txt'}" for name, known in FORMATS.items()}
OF_READERS = {"cedict", "stardict", "anki", "yomitan"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_what_breaks_formats(tmp_path, name):
    count = GLOSSARY.export(tmp_path / NAMES[name], name)
    assert count == len(GLOSSARY) - (len(SILENT) if name in OF_READERS else 0) - (name == "jieba")
    assert not list(tmp_path.glob("*.part"))


EXPORT_ALL = """
import sys
from glossary.dictionary import Glossary

for pair in sys.argv[2:]:
    name, path = pair.split("=")
    Glossary.open(sys.argv[1]).export(path, name)
"""


def test_twice_is_the_same_to_the_byte(tmp_path):
    """In another process, too, where strings hash otherwise and the clock is another."""
    GLOSSARY.save(tmp_path / "g.glossary")
    pairs = [f"{name}={name}-{path}" for name, path in NAMES.items()]
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", EXPORT_ALL, "../g.glossary", *pairs],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert len(made[0]) == len(FORMATS) + 3
    assert [name for name in made[0] if made[0][name] != made[1].get(name)] == []


def test_the_two_syntaxes_of_skos_are_the_same_twice(tmp_path):
    made = [tmp_path / "a.jsonld", tmp_path / "b.jsonld"]
    for path in made:
        GLOSSARY.export(path)
    assert made[0].read_bytes() == made[1].read_bytes()


def test_the_name_of_the_file_tells_the_format():
    told = {suffix: format_of(Path(f"a{suffix}")) for known in FORMATS.values() for suffix in known.suffixes}
    assert told == {
        ".tbx": "tbx",
        ".ttl": "skos",
        ".jsonld": "skos",
        ".csv": "csv",
        ".jsonl": "jsonl",
        ".u8": "cedict",
        ".ifo": "stardict",
        ".apkg": "anki",
        ".zip": "yomitan",
    }
    assert format_of(Path("A.TBX")) == "tbx"


@pytest.mark.parametrize(
    ("name", "format", "says"),
    [
        ("a.txt", None, "Say which: tbx"),
        ("a.toml", "csv", "is the name of a glossary"),
        ("a.glossary", "csv", "is the name of a glossary"),
        ("none/a.csv", None, "cannot be written"),
        (".", "csv", "is a directory"),
        ("a.zip", "stardict", "OUT.ifo"),
    ],
)
def test_where_it_cannot_be_written(tmp_path, name, format, says):
    with pytest.raises(DataError) as caught:
        GLOSSARY.export(tmp_path / name, format)
    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_wrong_words():
    with pytest.raises(ValueError, match="tbx, tbx2"):
        GLOSSARY.export("a.csv", "xlsx")
    with pytest.raises(ValueError, match="turtle"):
        GLOSSARY.export("a.ttl", syntax="n3")


@pytest.mark.parametrize(("name", "library"), [("skos", "rdflib"), ("anki", "genanki")])
def test_a_missing_extra_is_named_and_leaves_what_was_there(tmp_path, monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / NAMES[name]
    path.write_bytes(b"as it was")
    with pytest.raises(MissingExtraError, match=r"policy-glossary\[export\]"):
        GLOSSARY.export(path)
    assert path.read_bytes() == b"as it was"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_character_is_an_error_and_leaves_what_was_there(tmp_path, name):
    broken = Glossary([Entry(headword="雪亮", senses=(Sense(definition="坏了的\ud83d字"),))])
    path = tmp_path / NAMES[name]
    path.write_bytes(b"as it was")
    if name == "jieba":
        # it has no definitions
        broken.export(path, name)
        return
    with pytest.raises(DataError, match="D83D"):
        broken.export(path, name)
    assert path.read_bytes() == b"as it was"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"tbx", "tbx2"}))
def test_an_empty_glossary_is_an_empty_dictionary(tmp_path, name):
    assert Glossary().export(tmp_path / NAMES[name], name) == 0


def test_progress_is_told(tmp_path):
    told = []

    def progress(items, label, total):
        told.append((label, total))
        return items

    GLOSSARY.export(tmp_path / "a.csv", progress=progress)
    assert told == [("export", len(GLOSSARY))]


@pytest.mark.parametrize(
    ("name", "option"),
    [("csv", "title"), ("jsonl", "title"), ("jieba", "title"), ("tbx", "base"), ("anki", "syntax")],
)
def test_an_option_that_a_format_has_no_use_for_is_told(tmp_path, name, option):
    path = tmp_path / NAMES[name]
    with pytest.raises(ValueError, match=f"{name} has no use for {option}, which is for .*skos"):
        GLOSSARY.export(path, name, **{option: "turtle"})
    assert not path.exists()
