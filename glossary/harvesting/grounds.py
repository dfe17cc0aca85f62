"""What speaks for a reading of an annex beyond its looks, and where its entries end."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from glossary.harvesting.elsewhere import Elsewhere
from glossary.harvesting.parse import Candidate, Parse
from glossary.harvesting.plausible import is_letter_spaced, opens_like_definition
from glossary.reports.lines import Paragraph

__all__ = ["ended", "evident", "fault", "rivals"]

# 過渡性房屋（Transitional Housing）, 漏损率　leakage rate
_BILINGUAL = re.compile("[\u3400-\u9fff].*?[（(\\s][A-Za-z][A-Za-z .,&/-]{2,}[)）]?$")
# So many characters beside an annex are its page's lines (the date, the source, a menu), no report.
_HARDLY = 120
_SET_OFF = '“「『【〖〔["'


def fault(
    paragraphs: Sequence[Paragraph],
    elsewhere: Elsewhere,
    first: int,
    last: int,
    strength: float,
    title: bool,
    parse: Parse,
) -> str | None:
    """Say why a reading of a headed stretch is no annex, or `None` where it is one.

    `title` tells whether the heading ends as the title of an annex does: 江畔市2019年政府工作报告名词解释.
    """
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
    inside = elsewhere.starts[last] - elsewhere.starts[first]
    outside = elsewhere.starts[-1] - inside
    if title and outside <= max(_HARDLY, inside // 8):
        # a page of its own: there is no text in which its headwords could be used
        return None
    grounds = max(verbs, known, quoted) / n
    framed = parse.layout.startswith(("table", "cards"))
    if not framed and (
        (strength < 1.0 and grounds < 0.6) or (n >= 3 and outside > _HARDLY and grounds < 0.3)
    ):
        return "heading, but few headwords below it are quoted, defined by a verb, or used in the rest of the text"
    return None


def rivals(parses: Sequence[Parse]) -> list[Parse]:
    """Keep the readings, best first, that explain a stretch at least half as well as the best one.

    Where the best one has no grounds, a poor one is none either: “三高”是指…；“四新”是指… inside the first of four
    numbered entries are two good definitions, and lose the other three.
    """
    return [parse for parse in parses if parse.score >= 0.5 * parses[0].score]


def evident(paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, parse: Parse) -> bool:
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


def _grounds(paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, parse: Parse) -> tuple[int, int, int]:
    """Count the entries that a verb defines, that the rest of the text uses, and that stand in quotes."""
    each = [_ground(paragraphs, elsewhere, entry) for entry in parse.entries]
    return sum(v for v, _, _ in each), sum(k for _, k, _ in each), sum(q for _, _, q in each)


def _ground(
    paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, entry: Candidate
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


def ended(paragraphs: Sequence[Paragraph], elsewhere: Elsewhere, parse: Parse) -> Parse:
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
    return tuple(
        entry for group, mean in zip(groups, means, strict=True) if mean >= 0.6 * means[0] for entry in group
    )
