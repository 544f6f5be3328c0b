"""Words for arrays, and what all that is done with them has in common."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf, nan
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fitcheck.decision.sheet import Sheet

T = TypeVar("T", bound=np.generic)

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Octets = NDArray[np.uint8]
Eights = NDArray[np.uint64]
Narrow = NDArray[np.int32]

LARGEST = 1 << 62
"""No figure may reach it: words have 64 bits."""

EXACT = 1 << 53
"""Floats hold every whole number up to it, so that they multiply matrices exactly, and fast."""

AT_ONCE = 400_000
"""Combinations that are laid out at once, over all rows: each array of them has 3 MB."""


CLOSE = 1e-9
"""Floats that lie so close together, against the larger one, are compared exactly: each may be off by a little."""

NOTHING = -1
"""In place of a number that counts from 0 on."""


def floats(amounts: Iterable[Fraction | int | None]) -> Floats:
    """Return the nearest floats; NaN for None, infinity for what is beyond all of them."""
    return np.array([*map(_float, amounts)], dtype=np.float64)


def _float(amount: Fraction | int | None) -> float:
    try:
        return nan if amount is None else float(amount)
    except OverflowError:
        return inf


def joined(sheet: Sheet, sides: Sequence[Whole] | Whole) -> list[Whole]:
    """Points of each dimension from the points of all sides; the same as `Sheet.join`."""
    share = sheet.card.screen.trust_lambda
    return [sides[first] if single else two_way(sides[first], sides[first + 1], share) for first, single in sheet.joins]


def two_way(theirs: Whole, ours: Whole, trust_lambda: Fraction) -> Whole:
    """Points of a two-way dimension, as `fitcheck.decision.scorecard.two_way` says."""
    part, whole = trust_lambda.as_integer_ratio()
    weaker = np.minimum(theirs, ours)
    return weaker if part == whole else weaker + abs(theirs - ours) * (whole - part) // (2 * whole)


def with_room(array: "NDArray[T]", size: int) -> "NDArray[T]":
    """Return an array, or a longer one that begins with it, where it is too short."""
    if size <= len(array):
        return array
    longer = np.zeros((max(size, 2 * len(array)), *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer
