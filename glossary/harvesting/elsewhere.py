"""Whether a headword stands in the rest of a document, whatever its quotes and blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from glossary.harvesting.plausible import bare
from glossary.reports.lines import Paragraph

__all__ = ["Elsewhere"]

_EXPANSION = re.compile("[（(][^（）()]*[)）]$")


class Elsewhere:
    """Answers whether a headword stands in the text outside a stretch of paragraphs."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        texts = [bare(paragraph.text) for paragraph in paragraphs]
        self.starts: list[int] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            at += len(text) + 1
        self.starts.append(at)
        self.flat = "\n".join(texts)
        self.find = lru_cache(maxsize=None)(self.flat.find)

    def beside(self, head: str, para: int) -> bool:
        """Tell whether a headword stands in another paragraph than its own."""
        name = bare(head)
        if self.find(name) == self.find(name, self.starts[para]) and _EXPANSION.search(name):
            # 再工業化（Re-industrialisation） is 再工業化 in the text
            name = _EXPANSION.sub("", name)
        if len(name) < 2:
            return False
        found = self.find(name)
        if found < 0 or found < self.starts[para]:
            return found >= 0
        return self.find(name, self.starts[para + 1]) >= 0

    def before(self, head: str, first: int) -> bool:
        """Tell whether a headword stands before a paragraph."""
        name = bare(head)
        return len(name) >= 2 and 0 <= self.find(name) < self.starts[first]
