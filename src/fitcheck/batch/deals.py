"""The deals of a block by number, and what they are worth as arrays."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Floats, Whole, floats
from fitcheck.decision.terms import DealTerms

UNIT = 10_000
"""Values are added up as whole numbers of the inverse of this, as nearly all of them are."""

MOST_UNITS = 1 << 40
"""So many that the sum of all values of a block has room in words of 64 bits."""

BOOKS = count()
"""Tell one numbering of deals from another."""


class Figures(NamedTuple):
    """
    What deals are worth, by number.

    Attributes:
        values, margins: NaN where there is none.
        whole: values [1/`UNIT`]; `NOTHING` where there is none, or it is no whole number, or a large one.
        limits: see `DealTerms.limit`; NaN where there is none.
    """

    values: Floats
    margins: Floats
    limits: Floats
    whole: Whole

    def and_(self, more: "Figures") -> "Figures":
        """These and those of further deals."""
        joined: list[Any] = [np.concatenate(both) for both in zip(self, more, strict=True)]
        return Figures(*joined)


class Listed(Sequence[DealTerms | None]):
    """Deals by number."""

    def __init__(self, sides: Sequence[DealTerms | None]) -> None:
        self._sides = sides

    def __len__(self) -> int:
        return len(self._sides)

    def __getitem__(self, number: int) -> DealTerms | None:  # type: ignore[override]  # nobody asks for a slice
        return self._sides[number]

    def limit(self, number: int) -> int | None:
        """Limit of one deal, exactly; None if there is none."""
        side = self[number]
        return side.limit if side else None


class Deals(NamedTuple):
    """
    Deals by number.

    Attributes:
        book: tells one numbering of deals from another.
        listed: the deals; None without a cost model.
        is_bad: whether its cells can't be read.
        figures: what they are worth.
    """

    book: int
    listed: Listed
    is_bad: Flags
    figures: Figures

    def limit(self, number: int) -> int | None:
        """Limit of one deal, exactly; None if there is none."""
        return self.listed.limit(number)


def deals_of(sides: Sequence[DealTerms | None]) -> Deals:
    """Number deals whose cells can all be read."""
    return Deals(next(BOOKS), Listed(sides), np.zeros(len(sides), dtype=np.bool_), one_by_one(sides))


def one_by_one(sides: Sequence[DealTerms | None]) -> Figures:
    """What deals are worth, each by itself."""
    values = [side.value if side else None for side in sides]
    return Figures(
        floats(values),
        floats(side.margin if side else None for side in sides),
        floats(side.limit if side else None for side in sides),
        np.array([*map(_whole, values)], dtype=np.int64),
    )


def _whole(value: Fraction | None) -> int:
    units = NOTHING if value is None else value * UNIT
    return int(units) if units < MOST_UNITS and units.denominator == 1 else NOTHING
