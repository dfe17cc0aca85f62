"""Word files to text: paragraphs with their numbers, tables, text boxes and notes, as printed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from glossary.errors import MissingExtraError, ReadError
from glossary.reports.html import glue

__all__ = ["docx_text"]

Element = Any  # python-docx hands out lxml's elements, which have no types

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Elements whose text is not printed, or is printed by another element.
_SKIPPED = frozenset(
    "del moveFrom rt pPr rPr Fallback sectPr instrText delText tblPr trPr tcPr".split()  # noqa: SIM905
)
_MOST = 200_000_000
_DIGITS = "〇一二三四五六七八九"
# Numbers beyond the end of a series are written with digits.
_SERIES: dict[str, Sequence[str]] = {
    "decimalFullWidth": "１２３４５６７８９",
    "upperLetter": ascii_uppercase,
    "lowerLetter": ascii_lowercase,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "upperRoman": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"],
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "chineseLegalSimplified": "壹贰叁肆伍陆柒捌玖拾",
}
_COUNTING = re.compile("(?:chinese|taiwanese|japanese)Counting|ideographDigital")


def docx_text(raw: bytes, name: str) -> str:
    """Return the text of a Word file, a paragraph or a table row a line, with list numbers and notes.

    Raises:
        MissingExtraError: python-docx is not installed.
        ReadError: the file is no .docx, protected, or damaged.
    """
    try:
        from docx import Document
    except ImportError:
        raise MissingExtraError(
            f'{name}: reading Word files needs python-docx. Run: pip install "policy-glossary[docx]"'
        ) from None
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name}: is an old Word file (.doc) or has a password. "
            "Save it as .docx without one in Word or WPS."
        )
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _MOST:
            raise ReadError(
                f"{name}: unpacks to {size // 1_000_000} MB. Take its pictures out, or save it as text."
            )
        document = Document(BytesIO(raw))
        return _Reader(document).text()
    except ReadError:
        raise
    except (zipfile.BadZipFile, EOFError):
        raise ReadError(
            f"{name}: is not a .docx or is cut short. Open it in Word or WPS and save it again."
        ) from None
    except Exception as error:
        # python-docx lets whatever zipfile, lxml or a missing part raises through.
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise ReadError(
            f"{name}: cannot be read as a Word file ({reason}). "
            "Open it in Word or WPS and save it as .docx again."
        ) from None


def _written(n: int, kind: str | None) -> str:
    """Write a number of a list in the way its format names.

    >>> [_written(n, "chineseCounting") for n in (3, 10, 12, 20, 105, 110)], _written(3, "upperRoman")
    (['三', '十', '十二', '二十', '一百零五', '一百一十'], 'III')
    """
    if kind == "none":
        return ""
    series = _SERIES.get((kind or "").removesuffix("Chinese"), ())
    if 1 <= n <= len(series):
        return series[n - 1]
    if not 1 <= n < 1000 or not _COUNTING.match(kind or ""):
        return str(n)
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _local(el: Element) -> str:
    return el.tag.rpartition("}")[2] if isinstance(el.tag, str) else ""


def _val(el: Element | None, path: str) -> str | None:
    found = el.find("/".join(_W + step for step in path.split("/"))) if el is not None else None
    return found.get(_W + "val") if found is not None else None


class _Numbers:
    """The list numbers that Word works out when it prints."""

    def __init__(self, document: Any) -> None:
        self.styles = {
            style.get(_W + "styleId"): style for style in document.styles.element.iter(_W + "style")
        }
        self.default = next(
            (
                id
                for id, el in self.styles.items()
                if el.get(_W + "default") and el.get(_W + "type") == "paragraph"
            ),
            None,
        )
        self.abstract: dict[str | None, Element] = {}
        self.lists: dict[str | None, Element] = {}
        self.counts: dict[str | None, dict[int, int]] = {}
        self.begun: set[str] = set()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        self.abstract = {el.get(_W + "abstractNumId"): el for el in numbering.iter(_W + "abstractNum")}
        self.lists = {el.get(_W + "numId"): el for el in numbering.iter(_W + "num")}

    def of(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph, and count on."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, level = place
        base, abstract = self._abstract(number)
        if abstract is None:
            return ""
        levels = {int(el.get(_W + "ilvl", 0)): el for el in abstract.iter(_W + "lvl")}
        counts = self.counts.setdefault(base, {})
        restarts: dict[int, int] = {}
        for override in self.lists[number].iter(_W + "lvlOverride"):
            at = int(override.get(_W + "ilvl", 0))
            levels.update((at, el) for el in override.iter(_W + "lvl"))
            if number not in self.begun and (start := _val(override, "startOverride")) is not None:
                counts.pop(at, None)
                restarts[at] = int(start)
        self.begun.add(number)
        starts = {i: int(_val(el, "start") or 1) for i, el in levels.items()} | restarts
        counts[level] = counts[level] + 1 if level in counts else starts.get(level, 1)
        for deeper in [i for i in counts if i > level]:
            del counts[deeper]
        el = levels.get(level)
        template = _val(el, "lvlText") or ""
        if el is None or not template:
            return ""
        if _val(el, "numFmt") == "bullet":
            # Symbol fonts keep their bullets in the private area.
            return ("•" if "\ue000" <= template[0] <= "\uf8ff" else template) + " "

        def digits(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            n = counts.get(at, starts.get(at, 1))
            kind = "decimal" if el.find(_W + "isLgl") is not None else _val(levels.get(at), "numFmt")
            return _written(n, kind)

        text = re.sub("%([1-9])", digits, template)
        return text if _val(el, "suff") == "nothing" or text[-1:] in "、．。：）】" else text + " "

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Find the list and the level of a paragraph, its own or its style's."""
        number = _val(paragraph, "pPr/numPr/numId")
        level = _val(paragraph, "pPr/numPr/ilvl")
        style, seen = _val(paragraph, "pPr/pStyle") or self.default, set()
        while number is None and style in self.styles and style not in seen:
            seen.add(style)
            number = _val(self.styles[style], "pPr/numPr/numId")
            level = level or _val(self.styles[style], "pPr/numPr/ilvl")
            style = _val(self.styles[style], "basedOn")
        return None if number not in self.lists or number is None else (number, int(level or 0))

    def _abstract(self, number: str) -> tuple[str | None, Element | None]:
        base = _val(self.lists[number], "abstractNumId")
        linked = _val(self.abstract.get(base), "numStyleLink")
        other = _val(self.styles.get(linked), "pPr/numPr/numId") if linked else None
        if other in self.lists:
            base = _val(self.lists[other], "abstractNumId")
        return base, self.abstract.get(base)


class _Reader:
    """One document on its way to text."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.numbers = _Numbers(document)
        self.notes: list[str] = []
        self.sources = {kind: self._notes(kind) for kind in ("footnote", "endnote")}

    def text(self) -> str:
        lines = list(self.blocks(self.document.element.body))
        notes = "".join(f"\n[{i}] {note}" for i, note in enumerate(self.notes, 1))
        return "\n".join(lines) + (f"\n{notes}" if notes else "")

    def _notes(self, kind: str) -> dict[str, Element]:
        from docx.oxml import parse_xml

        for related in self.document.part.rels.values():
            if not related.is_external and related.reltype.endswith(f"/{kind}s"):
                return {el.get(_W + "id"): el for el in parse_xml(related.target_part.blob).iter(_W + kind)}
        return {}

    def blocks(self, parent: Element) -> Iterator[str]:
        """Give the lines of what an element holds: paragraphs, tables, and these inside content controls."""
        for el in parent:
            kind = _local(el)
            if kind == "p":
                boxes: list[Element] = []
                number = self.numbers.of(el)
                text = self.inline(el, boxes)
                yield from (number + text if text.strip() else text).split("\n")
                for box in boxes:
                    yield from self.blocks(box)
            elif kind == "tbl":
                yield from self.table(el)
            elif kind not in _SKIPPED:
                yield from self.blocks(el)

    def inline(self, el: Element, boxes: list[Element]) -> str:
        """Return the text of a paragraph; text boxes anchored in it are put aside."""
        parts: list[str] = []
        for child in el:
            kind = _local(child)
            if kind == "t":
                parts.append(child.text or "")
            elif kind in ("tab", "ptab"):
                parts.append("\t")
            elif kind in ("br", "cr"):
                parts.append("\n")
            elif kind == "noBreakHyphen":
                parts.append("-")
            elif kind in ("footnoteReference", "endnoteReference"):
                parts.append(self.note(kind.removesuffix("Reference"), child.get(_W + "id")))
            elif kind == "txbxContent":
                boxes.append(child)
            elif kind not in _SKIPPED and not (kind == "r" and child.find(f"{_W}rPr/{_W}vanish") is not None):
                parts.append(self.inline(child, boxes))
        return "".join(parts)

    def note(self, kind: str, id: str | None) -> str:
        source = self.sources[kind].get(id or "")
        if source is None:
            return ""
        self.notes.append("")
        number = len(self.notes)
        self.notes[number - 1] = glue(line.strip() for line in self.blocks(source) if line.strip())
        return f"[{number}]"

    def table(self, table: Element) -> Iterator[str]:
        """Give a row a line; a table of one column, or with another in it, is a frame round its text."""
        kept = (row for row in _direct(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None)
        rows = [list(_direct(row, "tc")) for row in kept]
        if all(len(row) < 2 for row in rows) or any(True for el in table.iter(_W + "tbl") if el is not table):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        above: dict[int, str] = {}
        for row in rows:
            texts = []
            column = 0
            for cell in row:
                text = glue(line.strip().replace("\t", " ") for line in self.blocks(cell) if line.strip())
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(_W + "val") != "restart":
                    # The text of a cell that spans rows stands in each, so that columns stay.
                    text = text or above.get(column, "")
                above[column] = text if merge is not None and len(text) <= 60 else ""
                column += int(_val(cell, "tcPr/gridSpan") or 1)
                texts.append(text)
            filled = [text for text in texts if text]
            if filled:
                yield "\t".join(texts) if len(filled) > 1 else filled[0]


def _direct(el: Element, kind: str) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, those in content controls too."""
    for child in el:
        local = _local(child)
        if local == kind:
            yield child
        elif local in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _direct(child, kind)
