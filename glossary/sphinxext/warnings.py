"""The warnings of the extension, each of a subtype that `suppress_warnings` can name: `policy.unknown`, or `policy`."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils.nodes import Node

__all__ = ["Subtype", "warn"]

_logger = logging.getLogger(__name__)


class Subtype(Enum):
    """What a warning is about."""

    UNKNOWN = "unknown"  # a term that the glossary hasn't
    DUPLICATE = "duplicate"  # an entry that is written out twice
    OPTION = "option"  # an option of a directive that says nothing known
    EMPTY = "empty"  # a list or a passage without any entry


def warn(subtype: Subtype, message: str, location: Node | tuple[str, int] | str | None = None) -> None:
    """Log a warning of a subtype; `location` is what Sphinx takes for one."""
    options: dict[str, Any] = {"type": "policy", "subtype": subtype.value, "location": location}
    _logger.warning(message, **options)
