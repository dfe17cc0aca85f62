"""A glossary annex for a text: the 名词解释 at the end of a report, made of the terms that it mentions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from glossary.keys import sort_key
from glossary.model import Mention
from glossary.render.terms import Term, collect, explained, one_line, sentence

__all__ = ["Layout", "annex", "defined", "line_of"]

Layout = Literal["numbered", "diamond", "pinyin"]
_MARKS: Mapping[str, Callable[[int], str]] = {
    "numbered": lambda number: f"{number}. ",
    "diamond": lambda number: "◆",
    "pinyin": lambda number: f"{number}. ",
}


def annex(mentions: Sequence[Mention], *, layout: Layout = "numbered", title: str = "名词解释") -> str:
    """Return the annex for a text: a title and one line a term, in order of first appearance.

    `layout` is "numbered", "diamond" (◆) or "pinyin" (numbered, in alphabetical order). A term without a definition
    has nothing to say and is left out; of several senses the one that fits the text is given. What the definition
    doesn't say of the members follows it. `glossary.harvest` reads the annex back.

    Raises:
        ValueError: there is no such layout.

    >>> from glossary.model import Entry, Sense
    >>> term = Entry(headword="三保", senses=(Sense(definition="三项保障任务。", members=("保民生", "保工资", "保运转")),))
    >>> print(annex([Mention(0, 2, "三保", term, term.senses[0])]), end="")
    名词解释
    1. 三保：三项保障任务。包括保民生、保工资、保运转。
    """
    if layout not in _MARKS:
        raise ValueError(f"layout is {', '.join(_MARKS)}, not {layout!r}")
    terms = defined(mentions)
    if layout == "pinyin":
        terms.sort(key=lambda term: sort_key(term.entry.reading or term.entry.headword))
    lines = [f"{_MARKS[layout](number)}{line_of(term)}" for number, term in enumerate(terms, 1)]
    return "".join(f"{line}\n" for line in [title, *lines])


def defined(mentions: Sequence[Mention]) -> list[Term]:
    """Return the terms that have a definition, each once, in order of first appearance.

    >>> from glossary.model import Entry, Sense
    >>> known, bare = Entry(headword="双碳", senses=(Sense(definition="两个目标。"),)), Entry(headword="三保")
    >>> [term.entry.headword for term in defined([Mention(0, 2, "三保", bare), Mention(2, 4, "双碳", known)])]
    ['双碳']
    """
    terms = {term.entry.headword: term for term in reversed(collect(mentions)) if term.definition}
    return list(reversed(terms.values()))


def line_of(term: Term) -> str:
    """Return a term and what it means as one line.

    >>> from glossary.model import Entry, Sense
    >>> line_of(Term(Entry(headword="双碳"), Sense(definition="两个目标", members=("碳达峰", "碳中和")), ()))
    '双碳：两个目标。包括碳达峰、碳中和。'
    """
    said = explained(term.sense) if term.sense else ""
    return f"{one_line(term.entry.headword)}：{sentence(said)}"
