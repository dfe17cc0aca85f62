"""Bytes to text, in whatever encoding a Chinese page or file was saved."""

from __future__ import annotations

import codecs
import re

from glossary.errors import ReadError

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
# The commonest characters of running Chinese and its punctuation: a wrong decoding gives rare ones instead.
_COMMON = frozenset(
    "，。、；：？！（）《》“”‘’「」『』…　—·"
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正"
    "心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
    "图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "这為個國時來們產動會發經過說對進電裡實後學間樣與關線內數應開還從業點體機當現區東門長統總處決戰備處觀聯認權務條報結領導"
    "府市县縣省镇鎮乡鄉村街道镇报告工作推进建设服务改革创新解释释释義名词詞语語称稱"
)


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
    broken = None
    try:
        text = raw.decode("utf-8")
        # two or three characters of GB18030 can be valid UTF-8 by chance: 水平 is ˮƽ
        if _plausible(text) > 0.1 or (len(raw) > 40 and not _has_controls(raw)):
            return text
        candidates = ["gb18030"]
    except UnicodeDecodeError as error:
        broken = error
        candidates = ["gb18030", "big5hkscs", "cp950"]
    if b"\0" in raw:
        candidates.clear()
    if len(raw) % 2 == 0:
        # text without one blank, line end or letter has no NUL byte in UTF-16 either
        candidates += ["utf-16-le", "utf-16-be"]
    best = _likeliest(raw, candidates, 0 if broken or b"\0" in raw else 0.6)
    if best is not None and not (broken and _mostly_utf8(raw)):
        return best
    if not broken and not _has_controls(raw):
        return text
    if broken and _mostly_utf8(raw):
        raise ReadError(
            f"{name}: is UTF-8 but broken at byte {broken.start}. "
            "Save the file again as UTF-8, or cut the damage out."
        )
    if _has_controls(raw):
        raise ReadError(f"{name}: is not a text file. Give a .txt, .md, .html, .docx or .pdf report.")
    raise ReadError(f"{name}: is in none of UTF-8, UTF-16, GB18030 and Big5. Save the file again as UTF-8.")


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


def _likeliest(raw: bytes, encodings: list[str], least: float) -> str | None:
    """Return the decoding with most common characters, the first of equals, if it rates enough."""
    best: tuple[float, str] | None = None
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _plausible(text)
        if best is None or score > best[0]:
            best = score, text
    return best[1] if best and best[0] > least else None


def _plausible(text: str) -> float:
    """Rate a decoding by its characters beyond ASCII: common ones speak for it, unassigned ones against."""
    sample = text[:50000]
    beyond = [char for char in sample if char > "\x7f"]
    wrong = sum("\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in beyond)
    controls = sum(char < "\t" or "\r" < char < "\x1b" for char in sample)
    if wrong * 20 > len(beyond) or controls * 50 > len(sample):
        return 0.0
    if not beyond:
        return 0.5
    han = sum("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in beyond)
    common = sum(char in _COMMON for char in beyond)
    return (han / 10 + common) / len(beyond)
