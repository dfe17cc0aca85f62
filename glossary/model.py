"""The records that everything else passes round: frozen, comparable, serialisable.

Offsets are half-open code points (`str` indices) into the text of the report or annotation they belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BODY",
    "KINDS",
    "AnnexEntry",
    "Citation",
    "Entry",
    "Harvest",
    "Hit",
    "Inline",
    "Kind",
    "Mention",
    "Quote",
    "Rejected",
    "Report",
    "Section",
    "Sense",
    "Source",
    "Span",
    "Subterm",
    "Timeline",
    "Use",
]

Kind = Literal["shorthand", "initiative", "slogan", "brand", "title", "concept", "figurative", "other"]
KINDS: tuple[Kind, ...] = (
    "shorthand",
    "initiative",
    "slogan",
    "brand",
    "title",
    "concept",
    "figurative",
    "other",
)
Span = tuple[int, int]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """A frozen record with keyword-only fields."""


BODY = "正文"  # the place of what a report says in its text, not in an annex


class Source(Record, frozen=True, kw_only=True, gc=False):
    """What a definition cites: a report, and the place in it."""

    id: str
    title: str | None = None
    region: str | None = None
    year: int | None = None
    date: str | None = None
    place: str | None = None


class Citation(Record, frozen=True, kw_only=True, gc=False):
    """The document or meeting in which a term appeared: its title, who issued it, and when."""

    title: str
    issuer: str | None = None
    year: int | None = None


class Subterm(Record, frozen=True, kw_only=True, gc=False):
    """A term that a definition explains in passing: “两旧”指…,“一村”指….

    `start` and `end` bound the definition.
    """

    term: str
    definition: str
    members: tuple[str, ...] = ()
    start: int
    end: int


class Sense(Record, frozen=True, kw_only=True, gc=False):
    """One meaning as one source gives it.

    `start` and `end` bound the definition in the report's text; `gaps` are the spans inside that are page furniture
    and not part of `definition`. All three are empty where the definition was not read from a text. `count` is how
    often the source has the term in quotes, or 1. `since` is the year in which the term was coined or made general,
    `citation` where it appeared, and what is `obsolete` is no longer in use.
    """

    definition: str | None = None
    members: tuple[str, ...] = ()
    source: Source | None = None
    start: int | None = None
    end: int | None = None
    gaps: tuple[Span, ...] = ()
    subterms: tuple[Subterm, ...] = ()
    count: int = 1
    since: int | None = None
    citation: Citation | None = None
    obsolete: bool = False


class Entry(Record, frozen=True, kw_only=True, gc=False):
    """One headword with its senses.

    `reading` is empty until the entry is in a `Glossary`: readings are made when a glossary is built.
    """

    headword: str
    reading: str = ""
    kind: Kind = "other"
    variants: tuple[str, ...] = ()
    senses: tuple[Sense, ...] = ()
    english: str | None = None
    related: tuple[str, ...] = ()


class AnnexEntry(Entry, frozen=True, kw_only=True, gc=False):
    """An entry as one glossary annex gives it.

    `n` is its number in the annex (as printed, or counted where nothing is printed), `start` and `end` bound the
    headword, `section` is the index of its section in the harvest, `names` are the single headwords where the
    annex explains several at once, and `first` is where the headword first stands in the body.
    """

    n: int
    section: int
    start: int
    end: int
    names: tuple[str, ...] = ()
    first: int | None = None

    @property
    def sense(self) -> Sense:
        """Return the one sense that the annex gives."""
        return self.senses[0]


class Section(Record, frozen=True, kw_only=True, gc=False):
    """A glossary annex found in a report, with the layout it was read by and the evidence for that."""

    title: str | None
    title_start: int
    title_end: int
    start: int
    end: int
    layout: str
    score: float
    evidence: tuple[str, ...] = ()
    rivals: tuple[tuple[str, float], ...] = ()


class Quote(Record, frozen=True, kw_only=True, gc=False):
    """An expression set in “…” in a report's body, with every place where it stands (inside the marks)."""

    text: str
    name: str
    kind: Kind
    positions: tuple[Span, ...]

    @property
    def count(self) -> int:
        """Return how often the expression stands in quotes."""
        return len(self.positions)


_LONG = 200


class Inline(Record, frozen=True, kw_only=True, gc=False):
    """A term that the running text itself explains; `start` and `end` bound the explanation."""

    term: str
    kind: Kind = "other"
    definition: str
    members: tuple[str, ...] = ()
    start: int
    end: int

    @property
    def gloss(self) -> str:
        r"""The explanation as one reads it out: of headings or points with long passages between them, the members.

        >>> Inline(term="两个始终", definition="依法。\n…\n为民", members=("依法", "为民"), start=0, end=9).gloss
        '依法；为民'
        """
        passage = "\n" in self.definition or len(self.definition) > _LONG
        return "；".join(self.members) if self.members and passage else self.definition


class Rejected(Record, frozen=True, kw_only=True, gc=False):
    """A candidate that was looked at and left out, and why."""

    start: int
    end: int
    text: str
    reason: str


class Report(Record, frozen=True, kw_only=True, gc=False):
    """One document read: its text, what it says of itself, and where its body lies.

    A field is `None` where the text doesn't say. `script` is `"hans"` or `"hant"`.
    """

    id: str
    text: str
    path: str | None = None
    title: str | None = None
    region: str | None = None
    year: int | None = None
    date: str | None = None
    meeting: str | None = None
    speaker: str | None = None
    script: Literal["hans", "hant"] = "hans"
    body: Span

    def source(self, place: str | None = None) -> Source:
        """Return the source record that a definition from this report cites."""
        return Source(
            id=self.id, title=self.title, region=self.region, year=self.year, date=self.date, place=place
        )


class Harvest(Record, frozen=True, kw_only=True, gc=False):
    """Everything that was found in one report."""

    report: Report
    entries: tuple[AnnexEntry, ...] = ()
    sections: tuple[Section, ...] = ()
    quotes: tuple[Quote, ...] = ()
    inline: tuple[Inline, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return what was found as a pandas DataFrame: one row an annex entry, an explanation in the text, a quote.

        `type` tells which. `start` and `end` bound the definition, of a quote its first place; the columns `report`,
        `region` and `year` tell the reports apart where frames of several are put together.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from glossary.frames import INT, LIST, TEXT, frame

        rows = [*map(self._entry_row, self.entries), *map(self._inline_row, self.inline)]
        rows += map(self._quote_row, self.quotes)
        about = {"report": self.report.id, "region": self.report.region, "year": self.report.year}
        numbers = dict.fromkeys(("start", "end", "n", "count"), INT)
        columns = dict.fromkeys(("type", "term", "kind", "definition"), TEXT) | {"members": LIST} | numbers
        return frame(
            [row | about for row in rows],
            columns | {"section": TEXT, "report": TEXT, "region": TEXT, "year": INT},
        )

    def _entry_row(self, entry: AnnexEntry) -> dict[str, Any]:
        sense, section = entry.sense, self.sections[entry.section].title
        row = {"type": "entry", "term": entry.headword, "kind": entry.kind, "definition": sense.definition}
        place = {"start": sense.start, "end": sense.end, "n": entry.n, "count": None, "section": section}
        return row | {"members": list(sense.members)} | place

    def _inline_row(self, inline: Inline) -> dict[str, Any]:
        row = {"type": "inline", "term": inline.term, "kind": inline.kind, "definition": inline.definition}
        place = {"start": inline.start, "end": inline.end, "n": None, "count": None, "section": None}
        return row | {"members": list(inline.members)} | place

    def _quote_row(self, quote: Quote) -> dict[str, Any]:
        start, end = quote.positions[0] if quote.positions else (None, None)
        row: dict[str, Any] = {
            "type": "quote",
            "term": quote.name,
            "kind": quote.kind,
            "definition": None,
            "members": [],
        }
        return row | {"start": start, "end": end, "n": None, "count": quote.count, "section": None}


class Mention(Record, frozen=True, gc=False):
    """A span of annotated text that names an entry.

    `sense` is the one that fits best (`None` for an entry without senses); `variant` says how the surface differs
    from the headword, and is `None` where it doesn't: by "spacing", "width", "case", "quotes" or other "marks", in
    "traditional" or "simplified" characters, as a declared "variant", by the "short" name that a definition gives, in
    the wording of "taiwan", or as the quoted "part" alone.
    """

    start: int
    end: int
    surface: str
    entry: Entry
    sense: Sense | None = None
    variant: str | None = None


class Hit(Record, frozen=True, kw_only=True, gc=False):
    """An entry that a search found: what was matched, in which field, and how well (1.0 is exact)."""

    entry: Entry
    matched: str
    field: str
    score: float


class Use(Record, frozen=True, kw_only=True, gc=False):
    """That one report uses a term: how often in quotes, and if it explains it."""

    source: Source
    count: int
    explained: bool


class Timeline(Record, frozen=True, kw_only=True, gc=False):
    """The career of a term: its uses by year, those without a year last."""

    headword: str
    uses: tuple[Use, ...]

    @property
    def first(self) -> int | None:
        """Return the first year in which a report uses the term."""
        return min((use.source.year for use in self.uses if use.source.year), default=None)

    @property
    def last(self) -> int | None:
        """Return the last year in which a report uses the term."""
        return max((use.source.year for use in self.uses if use.source.year), default=None)

    @property
    def regions(self) -> dict[str, int]:
        """Return how often each region's reports use the term, the most first."""
        counts: dict[str, int] = {}
        for use in self.uses:
            if use.source.region:
                counts[use.source.region] = counts.get(use.source.region, 0) + use.count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
