"""
Completions of rows with many unknown scored answers: what `fitcheck.decision.opened.count` counts, by convolution.

A dimension of one side that has no floor and does not choose the band of cycles only adds up. All of those together
are one table of tails, which depends on nothing but which of their answers are unknown, so that many rows share it.
Any other dimension has a few numbers of points, to which its sides are joined (`fitcheck.batch.sidecounts`).
"""

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import EXACT, Floats, Whole
from fitcheck.batch.opencounts import MOST_ROWS, Counts, passing, unknown_of
from fitcheck.batch.packed import codes_of
from fitcheck.batch.sidecounts import Side, SideCounter, added_up, weight_from
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.money import Trust
from fitcheck.decision.scorecard import RANGE
from fitcheck.decision.sheet import Sheet

MOST_PAIRS = 1_000_000
"""Pairs of sums that are laid out at once for a row; rows that have more are scored one by one."""

MOST_FIGURES = 5_000_000
"""Figures that are kept for further rows: 40 MB."""


class _Reached(NamedTuple):
    """
    Points of one or more dimensions whose floors hold.

    Attributes:
        points: [n; points].
        band: of cycles; 0 unless the dimension that chooses it is among them [n].
        weight: [n].
    """

    points: Whole
    band: Whole
    weight: Floats


class _Dimension(NamedTuple):
    """
    A dimension of a row.

    Attributes:
        sides: one or two.
        reached: what they are joined to, points ascending.
    """

    sides: tuple[Side, ...]
    reached: _Reached


class _Row(NamedTuple):
    """
    What is counted for a row.

    Attributes:
        bands: weight for each band [bands].
        by: the same by question, known ones included, and option [questions, options, bands].
    """

    bands: Floats
    by: Floats


class ManyCounter:
    """
    Counts for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from.
        options: room for so many options of a question.
    """

    def __init__(self, sheet: Sheet, trust: Trust, options: int) -> None:
        self._sheet, self._trust, self._options = sheet, trust, options
        self._lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]
        self._passing = passing(self._lines)
        self._counter = SideCounter(sheet, options)
        self._bands = len(trust.cuts) + 1
        self._masks = [0] * sheet.sides
        for j, gap in enumerate(sheet.gaps):
            if gap is not None:
                self._masks[gap.side] |= 1 << j
        self._spans = [range(span.start, span.stop) for span in sheet.spans]
        floored = {side for side, _ in sheet.floors}
        self._joined = [
            d
            for d, span in enumerate(self._spans)
            if len(span) > 1 or not floored.isdisjoint(span) or d == trust.dimension
        ]
        self._added = [span[0] for d, span in enumerate(self._spans) if d not in self._joined]
        self._forget()

    def _forget(self) -> None:
        self._figures = 0
        self._tails: dict[int, Floats] = {}
        self._dimensions: dict[tuple[int, ...], _Dimension | None] = {}

    def count(self, missing: Whole, sides: Whole, least: int) -> Iterator[Counts]:
        """
        Count the completions of every row that has at least so many unknown answers.

        Args:
            missing: which questions are unknown, a bit each [rows].
            sides: points of each side with unknown answers where they stand [rows, sides; points].
            least: unknown answers.

        Yields:
            Parts of the rows; those that stand in no part are to be scored one by one.
        """
        is_unknown = unknown_of(missing, len(self._lines))
        unknown = is_unknown.sum(axis=1)
        for number in range(least, len(self._lines) + 1):
            rows = np.flatnonzero(unknown == number)
            # rows that lack the same answers one after the other, so that what they share is still kept
            rows = rows[np.argsort(missing[rows], kind="stable")]
            for start in range(0, len(rows), MOST_ROWS):
                part = rows[start : start + MOST_ROWS]
                yield self._count(part, np.nonzero(is_unknown[part])[1].reshape(len(part), number), sides[part])

    def _count(self, rows: Whole, lines: Whole, now: Whole) -> Counts:
        """Count rows that have as many unknown answers; those for which that can't be done are left out."""
        height, number = lines.shape
        done = np.zeros(height, dtype=bool)
        bands = np.zeros((height, self._bands), dtype=np.int64)
        by = np.zeros((height, number, self._options, self._bands), dtype=np.int64)
        total = np.zeros(height, dtype=np.int64)
        for k, (unknown, sides) in enumerate(zip(lines.tolist(), now.tolist(), strict=True)):
            whole = prod(sum(self._lines[j].prior) for j in unknown)
            told = self._row(sum(1 << j for j in unknown), sides) if whole < EXACT else None
            if told is not None:
                done[k], bands[k], by[k], total[k] = True, told.bands, told.by[unknown], whole
        return Counts(rows[done], lines[done], bands[done], by[done], total[done])

    def _row(self, missing: int, now: Sequence[int]) -> _Row | None:
        """Count one row; None where that takes too many pairs of sums."""
        dimensions: list[_Dimension] = []
        for d in self._joined:
            dimension = self._dimension(d, missing, now)
            if dimension is None:
                return None
            dimensions.append(dimension)
        others = self._leave_one_out([dimension.reached for dimension in dimensions])
        if others is None:
            return None
        unknown = sum(missing & self._masks[side] for side in self._added)
        start = sum(now[side] for side in self._added) - sum(self._lines[j].expected for j in codes_of(unknown))
        by = np.zeros((len(self._lines), self._options, self._bands))
        tails = self._tail(unknown)[start:]
        for d, dimension, other in zip(self._joined, dimensions, others[1:], strict=True):
            if len(dimension.reached.points) * len(other.points) > MOST_PAIRS:
                return None
            ways = self._ways(d, dimension.reached, other, tails)
            for k, side in enumerate(self._spans[d]):
                found = dimension.sides[k].by @ self._narrow(dimension, k, ways)
                by[codes_of(missing & self._masks[side])] = found.reshape(-1, self._options, self._bands)
        reached = others[0]
        self._add_up(unknown, start, reached, by)
        return _Row(self._by_band(reached, reached.weight * tails[reached.points]).sum(axis=0), by)

    def _add_up(self, unknown: int, start: int, reached: _Reached, by: Floats) -> None:
        """
        Fill in the dimensions that only add up.

        Args:
            unknown: their unknown questions, a bit each.
            start: their known points [points].
            reached: all other dimensions together.
            by: weight by question, option and band [questions, options, bands].
        """
        if not len(reached.points):
            return
        first, last = int(reached.points.min()), int(reached.points.max())
        weights = np.zeros((self._bands, last - first + 1))
        weights[reached.band, reached.points - first] = reached.weight
        for j in codes_of(unknown):
            tails = self._tail(unknown ^ 1 << j)
            for option, (points, weight) in enumerate(zip(self._lines[j].points, self._passing[j], strict=True)):
                if weight:
                    at = start + points
                    by[j, option] = weights @ tails[at + first : at + last + 1] * weight

    def _tail(self, unknown: int) -> Floats:
        """
        Weight of the answers with which the threshold is reached, for all that is known in the dimensions that add up.

        Args:
            unknown: questions, a bit each.

        Returns:
            From each number of points on that everything else has [0 .. `RANGE`].
        """
        found = self._tails.get(unknown)
        if found is None:
            if unknown:
                j = codes_of(unknown)[0]  # the last ones are those that rows with neighbouring numbers share
                rest = self._tail(unknown ^ 1 << j)
                found = np.zeros(RANGE + 1)
                for step, weight in zip(self._lines[j].points, self._passing[j], strict=True):
                    if weight:
                        found[: RANGE + 1 - step] += rest[step:] * weight
                        found[RANGE + 1 - step :] += rest[-1] * weight
            else:
                found = (np.arange(RANGE + 1) >= self._sheet.card.threshold).astype(np.float64)
            self._make_room(found.size)
            self._tails[unknown] = found
        return found

    def _dimension(self, d: int, missing: int, now: Sequence[int]) -> _Dimension | None:
        """Cut off and join the sides of a dimension; None where that takes too many pairs of sums."""
        unknown = [missing & self._masks[side] for side in self._spans[d]]
        key = (d, *unknown, *(now[side] for side in self._spans[d]))
        if key not in self._dimensions:
            pairs = zip(self._spans[d], unknown, strict=True)
            sides = tuple([self._counter.side(side, mask, now[side]) for side, mask in pairs])
            joined = self._counter.join(sides, MOST_PAIRS // self._bands)
            found = None
            if joined is not None:
                points, weight = joined
                band = np.zeros_like(points)
                if d == self._trust.dimension:
                    band = np.searchsorted(np.array(self._trust.cuts, dtype=np.int64), points, side="right")
                found = _Dimension(sides, _Reached(points, band, weight))
                self._make_room(3 * points.size)
            bounded_put(self._dimensions, key, found)
        return self._dimensions[key]

    def _narrow(self, dimension: _Dimension, k: int, ways: Floats) -> Floats:
        """
        From the points of a dimension to those of one of its sides, the other side taken in.

        Args:
            dimension: with n numbers of points.
            k: number of the side.
            ways: weight of what everything else may be, by band [n, bands].

        Returns:
            The same for each of the side's points [points, bands].
        """
        if len(dimension.sides) == 1:
            return ways
        own, other, levels = dimension.sides[k], dimension.sides[1 - k], dimension.reached.points
        if self._sheet.weaker_counts:
            # below one's own points the other side's count, from there on one's own
            weaker = ways[np.searchsorted(levels, other.points)] * other.weight[:, None]
            below = np.concatenate([np.zeros((1, self._bands)), weaker.cumsum(axis=0)])
            at = np.searchsorted(other.points, own.points)
            return below[at] + ways[np.searchsorted(levels, own.points)] * weight_from(other, own.points)[:, None]
        at = np.searchsorted(levels, self._counter.pairs(own, other))  # joining knows no order of the sides
        narrowed: Floats = np.einsum("xyb,y->xb", ways[at], other.weight)
        return narrowed

    def _ways(self, d: int, reached: _Reached, other: _Reached, tails: Floats) -> Floats:
        """
        Weight of what everything but a dimension may be.

        Args:
            d: the dimension.
            reached: its n numbers of points.
            other: the other dimensions that don't only add up.
            tails: weight of those that do, from each number of points on.

        Returns:
            For each of the dimension's points and each band [n, bands].
        """
        pairs = tails[reached.points[:, None] + other.points]
        if d != self._trust.dimension:
            ways: Floats = pairs @ self._by_band(other, other.weight)
            return ways
        return self._by_band(reached, pairs @ other.weight)

    def _by_band(self, reached: _Reached, weight: Floats) -> Floats:
        """Put weights into the columns of their bands [n, bands]."""
        columns = np.zeros((len(weight), self._bands))
        columns[np.arange(len(weight)), reached.band] = weight
        return columns

    def _leave_one_out(self, parts: Sequence[_Reached]) -> list[_Reached] | None:
        """All parts together, then all but each of them; None where they are too many."""
        nothing = _Reached(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), np.ones(1))
        found = []
        for left_out in range(-1, len(parts)):
            together: _Reached | None = None
            for k, part in enumerate(parts):
                if k != left_out:
                    if together is None:
                        together = part
                    elif len(together.points) * len(part.points) > MOST_PAIRS:
                        return None
                    else:
                        together = self._both(together, part)
            found.append(together or nothing)
        return found

    def _both(self, one: _Reached, other: _Reached) -> _Reached:
        """Add up the points of two parts."""
        places = np.add.outer(one.points * self._bands + one.band, other.points * self._bands + other.band)
        weights = added_up(places, np.outer(one.weight, other.weight))
        at = np.flatnonzero(weights)
        return _Reached(at // self._bands, at % self._bands, weights[at])

    def _make_room(self, figures: int) -> None:
        """Forget everything where so many more figures would be too many."""
        if self._figures + figures > MOST_FIGURES:
            self._forget()
        self._figures += figures
