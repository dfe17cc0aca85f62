"""HTML to text: the main text of a page, one line a block, without what the site puts round it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from lxml import etree, html

from glossary.errors import ReadError
from glossary.reports.encodings import decode_page

__all__ = ["glue", "html_text"]

Element = Any  # lxml has no types of its own

_TAG = re.compile("</?[a-zA-Z][^<>]*>")
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
# Numbers that pages saved by Word use for quotes and dashes name characters of Windows-1252: &#147; is “.
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0) if code != 0x85}
# Some thousand attributes in one tag take the parser quadratic time; so is an image inside a page.
_LONG_TAG = re.compile("<([a-zA-Z][\\w:-]*)[^<>]{4000,}")
# Old pages open these and never close them, until the parser gives up.
_INLINE = re.compile(
    "</?(?:font|span|strong|b|i|u|em|o:p|st1:\\w+|big|small)\\b[^<>]{0,4000}>", re.IGNORECASE
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A head holds the text too where the page never closes it and opens with a tag younger than the parser.
_DROPPED = _words(
    "title script style noscript nav button select input textarea template iframe object embed svg"
    " canvas audio video map xml rt rp"
)
_FURNITURE = frozenset(["header", "footer", "aside", "form"])
_PARAGRAPHS = _words("p h1 h2 h3 h4 h5 h6 blockquote table pre ul ol dl hr")
_LINES = _words(
    "html body head div section article main header footer aside form center li dt dd tr td th"
    " caption tbody thead tfoot figure figcaption fieldset legend address details summary option"
)
_BLOCKS = _PARAGRAPHS | _LINES
# The main text is never looked for inside one of these.
_WHOLE = _words("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl li a")
_HIDDEN = re.compile("display\\s*:\\s*none", re.IGNORECASE)
_PLAIN_LIST = re.compile("list-style(?:-type)?\\s*:[^;]*none", re.IGNORECASE)
_CLASSES = re.compile(
    "bread-?crumb|crumbs?(?![a-z])|share|qr-?code|tool-?bar|footer|side-?bar|copyright|pagination|jammer|pstatus"
    "|related|recommend|(?<![a-z])(?:top|main|sub|left)?nav(?![a-z])|(?<![a-z])(?:header|foot|pls|pager|menu)(?![a-z])",
    re.IGNORECASE,
)
_CRUMBS = re.compile("[您你]?(?:现在|現在|目前|当前|當前)?(?:所在|的)*位置\\s*[是为為]?\\s*[:：][^。]{0,200}")
_SENTENCE = re.compile("[，。、；：！？,;]")
# A line that names an annex, or that may be the report's title.
_WORTH = re.compile(
    "(?:名[词詞]|用[语語]|[术術][语語]|[词詞][语語]|概念)\\s*(?:解[释釋]|[说說]明|[注註][释釋])|[缩縮]略[语語]"
    "|(?:[报報]告|[规規][划劃]|[纲綱]要|[计計][划劃]|方案|要[点點]|公[报報])(?:[（(].{0,20}[)）])?\\s*$"
)
_SITE = re.compile("(?:网|網|网站|網站|政府|门户|門戶|平台|频道|论坛|論壇|百科)$")
_TITLE_PARTS = re.compile("[_|｜]+|\\s+[-–—]+\\s+|(?<=[\u3400-\u9fff])[-–—]+(?=[\u3400-\u9fff])")
_UNTITLED = re.compile("无标题|無標題|未命名|untitled|新建|首页", re.IGNORECASE)

_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff“”‘’…—"
# A line broken in the source between two Han characters leaves no blank on the page.
_SOFT_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_WIDE}])")
_BLANKS = re.compile("[ \t\n\r\f]+")
_BOTH_WIDE = re.compile(f"[{_WIDE}]{{2}}")
_NUMBERED = re.compile(
    "[（(\\[【〔]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[)）\\]】〕、．.，]|[①-⑳]"
)


def html_text(raw: bytes, name: str) -> str:
    r"""Return the main text of a page, a line a block and a tab between the cells of a table.

    Raises:
        ReadError: the page is binary, in no known encoding, or nested too deep.

    >>> html_text("<nav>首页</nav><p>雪亮工程</p><ol start=2><li>即视频&nbsp;监控".encode(), "a.html")
    '雪亮工程\n\n2. 即视频\xa0监控'
    """
    text = decode_page(raw, name)
    if not _TAG.search(text):
        return unescape(text)
    root = _parse(text, name)
    if root is None:
        return ""
    for strict in (True, False):
        page = _measure(root, strict)
        lines = _Lines(page)
        main = _main(root, page)
        lines.render(main)
        # a page all of whose text stands in what looks like furniture
        if lines.done:
            break
    if lines.done and not page[main].title:
        title = _title(root, page)
        if title and "".join(title.split()) not in "".join("".join(lines.done)[:2000].split()):
            lines.done[:0] = [title, ""]
    return "\n".join(lines.done)


def glue(lines: Iterable[str]) -> str:
    """Join the lines of a table's cell into one.

    >>> glue(["名词", "解释"]), glue(["1. 甲", "2. 乙"])
    ('名词解释', '1. 甲 2. 乙')
    """
    joined = ""
    parts = []
    for line in lines:
        if joined and not _BOTH_WIDE.fullmatch(joined[-1] + line[0]) and joined[-1] not in "，。、；：！？":
            parts.append(" ")
        parts.append(line)
        joined = line
    return "".join(parts)


def _parse(text: str, name: str) -> Element | None:
    """Parse a page; `None` where it holds nothing at all."""
    text = _LONG_TAG.sub("<\\1 ", text.translate(_CONTROLS))
    for attempt in (text, None):
        source = _INLINE.sub("", text) if attempt is None else attempt
        parser = html.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
        )
        try:
            root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        except etree.ParserError:
            root = None
        if not any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
            return root
    raise ReadError(
        f"{name}: its tags are nested too deep or its text is too long to parse. "
        "Save the page as text and give that."
    )


class _Totals:
    """What an element holds, furniture left out: characters, those in links, sentences, tables, titles."""

    __slots__ = ("chars", "gone", "linked", "links", "score", "stops", "tables", "title", "worth")

    def __init__(self) -> None:
        self.chars = self.linked = self.links = self.stops = self.score = self.tables = self.title = (
            self.worth
        ) = 0
        self.gone = False

    def add(self, text: str | None) -> None:
        if text and (chars := len("".join(text.split()))):
            self.chars += chars
            self.stops += text.count("。")
            self.score += chars * 10 if _SENTENCE.search(text) else chars
            self.worth += chars <= 60 and _WORTH.search(text) is not None

    def take(self, child: _Totals) -> None:
        self.tables += child.tables
        if child.chars:
            self.chars, self.linked, self.links = (
                self.chars + child.chars,
                self.linked + child.linked,
                self.links + child.links,
            )
            self.score, self.stops = self.score + child.score, self.stops + child.stops
            self.title, self.worth = self.title + child.title, self.worth + child.worth


def _measure(root: Element, strict: bool) -> dict[Element, _Totals]:
    """Count what each element holds, from the leaves up, and mark the furniture."""
    elements = list(root.iter("*"))
    articles: set[Element] = set()
    for el in elements:
        if el.tag in ("article", "main") or el.getparent() in articles:
            articles.add(el)
    page = {el: _Totals() for el in elements}
    for el in reversed(elements):
        own = page[el]
        own.add(el.text)
        if el.tag == "a" and not own.stops and not (el.get("href") or "#").strip().startswith("#"):
            own.linked, own.links, own.score, own.worth = own.chars, 1, 0, 0
        elif el.tag == "h1" and own.linked * 2 < own.chars:
            own.title = not _SITE.search("".join(el.itertext()).strip())
        own.gone = _is_furniture(el, own, strict, el in articles)
        parent = el.getparent()
        if parent is not None:
            page[parent].add(el.tail)
            page[parent].tables += el.tag == "table"
            if not own.gone:
                page[parent].take(own)
    return page


def _is_furniture(el: Element, own: _Totals, strict: bool, in_article: bool) -> bool:
    tag = el.tag
    if tag in _DROPPED:
        return True
    if not strict or tag in ("html", "head", "body"):
        return False
    hidden = (
        el.get("hidden", "until-found").lower() != "until-found"
        or el.get("aria-hidden", "").lower() == "true"
    )
    if hidden or _HIDDEN.search(el.get("style", "")):
        return True
    # ASP.NET pages wrap everything in one form, and a note beside an article may hold its annex.
    little = own.score < 3000
    if tag in _FURNITURE and little and not (in_article and tag in ("header", "footer")):
        return True
    if (
        tag not in ("h1", "h2", "h3")
        and little
        and _CLASSES.search(f"{el.get('class', '')} {el.get('id', '')}")
    ):
        return True
    return tag in _BLOCKS and own.links >= 3 and own.linked * 10 > own.chars * 6


def _main(root: Element, page: dict[Element, _Totals]) -> Element:
    """Go down to the element that holds the text, as long as nothing of worth is left beside it."""
    here = root
    while True:
        children = [el for el in here.iterchildren("*") if not page[el].gone]
        if not children:
            return here
        best = max(children, key=lambda el: page[el].score)
        beside = page[here].score - page[best].score
        if (
            best.tag in _WHOLE
            or beside > min(page[best].score * 0.15, 4000)
            or any(page[el].worth or page[el].title for el in children if el is not best)
            or (best.tag == "table" and _rows(best, page))
        ):
            return here
        here = best


def _rows(table: Element, page: dict[Element, _Totals]) -> list[list[Element]] | None:
    """Return the rows of a table of data, or `None` where a page is only laid out with it."""
    if page[table].tables or table.get("role") == "presentation":
        return None
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    captions = list(table.iterchildren("caption"))
    cells = [cell for row in rows for cell in row if not page[cell].gone]
    if sum(page[cell].chars for cell in cells + captions) != page[table].chars:
        return None
    if any(page[cell].chars > 1500 or any(True for _ in cell.iter("h1", "h2")) for cell in cells):
        return None
    wide = [row for row in rows if sum(page[cell].chars > 0 and not page[cell].gone for cell in row) > 1]
    if len(wide) == 1 and any(sum(1 for _ in cell.iter("p", "div", "br", "li")) > 1 for cell in wide[0]):
        return None
    return rows if wide else None


def _title(root: Element, page: dict[Element, _Totals]) -> str:
    """Find the title of a page outside its main text: declared, its heading, or the window's title."""
    named = {
        (el.get("name") or el.get("property") or "").lower(): el.get("content") or ""
        for el in root.iter("meta")
    }
    heads = ["".join(el.itertext()) for el in root.iter("h1") if page[el].title]
    windows = [part for el in root.iter("title") for part in _TITLE_PARTS.split(el.text or "")]
    for title in (named.get("articletitle", ""), named.get("og:title", ""), *heads, *windows):
        title = _BLANKS.sub(" ", title).strip()
        if title and not _SITE.search(title) and not _UNTITLED.search(title):
            return title
    return ""


class _Lines:
    """The lines of a page as they are written, element by element."""

    def __init__(self, page: dict[Element, _Totals]) -> None:
        self.page = page
        self.done: list[str] = []
        self.pieces: list[str] = []
        self.lists: list[int | None] = []
        self.number = ""
        self.gap = 0
        self.pre = 0

    def render(self, top: Element) -> None:
        """Write an element and all it holds; a stack of our own, for pages are nested deep."""
        work: list[tuple[str, Any]] = [("in", top)]
        while work:
            what, it = work.pop()
            if what == "text":
                self.pieces.append(it)
            elif what == "out":
                self.leave(it)
            elif not self.page[it].gone and self.enter(it):
                work.append(("out", it))
                for child in it.iterchildren("*", reversed=True):
                    if child.tail:
                        work.append(("text", child.tail))
                    work.append(("in", child))
                if it.text:
                    work.append(("text", it.text))
        self.close(0)

    def enter(self, el: Element) -> bool:
        tag = el.tag
        if tag == "br":
            self.close(1 if "".join(self.pieces).strip() else 2)
        elif tag in _BLOCKS:
            self.close(2 if tag in _PARAGRAPHS and not self.lists else 1)
        if tag == "pre":
            self.pre += 1
        elif tag in ("ul", "ol"):
            plain = tag == "ul" or _PLAIN_LIST.search(el.get("style", ""))
            self.lists.append(None if plain else _int(el.get("start"), 1))
        elif tag == "li" and self.lists and (number := self.lists[-1]) is not None:
            number = _int(el.get("value"), number)
            self.number, self.lists[-1] = f"{number}. ", number + 1
        elif tag == "table" and (rows := _rows(el, self.page)):
            self.table(el, rows)
            return False
        return True

    def leave(self, el: Element) -> None:
        tag = el.tag
        if tag in _BLOCKS:
            self.close(2 if tag in _PARAGRAPHS and len(self.lists) <= (tag in ("ul", "ol")) else 1)
        if tag == "pre":
            self.pre -= 1
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "li":
            self.number = ""

    def close(self, gap: int) -> None:
        """End the line that is being written, with a blank line behind it for a gap of two."""
        text = "".join(self.pieces).translate(_WINDOWS)
        self.pieces.clear()
        for line in text.split("\n") if self.pre else (_SOFT_BREAK.sub("", text),):
            line = line.rstrip() if self.pre else _BLANKS.sub(" ", line).strip(" ")
            if line.strip() and not _CRUMBS.fullmatch(line):
                if self.gap == 2 and self.done:
                    self.done.append("")
                self.done.append(line if _NUMBERED.match(line) else self.number + line)
                self.number, self.gap = "", 0
            elif line or self.pre:
                self.gap = 2
        self.gap = max(self.gap, gap)

    def table(self, table: Element, rows: list[list[Element]]) -> None:
        """Write a row a line; the text of a cell that spans rows stands in each, so that columns stay."""
        for caption in table.iterchildren("caption"):
            self.render(caption)
        above: dict[int, tuple[int, str]] = {}
        for row in rows:
            texts: list[str] = []
            cells = [cell for cell in reversed(row) if not self.page[cell].gone]
            while cells or len(texts) in above:
                left, text = above.pop(len(texts), (0, ""))
                if not left:
                    cell = cells.pop()
                    inner = _Lines(self.page)
                    inner.render(cell)
                    text = glue(line for line in inner.done if line)
                    left = _int(cell.get("rowspan"), 1)
                if left > 1 and len(texts) < 40:
                    above[len(texts)] = (left - 1, text if len(text) <= 60 else "")
                texts.append(text)
            filled = [text for text in texts if text]
            if filled:
                self.pieces.append("\t".join(texts) if len(filled) > 1 else filled[0])
                self.pre += 1
                self.close(1)
                self.pre -= 1
        self.gap = 2


def _int(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch("[0-9]{1,6}", value.strip()) else default
