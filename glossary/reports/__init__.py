"""Files and texts to reports."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from glossary.errors import ReadError
from glossary.model import Report
from glossary.reports.lines import Line, lines_of
from glossary.reports.metadata import metadata
from glossary.reports.view import View, clean
from glossary.text import script_of

__all__ = ["read", "read_text", "survey", "text_of"]

_PLAIN = (".txt", ".md", ".text")
_HTML = (".html", ".htm", ".xhtml")


def read(path: str | os.PathLike[str]) -> Report:
    """Read a report from a file: plain text in any Chinese encoding, HTML, DOCX or PDF, by its suffix.

    Offsets in the report refer to `report.text`, the decoded (for HTML, DOCX and PDF: extracted) text.

    Raises:
        ReadError: the file is missing, a directory, empty, binary, broken, or of an unknown kind.
        MissingExtraError: the file is DOCX or PDF and its reader is not installed.
    """
    where = Path(path)
    return read_text(text_of(where), id=where.stem, path=os.fspath(path))


def read_text(text: str, *, id: str = "text", path: str | None = None) -> Report:
    r"""Make a report of a text: find its metadata and its body.

    >>> read_text("虹口区政府工作报告\n\n各位代表：\n过去一年，工作有序推进。").region
    '上海市虹口区'
    """
    view, lines = survey(text)
    found = metadata(view.text, lines)
    start, end = found.pop("body")
    body = view.span(start, end) if view.text else (0, 0)
    return Report(
        id=id,
        text=text,
        path=path,
        script="hant" if script_of(text) == "hant" else "hans",
        body=body,
        **found,
    )


@lru_cache(maxsize=4)
def survey(text: str) -> tuple[View, tuple[Line, ...]]:
    """Return the cleaned view of a text and its lines; reading and harvesting a report ask for the same ones."""
    view = clean(text)
    return view, tuple(lines_of(view.text))


def text_of(path: Path) -> str:
    """Return the text of a file: decoded, or extracted from its markup.

    Raises:
        ReadError: see `read`.
    """
    suffix = path.suffix.lower()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file. Check the path.") from None
    except IsADirectoryError:
        raise ReadError(f"{path}: is a directory. Name the files in it, such as {path}/*.txt.") from None
    except OSError as error:
        raise ReadError(
            f"{path}: cannot be read ({error.strerror}). Check the path and its permissions."
        ) from None
    if suffix not in (*_PLAIN, *_HTML, ".docx", ".pdf"):
        raise ReadError(
            f"{path}: unknown kind of file {suffix or '(no suffix)'!r}. Give .txt, .md, .html, .docx or .pdf; "
            "rename the file if it is plain text."
        )
    if not raw.strip():
        raise ReadError(f"{path}: the file is empty. Give a report with text in it.")
    if suffix in _HTML:
        from glossary.reports.html import html_text

        text = html_text(raw, str(path))
    elif suffix == ".docx":
        from glossary.reports.docx import docx_text

        text = docx_text(raw, str(path))
    elif suffix == ".pdf":
        from glossary.reports.pdf import pdf_text

        text = pdf_text(raw, str(path))
    else:
        from glossary.reports.encodings import decode

        text = decode(raw, str(path))
    if not text.strip():
        raise ReadError(
            f"{path}: holds no text. A scanned document must go through character recognition first."
        )
    return text
