"""Ways to read a stretch of paragraphs as entries, and how well each explains it.

A *layout* is a hypothesis: entries begin at these places (a recurring mark, a bracket, a quotation mark, a short line
…), and the headword ends there. Each is tried on the whole stretch and scored: what every entry looks like, how
regular the marks run, and what remains unexplained. The best one is the annex's layout.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from glossary.harvesting.labels import label_of
from glossary.harvesting.marks import Mark, mark_of, marks_within
from glossary.harvesting.plausible import bare, body_score, head_score, is_closing, opens_like_definition
from glossary.harvesting.splits import SEPARATORS, Split, splits
from glossary.harvesting.tables import rows_of
from glossary.quotes import OPENING
from glossary.reports.headings import is_other_annex, is_title
from glossary.reports.lines import Paragraph

__all__ = ["Candidate", "Parse", "Slice", "parses"]

Slice = tuple[int, int, int]  # paragraph, start, end in its text
_SENTENCE_END = "。！？；;!?…"
_LINE_END = "。！？；;!?：:，,、"


class Start(msgspec.Struct, frozen=True):
    """Where an entry begins: at `open` in a paragraph stands its mark, at `at` its text."""

    para: int
    open: int
    at: int
    mark: Mark | None = None


class Candidate(msgspec.Struct, frozen=True):
    """One entry as a layout reads it."""

    number: int | None
    head: Slice
    body: tuple[Slice, ...]
    how: str
    score: float


class Parse(msgspec.Struct, frozen=True):
    """A stretch read by one layout: its entries, how well it explains the stretch, and the evidence."""

    layout: str
    entries: tuple[Candidate, ...]
    score: float
    evidence: tuple[str, ...]
    stray: tuple[Slice, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What a layout may ask about the rest of the document."""

    paragraphs: Sequence[Paragraph]
    stands_elsewhere: Callable[[str], bool]


def parses(context: Context, first: int, last: int, offset: int = 0) -> list[Parse]:
    """Read the paragraphs `first` to `last` (half-open) by every layout that finds anything, best first.

    `offset` is where the first paragraph's text begins (behind a heading that runs into it).
    """
    found: list[Parse] = []
    tried: set[tuple[Start, ...]] = set()
    for name, starts in _hypotheses(context, first, last, offset):
        key = tuple(starts)
        if not starts or key in tried:
            continue
        tried.add(key)
        parse = _read(context, name, starts, first, last, offset)
        if parse.entries:
            found.append(parse)
    for reader in (_read_table, _read_cards):
        parse_ = reader(context, first, last)
        if parse_ is not None:
            found.append(parse_)
    return sorted(found, key=lambda parse: (-parse.score, parse.layout))


def _hypotheses(context: Context, first: int, last: int, offset: int) -> Iterable[tuple[str, list[Start]]]:
    paragraphs = context.paragraphs
    marked: dict[str, list[Start]] = defaultdict(list)
    families: dict[str, list[Start]] = defaultdict(list)
    for i in range(first, last):
        skip = offset if i == first else 0
        text = paragraphs[i].text[skip:]
        mark = mark_of(text) or _lone_number(text)
        if mark:
            start = Start(i, skip, skip + mark.end, mark)
            marked[mark.style].append(start)
            families[mark.family].append(start)
    bullets = [start for starts in marked.values() for start in starts if start.mark and start.mark.number is None]
    for style, starts in marked.items():
        if starts[0].mark and starts[0].mark.number is not None:
            yield f"numbered {style}", _chain(paragraphs, starts)
            yield f"run-on {style}", _run_on(paragraphs, starts[0], last)
        else:
            yield f"bulleted {style}", starts
    for family, starts in families.items():
        if len({start.mark.style for start in starts if start.mark}) > 1 and family != "•":
            yield f"numbered {family} with mixed marks", _chain(paragraphs, starts)
    if len({start.mark.style for start in bullets if start.mark}) > 1:
        yield "bulleted, mixed", sorted(bullets, key=lambda start: start.para)
    inner = _first_inner(paragraphs, first, offset)
    if inner:
        yield f"run-on {inner.mark.style if inner.mark else ''}", _run_on(paragraphs, inner, last)
    plain = [
        Start(i, offset if i == first else 0, offset if i == first else 0)
        for i in range(first, last)
        if (offset < len(paragraphs[i].text) if i == first else True)
    ]
    unmarked = [s for s in plain if not _is_marked(paragraphs[s.para].text[s.at :])]
    for pool, note in ((unmarked, ""), (plain, ", marks or not")) if len(unmarked) != len(plain) else ((plain, ""),):
        yield "bracketed" + note, [s for s in pool if _splits_well(context, s, ("bracket",))]
        yield "questions" + note, [s for s in pool if _splits_well(context, s, ("question",))]
        yield "quoted" + note, [
            s for s in pool if paragraphs[s.para].text[s.at : s.at + 1] in OPENING and _opens_entry(context, s, last)
        ]
        for how in ("colon", "dash", "arrow", "verb", "tab", "blank"):
            yield f"by {how}{note}", [s for s in pool if _splits_well(context, s, (how,))]
        yield "by any separator" + note, [
            s for s in pool if _splits_well(context, s, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))
        ]
        yield "headlines" + note, [s for s in pool if _is_headline(paragraphs, s.para, s.at, last)]
        yield "headlines and separators" + note, [
            s
            for s in pool
            if _is_headline(paragraphs, s.para, s.at, last)
            or _splits_well(context, s, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))
        ]


def _lone_number(text: str) -> Mark | None:
    return Mark("1", int(text), len(text)) if re.fullmatch("[0-9０-９]{1,3}", text) else None


def _is_marked(text: str) -> bool:
    mark = mark_of(text) or _lone_number(text)
    return mark is not None


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
            or (current < number <= current + 3 and number + 1 in ahead + [number + 1] and number - 1 not in ahead)
            or (number == current and number + 1 in ahead)
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
    """Follow a numbered list that runs on inside its paragraphs: …。2．“智改数转”：…。3．…"""
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
            weight -= 0.2 if context.stands_elsewhere(head) else 0.6
        body = text[split.body :] if split.body >= 0 else ""
        if weight > 0 and (split.body < 0 or weight + body_score(body) > 0.55):
            return True
    return False


def _opens_entry(context: Context, start: Start, last: int) -> bool:
    if _is_headline(context.paragraphs, start.para, start.at, last):
        return True
    return _splits_well(context, start, ("colon", "dash", "verb", "arrow", "tab", "blank", "copula"))


def _is_headline(paragraphs: Sequence[Paragraph], i: int, at: int, last: int) -> bool:
    """Tell whether a paragraph is a short line that stands over a definition."""
    text = paragraphs[i].text[at:].rstrip("：: ")
    if not 1 < len(text) <= 45 or text[-1] in _LINE_END or i + 1 >= last or head_score(text) <= 0:
        return False
    below = paragraphs[i + 1].text
    return len(below) >= 8 and (below[-1] in _SENTENCE_END + "：:）)”" or len(below) > 1.5 * len(text) or opens_like_definition(below))


def _read(
    context: Context, name: str, starts: Sequence[Start], first: int, last: int, offset: int
) -> Parse:
    """Read the stretch with entries at the given places."""
    paragraphs = context.paragraphs
    blocks: list[list[Slice]] = []
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        stop_para, stop_at = (after.para, after.open) if after else (last, 0)
        block = [(start.para, start.at, stop_at if stop_para == start.para else len(paragraphs[start.para].text))]
        block += [(p, 0, len(paragraphs[p].text)) for p in range(start.para + 1, min(stop_para, last))]
        if stop_para < last and stop_para != start.para and stop_at:
            block.append((stop_para, 0, stop_at))
        while block and not paragraphs[block[0][0]].text[block[0][1] : block[0][2]].strip():
            block.pop(0)
        blocks.append(block)
    order = _preference(context, blocks)
    chosen = [_choose(context, block, order) for block in blocks]
    deepest = max((len(block) for block, split in zip(blocks[:-1], chosen, strict=False) if split), default=2)
    inner = {
        mark.style
        for block, split in zip(blocks[:-1], chosen, strict=False)
        if split
        for s in block[1:]
        if (mark := mark_of(paragraphs[s[0]].text))
    }
    entries: list[Candidate] = []
    stray: list[Slice] = []
    waste = 0.0
    style = starts[0].mark.style if starts[0].mark else None
    for i, (start, block, split) in enumerate(zip(starts, blocks, chosen, strict=True)):
        if split is None or not block:
            waste += 0.3 if block and len(block) == 1 and _is_group_heading(paragraphs, block[0]) else 0.9
            stray += block[:1]
            continue
        is_last = i + 1 == len(blocks) or all(s is None for s in chosen[i + 1 :])
        body = _body(paragraphs, block, split, deepest if is_last else None, inner, style)
        if not body:
            waste += 0.6
            stray += block[:1]
            continue
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
        context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]]) for e in entries
    )
    numbers = [start.mark.number for start in starts if start.mark and start.mark.number is not None]
    steps = sum(b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False)) + bool(numbers and numbers[0] == 1)
    regular = 0.7 * steps if len(starts) > 1 or name.startswith("run-on") else 0.3 * steps
    if not numbers and starts and starts[0].mark:
        regular = 0.6 * len(starts)
    hows = Counter(entry.how for entry in entries)
    how, most = hows.most_common(1)[0]
    mixed = 0.15 * (len(entries) - most)
    extra = sum(max(0, len(entry.body) - 1) for entry in entries)
    # a paragraph that a definition swallows although it carries a mark of its own costs more
    swallowed = sum(_is_marked(paragraphs[s[0]].text) and s[1] == 0 for e in entries for s in e.body[1:])
    lead = entries[0].head[0] - first
    lead_text = sum(len(paragraphs[p].text) for p in range(first, entries[0].head[0])) - (offset if lead else 0)
    loose = 0.0
    if not starts or starts[0].mark is None:
        loose = 1.2 * sum(
            _is_marked(paragraphs[s[0]].text) and s[1] == 0 for e in entries for s in (e.head, *e.body[1:])
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
        f"separated by {how} in {most} of {len(entries)}",
        f"{extra} further paragraphs in definitions, {len(stray)} openings that are no entry",
    )
    return Parse(name, tuple(entries), round(score, 2), evidence, tuple(stray))


def _preference(context: Context, blocks: Sequence[Sequence[Slice]]) -> list[str]:
    """Order the separators by what they would explain over the whole section."""
    gains: dict[str, float] = defaultdict(float)
    for block in blocks:
        if block:
            for split, weight in _weighed(context, block):
                if weight > 0.3:
                    gains[split.how] += weight
    return sorted(SEPARATORS, key=lambda how: (-round(gains[how], 3), SEPARATORS.index(how)))


def _weighed(context: Context, block: Sequence[Slice]) -> list[tuple[Split, float]]:
    paragraphs = context.paragraphs
    para, start, end = block[0]
    text = paragraphs[para].text[:end]
    out = []
    for split in splits(text, start):
        head = text[split.start : split.end]
        if split.body >= 0:
            body = text[split.body :]
        elif len(block) > 1:
            body = paragraphs[block[1][0]].text
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
        if split.how == "blank":
            weight -= 0.1
        out.append((split, weight))
    return out


def _choose(context: Context, block: Sequence[Slice], order: Sequence[str]) -> tuple[Split, float] | None:
    """Choose for one entry the section's favourite separator that reads well here."""
    if not block:
        return None
    weighed = _weighed(context, block)
    if not weighed:
        return None
    best = max(weight for _, weight in weighed)
    if best < 0.2:
        return None
    ranked = sorted(weighed, key=lambda pair: order.index(pair[0].how))
    for split, weight in ranked:
        if weight >= 0.45 and weight >= best - 0.75:
            return split, weight
    return max(weighed, key=lambda pair: pair[1])


def _is_group_heading(paragraphs: Sequence[Paragraph], piece: Slice) -> bool:
    text = paragraphs[piece[0]].text[piece[1] : piece[2]]
    return len(text) <= 20 and text[-1:] not in _LINE_END


def _body(
    paragraphs: Sequence[Paragraph],
    block: Sequence[Slice],
    split: tuple[Split, float],
    most: int | None,
    inner: set[str],
    style: str | None,
) -> list[Slice]:
    """Collect a definition's slices: to the end of its block, less what is not part of it.

    `most` bounds the paragraphs of the last entry by what the others have, for nothing else says where it ends.
    """
    para, _, end = block[0]
    body: list[Slice] = []
    if split[0].body >= 0:
        body.append((para, split[0].body, end))
    rest = list(block[1:])
    while rest and _is_group_heading(paragraphs, rest[-1]) and (body or len(rest) > 1) and most is None:
        # 二、社会事业类: the heading of the next group
        if mark_of(paragraphs[rest[-1][0]].text) is None and len(rest) + len(body) > 2:
            break
        rest.pop()
    for piece in rest:
        text = paragraphs[piece[0]].text[piece[1] : piece[2]]
        if body:
            if is_other_annex(text) or (is_title(text) and text[-1] not in _SENTENCE_END):
                break
            if most is not None:
                mark = mark_of(text)
                if len(body) + (split[0].body < 0) >= most:
                    break
                if is_closing(text) or (mark and mark.style not in inner):
                    break
            elif is_closing(text) and piece == rest[-1] and re.match("[（(]", text):
                break
        body.append(piece)
    return body


def _read_table(context: Context, first: int, last: int) -> Parse | None:
    """Read the stretch as a table: | 1 | 留抵退税 | … |, or cells set apart by tabs or wide blanks."""
    paragraphs = context.paragraphs
    table = rows_of([paragraphs[i].text for i in range(first, last)])
    if table is None:
        return None
    entries = []
    for row in table.rows:
        head, *bodies = row
        number, spans = head, bodies
        if not spans:
            continue
        (p, a, b) = number
        text = paragraphs[first + p].text[a:b]
        body = tuple((first + q, c, d) for q, c, d in spans)
        weight = head_score(text) + body_score(paragraphs[body[0][0]].text[body[0][1] : body[0][2]])
        if weight > 0.2:
            entries.append(Candidate(None, (first + p, a, b), body, "cell", weight))
    if not entries:
        return None
    known = sum(context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]]) for e in entries)
    score = (
        sum(min(e.score, 1.8) for e in entries)
        + 0.5 * known
        + 0.7 * len(entries)
        + (1.5 if table.headed else 0)
        - 0.9 * (len(table.rows) - len(entries))
    )
    evidence = (f"{len(entries)} of {len(table.rows)} rows", "with a header row" if table.headed else "no header row")
    return Parse(f"table by {table.delimiter}", tuple(entries), round(score, 2), evidence)


def _read_cards(context: Context, first: int, last: int) -> Parse | None:
    """Read the stretch as cards with label lines: 新词：… / 出处：… / 释义：…."""
    paragraphs = context.paragraphs
    labels = [(i, label) for i in range(first, last) if (label := label_of(paragraphs[i].text))]
    heads = [(i, label) for i, label in labels if label.role == "term"]
    bodies = [(i, label) for i, label in labels if label.role == "definition"]
    if not heads or len(bodies) < max(1, len(heads) // 2):
        return None
    labelled = {i: label for i, label in labels}
    recurring = Counter(label.word for _, label in labels)
    entries = []
    for (i, label), (stop, _) in zip(heads, [*heads[1:], (last, None)], strict=True):
        head = (i, label.end, len(paragraphs[i].text))
        inner = label_of(paragraphs[i].text, label.end, within=True)
        at = i + 1
        body: list[Slice] = []
        if inner and inner.role == "definition":
            head = (i, label.end, inner.start)
            body.append((i, inner.end, len(paragraphs[i].text)))
        elif not paragraphs[i].text[label.end :].strip() and at < stop:
            head = (at, 0, len(paragraphs[at].text))
            at += 1
        taking = bool(body)
        for p in range(at, stop):
            if p in labelled and (recurring[labelled[p].word] > 1 or labelled[p].role == "definition"):
                taking = labelled[p].role == "definition"
                if taking and paragraphs[p].text[labelled[p].end :].strip():
                    body.append((p, labelled[p].end, len(paragraphs[p].text)))
            elif taking:
                if body and (is_closing(paragraphs[p].text) or is_other_annex(paragraphs[p].text)):
                    break
                body.append((p, 0, len(paragraphs[p].text)))
        text = paragraphs[head[0]].text[head[1] : head[2]]
        if body:
            weight = head_score(text) + body_score(paragraphs[body[0][0]].text[body[0][1] :])
            entries.append(Candidate(label.number, head, tuple(body), "label", weight))
    if not entries:
        return None
    most = max((len(entry.body) for entry in entries[:-1]), default=1)
    entries[-1] = msgspec.structs.replace(entries[-1], body=entries[-1].body[:most])
    known = sum(context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]]) for e in entries)
    score = sum(min(e.score, 1.8) for e in entries) + 0.5 * known + 1.6 * len(entries)
    evidence = (f"{len(entries)} cards", "labels " + ", ".join(sorted(recurring)))
    return Parse("cards with labels", tuple(entries), round(score, 2), evidence)


def name_of(text: str) -> str:
    """Return a headword as it is looked for in the rest of the text."""
    return bare(text)
