"""Probabilities of many lognormals at once, as `Curve.below` tells them one by one."""

from collections.abc import Sequence
from itertools import accumulate
from math import erf, log
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Floats, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.decision.memo import keep
from fitcheck.decision.mixture import Curve

MOST_SETS = 1_000
"""Sets of curves that are kept as arrays: each has some ten kB."""


class _Set(NamedTuple):
    """
    Curves as arrays.

    Attributes:
        curves: themselves, so that they stay what they are known by.
        bells: of all of them [bells, 4].
        starts: where those of each curve begin, and the last one's end [curves + 1].
        told: is written over [curves].
    """

    curves: tuple[Curve, ...]
    bells: Floats
    starts: Whole
    told: Floats

    @classmethod
    def of(cls, curves: Sequence[Curve]) -> "_Set":
        bells = [bell for curve in curves for bell in curve.bells]
        starts = [*accumulate((len(curve.bells) for curve in curves), initial=0)]
        return cls(
            tuple(curves), np.array(bells, dtype=np.float64).reshape(-1, 4), np.array(starts, dtype=np.int64),
            np.empty(len(curves), dtype=np.float64),
        )  # fmt: skip


class Bells:
    """Remembers the bells of curves as arrays."""

    def __init__(self) -> None:
        self._sets: dict[tuple[int, ...], _Set] = {}

    def below_each(self, curves: Sequence[Curve], x: float) -> list[float]:
        """Probability of at most x > 0 for each of some curves without points."""
        key = tuple(map(id, curves))
        found = self._sets.get(key)
        if found is None:
            found = keep(self._sets, key, _Set.of(curves), MOST_SETS)
        _below(found.bells, found.starts, x, found.told)
        told: list[float] = found.told.tolist()
        return told


@compiled("void(float64[:, ::1], int64[::1], float64, float64[::1])")
def _below(bells: Floats, starts: Whole, x: float, told: Floats) -> None:
    for curve in range(len(told)):
        total = 0.0
        for bell in range(starts[curve], starts[curve + 1]):
            weight, shift, mu, steep = bells[bell]
            if x > shift:
                total += weight * (1 + erf((log(x - shift) - mu) * steep))
        told[curve] = total / 2
