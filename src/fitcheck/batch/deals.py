"""The deals of a table, numbered as they come up: what is asked of a deal is asked once."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from math import inf, nan
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Floats, Whole
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.tablecost import DealSide

UNIT = 10_000
"""Values are added up as whole numbers of the inverse of this, as nearly all of them are."""

MOST_UNITS = 1 << 40
"""So many that the sum of all values of a block has room in words of 64 bits."""


_BOOKS = count()


class Deals(NamedTuple):
    """
    Deals by number.

    Attributes:
        book: tells one numbering of deals from another.
        listed: the deals; None without a cost model.
        is_bad: whether its cells can't be read.
        values, margins: NaN where there is none.
        whole: values [1/`UNIT`]; `NOTHING` where there is none, or it is no whole number, or a large one.
    """

    book: int
    listed: Sequence[DealSide | None]
    is_bad: Flags
    values: Floats
    margins: Floats
    whole: Whole


def deals_of(sides: Sequence[DealSide | None]) -> Deals:
    """Number deals whose cells can all be read."""
    values = [side.value if side else None for side in sides]
    return Deals(
        next(_BOOKS),
        sides,
        np.zeros(len(sides), dtype=np.bool_),
        np.array([*map(_float, values)], dtype=np.float64),
        np.array([_float(side.margin if side else None) for side in sides], dtype=np.float64),
        np.array([*map(_whole, values)], dtype=np.int64),
    )


class DealBook:
    """
    Numbers deals.

    Args:
        deal_of: reads the cells of a deal, and tells what is wrong with them.
    """

    def __init__(self, deal_of: Callable[[tuple[str, ...]], tuple[DealSide | None, object]]) -> None:
        self._deal_of = deal_of
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._deals = deals_of([])

    def take_in(self, cells: Sequence[tuple[str, ...]]) -> tuple[Whole, Deals]:
        """
        Number the deals of a block by the cells that tell them.

        Returns:
            Their numbers; all deals there are, which do not change when the next block is taken in.
        """
        if len(self._numbers) > MOST_KEPT:  # memory stays bounded
            self._forget()
        fresh = [one for one in cells if one not in self._numbers]
        if fresh:
            self._numbers |= {one: len(self._numbers) + k for k, one in enumerate(fresh)}
            found = [self._deal_of(one) for one in fresh]
            sides = [side for side, _ in found]
            old = self._deals
            more = deals_of(sides)
            self._deals = Deals(
                old.book,
                [*old.listed, *sides],
                np.concatenate([old.is_bad, [bool(problems) for _, problems in found]]),
                *(np.concatenate([ours, theirs]) for ours, theirs in zip(old[3:], more[3:], strict=True)),
            )
        return np.array([self._numbers[one] for one in cells], dtype=np.int64), self._deals


def _whole(value: Fraction | None) -> int:
    units = NOTHING if value is None else value * UNIT
    return int(units) if units < MOST_UNITS and units.denominator == 1 else NOTHING


def _float(amount: Fraction | None) -> float:
    try:
        return nan if amount is None else float(amount)
    except OverflowError:
        return inf
