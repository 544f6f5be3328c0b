"""What the cells of a block's rows say, put together: answers packed, cost sides and deals numbered."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.cellwords import code_of
from fitcheck.batch.dealbook import DealBook, Said
from fitcheck.batch.packed import NO_ANSWER, SPECIAL, Packed
from fitcheck.batch.plainrows import Answered, Sides
from fitcheck.batch.rowreading import Asking, RowReader
from fitcheck.decision.costanswers import CostAnswers
from fitcheck.decision.sheet import UNKNOWN

NO_CODE = -1


class Meaning(NamedTuple):
    """
    What the cells of one column stand for.

    Attributes:
        position: of the column.
        words: from `fitcheck.batch.cellwords.cell_words`.
        by_code: whole number for each option, then for an unknown answer.
        special, bad: the same for n/a, and for a cell that is no answer.
    """

    position: int
    words: Mapping[str, int]
    by_code: Sequence[int]
    special: int
    bad: int

    def of(self, cell: str) -> int:
        """What a cell stands for."""
        code = code_of(cell, self.words)
        if code is None:
            return self.bad
        return self.special if code < UNKNOWN else self.by_code[code]


class Cost(NamedTuple):
    """What the cells of a cost question stand for, and how many codes it has."""

    meaning: Meaning
    codes: int


class BlockReader:
    """
    Puts rows together.

    Args:
        reader: of single rows.
        packed: the scorecard.
        width: columns of the table; a question without a column is said to stand beyond the last.

    Attributes:
        answers: of each scored question.
        costs: of each cost question; none where no cost question has a column.
        money: positions of the columns that tell the value of the deal, its currency and the margin; None for none.
        deals: reads their cells.
        stage: position of the column that says whether the deal is closed; None for none.
    """

    def __init__(self, reader: RowReader, packed: Packed, width: int) -> None:
        self._reader, self._width = reader, width
        self.answers = [
            _meaning(asking, packed.answers[j], SPECIAL, NO_ANSWER) for j, asking in enumerate(reader.scored)
        ]
        self.costs = (
            []
            if reader.costs_unknown
            else [
                Cost(_meaning(asking, range(options + 1), NO_CODE, NO_CODE), options + 1)
                for asking, options in zip(reader.costing, reader.cost_options, strict=True)
            ]
        )
        self.money = tuple(position if position < width else None for position in reader.money_positions)
        self.deals, self.stage = reader.deals, reader.closed.position
        self._book = DealBook(reader.deals)

    def columns(self) -> list[Meaning]:
        """Return what is to be read besides money."""
        every = [*self.answers, *(cost.meaning for cost in self.costs)]
        return [meaning for meaning in every if meaning.position < self._width]

    def read(
        self,
        height: int,
        look_up: Callable[[Meaning], Whole],
        money: Callable[[], Said],
    ) -> Answered:
        """
        Put rows together.

        Args:
            height: how many there are.
            look_up: whole numbers for the cells of a column, as its meaning says.
            money: what the rows say of their deals.
        """

        def values(meaning: Meaning) -> Whole:
            if meaning.position < self._width:
                return look_up(meaning)
            return np.full(height, meaning.by_code[-1], dtype=np.int64)

        answers = np.stack([values(meaning) for meaning in self.answers])
        cost, costs, bad_costs = self._costs(height, values)
        number, deals = self._book.take_in(money())
        bad = bad_costs | deals.is_bad[number]
        return Answered(answers, cost, number, bad, Sides(costs, deals))

    def _costs(self, height: int, values: Callable[[Meaning], Whole]) -> tuple[Whole, list[CostAnswers | None], Flags]:
        """Number of each row's cost side, the sides, and where cells can't be read."""
        reader = self._reader
        key, bad = np.zeros(height, dtype=np.int64), np.zeros(height, dtype=bool)
        if not self.costs:
            return key, [reader.scorer.costs(reader.costs_unknown)], bad
        for meaning, codes in self.costs:
            code = values(meaning)
            bad |= code < 0
            key = key * codes + np.maximum(code, 0)
        keys, number = np.unique(key, return_inverse=True)
        return number, [reader.scorer.costs(self._cost_codes(one)) for one in keys.tolist()], bad

    def _cost_codes(self, key: int) -> tuple[int, ...]:
        found = []
        for _, codes in reversed(self.costs):
            key, code = divmod(key, codes)
            found.append(UNKNOWN if code == codes - 1 else code)
        return tuple(reversed(found))


def _meaning(asking: Asking, by_code: Sequence[int], special: int, bad: int) -> Meaning:
    return Meaning(asking.position, asking.words, by_code, special, bad)
