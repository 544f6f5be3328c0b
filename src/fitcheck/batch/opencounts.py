"""
Completions of the unknown scored answers of many rows at once: what `fitcheck.decision.opened.count` counts for one.

Rows that lack as many answers are laid side by side, each with every combination of as many options as any question
has; an option that a question does not have, or that fails its gate, weighs nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import AT_ONCE, LARGEST, Flags, Whole, joined
from fitcheck.decision.money import Trust
from fitcheck.decision.scorecard import Line
from fitcheck.decision.sheet import Sheet

MOST_COMBINATIONS = 5_000
"""Combinations that are laid out for a row; `manycounts` counts rows that have more."""

MOST_ROWS = 2_048
"""Rows that are looked at at once."""


class Counts(NamedTuple):
    """
    Completions of k rows that pass every gate but money; see `fitcheck.decision.opened.Counted`.

    Attributes:
        rows: which rows these are.
        lines: their unknown questions [k, unknown].
        bands: weight for each band of trust [k, bands].
        by: the same by unknown question and option [k, unknown, options, bands].
        total: weight of all completions, passing or not [k].
    """

    rows: Whole
    lines: Whole
    bands: Whole
    by: Whole
    total: Whole


class Counter:
    """
    Counts for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from.
        options: room for so many options of a question.

    Attributes:
        most: so many unknown answers a row may have.
    """

    def __init__(self, sheet: Sheet, trust: Trust, options: int) -> None:
        self._sheet, self._trust, self._options = sheet, trust, options
        lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]

        def table(figures: Sequence[Sequence[int]]) -> Whole:
            return np.array([[*of, *[0] * (self._options - len(of))] for of in figures], dtype=np.int64)

        self._gains = table([[points - line.expected for points in line.points] for line in lines])
        self._weights = table(passing(lines))
        self._totals = np.array([sum(line.prior) for line in lines], dtype=np.int64)
        self._sides = np.array([gap.side for gap in sheet.gaps if gap is not None], dtype=np.int64)
        heaviest = max(int(self._totals.max()), 1)
        self.most = 0
        while self._options ** (self.most + 1) <= MOST_COMBINATIONS and heaviest ** (self.most + 1) < LARGEST:
            self.most += 1

    def count(self, missing: Whole, sides: Whole) -> Iterator[Counts]:
        """
        Count the completions of every row that has no more than `most` unknown answers.

        Args:
            missing: which questions are unknown, a bit each [rows].
            sides: points of each side with unknown answers where they stand [rows, sides; points].
        """
        is_unknown = unknown_of(missing, len(self._sheet.lines))
        unknown = is_unknown.sum(axis=1)
        for number in range(self.most + 1):
            rows = np.flatnonzero(unknown == number)
            step = min(MOST_ROWS, max(1, AT_ONCE // self._options**number))
            for start in range(0, len(rows), step):
                part = rows[start : start + step]
                lines = np.nonzero(is_unknown[part])[1].reshape(len(part), number)
                yield self._count(part, lines, sides[part])

    def _count(self, rows: Whole, lines: Whole, now: Whole) -> Counts:
        number, options, card = lines.shape[1], self._options, self._sheet.card
        shape = (len(rows), *[options] * number)
        weight = np.ones(shape, dtype=np.int64)
        sides = [np.broadcast_to(now[:, side].reshape(-1, *[1] * number), shape) for side in range(now.shape[1])]
        for k in range(number):
            along = (len(rows), *[options if axis == k else 1 for axis in range(number)])
            weight = weight * self._weights[lines[:, k]].reshape(along)
            gains, at = self._gains[lines[:, k]], self._sides[lines[:, k]]
            for side in np.unique(at):
                here = np.where((at == side)[:, None], gains, 0).reshape(along)
                sides[side] = sides[side] + here
        for side, least in self._sheet.floors:
            weight = np.where(sides[side] >= least, weight, 0)
        dimensions = joined(self._sheet, sides)
        weight = np.where(sum(dimensions) >= card.threshold, weight, 0)
        cuts = self._trust.cuts
        bands = np.zeros((len(rows), len(cuts) + 1), dtype=np.int64)
        by = np.zeros((len(rows), number, options, len(cuts) + 1), dtype=np.int64)
        band = None if not cuts else np.searchsorted(cuts, dimensions[self._trust.dimension or 0], side="right")
        axes = range(1, number + 1)
        for b in range(len(cuts) + 1):
            held = weight if band is None else np.where(band == b, weight, 0)
            for k in range(number):
                by[:, k, :, b] = held.sum(axis=tuple(axis for axis in axes if axis != k + 1))
            bands[:, b] = held.sum(axis=tuple(axes))
        return Counts(rows, lines, bands, by, self._totals[lines].prod(axis=1))


def unknown_of(missing: Whole, questions: int) -> Flags:
    """Which questions are unknown, from a bit each [rows, questions]."""
    return (missing[:, None] >> np.arange(questions, dtype=np.int64) & 1).astype(bool)


def passing(lines: Sequence[Line]) -> list[list[int]]:
    """Weight of each option of each line while its answer is unknown; nothing where it fails its gate."""
    return [[p * (not g) for p, g in zip(line.prior, line.gated, strict=True)] for line in lines]
