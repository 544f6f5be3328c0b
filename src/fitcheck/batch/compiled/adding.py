"""What the answers of rows add up to, row by row; `fitcheck.batch.columnar` says the same with arrays."""

import numpy as np
from numpy.typing import NDArray

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.loops import Added
from fitcheck.batch.packed import FAIL_BITS, FAILS, MISSING, NO_ANSWER, POINT_STEP, POINTS, SPECIAL, Packed
from fitcheck.decision.money import Trust

SIDE, LOW, HIGH, BEST, WEIGHT, GATED, GATE = range(7)
"""What stands where in the figures of a question: its side, what an unknown answer can do, and its gate."""

FLAGS = ("special", "money_passes", "money_fails", "pursue", "is_open")


class Adding:
    """
    Adds up rows.

    Args:
        packed: the scorecard.
        trust: where the band of cycles comes from.
    """

    def __init__(self, packed: Packed, trust: Trust) -> None:
        sheet = packed.sheet
        gates = {j: g for g, (j, _) in enumerate(packed.gates)}
        self._sides = sheet.sides
        self._questions = np.array(
            [
                (gap.side, gap.low, gap.high, gap.best, sheet.card.lines[i].weight, gap.gated, gates.get(j, -1))
                for j, (i, gap) in enumerate(zip(sheet.lines, sheet.gaps, strict=True))
                if gap is not None and i is not None
            ],
            dtype=np.int64,
        )
        self._joins = np.array(sheet.joins, dtype=np.int64).reshape(-1, 2)
        self._floors = np.array(sheet.floors, dtype=np.int64).reshape(-1, 2)
        self._cuts = np.array(trust.cuts, dtype=np.int64)
        part, whole = sheet.card.screen.trust_lambda.as_integer_ratio()
        trusted = -1 if trust.dimension is None else trust.dimension
        self._card = np.array([part, whole, trusted, sheet.card.threshold, sheet.weight], dtype=np.int64)

    def add_up(self, answers: Whole, holding: Whole, failing: Whole) -> Added:
        """Add up answers; see `fitcheck.batch.loops.Loops`."""
        height, sides, dimensions = answers.shape[1], self._sides, len(self._joins)
        of_sides = np.empty((3 * sides, height), dtype=np.int64)
        of_dimensions = np.empty((dimensions, height), dtype=np.int64)
        others = np.empty((9, height), dtype=np.int64)
        flags = np.empty((len(FLAGS), height), dtype=np.bool_)
        _add_up(
            answers, holding, failing, self._questions, self._joins, self._floors, self._cuts, self._card,
            of_sides, of_dimensions, others, flags, np.empty((4, sides), dtype=np.int64),
        )  # fmt: skip
        return Added(
            of_sides[:sides], of_sides[sides : 2 * sides], of_sides[2 * sides :], of_dimensions,
            others[:3], others[3:5], *others[5:], *flags,
        )  # fmt: skip


@compiled(
    "void(int64[:, ::1], int64[::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[::1], int64[::1],"
    " int64[:, ::1], int64[:, ::1], int64[:, ::1], boolean[:, ::1], int64[:, ::1])"
)
def _add_up(
    answers: Whole, holding: Whole, failing: Whole, questions: Whole, joins: Whole, floors: Whole, cuts: Whole,
    card: Whole, of_sides: Whole, of_dimensions: Whole, others: Whole, flags: Flags, points: Whole,
) -> None:  # fmt: skip
    """
    Add up rows.

    Args:
        questions: figures of each [questions, 7].
        joins: for each dimension its first side, and whether it has no other.
        floors: sides, and the points they must reach.
        cuts: of trust.
        card: share of one-sided trust, as part and whole; dimension that sets the band; threshold; weight.
        of_sides, of_dimensions, others, flags: take the results, in the order of `Added`.
        points: takes those of the sides of one row: as they stand, least, most, most without failing a gate.
    """
    count, height = answers.shape
    sides, dimensions = points.shape[1], len(joins)
    part, whole, trusted, threshold, weight = card
    for row in range(height):
        points[:, :] = 0
        fails, missing, bad, special, known, unsafe = 0, 0, 0, False, weight, False
        for j in range(count):
            answer = answers[j, row]
            side = questions[j, SIDE]
            now = (answer & POINTS) // POINT_STEP
            for reach in range(4):
                points[reach, side] += now
            if questions[j, GATE] >= 0:
                fails |= (answer & FAILS) << FAIL_BITS * questions[j, GATE]
            if answer & MISSING:
                missing |= 1 << j
                known -= questions[j, WEIGHT]
                unsafe = unsafe or questions[j, GATED] > 0
                points[1, side] += questions[j, LOW]
                points[2, side] += questions[j, HIGH]
                points[3, side] += questions[j, BEST]
            if answer & SPECIAL:
                special = True
                if answer == NO_ANSWER:
                    bad |= 1 << j
        best_band = 0
        best_score = 0
        for reach in range(4):
            score = 0
            band = 0
            for dimension in range(dimensions):
                first = joins[dimension, 0]
                joined = points[reach, first]
                if not joins[dimension, 1]:
                    other = points[reach, first + 1]
                    joined = min(joined, other) + abs(joined - other) * (whole - part) // (2 * whole)
                score += joined
                if reach == 0:
                    of_dimensions[dimension, row] = joined
                if dimension == trusted:
                    while band < len(cuts) and joined >= cuts[band]:
                        band += 1
            if reach < 3:
                others[reach, row] = score
                for side in range(sides):
                    of_sides[reach * sides + side, row] = points[reach, side]
            if reach == 3:
                best_score, best_band = score, band
            elif reach > 0:
                others[2 + reach, row] = band
        low_holds = True
        best_holds = True
        for floor in range(len(floors)):
            low_holds = low_holds and points[1, floors[floor, 0]] >= floors[floor, 1]
            best_holds = best_holds and points[3, floors[floor, 0]] >= floors[floor, 1]
        passes = (holding[row] >> others[3, row] & 1) > 0
        money_fails = (failing[row] >> others[4, row] & 1) > 0
        hopeless = (failing[row] >> best_band & 1) > 0
        pursue = fails == 0 and not unsafe and low_holds and passes and others[1, row] >= threshold
        may = fails == 0 and best_holds and best_score >= threshold and not hopeless
        others[5, row], others[6, row], others[7, row], others[8, row] = fails, missing, bad, known
        flags[0, row], flags[1, row], flags[2, row] = special, passes, money_fails
        flags[3, row], flags[4, row] = pursue, may and not pursue
