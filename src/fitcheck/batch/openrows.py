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

from fitcheck.batch.arrays import LARGEST, NOTHING, Flags, Whole
from fitcheck.batch.limits import Limits, Pair, Ways, pair_up
from fitcheck.batch.manycounts import ManyCounter
from fitcheck.batch.opencounts import Counter, Counts
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.money import Trust
from fitcheck.decision.sheet import Sheet
from fitcheck.decision.tablecost import CostSide, DealSide
from fitcheck.decision.telling import most_telling, told

CLOSE = 1e-12
"""Worths that differ by less than this share of them may be the same."""


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
        pair: see `fitcheck.batch.limits`.
    """

    def __init__(self, sheet: Sheet, trust: Trust, compiled: CompiledCost | None, pair: Pair = pair_up) -> None:
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
        self._weights, self._factors = _table(self._priors, options), _table(factors, options)
        self._scales = np.array(scales, dtype=np.int64)
        # what the sum of the weighted squares is to be divided by
        wholes = np.array([sum(prior) for prior in self._priors], dtype=np.float64)
        self._shares = wholes * self._scales.astype(np.float64) ** 2 * np.array(self._ask_costs)
        self._few, self._many = Counter(sheet, trust, options), ManyCounter(sheet, trust, options)
        self._limits = Limits(compiled, options, pair) if compiled else None

    def work_out(
        self, block: OpenBlock, costs: Sequence[CostSide | None], deals: Sequence[DealSide | None]
    ) -> Iterator[Asked]:
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
            ways = self._ways(counts, block, costs, deals)
            fits = counts.total <= heaviest // np.maximum(ways.whole, 1)
            for kept, kind in ((ways.known & fits, np.int64), (ways.known & ~fits, object)):
                if kept.any():
                    some = Counts(*_rows(counts, np.flatnonzero(kept)))
                    exact = Counts(some.rows, some.lines, *(part.astype(kind) for part in some[2:]))
                    yield self._weigh(exact, Ways(*_rows(ways, np.flatnonzero(kept))), block.may_cost[some.rows])

    def _ways(
        self, counts: Counts, block: OpenBlock, costs: Sequence[CostSide | None], deals: Sequence[DealSide | None]
    ) -> Ways:
        """What the money gate lets pass, for each row; where there is none, everything."""
        height, bands = counts.bands.shape
        held = Ways(
            np.ones(height, dtype=bool),
            np.ones((height, bands), dtype=np.int64),
            np.zeros((height, bands, len(self.ids) - self._scored, self._weights.shape[1]), dtype=np.int64),
            np.zeros((height, len(self.ids) - self._scored), dtype=bool),
            np.ones(height, dtype=np.int64),
        )
        if self._limits is None:
            return held
        pairs, of_row = np.unique(block.costs[counts.rows] * len(deals) + block.deals[counts.rows], return_inverse=True)
        found = [(costs[pair // len(deals)], deals[pair % len(deals)]) for pair in pairs.tolist()]
        limited = [
            (k, side, deal.limit) for k, (side, deal) in enumerate(found) if side and deal and deal.limit is not None
        ]
        if not limited:
            return held
        at = np.full(len(pairs), NOTHING)
        at[[k for k, _, _ in limited]] = np.arange(len(limited))
        rows = np.flatnonzero(at[of_row] != NOTHING)
        of = at[of_row[rows]]
        reached = np.zeros((len(limited), bands), dtype=bool)
        for band in range(bands):
            reached[of[counts.bands[rows, band] > 0], band] = True
        ways = self._limits.ways([side for _, side, _ in limited], [limit for _, _, limit in limited], reached)
        for mine, theirs in zip(held, ways, strict=True):
            mine[rows] = theirs[of]
        return held

    def _weigh(self, counts: Counts, ways: Ways, may_cost: Flags) -> Asked:
        height, unknown = counts.lines.shape
        good = (counts.bands * ways.holds).sum(axis=1)
        costing = np.broadcast_to(np.arange(self._scored, len(self.ids)), (height, len(self.ids) - self._scored))
        questions = np.concatenate([counts.lines, costing], axis=1)
        of_options = np.concatenate(
            [
                np.einsum("kuob,kb->kuo", counts.by, ways.holds),
                np.einsum("kbqo,kb->kqo", ways.by, counts.bands),
            ],
            axis=1,
        )
        off = of_options * self._factors[questions] - (good[:, None] * self._scales[questions])[:, :, None]
        worth = (self._weights[questions] * off.astype(np.float64) ** 2).sum(axis=2) / self._shares[questions]
        worth[:, unknown:] = np.where(may_cost[:, None] & ways.asked, worth[:, unknown:], NOTHING)
        most = worth.max(axis=1, initial=NOTHING)
        best = np.full(height, NOTHING) if not worth.shape[1] else worth.argmax(axis=1)
        close = (worth >= (most * (1 - CLOSE))[:, None]) & (worth > 0)
        for row in np.flatnonzero(close.sum(axis=1) > 1).tolist():
            best[row] = self._most_telling(questions[row], of_options[row], int(good[row]), np.flatnonzero(close[row]))
        question = np.where(most == NOTHING, NOTHING, questions[np.arange(height), best] if worth.shape[1] else NOTHING)
        leans = (2 * good >= ways.whole * counts.total).astype(bool)
        return Asked(counts.rows, leans, question)

    def _most_telling(self, questions: Whole, ways: Whole, good: int, columns: Whole) -> int:
        values = []
        for column in columns.tolist():
            question = int(questions[column])
            prior = self._priors[question]
            values.append(
                told(ways[column, : len(prior)].tolist(), prior, good, self._ask_costs[question], str(column))
            )
        return int(most_telling(values)[2])


def _rows(arrays: Iterable[NDArray[Any]], rows: Whole) -> Iterator[NDArray[Any]]:
    return (array[rows] for array in arrays)


def _table(figures: Sequence[Sequence[int]], options: int) -> Whole:
    return np.array([[*of, *[0] * (options - len(of))] for of in figures], dtype=np.int64)
