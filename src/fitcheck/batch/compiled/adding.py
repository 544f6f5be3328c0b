"""What the answers of rows add up to, row by row; `fitcheck.batch.columnar` says the same with arrays."""

import numpy as np

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.compiled.parts import band_of, two_way
from fitcheck.batch.loops import Added
from fitcheck.batch.packed import FAIL_BITS, FAILS, MISSING, NO_ANSWER, POINT_STEP, POINTS, SPECIAL, Packed
from fitcheck.decision.money import Trust

SIDE, LOW, HIGH, BEST, WEIGHT, GATED, GATE = range(7)
"""What stands where in the figures of a question: its side, what an unknown answer can do, and its gate."""

NO_GATE = -1

REACHES = 4
"""Points as they stand, least, most, most without failing a gate."""

FAILING, UNKNOWN, BAD, KNOWN, SPECIALS, UNSAFE, TOLD = range(7)
"""What else is told of a row; and how much that is."""

AT_ONCE = 512
"""Rows that are added up for one question after the other: what is told of them has 100 kB."""


class Adding:
    """
    Adds up rows.

    Args:
        packed: the scorecard.
        trust: where the band of cycles comes from.
    """

    def __init__(self, packed: Packed, trust: Trust) -> None:
        sheet = packed.sheet
        gates = {j: FAIL_BITS * g for g, (j, _) in enumerate(packed.gates)}
        self._sides = sheet.sides
        self._questions = np.array(
            [
                (gap.side, gap.low, gap.high, gap.best, sheet.card.lines[i].weight, gap.gated, gates.get(j, NO_GATE))
                for j, (i, gap) in enumerate(zip(sheet.lines, sheet.gaps, strict=True))
                if gap is not None and i is not None
            ],
            dtype=np.int64,
        )
        self._joins = np.array(sheet.joins, dtype=np.int64).reshape(-1, 2)
        self._floors = np.array(sheet.floors, dtype=np.int64).reshape(-1, 2)
        self._cuts = np.array(trust.cuts, dtype=np.int64)
        share, whole = sheet.card.screen.trust_lambda.as_integer_ratio()
        trusted = -1 if trust.dimension is None else trust.dimension
        self._card = np.array([share, whole, trusted, sheet.card.threshold], dtype=np.int64)

    def add_up(self, answers: Whole, holding: Whole, failing: Whole) -> Added:
        """Add up answers; see `fitcheck.batch.loops.Loops`."""
        height, sides = answers.shape[1], self._sides
        points = np.zeros((REACHES * sides, height), dtype=np.int64)
        told = np.zeros((TOLD, height), dtype=np.int64)
        told[KNOWN] = self._questions[:, WEIGHT].sum()
        _add(answers, self._questions, points, told)
        dimensions = np.empty((len(self._joins), height), dtype=np.int64)
        scores, bands = np.empty((3, height), dtype=np.int64), np.empty((2, height), dtype=np.int64)
        flags = np.empty((4, height), dtype=np.bool_)
        _decide(
            points, told, holding, failing, self._joins, self._floors, self._cuts, self._card,
            dimensions, scores, bands, flags,
        )  # fmt: skip
        money_passes, money_fails, pursue, is_open = flags
        return Added(
            sides=points[:sides],
            low=points[sides : 2 * sides],
            high=points[2 * sides : 3 * sides],
            dimensions=dimensions,
            scores=scores,
            bands=bands,
            fails=told[FAILING],
            missing=told[UNKNOWN],
            bad=told[BAD],
            known=told[KNOWN],
            special=told[SPECIALS] > 0,
            money_passes=money_passes,
            money_fails=money_fails,
            pursue=pursue,
            is_open=is_open,
        )


@compiled("void(int64[:, ::1], int64[:, ::1], int64[:, ::1], int64[:, ::1])")
def _add(answers: Whole, questions: Whole, points: Whole, told: Whole) -> None:
    """
    Add up the answers of rows, a few hundred at a time for each question, so that they stay close to the processor.

    `questions` has figures of each [questions, 7]; `points` takes those of all sides, as they stand, then least, most,
    most without failing a gate; `told` takes everything else.
    """
    count, height = answers.shape
    sides = len(points) // REACHES
    for start in range(0, height, AT_ONCE):
        stop = min(start + AT_ONCE, height)
        fails, missing, bad, known = (
            told[FAILING, start:stop], told[UNKNOWN, start:stop], told[BAD, start:stop], told[KNOWN, start:stop],
        )  # fmt: skip
        special, unsafe = told[SPECIALS, start:stop], told[UNSAFE, start:stop]
        for j in range(count):
            side, gate = questions[j, SIDE], questions[j, GATE]
            least, most, best = questions[j, LOW], questions[j, HIGH], questions[j, BEST]
            weight, gated = questions[j, WEIGHT], questions[j, GATED]
            now, low = points[side, start:stop], points[sides + side, start:stop]
            high, passing = points[2 * sides + side, start:stop], points[3 * sides + side, start:stop]
            of_question = answers[j, start:stop]
            for row in range(stop - start):
                answer = of_question[row]
                own = (answer & POINTS) // POINT_STEP
                gap = (answer & MISSING) // MISSING
                now[row] += own
                low[row] += own + gap * least
                high[row] += own + gap * most
                passing[row] += own + gap * best
                known[row] -= gap * weight
                unsafe[row] |= gap * gated
                missing[row] |= gap << j
                special[row] |= answer & SPECIAL
                bad[row] |= np.int64(answer == NO_ANSWER) << j
            if gate != NO_GATE:
                for row in range(stop - start):
                    fails[row] |= (of_question[row] & FAILS) << gate


@compiled(
    "void(int64[:, ::1], int64[:, ::1], int64[::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[::1], int64[::1],"
    " int64[:, ::1], int64[:, ::1], int64[:, ::1], boolean[:, ::1])"
)
def _decide(
    points: Whole, told: Whole, holding: Whole, failing: Whole, joins: Whole, floors: Whole, cuts: Whole, card: Whole,
    dimensions: Whole, scores: Whole, bands: Whole, flags: Flags,
) -> None:  # fmt: skip
    """
    Say what rows come to, whose `points` and `told` are from `_add`.

    `joins` has for each dimension its first side, and whether it has no other; `floors` sides and the points they must
    reach; `card` the share of one-sided trust, as share and whole, the dimension that sets the band, the threshold.
    """
    sides, height = len(points) // REACHES, points.shape[1]
    share, whole, trusted, threshold = card
    for row in range(height):
        best_band, best_score = 0, 0
        for reach in range(REACHES):
            score, band = 0, 0
            for dimension in range(len(joins)):
                first = reach * sides + joins[dimension, 0]
                joined = points[first, row]
                if not joins[dimension, 1]:
                    joined = two_way(joined, points[first + 1, row], share, whole)
                score += joined
                if reach == 0:
                    dimensions[dimension, row] = joined
                if dimension == trusted:
                    band = band_of(joined, cuts)
            if reach < REACHES - 1:
                scores[reach, row] = score
                if reach > 0:
                    bands[reach - 1, row] = band
            else:
                best_score, best_band = score, band
        low_holds, best_holds = True, True
        for floor in range(len(floors)):
            side, least = floors[floor, 0], floors[floor, 1]
            low_holds = low_holds and points[sides + side, row] >= least
            best_holds = best_holds and points[3 * sides + side, row] >= least
        passes = (holding[row] >> bands[0, row] & 1) > 0
        can_pass = (failing[row] >> best_band & 1) == 0
        fails = told[FAILING, row] > 0
        pursue = not fails and told[UNSAFE, row] == 0 and low_holds and passes and scores[1, row] >= threshold
        may = not fails and best_holds and best_score >= threshold and can_pass
        flags[0, row], flags[1, row] = passes, (failing[row] >> bands[1, row] & 1) > 0
        flags[2, row], flags[3, row] = pursue, may and not pursue
