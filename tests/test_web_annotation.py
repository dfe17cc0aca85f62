"""Mentions as W3C Web Annotations."""

import json

from hypothesis import given
from hypothesis import strategies as st

import glossary
from glossary.render.web_annotation import web_annotations

texts = st.text("推进一网通办𠮷，\n“”", max_size=40)
G = glossary.Glossary.from_headwords(["一网通办", "𠮷一网"])


def test_a_page_of_annotations():
    page = glossary.load().annotate("𠮷建一网通办").to_jsonld(source="https://example.org/a.txt")
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    (item,) = page["items"]
    assert item["type"] == "Annotation"
    assert item["target"]["source"] == "https://example.org/a.txt"
    assert [body["purpose"] for body in item["body"]] == ["identifying", "classifying", "describing"]
    position, quotation = item["target"]["selector"]
    assert (position["start"], position["end"]) == (2, 6)
    assert (position["utf16Start"], position["utf16End"]) == (3, 7)
    assert quotation["exact"] == "一网通办"


def test_a_text_without_an_address_is_named_by_what_it_says():
    one, other = (G.annotate(text).to_jsonld()["id"] for text in ("一网通办", "一网通办。"))
    assert one.startswith("ni:///sha-256;")
    assert one != other


@given(texts)
def test_positions_and_quotations_lead_to_the_mention(text):
    annotation = G.annotate(text, overlap="all")
    page = json.loads(json.dumps(web_annotations(text, annotation.mentions)))
    units = text.encode("utf-16-le")
    assert len({item["id"] for item in page["items"]}) == len(annotation)
    for item, mention in zip(page["items"], annotation, strict=True):
        position, quotation = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == mention.surface
        assert (
            units[2 * position["utf16Start"] : 2 * position["utf16End"]].decode("utf-16-le")
            == mention.surface
        )
        around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
        assert around in text
