"""Relative weights of the bands of trust of many rows at once: what `Sheet.band_weights` says of one."""

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple, Protocol

import numpy as np

from fitcheck.batch.arrays import AT_ONCE, LARGEST, Whole
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.money import Trust
from fitcheck.decision.sheet import Sheet, spread


class Moves(NamedTuple):
    """
    What unknown answers can add to the points of both sides.

    Attributes:
        theirs, ours: every sum of points, against where they stand [points].
        theirs_weight, ours_weight: of each sum.
        whole: what the weights of all pairs add up to.
    """

    theirs: Whole
    ours: Whole
    theirs_weight: Whole
    ours_weight: Whole
    whole: int


class Weighing(Protocol):
    """Weighs bands: see `fitcheck.batch.openloops.OpenLoops`."""

    def weigh_bands(self, points: Whole, moves: Moves, cuts: Whole, trust_lambda: Fraction) -> Whole:
        """Return the weight of each band."""


class TrustBands:
    """
    Weighs bands for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from; it has a dimension.
        loops: does it.
    """

    def __init__(self, sheet: Sheet, trust: Trust, loops: Weighing) -> None:
        self._sheet, self._loops, self._cuts = sheet, loops, np.array(trust.cuts, dtype=np.int64)
        first, single = sheet.joins[trust.dimension or 0]
        self.sides = [first] if single else [first, first + 1]
        self._moves: dict[tuple[int, ...], Moves] = {}

    def weights(self, unknown: tuple[int, ...], points: Whole) -> Whole | None:
        """
        Weigh the bands of rows that lack the same answers.

        Args:
            unknown: questions of the dimension that are unknown.
            points: of its sides with unknown answers where they stand [rows, sides; points].

        Returns:
            Weights without a common divisor [rows, bands]; None where they, or their number, are too large.
        """
        moves = self._moves.get(unknown)
        if moves is None:
            moves = bounded_put(self._moves, unknown, self._moves_of(unknown))
        if moves.whole >= LARGEST or len(moves.theirs) * len(moves.ours) > AT_ONCE:
            return None
        bands = self._loops.weigh_bands(points, moves, self._cuts, self._sheet.card.screen.trust_lambda)
        shared: Whole = np.gcd.reduce(bands, axis=1)
        return bands // shared[:, None]

    def _moves_of(self, unknown: Sequence[int]) -> Moves:
        ways = [{0: 1}, {0: 1}]
        for j in unknown:
            i, gap = self._sheet.lines[j], self._sheet.gaps[j]
            if i is not None and gap is not None:
                line, side = self._sheet.card.lines[i], self.sides.index(gap.side)
                ways[side] = spread(ways[side], [step - line.expected for step in line.points], line.prior)
        whole = prod(sum(found.values()) for found in ways)
        if whole >= LARGEST:
            ways = [{}, {}]
        theirs, ours = (np.array([*found], dtype=np.int64) for found in ways)
        theirs_weight, ours_weight = (np.array([*found.values()], dtype=np.int64) for found in ways)
        return Moves(theirs, ours, theirs_weight, ours_weight, whole)
