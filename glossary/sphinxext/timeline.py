"""A small picture of the years of a term: since when it is there, and which years' reports have it."""

from __future__ import annotations

from collections.abc import Iterable

from glossary.model import Entry
from glossary.sphinxext.terms import years_of

__all__ = ["caption", "decades", "picture"]

# In pixels; the caption stands beside the picture as text.
_WIDTH, _HEIGHT, _MIDDLE, _MARGIN = 180, 20, 6, 6


def decades(entries: Iterable[Entry]) -> tuple[int, int] | None:
    """Return the years at the ends of all pictures of a site, whole decades; `None` where no year is known.

    A few terms of long ago (三大改造, 1953) must not press the others together: what lies before the first twentieth
    of all years is drawn at the left end.

    >>> from glossary.model import Sense
    >>> decades([Entry(headword="双碳", senses=(Sense(since=2020),)), Entry(headword="三农", senses=(Sense(since=1996),))])
    (1990, 2030)
    """
    years = sorted(year for entry in entries for year in years_of(entry))
    return (years[len(years) // 20] // 10 * 10, years[-1] // 10 * 10 + 10) if years else None


def caption(entry: Entry) -> str:
    """Say what the picture shows.

    >>> from glossary.model import Sense, Source
    >>> caption(Entry(headword="双碳", senses=(Sense(since=2020, source=Source(id="a", year=2023)),)))
    '2020年起；报告：2023年'
    """
    since = min((sense.since for sense in entry.senses if sense.since), default=None)
    used = _used(entry)
    parts = [f"{since}年起"] if since else []
    if used:
        parts.append(f"报告：{'、'.join(map(str, used))}年")
    return "；".join(parts) or "、".join(f"{year}年" for year in years_of(entry))


def picture(entry: Entry, span: tuple[int, int]) -> str:
    """Return the picture as SVG, empty where no year is known; `span` are the years at its ends.

    A ring is the first year, a dot a year with a report; the line runs from the first to the last of them.

    >>> from glossary.model import Sense
    >>> picture(Entry(headword="双碳", senses=(Sense(since=2020),)), (1990, 2030)).count("<circle")
    1
    """
    years = years_of(entry)
    if not years:
        return ""
    first, last = span

    def at(year: int) -> float:
        share = (min(max(year, first), last) - first) / (last - first)
        return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * share, 1)

    ticks = "".join(f"M{at(year)} {_MIDDLE - 2}v4" for year in range(first, last + 1, 10))
    ends = "".join(
        f'<text x="{at(year)}" y="{_HEIGHT - 1}" text-anchor="{side}">{year}</text>'
        for year, side in ((first, "start"), (last, "end"))
    )
    dots = "".join(f'<circle class="used" cx="{at(year)}" cy="{_MIDDLE}" r="3"/>' for year in _used(entry))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="policy-timeline" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'aria-hidden="true"><path class="axis" d="M{at(first)} {_MIDDLE}H{at(last)}{ticks}"/>{ends}'
        f'<path class="life" d="M{at(years[0])} {_MIDDLE}H{at(years[-1])}"/>{dots}'
        f'<circle class="first" cx="{at(years[0])}" cy="{_MIDDLE}" r="4"/></svg> '
    )


def _used(entry: Entry) -> list[int]:
    """Return the years of the reports that have a term."""
    return sorted({sense.source.year for sense in entry.senses if sense.source and sense.source.year})
