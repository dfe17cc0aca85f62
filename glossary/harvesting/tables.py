"""Tables set in text: rows of cells between pipes, box lines, tabs or wide blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from glossary.harvesting.parse import Candidate, Context, Parse
from glossary.harvesting.plausible import body_score, head_score
from glossary.text import simplify

__all__ = ["Table", "read_table", "rows_of"]

Cell = tuple[int, int, int]  # line, start, end
_PIPES = re.compile("[|｜│┃║]")
_TABS = re.compile("\t+")
_WIDE = re.compile("(?:[ \u00a0]{2,}|\u3000+)(?:[ \u00a0\u3000]*)")
_RULE = re.compile("[\\s|｜│┃║+\\-—─━=:┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝═┏┳┓┣╋┫┗┻┛]+")
_HEAD = re.compile("名词|名詞|用语|用語|词条|詞條|词汇|詞彙|术语|術語|名称|名稱|概念|缩略语|縮略語|缩写|縮寫|简称|簡稱|关键词|新词|热词|指标|英文|词语")
_BODY = re.compile("解释|解釋|释义|釋義|注释|註釋|说明|說明|含义|涵义|定义|定義|解读|解讀|内容|內容|全称|全稱|中文|简介|意义|意思")
_NUMBER = re.compile("序号|編號|编号|序號|No\\.?|#|页码|项次|項次")


class Table(msgspec.Struct, frozen=True):
    """Rows of a table of terms: each row is the headword's cell and the cells (or pieces) of its definition."""

    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool


def rows_of(lines: Sequence[str]) -> Table | None:
    """Find the table of terms in some lines, or `None`; it ends where its rows do.

    >>> table = rows_of(["| 名词 | 释义 |", "| --- | --- |", "| 专精特新 | 四个特点的合称。 |"])
    >>> table.rows, table.headed
    ((((2, 2, 6), (2, 9, 17)),), True)
    """
    for name, pattern in (("pipe", _PIPES), ("tab", _TABS), ("wide blank", _WIDE)):
        rows = _rows(lines, pattern)
        if rows:
            table = _columns(lines, rows, name)
            if table and (table.headed or len(table.rows) >= 3):
                return table
    return None


def _rows(lines: Sequence[str], pattern: re.Pattern[str]) -> list[list[Cell]]:
    """Cut lines into cells; take the first run of lines that have as many as most of them."""
    cut: list[list[Cell] | None] = []
    for i, line in enumerate(lines):
        if _RULE.fullmatch(line):
            cut.append([])
            continue
        cells: list[Cell] = []
        last = 0
        for found in pattern.finditer(line):
            cells.append(_trim(line, i, last, found.start()))
            last = found.end()
        cells.append(_trim(line, i, last, len(line)))
        if pattern is _PIPES:
            cells = cells[1:] if cells[0][1] == cells[0][2] else cells
            cells = cells[:-1] if cells and cells[-1][1] == cells[-1][2] else cells
        cut.append(cells if len(cells) >= 2 else None)
    counts = Counter(len(cells) for cells in cut if cells)
    if not counts:
        return []
    rows: list[list[Cell]] = []
    started = False
    columns = 0
    for cells in cut:
        if cells is None:
            if started and len(rows) >= 2:
                break
            rows, started = [], False
            continue
        if not cells:
            continue
        if not started:
            columns = len(cells)
            started = True
        if len(cells) != columns:
            if len(rows) >= 2:
                break
            rows, columns = [], len(cells)
        rows.append(cells)
    return rows


def _trim(line: str, i: int, start: int, end: int) -> Cell:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return i, start, end


def _columns(lines: Sequence[str], rows: Sequence[Sequence[Cell]], name: str) -> Table | None:
    """Tell which column holds headwords and which definitions: by the header row, else by what they look like."""

    def text(cell: Cell) -> str:
        return lines[cell[0]][cell[1] : cell[2]]

    header = [simplify(text(cell)) for cell in rows[0]]
    headed = all(len(cell) <= 12 for cell in header) and any(_BODY.search(cell) for cell in header)
    width = len(rows[0])
    if headed:
        bodies = [i for i, cell in enumerate(header) if _BODY.search(cell)]
        heads = [i for i, cell in enumerate(header) if _HEAD.search(cell) and not _NUMBER.fullmatch(cell) and i not in bodies[-1:]]
        if not heads:
            heads = [i for i, cell in enumerate(header) if not _NUMBER.fullmatch(cell) and i not in bodies]
        if not heads:
            return None
        head, body = heads[0], bodies[-1]
        content = [row for row in rows[1:] if [simplify(text(c)) for c in row] != header]
    else:
        content = list(rows)
        means = [sum(len(text(row[i])) for row in content) / len(content) for i in range(width)]
        numbers = [all(re.fullmatch(r"[（(]?\d{1,3}[)）.、]?", text(row[i]) or "0") for row in content) for i in range(width)]
        named = [i for i in range(width) if not numbers[i]]
        if len(named) < 2:
            return None
        head = named[0]
        body = max(named[1:], key=lambda i: (means[i], i)) if name != "wide blank" else named[-1]
    merged: list[tuple[Cell, ...]] = []
    for row in content:
        if row[head][1] == row[head][2]:
            # a cell that goes on in the next line of the table
            if merged and row[body][1] < row[body][2]:
                merged[-1] = (*merged[-1], row[body])
            continue
        merged.append((row[head], row[body]))
    rows_ = tuple(row for row in merged if row[1][1] < row[1][2])
    return Table(name, rows_, headed) if rows_ else None


def read_table(context: Context, first: int, last: int) -> Parse | None:
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
