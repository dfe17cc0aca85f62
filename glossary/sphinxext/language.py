"""Chinese for Sphinx's own search: pages are found by pairs of characters, in either script and any width.

Pairs need no dictionary: whoever searches for 营商环境 finds every page on which 营商, 商环 and 环境 stand. Sphinx's own
Chinese asks jieba, indexes nothing where that isn't installed, and in Sphinx 9.0 stops every search with an error
(`ChineseStemmer` is not defined).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx.search import SearchLanguage

from glossary.folding import fold
from glossary.text import HAN, is_han

__all__ = ["PolicyChinese", "PolicyChineseElsewhere"]

_WORD = re.compile(r"\w+")
_HAN_RUN = re.compile(f"[{HAN}]+")

# The same in the browser: `policy-text.js` stands on every page before this is asked.
_SPLITTER = """
function splitQuery(query) {
  return window.PolicyGlossary ? PolicyGlossary.words(query) : query.split(/\\s+/).filter((word) => word);
}
"""


class PolicyChinese(SearchLanguage):
    """Cuts Chinese into pairs of characters, and single ones where one stands alone."""

    lang = "zh_CN"
    language_name = "Chinese"
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:
        """Return the words to index of a text: Latin words, Han characters, and pairs of them."""
        return list(_words(input))

    def word_filter(self, word: str) -> bool:
        """Tell whether a word is indexed: a single letter or figure is not."""
        return len(word) > 1 or (word != "" and is_han(word))


class PolicyChineseElsewhere(PolicyChinese):
    """The same for zh_TW, zh_HK and whatever Chinese a site is in."""

    lang = "zh"


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        at = 0
        for run in _HAN_RUN.finditer(word):
            if run.start() > at:
                yield word[at : run.start()]
            yield from run[0]
            yield from (run[0][i : i + 2] for i in range(len(run[0]) - 1))
            at = run.end()
        if at < len(word):
            yield word[at:]
