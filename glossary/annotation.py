"""Annotation: the mentions of a glossary's entries in a text, judged, with exact offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from glossary.errors import GlossaryError
from glossary.matching import Matcher
from glossary.model import Entry, Mention

if TYPE_CHECKING:
    import pandas as pd

    from glossary.render.annex import Layout

__all__ = ["Annotation", "Overlap", "annotate"]

Overlap = Literal["longest", "all"] | Callable[[Sequence[Mention]], Iterable[Mention]]


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

    @classmethod
    def _of(cls, text: str, mentions: Iterable[Mention]) -> Annotation:
        """Make an annotation of mentions that are known to be of this text and in order."""
        made = cls.__new__(cls)
        made.text = text
        made.mentions = tuple(mentions)
        return made

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions)

    def __len__(self) -> int:
        return len(self.mentions)

    def __repr__(self) -> str:
        return f"<Annotation of {len(self.text)} characters, {len(self.mentions)} mentions>"

    def entries(self) -> list[Entry]:
        """Return the entries mentioned, each once, in order of first mention."""
        return list({mention.entry.headword: mention.entry for mention in self.mentions}.values())

    def to_html(self, *, title: str | None = None, ruby: bool = False) -> str:
        """Render the annotation as one self-contained HTML page; with `ruby`, readings stand above the mentions."""
        from glossary.render.html import page

        return page(self.text, self.mentions, title=title, lang=self._lang(), ruby=ruby)

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

    def appendix(self, *, layout: Layout = "numbered", title: str = "名词解释") -> str:
        """Return a glossary annex for the text: its defined terms, each once, in order of first appearance.

        `layout` is "numbered", "diamond" (◆) or "pinyin" (numbered, in alphabetical order). `glossary.harvest` reads
        the annex back.

        Raises:
            ValueError: there is no such layout.
        """
        from glossary.render.annex import annex

        return annex(self.mentions, layout=layout, title=title)

    def context(self, budget: int = 2000) -> str:
        """Return the definitions of the terms for a prompt: one a line, each once, the shortest first, whole lines only.

        The text has at most `budget` characters, and is empty where no definition fits.
        """
        from glossary.render.context import context

        return context(self.mentions, budget=budget)

    def to_jsonld(self, *, source: str | None = None) -> dict[str, Any]:
        """Return the mentions as W3C Web Annotations, for `json.dumps`; `source` is the address of the text."""
        from glossary.render.web_annotation import web_annotations

        return web_annotations(self.text, self.mentions, source=source, lang=self._lang())

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
        from glossary.frames import INT, TEXT, frame

        texts = dict.fromkeys(("surface", "term", "kind", "definition", "variant"), TEXT)
        return frame(self.to_dicts(), {"start": INT, "end": INT, **texts})

    def _lang(self) -> str:
        from glossary.text import script_of

        return "zh-Hant" if script_of(self.text) == "hant" else "zh-Hans"


def annotate(
    text: str,
    matcher: Matcher,
    *,
    region: str | None = None,
    year: int | None = None,
    overlap: Overlap = "longest",
    first_only: bool = False,
) -> Annotation:
    """Annotate a text with the entries of a matcher.

    `overlap` is "longest" (leftmost-longest, no two mentions overlap), "all", or a callable that picks from all.
    Among several senses the one whose source is of the `region`, then nearest to the `year`, is chosen. With
    `first_only` each entry is marked where it is first mentioned, and nowhere else.

    Raises:
        ValueError: `overlap` is none of these.
    """
    if not callable(overlap) and overlap not in ("longest", "all"):
        raise ValueError(f'overlap is "longest", "all" or a callable, not {overlap!r}')
    mentions: Iterable[Mention] = matcher.mentions(text, region=region, year=year, every=overlap != "longest")
    if callable(overlap):
        mentions = Annotation(text, overlap(list(mentions))).mentions
    if first_only:
        firsts: dict[str, Mention] = {}
        for mention in mentions:
            firsts.setdefault(mention.entry.headword, mention)
        mentions = firsts.values()
    return Annotation._of(text, mentions)
