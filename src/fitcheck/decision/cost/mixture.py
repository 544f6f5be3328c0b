"""Quantiles of a mixture of shifted lognormals: floats in, one bracketed Newton, nothing that depends on order."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import erf, exp, fsum, inf, isfinite, log, pi, sqrt

LEVELS = ((Fraction(1, 10), -1.2815515655446004), (Fraction(1, 2), 0.0), (Fraction(9, 10), 1.2815515655446004))
"""P10, P50 and P90 with the standard normal's quantiles, from which the search starts."""

ROOT = sqrt(pi)
CLOSE_ENOUGH = 1e-10
MOST_STEPS = 200
LONGEST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Mixture:
    """
    A mixture of shifted lognormals, in integers.

    Attributes:
        components: (mean, variance, shift) of each component to its relative weight; at least one. Mean and
            variance are of the lognormal part; nothing is negative, and no mean of 0 has a variance.
        unit: mean and shift count in 1/unit, variance in 1/unit².
    """

    components: Mapping[tuple[int, int, int], int]
    unit: int

    @property
    def mean(self) -> Fraction:
        """Exact mean of the whole."""
        total = sum(weight * (mean + shift) for (mean, _, shift), weight in self.components.items())
        return Fraction(total, sum(self.components.values()) * self.unit)

    @property
    def variance(self) -> Fraction:
        """Exact variance of the whole."""
        parts = self.components.items()
        squares = sum(weight * (variance + (mean + shift) ** 2) for (mean, variance, shift), weight in parts)
        return Fraction(squares, sum(self.components.values()) * self.unit**2) - self.mean**2

    def quantiles(self) -> tuple[Fraction, Fraction, Fraction]:
        """
        P10, P50 and P90, ascending.

        Returns:
            The least x with P(X <= x) >= 0.1, 0.5, 0.9: exact where x has a probability of its own, else
            as near as floats get (|P − level| < 1e-10). The order of `components` changes nothing.

        Source:
            P(X <= x) = Σ w Φ((ln(x − shift) − m) / s) with s² = ln(1 + variance/mean²), m = ln mean − s²/2;
            the search starts at the quantile of the one lognormal with the mean and variance of the whole.

        >>> Mixture({(6, 0, 0): 3, (8, 0, 1): 1}, unit=2).quantiles()
        (Fraction(3, 1), Fraction(3, 1), Fraction(9, 2))
        """
        curve, start = curve_of(self), self._start()
        found = [Fraction(0)]
        for level in LEVELS:
            found.append(max(_quantile(curve, level, start), found[-1]))
        return found[1], found[2], found[3]

    def median(self) -> Fraction:
        """P50 alone, the same as in `quantiles`."""
        return _quantile(curve_of(self), LEVELS[1], self._start())

    def _start(self) -> tuple[float, float]:
        """Mean and spread of the logarithm of the one lognormal with the mean and variance of the whole."""
        mean = self.mean
        if not mean:
            return 0.0, 0.0
        spread = sqrt(log(1 + self.variance / mean**2))
        return log(mean) - spread * spread / 2, spread


def _quantile(curve: "Curve", level: tuple[Fraction, float], start: tuple[float, float]) -> Fraction:
    share, z = level
    value = _point_at(curve, share)
    return Fraction(exp(_solve(curve, float(share), start[0] + z * start[1]))) if value is None else value


@dataclass(frozen=True, slots=True)
class Curve:
    """
    The mixture's distribution function.

    Attributes:
        bells: by shift, ascending, for each lognormal its weight, mean of the logarithm and 1 / (s√2).
        points: ascending values that have a probability of their own.
        heaped: probability of each point and all before it.
    """

    bells: Sequence[tuple[float, Sequence[tuple[float, float, float]]]]
    points: Sequence[Fraction]
    heaped: Sequence[Fraction]

    def at(self, x: float) -> tuple[float, float]:
        """Probability of at most x > 0 from the lognormals alone, and its slope against ln x."""
        below, slope = list[float](), 0.0
        for shift, bells in self.bells:
            if x <= shift:
                break
            lnx = log(x - shift)
            at = [(lnx - mu) * steep for _, mu, steep in bells]
            below += [bell[0] * (1 + erf(t)) for bell, t in zip(bells, at, strict=True)]
            slopes = fsum([bell[0] * bell[2] * exp(-t * t) for bell, t in zip(bells, at, strict=True)])
            slope += slopes * x / (x - shift)
        return fsum(below) / 2, slope / ROOT

    def at_point(self, index: int) -> Fraction:
        """Probability of at most `points[index]`."""
        x = float(self.points[index])
        return self.heaped[index] + (Fraction(self.at(x)[0]) if x > 0 else 0)


def curve_of(mixture: Mixture) -> Curve:
    """Work out the distribution function of a mixture."""
    unit, total = mixture.unit, sum(mixture.components.values())
    bells, points = dict[int, list[tuple[float, float, float]]](), dict[Fraction, int]()
    for component, weight in mixture.components.items():
        bell = _bell(component, unit)
        if bell:
            bells.setdefault(component[2], []).append((weight / total, *bell))
        else:
            value = Fraction(component[0] + component[2], unit)
            points[value] = points.get(value, 0) + weight
    ascending = sorted(points)
    heaped = [Fraction(weight, total) for weight in accumulate(points[value] for value in ascending)]
    return Curve([(shift / unit, of_shift) for shift, of_shift in sorted(bells.items())], ascending, heaped)


@lru_cache(maxsize=16_384)
def _bell(component: tuple[int, int, int], unit: int) -> tuple[float, float] | None:
    """Mean of the logarithm and 1 / (s√2) of a component, shared by many mixtures; None for a point."""
    mean, variance, _ = component
    s2 = log(1 + variance / (mean * mean)) if mean else 0.0
    return (log(mean / unit) - s2 / 2, 1 / sqrt(2 * s2)) if s2 else None


def _point_at(curve: Curve, level: Fraction) -> Fraction | None:
    """Return the quantile if it has a probability of its own."""
    low, high = 0, len(curve.points)
    while low < high:
        middle = (low + high) // 2
        if curve.at_point(middle) >= level:
            high = middle
        else:
            low = middle + 1
    if low == len(curve.points):
        return None
    own = curve.heaped[low] - (curve.heaped[low - 1] if low else 0)
    return curve.points[low] if curve.at_point(low) - own < level else None


def _solve(curve: Curve, level: float, start: float) -> float:
    """Find ln x with P(X <= x) = level, by Newton's steps kept inside a bracket."""
    low, high, y, step = -inf, inf, start, inf
    for _ in range(MOST_STEPS):
        x = exp(y)
        below, slope = curve.at(x)
        heap = bisect_right(curve.points, x)
        gap = below + (float(curve.heaped[heap - 1]) if heap else 0.0) - level
        if abs(gap) < CLOSE_ENOUGH:
            break
        low, high = (low, y) if gap > 0 else (y, high)
        previous, step = step, _step(gap, slope)
        after = y - step
        if isfinite(low) and isfinite(high) and not (low < after < high and abs(step) <= abs(previous) / 2):
            after = (low + high) / 2
            step = y - after
        if after in (low, high, y):
            break
        y = after
    return y


def _step(gap: float, slope: float) -> float:
    if abs(gap) < LONGEST_STEP * slope:
        return gap / slope
    return LONGEST_STEP if gap > 0 else -LONGEST_STEP
