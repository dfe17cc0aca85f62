"""The tables of OpenCC: which character or word stands for which in another script or region.

Source: OpenCC (Apache-2.0), through whichever package provides `opencc`. The reimplemented one has its tables as text
files, which are read; of the other, whose tables are compiled, the converter is asked, character by character.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["characters", "phrases", "traditional"]

# Which conversion of OpenCC answers what a table holds.
_CONVERSION = {
    "TSCharacters": "t2s",
    "STCharacters": "s2t",
    "TWVariants": "t2tw",
    "HKVariants": "t2hk",
    "TWPhrases": "s2twp",
}


def characters(table: str) -> list[tuple[str, ...]]:
    """Return the rows of a table of characters: one, and what may stand for it, the likeliest first.

    >>> dict((row[0], row[1:]) for row in characters("TSCharacters"))["雙"]
    ('双',)
    """
    listed = _listing(table)
    if listed is None:
        han = [chr(c) for block in ((0x3400, 0xA000), (0x20000, 0x32000)) for c in range(*block)]
        listed = _asked(table, han)
    return [row for row in listed if len(row) > 1 and all(len(part) == 1 for part in row)]


def phrases(table: str, words: Callable[[], Iterable[str]]) -> list[tuple[str, ...]]:
    """Return the rows of a table of words; a converter whose table can't be read is asked for what `words` returns.

    >>> dict((row[0], row[1:]) for row in phrases("TWPhrases", lambda: ["互联网"]))["互聯網"]
    ('網際網路',)
    """
    listed = _listing(table)
    return _asked(table, list(words())) if listed is None else listed


def traditional(text: str, conversion: str = "s2tw") -> str:
    """Write a text in traditional characters: those of Taiwan, or of OpenCC itself (`s2t`); the words stay.

    >>> traditional("群众办事"), traditional("里程碑")
    ('群眾辦事', '里程碑')
    """
    converted: str = _converter(conversion).convert(text)
    return converted


@cache
def _converter(conversion: str) -> Any:
    import opencc

    return opencc.OpenCC(conversion)


def _listing(table: str) -> list[tuple[str, ...]] | None:
    # found, not imported: the converter itself is not needed
    package = importlib.util.find_spec("opencc")
    for folder in package.submodule_search_locations or () if package else ():
        try:
            listing = Path(folder, "dictionary", f"{table}.txt").read_text(encoding="utf-8")
        except OSError:
            continue
        return [tuple(line.replace("\t", " ").split(" ")) for line in listing.splitlines() if line.strip()]
    return None


def _asked(table: str, texts: list[str]) -> list[tuple[str, ...]]:
    import opencc

    answers = opencc.OpenCC(_CONVERSION[table]).convert("\n".join(texts)).split("\n")
    return [(text, answer) for text, answer in zip(texts, answers, strict=True) if text != answer]
