"""What the terms of a text mean, in few words: for a prompt, or wherever there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.model import Mention
from glossary.render.annex import defined, line_of

__all__ = ["context"]


def context(mentions: Sequence[Mention], *, budget: int = 2000) -> str:
    """Return the definitions of the terms, one a line, the shortest first, as many as fit into so many characters.

    Line breaks count. Of two lines of one length the term that is mentioned first comes first. What is written is whole
    lines: a definition that doesn't fit is left out, and so is what is longer.

    >>> from glossary.model import Entry, Sense
    >>> three = Entry(headword="三保", senses=(Sense(definition="三项保障任务。"),))
    >>> net = Entry(headword="一网通办", senses=(Sense(definition="一处办理。"),))
    >>> context([Mention(0, 2, "三保", three, three.senses[0]), Mention(2, 6, "一网通办", net, net.senses[0])], budget=15)
    '三保：三项保障任务。'
    """
    lines: list[str] = []
    left = budget
    for line in sorted(map(line_of, defined(mentions)), key=len):
        left -= len(line) + (1 if lines else 0)
        if left < 0:
            break
        lines.append(line)
    return "\n".join(lines)
