"""Rows that are alike, numbered: what they come to is worked out once for each number."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from fitcheck.batch.arrays import Whole


def numbered(columns: Mapping[str, Any]) -> tuple[Whole, list[tuple[Any, ...]]]:
    """
    Number rows by what stands in them.

    Args:
        columns: of one length.

    Returns:
        The number of each row; the rows that the numbers stand for, in the order in which they come up.

    >>> numbers, rows = numbered({"a": [5, 7, 5], "b": [1, 1, 1]})
    >>> numbers.tolist(), rows
    ([0, 1, 0], [(5, 1), (7, 1)])
    """
    keys = pl.DataFrame(columns)
    distinct = keys.unique(maintain_order=True).with_row_index("number")
    numbers = keys.join(distinct, on=keys.columns, how="left", maintain_order="left", nulls_equal=True)["number"]
    return numbers.cast(pl.Int64).to_numpy(), distinct.drop("number").rows()
