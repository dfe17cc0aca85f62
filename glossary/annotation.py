"""Annotation: the mentions of a glossary's entries in a text, judged, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from glossary.errors import GlossaryError
from glossary.model import Entry, Mention, Sense, Source
from glossary.scanner import Scanner
from glossary.text import BLANK, NARROW, QUOTE_MARKS, compact, is_han, script_of, simplify
from glossary.variants import Form, distance, owners

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Annotation", "Matcher", "Overlap", "annotate", "patterns_of"]

Overlap = Literal["longest", "all"] | Callable[[Sequence[Mention]], Iterable[Mention]]

_DIGITS = frozenset("0123456789")
_POWERS = frozenset("十百千万亿")
_HAN_NUMERALS = _POWERS | frozenset("一二三四五六七八九两零〇")
_NUMERALS = _DIGITS | _HAN_NUMERALS
# What may end 四个一, 三个百, and what counts when it follows: 四个一批. 十四五期间 counts nothing.
_ONES = frozenset("一两百千万亿")
_COUNTERS = frozenset("个批条项年月日次名家座件类种人户所场岁号级期版届")
# 统一 and 合一 are words: 统一一网通办 names 一网通办, 多规合一项目 names 多规合一.
_WORD_IN_ONE = re.compile("[统唯同之逐专单归划万不合]一$")
# A bare amount: the name of a policy where it stands alone, an amount before what it counts (27条样板道路).
_AMOUNT = re.compile(f"[{''.join(sorted(_NUMERALS))}]+[{''.join(sorted(_COUNTERS))}]")
_PARTICLES = frozenset("和与及或的等是为在")
_BLANKS = re.compile(f"[{BLANK}]+")
_QUOTES = re.compile(f"[{re.escape(QUOTE_MARKS)}]")


class Annotation:
    """A text with its mentions, sorted by start and then by descending length.

    `text[m.start:m.end] == m.surface` holds for every mention; a mention of another text is refused with a
    `GlossaryError`.
    """

    __slots__ = ("mentions", "text")

    def __init__(self, text: str, mentions: Iterable[Mention] = ()) -> None:
        self.text = text
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.entry.headword)))
        for m in self.mentions:
            if not m.surface or text[m.start : m.end] != m.surface:
                raise GlossaryError(
                    f"the mention {m.surface!r} does not stand at {m.start}–{m.end} of this text."
                )

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions)

    def __len__(self) -> int:
        return len(self.mentions)

    def __repr__(self) -> str:
        return f"<Annotation of {len(self.text)} characters, {len(self.mentions)} mentions>"

    def entries(self) -> list[Entry]:
        """Return the entries mentioned, each once, in order of first mention."""
        return list({mention.entry.headword: mention.entry for mention in self.mentions}.values())

    def to_html(self, *, title: str | None = None) -> str:
        """Render the annotation as one self-contained HTML page."""
        from glossary.render.html import page

        return page(self.text, self.mentions, title=title, lang=self._lang())

    def _repr_html_(self) -> str:
        from glossary.render.html import fragment

        return fragment(self.text, self.mentions, lang=self._lang())

    def to_markdown(self) -> str:
        """Render the annotation as Markdown with footnotes."""
        from glossary.render.markdown import markdown

        return markdown(self.text, self.mentions)

    def to_terminal(self, *, color: bool = True) -> str:
        """Render the annotation for a terminal, with the terms listed below the text."""
        from glossary.render.terminal import terminal

        return terminal(self.text, self.mentions, color=color)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return one dict a mention: start, end, surface, term, kind, definition, variant."""
        return [
            {
                "start": m.start,
                "end": m.end,
                "surface": m.surface,
                "term": m.entry.headword,
                "kind": m.entry.kind,
                "definition": m.sense.definition if m.sense else None,
                "variant": m.variant,
            }
            for m in self.mentions
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return the mentions as a pandas DataFrame, one row a mention.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from glossary.frames import frame

        return frame(self.to_dicts(), ("start", "end", "surface", "term", "kind", "definition", "variant"))

    def _lang(self) -> str:
        from glossary.text import script_of

        return "zh-Hant" if script_of(self.text) == "hant" else "zh-Hans"


def patterns_of(owned: Iterable[tuple[Form, Entry]]) -> list[tuple[Form, Entry]]:
    """Return what to look for in a text, each form once, with the entry it names; `owned` is what `owners` yields."""
    known = {form.text: (form, entry) for form, entry in owned}
    for form, entry in list(known.values()):
        if not _tells(form, entry):
            del known[form.text]
            quoted = Form(f'"{form.text}"', form.how, 1, 1)
            if quoted.text not in known or known[quoted.text][0].how == "part":
                known[quoted.text] = quoted, entry
    return list(known.values())


class Matcher:
    """Entries made ready for matching: the forms to look for, whose they are, and one scanner over all of them."""

    def __init__(self, forms: Sequence[Form], entry: Callable[[int], Entry], scanner: Scanner) -> None:
        """Make a matcher of forms, a function from the place of a form to its entry, and the scanner of the forms."""
        self._forms = forms
        self._entry = entry
        self._scanner = scanner

    @classmethod
    def of(cls, entries: Mapping[str, Entry], *, engine: str | None = None) -> Matcher:
        """Make a matcher of entries."""
        patterns = patterns_of(owners(entries))
        forms = [form for form, _ in patterns]
        scanner = Scanner([form.text for form in forms], engine=engine)
        return cls(forms, lambda index: patterns[index][1], scanner)

    def find(self, text: str, *, every: bool) -> Iterator[tuple[int, int, Form, Entry]]:
        """Yield the spans of `text` where a form stands, with the form and its entry, by start, the longer first.

        Of several forms for one span the closest to its headword is given. Without `every`, spans that begin in one
        that was given are passed over. What doesn't stand as a word is out before this: a long form that is refused
        must not hide a short one in it.
        """
        flat, offsets = compact(text)
        spans = []
        for start, end, index in self._scanner.overlapping(flat):
            form = self._forms[index]
            first, last = offsets[start + form.lead], offsets[end - 1 - form.trail]
            spans.append((first, -last - 1, distance(form), index, start, end))
        spans.sort()
        hant: bool | None = None
        given = (0, 0)
        for first, minus_last, _, index, start, end in spans:
            span = first, -minus_last
            if (not every and first < given[1]) or span == given:
                continue
            form = self._forms[index]
            if form.how == "taiwan":
                # 资讯 and 民众 are words of their own in the mainland
                hant = script_of(text) == "hant" if hant is None else hant
                if not hant:
                    continue
            if _stands(text, flat, offsets, start, end):
                given = span
                yield *span, form, self._entry(index)


def _tells(form: Form, entry: Entry) -> bool:
    """Tell whether a form is enough to know its entry by.

    A name of two characters that was only quoted somewhere (减量, 身边) and never explained is one in quotes only.
    """
    if not entry.senses or any(sense.definition for sense in entry.senses) or form.how == "variant":
        return True
    return len(form.text) > 2


def annotate(
    text: str,
    matcher: Matcher,
    *,
    region: str | None = None,
    year: int | None = None,
    overlap: Overlap = "longest",
) -> Annotation:
    """Annotate a text with the entries of a matcher.

    `overlap` is "longest" (leftmost-longest, no two mentions overlap), "all", or a callable that picks from all.
    Among several senses the one whose source is of the `region`, then nearest to the `year`, is chosen.

    Raises:
        ValueError: `overlap` is none of these.
    """
    if not callable(overlap) and overlap not in ("longest", "all"):
        raise ValueError(f'overlap is "longest", "all" or a callable, not {overlap!r}')
    found = list(matcher.find(text, every=overlap != "longest"))
    senses = {
        entry.headword: best_sense(entry, region=region, year=year)
        for entry in {entry.headword: entry for _, _, _, entry in found}.values()
    }
    mentions = [
        Mention(
            start=start,
            end=end,
            surface=text[start:end],
            entry=entry,
            sense=senses[entry.headword],
            variant=_variant(text[start:end], entry.headword, form),
        )
        for start, end, form, entry in found
    ]
    return Annotation(text, overlap(mentions) if callable(overlap) else mentions)


def best_sense(entry: Entry, *, region: str | None = None, year: int | None = None) -> Sense | None:
    """Choose among the senses of an entry.

    The order is total: a definition before none; the same region (given in full or from any level down, in either
    script), then the region that shares most levels from the province down; the year nearest to the one asked for,
    the later of two (the latest where none is asked for); then source id and the record itself.
    """
    where = simplify(region).strip() if region else ""

    def rank(sense: Sense) -> tuple[bool, bool, int, int, int, str, bytes]:
        source = sense.source or Source(id="")
        place, when = source.region or "", source.year
        same = bool(where) and place.endswith(where)
        distance = (abs(when - year) if when is not None else 9999) if year is not None else 0
        order = msgspec.json.encode(sense)
        return (
            sense.definition is None,
            not same,
            -_shared(place, where),
            distance,
            -(when or 0),
            source.id,
            order,
        )

    return min(entry.senses, key=rank, default=None)


def _shared(one: str, other: str) -> int:
    """Return how long a beginning of whole levels two regions share: 上海市 and 上饶市 none."""
    common = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return max(map(common.rfind, "省市区县州盟旗")) + 1


def _stands(text: str, flat: str, offsets: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a form stands in the text as a word.

    Not 三会 in 第三会议室, 5G in 15G, 1+X in N+1+X, 四个一 in 四个一批, nor 27条 in 27条样板道路. What white space parts
    is not glued together, but a form may run over blanks and one line break inside, not over the gap between
    paragraphs.
    """
    first, last = offsets[start], offsets[end - 1]
    if last - first >= end - start and len(text[first : last + 1].splitlines()) > 2:
        return False
    before = flat[max(start - 3, 0) : start] if start and not _gap(text, offsets[start - 1], first) else ""
    after = flat[end : end + 2] if end < len(flat) and not _gap(text, last, offsets[end]) else ""
    name = flat[start:end]
    return not (_glued_before(before, name) or _glued_behind(name, after))


def _gap(text: str, left: int, right: int) -> bool:
    return right - left > 1 and any(map(str.isspace, text[left + 1 : right]))


def _glued_before(before: str, name: str) -> bool:
    if not before:
        return False
    if _is_latin(before[-1]) and _is_latin(name[0]):
        return True
    if before[-1] == "+":
        return "+" in name
    if before[-1] == "." and name[0] in _DIGITS:
        return before[-2:-1] in _DIGITS and before[-2:-1] != ""
    if before[-1] in "第几" and name[0] in _NUMERALS:
        return True
    if name[0] in _HAN_NUMERALS and before[-1] in _HAN_NUMERALS:
        return not _WORD_IN_ONE.search(before)
    return name[0] in _POWERS and before[-1] in _DIGITS


def _glued_behind(name: str, after: str) -> bool:
    if not after:
        return False
    if _is_latin(name[-1]) and _is_latin(after[0]):
        return True
    if after[0] == "+" and "+" in name:
        return True
    counts = name[-1] in _HAN_NUMERALS and not _WORD_IN_ONE.search(name)
    if counts and after[0] in _HAN_NUMERALS:
        return True
    if ((counts and name[-1] in _ONES) or name.isdecimal()) and after[0] in _COUNTERS and after != "期间":
        return True
    return bool(_AMOUNT.fullmatch(name)) and is_han(after[0]) and after[0] not in _PARTICLES


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _variant(surface: str, headword: str, form: Form) -> str | None:
    """Say how a surface differs from the headword; of several ways, the one that is further from it."""
    if surface == headword:
        return None
    if form.how:
        return form.how
    ways: list[tuple[str, Callable[[str], str]]] = [
        ("spacing", lambda written: _BLANKS.sub("", written)),
        ("width", lambda written: written.translate(NARROW)),
        ("case", str.lower),
        ("quotes", lambda written: _QUOTES.sub('"', written)),
        ("traditional" if simplify(surface) != surface else "simplified", simplify),
    ]
    for name, fold_away in ways:
        surface, headword = fold_away(surface), fold_away(headword)
        if surface == headword:
            return name
    return "marks"
