"""Read a stretch of paragraphs as entries that begin at given places, and score how well that explains it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

import msgspec

from glossary.harvesting.marks import Mark, is_marked, mark_of
from glossary.harvesting.plausible import body_score, clipped, head_score, is_closing, opens_like_definition
from glossary.harvesting.splits import SEPARATORS, Split, splits
from glossary.quotes import OPENING
from glossary.reports.headings import is_other_annex, is_title
from glossary.reports.lines import Paragraph
from glossary.text import has_han

__all__ = ["LINE_END", "Candidate", "Context", "Parse", "Slice", "Start", "noise_of", "read"]

Slice = tuple[int, int, int]  # paragraph, start, end in its text
_SENTENCE_END = "。！？；;!?…"
LINE_END = "。！？；;!?：:，,、"


class Start(msgspec.Struct, frozen=True, gc=False):
    """Where an entry begins: at `open` in a paragraph stands its mark, at `at` its text."""

    para: int
    open: int
    at: int
    mark: Mark | None = None


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """One entry as a layout reads it."""

    number: int | None
    head: Slice
    body: tuple[Slice, ...]
    how: str
    score: float
    head_rest: tuple[Slice, ...] = ()
    joined: bool = False  # the lines of a cell are one paragraph


class Parse(msgspec.Struct, frozen=True, gc=False):
    """A stretch read by one layout: its entries, how well it explains the stretch, and the evidence."""

    layout: str
    entries: tuple[Candidate, ...]
    score: float
    evidence: tuple[str, ...]
    stray: tuple[Slice, ...] = ()


class Context(msgspec.Struct, frozen=True, gc=False):
    """What a layout may ask about the rest of the document."""

    paragraphs: Sequence[Paragraph]
    stands_elsewhere: Callable[[str, int], bool]
    groups: frozenset[int] = frozenset()  # headings of groups inside the annex


def read(context: Context, name: str, starts: Sequence[Start], first: int, last: int, offset: int) -> Parse:
    """Read the stretch with entries at the given places."""
    paragraphs = context.paragraphs
    blocks: list[list[Slice]] = []
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        stop_para, stop_at = (after.para, after.open) if after else (last, 0)
        block = [
            (start.para, start.at, stop_at if stop_para == start.para else len(paragraphs[start.para].text))
        ]
        block += [(p, 0, len(paragraphs[p].text)) for p in range(start.para + 1, min(stop_para, last))]
        if stop_para < last and stop_para != start.para and stop_at:
            block.append((stop_para, 0, stop_at))
        block = list(takewhile(lambda s: s[0] not in context.groups, block))
        while block and not paragraphs[block[0][0]].text[block[0][1] : block[0][2]].strip():
            block.pop(0)
        blocks.append(block)
    order, rule = _preference(context, blocks)
    chosen = [_choose(context, block, order, rule) for block in blocks]
    # notes at the foot of a page: one line each, and behind the page number the text goes on
    typical = Counter(len(block) for block in blocks).most_common(1)[0][0]
    single = all(
        "。" not in paragraphs[s[0]].text[s[1] : s[2]].rstrip("。；; ") for b in blocks[:-1] for s in b
    )
    deepest = max(
        (
            len(block)
            for i, (block, split) in enumerate(zip(blocks[:-1], chosen, strict=False))
            if split and not _restarts(starts[i], starts[i + 1])
        ),
        default=2,
    )
    inner = {
        mark.style
        for block, split in zip(blocks[:-1], chosen, strict=False)
        if split
        for s in block[1:]
        if (mark := mark_of(paragraphs[s[0]].text))
    }
    final = max((i for i, split in enumerate(chosen) if split), default=-1)
    entries: list[Candidate] = []
    stray: list[Slice] = []
    waste = 0.0
    lead = {paragraphs[p].text for p in range(first, starts[0].para) if len(paragraphs[p].text) <= 12}
    lead |= noise_of(paragraphs, first, last)
    for i, (start, block, split) in enumerate(zip(starts, blocks, chosen, strict=True)):
        if split is None or not block:
            waste += 0.3 if block and len(block) == 1 and _is_group_heading(paragraphs, block[0]) else 0.9
            stray += block[:1]
            continue
        is_last = i >= final
        # numbers that begin again: notes at the foot of each page, with the text going on between
        is_last = is_last or (i + 1 < len(starts) and _restarts(start, starts[i + 1]))
        # 序号 / 名词 / 解释 come again at the head of every page of a table
        block = block[:1] + [s for s in block[1:] if s[1] or paragraphs[s[0]].text not in lead]
        body = _body(paragraphs, block, split, deepest if is_last else None, inner, typical)
        if not body:
            waste += 0.6
            stray += block[:1]
            continue
        if name.startswith("run-on"):
            body = _run_on_end(paragraphs, body, single and is_last)
        head = (block[0][0], split[0].start, split[0].end)
        number = start.mark.number if start.mark else None
        entries.append(Candidate(number, head, tuple(body), split[0].how, split[1]))
    return _scored(context, name, starts, entries, stray, waste, first, offset)


def _scored(
    context: Context,
    name: str,
    starts: Sequence[Start],
    entries: Sequence[Candidate],
    stray: Sequence[Slice],
    waste: float,
    first: int,
    offset: int,
) -> Parse:
    paragraphs = context.paragraphs
    if not entries:
        return Parse(name, (), 0.0, ())
    quality = sum(min(entry.score, 1.8) for entry in entries)
    known = sum(
        context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]], e.head[0])
        for e in entries
    )
    numbers = [start.mark.number for start in starts if start.mark and start.mark.number is not None]
    steps = sum(b == a + 1 for a, b in pairwise(numbers)) + bool(numbers and numbers[0] == 1)
    regular = 0.7 * steps if len(starts) > 1 or name.startswith("run-on") else 0.3 * steps
    if not numbers and starts and starts[0].mark:
        # —— opens the points of a paragraph more often than the entries of an annex
        regular = (0.3 if starts[0].mark.style in "-–—" else 0.6) * len(starts)
    heads = Counter(paragraphs[e.head[0]].text[e.head[1] : e.head[2]] for e in entries)
    waste += 1.2 * (len(entries) - len(heads))
    hows = Counter(entry.how for entry in entries)
    how, most = hows.most_common(1)[0]
    # without marks, a minority that is set otherwise needs better grounds than looking like an entry
    mixed = 0.15 * (len(entries) - most)
    if not starts[0].mark:
        mixed = sum(
            0.35 if _has_grounds(context, paragraphs, entry) else 1.5 for entry in entries if entry.how != how
        )
    # a bracket or a question is as good as a mark
    regular += 0.5 * (hows["bracket"] + hows["question"])
    place = _place(paragraphs, starts, entries)
    regular += 0.35 * len(entries) * bool(place)
    extra = sum(max(0, len(entry.body) - 1) for entry in entries)
    # a paragraph that a definition swallows although it carries a mark of its own costs more
    swallowed = sum(is_marked(paragraphs[s[0]].text) and s[1] == 0 for e in entries for s in e.body[1:])
    lead = entries[0].head[0] - first
    lead_text = sum(len(paragraphs[p].text) for p in range(first, entries[0].head[0])) - (
        offset if lead else 0
    )
    loose = 0.0
    if not starts or starts[0].mark is None:
        loose = 2.0 * sum(
            is_marked(paragraphs[s[0]].text) and s[1] == 0 for e in entries for s in (e.head, *e.body[1:])
        )
    score = (
        quality
        + 0.5 * known
        + regular
        - mixed
        - 0.12 * extra
        - 0.15 * swallowed
        - loose
        - waste
        - 0.25 * max(0, lead - 2)
        - 0.004 * max(0, lead_text - 120)
    )
    evidence = (
        f"{len(entries)} entries, weight {quality:.1f}",
        f"{known} headwords stand in the rest of the text",
        f"marks go on by one {steps} times" if numbers else f"{len(starts)} openings",
        *([f"every entry opens {place}, and nothing else does"] if place else []),
        f"separated by {how} in {most} of {len(entries)}",
        f"{extra} further paragraphs in definitions, {len(stray)} openings that are no entry",
    )
    return Parse(name, tuple(entries), round(score, 2), evidence, tuple(stray))


def _has_grounds(context: Context, paragraphs: Sequence[Paragraph], entry: Candidate) -> bool:
    """Tell whether a headword stands in quotes or in the rest of the text, or is defined by a verb."""
    head = paragraphs[entry.head[0]].text[entry.head[1] : entry.head[2]]
    p, start, end = entry.body[0]
    return (
        head[0] in OPENING
        or context.stands_elsewhere(head, entry.head[0])
        or (len(head) <= 12 and opens_like_definition(paragraphs[p].text[start:end]))
    )


def _place(
    paragraphs: Sequence[Paragraph], starts: Sequence[Start], entries: Sequence[Candidate]
) -> str | None:
    """Say what place on the page every entry and nothing else has: an indent, the line behind a blank one."""
    opening = {e.head[0] for e in entries}
    inner = {s[0] for e in entries for s in e.body} - opening
    if len(entries) < 2 or not inner:
        return None
    indents = {paragraphs[p].indent for p in opening}
    if len(indents) == 1 and not indents & {paragraphs[p].indent for p in inner}:
        return f"at indent {indents.pop()}"
    if all(paragraphs[p].gap for p in opening - {starts[0].para}) and not any(
        paragraphs[p].gap for p in inner
    ):
        return "behind a blank line"
    return None


def _restarts(start: Start, after: Start) -> bool:
    if start.mark is None or after.mark is None or start.mark.number is None or after.mark.number is None:
        return False
    return after.mark.number == 1 and start.mark.number > 1


def _run_on_end(paragraphs: Sequence[Paragraph], body: Sequence[Slice], short: bool) -> list[Slice]:
    """End a definition inside a running paragraph: before the ；that parts entries; at its first sentence if short."""
    *others, (p, start, end) = body
    text = paragraphs[p].text
    if short and not others:
        stop = text.find("。", start, end)
        end = stop + 1 if stop >= 0 else end
    while end > start and text[end - 1] in "；; ":
        end -= 1
    return [*others, (p, start, end)]


def noise_of(paragraphs: Sequence[Paragraph], first: int, last: int) -> set[str]:
    """Find short lines that come again and again and say nothing: 滑动查看更多, PART, END."""
    seen = Counter(paragraphs[p].text for p in range(first, last) if len(paragraphs[p].text) <= 14)
    return {text for text, count in seen.items() if count >= 3 and text[-1] not in _SENTENCE_END}


# A separator is the rule of a section from so many entries on, and with such a share of them.
_SOME, _RULE = 5, 0.9


def _preference(context: Context, blocks: Sequence[Sequence[Slice]]) -> tuple[list[str], bool]:
    """Order the separators by what they would explain over the whole section, and tell if the first is the rule here."""
    gains: dict[str, float] = defaultdict(float)
    explained: Counter[str] = Counter()
    for block in blocks:
        if block:
            for split, weight in _weighed(context, block):
                if weight > 0.3:
                    gains[split.how] += weight
                    explained[split.how] += 1
    order = sorted(SEPARATORS, key=lambda how: (-round(gains[how], 3), SEPARATORS.index(how)))
    return order, len(blocks) >= _SOME and explained[order[0]] >= _RULE * len(blocks)


def _weighed(context: Context, block: Sequence[Slice]) -> list[tuple[Split, float]]:
    paragraphs = context.paragraphs
    para, start, end = block[0]
    text = paragraphs[para].text
    out = []
    for split in splits(text, start, end):
        head = text[split.start : split.end]
        if split.body >= 0:
            body = clipped(text, split.body, end)
        elif len(block) > 1:
            p, a, b = block[1]
            body = clipped(paragraphs[p].text, a, b)
        else:
            continue
        weight = head_score(head)
        if weight <= -0.4:
            continue
        weight += body_score(body)
        if split.how == "line" and split.body < 0 and text[end - 1 : end] in _SENTENCE_END:
            weight -= 0.8
        if split.how == "copula":
            weight -= 0.5
        if split.how in ("blank", "stop"):
            weight -= 0.1
        out.append((split, weight))
    return out


def _choose(
    context: Context, block: Sequence[Slice], order: Sequence[str], rule: bool
) -> tuple[Split, float] | None:
    """Choose for one entry the section's favourite separator that reads well here.

    Where the favourite is the rule of the section it is enough that it is there: 绿水青山就是金山银山：… is parted at
    its colon like all others, and not at 就是.
    """
    if not block:
        return None
    weighed = _weighed(context, block)
    if not weighed:
        return None
    best = max(weight for _, weight in weighed)
    if best < 0.2:
        return None
    ranked = sorted(weighed, key=lambda pair: order.index(pair[0].how))
    if rule and ranked[0][0].how == order[0] and ranked[0][0].body >= 0:
        return ranked[0]
    for split, weight in ranked:
        if weight >= 0.45 and weight >= best - 0.75:
            return split, weight
    return max(weighed, key=lambda pair: pair[1])


def _is_group_heading(paragraphs: Sequence[Paragraph], piece: Slice) -> bool:
    text = paragraphs[piece[0]].text[piece[1] : piece[2]]
    return len(text) <= 20 and text[-1:] not in LINE_END


def _body(
    paragraphs: Sequence[Paragraph],
    block: Sequence[Slice],
    split: tuple[Split, float],
    most: int | None,
    inner: set[str],
    typical: int,
) -> list[Slice]:
    """Collect a definition's slices: to the end of its block, less what is not part of it.

    `most` bounds the paragraphs of the last entry by what the others have, for nothing else says where it ends.
    """
    para, _, end = block[0]
    body: list[Slice] = []
    if split[0].body >= 0:
        body.append((para, split[0].body, end))
    rest = list(block[1:])
    while not body and len(rest) > 1 and not has_han(paragraphs[rest[0][0]].text):
        # the English name on a line of its own: Digital Twin
        rest.pop(0)
    while rest and _is_group_heading(paragraphs, rest[-1]) and (body or len(rest) > 1):
        # 二、社会事业类: the heading of the next group
        if mark_of(paragraphs[rest[-1][0]].text) is None and len(rest) + len(body) > 2:
            break
        rest.pop()
    for piece in rest:
        text = paragraphs[piece[0]].text[piece[1] : piece[2]]
        if body:
            if paragraphs[piece[0]].cut and len(body) + (split[0].body < 0) >= typical:
                break
            if is_other_annex(text) or (is_title(text) and text[-1] not in _SENTENCE_END):
                break
            if most is not None:
                if paragraphs[piece[0]].cut:
                    break
                mark = mark_of(text)
                q, _, z = body[-1]
                if paragraphs[q].text[z - 1] in "：:，、":
                    # 计算公式为： / 平均工资=…
                    body.append(piece)
                    continue
                if len(body) + (split[0].body < 0) >= most:
                    break
                if is_closing(text) or (mark and mark.style not in inner):
                    break
            elif is_closing(text) and piece == rest[-1] and re.match("[（(]", text):
                break
        body.append(piece)
    return body
