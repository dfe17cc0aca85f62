"""Mentions as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), as JSON-LD."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from glossary.model import Mention
from glossary.render.segments import cut
from glossary.render.terms import Term, collect

__all__ = ["web_annotations"]

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "utf16Start": "urn:x-policy-glossary:utf16Start",
        "utf16End": "urn:x-policy-glossary:utf16End",
    },
]
_AROUND = 20  # characters of the text on either side of a quoted mention


def web_annotations(
    text: str, mentions: Sequence[Mention], *, source: str | None = None, lang: str = "zh-Hans"
) -> dict[str, Any]:
    """Return the mentions of a text as an annotation page, made of what `json.dumps` writes.

    Each mention is one annotation. Its bodies are the headword, the kind, and the definition where there is one; its
    target is the span, by position and by quotation. Positions are code points, as the standard has them;
    `utf16Start` and `utf16End` are what JavaScript counts. `source` is the address of the text; without one it is
    named by its digest (RFC 6920). `lang` is the language tag of the text.

    >>> from glossary.model import Entry
    >>> page = web_annotations("𠮷建双碳", [Mention(2, 4, "双碳", Entry(headword="双碳"))], source="a.txt")
    >>> page["items"][0]["target"]["selector"][0]["utf16Start"]
    3
    """
    cut(text, mentions)  # for its check that the mentions are of this text
    if source is None:
        digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
        source = "ni:///sha-256;" + urlsafe_b64encode(digest).decode().rstrip("=")
    of_mention = {id(mention): term for term in collect(mentions) for mention in term.mentions}
    beyond = [at for at, char in enumerate(text) if char > "\uffff"]
    items = []
    for number, m in enumerate(mentions, 1):
        position = {
            "type": "TextPositionSelector",
            "start": m.start,
            "end": m.end,
            "utf16Start": m.start + bisect_left(beyond, m.start),
            "utf16End": m.end + bisect_left(beyond, m.end),
        }
        quotation = {
            "type": "TextQuoteSelector",
            "exact": m.surface,
            "prefix": text[max(m.start - _AROUND, 0) : m.start],
            "suffix": text[m.end : m.end + _AROUND],
        }
        items.append(
            {
                "id": f"{source}#mention-{number}",
                "type": "Annotation",
                "motivation": "identifying",
                "body": list(_bodies(of_mention[id(m)])),
                "target": {"source": source, "language": lang, "selector": [position, quotation]},
            }
        )
    return {"@context": _CONTEXT, "id": f"{source}#mentions", "type": "AnnotationPage", "items": items}


def _bodies(term: Term) -> Iterator[dict[str, str]]:
    said = {
        "identifying": term.entry.headword,
        "classifying": term.kind_label,
        "describing": term.definition,
    }
    for purpose, value in said.items():
        if value:
            yield {
                "type": "TextualBody",
                "purpose": purpose,
                "value": value,
                "format": "text/plain",
                "language": "zh-Hans",
            }
