"""Relative weights of the bands of trust of many rows at once: what `Sheet.band_weights` says of one."""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import AT_ONCE, LARGEST, Whole, two_way
from fitcheck.decision.memo import keep
from fitcheck.decision.money import Trust
from fitcheck.decision.sheet import Sheet, spread


class _Moves(NamedTuple):
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


class TrustBands:
    """
    Weighs bands for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from; it has a dimension.
    """

    def __init__(self, sheet: Sheet, trust: Trust) -> None:
        self._sheet, self._cuts = sheet, trust.cuts
        first, single = sheet.joins[trust.dimension or 0]
        self.sides = [first] if single else [first, first + 1]
        self._moves: dict[tuple[int, ...], _Moves] = {}

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
            moves = keep(self._moves, unknown, self._moves_of(unknown))
        if moves.whole >= LARGEST or len(moves.theirs) * len(moves.ours) > AT_ONCE:
            return None
        weight = (moves.theirs_weight[:, None] * moves.ours_weight).ravel()
        bands = np.empty((len(points), len(self._cuts) + 1), dtype=np.int64)
        step = max(1, AT_ONCE // len(weight))
        for start in range(0, len(points), step):
            part = points[start : start + step]
            theirs = part[:, 0, None, None] + moves.theirs[:, None]
            joined = theirs
            if len(self.sides) > 1:
                joined = two_way(theirs, part[:, 1, None, None] + moves.ours, self._sheet.card.screen.trust_lambda)
            joined = joined.reshape(len(part), -1)
            reached = [weight.sum(), *(np.where(joined >= cut, weight, 0).sum(axis=1) for cut in self._cuts), 0]
            for band in range(len(self._cuts) + 1):
                bands[start : start + step, band] = reached[band] - reached[band + 1]
        shared: Whole = np.gcd.reduce(bands, axis=1)
        return bands // shared[:, None]

    def _moves_of(self, unknown: Sequence[int]) -> _Moves:
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
        return _Moves(theirs, ours, theirs_weight, ours_weight, whole)
