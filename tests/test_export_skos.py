"""SKOS: read back by rdflib, in both syntaxes one graph, and true to the rules of SKOS."""

import pytest
from hostile import GLOSSARY, LONG, MARKS
from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from glossary.dictionary import Glossary
from glossary.export import skos
from glossary.export.skos import iri
from glossary.model import Entry, Sense, Source

# rdflib's own reader of JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
BASE = "https://example.org/terms/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("skos") / "a.ttl"
    GLOSSARY.export(path, base=BASE)
    return Graph().parse(path)


def concept(headword):
    return URIRef(iri(BASE, headword))


def said(graph, headword, predicate):
    return set(graph.objects(concept(headword), predicate))


def test_a_concept(graph):
    assert said(graph, "一网通办", SKOS.prefLabel) == {
        Literal("一网通办", lang="zh-Hans"),
        Literal("one-stop, “online” <services>", lang="en"),
        Literal("yī wǎng tōng bàn", lang="zh-Latn-pinyin"),
    }
    assert said(graph, "一网通办", SKOS.definition) == {
        Literal(MARKS, lang="zh-Hans"),
        Literal("第一段\n第二段\t完。", lang="zh-Hans"),
    }
    assert said(graph, "一网通办", SKOS.broader) == {URIRef(f"{BASE}kind/initiative")}
    # what is not in the glossary has no address
    assert said(graph, "一网通办", SKOS.related) == {concept("双随机、一公开")}
    assert said(graph, "旧词", OWL.deprecated) == {Literal(True)}
    assert said(graph, "長詞", SKOS.definition) == {Literal(LONG, lang="zh-Hant")}
    assert "包括：第一|项、第二、项" not in str(said(graph, "一网通办", SKOS.note))


def test_a_source_stands_once_with_what_is_known_of_it(graph):
    first, second = sorted(graph.subjects(RDF.type, DCTERMS.BibliographicResource))
    assert str(first) == f"{BASE}source/b%2F2024%20%5Cx"
    assert str(graph.value(first, DCTERMS.issued)) == "2024"
    assert str(graph.value(second, DCTERMS.title)) == "甲区<报告> & “附件”"
    assert str(graph.value(second, DCTERMS.issued)) == "2023-01-06"
    assert said(graph, "一网通办", DCTERMS.source) == {first, second}


def test_the_integrity_conditions_of_skos(graph):
    for subject in graph.subjects(RDF.type, SKOS.Concept):
        preferred = [label.language for label in graph.objects(subject, SKOS.prefLabel)]
        assert len(preferred) == len(set(preferred))  # S14
        labels = set(graph.objects(subject, SKOS.prefLabel))
        assert not labels & set(graph.objects(subject, SKOS.altLabel))  # S13
        assert not set(graph.objects(subject, SKOS.related)) & set(
            graph.objects(subject, SKOS.broader)
        )  # S27


def test_both_syntaxes_say_the_same(tmp_path):
    GLOSSARY.export(tmp_path / "a.ttl")
    GLOSSARY.export(tmp_path / "a.jsonld")
    turtle = Graph().parse(tmp_path / "a.ttl", publicID=BASE)
    json_ld = Graph().parse(tmp_path / "a.jsonld", publicID=BASE)
    assert len(turtle) > 50
    assert isomorphic(turtle, json_ld)
    # without a base, addresses are places in the file
    assert (URIRef(f"{BASE}#一网通办"), RDF.type, SKOS.Concept) in turtle


def test_the_syntax_may_be_said(tmp_path):
    GLOSSARY.export(tmp_path / "a.txt", "skos", syntax="json-ld", base=BASE)
    assert len(Graph().parse(tmp_path / "a.txt", format="json-ld")) > 50


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_graphs_written_one_behind_the_other_are_one(tmp_path, monkeypatch, suffix, graph):
    monkeypatch.setattr(skos, "_AT_ONCE", 1)
    path = tmp_path / f"a.{suffix}"
    GLOSSARY.export(path, base=BASE)
    assert isomorphic(Graph().parse(path), graph)


def test_one_entry(tmp_path):
    Glossary.from_headwords(["雪亮"]).export(tmp_path / "a.jsonld", base=BASE)
    assert (concept("雪亮"), RDF.type, SKOS.Concept) in Graph().parse(tmp_path / "a.jsonld")


def test_no_headword_takes_the_address_of_a_kind(tmp_path):
    Glossary.from_headwords(["kind/brand", "a b", "“引”"]).export(tmp_path / "a.ttl", base=BASE)
    graph = Graph().parse(tmp_path / "a.ttl")
    found = {str(subject) for subject in graph.subjects(SKOS.broader, URIRef(f"{BASE}kind/other"))}
    assert found == {f"{BASE}kind%2Fbrand", f"{BASE}a%20b", f"{BASE}“引”"}


@pytest.mark.parametrize(
    ("source", "issued"),
    [
        (Source(id="r", date="2023-01-06", year=2023), Literal("2023-01-06", datatype=XSD.date)),
        # what is no date is not said to be one
        (Source(id="r", date="2023/1/6"), Literal("2023/1/6")),
        (Source(id="r", date="20230106"), Literal("20230106")),
        (Source(id="r", date="去年", year=2023), Literal("去年")),
        (Source(id="r", year=2023), Literal("2023", datatype=XSD.gYear)),
    ],
)
def test_when_a_source_was_issued(tmp_path, caplog, source, issued):
    path = tmp_path / "a.ttl"
    Glossary([Entry(headword="雪亮", senses=(Sense(source=source),))]).export(path, base=BASE)
    assert list(Graph().parse(path).objects(None, DCTERMS.issued)) == [issued]
    # rdflib logs what it cannot read
    assert caplog.text == ""
