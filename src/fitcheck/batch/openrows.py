"""
Open verdicts of many rows at once: which way they lean and what to ask next, as `fitcheck.decision.opened` says it.

Counts are exact integers: words of 64 bits, or Python's where those could overflow. What a question is worth is
compared as floats, whose error is far below `CLOSE`; questions that come closer than that are compared again as
integers.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import lcm
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fitcheck.batch.arrays import LARGEST, Flags, Whole
from fitcheck.batch.deals import Deals
from fitcheck.batch.limits import Limits, Ways
from fitcheck.batch.manycounts import ManyCounter
from fitcheck.batch.openarrays import OpenArrays, Worths, worths_of
from fitcheck.batch.opencounts import Counter, Counts
from fitcheck.batch.openloops import OpenLoops, Passing, Telling
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.costanswers import CostAnswers
from fitcheck.decision.money import Trust
from fitcheck.decision.sheet import Sheet
from fitcheck.decision.telling import most_telling, told


class OpenBlock(NamedTuple):
    """
    The open rows of a block.

    Attributes:
        missing: which questions are unknown, a bit each [k].
        sides: points of each side with unknown answers where they stand [k, sides; points].
        costs, deals: number of each row's cost side and deal [k].
        may_cost: whether the money gate could still go either way, so that cost questions may be asked [k].
    """

    missing: Whole
    sides: Whole
    costs: Whole
    deals: Whole
    may_cost: Flags


class Asked(NamedTuple):
    """
    What open verdicts come to.

    Attributes:
        rows: which rows these are.
        leans: whether "pursue" is at least as likely as not.
        question: number of the most telling question, those of the cost model after those of the screen;
            `NOTHING` where none is to be asked.
    """

    rows: Whole
    leans: Flags
    question: Whole


class OpenRows:
    """
    Works out open verdicts for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from.
        compiled: the cost model; None if there is none.
        loops: what goes through many rows; by arrays, if nobody says.
    """

    def __init__(
        self, sheet: Sheet, trust: Trust, compiled: CompiledCost | None, loops: OpenLoops | None = None
    ) -> None:
        self._loops = loops or OpenArrays()
        lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]
        costing = compiled.model.questions if compiled else ()
        self.ids = (*(line.question.id for line in lines), *(question.id for question in costing))
        self._priors = [line.prior for line in lines]
        self._priors += [tuple(compiled.priors[question.id].values()) for question in costing] if compiled else []
        self._ask_costs = [*(line.question.ask_cost for line in lines), *(1 for _ in costing)]
        self._scored = len(lines)
        options = max(map(len, self._priors))
        scales = [lcm(*(weight for weight in prior if weight)) for prior in self._priors]
        factors = [
            [sum(prior) * (scale // weight) if weight else 0 for weight in prior]
            for prior, scale in zip(self._priors, scales, strict=True)
        ]
        self._steepest = max(*map(max, factors), *scales)
        self._can_be_told = self._steepest < LARGEST
        if not self._can_be_told:
            return
        # what the sum of the weighted squares is to be divided by
        wholes = [
            sum(prior) * scale**2 * cost
            for prior, scale, cost in zip(self._priors, scales, self._ask_costs, strict=True)
        ]
        self._telling = Telling(
            len(lines),
            _table(self._priors, options),
            _table(factors, options),
            np.array(scales, dtype=np.int64),
            np.array([*map(float, wholes)], dtype=np.float64),
        )
        self._few, self._many = Counter(sheet, trust, options, self._loops), ManyCounter(sheet, trust, options)
        self._limits = Limits(compiled, len(trust.cuts) + 1, options, self._loops.pair_up)

    def work_out(self, block: OpenBlock, costs: Sequence[CostAnswers | None], deals: Deals) -> Iterator[Asked]:
        """
        Work out open verdicts.

        Args:
            block: the rows.
            costs: what they number.
            deals: likewise.

        Yields:
            Parts of the rows; those that stand in no part are to be scored one by one.
        """
        if not self._can_be_told:
            return
        heaviest = (LARGEST - 1) // self._steepest
        few = self._few.count(block.missing, block.sides)
        many = self._many.count(block.missing, block.sides, self._few.most + 1)
        for counts in chain(few, many):
            of_costs, of_deals = block.costs[counts.rows], block.deals[counts.rows]
            ways = self._limits.ways(costs, of_costs, deals, of_deals, counts.bands > 0)
            fits = counts.total <= heaviest // np.maximum(ways.whole, 1)
            for kept, kind in ((ways.known & fits, np.int64), (ways.known & ~fits, object)):
                if kept.any():
                    some = Counts(*_rows(counts, np.flatnonzero(kept)))
                    exact = Counts(some.rows, some.lines, *(part.astype(kind, copy=False) for part in some[2:]))
                    yield self._ask(exact, Ways(*_rows(ways, np.flatnonzero(kept))), block.may_cost[some.rows])

    def _ask(self, counts: Counts, ways: Ways, may_cost: Flags) -> Asked:
        passing = Passing(self._limits.holds, self._limits.by)
        loops = self._loops if counts.bands.dtype == np.int64 else OpenArrays()
        weighed = loops.weigh(self._telling, counts, ways, passing, may_cost)
        close = np.flatnonzero(weighed.close)
        if len(close):
            some = Counts(*_rows(counts, close)), Ways(*_rows(ways, close))
            weighed.question[close] = self._most_telling(worths_of(self._telling, *some, passing, may_cost[close]))
        return Asked(counts.rows, weighed.leans, weighed.question)

    def _most_telling(self, worths: Worths) -> list[int]:
        """The question that is worth most, of rows where that is too close for floats."""
        found = []
        for row, close in enumerate(worths.close):
            values = []
            for column in np.flatnonzero(close).tolist():
                question = int(worths.questions[row, column])
                prior, by_option = self._priors[question], worths.of_options[row, column].tolist()
                good, ask_cost = int(worths.good[row]), self._ask_costs[question]
                values.append(told(by_option[: len(prior)], prior, good, ask_cost, str(question)))
            found.append(int(most_telling(values)[2]))
        return found


def _rows(arrays: Iterable[NDArray[Any]], rows: Whole) -> Iterator[NDArray[Any]]:
    return (array[rows] for array in arrays)


def _table(figures: Sequence[Sequence[int]], options: int) -> Whole:
    return np.array([[*of, *[0] * (options - len(of))] for of in figures], dtype=np.int64)
