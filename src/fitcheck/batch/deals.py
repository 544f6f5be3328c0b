"""The deals of a table, numbered as they come up: what is asked of a deal is asked once."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import inf, nan
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Floats, Whole
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.tablecost import DealSide


class Deals(NamedTuple):
    """
    Deals by number.

    Attributes:
        listed: the deals; None without a cost model.
        is_bad: whether its cells can't be read.
        values, margins: NaN where there is none.
    """

    listed: Sequence[DealSide | None]
    is_bad: Sequence[bool]
    values: Floats
    margins: Floats


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
        self._deals = Deals([], [], np.zeros(0), np.zeros(0))

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
            self._deals = Deals(
                [*old.listed, *sides],
                [*old.is_bad, *(bool(problems) for _, problems in found)],
                np.concatenate([old.values, [_float(side.value if side else None) for side in sides]]),
                np.concatenate([old.margins, [_float(side.margin if side else None) for side in sides]]),
            )
        return np.array([self._numbers[one] for one in cells], dtype=np.int64), self._deals


def _float(amount: Fraction | None) -> float:
    try:
        return nan if amount is None else float(amount)
    except OverflowError:
        return inf
