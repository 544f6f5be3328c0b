"""Reads the cells of a row into codes of answers and a deal, and collects all of its problems."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from fitcheck.amounts import NO_MARKS, OPTION, Marks
from fitcheck.decision.cost.cost_answers import CostAnswers
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.folding import bare
from fitcheck.mapping import Bands, ColumnMapping, Field
from fitcheck.problems import printable
from fitcheck.table.match.bands import code_in, unread_band
from fitcheck.table.match.cells import CellProblem, bad_answer, cell_words, code_of
from fitcheck.table.match.closed import ClosedDeals
from fitcheck.table.match.columns import Match, Matching
from fitcheck.table.match.deals import DealReader, ParsedDeal
from fitcheck.table.match.non_data import NonData, is_second_header, non_data_kind
from fitcheck.table.match.questions import QuestionSpec, asked_by

BadAnswers = Literal["reject", "unknown"]
"""Whether a cell that is no answer rejects its row, or counts as unknown."""

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
        unsure: cells that may mean two things, and count as unknown.
    """

    codes: tuple[int, ...]
    costs: CostAnswers | None
    deal: DealTerms | None
    problems: tuple[CellProblem, ...]
    unsure: tuple[CellProblem, ...] = ()

    @property
    def nothing_known(self) -> bool:
        """Whether no scored question is answered."""
        return self.codes.count(UNKNOWN) == len(self.codes)


class _Question:
    """
    One question and its column.

    Attributes:
        position: of the column; behind the last one where the question has none.
        header: of the column.
        asked: the question.
        words: what the column's cells mean, see `cell_words`.
        bands: what its figures or dates mean.
        problem: returns that of a cell that is no answer.
    """

    def __init__(
        self, position: int, header: str, asked: QuestionSpec, words: dict[str, int], bands: Bands | None = None
    ) -> None:
        self.position, self.header, self.asked, self.words, self.bands = position, header, asked, words, bands
        self.problem = lru_cache(MOST_KEPT)(self._problem)

    def code(self, cell: str, problems: list[CellProblem]) -> int:
        """Return the code of a cell; one that is no answer is a problem, and counts as unknown."""
        code = self.words.get(cell)
        if code is not None:
            return code
        code = code_of(cell, self.words)
        if code is None and self.bands:
            code = code_in(cell, self.bands, self.asked)
        if code is not None:
            if type(cell) is str and len(self.words) < MOST_SPELLINGS:
                self.words[cell] = code
            return code
        problems.append(self.problem(cell))
        return UNKNOWN

    def _problem(self, cell: str) -> CellProblem:
        if self.bands:
            return CellProblem(self.header, cell, *unread_band(cell, self.bands))
        return bad_answer(self.header, self.asked, cell, self.words)


class RowReader:
    """
    Reads the rows of one table.

    Args:
        scorer: for the screen that asks.
        matching: which column is which.
        mapping: what the cells mean beside the screen's own words.
        marks: what is known of the decimal mark of amounts.
        width: columns of the table.
        mark_option: how the user names a decimal mark, for a hint.

    Attributes:
        deals: reads the cells that say what a deal is worth.
        closed_stage: returns the stage of a closed deal from the cells of its row.
    """

    def __init__(
        self,
        scorer: Scorer,
        matching: Matching,
        mapping: ColumnMapping | None,
        *,
        width: int,
        marks: Marks = NO_MARKS,
        mark_option: str = OPTION,
    ) -> None:
        self._scorer, self._matching, self._mapping, self._width = scorer, matching, mapping, width
        self._asked = {asked.id: asked for asked in asked_by(scorer.screen)}
        self._scored = [self._question(question.id) for question in scorer.screen.questions]
        cost = scorer.screen.cost
        self._costing = [self._question(question.id) for question in (cost.questions if cost else ())]
        self._fields: dict[Field, Match] = matching.fields
        home = scorer.company.currency if scorer.company else None
        self.deals = DealReader(matching, mapping, marks, mark_option, home)
        self.closed_stage = ClosedDeals(matching, mapping).stage
        self._deal = lru_cache(MOST_KEPT, typed=True)(
            self._worked_out
        )  # 25.000 is one thing as a text, one as a number

    def _question(self, question: str) -> _Question:
        """A question without a column is read from the blank cell that `read` puts after the last one."""
        match = self._matching.questions.get(question)
        asked = self._asked[question]
        if match is None:
            return _Question(self._width, "", asked, {"": UNKNOWN})
        bands = match.column.bands if match.column else None
        return _Question(match.position, match.header, asked, cell_words(asked, match.column, self._mapping), bands)

    def label(self, cells: Sequence[str]) -> tuple[str, str, str]:
        """Id, name and owner of a row, each blank where the table has no such column."""
        found = [printable(bare(cells[p])) if (p := self.position(f)) is not None else "" for f in LABELS]
        return found[0], found[1], found[2]

    def position(self, field: Field) -> int | None:
        """Position of the column of a field; None if there is none."""
        return self._fields[field].position if field in self._fields else None

    def read(self, cells: Sequence[str]) -> ReadRow:
        """
        Read one row.

        Args:
            cells: as many as the table has columns.
        """
        cells = [*cells, ""]
        problems: list[CellProblem] = []
        codes, costing = _codes(self._scored, cells, problems), _codes(self._costing, cells, problems)
        terms, parsed = self._deal(*[cells[position] for position in self.deals.positions])
        costs = self._scorer.costs(costing, parsed.deal.hours_spent)
        return ReadRow(codes, costs, terms, (*problems, *parsed.problems), parsed.unsure)

    def _worked_out(self, *cells: str) -> tuple[DealTerms | None, ParsedDeal]:
        parsed = self.deals.read(cells)
        return self._scorer.deal(parsed.deal), parsed

    def non_data_kind(self, cells: Sequence[str], header: Sequence[str]) -> NonData | None:
        """Return the kind of a record that is no prospect; None if it may be one, and in case of doubt."""
        found = non_data_kind(cells, header, self.position("id"))
        if found is None and is_second_header([(q.asked.ask, cells[q.position]) for q in self._asking(len(cells))]):
            return "second header line"
        return found

    def _asking(self, width: int) -> list[_Question]:
        return [question for question in (*self._scored, *self._costing) if question.position < min(width, self._width)]


def _codes(questions: Sequence[_Question], cells: Sequence[str], problems: list[CellProblem]) -> tuple[int, ...]:
    try:
        return tuple([question.words[cells[question.position]] for question in questions])
    except KeyError:  # a spelling that is new, or no answer
        return tuple([question.code(cells[question.position], problems) for question in questions])
