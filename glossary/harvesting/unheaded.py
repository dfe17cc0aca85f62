"""Annexes that no heading announces: runs of paragraphs in which definitions are dense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from glossary.harvesting.elsewhere import Elsewhere
from glossary.harvesting.grounds import ended, evident, rivals
from glossary.harvesting.labels import label_of
from glossary.harvesting.layouts import parses
from glossary.harvesting.marks import mark_of
from glossary.harvesting.parse import Context, Parse
from glossary.harvesting.plausible import is_letter_spaced, opens_like_definition
from glossary.harvesting.splits import splits
from glossary.reports.lines import Paragraph
from glossary.text import BLANK, simplify

__all__ = ["unheaded"]


def unheaded(
    paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, first: int, last: int
) -> list[tuple[int, int, Parse, list[Parse]]]:
    """Find annexes that no heading announces.

    They are runs of entries whose headwords the rest of the text uses, or whose definitions open as definitions do.
    """
    out: list[tuple[int, int, Parse, list[Parse]]] = []
    for start, end in _runs(paragraphs, elsewhere, first, last):
        context = Context(paragraphs, elsewhere.beside)
        candidates = [p for p in parses(context, start, end) if len(p.entries) >= 2]
        candidates = [p for p in rivals(candidates) if evident(paragraphs, elsewhere, p)]
        if candidates:
            parse = ended(paragraphs, elsewhere, candidates[0])
            stop = max(s[0] for entry in parse.entries for s in (entry.head, *entry.body)) + 1
            out.append((parse.entries[0].head[0], stop, parse, candidates[1:]))
    return out


def _runs(
    paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, first: int, last: int
) -> list[tuple[int, int]]:
    """Cut out the runs of paragraphs in which definitions are dense."""
    hits = [i for i in range(first, last) if _defines(paragraphs, elsewhere, i, last)]
    runs: list[tuple[int, int]] = _card_runs(paragraphs, first, last)
    if runs:
        hits = [i for i in hits if not any(a <= i < b for a, b in runs)]
    start = previous = None
    for i in [*hits, last + 99]:
        if (
            previous is not None
            and start is not None
            and i - previous > (10 if _alike(paragraphs, previous, i) else 4)
        ):
            if sum(start <= h <= previous for h in hits) >= 2:
                runs.append((_counted_back(paragraphs, start, first), min(last, previous + 3)))
            start = i
        if start is None:
            start = i
        previous = i
    return [(a, b) for a, b in runs if a < last]


def _counted_back(paragraphs: Sequence[Paragraph], start: int, first: int) -> int:
    """Go back from (2) to (1): 三高四新：“三高”是指… opens no definition by itself, but is counted with the others."""
    while start > first:
        mark, above = mark_of(paragraphs[start].text), mark_of(paragraphs[start - 1].text)
        if not (
            mark and above and mark.number and above.number == mark.number - 1 and above.style == mark.style
        ):
            break
        start -= 1
    return start


def _alike(paragraphs: Sequence[Paragraph], i: int, j: int) -> bool:
    """Tell whether two paragraphs open with marks of one style: ① at the foot of one page and of the next."""
    one = mark_of(paragraphs[i].text)
    other = mark_of(paragraphs[j].text) if j < len(paragraphs) else None
    return one is not None and other is not None and one.style == other.style


def _card_runs(paragraphs: Sequence[Paragraph], first: int, last: int) -> list[tuple[int, int]]:
    """Cut out the run of cards: a label for definitions that comes again and again."""
    labels = [(i, label) for i in range(first, last) if (label := label_of(paragraphs[i].text))]
    words = Counter(label.word for _, label in labels if label.role == "definition")
    places = [i for i, label in labels if words[label.word] >= 3 or (label.role == "term" and len(words))]
    if not any(count >= 3 for count in words.values()) or not places:
        return []
    every = [i for i, _ in labels]
    return [(max(first, min(every[0], places[0]) - 1), min(last, places[-1] + 4))]


_ASKS = re.compile("[?？]")
_DEFINES = re.compile(
    f'[{BLANK}]*(?P<head>[“「『"【〖][^”」』"】〗\n]{{1,40}}[”」』"】〗][^，。：；—\n]{{0,14}}?|[^，。；：、“”\n]{{2,24}}?(?:[（(][^（）()\n]{{1,50}}[)）])?)'
    f"[{BLANK}]*(?:[：:，,—–－-]*[{BLANK}]*(?=是指|系指|係指|指[^数标引导挥定南]|即[^将使时便]|就是)|[：:]|[—–－]{{1,2}})"
)


def _defines(paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, i: int, last: int) -> bool:
    """Tell whether a paragraph could open an entry: a headword, a separator, a verb of definition; or a headline."""
    text = paragraphs[i].text
    mark = mark_of(text)
    rest = text[mark.end :] if mark else text
    if not rest:
        return False
    if _ASKS.search(rest, 0, 60) and any(split.how == "question" for split in splits(rest[:130])):
        return True
    found = _DEFINES.match(simplify(rest[:120]))
    if found:
        body = rest[found.end() :] or (paragraphs[i + 1].text if i + 1 < last else "")
        if opens_like_definition(body) or elsewhere.before(rest[: found.end("head")], i):
            return True
    if (
        len(rest) <= 40
        and rest[-1] not in "。！？；，、："
        and i + 1 < last
        and len(paragraphs[i + 1].text) >= 10
    ):
        below = paragraphs[i + 1].text
        if is_letter_spaced(rest):
            return True
        return (
            opens_like_definition(below)
            or (rest[0] in "“「『【《" and elsewhere.before(rest, i))
            or elsewhere.before(rest, i)
        )
    return False
