"""Where the shipped data lie: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["compiled_terms", "terms_directory"]


def terms_directory() -> Path:
    """Return the folder of the shipped terms.

    A wheel holds a copy inside the package; an editable install has none there (hatchling's `force-include` acts
    only when a wheel is built), so the folder beside the package serves.
    """
    package = Path(__file__).parent
    inside = package / "terms"
    return inside if inside.is_dir() else package.parent / "terms"


def compiled_terms() -> Path:
    """Return where a wheel holds the shipped terms compiled; a checkout has no such file."""
    return Path(__file__).parent / "terms.glossary"
