"""
The deals of a table, numbered as they come up: what is asked of a deal is asked once.

In most tables nearly every row has a deal of its own, and nearly every deal says a value and nothing else. What such
deals are worth rises with their value: it is worked out for one hundredth by the function that single rows use, and
multiplied for all others, in whole numbers that are exact.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count
from math import nan
from typing import Any, NamedTuple

import numpy as np

from fitcheck.batch.arrays import EXACT, NOTHING, Flags, Floats, Whole, floats
from fitcheck.batch.dealreading import Cells, DealReader, Told
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.tablecost import DealSide

HUNDREDTH = Fraction(1, 100)

UNIT = 10_000
"""Values are added up as whole numbers of the inverse of this, as nearly all of them are."""

MOST_UNITS = 1 << 40
"""So many that the sum of all values of a block has room in words of 64 bits."""

_BOOKS = count()


class Figures(NamedTuple):
    """
    What deals are worth, by number.

    Attributes:
        values, margins: NaN where there is none.
        whole: values [1/`UNIT`]; `NOTHING` where there is none, or it is no whole number, or a large one.
        limits: see `DealSide.limit`; NaN where there is none.
    """

    values: Floats
    margins: Floats
    limits: Floats
    whole: Whole

    def and_(self, more: "Figures") -> "Figures":
        """These and those of further deals."""
        joined: list[Any] = [np.concatenate(both) for both in zip(self, more, strict=True)]
        return Figures(*joined)


class Deals(NamedTuple):
    """
    Deals by number.

    Attributes:
        book: tells one numbering of deals from another.
        listed: the deals; None without a cost model.
        is_bad: whether its cells can't be read.
        figures: what they are worth.
    """

    book: int
    listed: Sequence[DealSide | None]
    is_bad: Flags
    figures: Figures

    def limit(self, number: int) -> int | None:
        """Limit of one deal, exactly; None if there is none."""
        deal = None if np.isnan(self.figures.limits[number]) else self.listed[number]
        return deal.limit if deal else None


def deals_of(sides: Sequence[DealSide | None]) -> Deals:
    """Number deals whose cells can all be read."""
    return Deals(next(_BOOKS), sides, np.zeros(len(sides), dtype=np.bool_), _one_by_one(sides))


class DealBook:
    """
    Numbers deals.

    Args:
        reader: reads the cells of a deal.
    """

    def __init__(self, reader: DealReader) -> None:
        self._reader = reader
        self._slopes: dict[str | None, _Slope] = {}
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[Cells, int] = {}
        self._deals = deals_of([])

    def take_in(self, cells: Sequence[Cells]) -> tuple[Whole, Deals]:
        """
        Number the deals of a block by the cells that tell them.

        Returns:
            Their numbers; all deals there are, which do not change when the next block is taken in.
        """
        if len(self._numbers) > MOST_KEPT:  # memory stays bounded
            self._forget()
        fresh = [*dict.fromkeys(one for one in cells if one not in self._numbers)]
        if fresh:
            self._numbers |= {one: len(self._numbers) + k for k, one in enumerate(fresh)}
            old, (is_bad, figures) = self._deals, self._read(fresh)
            self._deals = Deals(
                old.book,
                _Listed(self._reader, [*self._numbers]),
                np.concatenate([old.is_bad, is_bad]),
                old.figures.and_(figures),
            )
        return np.array([self._numbers[one] for one in cells], dtype=np.int64), self._deals

    def _read(self, cells: Sequence[Cells]) -> tuple[Flags, Figures]:
        """Which deals can't be read, and what they are worth: such as say but a value together, others one by one."""
        reader, nothing = self._reader, np.full(len(cells), nan)
        is_bad = np.zeros(len(cells), dtype=np.bool_)
        figures = Figures(nothing, nothing.copy(), nothing.copy(), np.full(len(cells), NOTHING))
        others: list[int] = []
        by_currency: dict[str | None, tuple[list[int], list[int]]] = {}
        for place, one in enumerate(cells):
            hundredths, currency = reader.hundredths(one), reader.currency
            if hundredths is None:
                told = reader.told(one)
                is_bad[place] = bool(told.problems)
                hundredths, currency = _hundredths(told), told.currency
            if hundredths is None:
                others.append(place)
            else:
                places, values = by_currency.setdefault(currency, ([], []))
                places.append(place)
                values.append(hundredths)
        for currency, (places, values) in by_currency.items():
            at, hundredths_of = np.array(places, dtype=np.int64), np.array(values, dtype=np.int64)
            slope = self._slope(currency)
            fits = hundredths_of <= slope.most
            others += at[~fits].tolist()
            if fits.any():
                for array, part in zip(figures, slope.figures(hundredths_of[fits]), strict=True):
                    array[at[fits]] = part
        sides = [reader.deal_of(cells[place])[0] for place in others]
        for array, part in zip(figures, _one_by_one(sides), strict=True):
            array[others] = part
        return is_bad, figures

    def _slope(self, currency: str | None) -> "_Slope":
        found = self._slopes.get(currency)
        if found is None:
            scorer = self._reader.scorer
            found = self._slopes[currency] = _Slope(
                scorer.deal(Deal(value=HUNDREDTH, currency=currency)), scorer.limit_for_margin
            )
        return found


class _Listed(Sequence[DealSide | None]):
    """Deals that are worked out when somebody asks for one, as for few of them."""

    def __init__(self, reader: DealReader, cells: Sequence[Cells]) -> None:
        self._reader, self._cells = reader, cells

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, number: int) -> DealSide | None:  # type: ignore[override]  # nobody asks for a slice
        return self._reader.deal_of(self._cells[number])[0]


class _Slope:
    """
    What each hundredth of value is worth in deals that say a value and nothing else.

    Args:
        side: a deal of one hundredth; None without a cost model.
        limit_for_margin: see `RowScorer`.

    Attributes:
        most: up to so many hundredths `figures` are exact; `NOTHING` if that can't be said of any.
    """

    def __init__(self, side: DealSide | None, limit_for_margin: Fraction | None) -> None:
        self._value, self._margin = (side.value, side.margin) if side else (None, None)
        limited = None if self._margin is None or limit_for_margin is None else self._margin * limit_for_margin
        self._limit = floats([limited])
        known = [one for one in (self._value, self._margin) if one is not None]
        most = min((EXACT // max(one.numerator * UNIT, 1) for one in known), default=EXACT)
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


def _times(hundredths: Whole, each: Fraction | None) -> Floats:
    """The floats that are nearest to some products; both parts of the quotient are exact."""
    part, of = (nan, 1) if each is None else each.as_integer_ratio()
    return hundredths * part / of


def _hundredths(told: Told) -> int | None:
    """Value of a deal that says nothing else [hundredths]; None where it says more, or less, or finer."""
    if told.value is None or told.margin is not None or told.problems:
        return None
    hundredths, rest = divmod(told.value.numerator * 100, told.value.denominator)
    return None if rest or hundredths >= EXACT else hundredths


def _one_by_one(sides: Sequence[DealSide | None]) -> Figures:
    values = [side.value if side else None for side in sides]
    return Figures(
        floats(values),
        floats(side.margin if side else None for side in sides),
        floats(side.limit if side else None for side in sides),
        np.array([*map(_whole, values)], dtype=np.int64),
    )


def _whole(value: Fraction | None) -> int:
    units = NOTHING if value is None else value * UNIT
    return int(units) if units < MOST_UNITS and units.denominator == 1 else NOTHING
