"""Rows as a pandas DataFrame, where pandas is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from glossary.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BOOL", "INT", "LIST", "TEXT", "frame"]

# The dtypes of columns. They are pandas' own, whatever else is installed, and have room for what is missing. A list
# has no dtype of pandas' own: its column is of objects, lists of str.
TEXT, INT, BOOL, LIST = "string", "Int64", "boolean", "object"


def frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Make a DataFrame of rows; columns and dtypes are the same whatever the rows hold, and where there are none.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError(
            'to_frame() needs pandas. Install it with: pip install "policy-glossary[pandas]"'
        ) from None
    made = {
        name: pd.Series([row[name] for row in rows], dtype=dtype, name=name)
        for name, dtype in columns.items()
    }
    return pd.DataFrame(made, columns=list(columns))
