"""PDF to text: the lines as printed, page after page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from glossary.errors import MissingExtraError, ReadError

__all__ = ["pdf_text"]

# PDF writers give many Han characters as the radicals that look the same; the lower row has no decomposition.
_RADICALS: dict[int, str | int] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **str.maketrans(
        "⺁⺇⺌⺎⺏⺐⺒⺓⺔⺕⺝⺟⺠⺩⺬⺮⺷⺼⻁⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻐⻑⻓⻔⻕⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几小兀尢尣巳幺彑彐月母民王示竹羊月虎西见角覀讠贝车辶辶辶钅長长门阝青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟",
    ),
}
# What PDFium gives for a hyphen that it joined, and for characters without a code.
_ODD = {0x02: "-", 0xFFFE: "-", 0xFFFF: None, 0x00: None, 0x0C: None, 0x0B: None}
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff“”‘’…—]")


def pdf_text(raw: bytes, name: str) -> str:
    """Return the text of a PDF, its pages separated by form feeds; an indented line opens with two U+3000.

    Raises:
        MissingExtraError: pypdfium2 is not installed.
        ReadError: the file is no PDF, protected, damaged, or only has pictures of pages.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError(
            f'{name}: reading PDF needs pypdfium2. Run: pip install "policy-glossary[pdf]"'
        ) from None
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                f"{name}: is protected by a password. Save it without one and give that."
            ) from None
        raise ReadError(
            f"{name}: is not a PDF or is cut short. Open it in a reader and save it again."
        ) from None
    try:
        pages = [list(_lines(document, i)) for i in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(
            f"{name}: has a damaged page ({error}). Open it in a reader and save it again."
        ) from None
    finally:
        document.close()
    if not any(text for page in pages for text, _, _ in page):
        raise ReadError(
            f"{name}: holds no text, only pictures of {len(pages)} pages. "
            "Put it through character recognition first."
        )
    margins = _margins(pages)
    return "\f".join(
        "\n".join(_indent(left - margin, size) + text for text, left, size in page)
        for page, margin in zip(pages, margins, strict=True)
    )


def _lines(document: Any, number: int) -> Iterator[tuple[str, float, float]]:
    """Give the lines of a page in reading order: the text, where it begins, and the width of a character."""
    from pypdfium2 import raw as pdfium

    page = document[number]
    textpage = page.get_textpage()
    try:
        codes = [pdfium.FPDFText_GetUnicode(textpage, i) for i in range(textpage.count_chars())]
        start = 0
        for end in [i for i, code in enumerate(codes) if code in (10, 13)] + [len(codes)]:
            chars = [i for i in range(start, end) if codes[i] and not chr(codes[i]).isspace()]
            start = end + 1
            if chars:
                left, bottom, _, top = textpage.get_charbox(chars[0], loose=True)
                wide = [i for i in chars if _WIDE.match(chr(codes[i]))][:1]
                # fonts tell their size before scaling only, boxes as printed
                box = textpage.get_charbox(wide[0], loose=True) if wide else (bottom, 0, top, 0)
                yield _text(textpage, codes, chars), left, box[2] - box[0]
    finally:
        textpage.close()
        page.close()


def _text(textpage: Any, codes: list[int], chars: list[int]) -> str:
    """Join the characters of a line; a blank that PDFium put between two Han characters goes or widens."""
    parts: list[str] = []
    last = chars[0]
    for i in chars:
        if i > last + 1:
            blank = "".join(chr(code) for code in codes[last + 1 : i])
            if blank == " " and _WIDE.match(chr(codes[i])) and _WIDE.match(chr(codes[last])):
                before, after = textpage.get_charbox(last, loose=True), textpage.get_charbox(i, loose=True)
                gap = (after[0] - before[2]) / max(after[3] - after[1], 1)
                blank = "" if gap < 0.4 else " " if gap < 1.5 else "  "
            parts.append(blank)
        parts.append(chr(codes[i]))
        last = i
    text = "".join(parts).translate(_ODD)
    # characters beyond the first plane come as two surrogates
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.translate(_RADICALS)


def _margins(pages: list[list[tuple[str, float, float]]]) -> list[float]:
    """Find the left margin of each page; a page of nothing but indented lines takes that of its fellows."""
    own: list[float] = []
    for page in pages:
        lefts = Counter(round(left) for _, left, _ in page)
        often = [left for left in lefts if lefts[left - 1] + lefts[left] + lefts[left + 1] > 1]
        own.append(min(often or lefts, default=0))
    margins = []
    for i, margin in enumerate(own):
        size = max((size for _, _, size in pages[i]), default=0)
        # left and right pages of a book have margins of their own
        fellows = Counter(own[i % 2 :: 2]).most_common(1)[0][0]
        margins.append(fellows if 0 < margin - fellows <= 3 * size else margin)
    return margins


def _indent(offset: float, size: float) -> str:
    return "\u3000\u3000" if size > 0 and 1.3 <= offset / size <= 2.7 else ""
