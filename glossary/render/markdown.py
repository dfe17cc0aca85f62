"""Annotated text as Markdown with footnotes.

Written for CommonMark with the footnotes that GitHub, Pandoc and MyST share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from glossary.model import Mention
from glossary.render.segments import cut
from glossary.render.terms import NO_DEFINITION, Term, collect, one_line, sentence

__all__ = ["markdown"]

_BLANKS = r"[^\S\r\n]"
_EDITS = re.compile(
    rf"""
      (?P<tail>   {_BLANKS}++ (?=[\r\n]|\Z) )                # would be a hard break, or nothing
    | (?P<indent> (?:^|(?<=\r)) {_BLANKS}++ )                # four blanks would be a block of code
    | (?P<run>    {_BLANKS}{{2,}} )                          # would be shown as one
    | (?P<end>    \r\n | \r | \n )
    | (?P<list>   (?:^|(?<=\r)) \d{{1,9}}[.)] )
    | (?P<start>  (?:^|(?<=\r)) [-+\#=:%(] )                 # lists, headings, directives
    | (?P<any>    [\\`*_{{}}\[\]<>&|~$^!] | -(?=-) | (?<=-)- | :(?=[A-Za-z_+]) )
    """,
    re.VERBOSE | re.MULTILINE,
)
# A line's end between two lines that have something on them; elsewhere an empty line is break enough.
_HARD = re.compile(rf"(?<=\S){_BLANKS}*+(?:\r\n|\r|\n)(?={_BLANKS}*+[^\s])")


def markdown(text: str, mentions: Sequence[Mention]) -> str:
    r"""Render a text as Markdown, with a footnote at the first mention of each term.

    Whatever Markdown would take for a mark of its own is escaped; a single line break is kept as a hard one.
    Empty lines separate paragraphs, as many as there are.

    >>> from glossary.model import Entry
    >>> term = Mention(start=3, end=5, surface="双碳", entry=Entry(headword="双碳", reading="shuāng tàn"))
    >>> print(markdown("1. 双碳*目标", [term]), end="")
    1\. 双碳[^1]\*目标
    <BLANKLINE>
    [^1]: **双碳**（shuāng tàn，其他）：尚无释义。
    """
    cut(text, mentions)  # for its check that the mentions are of this text
    terms = collect(mentions)
    marks: defaultdict[int, str] = defaultdict(str)
    for number, term in enumerate(terms, 1):
        marks[term.mentions[0].end] += f"[^{number}]"
    notes = [f"[^{number}]: {_note(term)}" for number, term in enumerate(terms, 1)]
    return "\n\n".join(["".join(_escaped(text, marks)).rstrip("\n"), *notes]) + "\n"


def _note(term: Term) -> str:
    entry = term.entry
    facts = [
        _inline(one_line(fact)) for fact in (entry.reading, entry.english or "", term.kind_label) if fact
    ]
    said = [term.definition or NO_DEFINITION]
    if term.members:
        said.append(f"包括：{term.members}")
    if term.origin:
        said.append(term.origin)
    if term.written:
        said.append(f"文中写作{'、'.join(term.written)}")
    if term.source:
        said.append(f"来源：{term.source}")
    sentences = "".join(_inline(sentence(one_line(text))) for text in said)
    return f"**{_inline(one_line(entry.headword))}**（{'，'.join(facts)}）：{sentences}"


def _inline(text: str) -> str:
    return "".join(_escaped(text, {}))


def _escaped(text: str, marks: dict[int, str]) -> Iterator[str]:
    """Yield the text escaped, with each mark after the character that it follows."""
    hard = {end.end() for end in _HARD.finditer(text)}
    waiting = sorted(marks, reverse=True)
    done = 0
    for edit in [*_EDITS.finditer(text), None]:
        start, end = edit.span() if edit else (len(text), len(text))
        while waiting and waiting[-1] <= start:
            place = waiting.pop()
            yield text[done:place]
            yield marks[place]
            done = place
            # "[^1](" would be a link and, at the start of a line, "[^1]:" the note itself.
            if place < start and text[place] in ":(":
                yield "\\"
        yield text[done:start]
        if edit:
            yield _edit(edit, hard)
        done = end
        # What is edited is edited whole: a mark inside comes after it.
        while waiting and waiting[-1] < end:
            yield marks[waiting.pop()]


def _edit(edit: re.Match[str], hard: Container[int]) -> str:
    found = edit[0]
    match edit.lastgroup:
        case "tail":
            return ""
        case "indent":
            return "".join("&nbsp;" if char == " " else f"&#{ord(char)};" for char in found)
        case "run":
            return found[:-1].replace(" ", "&nbsp;") + found[-1]
        case "end":
            return "\\\n" if edit.end() in hard else "\n"
        case "list":
            return f"{found[:-1]}\\{found[-1]}"
        case _:
            return f"\\{found}"
