"""Annotation: the mentions of a glossary's entries in a text, judged, with exact offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from glossary.model import Entry, Mention, Sense
from glossary.scanner import Scanner
from glossary.text import compact, simplify
from glossary.variants import Form, forms, key_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Annotation", "Matcher", "Overlap", "annotate"]

Overlap = Literal["longest", "all"] | Callable[[Sequence[Mention]], Iterable[Mention]]

_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万两几零〇.+")
# What may count after a numeral: 四个一 is not named in 四个一批, nor 27条 in 27条样板道路.
_COUNTED = frozenset("个批条项年月日次名家座件类种人户所场岁号级期版届")


class Annotation:
    """A text with its mentions, sorted by start and then by descending length.

    `text[m.start:m.end] == m.surface` holds for every mention.
    """

    __slots__ = ("mentions", "text")

    def __init__(self, text: str, mentions: Iterable[Mention] = ()) -> None:
        self.text = text
        self.mentions = tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.entry.headword)))

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
        try:
            import pandas as pd
        except ImportError:
            from glossary.errors import MissingExtraError

            raise MissingExtraError(
                'to_frame() needs pandas. Install it with: pip install "policy-glossary[pandas]"'
            ) from None
        columns = ["start", "end", "surface", "term", "kind", "definition", "variant"]
        return pd.DataFrame(self.to_dicts(), columns=columns)

    def _lang(self) -> str:
        from glossary.text import script_of

        return "zh-Hant" if script_of(self.text) == "hant" else "zh-Hans"


class Matcher:
    """Entries made ready for matching: their written forms, and one scanner over all of them."""

    def __init__(self, entries: Mapping[str, Entry], *, engine: str | None = None) -> None:
        owners: dict[str, tuple[Form, Entry]] = {}
        for headword in sorted(entries):
            entry = entries[headword]
            for form in _forms(entry):
                known = owners.get(form.text)
                # a headword's own form goes before another's variant, then the headword first in order
                if known is None or (known[0].how is not None and form.how is None):
                    owners[form.text] = (form, entry)
        self._owners = list(owners.values())
        self._scanner = Scanner([form.text for form, _ in self._owners], engine=engine)

    def candidates(self, text: str, *, every: bool) -> list[tuple[int, int, Form, Entry]]:
        """Return what the scanner finds: spans of `text` with the form and entry found there."""
        flat, offsets = compact(text)
        found = self._scanner.overlapping(flat) if every else self._scanner.longest(flat)
        out = []
        for start, end, index in found:
            form, entry = self._owners[index]
            a, b = offsets[start + form.lead], offsets[end - 1 - form.trail] + 1
            if _stands(flat, start, end, form) and _holds_together(text, a, b, end - start):
                out.append((a, b, form, entry))
        return out


def _forms(entry: Entry) -> list[Form]:
    """Return the forms to look for; an unexplained name of two characters (减量, 身边) is one only in its quotes."""
    found = forms(entry.headword, entry.variants)
    if any(sense.definition for sense in entry.senses) or not entry.senses:
        return found
    bare = key_of(entry.headword)
    if len(bare) <= 2:
        return [Form(f'"{bare}"', None, 1, 1)]
    return found


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
    """
    every = overlap != "longest"
    mentions = [
        Mention(
            start=start,
            end=end,
            surface=text[start:end],
            entry=entry,
            sense=best_sense(entry, region=region, year=year),
            variant=_variant(text[start:end], entry.headword, form),
        )
        for start, end, form, entry in matcher.candidates(text, every=every)
    ]
    if callable(overlap):
        mentions = list(overlap(mentions))
    return Annotation(text, mentions)


def best_sense(entry: Entry, *, region: str | None = None, year: int | None = None) -> Sense | None:
    """Choose among the senses of an entry.

    The order is total: a definition before none; the same region, then the region that shares the longest beginning;
    the year nearest to the one asked for (the latest where none is); then source id and definition.
    """

    def rank(sense: Sense) -> tuple[bool, int, int, int, str, str]:
        source = sense.source
        place = source.region or "" if source else ""
        when = source.year or 0 if source else 0
        shared = 0
        if region:
            shared = next(
                (i for i, (a, b) in enumerate(zip(place, region, strict=False)) if a != b),
                min(len(place), len(region)),
            )
        distance = abs(when - year) if year and when else (9999 if year else 0)
        return (
            sense.definition is None,
            -shared,
            distance,
            -when,
            source.id if source else "",
            sense.definition or "",
        )

    return min(entry.senses, key=rank, default=None)


def _stands(flat: str, start: int, end: int, form: Form) -> bool:
    """Tell whether a form stands as a word: not 三会 in 第三会议室, not 5G in 15G, not 四个一 in 四个一批."""
    first, last = flat[start], flat[end - 1]
    before, after = flat[start - 1 : start], flat[end : end + 1]
    if _is_latin(first) and before and _is_latin(before):
        return False
    if _is_latin(last) and after and _is_latin(after):
        return False
    if first in _NUMERALS and before and (before in _NUMERALS or before == "第"):
        return False
    return not (last in _NUMERALS and after in _COUNTED) or form.lead > 0


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _holds_together(text: str, start: int, end: int, length: int) -> bool:
    """Let a mention run over blanks and one line break, not over the space between two paragraphs."""
    return end - start <= length or text.count("\n", start, end) <= 1


def _variant(surface: str, headword: str, form: Form) -> str | None:
    """Say how a surface differs from the headword."""
    if surface == headword:
        return None
    if form.how:
        return form.how
    plain = "".join(surface.split())
    if plain == headword:
        return "spacing"
    return "traditional" if simplify(plain) != plain else "width"
