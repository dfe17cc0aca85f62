"""Rows as a pandas DataFrame, where pandas is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from glossary.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame"]


def frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Make a DataFrame of rows; the columns are there even where no row is.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError(
            'to_frame() needs pandas. Install it with: pip install "policy-glossary[pandas]"'
        ) from None
    return pd.DataFrame(rows, columns=list(columns))
