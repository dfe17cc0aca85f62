"""The mentions of a glossary in spaCy: `nlp.add_pipe("glossary")`.

spaCy finds the component by its entry point; to import this module is not needed.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> component = nlp.add_pipe("glossary")
>>> doc = nlp("推进一網通辦。")
>>> [(span.text, span.label_, span.id_) for span in doc.spans["glossary"]]
[('一網通辦', 'initiative', '一网通办')]
"""

from __future__ import annotations

from typing import Any, Literal

from glossary.errors import MissingExtraError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError:
    raise MissingExtraError(
        'the component needs spaCy. Install it with: pip install "policy-glossary[spacy]"'
    ) from None

from glossary.builtin import load
from glossary.dictionary import Glossary

__all__ = ["GlossaryComponent", "make"]

Alignment = Literal["strict", "contract", "expand"]


class GlossaryComponent:
    """Adds the mentions in a document as a group of spans, labelled by kind; `id_` and `kb_id_` are the headword.

    Spans are of tokens. `spacy.blank("zh")` has a token for each Han character, and every mention of Han characters
    is one of tokens; where a tokenizer joins a mention to what stands next to it, `alignment` says what becomes of it:
    "expand" takes the whole tokens in, "contract" takes those that lie inside, "strict" leaves the mention out.
    `region` and `year` are those of all documents.
    """

    def __init__(
        self,
        glossary: Glossary,
        spans_key: str,
        alignment: Alignment,
        region: str | None = None,
        year: int | None = None,
    ) -> None:
        self._glossary = glossary
        self._spans_key = spans_key
        self._alignment: Alignment = alignment
        self._where: dict[str, Any] = {"region": region, "year": year}

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans to a document and return it."""
        found: dict[tuple[int, int, str], Span] = {}
        for mention in self._glossary.annotate(doc.text, **self._where):
            headword = mention.entry.headword
            span = doc.char_span(
                mention.start,
                mention.end,
                label=mention.entry.kind,
                kb_id=headword,
                span_id=headword,
                alignment_mode=self._alignment,
            )
            if span is not None:
                # two mentions of one term in one token are one span
                found.setdefault((span.start, span.end, headword), span)
        doc.spans[self._spans_key] = list(found.values())
        return doc


@Language.factory(
    "glossary",
    default_config={
        "path": None,
        "spans_key": "glossary",
        "alignment": "expand",
        "region": None,
        "year": None,
    },
    assigns=["doc.spans"],
)
def make(
    nlp: Language,
    name: str,
    path: str | None,
    spans_key: str,
    alignment: Alignment,
    region: str | None,
    year: int | None,
) -> Any:
    """Make the component of a glossary file, or of the built-in glossary; what it was made of is in the config.

    Raises:
        DataError: there is no such file, or it is no glossary.
    """
    return GlossaryComponent(Glossary.open(path) if path else load(), spans_key, alignment, region, year)
