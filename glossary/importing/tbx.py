"""TBX of either edition and either style becomes entries.

A term base is somebody else's file: entities are not expanded, no DTD is read, and the network is left alone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from glossary.errors import DataError
from glossary.export.tbx import NOTES, OURS, XML_LANG
from glossary.importing.tidying import dated
from glossary.model import Citation, Entry, Kind, Sense, Source
from glossary.paths import opening
from glossary.render.terms import KIND_LABELS, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["load_tbx"]

_KINDS: dict[str, Kind] = {label: kind for kind, label in KIND_LABELS.items()}
_CONCEPTS = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
# The codes of ISO 639 for Chinese and for Mandarin, with a script or a region behind them or none: zh-Hans, cmn_TW.
_CHINESE = re.compile("(?:zh|zho|chi|cmn)(?![a-z])")
_ENGLISH = re.compile("(?:en|eng)(?![a-z])")
# What is named by its id, until all ids are known; no XML holds this character.
_TARGET = "\0"
# How administrative statuses begin, best first; a term without one comes after those that are preferred.
_STATUSES = ("preferred", "", "admitted", "superseded", "deprecated")
_logger = logging.getLogger(__name__)


def load_tbx(path: Path) -> list[Entry]:
    """Read the concepts of a term base that have a term in Chinese; a warning is logged of how many have none.

    Raises:
        DataError: the file is missing, no XML, no TBX, uses entities, or has no Chinese term.
    """
    from lxml import etree

    with opening(path, "a TBX file"), path.open("rb") as stream:
        reader = _Reader(path)
        events = etree.iterparse(stream, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for _, element in events:
                reader.take(element)
        except etree.XMLSyntaxError as error:
            raise DataError(f"{path}: is no XML: {error.msg}. Export it anew.") from None
    return reader.entries()


class _Term(NamedTuple):
    """A term, its administrative status, and its type."""

    text: str
    status: str
    kind: str


class _Reader:
    """What is gathered of a file while its elements end, one after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._concepts = 0
        self._languages: set[str] = set()
        self._found: list[Entry] = []
        self._heads: dict[str, str] = {}
        self._sources: dict[str, Source] = {}
        self._ours = False
        self._is_tbx = False

    def take(self, element: _Element) -> None:
        """Take an element that has ended; what is done with is let go, so that a large file takes little room."""
        tag = _name(element)
        if tag in ("tbx", "martif", "TBX"):
            self._is_tbx = True
        elif tag == "sourceDesc":
            self._ours = self._ours or OURS in "".join(element.itertext())
        elif tag in _CONCEPTS:
            self._refuse_entities(element)
            self._concepts += 1
            entry = self._entry(element)
            if entry:
                self._found.append(entry)
                if element.get("id"):
                    self._heads[element.get("id", "")] = entry.headword
            else:
                self._languages.update(map(_language, _sections(element)))
            element.clear()
            while element.getprevious() is not None:
                parent = element.getparent()
                if parent is None:
                    break
                del parent[0]
        elif tag == "refObject" and element.get("id"):
            self._source(element)

    def entries(self) -> list[Entry]:
        """Return the entries, now that what they refer to is known.

        Raises:
            DataError: it was no TBX, or has nothing in Chinese.
        """
        if not self._is_tbx:
            raise DataError(f"{self._path}: is XML, but no TBX. Name a term base.")
        if not self._found:
            raise DataError(
                f"{self._path}: has no term in Chinese (xml:lang zh…) among its {self._concepts} concepts "
                f"({self._others()}). Name a term base with Chinese."
            )
        left_out = self._concepts - len(self._found)
        if left_out:
            _logger.warning(
                "%s: %d of %d concepts have no term in Chinese and are left out (%s).",
                *(self._path, left_out, self._concepts, self._others()),
            )
        return [self._resolved(entry) for entry in self._found]

    def _others(self) -> str:
        named = sorted(filter(None, self._languages))
        return f"xml:lang {', '.join(named[:9])}{' …' * (len(named) > 9)}" if named else "no xml:lang"

    def _refuse_entities(self, concept: _Element) -> None:
        from lxml import etree

        for entity in concept.iter(etree.Entity):
            raise DataError(
                f"{self._path}: line {entity.sourceline}: {entity.text} is an entity, and none is expanded. "
                "Write its characters."
            )

    def _text(self, element: _Element) -> str:
        text = "".join(element.itertext())
        # others break and indent the lines of a text as they please
        return text if self._ours else one_line(text)

    def _entry(self, concept: _Element) -> Entry | None:
        chinese = [section for section in _sections(concept) if _CHINESE.match(_language(section))]
        english = [section for section in _sections(concept) if _ENGLISH.match(_language(section))]
        written = self._terms(chinese)
        if not written:
            return None
        best = min(written, key=_rank)
        written.remove(best)
        translated = self._terms(english)
        # the standard of 2008 lets a definition stand on any level
        levels = [concept, *chinese, *(child for s in chinese for child in s if _name(child) in _TERMS)]
        return Entry(
            headword=best.text,
            reading=self._noted("reading", (n for s in chinese for n in _named(s, "note")), ""),
            kind=next(
                (_KINDS[said] for said in self._said(concept, "subjectField") if said in _KINDS), "other"
            ),
            variants=tuple(term.text for term in written),
            senses=tuple(sense for level in levels for sense in self._senses(level)),
            english=min(translated, key=_rank).text if translated else None,
            related=tuple(self._referred(concept)),
        )

    def _terms(self, sections: Iterable[_Element]) -> list[_Term]:
        """List the terms of sections, with what is said of each."""
        found = []
        for section in sections:
            for term in _named(section, "term"):
                text = self._text(term)
                if text.strip():
                    found.append(_Term(text, _noted(term, "administrativeStatus"), _noted(term, "termType")))
        return found

    def _said(self, element: _Element, category: str) -> Iterator[str]:
        for child in element.iter():
            if _category(child) == category:
                yield self._text(child)

    def _referred(self, concept: _Element) -> Iterator[str]:
        for child in concept:
            if _category(child) == "crossReference":
                # without a name, who is meant is told when all have been read
                yield self._text(child) or f"{_TARGET}{child.get('target', '')}"

    def _senses(self, level: _Element) -> Iterator[Sense]:
        # what says nothing of a term (other groups, other notes) makes an empty one
        return (sense for parts in self._parts(level) if (sense := self._sense(parts)) != Sense())

    def _parts(self, level: _Element) -> Iterator[list[_Element]]:
        """Yield what makes a sense each: a group or a definition alone, or the notes that follow each other."""
        notes: list[_Element] = []
        for child in level:
            if _name(child) == "note" and self._text(child) != NOTES["another"]:
                notes.append(child)
                continue
            yield notes
            notes = []
            if _category(child) == "definition":
                yield [child]
            elif _name(child) in ("descripGrp", "adminGrp"):
                parts = list(child.iter())
                # a context or an example has a source of its own
                if _name(child) == "adminGrp" or "definition" in map(_category, parts):
                    yield parts
        yield notes

    def _sense(self, parts: list[_Element]) -> Sense:
        definition = next((self._text(part) for part in parts if _category(part) == "definition"), None)
        notes = [part for part in parts if _name(part) == "note"]
        members = (self._label("members", note) for note in notes)
        citation = self._noted("citation", notes, None)
        cited = next((part for part in parts if _category(part) == "source"), None)
        source = None
        if cited is not None:
            place = self._noted("place", notes, None)
            target = cited.get("target")
            source = Source(id=f"{_TARGET}{target}" if target else self._text(cited), place=place)
        return Sense(
            definition=definition or None,
            members=tuple(member for member in members if member is not None),
            source=source if source and source.id else None,
            since=_year(self._noted("since", notes, None)),
            citation=Citation(
                title=citation,
                issuer=self._noted("issuer", notes, None),
                year=_year(self._noted("cited", notes, None)),
            )
            if citation is not None
            else None,
            obsolete=any(self._text(note) == NOTES["obsolete"] for note in notes),
        )

    def _label(self, label: str, note: _Element) -> str | None:
        text = self._text(note)
        return text[len(NOTES[label]) :] if text.startswith(NOTES[label]) else None

    def _noted(self, label: str, notes: Iterable[_Element], default: Any) -> Any:
        return next((said for note in notes if (said := self._label(label, note)) is not None), default)

    def _source(self, reference: _Element) -> None:
        items = {item.get("type"): item for item in _named(reference, "item")}
        said = {field: self._text(items[field]) for field in Source.__struct_fields__ if field in items}
        # others' references say what they like of people and books
        if said.get("id"):
            fields: dict[str, Any] = dict(said)
            if "year" in said:
                fields["year"] = _year(said["year"])
            if "date" in said:
                fields["date"] = dated(said["date"], f"{self._path}: line {items['date'].sourceline}")
            self._sources[reference.get("id", "")] = Source(**fields)

    def _resolved(self, entry: Entry) -> Entry:
        senses = tuple(
            msgspec.structs.replace(sense, source=self._cited(sense.source)) for sense in entry.senses
        )
        named = (
            self._heads.get(name[1:], "") if name.startswith(_TARGET) else name for name in entry.related
        )
        return msgspec.structs.replace(entry, senses=senses, related=tuple(filter(None, named)))

    def _cited(self, source: Source | None) -> Source | None:
        if source is None or not source.id.startswith(_TARGET):
            return source
        known = self._sources.get(source.id[1:])
        return msgspec.structs.replace(known or Source(id=source.id[1:]), place=source.place)


def _name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for what is none (comments, entities)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _category(element: Any) -> str:
    """Return the data category: in style DCA the attribute `type`, in style DCT the name of the element."""
    name = _name(element)
    if name not in ("descrip", "admin", "termNote", "ref"):
        return name
    # translate-toolkit writes definitions without saying that they are
    return element.get("type") or ("definition" if name == "descrip" else "")


def _named(element: _Element, name: str) -> Iterator[_Element]:
    return (child for child in element.iter() if _name(child) == name)


def _sections(concept: _Element) -> Iterator[_Element]:
    return (child for child in concept if _name(child) in _SECTIONS)


def _language(section: _Element) -> str:
    return (section.get(XML_LANG) or section.get("lang") or "").lower()


def _noted(term: _Element, category: str) -> str:
    parent = term.getparent()
    notes = () if parent is None else parent.iter()
    return next(("".join(note.itertext()).strip() for note in notes if _category(note) == category), "")


def _rank(term: _Term) -> tuple[bool, int]:
    """Rank a term: the least is the best; what is called a variant is one of another term."""
    ranks = (rank for rank, status in enumerate(_STATUSES) if status and term.status.startswith(status))
    return term.kind == "variant", next(ranks, _STATUSES.index(""))


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 4 else None
