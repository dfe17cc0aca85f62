"""SKOS, in which vocabularies are put on the web: Turtle or JSON-LD, through rdflib.

A graph of 300,000 entries would take gigabytes, so entries are made graphs of and written by the thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date as Date
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

import msgspec

from glossary.errors import MissingExtraError
from glossary.export.settings import Settings, walk
from glossary.folding import key_of
from glossary.model import KINDS, Entry, Source
from glossary.render.terms import KIND_LABELS, Term, cite
from glossary.text import script_of

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["iri", "write"]

_AT_ONCE = 1000


def iri(base: str, path: str) -> str:
    """Make an address of a name: hanzi stay, and what an address may not hold is written by its number.

    >>> iri("https://example.org/terms/", "“1+X” A/B")
    'https://example.org/terms/“1+X”%20A%2FB'
    """
    return (base or "#") + "".join(
        char if _may_stand(char) else quote(char.encode("utf-8", "surrogatepass"), safe="") for char in path
    )


def _may_stand(char: str) -> bool:
    # RFC 3987: letters and marks of any script; what is blank or not seen would not survive copying
    return (char.isascii() and char.isalnum()) or char in "-._~+" or (char > "\xa0" and char.isprintable())


def write(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write entries as concepts of one scheme, each below the concept of its kind; return how many.

    Raises:
        MissingExtraError: rdflib is not installed.
    """
    try:
        from rdflib import Graph
    except ImportError:
        raise MissingExtraError(
            'the format skos needs rdflib. Install it with: pip install "policy-glossary[export]"'
        ) from None

    vocabulary = _Vocabulary(settings, {key_of(headword): headword for headword in entries})
    put = _turtle(stream) if settings.syntax == "turtle" else _json_ld(stream)
    graph = Graph(bind_namespaces="none")
    vocabulary.describe(graph)
    put(graph, False)
    count = 0
    walking = walk(entries, settings)
    while chunk := list(islice(walking, _AT_ONCE)):
        graph = Graph(bind_namespaces="none")
        for entry in chunk:
            vocabulary.add(graph, entry)
        put(graph, False)
        count += len(chunk)
    put(Graph(bind_namespaces="none"), True)
    return count


class _Vocabulary:
    """What entries become: triples of concepts, of the scheme they are in, and of the sources they share."""

    def __init__(self, settings: Settings, known: Mapping[str, str]) -> None:
        from rdflib import URIRef

        self._settings = settings
        self._known = known
        self._sources: set[str] = set()
        # the scheme's own address is the base itself
        self._scheme = URIRef(settings.base or "#")

    def describe(self, graph: Graph) -> None:
        """Add the scheme and the kinds, which are its top concepts."""
        from rdflib import DCTERMS, RDF, SKOS, Literal

        graph.add((self._scheme, RDF.type, SKOS.ConceptScheme))
        graph.add((self._scheme, DCTERMS.title, Literal(self._settings.title, lang="zh")))
        for kind in KINDS:
            concept = self._named("kind/", kind)
            graph.add((concept, RDF.type, SKOS.Concept))
            graph.add((concept, SKOS.prefLabel, Literal(KIND_LABELS[kind], lang="zh-Hans")))
            graph.add((concept, SKOS.prefLabel, Literal(kind, lang="en")))
            graph.add((concept, SKOS.inScheme, self._scheme))
            graph.add((concept, SKOS.topConceptOf, self._scheme))

    def _named(self, folder: str, name: str) -> Any:
        from rdflib import URIRef

        # a slash in a headword is written %2F: no headword can take the address of a kind or a source
        return URIRef(iri(self._settings.base, "") + folder + iri("#", name)[1:])

    def add(self, graph: Graph, entry: Entry) -> None:
        """Add an entry, and the sources that no entry before it cites."""
        from rdflib import DCTERMS, OWL, RDF, SKOS, Literal

        concept = self._named("", entry.headword)
        chinese = "zh-Hant" if script_of(entry.headword) == "hant" else "zh-Hans"

        def say(predicate: Any, text: str, lang: str = chinese) -> None:
            graph.add((concept, predicate, _literal(text, lang)))

        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, self._scheme))
        graph.add((concept, SKOS.broader, self._named("kind/", entry.kind)))
        say(SKOS.prefLabel, entry.headword)
        if entry.english:
            say(SKOS.prefLabel, entry.english, "en")
        if entry.reading:
            say(SKOS.prefLabel, entry.reading, "zh-Latn-pinyin")
        # SKOS S13: a label is preferred or alternative, not both
        for variant in dict.fromkeys(entry.variants):
            if variant != entry.headword:
                say(SKOS.altLabel, variant)
        for name in entry.related:
            other = self._known.get(key_of(name))
            if other and other != entry.headword:
                graph.add((concept, SKOS.related, self._named("", other)))
        for sense in entry.senses:
            term = Term(entry, sense, ())
            if sense.definition:
                say(SKOS.definition, sense.definition)
            if term.members:
                say(SKOS.note, f"包括：{term.members}")
            if term.origin:
                say(SKOS.historyNote, term.origin)
            if sense.source:
                graph.add((concept, DCTERMS.source, self._source(graph, sense.source)))
        if entry.senses and all(sense.obsolete for sense in entry.senses):
            graph.add((concept, OWL.deprecated, Literal(True)))

    def _source(self, graph: Graph, source: Source) -> Any:
        from rdflib import DCTERMS, RDF, XSD, Literal

        whole = msgspec.structs.replace(source, place=None)
        named = self._named("source/", source.id)
        if source.id not in self._sources:
            self._sources.add(source.id)
            graph.add((named, RDF.type, DCTERMS.BibliographicResource))
            graph.add((named, DCTERMS.identifier, Literal(source.id)))
            graph.add((named, DCTERMS.bibliographicCitation, _literal(cite(whole), "zh")))
            if source.title:
                graph.add((named, DCTERMS.title, _literal(source.title, "zh")))
            if source.region:
                graph.add((named, DCTERMS.spatial, _literal(source.region, "zh")))
            if source.date:
                # of a glossary made by hand it may be anything
                kind = XSD.date if _is_date(source.date) else None
                graph.add((named, DCTERMS.issued, Literal(source.date, datatype=kind)))
            elif source.year:
                graph.add((named, DCTERMS.issued, Literal(f"{source.year:04}", datatype=XSD.gYear)))
        return named


def _is_date(written: str) -> bool:
    try:
        return Date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _literal(text: str, lang: str) -> Any:
    from rdflib import Literal

    # rdflib writes a question mark for half a character: an error is better
    text.encode()
    return Literal(text, lang=lang)


def _prefixes() -> Iterator[tuple[str, str]]:
    from rdflib import DCTERMS, OWL, SKOS, XSD

    for name, namespace in (("dcterms", DCTERMS), ("owl", OWL), ("skos", SKOS), ("xsd", XSD)):
        yield name, str(namespace)


def _turtle(stream: BinaryIO) -> Callable[[Graph, bool], None]:
    """Write graphs one behind the other; the prefixes, which each graph declares, stand once."""
    declared = "".join(f"@prefix {name}: <{address}> .\n" for name, address in _prefixes())
    stream.write(f"{declared}\n".encode())

    def put(graph: Graph, last: bool) -> None:
        for name, address in _prefixes():
            graph.bind(name, address)
        written = graph.serialize(format="turtle")
        lines = written.split("\n")
        while lines and (lines[0].startswith("@prefix") or not lines[0]):
            lines.pop(0)
        if lines:
            stream.write("\n".join(lines).encode())

    return put


def _json_ld(stream: BinaryIO) -> Callable[[Graph, bool], None]:
    """Write the nodes of graphs into one list, a node a line, sorted in each graph."""
    import json

    context = dict(_prefixes())
    stream.write(f'{{"@context": {json.dumps(context)},\n"@graph": ['.encode())
    count = 0

    def put(graph: Graph, last: bool) -> None:
        nonlocal count
        if last:
            stream.write(b"\n]}\n")
            return
        made = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
        made.pop("@context", None)
        # a graph of one node is written as the node alone
        for node in sorted(made.get("@graph", [made]), key=lambda node: str(node["@id"])):
            stream.write(b",\n" if count else b"\n")
            stream.write(json.dumps(_sorted(node), ensure_ascii=False, sort_keys=True).encode())
            count += 1

    return put


def _sorted(node: dict[str, Any]) -> dict[str, Any]:
    """Put the values of a property in order: a graph has none, and the same glossary must give the same file."""
    import json

    return {
        key: sorted(value, key=lambda one: json.dumps(one, sort_keys=True))
        if isinstance(value, list)
        else value
        for key, value in node.items()
    }
