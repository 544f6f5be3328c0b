"""Cells of a row into codes of answers and a deal; everything that is wrong with the row at once."""

from collections.abc import Sequence
from math import prod
from typing import Literal, NamedTuple

from fitcheck.batch.amounts import OPTION
from fitcheck.batch.asked import asked_by
from fitcheck.batch.cellproblems import CellProblem
from fitcheck.batch.cellwords import bad_answer, cell_words, code_of
from fitcheck.batch.closeddeals import ClosedDeals
from fitcheck.batch.dealreading import DealReader
from fitcheck.batch.mapping import MONEY, ColumnMapping, Field
from fitcheck.batch.matching import Match, Matching
from fitcheck.decision.costanswers import CostAnswers
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.sheet import UNKNOWN
from fitcheck.decision.terms import DealTerms
from fitcheck.problems import printable

BadAnswers = Literal["reject", "unknown"]
"""What becomes of a row with a cell that is no answer: it is rejected, or the answer counts as unknown."""

MOST_SPELLINGS = 10_000
"""Spellings of answers that are remembered for each column; others are looked up anew."""

LABELS: tuple[Field, ...] = ("id", "name", "owner")


class ReadRow(NamedTuple):
    """
    A row, read.

    Attributes:
        codes: of the scored questions, in the screen's order.
        costs: the answers to the cost questions; None without a cost model.
        deal: what is at stake; None without a cost model.
        problems: what is wrong; empty if the row can be scored as it is.
    """

    codes: tuple[int, ...]
    costs: CostAnswers | None
    deal: DealTerms | None
    problems: tuple[CellProblem, ...]


class Asking:
    """
    One question and its column, if it has one.

    Attributes:
        position: of the column; behind the last one where the question has none.
        header: of the column.
        words: what its cells mean, see `cell_words`.
    """

    def __init__(self, position: int, header: str, words: dict[str, int]) -> None:
        self.position, self.header, self.words = position, header, words


class RowReader:
    """
    Reads the rows of one table.

    Args:
        scorer: for the screen that asks.
        matching: which column is which.
        mapping: what the cells mean beside the screen's own words.
        mark: decimal mark of amounts; None where no cell proves it.
        width: columns of the table.
        saying: how the user says which decimal mark is meant, for a hint.
    """

    def __init__(
        self,
        scorer: RowScorer,
        matching: Matching,
        mapping: ColumnMapping | None,
        *,
        mark: str | None,
        width: int,
        saying: str = OPTION,
    ) -> None:
        screen = scorer.screen
        self.scorer, self.matching, self.mapping = scorer, matching, mapping
        self.asked = {asked.id: asked for asked in asked_by(screen)}
        self.scored = [self._asking(question.id, width) for question in screen.questions]
        costly = screen.cost.questions if screen.cost else ()
        self.costing = [self._asking(question.id, width) for question in costly]
        self._fields: dict[Field, Match] = matching.fields
        self.money_positions = tuple(
            self._fields[field].position if field in self._fields else width for field in MONEY
        )
        self._bad: dict[tuple[int, str], CellProblem] = {}
        self.deals = DealReader(scorer, matching.fields, mapping, mark, saying)
        self.closed = ClosedDeals(self.position("stage"), mapping.closed if mapping else ())
        has_costs = any(asking.position < width for asking in self.costing)
        self.costs_unknown = () if has_costs else (UNKNOWN,) * len(self.costing)

    def _asking(self, question: str, width: int) -> Asking:
        """A question without a column is read from the blank cell that `read` puts after the last one."""
        match = self.matching.questions.get(question)
        if match is None:
            return Asking(width, "", {"": UNKNOWN})
        return Asking(match.position, match.header, cell_words(self.asked[question], match.column, self.mapping))

    def label(self, cells: Sequence[str]) -> tuple[str, str, str]:
        """Id, name and owner of a row, each blank where the table has no such column."""
        found = [printable(cells[p]).strip() if (p := self.position(f)) is not None else "" for f in LABELS]
        return found[0], found[1], found[2]

    def position(self, field: Field) -> int | None:
        """Position of the column of a field; None if there is none."""
        return self._fields[field].position if field in self._fields else None

    def read(self, cells: list[str]) -> ReadRow:
        """
        Read one row.

        Args:
            cells: as many as the table has columns.
        """
        cells = [*cells, ""]
        problems: list[CellProblem] = []
        try:
            codes = [asking.words[cells[asking.position]] for asking in self.scored]
        except KeyError:
            codes = self._slowly(self.scored, cells, problems)
        if self.costs_unknown or not self.costing:
            costing = self.costs_unknown
        else:
            try:
                costing = tuple([asking.words[cells[asking.position]] for asking in self.costing])
            except KeyError:
                costing = tuple(self._slowly(self.costing, cells, problems))
        value, currency, margin = self.money_positions
        key = (cells[value], cells[currency], cells[margin])
        deal, wrong = self.deals.deal_of(key)
        return ReadRow(tuple(codes), self.scorer.costs(costing), deal, (*problems, *wrong))

    @property
    def cost_options(self) -> list[int]:
        """How many options each cost question has."""
        cost = self.scorer.screen.cost
        return [len(question.options) for question in (cost.questions if cost else ())]

    @property
    def cost_combinations(self) -> int:
        """In how many ways the cost questions can be answered, or left unknown."""
        return prod(options + 1 for options in self.cost_options)

    def _slowly(self, asked: Sequence[Asking], cells: Sequence[str], problems: list[CellProblem]) -> list[int]:
        codes = []
        for asking in asked:
            cell = cells[asking.position]
            code = asking.words.get(cell)
            if code is None:
                code = self._spelt(asking, cell, problems)
            codes.append(code)
        return codes

    def _spelt(self, asking: Asking, cell: str, problems: list[CellProblem]) -> int:
        """Code of a cell that is not written like any answer; one that is none is a problem, and counts as unknown."""
        code = code_of(cell, asking.words)
        if code is not None:
            if len(asking.words) < MOST_SPELLINGS:
                asking.words[cell] = code
            return code
        problems.append(self.problem(asking, cell))
        return UNKNOWN

    def problem(self, asking: Asking, cell: str) -> CellProblem:
        """Say what is wrong with a cell that is no answer."""
        key = (asking.position, cell)
        problem = self._bad.get(key)
        if problem is None:
            question = self.asked[self._question_at(asking.position)]
            problem = CellProblem(asking.header, cell, *bad_answer(question, cell, asking.words))
            bounded_put(self._bad, key, problem)
        return problem

    def _question_at(self, position: int) -> str:
        column = self.matching.matches[position].column
        return (column.question if column else None) or ""
