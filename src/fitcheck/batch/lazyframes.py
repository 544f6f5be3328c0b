"""Frames that compute nothing before they are asked to: the same scoring, run on their batches when they come."""

import pickle
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from hashlib import sha256
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from fitcheck.batch.arrowtypes import SPARK_KINDS, arrow_array
from fitcheck.batch.formats import is_installed
from fitcheck.batch.framescoring import FramePlan, FrameScorer
from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation
    from polars import DataFrame, LazyFrame
    from pyarrow import Array, ChunkedArray, RecordBatch  # type: ignore[import-untyped]  # it has no types
    from pyspark.sql import DataFrame as SparkFrame

ALL_OURS = "fit__all"
"""What the structure of all of our columns is called in SQL, as long as it is one."""


def score_polars(frame: "LazyFrame", plan: FramePlan) -> "LazyFrame":
    """Return a lazy frame of polars with our columns; both of its engines may run it, the streaming one in batches."""
    import polars as pl  # noqa: PLC0415 - here it is installed

    types = {"text": pl.String(), "number": pl.Float64(), "whole": pl.Int64(), "flag": pl.Boolean()}
    stale = {plan.header[i] for i in plan.stale}
    own = {name: kind for name, kind in frame.collect_schema().items() if name not in stale}
    ours = {column.name: types[column.kind] for column in plan.outputs}
    return frame.map_batches(partial(_score_batch, FrameScorer(plan)), schema={**own, **ours}, streamable=True)


def _score_batch(scorer: FrameScorer, batch: "DataFrame") -> "DataFrame":
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - here it is installed

    from fitcheck.batch.frames import score_eager  # noqa: PLC0415 - it imports this module, too

    scored: DataFrame = nw.to_native(score_eager(nw.from_native(batch, eager_only=True), scorer))
    return scored


def score_duckdb(relation: "DuckDBPyRelation", plan: FramePlan) -> "DuckDBPyRelation":
    """
    Return a DuckDB relation with our columns.

    A function of ours is registered with the relation's database, one for each plan, and stays there: the relation,
    and every view and query over it, need it.

    Raises:
        UsageError: pyarrow or NumPy is missing, without which DuckDB runs no function.
    """
    import duckdb  # noqa: PLC0415 - here it is installed
    from duckdb.func import FunctionNullHandling, PythonUDFType  # noqa: PLC0415

    if missing := [name for name in ("numpy", "pyarrow") if not is_installed(name)]:
        hint = f"pip install {' '.join(missing)}"
        message = f"to score a relation, DuckDB needs {' and '.join(missing)}"
        raise UsageError(Problem("missing-extra", message, hint=hint))
    types = {"text": "VARCHAR", "number": "DOUBLE", "whole": "BIGINT", "flag": "BOOLEAN"}
    # before DuckDB 2 a relation does not tell its connection: there it has to be the default one
    connection = getattr(relation, "_con", None) or duckdb.default_connection()
    kinds = ", ".join(map(str, relation.types))
    name = f"fitcheck_{sha256(pickle.dumps(plan) + kinds.encode()).hexdigest()[:24]}"
    query = "SELECT 1 FROM duckdb_functions() WHERE function_name = ?"
    if not connection.execute(query, [name]).fetchall():
        connection.create_function(
            name,
            _FUNCTIONS.setdefault(name, _Scored(plan)),
            [*relation.types],
            duckdb.struct_type({column.name: types[column.kind] for column in plan.outputs}),
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
    together = ALL_OURS
    while together in map(str.lower, plan.header):
        together += "_"
    cells = ", ".join(map(_quoted, plan.header))
    without = ", ".join(map(_quoted, (*(plan.header[i] for i in plan.stale), together)))
    return relation.project(f"*, {name}({cells}) AS {together}").project(f"* EXCLUDE ({without}), {together}.*")


_FUNCTIONS: dict[str, "_Scored"] = {}
"""By name, for good: DuckDB forgets a function with the connection that registered it, but the others still call it."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Scored:
    """A function of DuckDB: arrays of the values of each column in, an array of structures out."""

    def __init__(self, plan: FramePlan) -> None:
        self._scorer = FrameScorer(plan)
        # DuckDB counts the parameters of a function, and evaluates what is said of their types
        names = [Parameter(f"column_{i}", Parameter.POSITIONAL_ONLY) for i in range(len(plan.header))]
        self.__signature__ = Signature(names)

    def __call__(self, *columns: "Array[Any] | ChunkedArray[Any]") -> "Array[Any]":
        import pyarrow as pa  # noqa: PLC0415 - here it is installed

        scored = self._scorer.score([column.to_pylist() for column in columns])
        return pa.StructArray.from_arrays(_arrays(self._scorer, scored), names=[c.name for c in self._scorer.outputs])


def _arrays(scorer: FrameScorer, scored: Iterable[list[Any]]) -> "list[Array[Any]]":
    return [arrow_array(values, column.kind) for column, values in zip(scorer.outputs, scored, strict=True)]


def score_spark(frame: "SparkFrame", plan: FramePlan) -> "SparkFrame":
    """
    Return a DataFrame of Spark with our columns.

    The plan travels with the task; a worker makes a scorer of it once, and keeps it for the tasks to come. fitcheck
    has to be installed where the workers are.
    """
    from pyspark.sql.types import StructType  # noqa: PLC0415 - here it is installed

    stale = {plan.header[i] for i in plan.stale}
    schema = StructType([field for field in frame.schema.fields if field.name not in stale])
    for column in plan.outputs:
        schema.add(column.name, SPARK_KINDS[column.kind])
    return frame.mapInArrow(partial(score_arrow, pickle.dumps(plan)), schema)


def score_arrow(plan: bytes, batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """Yield record batches with our columns; `plan` is a pickled `FramePlan`."""
    import pyarrow as pa  # noqa: PLC0415 - here it is installed

    scorer = scorer_of(plan)
    for batch in batches:
        scored = scorer.score([column.to_pylist() for column in batch.columns])
        stale = {batch.schema.names[i] for i in scorer.stale}
        own = {n: c for n, c in zip(batch.schema.names, batch.columns, strict=True) if n not in stale}
        ours = dict(zip([column.name for column in scorer.outputs], _arrays(scorer, scored), strict=True))
        yield pa.RecordBatch.from_pydict({**own, **ours})


@lru_cache(maxsize=4)
def scorer_of(plan: bytes) -> FrameScorer:
    """Return the scorer of a pickled plan, the same for every task of a worker."""
    found: FramePlan = pickle.loads(plan)  # noqa: S301 - it comes from our own driver
    return FrameScorer(found)
