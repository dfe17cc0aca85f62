r"""Read Chinese policy reports, harvest the terms they explain, and annotate any text with them.

>>> import glossary
>>> report = glossary.read_text("名词解释\n1．“三保”：指保基本民生、保工资、保运转。", id="example")
>>> harvest = glossary.harvest(report)
>>> [(entry.headword, entry.senses[0].members) for entry in harvest.entries]
[('三保', ('保基本民生', '保工资', '保运转'))]
>>> g = glossary.Glossary.from_harvests([harvest])
>>> g.annotate("堅持「三保」優先").to_dicts()[0]["surface"]
'三保'
"""

from __future__ import annotations

# Type checkers take this for true; `typing` itself would take 6 ms to import.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from glossary.annotation import Annotation
    from glossary.builtin import annotate, load, lookup, search
    from glossary.dictionary import Glossary
    from glossary.errors import DataError, GlossaryError, MissingExtraError, ReadError, TermNotFoundError
    from glossary.harvesting import harvest
    from glossary.model import (
        AnnexEntry,
        Citation,
        Entry,
        Harvest,
        Hit,
        Inline,
        Mention,
        Quote,
        Rejected,
        Report,
        Section,
        Sense,
        Source,
        Subterm,
        Timeline,
        Use,
    )
    from glossary.readings import Doubt, Reading, pinyin, reading
    from glossary.render.above import ruby
    from glossary.reports import read, read_text

__version__ = "0.1.0"

# Names are handed on when they are asked for: a bare `import glossary` must cost next to nothing.
_HOMES = {
    "annotation": ("Annotation",),
    "builtin": ("annotate", "load", "lookup", "search"),
    "dictionary": ("Glossary",),
    "errors": ("DataError", "GlossaryError", "MissingExtraError", "ReadError", "TermNotFoundError"),
    "harvesting": ("harvest",),
    "model": (
        "AnnexEntry",
        "Citation",
        "Entry",
        "Harvest",
        "Hit",
        "Inline",
        "Mention",
        "Quote",
        "Rejected",
        "Report",
        "Section",
        "Sense",
        "Source",
        "Subterm",
        "Timeline",
        "Use",
    ),
    "readings": ("Doubt", "Reading", "pinyin", "reading"),
    "render.above": ("ruby",),
    "reports": ("read", "read_text"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "AnnexEntry",
    "Annotation",
    "Citation",
    "DataError",
    "Doubt",
    "Entry",
    "Glossary",
    "GlossaryError",
    "Harvest",
    "Hit",
    "Inline",
    "Mention",
    "MissingExtraError",
    "Quote",
    "ReadError",
    "Reading",
    "Rejected",
    "Report",
    "Section",
    "Sense",
    "Source",
    "Subterm",
    "TermNotFoundError",
    "Timeline",
    "Use",
    "annotate",
    "harvest",
    "load",
    "lookup",
    "pinyin",
    "read",
    "read_text",
    "reading",
    "ruby",
    "search",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'glossary' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"glossary.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
