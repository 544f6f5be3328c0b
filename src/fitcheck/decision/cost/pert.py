"""Uncertain amounts as exact moments: the beta-PERT of a three-point figure, and how amounts grow with cycles."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from fitcheck.decision.content.cost_model import ThreePoint

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """
    Hours, money or weeks, as exact moments; amounts that are added are independent of each other.

    Attributes:
        mean: of the uncertain part.
        variance: of the uncertain part.
        fixed: the part that is certain, and that a deal's common factor does not make dearer.
    """

    mean: Fraction = ZERO
    variance: Fraction = ZERO
    fixed: Fraction = ZERO

    def __add__(self, other: Self) -> "Amount":
        return Amount(self.mean + other.mean, self.variance + other.variance, self.fixed + other.fixed)

    @property
    def total(self) -> Fraction:
        """Expected value of both parts."""
        return self.mean + self.fixed

    def priced(self, rate: Fraction, fixed: Fraction) -> "Amount":
        """Return the amount at `rate` for each unit, plus something fixed."""
        return Amount(self.mean * rate, self.variance * rate * rate, fixed)


@dataclass(frozen=True, slots=True)
class Growth:
    """
    An amount for the deal plus an independent amount for each cycle.

    Attributes:
        deal: comes once.
        cycle: comes anew in every cycle.
    """

    deal: Amount = Amount()
    cycle: Amount = Amount()

    def __add__(self, other: Self) -> "Growth":
        return Growth(self.deal + other.deal, self.cycle + other.cycle)

    def after(self, cycles: int) -> Amount:
        """Return the amount after this many cycles."""
        return Amount(
            self.deal.mean + cycles * self.cycle.mean,
            self.deal.variance + cycles * self.cycle.variance,
            self.deal.fixed + cycles * self.cycle.fixed,
        )

    def expected(self, cycles_mean: Fraction) -> Fraction:
        """Expected value, given the mean number of cycles (Wald)."""
        return self.deal.total + cycles_mean * self.cycle.total


NOTHING = Growth()


def pert(figure: ThreePoint) -> Amount:
    """
    Mean and variance of a beta-PERT distribution with λ = 4.

    Args:
        figure: least, most likely and most, in any unit.

    Returns:
        mean (a + 4m + b) / 6 in that unit, variance (mean − a)(b − mean) / 7 in that unit squared.

    Source:
        Beta(p, q) with p = 1 + 4(m − a)/(b − a) and q = 1 + 4(b − m)/(b − a), so that p + q = 6. The
        textbook (b − a)² / 36 belongs to symmetric figures only and is not used.

    >>> pert(ThreePoint(Fraction(2), Fraction(4), Fraction(8)))
    Amount(mean=Fraction(13, 3), variance=Fraction(11, 9), fixed=Fraction(0, 1))
    """
    mean = (figure.low + 4 * figure.likely + figure.high) / 6
    return Amount(mean, (mean - figure.low) * (figure.high - mean) / 7)
