"""Where an entry stands on its page."""

from __future__ import annotations

import re

from glossary.text import BLANKS, QUOTE_MARKS

__all__ = ["anchor", "in_address"]

_LEFT_OUT = re.compile(f"[{re.escape(BLANKS + QUOTE_MARKS)}]")


def anchor(headword: str) -> str:
    """Return the id of an entry: its headword without white space and quotation marks, whatever other entries there are.

    >>> anchor("“两旧”改造"), anchor("1+13+X")
    ('两旧改造', '1+13+X')
    """
    return _LEFT_OUT.sub("", headword)


def in_address(anchor: str) -> str:
    """Return an id as an address may hold it: there %41 would be read as A.

    >>> in_address("50%25减排")
    '50%2525减排'
    """
    return anchor.replace("%", "%25")
