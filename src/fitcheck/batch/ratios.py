"""Shares of amounts as decimals, for whole columns: the digits of exact arithmetic, nearly always found by floats."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import CLOSE, NOTHING, Floats, Whole

DIGITS = 4
"""Decimals of a share."""

UNIT = 10**DIGITS


class Shares(NamedTuple):
    """
    A column of shares.

    Attributes:
        scaled: each share, rounded [1 / `UNIT`]; `NOTHING` where there is none, or `exact` has its text.
        exact: by row, text of a share that floats are too coarse for.
    """

    scaled: Whole
    exact: Mapping[int, str]


def shares(parts: Floats, wholes: Floats, exactly: Callable[[int], str], *, up_to_one: bool = False) -> Shares:
    """
    Round parts / wholes to four decimals, halves upwards.

    Args:
        parts: not below zero; NaN where there is none.
        wholes: above zero; NaN where there is none.
        exactly: the text of a row, for those that floats are too coarse for.
        up_to_one: a share above 1 is none.

    >>> found = shares(np.array([1.0, 5.0, np.nan]), np.array([3.0, 4.0, 1.0]), "row {}".format)
    >>> found.scaled.tolist(), found.exact
    ([3333, 12500, -1], {})
    """
    scaled = parts / wholes * UNIT + 0.5
    known = ~np.isnan(scaled)
    scaled = np.where(known, scaled, 0.5)
    sure = np.abs(scaled - np.rint(scaled)) > CLOSE * np.maximum(scaled, 1)
    if up_to_one:
        over = scaled - 0.5 - UNIT
        sure &= np.abs(over) > CLOSE * UNIT
        known &= ~sure | (over < 0)
    whole = np.floor(np.where(sure, scaled, 0)).astype(np.int64)
    unsure = np.flatnonzero(known & ~sure).tolist()
    return Shares(np.where(known & sure, whole, NOTHING), {row: exactly(row) for row in unsure})
