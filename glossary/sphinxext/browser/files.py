"""Data files, and the folding, which search and matching share.

A data file is a script that hands its data over: a page that is opened from a folder may load scripts and nothing else.
"""

from __future__ import annotations

from typing import Any

import msgspec

from glossary.folding import DROPPED, folding
from glossary.text import HAN
from glossary.variants import PUNCTUATION

__all__ = ["folding_data", "script"]


def script(name: str, data: Any) -> str:
    r"""Return the text of the file `policy-NAME.js` that hands data over to the scripts.

    >>> script("folding", {"from": "雙"})
    'PolicyGlossary.take("folding",{"from":"雙"});\n'
    """
    return f'PolicyGlossary.take("{name}",{msgspec.json.encode(data).decode()});\n'


def folding_data() -> dict[str, str]:
    """Return what `Folding` in the browser is made of: the characters that change, what each becomes, and classes of them.

    Source: `glossary.folding`.
    """
    changed = sorted(folding().changed.items())
    return {
        "from": "".join(chr(code) for code, _ in changed),
        "to": "".join(chr(to) for _, to in changed),
        "dropped": DROPPED,
        "punctuation": PUNCTUATION,
        "han": HAN,
    }
