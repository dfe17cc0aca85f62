"""The spaCy component: mentions as spans of tokens, and a config that makes it anew."""

import json

import pytest

spacy = pytest.importorskip("spacy")

from glossary.dictionary import Glossary  # noqa: E402
from glossary.errors import DataError  # noqa: E402

TEXT = "推進「一網通辦」，一网通办，建设雪亮工程。"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    file = tmp_path_factory.mktemp("spacy") / "terms.toml"
    file.write_text(
        '[source]\nid = "a"\n[[term]]\nheadword = "一网通办"\nkind = "initiative"\n'
        '[[term]]\nheadword = "雪亮工程"\nkind = "brand"\n[[term]]\nheadword = "APP+"\n',
        encoding="utf-8",
    )
    return file


def pipeline(path, **config):
    nlp = spacy.blank("zh")
    nlp.add_pipe("glossary", config={"path": str(path), **config})
    return nlp


def test_spans_are_the_mentions(path):
    doc = pipeline(path)(TEXT)
    assert [
        (span.start_char, span.end_char, span.text, span.label_, span.id_, span.kb_id_)
        for span in doc.spans["glossary"]
    ] == [
        (mention.start, mention.end, mention.surface, mention.entry.kind, headword, headword)
        for mention in Glossary.open(path).annotate(TEXT)
        for headword in [mention.entry.headword]
    ]
    assert doc.text == TEXT


def test_region_and_year_are_told_to_the_glossary(path, monkeypatch):
    told = []
    monkeypatch.setattr(Glossary, "annotate", lambda self, text, **how: told.append(how) or ())
    pipeline(path, region="上海市", year=2023)(TEXT)
    assert told == [{"region": "上海市", "year": 2023}]


def test_the_built_in_glossary_is_the_default():
    nlp = spacy.blank("zh")
    nlp.add_pipe("glossary")
    doc = nlp(TEXT)
    assert doc.spans["glossary"][0].id_ == "一网通办"


@pytest.mark.parametrize(
    ("alignment", "texts"),
    [("expand", ["一网通办平台", "工程雪亮工程"]), ("contract", []), ("strict", [])],
)
def test_a_mention_that_cuts_a_token(path, alignment, texts):
    from spacy.tokens import Doc

    nlp = pipeline(path, alignment=alignment)
    words = ["推进", "一网通办平台", "，", "工程雪亮工程"]
    doc = nlp.get_pipe("glossary")(Doc(nlp.vocab, words, spaces=[False] * 4))
    assert [span.text for span in doc.spans["glossary"]] == texts


def test_two_mentions_in_one_token_are_one_span(path):
    from spacy.tokens import Doc

    nlp = pipeline(path)
    doc = nlp.get_pipe("glossary")(Doc(nlp.vocab, ["一网通办、一网通办"], spaces=[False]))
    assert [span.text for span in doc.spans["glossary"]] == ["一网通办、一网通办"]


def test_the_config_makes_it_anew(path, tmp_path):
    nlp = pipeline(path, spans_key="terms")
    json.dumps(nlp.config)
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again.config["components"]["glossary"]["path"] == str(path)
    doc = again(TEXT)
    assert [span.id_ for span in doc.spans["terms"]] == ["一网通办", "一网通办", "雪亮工程"]


def test_spans_go_with_the_document(path):
    from spacy.tokens import Doc

    nlp = pipeline(path)
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(s.text, s.label_, s.id_) for s in again.spans["glossary"]] == [
        (s.text, s.label_, s.id_) for s in doc.spans["glossary"]
    ]


def test_many_documents(path):
    docs = list(pipeline(path).pipe([TEXT, "", "没有"]))
    assert [len(doc.spans["glossary"]) for doc in docs] == [3, 0, 0]


def test_a_glossary_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        pipeline(tmp_path / "missing.glossary")


def test_an_alignment_that_there_is_not(path):
    with pytest.raises(ValueError, match="alignment"):
        pipeline(path, alignment="near")
