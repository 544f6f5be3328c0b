"""Frames of polars, pandas, pyarrow, DuckDB and PySpark, scored as they are: our columns beside the user's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fitcheck.batch.asked import asked_by
from fitcheck.batch.formats import missing_extra
from fitcheck.batch.framescoring import FramePlan, FrameScorer
from fitcheck.batch.matching import match
from fitcheck.batch.opening import Opened
from fitcheck.batch.outcolumns import Kind, chosen_of_ours, out_columns
from fitcheck.batch.proving import PROOF_ROWS, proven
from fitcheck.batch.rowreading import BadAnswers
from fitcheck.batch.settings import Settings
from fitcheck.batch.unanswered import check_matching
from fitcheck.decision.costmodel import Company
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.mapping import ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from types import ModuleType

    import narwhals.stable.v2 as nw

FRAME = "<frame>"
"""What a frame is called in messages."""

RENAME = "call columns like questions, or say with mapping= which is which"
"""What to do about a frame that answers nothing."""

ROWS = 10_000
"""Rows of an eager frame whose cells are Python objects at a time."""

KNOWN = "a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table, a DuckDB relation or a PySpark DataFrame"

PANDAS: Mapping[Kind, str] = {"text": "string", "number": "Float64", "whole": "Int64", "flag": "boolean"}
"""Types of pandas that can hold nothing, too."""


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
        columns: words for our columns; see `fitcheck.batch.outcolumns.chosen_of_ours`.
        bad_answers: reject a row with a cell that is no answer, or take the answer for unknown.
        as_is: leave texts as they are, even if a spreadsheet would run them.
        decimal: the decimal mark of amounts that are text.

    Raises:
        UsageError, DocumentError: as `fitcheck.score_frame` says.
    """
    nw = _narwhals()
    wrapped, header = _opened(frame, nw)
    matching = match(header, asked_by(screen), mapping)
    check_matching(Opened(FRAME, "frame", [*header], 0, iter(()), (), matching, None, ()), mapping, RENAME)
    plan = FramePlan(
        screen=screen,
        stage=stage,
        company=company,
        mapping=mapping,
        header=header,
        matching=matching,
        mark=decimal or (mapping.decimal if mapping else None),
        fit=chosen_of_ours(columns, out_columns(screen)),
        bad_answers=bad_answers,
        as_is=as_is,
    )
    if plan.mark is None:
        plan = replace(plan, mark=_proven(wrapped, plan, nw))
    if isinstance(wrapped, nw.DataFrame):
        return nw.to_native(score_eager(wrapped, FrameScorer(plan)))
    from fitcheck.batch import lazyframes  # noqa: PLC0415 - most frames are not lazy

    if wrapped.implementation is nw.Implementation.POLARS:
        return lazyframes.score_polars(frame, plan)
    if wrapped.implementation is nw.Implementation.DUCKDB:
        return lazyframes.score_duckdb(frame, plan)
    if wrapped.implementation in {nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}:
        return lazyframes.score_spark(frame, plan)
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
    return UsageError(Problem("unknown-frame", f"{kind} is no frame that can be scored", hint=KNOWN))


def _proven(frame: Any, plan: FramePlan, nw: "ModuleType") -> str | None:
    """
    Return the decimal mark that the columns of amounts prove.

    Numbers have a point. Texts prove theirs in the first rows, as in a table, unless the frame is lazy: of that no row
    is looked at before its time.
    """
    fields = plan.matching.fields
    money = [fields[field].position for field in ("value", "margin") if field in fields]
    types = frame.collect_schema().dtypes()
    if not money or all(types[position].is_numeric() for position in money):
        return "." if money else None
    if not isinstance(frame, nw.DataFrame):
        return None
    block = frame.head(PROOF_ROWS)
    rows = FrameScorer(plan).records([block.get_column(name).to_list() for name in block.columns])
    return proven(rows, plan.matching, Settings(), None).mark


def score_eager(frame: "nw.DataFrame[Any]", scorer: FrameScorer) -> "nw.DataFrame[Any]":
    """Return an eager frame with our columns after its own; those of an earlier run go."""
    names = frame.columns
    found: list[list[Any]] = [[] for _ in scorer.outputs]
    for start in range(0, len(frame), ROWS):
        block = frame[start : start + ROWS]
        scored = scorer.score([block.get_column(name).to_list() for name in names])
        for values, more in zip(found, scored, strict=True):
            values.extend(more)
    made = [
        _series(frame, column.name, column.kind, values) for column, values in zip(scorer.outputs, found, strict=True)
    ]
    return frame.drop([names[i] for i in scorer.stale]).with_columns(made)


def _series(frame: "nw.DataFrame[Any]", name: str, kind: Kind, values: Sequence[Any]) -> "nw.Series[Any]":
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - here it is installed

    if frame.implementation is nw.Implementation.PANDAS:
        native = nw.to_native(frame)
        made = nw.get_native_namespace(frame).Series(values, native.index, PANDAS[kind], name)
        series: nw.Series[Any] = nw.from_native(made, series_only=True)
        return series
    types = {"text": nw.String(), "number": nw.Float64(), "whole": nw.Int64(), "flag": nw.Boolean()}
    return nw.new_series(name, values, types[kind], backend=nw.get_native_namespace(frame))


def _narwhals() -> "ModuleType":
    try:
        import narwhals.stable.v2 as nw  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise missing_extra("score_frame", "frames") from None
    return nw
