"""Scores the records of a table: each is scored, rejected or no data, and counted as such."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fitcheck.amounts import OPTION
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.cost.terms import expected_value
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.rows import Row, row_of
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.cells import CellProblem
from fitcheck.table.match.columns import Matching
from fitcheck.table.match.non_data import non_data_kind
from fitcheck.table.read.records import Fault, Record
from fitcheck.table.score.reject_messages import MENDED, problems_column, reject_message, unresolved_fault
from fitcheck.table.score.row_reading import BadAnswers, ReadRow, RowReader
from fitcheck.table.score.tally import Tally, Top
from fitcheck.table.write.out_columns import RowTexts, defused


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """
    Everything that scoring the records of a table depends on but the records. It can be pickled.

    Attributes:
        screen, stage, company, mapping: what scores.
        header: names of the table's columns.
        matching: which column is which.
        mark: decimal mark of amounts; None where nothing proves it.
        fit: names of our columns, in order.
        bad_answers: reject a row with a cell that is no answer, or take the answer for unknown.
        as_is: leave texts as they are, even if a spreadsheet would run them.
        hours: available for the prospects to pursue.
        mark_option: how the user names a decimal mark, for a hint.
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
    hours: Fraction | None = None
    mark_option: str = OPTION


class Rejection(NamedTuple):
    """Why a record can't be scored: everything that is wrong with it, a sentence each."""

    problems: tuple[str, ...]


Outcome = list[str] | Rejection | None
"""The texts of our columns for a record, or a rejection; None for a record that is no data."""


class RecordScorer:
    """
    Scores the records of one table.

    Args:
        plan: what scores them.

    Attributes:
        tally: counts every record; may be replaced to count a part of the table by itself.
    """

    def __init__(self, plan: ScoringPlan) -> None:
        self._plan = plan
        self._scorer = Scorer(plan.screen, plan.stage, plan.company)
        self._reader = RowReader(
            self._scorer, plan.matching, plan.mapping,
            mark=plan.mark, width=len(plan.header), mark_option=plan.mark_option,
        )  # fmt: skip
        self._texts = RowTexts(plan.screen, plan.fit, as_is=plan.as_is)
        self._problems_at = problems_column(plan.header)
        self.tally = Tally(plan.hours)

    def score(self, records: Iterable[Record]) -> list[Outcome]:
        """Score records, and say of each what `one` says."""
        return [*map(self.one, records)]

    def part(self, records: Iterable[Record]) -> tuple[list[Outcome], Tally]:
        """Score a part of the table; return what became of each record, and the counts of this part alone."""
        self.tally = Tally(self._plan.hours)
        return self.score(records), self.tally

    def one(self, record: Record) -> Outcome:
        """Score a record."""
        if record.is_blank:
            self.tally.blank += 1
            return None
        fault, hint = record.fault, None
        if fault is None and self._problems_at is not None:
            fault, hint = unresolved_fault(record.cells[self._problems_at]), MENDED
        if fault is not None:
            return None if self._is_no_data(record) else self._damaged(record, fault, hint)
        read = self._reader.read(record.cells)
        if read.codes.count(UNKNOWN) == len(read.codes):
            if not any(map(str.strip, record.cells)):
                self.tally.blank += 1
                return None
            if self._is_no_data(record):
                return None
        self.tally.read += 1
        if read.problems:
            if self._is_rejected(read.problems):
                return self._rejected(record, read.problems)
            for problem in read.problems:
                self.tally.count_unread(record.line, problem.code, problem.column, problem.message, problem.hint)
        return self._scored(record, read)

    def _damaged(self, record: Record, fault: Fault, hint: str | None) -> Rejection:
        self.tally.read += 1
        self.tally.rejected += 1
        self.tally.count_fault(record.line, fault.code, "", fault.message, hint)
        return Rejection((self._safe(reject_message(fault)),))

    def _is_rejected(self, problems: Sequence[CellProblem]) -> bool:
        """Whether a row with such cells is rejected, or they count as unknown; an amount is never guessed."""
        money = self._reader.deals.headers
        return self._plan.bad_answers == "reject" or any(problem.column in money for problem in problems)

    def _rejected(self, record: Record, problems: Sequence[CellProblem]) -> Rejection:
        self.tally.rejected += 1
        for problem in problems:
            self.tally.count_fault(record.line, problem.code, problem.column, problem.message, problem.hint)
        return Rejection(tuple([self._safe(str(problem)) for problem in problems]))

    def _scored(self, record: Record, read: ReadRow) -> list[str]:
        tally = self.tally
        for question, code in enumerate(read.codes):
            if code == UNKNOWN:
                tally.count_missing(question)
        row = row_of(self._scorer.judge_codes(read.codes, read.costs, read.deal))
        tally.count_scored(row.verdict, row.state, row.deal)
        closed = self._reader.closed_stage(record.cells)
        if closed is not None:
            tally.count_closed(closed)
        elif row.verdict == "pursue":
            self._rank(record, row)
        return self._texts(row)

    def _rank(self, record: Record, row: Row) -> None:
        """Put a prospect to pursue among the best, if it is one of them."""
        closing, deal = row.closing, row.deal
        if not closing or not deal or deal.margin is None or not closing.hours.mean:
            return
        value = expected_value(deal.margin, closing.expected, deal.chance, deal.rule.lost_share)
        hours = Fraction(str(closing.hours.mean))
        if value > 0 and self.tally.would_rank(value / hours, record.line):
            self.tally.add_ranked(Top(value / hours, record.line, self._reader.label(record.cells), hours, value))

    def _is_no_data(self, record: Record) -> bool:
        kind = non_data_kind(record.cells, self._plan.header, self._reader.position("id"))
        if kind is None:
            return False
        self.tally.count_non_data(kind, record.line)
        return True

    def _safe(self, text: str) -> str:
        return text if self._plan.as_is else defused(text)
