"""
Points of the sides of dimensions over all completions of their unknown answers, and what two sides join to.

A side of a dimension has a few sums of points, which depend on nothing but which of its answers are unknown; a row
shifts them by what is known of it and cuts them off at the floor. Weights are whole numbers below 2 ** 53, for which
floats are exact.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Floats, Whole, two_way
from fitcheck.batch.opencounts import passing
from fitcheck.batch.packed import codes_of
from fitcheck.decision.sheet import Sheet

MOST_FIGURES = 5_000_000
"""Figures that are kept for further rows: 40 MB."""


class _Sums(NamedTuple):
    """
    What the unknown answers of a side that pass their gates add up to.

    Attributes:
        points: every sum, ascending [n; points].
        weight: of each sum [n].
        by: the same by unknown question and option [unknown * options, n].
        expected: where the unknown answers stand [points].
    """

    points: Whole
    weight: Floats
    by: Floats
    expected: int


class Side(NamedTuple):
    """
    A side of a row that reaches its floor.

    Attributes:
        points: every number of points, ascending [n; points].
        weight: of each [n].
        by: the same by unknown question and option [unknown * options, n].
    """

    points: Whole
    weight: Floats
    by: Floats


class SideCounter:
    """
    Counts the sides of one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        options: room for so many options of a question.
    """

    def __init__(self, sheet: Sheet, options: int) -> None:
        self._sheet, self._options = sheet, options
        self._lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]
        self._passing = passing(self._lines)
        self._least = [0] * sheet.sides
        for side, least in sheet.floors:
            self._least[side] = max(self._least[side], least)
        self._forget()

    def _forget(self) -> None:
        self._figures = 0
        self._spreads: dict[int, tuple[Whole, Floats]] = {}
        self._sums: dict[int, _Sums] = {}

    def side(self, side: int, unknown: int, now: int) -> Side:
        """
        Shift the sums of a side by its known points, and cut them off at its floor.

        Args:
            side: which one, all sides counted through.
            unknown: its unknown questions, a bit each.
            now: its points, unknown answers where they stand [points].
        """
        sums = self._sums_of(unknown)
        points = sums.points + (now - sums.expected)
        first = int(np.searchsorted(points, self._least[side]))
        return Side(points[first:], sums.weight[first:], sums.by[:, first:])

    def join(self, sides: Sequence[Side], most: int) -> tuple[Whole, Floats] | None:
        """
        Join the sides of a dimension.

        Args:
            sides: one or two.
            most: so many pairs of their points can be laid out.

        Returns:
            Points of the dimension, ascending, and their weight; None where there are more pairs.
        """
        if len(sides) == 1:
            return sides[0].points, sides[0].weight
        theirs, ours = sides
        if self._sheet.weaker_counts:
            points = np.union1d(theirs.points, ours.points)
            above = np.append(weight_from(theirs, points) * weight_from(ours, points), 0)
            return points, above[:-1] - above[1:]
        if len(theirs.points) * len(ours.points) > most:
            return None
        points, at = np.unique(self.pairs(theirs, ours), return_inverse=True)
        return points, added_up(at, np.outer(theirs.weight, ours.weight))

    def pairs(self, theirs: Side, ours: Side) -> Whole:
        """Points of a two-way dimension for each pair of points of its sides [theirs, ours; points]."""
        return two_way(theirs.points[:, None], ours.points, self._sheet.card.screen.trust_lambda)

    def _sums_of(self, unknown: int) -> _Sums:
        """What the unknown questions of a side, a bit each, add up to."""
        found = self._sums.get(unknown)
        if found is None:
            questions = codes_of(unknown)
            points, weight = self._spread(unknown)
            by = np.zeros((len(questions), self._options, len(points)))
            for k, j in enumerate(questions):
                rest, times = self._spread(unknown ^ 1 << j)
                for option, (step, prior) in enumerate(zip(self._lines[j].points, self._passing[j], strict=True)):
                    if prior:
                        by[k, option, np.searchsorted(points, rest + step)] = times * prior
            expected = sum(self._lines[j].expected for j in questions)
            found = _Sums(points, weight, by.reshape(len(questions) * self._options, len(points)), expected)
            self._make_room(by.size)
            self._sums[unknown] = found
        return found

    def _spread(self, unknown: int) -> tuple[Whole, Floats]:
        """Every sum of points of these questions of a side, a bit each, ascending, and its weight."""
        found = self._spreads.get(unknown)
        if found is None:
            found = np.zeros(1, dtype=np.int64), np.ones(1)
            if unknown:
                j = codes_of(unknown)[0]
                points, weight = self._spread(unknown ^ 1 << j)
                sums = np.add.outer(points, np.array(self._lines[j].points, dtype=np.int64))
                weights = added_up(sums, np.outer(weight, np.array(self._passing[j], dtype=np.float64)))
                at = np.flatnonzero(weights)
                found = at, weights[at]
            self._make_room(2 * found[0].size)
            self._spreads[unknown] = found
        return found

    def _make_room(self, figures: int) -> None:
        """Forget everything where so many more figures would be too many."""
        if self._figures + figures > MOST_FIGURES:
            self._forget()
        self._figures += figures


def weight_from(side: Side, points: Whole) -> Floats:
    """Weight of a side's points from each of `points` on."""
    sums = np.append(side.weight[::-1].cumsum()[::-1], 0)
    found: Floats = sums[np.searchsorted(side.points, points)]
    return found


def added_up(places: Whole, weights: Floats) -> Floats:
    """Weight of each place, from 0 on."""
    return np.bincount(places.ravel(), weights.ravel()).astype(np.float64)
