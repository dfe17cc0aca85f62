"""Cross-references between entries: 见第12条, 参见“瞪羚企业”, 同上."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from glossary.folding import key_of
from glossary.model import AnnexEntry
from glossary.text import simplify

__all__ = ["resolve"]

_NUMBER = re.compile(
    "(?:详?见|参见|参阅|参看|同)(?:本(?:附件|附录))?(?:名词解释)?第?\\s*(\\d{1,3})\\s*(?:条|项|款|号|个)?"
)
_NAMED = re.compile(
    "(?:详?见|参见|参阅|参看|另见|同)\\s*(?:前述|上述|本附件)?[“「【『《]([^”」】』》]{2,30})[”」】』》]"
)


def resolve(entries: Sequence[AnnexEntry]) -> tuple[AnnexEntry, ...]:
    """Give each entry whose definition refers to another the headword it refers to, in `related`.

    A number refers to an entry of the same section.
    """
    numbers = {(entry.section, entry.n): entry.headword for entry in entries}
    keys = {key_of(entry.headword): entry.headword for entry in entries}
    out = []
    for entry in entries:
        text = simplify(entry.sense.definition or "")
        found = [numbers.get((entry.section, int(m[1]))) for m in _NUMBER.finditer(text)]
        found += [keys.get(key_of(m[1])) for m in _NAMED.finditer(text)]
        related = tuple(dict.fromkeys(name for name in found if name and name != entry.headword))
        out.append(msgspec.structs.replace(entry, related=related) if related else entry)
    return tuple(out)
