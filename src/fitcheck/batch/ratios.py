"""Shares of amounts as decimals, for whole columns: the digits of exact arithmetic, nearly always found by floats."""

from collections.abc import Callable

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Floats

DIGITS = 4
"""Decimals of a share."""

CLOSE = 1e-9
"""A share that comes so close to where rounding turns, against the share itself, is worked out exactly."""


def share_texts(parts: Floats, wholes: Floats, exactly: Callable[[int], str], *, up_to_one: bool = False) -> pl.Series:
    """
    Write parts / wholes with four decimals, halves upwards.

    Args:
        parts: not below zero; NaN where there is none.
        wholes: above zero; NaN where there is none.
        exactly: the text of a row, for those that floats are too coarse for.
        up_to_one: a share above 1 is none.

    Returns:
        Texts; blank where there is no share.

    >>> share_texts(np.array([1.0, 5.0, np.nan]), np.array([3.0, 4.0, 1.0]), "row {}".format).to_list()
    ['0.3333', '1.2500', '']
    """
    unit = 10**DIGITS
    scaled = parts / wholes * unit + 0.5
    known = ~np.isnan(scaled)
    scaled = np.where(known, scaled, 0.5)
    sure = np.abs(scaled - np.rint(scaled)) > CLOSE * np.maximum(scaled, 1)
    if up_to_one:
        over = scaled - 0.5 - unit
        sure &= np.abs(over) > CLOSE * unit
        known &= ~sure | (over < 0)
    whole = np.floor(np.where(sure, scaled, 0)).astype(np.int64)
    text = pl.select(
        pl.when(pl.lit(pl.Series(known)))
        .then(
            pl.concat_str(
                pl.lit(pl.Series(whole // unit)).cast(pl.String),
                pl.lit("."),
                (pl.lit(pl.Series(whole % unit)) + unit).cast(pl.String).str.slice(1),
            )
        )
        .otherwise(pl.lit(""))
    ).to_series()
    unsure = np.flatnonzero(known & ~sure)
    return text.scatter(unsure, [exactly(row) for row in unsure.tolist()]) if len(unsure) else text
