"""
What deals are worth that say a value and nothing else but a currency, as nearly all do.

It rises with their value: it is worked out for one hundredth by the function that single rows use, and multiplied for
all others, in whole numbers that are exact.
"""

from fractions import Fraction
from math import nan

import numpy as np

from fitcheck.batch.arrays import EXACT, LARGEST, NOTHING, Floats, Whole, floats
from fitcheck.batch.deals import MOST_UNITS, UNIT, Figures
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.terms import DealTerms

HUNDREDTH = Fraction(1, 100)


class Slopes:
    """
    What each hundredth of value is worth, in each currency.

    Attributes:
        currencies: by number, as they come up; None is none.
    """

    def __init__(self, scorer: RowScorer) -> None:
        self._scorer = scorer
        self.currencies: list[str | None] = []
        self._numbers: dict[str | None, int] = {}
        self._slopes: list[Slope] = []

    def number(self, currency: str | None) -> int:
        """Number of a currency."""
        found = self._numbers.get(currency)
        if found is None:
            found = self._numbers[currency] = len(self.currencies)
            self.currencies.append(currency)
            hundredth = self._scorer.deal(Deal(value=HUNDREDTH, currency=currency))
            self._slopes.append(Slope(hundredth, self._scorer.limit_for_margin))
        return found

    def __getitem__(self, number: int) -> "Slope":
        return self._slopes[number]


class Slope:
    """
    What each hundredth of value is worth in deals that say a value and nothing else.

    Args:
        side: a deal of one hundredth; None without a cost model.
        limit_for_margin: see `RowScorer`.

    Attributes:
        most: up to so many hundredths `figures` are exact; `NOTHING` if that can't be said of any.
    """

    def __init__(self, side: DealTerms | None, limit_for_margin: Fraction | None) -> None:
        self._value, self._margin = (side.value, side.margin) if side else (None, None)
        self._limited = None if self._margin is None or limit_for_margin is None else self._margin * limit_for_margin
        self._limit = floats([self._limited])
        known = [one for one in (self._value, self._margin) if one is not None]
        most = min((EXACT // max(one.numerator, 1) for one in known), default=EXACT)
        if self._value:  # what is added up are whole numbers of 64 bits, not floats
            most = min(most, LARGEST // (self._value.numerator * UNIT))
        fits = all(one.denominator < EXACT for one in known) and not np.isinf(self._limit[0])
        self.most = most if most and fits else NOTHING

    def figures(self, hundredths: Whole) -> Figures:
        """
        What deals are worth.

        Args:
            hundredths: what each says [hundredths of a unit of its currency].
        """
        whole = np.full(len(hundredths), NOTHING)
        if self._value is not None:
            part, of = self._value.as_integer_ratio()
            units, rest = np.divmod(hundredths * (part * UNIT), of)
            whole = np.where((rest == 0) & (units < MOST_UNITS), units, NOTHING)
        values, margins = _times(hundredths, self._value), _times(hundredths, self._margin)
        return Figures(values, margins, hundredths * self._limit, whole)

    def limit(self, hundredths: int) -> int | None:
        """Limit of one deal, exactly; None if there is none."""
        return None if self._limited is None else hundredths * self._limited.numerator // self._limited.denominator


def _times(hundredths: Whole, each: Fraction | None) -> Floats:
    """The floats that are nearest to some products; both parts of the quotient are exact."""
    part, of = (nan, 1) if each is None else each.as_integer_ratio()
    return hundredths * part / of
