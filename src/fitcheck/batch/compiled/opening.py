"""Many open rows, one by one; `fitcheck.batch.openarrays` says the same with arrays."""

from fractions import Fraction

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Floats, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.compiled.pairing import pair_up
from fitcheck.batch.compiled.parts import band_of, two_way
from fitcheck.batch.limits import Ways
from fitcheck.batch.openarrays import CLOSE
from fitcheck.batch.opencounts import Counts, Few
from fitcheck.batch.openloops import Passing, Telling, Weighed
from fitcheck.batch.trustbands import Moves


class CompiledOpening:
    """Goes through open rows; see `fitcheck.batch.openloops.OpenLoops`."""

    pair_up = staticmethod(pair_up)

    def count(self, few: Few, lines: Whole, now: Whole) -> tuple[Whole, Whole]:
        """Count completions."""
        height, unknown = lines.shape
        bands = np.zeros((height, len(few.cuts) + 1), dtype=np.int64)
        by = np.zeros((height, unknown, few.gains.shape[1], len(few.cuts) + 1), dtype=np.int64)
        share, whole = few.trust_lambda.as_integer_ratio()
        card = np.array([share, whole, few.threshold, few.trusted], dtype=np.int64)
        chosen, points = np.empty(unknown, dtype=np.int64), np.empty(now.shape[1], dtype=np.int64)
        _count(
            lines, now, few.gains, few.weights, few.sides, few.floors, few.joins, few.cuts, card, chosen, points, bands,
            by,
        )  # fmt: skip
        return bands, by

    def weigh(self, telling: Telling, counts: Counts, ways: Ways, passing: Passing, may_cost: Flags) -> Weighed:
        """Weigh what is counted."""
        height = len(counts.rows)
        leans, close = np.empty(height, dtype=np.bool_), np.empty(height, dtype=np.bool_)
        question = np.empty(height, dtype=np.int64)
        worths = np.empty(counts.lines.shape[1] + ways.asked.shape[1], dtype=np.float64)
        _weigh(
            counts.lines, counts.bands, counts.by, counts.total, ways.at, ways.asked & may_cost[:, None], ways.whole,
            passing.holds, passing.by, telling.weights, telling.factors, telling.scales, telling.shares,
            worths, leans, question, close,
        )  # fmt: skip
        return Weighed(leans, question, close)

    def weigh_bands(self, points: Whole, moves: Moves, cuts: Whole, trust_lambda: Fraction) -> Whole:
        """Weigh the bands of trust."""
        bands = np.zeros((len(points), len(cuts) + 1), dtype=np.int64)
        _weigh_bands(
            points, moves.theirs, moves.ours, moves.theirs_weight, moves.ours_weight, cuts,
            *trust_lambda.as_integer_ratio(), bands,
        )  # fmt: skip
        return bands


@compiled(
    "void(int64[:, ::1], int64[::1], int64[::1], int64[::1], int64[::1], int64[::1], int64, int64, int64[:, ::1])"
)
def _weigh_bands(
    points: Whole, theirs: Whole, ours: Whole, theirs_weight: Whole, ours_weight: Whole, cuts: Whole, share: int,
    whole: int, bands: Whole,
) -> None:  # fmt: skip
    """Weigh the bands of rows with these points [k, sides]; `share` of `whole` is the λ of one-sided trust."""
    for row in range(len(points)):
        for here in range(len(theirs)):
            one = points[row, 0] + theirs[here]
            for there in range(len(ours)):
                joined = one
                if points.shape[1] > 1:
                    joined = two_way(one, points[row, 1] + ours[there], share, whole)
                bands[row, band_of(joined, cuts)] += theirs_weight[here] * ours_weight[there]


@compiled(
    "void(int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1],"
    " int64[::1], int64[::1], int64[::1], int64[::1], int64[:, ::1], int64[:, :, :, ::1])"
)
def _count(
    lines: Whole, now: Whole, gains: Whole, weights: Whole, sides: Whole, floors: Whole, joins: Whole, cuts: Whole,
    card: Whole, chosen: Whole, points: Whole, bands: Whole, by: Whole,
) -> None:  # fmt: skip
    """
    Count the completions of rows, as `OpenLoops.count` says, by `Few`.

    `card` has the share of one-sided trust, as share and whole, the threshold, and the dimension that sets the band;
    `chosen` [unknown] and `points` [sides] are written over.
    """
    height, unknown = lines.shape
    options = gains.shape[1]
    share, whole, threshold, trusted = card
    for row in range(height):
        chosen[:] = 0
        done = False
        while not done:
            weight = 1
            for side in range(len(points)):
                points[side] = now[row, side]
            for k in range(unknown):
                line = lines[row, k]
                weight *= weights[line, chosen[k]]
                points[sides[line]] += gains[line, chosen[k]]
            if weight:
                for floor in range(len(floors)):
                    if points[floors[floor, 0]] < floors[floor, 1]:
                        weight = 0
                score, band = 0, 0
                for dimension in range(len(joins)):
                    first = joins[dimension, 0]
                    joined = points[first]
                    if not joins[dimension, 1]:
                        joined = two_way(joined, points[first + 1], share, whole)
                    score += joined
                    if dimension == trusted:
                        band = band_of(joined, cuts)
                if score >= threshold:
                    bands[row, band] += weight
                    for k in range(unknown):
                        by[row, k, chosen[k], band] += weight
            done = True
            for k in range(unknown):
                chosen[k] += 1
                if chosen[k] < options:
                    done = False
                    break
                chosen[k] = 0


@compiled(
    "void(int64[:, ::1], int64[:, ::1], int64[:, :, :, ::1], int64[::1], int64[:, ::1], boolean[:, ::1], int64[::1],"
    " int64[::1], int64[:, :, ::1], int64[:, ::1], int64[:, ::1], int64[::1], float64[::1], float64[::1], boolean[::1],"
    " int64[::1], boolean[::1])"
)
def _weigh(
    lines: Whole, bands: Whole, by: Whole, total: Whole, at: Whole, asked: Flags, ways: Whole, holds: Whole,
    of_costs: Whole, weights: Whole, factors: Whole, scales: Whole, shares: Floats, worths: Floats, leans: Flags,
    question: Whole, close: Flags,
) -> None:  # fmt: skip
    """
    Weigh rows, as `OpenLoops.weigh` says, by `Counts`, `Ways`, `Passing` (`holds`, `of_costs`) and `Telling`.

    `worths` [questions] is written over.
    """
    height, unknown = lines.shape
    count, options = weights.shape
    costing = asked.shape[1]
    scored = count - costing
    for row in range(height):
        good = 0
        for band in range(bands.shape[1]):
            good += bands[row, band] * holds[at[row, band]]
        most, best = float(NOTHING), NOTHING
        for k in range(unknown + costing):
            worths[k] = NOTHING
            if k >= unknown and not asked[row, k - unknown]:
                continue
            number = lines[row, k] if k < unknown else scored + k - unknown
            worth = 0.0
            for option in range(options):
                passing = 0
                for band in range(bands.shape[1]):
                    if k < unknown:
                        passing += by[row, k, option, band] * holds[at[row, band]]
                    else:
                        passing += of_costs[at[row, band], k - unknown, option] * bands[row, band]
                off = float(passing * factors[number, option] - good * scales[number])
                worth += weights[number, option] * off * off
            worths[k] = worth / shares[number]
            if worths[k] > most:
                most, best = worths[k], number
        near = 0
        for k in range(unknown + costing):
            if worths[k] > 0 and worths[k] >= most * (1 - CLOSE):
                near += 1
        leans[row] = 2 * good >= ways[row] * total[row]
        question[row] = best
        close[row] = near > 1
