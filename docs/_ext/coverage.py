"""How much of a report the shipped glossary explains: `python docs/_ext/coverage.py REPORTS…` writes docs/coverage.md."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import glossary
from glossary.folding import key_of

PAGE = Path(__file__).parents[1] / "coverage.md"
_SORTS = {"annex": "名词解释", "shorthand": "缩略", "initiative": "举措"}
_HEAD = """# 覆盖面

内置词典能解释一份报告里多少词？下表对每份报告，取文末名词解释的条目和正文里打引号的缩略、举措，看内置词典有没有释义；这份报告自己的词条文件不算在内。数字由 `python docs/_ext/coverage.py` 算出，不是手写的。

| 报告 | 名词解释 | 缩略 | 举措 | 合计 |
|---|---|---|---|---|
"""


class Coverage(NamedTuple):
    """The names of one sort in a report, and those of them that are explained."""

    names: tuple[str, ...]
    explained: tuple[str, ...]

    def __str__(self) -> str:
        part = f"（{len(self.explained) / len(self.names):.0%}）" if self.names else ""
        return f"{len(self.explained)} / {len(self.names)}{part}" if self.names else "–"


def coverage(report: glossary.Report, g: glossary.Glossary) -> dict[str, Coverage]:
    """Return what the glossary explains of a report without the report's own file, by sort."""
    harvest = glossary.harvest(report)
    named: dict[str, dict[str, tuple[str, ...]]] = {sort: {} for sort in _SORTS}
    for entry in harvest.entries:
        for name in entry.names or (entry.headword,):
            named["annex"].setdefault(key_of(name), (name,))
    for quote in harvest.quotes:
        if quote.kind in named and key_of(quote.name) not in named["annex"]:
            # “揭榜挂帅”机制 is explained by 揭榜挂帅
            named[quote.kind].setdefault(key_of(quote.name), (quote.name, quote.text))
    return {
        sort: Coverage(
            tuple(forms[0] for forms in names.values()),
            tuple(
                forms[0] for forms in names.values() if any(_explains(g, form, report.id) for form in forms)
            ),
        )
        for sort, names in named.items()
    }


def _explains(g: glossary.Glossary, name: str, own: str) -> bool:
    entry = g.lookup(name)
    return entry is not None and any(
        sense.definition and (sense.source is None or sense.source.id != own) for sense in entry.senses
    )


def page(paths: Iterable[Path]) -> str:
    """Return the page on the coverage of reports."""
    return _HEAD + "".join(f"{line}\n" for line in _rows(paths))


def _rows(paths: Iterable[Path]) -> Iterator[str]:
    g = glossary.load()
    for path in paths:
        report = glossary.read(path)
        found = coverage(report, g)
        every = Coverage(
            tuple(name for each in found.values() for name in each.names),
            tuple(name for each in found.values() for name in each.explained),
        )
        cells = [
            f"{report.region or ''} {report.year or ''}".strip() or report.id,
            *map(str, found.values()),
            str(every),
        ]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(map(Path, sys.argv[1:])), encoding="utf-8")
