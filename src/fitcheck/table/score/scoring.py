"""Scores the records of a table: each is scored, rejected or no data, and counted as such."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fitcheck.amounts import NO_MARKS, OPTION, Marks
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.cost.terms import expected_value
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.rows import Row, row_of
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.cells import CellProblem
from fitcheck.table.match.columns import Matching
from fitcheck.table.read.records import Fault, Record
from fitcheck.table.score.reject_messages import MENDED, problems_column, reject_message, unresolved_fault
from fitcheck.table.score.row_reading import BadAnswers, ReadRow, RowReader
from fitcheck.table.score.tally import NO_CURRENCY, RowFacts, Tally, Top
from fitcheck.table.write.out_columns import RowTexts, defused


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """
    Everything that scoring the records of a table depends on but the records. It can be pickled.

    Attributes:
        screen, stage, company, mapping: what scores.
        header: names of the table's columns.
        matching: which column is which.
        marks: what is known of the decimal mark of amounts.
        fit: names of our columns, in order.
        bad_answers: reject a row with a cell that is no answer, or take the answer for unknown.
        as_is: leave texts as they are, even if a spreadsheet would run them.
        hours: available for the prospects to pursue.
        with_closed: count deals that are won or lost among the verdicts.
        mark_option: how the user names a decimal mark, for a hint.
    """

    screen: Screen
    stage: Stage
    company: Company | None
    mapping: ColumnMapping | None
    header: tuple[str, ...]
    matching: Matching
    fit: tuple[str, ...]
    marks: Marks = NO_MARKS
    bad_answers: BadAnswers = "reject"
    as_is: bool = False
    hours: Fraction | None = None
    with_closed: bool = False
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
            marks=plan.marks, width=len(plan.header), mark_option=plan.mark_option,
        )  # fmt: skip
        self._texts = RowTexts(plan.screen, plan.fit, as_is=plan.as_is)
        self._problems_at = problems_column(plan.header)
        self.tally = Tally(plan.hours, plan.with_closed)

    def score(self, records: Iterable[Record]) -> list[Outcome]:
        """Score records, and say of each what `one` says."""
        return [*map(self.one, records)]

    def part(self, records: Iterable[Record]) -> tuple[list[Outcome], Tally]:
        """Score a part of the table; return what became of each record, and the counts of this part alone."""
        self.tally = Tally(self._plan.hours, self._plan.with_closed)
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
        return self._sound(record, self._reader.read(record.cells))

    def _sound(self, record: Record, read: ReadRow) -> Outcome:
        """Score a record without damage, unless it says nothing, or its cells are no answers."""
        if read.nothing_known and not any(map(str.strip, record.cells)):
            self.tally.blank += 1
            return None
        if (read.nothing_known or read.problems) and self._is_no_data(record):
            return None
        self.tally.read += 1
        if read.problems and self._is_rejected(read.problems):
            return self._rejected(record, read.problems)
        for problem in (*read.problems, *read.unsure):
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
        tally.scored += 1
        facts = self._facts(record, row)
        if record.repeats:
            tally.put_off.append(facts)
        else:
            tally.count(facts)
        return self._texts(row)

    def _facts(self, record: Record, row: Row) -> RowFacts:
        """Return what is counted of a row."""
        closed = self._reader.closed_stage(record.cells)
        terms = row.deal
        value = terms.value if terms else None
        unpriced = None
        if terms and value is None and terms.deal.value is not None:
            unpriced = terms.deal.currency or NO_CURRENCY
        top = self._top(record, row) if closed is None and row.verdict == "pursue" else None
        key = self._reader.label(record.cells)[0] if record.repeats else ""
        return RowFacts(record.line, key, row.verdict, row.state, value, unpriced, closed, top)

    def _top(self, record: Record, row: Row) -> Top | None:
        """Return what an hour on a prospect brings, if it may be one of the best."""
        closing, deal = row.closing, row.deal
        if not closing or not deal or deal.margin is None or not closing.hours.mean:
            return None
        value = expected_value(deal.margin, closing.expected, deal.chance, deal.rule.lost_share)
        hours = Fraction(str(closing.hours.mean))
        if value <= 0 or not self.tally.would_rank(value / hours, record.line):
            return None
        return Top(value / hours, record.line, self._reader.label(record.cells), hours, value)

    def non_data_kind(self, record: Record) -> str | None:
        """Return what a record is that is no prospect; None if it may be one."""
        if record.is_title:
            return "group title"
        return self._reader.non_data_kind(record.cells, self._plan.header)

    def _is_no_data(self, record: Record) -> bool:
        kind = self.non_data_kind(record)
        if kind is None:
            return False
        self.tally.count_non_data(kind, record.line)
        return True

    def _safe(self, text: str) -> str:
        return text if self._plan.as_is else defused(text)
