"""
Rounded quantiles of thousands of mixtures of the same few distributions.

Where a rounded figure is all that is told, it is enough to know between which two borders of rounding the quantile
lies. The distributions are the same for all mixtures, so what each of them says at a border is worked out once; a
mixture is then looked up rather than solved. Whatever is too close to a border for floats is left to the solver.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import fsum
from operator import mul

from fitcheck.decision.completions import Mixer, Parts
from fitcheck.decision.mixture import Curve, curve_of

MOST_BORDERS = 5_000
"""Borders of which it is remembered what each distribution says there."""

UNSURE = 1e-9
"""A border this close to the level is left to the solver, which ends within a tenth of it, see `mixture`."""


Below = Callable[[Sequence[Curve], float], Sequence[float]]
"""Probability of at most x > 0 for each of some curves without points, to about 1e-12."""


def below_each(curves: Sequence[Curve], x: float) -> list[float]:
    """Ask one curve after the other."""
    return [curve.below(x) for curve in curves]


class RoundedMixer:
    """
    Means and rounded quantiles of what a mixer mixes.

    Args:
        mixer: of the distributions.
        scale: rounded to whole 1/scale, halves upwards.
        below: asks the curves; whichever does, the quantiles are the same.
    """

    def __init__(self, mixer: Mixer, scale: int, below: Below = below_each) -> None:
        self._mixer, self._scale, self._below = mixer, scale, below
        self._tables: dict[int, _Table] = {}

    def mean(self, cycles: Sequence[int]) -> Fraction:
        """Exact mean for these relative weights of 1, 2, ... cycles."""
        table = self._table(cycles)
        total = sum(map(mul, cycles, table.totals))
        return Fraction(total, sum(cycles) * table.whole)

    def quantiles(self, cycles: Sequence[int], levels: Sequence[float]) -> list[float] | None:
        """
        Return rounded quantiles, the same as rounding those of `Mixer.mixture`.

        Args:
            cycles: relative weights of 1, 2, ... cycles.
            levels: between 0 and 1.

        Returns:
            None where this can't tell: a value has a probability of its own, or a border is too close to call.
        """
        table, whole = self._table(cycles), sum(cycles)
        weights = [weight / whole for weight in cycles]
        found = [table.cell(weights, level) for level in levels]
        known = [cell for cell in found if cell is not None]
        return [cell / self._scale for cell in known] if len(known) == len(found) else None

    def _table(self, cycles: Sequence[int]) -> "_Table":
        parts = self._mixer.parts(cycles)
        found = self._tables.get(id(parts))  # the mixer keeps its parts for good
        if found is None:
            found = self._tables[id(parts)] = _Table(parts, self._scale, self._below)
        while len(found.totals) < len(cycles):
            found.add()
        return found


class _Table:
    """
    What the distributions after 1, 2, ... cycles say at borders of rounding.

    Border k lies between the cells k and k + 1, which round to k / scale and (k + 1) / scale.

    Attributes:
        totals: mean after 1, 2, ... cycles [1/whole].
        whole: unit of the means.
    """

    def __init__(self, parts: Parts, scale: int, below: Below) -> None:
        self.totals: list[int] = []
        self.whole = 1
        self._parts, self._scale, self._ask = parts, scale, below
        self._curves: list[Curve] = []
        self._forget()

    def _forget(self) -> None:
        self._borders: list[int] = []
        self._below: list[tuple[float, ...]] = []

    def add(self) -> None:
        """Take in the distribution after one more cycle."""
        mixture = self._parts.after(len(self.totals) + 1)
        components = mixture.components.items()
        self.totals.append(sum(weight * (mean + shift) for (mean, _, shift), weight in components))
        self.whole = mixture.unit * sum(mixture.components.values())
        self._curves.append(curve_of(mixture))
        self._forget()

    def cell(self, weights: Sequence[float], level: float) -> int | None:
        """Return in which cell the quantile lies: the first whose upper border has more than `level` below."""

        def below(told: Sequence[float]) -> float:
            return fsum([weight * share for weight, share in zip(weights, told, strict=False)])

        if any(curve.points for curve in self._curves):
            return None
        at = bisect_right(self._below, level, key=below)
        low, reached = (self._borders[at - 1], below(self._below[at - 1])) if at else (-1, 0.0)
        high, beyond = (self._borders[at], below(self._below[at])) if at < len(self._borders) else (None, 1.0)
        turn, nearer_low = 0, False
        while high is None or high - low > 1:
            if high is None:
                border = max(2 * low, self.totals[0] * self._scale // self.whole, 1)
            else:
                # straight between the two, then beside where that was, then half way, so that it ends soon
                share = (level - reached) / (beyond - reached) if turn % 3 == 0 else 0.5
                border = low + round(share * (high - low))
                if turn % 3 == 1:
                    border = low + 1 if nearer_low else high - 1
                border = min(max(border, low + 1), high - 1)
            told = self._add(border)
            found = below(told)
            nearer_low = found <= level
            if nearer_low:
                low, reached = border, found
            else:
                high, beyond = border, found
            turn += 1
        return None if min(beyond - level, level - reached) < UNSURE else high

    def _add(self, border: int) -> tuple[float, ...]:
        x = (2 * border + 1) / (2 * self._scale)
        told = tuple(self._ask(self._curves, x))
        if len(self._borders) >= MOST_BORDERS:
            self._forget()
        at = bisect_right(self._borders, border)
        self._borders.insert(at, border)
        self._below.insert(at, told)
        return told
