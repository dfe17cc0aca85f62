"""TBX, in which term bases are exchanged: ISO 30042:2019, dialect TBX-Basic; and the edition of 2008 for older programs.

Style DCA (the category is an attribute): one namespace, and the same categories as in 2008, so one writer does for both.
What TBX-Basic has no category for (reading, members, year …) stands in notes that begin with a label of `NOTES`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.sax.saxutils import quoteattr

import msgspec

from glossary.errors import DataError
from glossary.export.settings import Settings, walk
from glossary.folding import key_of
from glossary.model import Entry, Sense, Source
from glossary.render.terms import KIND_LABELS, cite
from glossary.text import script_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NOTES", "OURS", "write", "write_2008"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Who wrote the file, in its header: of our own files every blank and line break is meant.
OURS = "policy-glossary"
NOTES = {
    "reading": "读音：",
    "members": "包括：",
    "place": "位置：",
    "since": "始用年份：",
    "citation": "始见：",
    "issuer": "始见发布者：",
    "cited": "始见年份：",
    "obsolete": "现已不用",
    "another": "另一义",
}


class Names(NamedTuple):
    """What an edition of the standard calls its elements."""

    root: str
    attributes: str
    header: str
    encoding: str
    concept: str
    language: str
    term: str
    references: str


_2019 = Names(
    "tbx",
    'xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca"',
    "tbxHeader",
    "",
    "conceptEntry",
    "langSec",
    "termSec",
    "refObjectSec",
)
_2008 = Names(
    "martif",
    'type="TBX-Basic"',
    "martifHeader",
    '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>',
    "termEntry",
    "langSet",
    "tig",
    "refObjectList",
)


def write(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write entries as TBX-Basic of 2019 (v3); return how many.

    Raises:
        DataError: an entry holds a character that XML forbids, or there is no entry, which the schema forbids.
    """
    return _write(entries, stream, settings, _2019)


def write_2008(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings) -> int:
    """Write entries as TBX-Basic of 2008 (v2); return how many.

    Raises:
        DataError: an entry holds a character that XML forbids, or there is no entry, which the schema forbids.
    """
    return _write(entries, stream, settings, _2008)


def _write(entries: Mapping[str, Entry], stream: BinaryIO, settings: Settings, names: Names) -> int:
    if not entries:
        raise DataError("the glossary is empty, and TBX wants one entry at least. Export another glossary.")
    from lxml import etree

    def put(element: _Element) -> None:
        stream.write(etree.tostring(element, encoding="utf-8", pretty_print=True))

    header = etree.Element(names.header)
    description = etree.SubElement(header, "fileDesc")
    _child(_child(description, "titleStmt"), "title", settings.title)
    _child(_child(description, "sourceDesc"), "p", OURS)
    if names.encoding:
        header.append(etree.fromstring(names.encoding))
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f"<{names.root} {names.attributes} xml:lang={quoteattr('zh')}>\n".encode())
    put(header)
    stream.write(b"<text>\n<body>\n")
    known = {key_of(headword): headword for headword in entries}
    sources: dict[Source, str] = {}
    count = 0
    for entry in walk(entries, settings):
        try:
            put(_concept(entry, names, known, sources))
        except ValueError as error:
            # lxml refuses what XML 1.0 has no way to write: control characters, halves of characters
            raise DataError(
                f"{entry.headword}: holds {_forbidden(entry)}, which XML cannot hold. "
                "Take it out, or export to csv or jsonl."
            ) from error
        count += 1
    stream.write(b"</body>\n")
    if sources:
        stream.write(b"<back>\n")
        put(_references(sources, names))
        stream.write(b"</back>\n")
    stream.write(f"</text>\n</{names.root}>\n".encode())
    return count


def _child(parent: _Element, tag: str, text: str | None = None, **attributes: str) -> _Element:
    from lxml import etree

    child = etree.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _concept(entry: Entry, names: Names, known: Mapping[str, str], sources: dict[Source, str]) -> _Element:
    from lxml import etree

    concept = etree.Element(names.concept, id=_id("c", entry.headword))
    _child(concept, "descrip", KIND_LABELS[entry.kind], type="subjectField")
    for name in entry.related:
        target = known.get(key_of(name))
        linked = {"target": _id("c", target)} if target else {}
        _child(concept, "ref", name, type="crossReference", **linked)
    chinese = _child(concept, names.language)
    chinese.set(XML_LANG, "zh-Hant" if script_of(entry.headword) == "hant" else "zh-Hans")
    for sense in entry.senses:
        _describe(chinese, sense, sources)
    obsolete = bool(entry.senses) and all(sense.obsolete for sense in entry.senses)
    status = "supersededTerm-admn-sts" if obsolete else "preferredTerm-admn-sts"
    head = _term(chinese, entry.headword, status, names)
    if entry.reading:
        _child(head, "note", NOTES["reading"] + entry.reading)
    for variant in entry.variants:
        _term(chinese, variant, "admittedTerm-admn-sts", names, "variant")
    if entry.english:
        english = _child(concept, names.language)
        english.set(XML_LANG, "en")
        _term(english, entry.english, "preferredTerm-admn-sts", names)
    return concept


def _term(section: _Element, written: str, status: str, names: Names, kind: str | None = None) -> _Element:
    term = _child(section, names.term)
    _child(term, "term", written)
    _child(term, "termNote", status, type="administrativeStatus")
    if kind:
        _child(term, "termNote", kind, type="termType")
    return term


def _describe(section: _Element, sense: Sense, sources: dict[Source, str]) -> None:
    """Write a sense: a group of its definition, where it has none of its source, where it has neither its notes alone.

    An empty definition, as a place for the source, would be one in the programs of others.
    """
    notes = list(_notes(sense))
    if sense.definition:
        group = _child(section, "descripGrp")
        _child(group, "descrip", sense.definition, type="definition")
    elif sense.source:
        group = _child(section, "adminGrp")
    else:
        group = section
        if notes and len(section) and section[-1].tag == "note":
            _child(section, "note", NOTES["another"])
    if sense.source:
        whole = msgspec.structs.replace(sense.source, place=None)
        target = sources.setdefault(whole, _id("s", msgspec.json.encode(whole).decode()))
        _child(group, "admin", cite(sense.source), type="source", target=target)
    for text in notes:
        _child(group, "note", text)


def _notes(sense: Sense) -> Iterator[str]:
    for member in sense.members:
        yield NOTES["members"] + member
    if sense.source and sense.source.place is not None:
        yield NOTES["place"] + sense.source.place
    if sense.since is not None:
        yield f"{NOTES['since']}{sense.since}"
    if sense.citation:
        yield NOTES["citation"] + sense.citation.title
        if sense.citation.issuer is not None:
            yield NOTES["issuer"] + sense.citation.issuer
        if sense.citation.year is not None:
            yield f"{NOTES['cited']}{sense.citation.year}"
    if sense.obsolete:
        yield NOTES["obsolete"]


def _references(sources: Mapping[Source, str], names: Names) -> _Element:
    """Write the sources once each, in the back matter, with what a citation in words can't give back."""
    from lxml import etree

    section = etree.Element(names.references, type="bibl")
    for source, target in sorted(sources.items(), key=lambda pair: (pair[0].id, pair[1])):
        item = _child(section, "refObject", id=target)
        for field, value in msgspec.to_builtins(source).items():
            if value is not None:
                _child(item, "item", str(value), type=field)
    return section


def _id(letter: str, text: str) -> str:
    """Make an id of what it stands for: the same in every export, and a name that XML allows."""
    return letter + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _forbidden(entry: Entry) -> str:
    written = msgspec.to_builtins(entry)
    for char in sorted(set(_characters(written))):
        code = ord(char)
        if (code < 32 and char not in "\t\n\r") or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
            return f"the character U+{code:04X}"
    return "a character"


def _characters(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _characters(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _characters(part)
