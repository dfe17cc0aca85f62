"""Read cards with label lines: 新词：… / 出处：… / 释义：…."""

from __future__ import annotations

from collections import Counter

import msgspec

from glossary.harvesting.labels import Label, label_of
from glossary.harvesting.marks import lone_number
from glossary.harvesting.parse import Candidate, Context, Parse, Slice, noise_of
from glossary.harvesting.plausible import body_score, clipped, head_score, is_closing
from glossary.reports.headings import is_other_annex

__all__ = ["read_cards"]


def read_cards(context: Context, first: int, last: int) -> Parse | None:
    """Read the stretch as cards with label lines: 新词：… / 出处：… / 释义：…."""
    paragraphs = context.paragraphs
    labels = [(i, label) for i in range(first, last) if (label := label_of(paragraphs[i].text))]
    heads = [(i, label) for i, label in labels if label.role == "term"]
    bodies = [(i, label) for i, label in labels if label.role == "definition"]
    if not heads and len(bodies) >= 2:
        return _unlabelled(context, labels, first, last)
    if not heads or len(bodies) < max(1, len(heads) // 2):
        return None
    return _cards(context, heads, dict(labels), first, last)


def _unlabelled(context: Context, labels: list[tuple[int, Label]], first: int, last: int) -> Parse | None:
    """Read cards whose headword has no label: it stands over the first label of each card."""
    cycle = labels[0][1].word
    opening = [i for i, label in labels if label.word == cycle and i > first]
    if len(opening) < 2:
        return None
    heads = [(i - 1, Label("", "term", None, 0, 0)) for i in opening]
    return _cards(context, heads, dict(labels), first, last)


def _cards(
    context: Context, heads: list[tuple[int, Label]], labelled: dict[int, Label], first: int, last: int
) -> Parse | None:
    paragraphs = context.paragraphs
    recurring = Counter(label.word for label in labelled.values())
    noise = noise_of(paragraphs, first, last)
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
            elif paragraphs[p].text in noise or lone_number(paragraphs[p].text):
                # 滑动查看更多 / 02 / PART, between the cards
                taking = False
            elif taking:
                if body and (is_closing(paragraphs[p].text) or is_other_annex(paragraphs[p].text)):
                    break
                body.append((p, 0, len(paragraphs[p].text)))
        text = paragraphs[head[0]].text[head[1] : head[2]]
        if body:
            weight = head_score(text) + body_score(clipped(paragraphs[body[0][0]].text, *body[0][1:]))
            entries.append(Candidate(label.number, head, tuple(body), "label", weight))
    if not entries:
        return None
    most = max((len(entry.body) for entry in entries[:-1]), default=1)
    entries[-1] = msgspec.structs.replace(entries[-1], body=entries[-1].body[:most])
    known = sum(
        context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]], e.head[0])
        for e in entries
    )
    score = sum(min(e.score, 1.8) for e in entries) + 0.5 * known + 1.6 * len(entries)
    evidence = (f"{len(entries)} cards", "labels " + ", ".join(sorted(recurring)))
    return Parse("cards with labels", tuple(entries), round(score, 2), evidence)
