"""Terms that a definition itself explains in passing: “两旧”指…，“一村”指…; “1”指…；“N”指…."""

from __future__ import annotations

from glossary.members import explained, members
from glossary.model import Subterm

__all__ = ["subterms"]


def subterms(definition: str) -> list[Subterm]:
    """Find the terms that a definition explains, with spans relative to the definition.

    >>> [(s.term, s.definition) for s in subterms("其中“两旧”指旧里和旧房，“一村”指城中村。")]
    [('两旧', '旧里和旧房'), ('一村', '城中村')]
    """
    out = []
    for (a, b), (c, d) in explained(definition):
        term, what = definition[a:b], definition[c:d]
        found = members(term, what)
        out.append(
            Subterm(term=term, definition=what, members=found.items if found.complete else (), start=c, end=d)
        )
    return out
