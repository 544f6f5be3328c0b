"""Scores frames of polars, pandas, pyarrow, DuckDB and PySpark: our columns are added to the user's own."""

import pickle
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from fitcheck.amounts import NO_MARKS, Marks
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.mapping import ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.table.frame_scoring import ROWS, FrameScorer, records_of, score_arrow, score_eager
from fitcheck.table.match.check_header import check_matching
from fitcheck.table.match.columns import match, with_roles
from fitcheck.table.match.decimal_mark import PROOF_ROWS, cells_of, infer_decimal_mark
from fitcheck.table.match.opening import Opened
from fitcheck.table.match.questions import asked_by
from fitcheck.table.read.records import Record
from fitcheck.table.read.settings import Settings
from fitcheck.table.read.typed_rows import missing_extra
from fitcheck.table.score.row_reading import BadAnswers
from fitcheck.table.score.scoring import ScoringPlan
from fitcheck.table.write.out_columns import Kind, chosen_of_ours, out_columns

if TYPE_CHECKING:
    from types import ModuleType

    from duckdb import DuckDBPyRelation
    from polars import DataFrame, LazyFrame
    from pyspark.sql import DataFrame as SparkFrame

FRAME = "<frame>"
"""What a frame is called in messages."""

RENAME = "call columns like questions, or say with mapping= which is which"
"""What to do about a frame that answers nothing."""

MARK_ARGUMENT = 'decimal="{}"'
"""How a caller of `fitcheck.score_frame` names a decimal mark."""

KNOWN = "a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a PySpark DataFrame"

SPARK_TYPES: Mapping[Kind, str] = {"text": "string", "number": "double", "whole": "long", "flag": "boolean"}
"""Types of our columns in Spark."""


def score_frame(
    frame: Any,
    screen: Screen,
    stage: Stage,
    *,
    company: Company | None = None,
    mapping: ColumnMapping | None = None,
    columns: Sequence[str] | None = None,
    bad_answers: BadAnswers = "reject",
    as_is: bool = False,
    decimal: str | None = None,
) -> Any:
    """
    Score the rows of a frame; see `fitcheck.score_frame`.

    Args:
        frame: of the user.
        screen: checked.
        stage: of ours; one that the screen knows.
        company: our side.
        mapping: which columns are which, where names do not say.
        columns: words for our columns; see `fitcheck.table.write.out_columns.chosen_of_ours`.
        bad_answers: reject a row with an invalid answer, or count the answer as unknown.
        as_is: leave texts as they are, even if a spreadsheet would run them.
        decimal: the decimal mark of amounts that are text.

    Raises:
        UsageError, DocumentError: as `fitcheck.score_frame` says.
    """
    nw = _narwhals()
    wrapped, header = _opened(frame, nw)
    first = _first_rows(wrapped, nw)
    matching = match(header, asked_by(screen), mapping, cells_of(first))
    roles = {activity.role for activity in screen.cost.activities} if screen.cost else set[str]()
    matching = with_roles(matching, roles)
    check_matching(Opened(FRAME, "frame", [*header], 0, iter(()), (), matching, NO_MARKS, ()), mapping, RENAME)
    said = decimal or (mapping.decimal if mapping else None)
    plan = ScoringPlan(
        screen=screen,
        stage=stage,
        company=company,
        mapping=mapping,
        header=header,
        matching=matching,
        marks=Marks(said) if said else infer_decimal_mark(first, matching, Settings(), mapping).marks,
        fit=chosen_of_ours(columns, out_columns(screen)),
        bad_answers=bad_answers,
        as_is=as_is,
        mark_option=MARK_ARGUMENT,
    )
    if isinstance(wrapped, nw.DataFrame):
        return nw.to_native(score_eager(wrapped, FrameScorer(plan)))
    if wrapped.implementation is nw.Implementation.POLARS:
        return _score_polars(frame, plan)
    if wrapped.implementation is nw.Implementation.DUCKDB:
        return _score_duckdb(frame, plan)
    if wrapped.implementation in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}:
        return _score_spark(frame, plan)
    raise _unknown(frame)


def _opened(frame: Any, nw: "ModuleType") -> tuple[Any, tuple[str, ...]]:
    """
    Wrap a frame and return it with the names of its columns.

    Raises:
        UsageError: it is no frame that we know, or has two columns of one name.
    """
    try:
        wrapped = nw.from_native(frame)
        names = [*map(str, wrapped.columns)]
    except TypeError:
        raise _unknown(frame) from None
    except nw.exceptions.DuplicateError:
        names = [*map(str, getattr(frame, "column_names", frame.columns))]
        wrapped = None
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twice is not None or wrapped is None:
        hint = "give them different names"
        raise UsageError(Problem("two-columns", f"two columns of the frame are called {quoted(str(twice))}", hint=hint))
    return wrapped, tuple(names)


def _unknown(frame: Any) -> UsageError:
    kind = f"{type(frame).__module__.partition('.')[0]}.{type(frame).__name__}"
    return UsageError(Problem("unknown-frame", f"{kind} is not a frame that can be scored", hint=KNOWN))


def _first_rows(frame: Any, nw: "ModuleType") -> list[Record]:
    """Return the first rows of a frame, which say what its columns are; none of a lazy one, which is read later."""
    if not isinstance(frame, nw.DataFrame):
        return []
    block = frame.head(PROOF_ROWS)
    return [*records_of([block.get_column(name).to_list() for name in block.columns], frozenset())]


def _score_polars(frame: "LazyFrame", plan: ScoringPlan) -> "LazyFrame":
    """Return a lazy frame of polars with our columns; both of its engines may run it, the streaming one in batches."""
    import polars as pl  # noqa: PLC0415 - here it is installed

    scorer = FrameScorer(plan)
    types = {"text": pl.String(), "number": pl.Float64(), "whole": pl.Int64(), "flag": pl.Boolean()}
    own = {name: kind for name, kind in frame.collect_schema().items() if name not in scorer.stale}
    ours = {column.name: types[column.kind] for column in scorer.outputs}
    return frame.map_batches(partial(_score_batch, scorer), schema={**own, **ours}, streamable=True)


def _score_batch(scorer: FrameScorer, batch: "DataFrame") -> "DataFrame":
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - here it is installed

    scored: DataFrame = nw.to_native(score_eager(nw.from_native(batch, eager_only=True), scorer))
    return scored


def _score_duckdb(relation: "DuckDBPyRelation", plan: ScoringPlan) -> "DuckDBPyRelation":
    """
    Return a DuckDB relation over the scored rows, on the connection of the one that it was made from.

    DuckDB's own functions in Python belong to a connection, which a relation does not tell: so the rows are read and
    scored at once, a batch at a time, into a table of Arrow.
    """
    import pyarrow as pa  # noqa: PLC0415 - DuckDB gives its batches as Arrow

    reader = relation.to_arrow_reader(ROWS)
    empty = pa.RecordBatch.from_pylist([], schema=reader.schema)  # so that there is a schema where there are no rows
    fitcheck_scored = pa.Table.from_batches(score_arrow(pickle.dumps(plan), chain([empty], reader)))
    # Arrow does not know all types of DuckDB
    types = dict(zip(relation.columns, relation.types, strict=True))
    columns = [
        f"CAST({_quoted(name)} AS {types[name]}) AS {_quoted(name)}" if name in types else _quoted(name)
        for name in fitcheck_scored.column_names
    ]
    query = f"SELECT {', '.join(columns)} FROM fitcheck_scored"  # noqa: S608 - DuckDB finds it among our variables
    scored = relation.query("fitcheck_relation", query)
    return cast("DuckDBPyRelation", scored)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _score_spark(frame: "SparkFrame", plan: ScoringPlan) -> "SparkFrame":
    """
    Return a DataFrame of Spark with our columns.

    The plan travels with the task; a worker makes a scorer of it once, and keeps it for the tasks to come. fitcheck
    has to be installed where the workers are.
    """
    from pyspark.sql.types import StructType  # noqa: PLC0415 - here it is installed

    scorer = FrameScorer(plan)
    schema = StructType([field for field in frame.schema.fields if field.name not in scorer.stale])
    for column in scorer.outputs:
        schema.add(column.name, SPARK_TYPES[column.kind])
    return frame.mapInArrow(partial(score_arrow, pickle.dumps(plan)), schema)


def _narwhals() -> "ModuleType":
    try:
        import narwhals.stable.v2 as nw  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise missing_extra("score_frame", "frames") from None
    return nw
