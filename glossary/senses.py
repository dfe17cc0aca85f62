"""Which sense of an entry fits a text best."""

from __future__ import annotations

from itertools import takewhile

import msgspec

from glossary.model import BODY, Entry, Sense, Source
from glossary.text import simplify

__all__ = ["best_sense"]


def best_sense(entry: Entry, *, region: str | None = None, year: int | None = None) -> Sense | None:
    """Choose among the senses of an entry.

    The order is total: a definition before none; the same region (given in full or from any level down, in either
    script), then the region that shares most levels from the province down, of two the one that the text's region
    lies in, then no region at all (what holds everywhere), then another region; the year nearest to the one asked for,
    the later of two (the latest where none is asked for); an annex before what the text says in passing; then source
    id and the record itself.
    """
    if len(entry.senses) <= 1:
        return entry.senses[0] if entry.senses else None
    where = simplify(region).strip() if region else ""

    def rank(sense: Sense) -> tuple[bool, bool, int, bool, bool, int, int, bool, str, bytes]:
        source = sense.source or Source(id="")
        place, when = source.region or "", source.year
        shared = _shared(place, where)
        distance = (abs(when - year) if when is not None else 9999) if year is not None else 0
        return (
            sense.definition is None,
            not (where and place.endswith(where)),
            -shared,
            bool(where) and not (place and where.startswith(place)),
            bool(place) and not shared,
            distance,
            -(when or 0),
            source.place == BODY,
            source.id,
            msgspec.json.encode(sense),
        )

    return min(entry.senses, key=rank)


def _shared(one: str, other: str) -> int:
    """Return how long a beginning of whole levels two regions share: 上海市 and 上饶市 none."""
    common = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return max(map(common.rfind, "省市区县州盟旗")) + 1
