"""Ways to read a stretch of paragraphs as entries, and how well each explains it.

A *layout* is a hypothesis: entries begin at these places (a recurring mark, a bracket, a quotation mark, a short line
…), and the headword ends there. Each is tried on the whole stretch and scored: what every entry looks like, how
regular the marks run, and what remains unexplained. The best one is the annex's layout.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from glossary.harvesting.cards import read_cards
from glossary.harvesting.marks import Mark, is_marked, lone_number, mark_of, marks_within
from glossary.harvesting.parse import LINE_END, Context, Parse, Start, read
from glossary.harvesting.plausible import body_score, clipped, head_score, opens_like_definition
from glossary.harvesting.splits import splits
from glossary.harvesting.tables import read_cells, read_table
from glossary.quotes import OPENING
from glossary.reports.lines import Paragraph
from glossary.text import has_han, simplify

__all__ = ["parses"]

_SENTENCE_END = "。！？；;!?…"


def parses(context: Context, first: int, last: int, offset: int = 0) -> list[Parse]:
    """Read the paragraphs `first` to `last` (half-open) by every layout that finds anything, best first.

    `offset` is where the first paragraph's text begins (behind a heading that runs into it).
    """
    found: list[Parse] = []
    tried: set[tuple[object, ...]] = set()
    grouped = msgspec.structs.replace(context, groups=_groups(context.paragraphs, first, last))
    for ground, note in ((context, ""), (grouped, " in groups")):
        if note and not ground.groups:
            continue
        for name, starts in _hypotheses(ground, first, last, offset):
            key = (*starts, note)
            if not starts or key in tried:
                continue
            tried.add(key)
            parse = read(ground, name + note, starts, first, last, offset)
            if parse.entries:
                found.append(parse)
    for reader in (read_table, read_cells, read_cards):
        parse_ = reader(context, first, last)
        if parse_ is not None:
            found.append(parse_)
    # what a reading leaves unread at the end of the stretch counts against it, as far as an annex is concerned
    return sorted(found, key=lambda parse: (-round(parse.score - _unread(parse, last), 2), parse.layout))


def _unread(parse: Parse, last: int) -> float:
    end = max(s[0] for entry in parse.entries for s in (entry.head, *entry.body))
    return 0.12 * (last - 1 - end)


def _hypotheses(context: Context, first: int, last: int, offset: int) -> Iterable[tuple[str, list[Start]]]:
    paragraphs = context.paragraphs
    marked: dict[str, list[Start]] = defaultdict(list)
    families: dict[str, list[Start]] = defaultdict(list)
    for i in range(first, last):
        skip = offset if i == first else 0
        text = paragraphs[i].text[skip:]
        mark = mark_of(text) or lone_number(text)
        if mark and i not in context.groups:
            start = Start(i, skip, skip + mark.end, mark)
            marked[mark.style].append(start)
            families[mark.family].append(start)
    marked["01"] += _beyond_nine(paragraphs, marked["01"], last)
    bullets = [
        start for starts in marked.values() for start in starts if start.mark and start.mark.number is None
    ]
    for style, starts in marked.items():
        if starts and starts[0].mark and starts[0].mark.number is not None:
            yield f"numbered {style}", _chain(paragraphs, starts)
            yield f"run-on {style}", _run_on(paragraphs, starts[0], last)
        elif starts:
            yield f"bulleted {style}", starts
    for family, starts in families.items():
        if len({start.mark.style for start in starts if start.mark}) > 1 and family != "•":
            yield f"numbered {family} with mixed marks", _chain(paragraphs, starts)
    if len({start.mark.style for start in bullets if start.mark}) > 1:
        yield "bulleted, mixed", sorted(bullets, key=lambda start: start.para)
    inner = _first_inner(paragraphs, first, offset)
    if inner:
        yield f"run-on {inner.mark.style if inner.mark else ''}", _run_on(paragraphs, inner, last)
    yield "run-on by sentence", _by_sentence(paragraphs, first, last, offset)
    plain = [
        Start(i, offset if i == first else 0, offset if i == first else 0)
        for i in range(first, last)
        if i not in context.groups and (i > first or offset < len(paragraphs[i].text))
    ]
    unmarked = [s for s in plain if not is_marked(paragraphs[s.para].text[s.at :])]
    pools = [(unmarked, "")]
    if len(unmarked) != len(plain) and not any(map(_counts_on, marked.values())):
        pools.append((plain, ", marks or not"))
    for pool, note in pools:
        yield "bracketed" + note, [s for s in pool if _splits_well(context, s, ("bracket",))]
        yield "questions" + note, [s for s in pool if _splits_well(context, s, ("question",))]
        yield (
            "quoted" + note,
            [
                s
                for s in pool
                if paragraphs[s.para].text[s.at : s.at + 1] in OPENING and _opens_entry(context, s, last)
            ],
        )
        for how in ("colon", "dash", "arrow", "verb", "tab", "blank", "stop"):
            yield f"by {how}{note}", [s for s in pool if _splits_well(context, s, (how,))]
        yield (
            "by any separator" + note,
            [
                s
                for s in pool
                if _splits_well(context, s, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))
            ],
        )
        yield "headlines" + note, [s for s in pool if _is_headline(paragraphs, s.para, s.at, last)]
        yield from _by_place(paragraphs, pool, note)
        yield (
            "headlines and separators" + note,
            [
                s
                for s in pool
                if _is_headline(paragraphs, s.para, s.at, last)
                or _splits_well(context, s, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))
            ],
        )


def _beyond_nine(paragraphs: Sequence[Paragraph], zeros: Sequence[Start], last: int) -> list[Start]:
    """Go on behind 09 with 10, 11 …, which without a zero in front are marks only there."""
    out: list[Start] = []
    if not zeros or zeros[-1].mark is None or zeros[-1].mark.number != 9:
        return out
    number = 10
    for i in range(zeros[-1].para + 1, last):
        if paragraphs[i].text.startswith(str(number)) and has_han(paragraphs[i].text[2:3]):
            out.append(Start(i, 0, 2, Mark("01", number, 2)))
            number += 1
    return out


def _groups(paragraphs: Sequence[Paragraph], first: int, last: int) -> frozenset[int]:
    """Find the headings of groups inside an annex: 一、经济发展类 / … / 二、社会事业类.

    They are numbered, short, no sentences, hold no separator, and have at least two lines under each.
    """
    styles: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in range(first, last):
        mark = mark_of(paragraphs[i].text)
        if mark and mark.number is not None:
            styles[mark.style].append((mark.number, i))
    for numbered in styles.values():
        numbers = [number for number, _ in numbered]
        places = [i for _, i in numbered]
        if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
            continue
        texts = [paragraphs[i].text for i in places]
        plain = all(len(text) <= 20 and text[-1] not in LINE_END and "“" not in text for text in texts)
        if plain and all(b - a > 2 for a, b in zip(places, [*places[1:], last], strict=True)):
            return frozenset(places)
    return frozenset()


def _counts_on(starts: Sequence[Start]) -> bool:
    """Tell whether marks count on from 1 to 5 at least: then nobody would have entries begin without regard to them."""
    numbers = [start.mark.number for start in starts if start.mark]
    return len(numbers) >= 5 and numbers == list(range(1, len(numbers) + 1))


def _by_place(
    paragraphs: Sequence[Paragraph], pool: Sequence[Start], note: str
) -> Iterable[tuple[str, list[Start]]]:
    """Take the place on the page as the mark: lines at one indent, lines behind a blank one."""
    indents = {paragraphs[s.para].indent for s in pool}
    if len(indents) > 1:
        for indent in sorted(indents)[:3]:
            yield (
                f"lines at indent {indent}{note}",
                [
                    s
                    for s in pool
                    if paragraphs[s.para].indent == indent and _may_open(paragraphs[s.para].text[s.at :])
                ],
            )
    spaced = [s for s in pool if paragraphs[s.para].gap]
    if 1 < len(spaced) < len(pool):
        yield (
            "lines behind a blank one" + note,
            [s for s in spaced if _may_open(paragraphs[s.para].text[s.at :])],
        )


def _may_open(text: str) -> bool:
    """Tell whether a line could hold a headword at its beginning at all."""
    return any(head_score(text[split.start : split.end]) > 0 for split in splits(text))


_SENTENCES = re.compile(
    '(?:^|(?<=[。；;])|(?<=：)(?=[“「]))\\s*(?P<head>(?:所谓|所称)?[“「『"][^”」』"\\n]{1,40}[”」』"][^，。：；、\\s]{0,12}?|[^，。：；\\s]{2,24}?)(?:[，,]?\\s*(?=是指|系指|指的是|指[^数标引导挥定南]|即[^将使时])|[：:])'
)


def _by_sentence(paragraphs: Sequence[Paragraph], first: int, last: int, offset: int) -> list[Start]:
    """Find entries that follow one another as sentences of one paragraph: “两停一降”企业，是指…；“暖心灶台”，指…."""
    out: list[Start] = []
    inside = 0
    for i in range(first, last):
        text = simplify(paragraphs[i].text)
        hits = [found.start("head") for found in _SENTENCES.finditer(text, offset if i == first else 0)]
        if len(hits) > 1 or inside == 0:
            out += [Start(i, at, at) for at in hits]
            inside += sum(at > 0 for at in hits)
    return out if inside else []


def _chain(paragraphs: Sequence[Paragraph], starts: Sequence[Start]) -> list[Start]:
    """Keep the marks that count on: 1, 2, 3 …, with a gap or a misprint allowed, and a new 1 under a group heading."""
    kept: list[Start] = []
    current = 0
    for i, start in enumerate(starts):
        number = start.mark.number if start.mark else None
        if number is None:
            continue
        ahead = [s.mark.number for s in starts[i + 1 : i + 3] if s.mark]
        restarts = number == 1 and len(kept) >= 2 and start.para - kept[-1].para >= 1
        fits = (
            number == current + 1
            or (not kept)
            or (current < number <= current + 3 and number - 1 not in ahead)
            or (number == current and (number + 1 in ahead or number + 2 in ahead))
            or restarts
        )
        if fits:
            kept.append(start)
            current = number
    return kept


def _first_inner(paragraphs: Sequence[Paragraph], first: int, offset: int) -> Start | None:
    """Find a list that runs on in the first paragraph, behind whatever introduces it."""
    text = paragraphs[first].text
    mark = mark_of(text[offset : offset + 24])
    if mark and mark.number == 1:
        return Start(first, offset, offset + mark.end, mark)
    found = re.compile("[：:。]\\s*(?=[（(【\\[]?[1１一①][^0-9０-９]?)").search(text, offset, offset + 120)
    if found:
        mark = mark_of(text[found.end() : found.end() + 24])
        if mark and mark.number == 1:
            return Start(first, found.end(), found.end() + mark.end, mark)
    return None


def _run_on(paragraphs: Sequence[Paragraph], start: Start, last: int) -> list[Start]:
    """Follow a numbered list that runs on inside its paragraphs: …。2．“智改数转”：…。3．…."""
    assert start.mark is not None
    kept = [start]
    inside = 0
    para, at = start.para, start.at
    number = start.mark.number or 1
    while para < last:
        text = paragraphs[para].text
        found = marks_within(text, start.mark.style, number + 1, at)
        if found:
            kept.append(Start(para, found[0], found[1].end, found[1]))
            at = found[1].end
            number += 1
            inside += 1
            continue
        para += 1
        at = 0
        if para < last:
            mark = mark_of(paragraphs[para].text)
            if mark and mark.style == start.mark.style and mark.number == number + 1:
                kept.append(Start(para, 0, mark.end, mark))
                at = mark.end
                number += 1
    return kept if inside else []


def _splits_well(context: Context, start: Start, ways: Sequence[str]) -> bool:
    text = context.paragraphs[start.para].text
    for split in splits(text, start.at):
        if split.how not in ways:
            continue
        head = text[split.start : split.end]
        weight = head_score(head)
        if split.how == "copula":
            weight -= 0.0 if context.stands_elsewhere(head, start.para) else 0.3
        body = clipped(text, split.body, len(text)) if split.body >= 0 else ""
        if weight > 0 and (split.body < 0 or weight + body_score(body) >= 0.4):
            return True
    return False


def _opens_entry(context: Context, start: Start, last: int) -> bool:
    if _is_headline(context.paragraphs, start.para, start.at, last):
        return True
    return _splits_well(context, start, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))


def _is_headline(paragraphs: Sequence[Paragraph], i: int, at: int, last: int) -> bool:
    """Tell whether a paragraph is a short line that stands over a definition."""
    text = paragraphs[i].text[at:].rstrip("：: ")
    if not 1 < len(text) <= 45 or text[-1] in LINE_END or i + 1 >= last or head_score(text) <= 0:
        return False
    below = paragraphs[i + 1].text
    if i + 2 < last and not has_han(below):
        # 数字孪生 / Digital Twin / 给一台设备…
        below = paragraphs[i + 2].text
    return len(below) >= 8 and (
        below[-1] in _SENTENCE_END + "：:）)”" or len(below) > 1.5 * len(text) or opens_like_definition(below)
    )
