"""Errors: one base class, and a child for each thing that a caller may want to tell apart."""

from __future__ import annotations

__all__ = ["DataError", "GlossaryError", "MissingExtraError", "ReadError", "TermNotFoundError"]


class GlossaryError(Exception):
    """Base of every error this package raises on purpose; its message says what, where, and what to do."""


class ReadError(GlossaryError):
    """A file cannot be read as a report."""


class DataError(GlossaryError):
    """A glossary file (compiled, TOML or list) is not what it should be, or cannot be written."""


class MissingExtraError(GlossaryError):
    """An optional library is needed for this; the message names the extra to install."""


class TermNotFoundError(GlossaryError, KeyError):
    """A headword is not in the glossary; the message suggests the nearest ones."""

    def __str__(self) -> str:
        # KeyError shows the repr of its argument, which would escape the quotes round the headword.
        return str(self.args[0]) if self.args else ""
