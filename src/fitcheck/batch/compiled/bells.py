"""Probabilities of many lognormals at once, as `Curve.below` tells them one by one."""

from collections.abc import Sequence
from math import erf, log

import numpy as np

from fitcheck.batch.arrays import Floats
from fitcheck.batch.compiled.jit import compiled
from fitcheck.decision.memo import keep
from fitcheck.decision.mixture import Curve

MOST_CURVES = 5_000
"""Curves that are kept as arrays: each has a few kB."""


class Bells:
    """Remembers the bells of curves as arrays."""

    def __init__(self) -> None:
        self._bells: dict[int, tuple[Curve, Floats]] = {}

    def below_each(self, curves: Sequence[Curve], x: float) -> list[float]:
        """Probability of at most x > 0 for each of some curves without points."""
        return [_below(self._of(curve), x) for curve in curves]

    def _of(self, curve: Curve) -> Floats:
        found = self._bells.get(id(curve))
        if found is None or found[0] is not curve:
            bells = np.array(curve.bells, dtype=np.float64).reshape(-1, 4)
            found = keep(self._bells, id(curve), (curve, bells), MOST_CURVES)
        return found[1]


@compiled("float64(float64[:, ::1], float64)")
def _below(bells: Floats, x: float) -> float:
    total = 0.0
    for bell in range(len(bells)):
        weight, shift, mu, steep = bells[bell]
        if x > shift:
            total += weight * (1 + erf((log(x - shift) - mu) * steep))
    return total / 2
