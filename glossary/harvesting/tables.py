"""Tables set in text: rows of cells between pipes, box lines, tabs or wide blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from glossary.harvesting.parse import Candidate, Context, Parse
from glossary.harvesting.plausible import body_score, clipped, head_score
from glossary.reports.lines import width
from glossary.text import simplify

__all__ = ["Table", "read_cells", "read_table", "rows_of"]

Cell = tuple[int, int, int]  # line, start, end
_PIPES = re.compile("[|｜│┃║]")
_TABS = re.compile("\t+")
_WIDE = re.compile("(?:[ \u00a0]{2,}|\u3000+)(?:[ \u00a0\u3000]*)")
_RULE = re.compile("[\\s|｜│┃║+\\-—─━=:┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝═┏┳┓┣╋┫┗┻┛┎┒┖┚┠┨┯┷┿┼╂]+")
_HEAD = re.compile(
    "名词|名詞|用语|用語|词条|詞條|词汇|詞彙|术语|術語|名称|名稱|概念|缩略语|縮略語|缩写|縮寫|简称|簡稱|关键词|新词|热词|指标|英文|词语"
)
_BODY = re.compile(
    "解释|解釋|释义|釋義|注释|註釋|说明|說明|含义|涵义|定义|定義|解读|解讀|内容|內容|全称|全稱|中文|简介|意义|意思|描述|阐述|释文"
)
_HEADER_CELL = 8
_NUMBER = re.compile("序号|編號|编号|序號|No\\.?|#|页码|项次|項次")


class Table(msgspec.Struct, frozen=True, gc=False):
    """Rows of a table of terms: each row is the cells that its headword and its definition are set in."""

    delimiter: str
    rows: tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]
    headed: bool


def rows_of(lines: Sequence[str], indents: Sequence[int] = ()) -> Table | None:
    """Find the table of terms in some lines, or `None`; it ends where its rows do.

    `indents` are the columns at which the lines begin: in a table set by blanks they tell to which column the
    rest of a wrapped cell belongs.

    >>> table = rows_of(["| 名词 | 释义 |", "| --- | --- |", "| 专精特新 | 四个特点的合称。 |"])
    >>> table.rows, table.headed
    (((((2, 2, 6),), ((2, 9, 17),)),), True)
    """
    for name, pattern in (("pipe", _PIPES), ("tab", _TABS), ("wide blank", _WIDE)):
        rows = _rows(lines, pattern, indents)
        if rows:
            table = _columns(lines, rows, name)
            if table and (table.headed or len(table.rows) >= 3):
                return table
    return None


def _rows(lines: Sequence[str], pattern: re.Pattern[str], indents: Sequence[int]) -> list[list[Cell]]:
    """Cut lines into cells; take the first run of lines that have as many as most of them."""
    cut: list[list[Cell] | None] = []
    for i, line in enumerate(lines):
        if _RULE.fullmatch(line):
            cut.append([])
            continue
        pieces: list[Cell] = []
        last = 0
        for found in pattern.finditer(line):
            pieces.append(_trim(line, i, last, found.start()))
            last = found.end()
        pieces.append(_trim(line, i, last, len(line)))
        if pattern is _PIPES:
            pieces = pieces[1:] if pieces[0][1] == pieces[0][2] else pieces
            pieces = pieces[:-1] if pieces and pieces[-1][1] == pieces[-1][2] else pieces
        cut.append(pieces if len(pieces) >= 2 else None)
    counts = Counter(len(cells) for cells in cut if cells)
    if not counts:
        return []
    rows: list[list[Cell]] = []
    started = False
    columns = 0
    for i, found_cells in enumerate(cut):
        cells = found_cells
        if cells and pattern is _WIDE and rows and indents and not _aligned(lines, cells, rows[0], indents):
            cells = None
        if cells is None and pattern is _WIDE and rows and indents:
            cells = _wrapped(lines, i, rows[0], indents)
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


def _aligned(
    lines: Sequence[str], cells: Sequence[Cell], row: Sequence[Cell], indents: Sequence[int]
) -> bool:
    """Tell whether a line's cells begin where those of the first row do: “五床联动”　家庭病床… is no table."""
    if len(cells) != len(row):
        return False
    places = [
        [indents[line] + width(lines[line][:start]) for line, start, _ in each] for each in (cells, row)
    ]
    return all(abs(a - b) <= 2 for a, b in zip(*places, strict=True))


def _wrapped(lines: Sequence[str], i: int, row: Sequence[Cell], indents: Sequence[int]) -> list[Cell] | None:
    """Give a line that holds one cell to the column over which it begins."""
    columns = [indents[line] + width(lines[line][:start]) for line, start, _ in row]
    nearest = min(range(len(columns)), key=lambda c: abs(columns[c] - indents[i]))
    if abs(columns[nearest] - indents[i]) > 2 or len(lines[i]) > 60 or lines[i][-1] in "：:":
        return None
    return [(i, 0, len(lines[i])) if c == nearest else (i, 0, 0) for c in range(len(columns))]


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

    header = [re.sub(r"\s", "", simplify(text(cell))) for cell in rows[0]]
    headed = all(len(cell) <= 12 for cell in header) and any(_BODY.search(cell) for cell in header)
    width = len(rows[0])
    if headed:
        bodies = [i for i, cell in enumerate(header) if _BODY.search(cell)]
        heads = [
            i
            for i, cell in enumerate(header)
            if _HEAD.search(cell) and not _NUMBER.fullmatch(cell) and i not in bodies[-1:]
        ]
        if not heads:
            heads = [i for i, cell in enumerate(header) if not _NUMBER.fullmatch(cell) and i not in bodies]
        if not heads:
            return None
        head, body = heads[0], bodies[-1]
        content = [row for row in rows[1:] if [re.sub(r"\s", "", simplify(text(c))) for c in row] != header]
    else:
        content = list(rows)
        means = [sum(len(text(row[i])) for row in content) / len(content) for i in range(width)]
        numbers = [
            all(re.fullmatch(r"[（(]?\d{1,3}[)）.、]?", text(row[i]) or "0") for row in content)
            for i in range(width)
        ]
        named = [i for i in range(width) if not numbers[i]]
        if len(named) < 2:
            return None
        head = named[0]
        body = max(named[1:], key=lambda i: (means[i], i)) if name != "wide blank" else named[-1]
    merged: list[tuple[list[Cell], list[Cell]]] = []
    ends = sum(text(row[body])[-1:] in tuple("。；！") for row in content)
    for row in content:
        goes_on = (
            merged
            and (
                row[head][1] == row[head][2]
                or not merged[-1][1]
                # 城市一刻钟 | 居民走路十五分钟 / 便民生活圈 | 就到的商圈。
                or (
                    name == "wide blank"
                    and ends * 3 >= len(content)
                    and merged[-1][1]
                    and text(merged[-1][1][-1])[-1:] not in tuple("。；！")
                )
            )
        )
        if goes_on:
            merged[-1][0].extend(cell for cell in (row[head],) if cell[1] < cell[2])
            merged[-1][1].extend(cell for cell in (row[body],) if cell[1] < cell[2])
        elif row[head][1] < row[head][2]:
            merged.append(([row[head]], [cell for cell in (row[body],) if cell[1] < cell[2]]))
    rows_ = tuple((tuple(heads), tuple(bodies)) for heads, bodies in merged if bodies)
    return Table(name, rows_, headed) if rows_ else None


def read_table(context: Context, first: int, last: int) -> Parse | None:
    """Read the stretch as a table: | 1 | 留抵退税 | … |, or cells set apart by tabs or wide blanks."""
    paragraphs = context.paragraphs
    lines = [paragraphs[i].text for i in range(first, last)]
    table = rows_of(lines, [paragraphs[i].indent for i in range(first, last)])
    if table is None:
        return None
    entries = []
    for row in table.rows:
        (head, *more), bodies = row
        p, a, b = head
        text = "".join(paragraphs[first + q].text[c:d] for q, c, d in row[0])
        body = tuple((first + q, c, d) for q, c, d in bodies)
        weight = head_score(text) + body_score(clipped(paragraphs[body[0][0]].text, *body[0][1:]))
        if weight > 0.2:
            rest = tuple((first + q, c, d) for q, c, d in more)
            entries.append(Candidate(None, (first + p, a, b), body, "cell", weight, rest, joined=True))
    if not entries:
        return None
    known = sum(
        context.stands_elsewhere(paragraphs[e.head[0]].text[e.head[1] : e.head[2]], e.head[0])
        for e in entries
    )
    score = (
        sum(min(e.score, 1.8) for e in entries)
        + 0.5 * known
        + 0.7 * len(entries)
        + (1.5 if table.headed else 0)
        - 0.9 * (len(table.rows) - len(entries))
    )
    evidence = (
        f"{len(entries)} of {len(table.rows)} rows",
        "with a header row" if table.headed else "no header row",
    )
    return Parse(f"table by {table.delimiter}", tuple(entries), round(score, 2), evidence)


def read_cells(context: Context, first: int, last: int) -> Parse | None:
    """Read a table whose cells stand one a line: 項目 / 單位 / 定義 / 戶量 / 人/戶 / 每一戶….

    The header says how many columns there are; lines that don't fit (group headings) are passed over.
    """
    paragraphs = context.paragraphs
    texts = [simplify(paragraphs[i].text) for i in range(first, last)]
    header = _header(texts)
    if header is None:
        return None
    start, columns, head, body = header
    entries = []
    at = start + columns
    missed = 0
    while at + columns <= len(texts):
        row = texts[at : at + columns]
        if row == texts[start : start + columns]:
            at += columns
            continue
        weight = head_score(row[head]) + body_score(row[body])
        short = all(len(cell) <= 24 for i, cell in enumerate(row) if i != body)
        if short and weight > 0.2 and len(row[body]) >= 8:
            p, q = first + at + head, first + at + body
            entries.append(
                Candidate(
                    None, (p, 0, len(paragraphs[p].text)), ((q, 0, len(paragraphs[q].text)),), "cell", weight
                )
            )
            at += columns
        else:
            missed += 1
            at += 1
            if missed > 2 * len(entries) + 3:
                break
    if len(entries) < 2:
        return None
    known = sum(context.stands_elsewhere(paragraphs[e.head[0]].text, e.head[0]) for e in entries)
    score = sum(min(e.score, 1.8) for e in entries) + 0.5 * known + 1.2 * len(entries) - 0.3 * missed
    evidence = (f"{len(entries)} rows of {columns} cells", f"{missed} lines that fit no row")
    return Parse("table, one cell a line", tuple(entries), round(score, 2), evidence)


def _header(texts: Sequence[str]) -> tuple[int, int, int, int] | None:
    """Find the header cells near the top: where they start, how many, which holds headwords, which definitions."""
    for start in range(min(6, len(texts))):
        for columns in (5, 4, 3):
            cells = texts[start : start + columns]
            if len(cells) < columns or any(len(cell) > _HEADER_CELL for cell in cells):
                continue
            bodies = [i for i, cell in enumerate(cells) if _BODY.search(cell)]
            heads = [
                i
                for i, cell in enumerate(cells)
                if _CELL.search(cell) and i not in bodies and not _NUMBER.fullmatch(cell)
            ]
            if bodies and heads and bodies[-1] == columns - 1:
                # 分类 stands over the groups, not over a column
                skip = 1 if re.search("分类|类别", cells[0]) and heads[0] > 0 else 0
                return start + skip, columns - skip, heads[0] - skip, bodies[-1] - skip
    return None


_CELL = re.compile(_HEAD.pattern + "|项目|事项")
