"""Bytes to text, in whatever encoding a Chinese page or file was saved."""

from __future__ import annotations

import codecs
import re

from glossary.errors import ReadError
from glossary.text import has_han

__all__ = ["decode", "decode_page"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    # before UTF-16, whose mark opens this one
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    # a rare mark, which Python's codec leaves in the text
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)
# What a renamed file is by its first bytes; some of these would pass for text in GB18030.
_KINDS = (
    (b"%PDF-", "a PDF. Rename it to .pdf"),
    (b"PK\x03\x04", "a zip archive, perhaps a Word file. Rename it to .docx if so"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc). Save it as .docx"),
    (b"{\\rtf", "an RTF file. Save it as .docx"),
    (b"\x89PNG", "an image. It must go through character recognition first"),
    (b"\xff\xd8\xff", "an image. It must go through character recognition first"),
    (b"GIF8", "an image. It must go through character recognition first"),
    (b"\x1f\x8b", "a gzip archive. Unpack it first"),
    (b"Rar!", "a RAR archive. Unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
)
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)",
    re.IGNORECASE,
)
# A page that says GB2312 or GBK is GB18030 wherever a rare character stands in it.
_DECLARABLE = {
    **dict.fromkeys(("utf-8", "utf8"), ("utf-8",)),
    **dict.fromkeys(
        ("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "gb2312-80", "euc-cn", "cp936"), ("gb18030",)
    ),
    **dict.fromkeys(
        ("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cn-big5", "cp950"), ("big5hkscs", "cp950")
    ),
}


def decode(raw: bytes, name: str) -> str:
    """Decode the bytes of a text file: by its byte order mark, as UTF-8, or as GB18030, Big5 or UTF-16.

    Raises:
        ReadError: the bytes are empty, binary, broken UTF-8, or in no Chinese encoding.

    >>> decode("雪亮工程，即视频监控。".encode("gb18030"), "a.txt")
    '雪亮工程，即视频监控。'
    """
    if not raw.strip():
        raise ReadError(f"{name}: the file is empty. Give a report with text in it.")
    for magic, kind in _KINDS:
        if raw.startswith(magic):
            raise ReadError(f"{name}: is {kind}.")
    for bom, encoding, said in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"{name}: starts as {said} but byte {error.start} is not. Save the file again as UTF-8."
                ) from None
    if _has_controls(raw) and b"\0" not in raw:
        raise ReadError(f"{name}: is not a text file. Give a .txt, .md, .html, .docx or .pdf report.")
    if b"\0" in raw:
        return _detected(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if _mostly_utf8(raw):
        raise ReadError(
            f"{name}: is UTF-8 but broken at byte {broken.start}. "
            "Save the file again as UTF-8, or cut the damage out."
        )
    return _detected(raw, name)


def decode_page(raw: bytes, name: str) -> str:
    """Decode the bytes of a web page: as it says of itself where that holds, else like `decode`.

    Raises:
        ReadError: see `decode`.

    >>> decode_page('<meta charset="gb2312">朱镕基'.encode("gb18030"), "a.html")
    '<meta charset="gb2312">朱镕基'
    """
    found = _DECLARED.search(raw[:16384])
    declared = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    known = _DECLARABLE.get(declared, ())
    if not known or b"\0" in raw[:4096] or raw.startswith(tuple(bom for bom, _, _ in _BOMS)):
        return decode(raw, name)
    # Valid UTF-8 is UTF-8, whatever the page says of itself.
    for encoding in ("utf-8", *known):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        return decode(raw, name)
    except ReadError:
        # One cut character in a page is no reason to refuse it: browsers show it with a mark there.
        text = raw.decode(known[0], "replace")
        if text.count("\ufffd") * 200 > len(text):
            raise
        return text


def _has_controls(raw: bytes) -> bool:
    return sum(byte < 9 or 13 < byte < 27 for byte in raw[:4096]) > len(raw[:4096]) // 50


def _mostly_utf8(raw: bytes) -> bool:
    """Tell damaged UTF-8 from another encoding, in which nearly every pair of bytes is wrong UTF-8."""
    text = raw.decode("utf-8", "replace")
    good = sum(ord(char) > 0x7F and char != "\ufffd" for char in text)
    return good > 20 * text.count("\ufffd") + 5


def _detected(raw: bytes, name: str) -> str:
    """Read the bytes in the one Chinese encoding that fits, or let the detector choose where several do."""
    readings = {}
    for encoding in ("utf-16-le", "utf-16-be") if b"\0" in raw else ("gb18030", "big5hkscs", "cp950"):
        try:
            readings[encoding.replace("-", "_")] = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    readings = {
        encoding: text
        for encoding, text in readings.items()
        if not _CONTROLS.search(text) and (has_han(text) or b"\0" not in raw)
    }
    if not readings:
        raise ReadError(
            f"{name}: is not a text file, or in none of UTF-8, UTF-16, GB18030 and Big5. Save it again as UTF-8."
        )
    if len(readings) > 1 and not _is_common(readings.get("gb18030", "")):
        from charset_normalizer import from_bytes

        best = from_bytes(raw, cp_isolation=[*readings], threshold=0.6, enable_fallback=False).best()
        if best is not None:
            return readings[best.encoding]
    return next(iter(readings.values()))


_CONTROLS = re.compile("[\0-\x08\x0e-\x1a]")


def _is_common(text: str) -> bool:
    """Tell whether a text keeps to the 7,000 characters of GB2312: Big5 read as GB18030 is full of rarer ones."""
    rare = sum(not char.encode("gb2312", "ignore") for char in text[:5000])
    return bool(text) and rare * 30 < len(text[:5000])
