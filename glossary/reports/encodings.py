"""Bytes to text, in whatever encoding a Chinese page or file was saved."""

from __future__ import annotations

import codecs

from glossary.errors import ReadError

__all__ = ["decode"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, name: str) -> str:
    """Decode the bytes of a text file: by its byte order mark, as UTF-8, or as GB18030 or Big5, whichever reads.

    Raises:
        ReadError: the bytes are empty, binary, broken UTF-8, or in no Chinese encoding.

    >>> decode("雪亮工程，即视频监控。".encode("gb18030"), "a.txt")
    '雪亮工程，即视频监控。'
    """
    if not raw.strip():
        raise ReadError(f"{name}: the file is empty. Give a report with text in it.")
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"{name}: starts as {encoding} but byte {error.start} is not. Save the file again as UTF-8."
                ) from None
    if _is_binary(raw):
        raise ReadError(f"{name}: is not a text file. Give a .txt, .md, .html, .docx or .pdf report.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if _mostly_utf8(raw):
        raise ReadError(
            f"{name}: is UTF-8 but broken at byte {broken.start}. Save the file again as UTF-8, or cut the damage out."
        )
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=["gb18030", "big5hkscs", "utf_16_le", "utf_16_be"], threshold=0.4).best()
    if best is None:
        raise ReadError(f"{name}: is in none of UTF-8, UTF-16, GB18030 and Big5. Save the file again as UTF-8.")
    return str(best)


def _is_binary(raw: bytes) -> bool:
    """Tell a binary file by its NUL bytes; UTF-16 without a mark has them at every other place only."""
    sample = raw[:4096]
    zeros = sample.count(0)
    if not zeros:
        return sum(byte < 9 for byte in sample) > len(sample) // 50
    half = max(sample[0::2].count(0), sample[1::2].count(0))
    return half < zeros or half < len(sample) // 20


def _mostly_utf8(raw: bytes) -> bool:
    """Tell damaged UTF-8 from another encoding, in which nearly every pair of bytes is wrong UTF-8."""
    text = raw.decode("utf-8", "replace")
    good = sum(ord(char) > 0x7F and char != "\ufffd" for char in text)
    return good > 20 * text.count("\ufffd") + 5
