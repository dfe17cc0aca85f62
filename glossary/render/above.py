"""Readings set above the characters, as HTML ruby."""

from __future__ import annotations

from html import escape

from glossary.errors import DataError
from glossary.readings import syllables
from glossary.reviewed import spans
from glossary.text import is_han

__all__ = ["ruby"]


def ruby(text: str, reading: str | None = None) -> str:
    """Return a text as HTML with the reading of each Han character above it; Latin, digits and marks stand plain.

    `reading` is the reading where it is known (of an entry, say); without it the text is read as `pinyin` reads it.
    Browsers that know no ruby show the syllable in brackets.

    Raises:
        DataError: the reading has not one syllable for each Han character and one token for each Latin word.

    >>> ruby("5G网")
    '5G<ruby>网<rp>(</rp><rt>wǎng</rt><rp>)</rp></ruby>'
    """
    said = syllables(text) if reading is None else tuple(reading.split())
    places = list(spans(text))
    if len(said) != len(places):
        raise DataError(
            f"{reading!r} does not fit {text!r}: it has {len(said)} syllables and tokens for {len(places)}. "
            "Give one syllable for each Han character and one token for each Latin word."
        )
    html: list[str] = []
    at = 0
    for (start, end), syllable in zip(places, said, strict=True):
        if is_han(text[start]):
            html.append(escape(text[at:start]))
            html.append(f"<ruby>{text[start]}<rp>(</rp><rt>{escape(syllable)}</rt><rp>)</rp></ruby>")
            at = end
    return "".join([*html, escape(text[at:])])
