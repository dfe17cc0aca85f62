"""The shipped terms: whole, checked, in our own words."""

import tomllib

import pytest
from conftest import SHARED

import glossary
from glossary.paths import terms_directory
from glossary.store import parse_toml, toml_files
from glossary.text import is_han, simplify
from glossary.validation import validate

FILES = toml_files(terms_directory())
TERMS = [(file, term) for file in FILES for term in parse_toml(file).term]
REPORTS = sorted((SHARED / "reports").glob("*.txt"))
# A run of so many characters is a sentence of the report's, no name and no number.
_RUN = 20


def han(text):
    return "".join(filter(is_han, simplify(text)))


def runs(text):
    return {text[at : at + _RUN] for at in range(len(text) - _RUN + 1)}


def test_no_problem_is_left():
    assert [f"{p.path} {p.code} {p.headword} {p.detail}" for p in validate(terms_directory())] == []


def test_every_file_says_how_it_was_checked():
    for file in FILES:
        assert file.read_text(encoding="utf-8").startswith("# "), file


def test_a_definition_says_what_it_is():
    for file, term in TERMS:
        if term.definition:
            assert not term.definition.startswith(term.headword), (file, term.headword)
            assert 8 <= len(term.definition) <= 160, (file, term.headword)


@pytest.mark.skipif(not REPORTS, reason="../shared/reports is not here")
def test_no_definition_is_a_sentence_of_a_report():
    copied = set().union(*(runs(han(path.read_text(encoding="utf-8"))) for path in REPORTS))
    found = []
    for file, term in TERMS:
        said = term.definition or ""
        for member in sorted(term.members, key=len, reverse=True):
            said = said.replace(member, " ")
        found += [
            (file.stem, term.headword, run) for part in said.split() for run in runs(han(part)) & copied
        ]
    assert found == []


def test_the_terms_are_the_built_in_glossary():
    g = glossary.load()
    for _, term in TERMS:
        entry = g.lookup(term.headword)
        assert entry is not None
        assert term.definition is None or term.definition in {sense.definition for sense in entry.senses}


def test_every_term_is_found_where_it_stands_alone():
    g = glossary.load()
    text = "。\n\n".join(term.headword for _, term in TERMS)
    found = {mention.surface for mention in g.annotate(text)}
    assert [term.headword for _, term in TERMS if term.headword not in found] == []


def test_readings_hold_no_term():
    assert "term" in tomllib.loads((terms_directory() / "readings.toml").read_text(encoding="utf-8"))
