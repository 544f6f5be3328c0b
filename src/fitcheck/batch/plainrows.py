"""
Plain rows of a block: what the integers of their answers come to, as arrays; why is told by `plainreasons`.

Whatever is looked up here is made by the objects that score single rows, once for each distinct key.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Whole
from fitcheck.batch.deals import Deals
from fitcheck.batch.loops import Loops
from fitcheck.batch.moneybands import money_bands
from fitcheck.batch.openrows import OpenBlock, OpenRows
from fitcheck.batch.packed import Packed, codes_of
from fitcheck.batch.trustbands import TrustBands
from fitcheck.decision.cost import CostSummary
from fitcheck.decision.costanswers import CostAnswers
from fitcheck.decision.rows import RowScorer


class Sides(NamedTuple):
    """The cost side and the deal of each row, by number."""

    costs: Sequence[CostAnswers | None]
    deals: Deals


class Answered(NamedTuple):
    """
    Rows as they were read.

    Attributes:
        answers: packed [questions, rows].
        costs, deals: numbers into `sides`.
        odd: where the answers to cost questions, or amounts, can't be read.
        sides: what the rows have of costs and deals.
    """

    answers: Whole
    costs: Whole
    deals: Whole
    odd: Flags
    sides: Sides


class Rows(NamedTuple):
    """
    What rows come to; rows stand along the last axis of each array.

    Attributes:
        at: which rows of the block these are.
        answers: packed, by question.
        costs, deals: numbers of their cost sides and deals.
        sides, low, high: points of each side: unknown answers where they stand, at least, at most [points].
        dimensions: points of each dimension, unknown answers where they stand [points].
        scores: where unknown answers stand, at least, at most [points].
        bands: of trust, for `low` and `high`.
        missing, bad: which questions are unknown, and which have a cell that is no answer, a bit each.
        known: answered weight [doubled points].
        fails: see `fitcheck.batch.loops.Added`.
        money_passes, money_fails: whether the money gate surely does.
        pursue, is_open, ask: the verdict, whether it is open, and what to ask next, `NOTHING` if nothing.
        too_little: whether too little is known for "pursue" to be said.
        plain: whether all this is true; other rows are to be scored one by one.
    """

    at: Whole
    answers: Whole
    costs: Whole
    deals: Whole
    sides: Whole
    low: Whole
    high: Whole
    dimensions: Whole
    scores: Whole
    bands: Whole
    missing: Whole
    bad: Whole
    known: Whole
    fails: Whole
    money_passes: Flags
    money_fails: Flags
    pursue: Flags
    is_open: Flags
    ask: Whole
    too_little: Flags
    plain: Flags

    def take(self, rows: Whole) -> "Rows":
        """Return some of the rows."""
        some: list[Any] = [np.take(values, rows, axis=-1) for values in self]
        return Rows(*some)


class PlainRows:
    """
    Scores the plain rows of blocks.

    Args:
        scorer: of single rows.
        packed: its sheet.
        loops: what goes through all rows.
    """

    def __init__(self, scorer: RowScorer, packed: Packed, loops: Loops) -> None:
        self.scorer, self.packed, self.loops = scorer, packed, loops
        self.words = scorer.words(frozenset())
        sheet, trust = packed.sheet, self.words.trust
        self._bands = len(trust.cuts) + 1
        self._certain = [tuple(int(here == band) for here in range(self._bands)) for band in range(self._bands)]
        self._trusted = None if trust.dimension is None else TrustBands(sheet, trust, loops.opening)
        self._open = OpenRows(sheet, trust, scorer.compiled, loops.opening)
        self.asks = self._open.ids

    def sort_out(self, read: Answered) -> Rows:
        """Compute what single integers say of every row, and which rows are plain."""
        added = self.loops.add_up(
            read.answers, *money_bands(read.sides.costs, read.costs, read.sides.deals, read.deals, self._bands)
        )
        height = len(added.known)
        rows = Rows(
            at=np.arange(height),
            answers=read.answers,
            costs=read.costs,
            deals=read.deals,
            sides=added.sides,
            low=added.low,
            high=added.high,
            dimensions=added.dimensions,
            scores=added.scores,
            bands=added.bands,
            missing=added.missing,
            bad=added.bad,
            known=added.known,
            fails=added.fails,
            money_passes=added.money_passes,
            money_fails=added.money_fails,
            pursue=added.pursue,
            is_open=added.is_open,
            ask=np.full(height, NOTHING),
            too_little=added.is_open & (added.known < self.words.least_known),
            plain=~added.special & ~read.odd & (added.known > 0),
        )
        self._decide(rows, read.sides)
        return rows

    def _decide(self, rows: Rows, sides: Sides) -> None:
        """Say which way open verdicts lean and what to ask next; they are not plain where that can't be said here."""
        at = np.flatnonzero(rows.is_open & rows.plain)
        rows.plain[at] = False
        some = rows.take(at)
        may_cost = ~some.money_passes & ~some.money_fails
        block = OpenBlock(some.missing, some.sides.T, some.costs, some.deals, may_cost)
        for asked in self._open.work_out(block, sides.costs, sides.deals):
            here = at[asked.rows]
            rows.ask[here], rows.pursue[here], rows.plain[here] = asked.question, asked.leans, True
        rows.pursue[rows.too_little] = False

    def closings(self, rows: Rows, sides: Sides) -> tuple[Whole, list[CostSummary | None]]:
        """Number what closing takes for plain rows, and list it by number."""
        both = self._trusted.sides if self._trusted else []
        certain = rows.bands[0] == rows.bands[1]
        part = sum(1 << j for j, gap in enumerate(self.packed.sheet.gaps) if gap and gap.side in both)
        columns = {
            "costs": rows.costs,
            "sure": np.where(certain, rows.bands[0], NOTHING),
            "missing": np.where(certain, 0, rows.missing & part),
            **{f"side{side}": np.where(certain, 0, rows.sides[side]) for side in both},
        }
        numbers, distinct = self.loops.numbered(columns)
        again: dict[tuple[int, tuple[int, ...]], int] = {}
        which = [
            again.setdefault((row[0], bands), len(again))
            for row, bands in zip(distinct, self._weights(distinct), strict=True)
        ]
        found = [(sides.costs[number], bands) for number, bands in again]
        return np.array(which, dtype=np.int64)[numbers], [
            side.summary(bands) if side else None for side, bands in found
        ]

    def _weights(self, rows: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Relative weights of the bands of trust for rows of `closings`, without a common divisor."""
        found = [() if row[1] == NOTHING else self._certain[row[1]] for row in rows]
        of_mask: dict[int, list[int]] = {}
        for k, row in enumerate(rows):
            if row[1] == NOTHING:
                of_mask.setdefault(row[2], []).append(k)
        for mask, some in of_mask.items():
            unknown, points = tuple(codes_of(mask)), [rows[k][3:] for k in some]
            told = self._trusted.weights(unknown, np.array(points, dtype=np.int64)) if self._trusted else None
            if told is None:  # too much for words of 64 bits
                bands = [self.scorer.band_weights(self.words, unknown, of) for of in points]
            else:
                bands = [*map(tuple, told.tolist())]
            for k, one in zip(some, bands, strict=True):
                found[k] = one
        return found
