"""A report's lines, and its paragraphs: lines that a page or a column broke are joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from glossary.reports.furniture import furniture

__all__ = ["Line", "Paragraph", "lines_of", "paragraphs_of", "width"]

_LINE = re.compile(r"[^\n\f\v\x85\u2028\u2029]+")
_ENDS = frozenset("。！？；：.!?;:…”’』」》）)")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff“”‘’…—·]"
)
# A mark or a number that opens a list item opens a line of its own, however full the line above is.
_OPENS = re.compile(
    r"[（(\[【〔]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,3})[)）\]】〕、．.，]|[①-⑳●○◆◇■□▲△★☆※►•·]|附件|附录|附表|第[一二三四五六七八九十]+[章节部]"
)


class Line(msgspec.Struct, frozen=True, gc=False):
    """One printed line with the blanks at its ends left out; `why` names it where it is page furniture."""

    start: int
    end: int
    indent: int
    text: str
    gap: bool
    why: str | None = None


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """One paragraph: its text, and the pieces of the view that it was joined from.

    `gap` tells whether a blank line stands before it, `cut` whether a rule, a page number or lines of a web page's own do.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    indent: int
    gap: bool
    cut: bool = False

    @property
    def start(self) -> int:
        """Return the offset of its first character in the view."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Return the offset behind its last character in the view."""
        return self.pieces[-1][1]

    def at(self, index: int) -> int:
        """Map an index into `text` to an offset in the view."""
        for start, end in self.pieces:
            if index < end - start:
                return start + index
            index -= end - start
        return self.pieces[-1][1] + index

    def index(self, offset: int) -> int:
        """Map an offset in the view to an index into `text`; one before the paragraph gives 0."""
        index = 0
        for start, end in self.pieces:
            if offset < end:
                return index + max(0, offset - start)
            index += end - start
        return index


def width(text: str) -> int:
    """Count the columns a text takes on a page: two for a Han character, one for a Latin letter."""
    return len(text) + len(_WIDE.findall(text))


def lines_of(text: str) -> list[Line]:
    """Split a text into its lines that are not blank, and name those that are page furniture."""
    found: list[Line] = []
    gap = True
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        body = raw.strip()
        if text.count("\n", last, match.start()) > 1:
            gap = True
        last = match.end()
        if not body:
            gap = True
            continue
        lead = len(raw) - len(raw.lstrip())
        start = match.start() + lead
        indent = width(raw[:lead].replace("\t", "    "))
        found.append(Line(start, start + len(body), indent, body, gap))
        gap = False
    whys = furniture([line.text for line in found])
    return [
        msgspec.structs.replace(line, why=why) if why else line for line, why in zip(found, whys, strict=True)
    ]


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Join lines into paragraphs and drop page furniture.

    Lines are joined only where the document itself shows that it was wrapped: most lines that don't end a sentence
    are equally full. There a full line goes on in the next one, and so does any line whose successor lacks the
    indent that opens every other paragraph.
    """
    wrap, indented = _wrapping(lines)
    out: list[Paragraph] = []
    pieces: list[tuple[int, int]] = []
    texts: list[str] = []
    opened: Line | None = None
    previous: Line | None = None
    seam = cut = opened_cut = False
    for line in lines:
        if line.why:
            cut = cut or line.why in ("web", "rule", "page")
            seam = seam or line.why in ("page", "running head", "jump")
            continue
        joins = (
            previous is not None
            and (not line.gap or seam)
            and (
                _goes_on(previous, line, wrap, indented, seam)
                if wrap or seam
                else _breaks_off(previous, line)
            )
        )
        if joins:
            glue = (
                " " if texts[-1][-1].isascii() and line.text[0].isascii() and texts[-1][-1].isalpha() else ""
            )
            if glue:
                pieces.append((previous.end, previous.end + 1))  # type: ignore[union-attr]
                texts.append(glue)
            pieces.append((line.start, line.end))
            texts.append(line.text)
        else:
            if opened is not None:
                out.append(Paragraph("".join(texts), tuple(pieces), opened.indent, opened.gap, opened_cut))
            pieces, texts, opened, opened_cut = [(line.start, line.end)], [line.text], line, cut
        previous = line
        seam = cut = False
    if opened is not None:
        out.append(Paragraph("".join(texts), tuple(pieces), opened.indent, opened.gap, opened_cut))
    return out


def _goes_on(line: Line, after: Line, wrap: int, indented: bool, seam: bool) -> bool:
    """Tell whether a line goes on in the one after it."""
    full = wrap > 0 and width(line.text) + line.indent >= wrap - 5
    if indented and after.indent >= 2:
        return False
    if _OPENS.match(after.text) and (line.text[-1] in _ENDS or not full):
        return False
    if indented and wrap:
        return True
    if full or (wrap and line.text[-1] in "、，（“—"):
        return True
    # a page break in the middle of a sentence
    return seam and line.text[-1] not in _ENDS and not _OPENS.match(after.text)


def _breaks_off(line: Line, after: Line) -> bool:
    """Tell whether a line breaks off in the middle of a sentence, in a document that isn't wrapped throughout."""
    if (after.indent >= 2 and after.indent > line.indent) or _OPENS.match(after.text):
        return False
    if line.text[-1] in "、，（“—" or after.text[0] in "、，。；）”":
        return len(line.text) >= 12
    sentence = line.text[-1] not in _ENDS and len(line.text) >= 20 and "，" in line.text
    return sentence and after.text[-1] in "。；！" and "\t" not in line.text and "|" not in line.text


def _wrapping(lines: Sequence[Line]) -> tuple[int, bool]:
    """Find the width at which the document's lines were broken (0 where they weren't), and if paragraphs indent."""
    plain = [line for line in lines if not line.why]
    inner = [
        (line, after)
        for line, after in pairwise(plain)
        if not after.gap and line.text[-1] not in _ENDS and len(line.text) >= 12
    ]
    if len(inner) < 3:
        return 0, False
    widths = Counter((width(line.text) + line.indent) // 2 for line, _ in inner)
    best, count = max(
        ((w, widths[w - 1] + widths[w] + widths[w + 1]) for w in widths), key=lambda pair: (pair[1], pair[0])
    )
    longest = max((width(line.text) + line.indent) // 2 for line in plain)
    if count < max(3, len(inner) * 0.55) or longest > best * 1.25 + 4:
        return 0, False
    continued = [after for line, after in inner if (width(line.text) + line.indent) // 2 >= best - 2]
    flush = sum(after.indent < 2 for after in continued)
    return best * 2, flush >= 0.8 * len(continued) and any(line.indent >= 2 for line in plain)
