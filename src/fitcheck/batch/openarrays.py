"""Many open rows by arrays, which laid side by side hold every combination of the unknown answers."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import AT_ONCE, NOTHING, Flags, Floats, Whole, two_way
from fitcheck.batch.limits import Ways, pair_up
from fitcheck.batch.opencounts import Counts, Few
from fitcheck.batch.openloops import Passing, Telling, Weighed
from fitcheck.batch.trustbands import Moves

CLOSE = 1e-12
"""Worths that differ by less than this share of them may be the same."""


class OpenArrays:
    """Goes through open rows; see `fitcheck.batch.openloops.OpenLoops`."""

    pair_up = staticmethod(pair_up)

    def count(self, few: Few, lines: Whole, now: Whole) -> tuple[Whole, Whole]:
        """Count completions."""
        number, options = lines.shape[1], few.gains.shape[1]
        shape = (len(lines), *[options] * number)
        weight = np.ones(shape, dtype=np.int64)
        sides = [np.broadcast_to(now[:, side].reshape(-1, *[1] * number), shape) for side in range(now.shape[1])]
        for k in range(number):
            along = (len(lines), *[options if axis == k else 1 for axis in range(number)])
            weight = weight * few.weights[lines[:, k]].reshape(along)
            gains, at = few.gains[lines[:, k]], few.sides[lines[:, k]]
            for side in np.unique(at):
                here = np.where((at == side)[:, None], gains, 0).reshape(along)
                sides[side] = sides[side] + here
        for side, least in few.floors.tolist():
            weight = np.where(sides[side] >= least, weight, 0)
        dimensions = [
            sides[first] if single else two_way(sides[first], sides[first + 1], few.trust_lambda)
            for first, single in few.joins.tolist()
        ]
        weight = np.where(sum(dimensions) >= few.threshold, weight, 0)
        bands = np.zeros((len(lines), len(few.cuts) + 1), dtype=np.int64)
        by = np.zeros((len(lines), number, options, len(few.cuts) + 1), dtype=np.int64)
        band = None if not len(few.cuts) else np.searchsorted(few.cuts, dimensions[few.trusted], side="right")
        axes = range(1, number + 1)
        for b in range(len(few.cuts) + 1):
            held = weight if band is None else np.where(band == b, weight, 0)
            for k in range(number):
                by[:, k, :, b] = held.sum(axis=tuple(axis for axis in axes if axis != k + 1))
            bands[:, b] = held.sum(axis=tuple(axes))
        return bands, by

    def weigh(self, telling: Telling, counts: Counts, ways: Ways, passing: Passing, may_cost: Flags) -> Weighed:
        """Weigh what is counted, whatever holds it."""
        worths = worths_of(telling, counts, ways, passing, may_cost)
        questions, worth = worths.questions, worths.worth
        most = worth.max(axis=1, initial=NOTHING)
        best = worth.argmax(axis=1) if worth.shape[1] else np.zeros(len(worth), dtype=np.int64)
        asked = questions[np.arange(len(worth)), best] if worth.shape[1] else best
        return Weighed(
            leans=(2 * worths.good >= ways.whole * counts.total).astype(bool),
            question=np.where(most == NOTHING, NOTHING, asked),
            close=worths.close.sum(axis=1) > 1,
        )

    def weigh_bands(self, points: Whole, moves: Moves, cuts: Whole, trust_lambda: Fraction) -> Whole:
        """Weigh the bands of trust."""
        weight = (moves.theirs_weight[:, None] * moves.ours_weight).ravel()
        bands = np.empty((len(points), len(cuts) + 1), dtype=np.int64)
        step = max(1, AT_ONCE // len(weight))
        for start in range(0, len(points), step):
            part = points[start : start + step]
            joined = part[:, 0, None, None] + moves.theirs[:, None]
            if points.shape[1] > 1:
                joined = two_way(joined, part[:, 1, None, None] + moves.ours, trust_lambda)
            joined = joined.reshape(len(part), -1)
            reached = [weight.sum(), *(np.where(joined >= cut, weight, 0).sum(axis=1) for cut in cuts.tolist()), 0]
            for band in range(len(cuts) + 1):
                bands[start : start + step, band] = reached[band] - reached[band + 1]
        return bands


class Worths(NamedTuple):
    """
    What questions of k rows are worth.

    Attributes:
        questions: their numbers; all those of the cost model come last [k, questions].
        of_options: weight of the good completions with each option [k, questions, options].
        good: weight of all good completions [k].
        worth: `NOTHING` where the question is not asked [k, questions].
    """

    questions: Whole
    of_options: Whole
    good: Whole
    worth: Floats

    @property
    def close(self) -> Flags:
        """Whether a question may be worth most [k, questions]."""
        most = self.worth.max(axis=1, initial=NOTHING)
        close: Flags = (self.worth >= (most * (1 - CLOSE))[:, None]) & (self.worth > 0)
        return close


def worths_of(telling: Telling, counts: Counts, ways: Ways, passing: Passing, may_cost: Flags) -> Worths:
    """Work out what questions are worth; see `fitcheck.batch.openloops.OpenLoops.weigh`."""
    height, unknown = counts.lines.shape
    holds, by = passing.holds[ways.at], passing.by[ways.at]
    good = (counts.bands * holds).sum(axis=1)
    costing = np.arange(telling.scored, len(telling.scales))
    costing = np.broadcast_to(costing, (height, len(costing)))
    questions = np.concatenate([counts.lines, costing], axis=1)
    of_options = np.concatenate(
        [np.einsum("kuob,kb->kuo", counts.by, holds), np.einsum("kbqo,kb->kqo", by, counts.bands)], axis=1
    )
    off = of_options * telling.factors[questions] - (good[:, None] * telling.scales[questions])[:, :, None]
    worth = (telling.weights[questions] * off.astype(np.float64) ** 2).sum(axis=2) / telling.shares[questions]
    worth[:, unknown:] = np.where(may_cost[:, None] & ways.asked, worth[:, unknown:], NOTHING)
    return Worths(questions, of_options, good, worth)
