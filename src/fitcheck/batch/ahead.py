"""
Open verdicts of rows with many unknown answers, worked out before the rows are scored, many at once.

By itself such a row takes milliseconds. The arrays that large tables are scored with tell some hundred rows in the same
time, and exactly the same of them; what they can't tell, the row engine works out as ever.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fitcheck.batch.formats import is_installed
from fitcheck.batch.packed import MOST_QUESTIONS
from fitcheck.batch.rowreading import ReadRow
from fitcheck.decision.opened import Open
from fitcheck.decision.rows import RowScorer, Waiting
from fitcheck.decision.sheet import UNKNOWN

if TYPE_CHECKING:
    from fitcheck.batch.openrows import OpenRows

WORTH = 25
"""So few rows at once take less long than importing numpy."""


class Ahead:
    """
    Looks at rows before they are scored.

    Args:
        scorer: will score them.
    """

    def __init__(self, scorer: RowScorer) -> None:
        self._scorer = scorer
        self._rows: OpenRows | None = None

    @classmethod
    def of(cls, scorer: RowScorer) -> "Ahead | None":
        """Return what looks ahead, where numpy is installed and words of 64 bits hold a bit for each question."""
        sheet = scorer.words(frozenset()).sheet
        fits = len(sheet.lines) <= MOST_QUESTIONS and None not in sheet.lines
        return cls(scorer) if fits and is_installed("numpy") else None

    def look(self, reads: Iterable[ReadRow]) -> None:
        """Let the scorer learn all that it would work out for these rows."""
        waiting: dict[tuple[object, ...], tuple[Waiting, ReadRow]] = {}
        for read in reads:
            found = self._scorer.waiting(read.codes, read.costs, read.deal)
            if found:
                waiting[found.key] = found, read
        if len(waiting) >= WORTH:
            self._work_out([*waiting.values()])

    def _work_out(self, waiting: list[tuple[Waiting, ReadRow]]) -> None:
        import numpy as np  # noqa: PLC0415 - an extra, and slow to import

        from fitcheck.batch.deals import deals_of  # noqa: PLC0415 - likewise
        from fitcheck.batch.openrows import OpenBlock, OpenRows  # noqa: PLC0415 - likewise

        scorer = self._scorer
        if self._rows is None:
            words = scorer.words(frozenset())
            self._rows = OpenRows(words.sheet, words.trust, scorer.compiled)
        missing = [sum(1 << j for j, code in enumerate(read.codes) if code == UNKNOWN) for _, read in waiting]
        costs = {id(read.costs): read.costs for _, read in waiting}
        deals = {id(read.deal): read.deal for _, read in waiting}
        of_costs, of_deals = ({key: number for number, key in enumerate(found)} for found in (costs, deals))
        block = OpenBlock(
            missing=np.array(missing, dtype=np.int64),
            sides=np.array([one.sides for one, _ in waiting], dtype=np.int64),
            costs=np.array([of_costs[id(read.costs)] for _, read in waiting], dtype=np.int64),
            deals=np.array([of_deals[id(read.deal)] for _, read in waiting], dtype=np.int64),
            may_cost=np.array([one.money_open for one, _ in waiting], dtype=bool),
        )
        for asked in self._rows.work_out(block, [*costs.values()], deals_of([*deals.values()])):
            for row, leans, question in zip(*(part.tolist() for part in asked), strict=True):
                ask_next = self._rows.ids[question] if question >= 0 else None
                scorer.learn(waiting[row][0], Open(leans, ask_next))
