"""Values of our columns in Arrow and Spark, which know a type for each kind of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitcheck.batch.outcolumns import Kind

if TYPE_CHECKING:
    from pyarrow import Array  # type: ignore[import-untyped]  # it has no types

SPARK_KINDS: Mapping[Kind, str] = {"text": "string", "number": "double", "whole": "long", "flag": "boolean"}
"""Types of our columns in Spark, by the names that it gives them."""


def arrow_array(values: Sequence[Any], kind: Kind) -> "Array[Any]":
    """Return values of one of our columns, None where nothing stands, as an array of the type of its kind."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    types = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_()}
    return pa.array(values, types[kind])
