"""
Completions of the unknown scored answers of many rows at once: what `fitcheck.decision.opened.count` counts for one.

Rows that lack as many answers are laid side by side, each with every combination of as many options as any question
has; an option that a question does not have, or that fails its gate, weighs nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

import numpy as np

from fitcheck.batch.arrays import AT_ONCE, LARGEST, Flags, Whole
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


class Few(NamedTuple):
    """
    What is counted.

    Attributes:
        gains: points of each option against those of an unknown answer [questions, options; points].
        weights: of each option while the answer is unknown; nothing where it fails its gate [questions, options].
        sides: of each question [questions].
        floors: sides, and the points that they must reach [floors, 2].
        joins: for each dimension its first side, and whether it has no other [dimensions, 2].
        trust_lambda: see `Screen`.
        threshold: [points].
        trusted: dimension that chooses the band of trust.
        cuts: points at which the next band begins.
    """

    gains: Whole
    weights: Whole
    sides: Whole
    floors: Whole
    joins: Whole
    trust_lambda: Fraction
    threshold: int
    trusted: int
    cuts: Whole


class Counting(Protocol):
    """Counts completions: see `fitcheck.batch.openloops.OpenLoops`."""

    def count(self, few: Few, lines: Whole, now: Whole) -> tuple[Whole, Whole]:
        """Return `bands` and `by` of `Counts`."""


class Counter:
    """
    Counts for one sheet, on which every question applies.

    Args:
        sheet: the packed scorecard.
        trust: where the band of cycles comes from.
        options: room for so many options of a question.
        loops: does it.

    Attributes:
        most: so many unknown answers a row may have.
    """

    def __init__(self, sheet: Sheet, trust: Trust, options: int, loops: Counting) -> None:
        self._options, self._loops = options, loops
        lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]

        def table(figures: Sequence[Sequence[int]]) -> Whole:
            return np.array([[*of, *[0] * (options - len(of))] for of in figures], dtype=np.int64)

        self._few = Few(
            gains=table([[points - line.expected for points in line.points] for line in lines]),
            weights=table(passing(lines)),
            sides=np.array([gap.side for gap in sheet.gaps if gap is not None], dtype=np.int64),
            floors=np.array(sheet.floors, dtype=np.int64).reshape(-1, 2),
            joins=np.array(sheet.joins, dtype=np.int64).reshape(-1, 2),
            trust_lambda=sheet.card.screen.trust_lambda,
            threshold=sheet.card.threshold,
            trusted=trust.dimension or 0,
            cuts=np.array(trust.cuts, dtype=np.int64),
        )
        self._totals = np.array([sum(line.prior) for line in lines], dtype=np.int64)
        heaviest = max(int(self._totals.max()), 1)
        self.most = 0
        while options ** (self.most + 1) <= MOST_COMBINATIONS and heaviest ** (self.most + 1) < LARGEST:
            self.most += 1

    def count(self, missing: Whole, sides: Whole) -> Iterator[Counts]:
        """
        Count the completions of every row that has no more than `most` unknown answers.

        Args:
            missing: which questions are unknown, a bit each [rows].
            sides: points of each side with unknown answers where they stand [rows, sides; points].
        """
        is_unknown = unknown_of(missing, len(self._totals))
        unknown = is_unknown.sum(axis=1)
        for number in range(self.most + 1):
            rows = np.flatnonzero(unknown == number)
            step = min(MOST_ROWS, max(1, AT_ONCE // self._options**number))
            for start in range(0, len(rows), step):
                part = rows[start : start + step]
                lines = np.ascontiguousarray(np.nonzero(is_unknown[part])[1]).reshape(len(part), number)
                bands, by = self._loops.count(self._few, lines, np.ascontiguousarray(sides[part]))
                yield Counts(part, lines, bands, by, self._totals[lines].prod(axis=1))


def unknown_of(missing: Whole, questions: int) -> Flags:
    """Which questions are unknown, from a bit each [rows, questions]."""
    return (missing[:, None] >> np.arange(questions, dtype=np.int64) & 1).astype(bool)


def passing(lines: Sequence[Line]) -> list[list[int]]:
    """Weight of each option of each line while its answer is unknown; nothing where it fails its gate."""
    return [[p * (not g) for p, g in zip(line.prior, line.gated, strict=True)] for line in lines]
