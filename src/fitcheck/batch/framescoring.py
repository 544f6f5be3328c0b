"""Columns of values into our columns of values: what every frame, of whatever library, is scored with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Any

from fitcheck.batch.ahead import Ahead
from fitcheck.batch.footers import left_out
from fitcheck.batch.formats import text_of
from fitcheck.batch.matching import Matching
from fitcheck.batch.outcolumns import REJECT_COLUMNS, SEVERAL, OutColumn, RowTexts, names_of, out_columns
from fitcheck.batch.records import Fault, Record, fault_of_text
from fitcheck.batch.rowreading import BadAnswers, RowReader
from fitcheck.batch.scoring import Rejected, Scoring, Written
from fitcheck.batch.tally import Tally
from fitcheck.decision.costmodel import Company
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.mapping import ColumnMapping

PROBLEMS = OutColumn(REJECT_COLUMNS[1], "text")
"""Says of a row why it was not scored; null where it was."""

NOTHING = frozenset(("NAType", "NaTType"))
"""Classes of what stands in a column of pandas where nothing stands, beside None and NaN."""

ARGUMENT = 'decimal="{}"'
"""How a caller of `fitcheck.score_frame` says which decimal mark is meant."""

_NESTED = Fault("nested-value", "a list, a structure or bytes stand where a cell has to be")


@dataclass(frozen=True, slots=True)
class FramePlan:
    """
    Everything that scoring the rows of a frame depends on but the rows. It can be pickled and sent to other machines.

    Attributes:
        screen, stage, company, mapping: what scores.
        header: names of the frame's columns.
        matching: which column is which.
        mark: decimal mark of amounts; None where nothing proves it.
        fit: names of our columns, in order.
        bad_answers: reject a row with a cell that is no answer, or take the answer for unknown.
        as_is: leave texts as they are, even if a spreadsheet would run them.
    """

    screen: Screen
    stage: Stage
    company: Company | None
    mapping: ColumnMapping | None
    header: tuple[str, ...]
    matching: Matching
    mark: str | None
    fit: tuple[str, ...]
    bad_answers: BadAnswers = "reject"
    as_is: bool = False

    @property
    def outputs(self) -> tuple[OutColumn, ...]:
        """Our columns, in order; the last says why a row was not scored."""
        by_name = {column.name: column for column in out_columns(self.screen)}
        return (*(by_name[name] for name in self.fit), PROBLEMS)

    @property
    def stale(self) -> tuple[int, ...]:
        """Positions of the columns that an earlier run added."""
        ours = names_of(out_columns(self.screen))
        return tuple(i for i, name in enumerate(self.header) if name.strip() in ours)

    @property
    def read(self) -> frozenset[int]:
        """Positions of the columns whose cells decide what comes out."""
        return self.matching.read


class FrameScorer:
    """
    Scores blocks of rows by a plan, one after the other; several threads may ask at once.

    The rules are those of `fitcheck.batch.scoring`, with two differences that a frame asks for. No row is left out:
    one of blanks, and one that is no prospect but a total or a footer, says so in its problems. And a value that is
    no text in a column that is not read, such as a list, is no fault.
    """

    def __init__(self, plan: FramePlan) -> None:
        self.outputs = plan.outputs
        self.stale = plan.stale
        self.tally = Tally()
        self._plan, self._lock, self._rows = plan, Lock(), 0
        scorer = RowScorer(plan.screen, plan.stage, plan.company)
        width = len(plan.header)
        reader = RowReader(scorer, plan.matching, plan.mapping, mark=plan.mark, width=width, saying=ARGUMENT)
        texts = RowTexts(plan.screen, plan.fit, as_is=plan.as_is)
        header = list(plan.header)
        ahead = Ahead.of(scorer)
        self._scoring = Scoring(header, reader, texts, self.tally, plan.bad_answers, as_is=plan.as_is, ahead=ahead)
        self._nothing: list[str | None] = [None] * len(plan.fit)

    def score(self, columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """
        Score a block of rows.

        Args:
            columns: the values of each column of the frame, in its order.

        Returns:
            The values of each of `outputs`; what is not known is None.
        """
        with self._lock:
            records = [*self.records(columns)]
            told = [*map(self._told, records, self._scoring.each(records))]
        by_column = [*zip(*told, strict=True)] if told else [()] * len(self.outputs)
        return [typed(texts, column.kind) for column, texts in zip(self.outputs, by_column, strict=True)]

    def records(self, columns: Sequence[Sequence[Any]]) -> Iterator[Record]:
        """Yield the rows of a block as records of text, blank ones with blank cells."""
        texts, faults = [], dict[int, Fault]()
        for position, values in enumerate(columns):
            texts.append(self._texts(values, faults if position in self._plan.read else None))
        first = self._rows
        for row, cells in enumerate(zip(*texts, strict=True)):
            yield Record(first + row + 1, [*cells], "", faults.get(row))
        self._rows = first + (len(texts[0]) if texts else 0)

    @staticmethod
    def _texts(values: Sequence[Any], faults: dict[int, Fault] | None) -> list[str]:
        found = [value if type(value) is str else cell_text(value) for value in values]
        texts = [text if text is not None else str(value) for text, value in zip(found, values, strict=True)]
        if faults is not None:
            if None in found:
                faults |= {row: _NESTED for row, text in enumerate(found) if text is None and row not in faults}
            joined = "".join(texts)
            if not joined.isascii() or "\0" in joined:
                for row, text in enumerate(texts):
                    if fault := fault_of_text(text):
                        faults.setdefault(row, fault)
        return texts

    def _told(self, record: Record, found: Written | Rejected | None) -> Sequence[str | None]:
        if found is None:
            kind = left_out(record.cells, self._scoring.header)
            why = f"this row is no prospect: {kind} [no-prospect]" if kind else "nothing stands in this row [blank-row]"
            return [*self._nothing, why]
        if isinstance(found, Rejected):
            return [*self._nothing, SEVERAL.join(found.problems)]
        return [*found[1], None]


def cell_text(value: Any) -> str | None:
    """
    Return a value as `fitcheck.batch.formats.text_of` does, and nothing for all that frames have in its place.

    >>> [cell_text(value) for value in (12.0, float("nan"), None, Decimal("nan"), True, [1])]
    ['12', '', '', '', 'true', None]
    """
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if type(value).__name__ in NOTHING:
        return ""
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - only NaN differs from itself
        return ""
    if isinstance(value, Decimal) and value.is_nan():
        return ""
    return text_of(value)


def typed(texts: Sequence[str | None], kind: str) -> list[Any]:
    """
    Return texts of ours as the values that they stand for; None where nothing stands.

    >>> typed(["12.50", "", None], "number"), typed(["true", "false"], "flag")
    ([12.5, None, None], [True, False])
    """
    if kind == "number":
        return [float(text) if text else None for text in texts]
    if kind == "whole":
        return [int(text) if text else None for text in texts]
    if kind == "flag":
        return [text == "true" if text else None for text in texts]
    return [text or None for text in texts]
