"""From what a report explains to entries of a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from glossary.folding import key_of
from glossary.merging import plain, with_kinds
from glossary.model import BODY, AnnexEntry, Entry, Harvest, Sense
from glossary.text import can_be_named

__all__ = ["entries_of", "told_once"]

# “1”, “N”, 12条, 六方面工作, 两件事: explained where they stand, and no headwords anywhere else.
_BOUND = re.compile(
    "[0-9]+|.|[0-9一二三四五六七八九十两]{1,3}(?:[条條项項个個点點]|(?:大|个|個|项|項|种|種|类|類)?(?:方面|环节|環節|问题|問題|重点|重點|任务|任務|举措|舉措|目标|目標|原则|原則|阶段|階段|层面|層面|领域|領域|步骤|步驟|部分|指标|指標)(?:工作)?|[项項]工作|件(?:大|实|實|好)?事)"
)
# 三级, 两县, 三家区属企业 count what their text has just named; what it quotes is a term: “三省一市”.
_BODIES = re.compile("[二两兩三四五六七八九十]{1,2}[级級家县縣市区區镇鎮乡鄉省校所位名款]")


def _single(found: AnnexEntry) -> Iterator[Entry]:
    """Yield what an annex explains as entries with one headword each: “双高”“双普” are two."""
    if found.names:
        for name in found.names:
            yield Entry(headword=name, kind=found.kind, senses=found.senses, related=found.related)
    else:
        yield plain(found)


def entries_of(harvest: Harvest) -> Iterator[Entry]:
    """Yield the entries that a harvest makes: annex entries, what their definitions explain, inline terms, quotes.

    What has neither a letter nor a digit is left out.

    What the report explains has one sense for it, which also says how often the report sets the term in quotes; a
    quoted expression that it doesn't explain has a sense with a source and no definition.
    """
    counts = {key_of(quote.name): quote.count for quote in harvest.quotes}
    explained: set[str] = set()
    for entry in _explained(harvest):
        if not can_be_named(entry.headword):
            continue
        key = key_of(entry.headword)
        explained.add(key)
        senses = tuple(
            msgspec.structs.replace(s, count=max(s.count, counts.get(key, 0))) for s in entry.senses
        )
        yield msgspec.structs.replace(entry, senses=senses)
    source = harvest.report.source(BODY)
    for quote in harvest.quotes:
        if (
            quote.kind in ("figurative", "other")
            or _BOUND.fullmatch(quote.name)
            or key_of(quote.name) in explained
            or not can_be_named(quote.name)
        ):
            continue
        start, end = quote.positions[0]
        sense = Sense(source=source, start=start, end=end, count=quote.count)
        yield Entry(headword=quote.name, kind=quote.kind, senses=(sense,))


def told_once(harvest: Harvest) -> list[Entry]:
    """Return the entries that a harvest makes by headword, each once, as a term file holds them.

    Of several explanations the first of `entries_of` is kept: what an annex says goes before what the text says.
    """
    firsts: dict[str, Entry] = {}
    for entry in with_kinds(list(entries_of(harvest))):
        firsts.setdefault(key_of(entry.headword), entry)
    return sorted(firsts.values(), key=lambda entry: entry.headword)


def _explained(harvest: Harvest) -> Iterator[Entry]:
    for found in harvest.entries:
        yield from _single(found)
    for found in harvest.entries:
        for sense in found.senses:
            for sub in sense.subterms:
                inner = Sense(
                    definition=sub.definition,
                    members=sub.members,
                    source=sense.source,
                    start=sub.start,
                    end=sub.end,
                )
                if not _BOUND.fullmatch(sub.term):
                    yield Entry(headword=sub.term, senses=(inner,))
    quoted = {key_of(text) for quote in harvest.quotes for text in (quote.text, quote.name)}
    for inline in harvest.inline:
        counts = _BODIES.match(inline.term) and key_of(inline.term) not in quoted
        if counts or inline.kind == "figurative" or _BOUND.fullmatch(inline.term):
            continue
        sense = Sense(
            definition=inline.gloss,
            members=inline.members,
            source=harvest.report.source(BODY),
            start=inline.start,
            end=inline.end,
        )
        yield Entry(headword=inline.term, kind=inline.kind, senses=(sense,))
