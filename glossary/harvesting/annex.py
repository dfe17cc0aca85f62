"""Glossary annexes: where they lie in a report, which layout reads them best, and the entries they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from glossary.harvesting.labels import label_of
from glossary.harvesting.layouts import parses
from glossary.harvesting.marks import is_marked, mark_of
from glossary.harvesting.parse import Candidate, Context, Parse, Slice
from glossary.harvesting.plausible import bare, is_letter_spaced, opens_like_definition
from glossary.harvesting.splits import splits
from glossary.harvesting.spans import Stretch, stretch
from glossary.model import Rejected, Section
from glossary.reports.headings import annex_heading, is_other_annex, squeeze
from glossary.reports.lines import Paragraph
from glossary.reports.view import View
from glossary.text import BLANK, simplify

__all__ = ["Annex", "Found", "annexes"]

_SALUTATION = re.compile("(?:尊敬的)?(?:各位(?:代表|委员|同志|议员)|主任|主席|议长).{0,30}[：:]$")
_EXPANSION = re.compile("[（(][^（）()]*[)）]$")
_TITLED = re.compile("第[一二三四五六七八九十0-9]+|附|[一二三四五六七八九十]+、|《")
_DOCUMENT = re.compile("(?:工作报告|情况的?报告|草案的报告|公报|规划纲要|决议|讲话)(?:[（(].{1,10}[）)])?$")
_INLINE_HEADING = re.compile("[：:]")
# 過渡性房屋（Transitional Housing）, 漏损率　leakage rate
_BILINGUAL = re.compile("[\u3400-\u9fff].*?[（(\\s][A-Za-z][A-Za-z .,&/-]{2,}[)）]?$")
_SET_OFF = '“「『【〖〔["'
_NOTE = re.compile("[（(【\\[]?((?:附|备|備)?[注註]|说明|說明)[】\\])）]?\\s*[：:]\\s*")
_CONTENTS = re.compile("(?:[.．…·]{2,}|\\s{2,}|\t)\\s*[0-9]{1,3}$")


class Found(msgspec.Struct, frozen=True):
    """One entry as found: its headword, its definition, its number."""

    number: int | None
    head: Stretch
    definition: Stretch


class Annex(msgspec.Struct, frozen=True):
    """One annex: the record of its section, and its entries."""

    section: Section
    entries: tuple[Found, ...]


class _Heading(msgspec.Struct, frozen=True):
    para: int
    start: int
    end: int
    offset: int  # where the annex's text begins in the paragraph, its length where it begins in the next one
    strength: float


class _Elsewhere:
    """Answers whether a headword stands in the text outside a stretch of paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        texts = [bare(paragraph.text) for paragraph in paragraphs]
        self.starts: list[int] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            at += len(text) + 1
        self.starts.append(at)
        self.flat = "\n".join(texts)
        self.find = lru_cache(maxsize=None)(self.flat.find)

    def beside(self, head: str, para: int) -> bool:
        """Tell whether a headword stands in another paragraph than its own."""
        name = bare(head)
        if self.find(name) == self.find(name, self.starts[para]) and _EXPANSION.search(name):
            # 再工業化（Re-industrialisation） is 再工業化 in the text
            name = _EXPANSION.sub("", name)
        if len(name) < 2:
            return False
        found = self.find(name)
        if found < 0 or found < self.starts[para]:
            return found >= 0
        return self.find(name, self.starts[para + 1]) >= 0

    def before(self, head: str, first: int) -> bool:
        name = bare(head)
        return len(name) >= 2 and 0 <= self.find(name) < self.starts[first]


def annexes(view: View, paragraphs: Sequence[Paragraph]) -> tuple[list[Annex], list[Rejected]]:
    """Find the glossary annexes of a report, headed ones first and then those that no heading announces."""
    elsewhere = _Elsewhere(paragraphs)
    rejected: list[Rejected] = []
    found: list[tuple[int, int, _Heading | None, Parse, list[Parse]]] = []
    headings = _headings(paragraphs)
    taken = [False] * len(paragraphs)
    for k, heading in enumerate(headings):
        if taken[heading.para]:
            continue
        first = heading.para if heading.offset < len(paragraphs[heading.para].text) else heading.para + 1
        last = _stop(paragraphs, heading, first, headings[k + 1 :])
        offset = heading.offset if first == heading.para else 0
        why, candidates = _best(paragraphs, elsewhere, first, last, offset, heading.strength)
        if why or not candidates:
            rejected.append(_reject(view, paragraphs[heading.para], why or "heading without entries"))
            continue
        parse = _ended(paragraphs, elsewhere, candidates[0])
        end = max(s[0] for entry in parse.entries for s in (entry.head, *entry.body)) + 1
        for p in range(heading.para, end):
            taken[p] = True
        found.append((heading.para, end, heading, parse, candidates[1:]))
        rejected += [
            _reject(view, paragraphs[s[0]], "stands in an annex but reads as no entry") for s in parse.stray
        ]
    for first, last in _free(taken):
        for start, end, parse, others in _unheaded(paragraphs, elsewhere, first, last):
            found.append((start, end, None, parse, others))
            for p in range(start, end):
                taken[p] = True
    found.sort(key=lambda item: item[0])
    return [_annex(view, paragraphs, *item) for item in found], rejected


def _headings(paragraphs: Sequence[Paragraph]) -> list[_Heading]:
    out: list[_Heading] = []
    titles = Counter(paragraph.text for paragraph in paragraphs if len(paragraph.text) <= 48)
    labels = [label_of(paragraph.text) for paragraph in paragraphs]
    recurring = Counter(label.word for label in labels if label)
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        label = labels[i]
        # a heading that comes twice stands in the contents first; 注释： under each chapter is not in the contents
        titles[text] -= 1
        if _CONTENTS.search(text) or _is_listed(paragraphs, i) or (titles[text] == 1 and _TITLED.match(text)):
            continue
        below = paragraphs[i + 1].text if i + 1 < len(paragraphs) else ""
        if label and recurring[label.word] > 1 and not (label.end >= len(text) and is_marked(below)):
            # 释义：… on every card; but 注释： over the notes of each chapter
            continue
        strength = annex_heading(text)
        if strength:
            out.append(_Heading(i, 0, len(text), len(text), strength))
            continue
        inline = _inline_heading(text)
        if inline:
            out.append(_Heading(i, *inline))
    return out


def _is_listed(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Tell a line of a list of papers from a heading: 1．政府工作报告 / 2．名词解释 / 3．主要指标表."""
    mark = mark_of(paragraphs[i].text)
    if mark is None or mark.number is None or len(paragraphs[i].text) > 40:
        return False
    for j, step in ((i - 1, -1), (i + 1, 1)):
        if 0 <= j < len(paragraphs) and len(paragraphs[j].text) <= 40:
            other = mark_of(paragraphs[j].text)
            if other and other.style == mark.style and other.number == mark.number + step:
                return True
    return False


def _inline_heading(text: str) -> tuple[int, int, int, float] | None:
    """Find a heading that runs into its annex: 名词解释：1．“三提三争”：…"""
    for colon in _INLINE_HEADING.finditer(text[:4000]):
        before = text[max(0, colon.start() - 40) : colon.start()]
        cut = max((before.rfind(mark) for mark in "。！？；\n"), default=-1)
        title = before[cut + 1 :]
        rest = text[colon.end() :].lstrip()
        if len(rest) < 8 or annex_heading(title.strip()) < 0.7:
            continue
        start = max(0, colon.start() - 40) + cut + 1
        lead = len(title) - len(title.lstrip())
        mark = mark_of(rest)
        if start == 0 or (mark and mark.number == 1):
            return start + lead, colon.start(), len(text) - len(rest), 0.7 if mark else 0.5
    note = _NOTE.match(text)
    if note and (
        ((mark := mark_of(text[note.end() :])) and mark.number == 1) or text[note.end() : note.end() + 1] in "“「"
    ):
        # 注：1.“直过民族”：指…2.…
        return note.start(1), note.end(1), note.end(), 0.5
    return None


def _stop(paragraphs: Sequence[Paragraph], heading: _Heading, first: int, later: Sequence[_Heading]) -> int:
    """Find where an annex must end at the latest: another heading, another part, another report."""
    last = len(paragraphs)
    for other in later:
        if other.strength >= min(0.7, heading.strength) and other.para > heading.para + 1:
            last = other.para
            break
    title = mark_of(simplify(paragraphs[heading.para].text[heading.start :]))
    for i in range(first + (heading.offset < len(paragraphs[heading.para].text)), last):
        text = paragraphs[i].text
        if i > first and is_other_annex(text):
            return i
        if _SALUTATION.match(simplify(text)) and i > first + 1:
            back = i
            while (
                back > first + 1
                and i - back < 4
                and len(paragraphs[back - 1].text) <= 45
                and not re.search("[。；]", paragraphs[back - 1].text)
            ):
                back -= 1
            return back
        if (
            len(text) <= 40
            and i > first
            and _DOCUMENT.search(squeeze(text))
            and "“" not in text
            and mark_of(text) is None
        ):
            return i
        if title and title.number and i > first:
            mark = mark_of(simplify(text[:30]))
            if mark and mark.style == title.style and mark.number == title.number + 1 and len(text) <= 40:
                return i
    return last


def _best(
    paragraphs: Sequence[Paragraph],
    elsewhere: _Elsewhere,
    first: int,
    last: int,
    offset: int,
    strength: float,
) -> tuple[str | None, list[Parse]]:
    """Read a headed stretch by every layout; say why none will do, or return them best first."""
    if first >= last:
        return "heading with nothing below it", []
    context = Context(paragraphs, elsewhere.beside)
    candidates = parses(context, first, last, offset)
    why: str | None = "heading, but nothing below it reads as entries"
    for i, parse in enumerate(candidates[:4]):
        fault = _fault(paragraphs, elsewhere, first, last, strength, parse)
        if fault is None:
            return None, [parse, *candidates[:i], *candidates[i + 1 :]]
        why = why if i else fault
    return why, []


def _fault(
    paragraphs: Sequence[Paragraph],
    elsewhere: _Elsewhere,
    first: int,
    last: int,
    strength: float,
    parse: Parse,
) -> str | None:
    """Say why a reading of a headed stretch is no annex, or `None` where it is one."""
    n = len(parse.entries)
    mean = sum(entry.score for entry in parse.entries) / n
    verbs, known, quoted = _grounds(paragraphs, elsewhere, parse)
    need = 0.75 + (0.2 if strength < 0.7 else 0.0) + (0.25 if n == 1 else 0.0)
    if (
        n >= 3
        and strength >= 1.0
        and (parse.layout.startswith("table") or max(verbs, known, quoted) >= 0.3 * n)
    ):
        # API　应用程序编程接口: short, but a table or used in the text
        need = 0.45
    if mean < need or parse.score < 0.6:
        return f"heading, but what stands below reads poorly as entries ({mean:.2f} < {need:.2f})"
    if n == 1 and not verbs and not quoted:
        return "heading, but one line below it that may be anything"
    outside = elsewhere.starts[-1] - (elsewhere.starts[last] - elsewhere.starts[first])
    grounds = max(verbs, known, quoted) / n
    framed = parse.layout.startswith(("table", "cards"))
    if not framed and ((strength < 1.0 and grounds < 0.6) or (n >= 3 and outside > 120 and grounds < 0.3)):
        return "heading, but few headwords below it are quoted, defined by a verb, or used in the rest of the text"
    return None


def _free(taken: Sequence[bool]) -> list[tuple[int, int]]:
    """List the stretches that no headed annex took."""
    out = []
    start = None
    for i, used in enumerate([*taken, True]):
        if not used and start is None:
            start = i
        elif used and start is not None:
            out.append((start, i))
            start = None
    return out


def _unheaded(
    paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, first: int, last: int
) -> list[tuple[int, int, Parse, list[Parse]]]:
    """Find annexes that no heading announces: runs of entries whose headwords the rest of the text uses or whose
    definitions open as definitions do.
    """
    out: list[tuple[int, int, Parse, list[Parse]]] = []
    for start, end in _runs(paragraphs, elsewhere, first, last):
        context = Context(paragraphs, elsewhere.beside)
        candidates = [p for p in parses(context, start, end) if len(p.entries) >= 2]
        candidates = [p for p in candidates if _evident(paragraphs, elsewhere, p)]
        if candidates:
            parse = _ended(paragraphs, elsewhere, candidates[0])
            stop = max(s[0] for entry in parse.entries for s in (entry.head, *entry.body)) + 1
            out.append((parse.entries[0].head[0], stop, parse, candidates[1:]))
    return out


def _runs(
    paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, first: int, last: int
) -> list[tuple[int, int]]:
    """Cut out the runs of paragraphs in which definitions are dense."""
    hits = [i for i in range(first, last) if _defines(paragraphs, elsewhere, i, last)]
    runs: list[tuple[int, int]] = _card_runs(paragraphs, first, last)
    if runs:
        hits = [i for i in hits if not any(a <= i < b for a, b in runs)]
    start = previous = None
    for i in [*hits, last + 99]:
        if previous is not None and start is not None and i - previous > (10 if _alike(paragraphs, previous, i) else 4):
            if sum(start <= h <= previous for h in hits) >= 2:
                runs.append((start, min(last, previous + 3)))
            start = i
        if start is None:
            start = i
        previous = i
    return [(a, b) for a, b in runs if a < last]


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


_DEFINES = re.compile(
    f'[{BLANK}]*(?P<head>[“「『"【〖][^”」』"】〗\n]{{1,40}}[”」』"】〗][^，。：；—\n]{{0,14}}?|[^，。；：、“”\n]{{2,24}}?(?:[（(][^（）()\n]{{1,50}}[)）])?)'
    f"[{BLANK}]*(?:[：:，,—–－-]*[{BLANK}]*(?=是指|系指|係指|指[^数标引导挥定南]|即[^将使时便]|就是)|[：:]|[—–－]{{1,2}})"
)


def _defines(paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, i: int, last: int) -> bool:
    """Tell whether a paragraph could open an entry: a headword, a separator, a verb of definition; or a headline."""
    text = paragraphs[i].text
    mark = mark_of(text)
    rest = text[mark.end :] if mark else text
    if not rest:
        return False
    if any(split.how == "question" for split in splits(rest[:130])):
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


def _evident(paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, parse: Parse) -> bool:
    """Decide whether entries without a heading are an annex: by their verbs, their quotes, their use in the body."""
    n = len(parse.entries)
    verbs, known, quoted = _grounds(paragraphs, elsewhere, parse)
    mean = sum(entry.score for entry in parse.entries) / n
    if not verbs and sum(len(paragraphs[q].text[c:d]) for e in parse.entries for q, c, d in e.body) < 14 * n:
        # an index: 失业率——市统计局（3）
        return False
    if parse.score < 0.7 * n:
        return False
    weight = 2.0 * verbs / n + 1.6 * known / n + 0.6 * quoted / n + min(0.6, 0.15 * (n - 2)) + (mean - 1.0)
    if quoted == n >= 4 and all(entry.how == "line" for entry in parse.entries):
        # a poster without any body: every headword in quotes or letter-spaced, on a line of its own
        weight += 0.8
    return weight >= 2.1 and mean >= 0.8 and (n >= 3 or (verbs == n and known == n))


def _grounds(paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, parse: Parse) -> tuple[int, int, int]:
    """Count the entries that a verb defines, that the rest of the text uses, and that stand in quotes."""
    each = [_ground(paragraphs, elsewhere, entry) for entry in parse.entries]
    return sum(v for v, _, _ in each), sum(k for _, k, _ in each), sum(q for _, _, q in each)


def _ground(
    paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, entry: Candidate
) -> tuple[bool, bool, bool]:
    """Say of one entry if a verb defines it, if the rest of the text uses it, if it is set off by quotes or spacing."""
    p, a, b = entry.head
    head = paragraphs[p].text[a:b]
    q, c, d = entry.body[0]
    quoted = any(mark in head for mark in _SET_OFF) or paragraphs[p].text[a - 1 : a] in tuple(_SET_OFF)
    return (
        entry.how == "question" or opens_like_definition(paragraphs[q].text[c : min(d, c + 12)]),
        elsewhere.beside(head, p),
        quoted or is_letter_spaced(head) or _BILINGUAL.search(head) is not None,
    )


def _ended(paragraphs: Sequence[Paragraph], elsewhere: _Elsewhere, parse: Parse) -> Parse:
    """Cut what comes behind the last entry and only looks like one: 推荐阅读, 参考资料 under an annex.

    Only where nearly all other headwords are quoted, defined by a verb or used in the text, and the last are not.
    """
    if parse.layout.startswith("numbered"):
        return msgspec.structs.replace(parse, entries=_likely_groups(parse.entries))
    if parse.layout.startswith(("bulleted", "table", "cards", "bracketed", "questions")):
        return parse
    grounds = [any(_ground(paragraphs, elsewhere, entry)) for entry in parse.entries]
    end = len(grounds)
    mean = sum(entry.score for entry in parse.entries) / len(parse.entries)
    while end > 3 and not grounds[end - 1]:
        last = parse.entries[end - 1]
        if not paragraphs[last.head[0]].cut and last.score >= 0.6 * mean:
            break
        end -= 1
    if end == len(grounds) or sum(grounds[:end]) < 0.8 * end or end < 0.7 * len(grounds):
        return parse
    return msgspec.structs.replace(parse, entries=parse.entries[:end])


def _likely_groups(entries: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Drop what begins to count anew behind the annex and reads much worse: （1）供水量：全市… 亿立方米."""
    groups: list[list[Candidate]] = []
    for entry in entries:
        if not groups or (entry.number == 1 and len(groups[-1]) > 1):
            groups.append([])
        groups[-1].append(entry)
    means = [sum(entry.score for entry in group) / len(group) for group in groups]
    return tuple(entry for group, mean in zip(groups, means, strict=True) if mean >= 0.6 * means[0] for entry in group)


def _annex(
    view: View,
    paragraphs: Sequence[Paragraph],
    first: int,
    end: int,
    heading: _Heading | None,
    parse: Parse,
    others: Sequence[Parse],
) -> Annex:
    entries = tuple(_found(view, paragraphs, candidate) for candidate in parse.entries)
    start = min(entry.head.start for entry in entries)
    title = title_span = None
    if heading:
        title_span = stretch(view, paragraphs, [(heading.para, heading.start, heading.end)])
        title = title_span.text
    section = Section(
        title=title,
        title_start=title_span.start if title_span else start,
        title_end=title_span.end if title_span else start,
        start=title_span.start if title_span else start,
        end=max(entry.definition.end for entry in entries),
        layout=parse.layout,
        score=parse.score,
        evidence=parse.evidence,
        rivals=tuple((other.layout, other.score) for other in others[:5]),
    )
    return Annex(section, entries)


def _found(view: View, paragraphs: Sequence[Paragraph], candidate: Candidate) -> Found:
    return Found(
        candidate.number,
        stretch(view, paragraphs, [candidate.head, *candidate.head_rest], joined=True),
        stretch(view, paragraphs, _answer(paragraphs, candidate.body), joined=candidate.joined),
    )


def _answer(paragraphs: Sequence[Paragraph], body: Sequence[Slice]) -> list[Slice]:
    """Leave out what introduces a definition: 答：, 【解释】, a colon."""
    (p, a, b), *rest = body
    text = paragraphs[p].text
    found = _INTRODUCES.match(text, a, b)
    return [(p, found.end() if found else a, b), *rest]


_INTRODUCES = re.compile(
    f"[{BLANK}]*(?:(?:答|A)[：:]|[【〔\\[（(]?(?:释义|釋義|解释|解釋|解读|解讀|含义|定义|注释)[】〕\\])）]?[：:]|[，,：:]|[—–]{{1,2}}(?=[^—–]))?[{BLANK}]*"
)


def _reject(view: View, paragraph: Paragraph, reason: str) -> Rejected:
    start, end = view.span(paragraph.start, paragraph.end)
    return Rejected(start=start, end=end, text=paragraph.text[:80], reason=reason)
