"""Whether a headword stands in the rest of a document, whatever its quotes and blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from glossary.harvesting.plausible import bare
from glossary.reports.lines import Paragraph

__all__ = ["Elsewhere"]

_EXPANSION = re.compile("[（(][^（）()]*[)）]$")


# What stands farther away than this belongs to another report of the same file.
_FAR = 100_000
_TRIES = 4


class Elsewhere:
    """Answers whether a headword stands in the text near a paragraph, but not in it.

    Near is within 100,000 characters: a search through the whole of a long file for every headword would take time
    that grows with the square of its length.
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        texts = [bare(paragraph.text) for paragraph in paragraphs]
        self.starts: list[int] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            at += len(text) + 1
        self.starts.append(at)
        self._flat = "\n".join(["", *texts, ""])[1:]
        self._stands = lru_cache(maxsize=None)(self._stands_between)

    def beside(self, head: str, para: int) -> bool:
        """Tell whether a headword stands in another paragraph than its own."""
        name = bare(head)
        return self._beside(name, para) or (
            # 再工業化（Re-industrialisation） is 再工業化 in the text
            _EXPANSION.search(name) is not None and self._beside(_EXPANSION.sub("", name), para)
        )

    def before(self, head: str, para: int) -> bool:
        """Tell whether a headword stands before a paragraph."""
        name = bare(head)
        start = self.starts[para]
        return len(name) >= 2 and self._stands(name, max(0, start - _FAR), start)

    def _beside(self, name: str, para: int) -> bool:
        if len(name) < 2:
            return False
        start, end = self.starts[para], self.starts[para + 1]
        return self._stands(name, max(0, start - _FAR), start) or self._stands(name, end, end + _FAR)

    def _stands_between(self, name: str, start: int, end: int) -> bool:
        """Look for a name inside a line: the same line again (in the contents, say) is no use of it."""
        for _ in range(_TRIES):
            start = self._flat.find(name, start, end)
            if start < 0:
                return False
            stop = start + len(name)
            # but for a mark in front: （一）
            if self._flat[stop] != "\n" or (start and self._flat.rfind("\n", max(0, start - 6), start) < 0):
                return True
            start = stop
        return False
