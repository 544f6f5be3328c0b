"""Scores blocks of rows given as columns of values, as every kind of frame can give them."""

import pickle
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from fitcheck.table.read.records import REJECT_COLUMNS, Fault, Record, fault_of_text
from fitcheck.table.read.typed_rows import text_of
from fitcheck.table.score.scoring import Outcome, RecordScorer, Rejection, ScoringPlan
from fitcheck.table.write.out_columns import SEVERAL, Kind, OutColumn, names_of, out_columns, typed_by

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    from pyarrow import RecordBatch

ROWS = 10_000
"""Rows of a frame whose cells are Python objects at a time."""

PROBLEMS = OutColumn(REJECT_COLUMNS[1], "text")
"""Says of a row why it was not scored; null where it was."""

NULLS = frozenset(("NAType", "NaTType"))
"""Classes of the nulls of pandas, beside None and NaN."""

PANDAS: Mapping[Kind, str] = {"text": "string", "number": "Float64", "whole": "Int64", "flag": "boolean"}
"""Nullable types of pandas."""

_NESTED = Fault("nested-value", "a list, a structure or bytes stand where a cell has to be")


class FrameScorer:
    """
    Scores blocks of rows by a plan, one after the other; several threads may ask at once.

    The rules are those of `fitcheck.table.score.scoring`, with two differences that a frame asks for. No row is left
    out: one of blanks, and one that is no prospect but a total or a footer, says so in its problems. And a value that
    is no text in a column that is not read, such as a list, is no fault.

    Attributes:
        outputs: our columns, in order; the last says why a row was not scored.
        stale: names of the frame's columns that an earlier run added.
    """

    def __init__(self, plan: ScoringPlan) -> None:
        columns = out_columns(plan.screen)
        by_name = {column.name: column for column in columns}
        self.outputs = (*(by_name[name] for name in plan.fit), PROBLEMS)
        self.stale = [name for name in plan.header if name.strip() in names_of(columns)]
        self._plan, self._lock = plan, Lock()
        self._scorer, self._read = RecordScorer(plan), plan.matching.read

    def score(self, columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """
        Score a block of rows.

        Args:
            columns: the values of each column of the frame, in its order.

        Returns:
            The values of each of `outputs`; what is not known is None.
        """
        with self._lock:
            rows = [self._texts(record, self._scorer.one(record)) for record in records_of(columns, self._read)]
        by_column = [*zip(*rows, strict=True)] if rows else [()] * len(self.outputs)
        typed = [typed_by(column.kind) for column in self.outputs]
        return [
            [value(text) if text else None for text in texts] for value, texts in zip(typed, by_column, strict=True)
        ]

    def _texts(self, record: Record, outcome: Outcome) -> Sequence[str | None]:
        if isinstance(outcome, list):
            return [*outcome, None]
        if isinstance(outcome, Rejection):
            why = SEVERAL.join(outcome.problems)
        else:
            kind = self._scorer.non_data_kind(record)
            why = f"this row is not a prospect: {kind} [no-prospect]" if kind else "this row is blank [blank-row]"
        return [*[None] * len(self._plan.fit), why]


def records_of(columns: Sequence[Sequence[Any]], read: Container[int]) -> Iterator[Record]:
    """
    Yield the rows of a block as records of text, blank ones with blank cells.

    Args:
        columns: the values of each column.
        read: positions of the columns that are read, where a value that is no text is a fault.
    """
    for line, values in enumerate(zip(*columns, strict=True), 1):
        cells: list[str] = []
        fault: Fault | None = None
        for position, value in enumerate(values):
            text = value if type(value) is str else cell_text(value)
            if position in read:
                fault = fault or (_NESTED if text is None else fault_of_text(text))
            cells.append(str(value) if text is None else text)
        yield Record(line, cells, "", fault)


def score_eager(frame: "nw.DataFrame[Any]", scorer: FrameScorer) -> "nw.DataFrame[Any]":
    """Return an eager frame with our columns after its own; those of an earlier run go."""
    found: list[list[Any]] = [[] for _ in scorer.outputs]
    for start in range(0, len(frame), ROWS):
        block = frame[start : start + ROWS]
        scored = scorer.score([block.get_column(name).to_list() for name in frame.columns])
        for values, more in zip(found, scored, strict=True):
            values.extend(more)
    ours = [_series(frame, column, values) for column, values in zip(scorer.outputs, found, strict=True)]
    return frame.drop(scorer.stale).with_columns(ours)


def _series(frame: "nw.DataFrame[Any]", column: OutColumn, values: Sequence[Any]) -> "nw.Series[Any]":
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - here it is installed

    namespace = nw.get_native_namespace(frame)
    if frame.implementation is nw.Implementation.PANDAS:
        native = namespace.Series(values, nw.to_native(frame).index, PANDAS[column.kind], column.name)
        series: nw.Series[Any] = nw.from_native(native, series_only=True)
        return series
    types = {"text": nw.String(), "number": nw.Float64(), "whole": nw.Int64(), "flag": nw.Boolean()}
    return nw.new_series(column.name, values, types[column.kind], backend=namespace)


def score_arrow(plan: bytes, batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """Yield record batches with our columns; `plan` is a pickled `ScoringPlan`."""
    import pyarrow as pa  # noqa: PLC0415 - here it is installed

    types = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_()}
    scorer = scorer_of(plan)
    for batch in batches:
        scored = scorer.score([column.to_pylist() for column in batch.columns])
        names = [name for name in batch.schema.names if name not in scorer.stale]
        own = {name: batch.column(name) for name in names}
        ours = {
            column.name: pa.array(values, types[column.kind])
            for column, values in zip(scorer.outputs, scored, strict=True)
        }
        yield pa.RecordBatch.from_pydict(own | ours)


@lru_cache(maxsize=4)
def scorer_of(plan: bytes) -> FrameScorer:
    """Return the scorer of a pickled plan, the same for every task of a worker."""
    found: ScoringPlan = pickle.loads(plan)  # noqa: S301 - it comes from our own driver
    return FrameScorer(found)


def cell_text(value: Any) -> str | None:
    """
    Return a value as `fitcheck.table.read.typed_rows.text_of` does, and "" for every null that frames have.

    >>> [cell_text(value) for value in (12.0, float("nan"), None, Decimal("nan"), True, [1])]
    ['12', '', '', '', 'true', None]
    """
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if type(value).__name__ in NULLS:
        return ""
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - only NaN differs from itself
        return ""
    if isinstance(value, Decimal) and value.is_nan():
        return ""
    return text_of(value)
