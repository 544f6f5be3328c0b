"""
The deals of a table, numbered as they come up: what is asked of a deal is asked once.

In most tables nearly every row has a deal of its own, which is no reason to read it by itself.
"""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Whole
from fitcheck.batch.dealreading import MOST_PLAIN, Cells, DealReader, Told
from fitcheck.batch.deals import Deals, Figures, Listed, deals_of, one_by_one
from fitcheck.batch.slopes import HUNDREDTH, Slopes
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.terms import DealTerms

MOST_CURRENCIES = (1 << 63) // MOST_PLAIN
"""More than there are codes of three letters: a value and the number of its currency have room in 64 bits."""

NONE: Whole = np.empty(0, dtype=np.int64)


class Said(NamedTuple):
    """
    What the rows of a block say of their deals.

    Attributes:
        hundredths: value, where a row says this and nothing else but a currency; `NOTHING` elsewhere [rows].
        named: number of the currency of these [rows].
        currencies: by number; None is none.
        numbers: for each of the other rows the number of its cells.
        cells: by number.
    """

    hundredths: Whole
    named: Whole
    currencies: Sequence[str | None]
    numbers: Whole
    cells: Sequence[Cells]

    @classmethod
    def in_cells(cls, numbers: Whole, cells: Sequence[Cells]) -> "Said":
        """Of rows whose cells nobody has looked at."""
        nothing = np.full(len(numbers), NOTHING)
        return cls(nothing, nothing, (), numbers, cells)


class DealBook:
    """
    Numbers deals.

    Args:
        reader: reads the cells of a deal.
    """

    def __init__(self, reader: DealReader) -> None:
        self._reader, self._slopes = reader, Slopes(reader.scorer)
        self._forget()

    def _forget(self) -> None:
        # numbers of deals that say but a value and a currency, by both in one word, and of the others by their cells
        self._keys, self._of_keys = NONE, NONE
        self._of_cells: dict[Cells, int] = {}
        self._listed = _Told(self._reader, self._slopes)
        self._deals = deals_of([])._replace(listed=self._listed)

    def take_in(self, said: Said) -> tuple[Whole, Deals]:
        """
        Number the deals of the rows of a block.

        Returns:
            Their numbers; all deals there are, which do not change when the next block is taken in.
        """
        if len(self._listed) > MOST_KEPT:  # memory stays bounded
            self._forget()
        numbers = np.empty(len(said.hundredths), dtype=np.int64)
        is_plain = said.hundredths != NOTHING
        if is_plain.any():
            currencies = np.array([*map(self._slopes.number, said.currencies)], dtype=np.int64)
            numbers[is_plain] = self._plain(said.hundredths[is_plain], currencies[said.named[is_plain]])
        if said.cells:
            numbers[~is_plain] = self._in_cells(said.cells)[said.numbers]
        return numbers, self._deals

    def _plain(self, hundredths: Whole, currencies: Whole) -> Whole:
        """Number deals that say but a value and a currency."""
        of_rows: Whole = hundredths * MOST_CURRENCIES + currencies
        keys, row_of = np.unique(of_rows, return_inverse=True)
        places = np.searchsorted(self._keys, keys)
        is_known = np.append(self._keys, NOTHING)[places] == keys
        numbers = np.empty(len(keys), dtype=np.int64)
        numbers[is_known] = self._of_keys[places[is_known]]
        fresh = keys[~is_known]
        numbers[~is_known] = len(self._listed) + np.arange(len(fresh))
        self._keys = np.insert(self._keys, places[~is_known], fresh)
        self._of_keys = np.insert(self._of_keys, places[~is_known], numbers[~is_known])
        self._add(fresh // MOST_CURRENCIES, fresh % MOST_CURRENCIES, np.zeros(len(fresh), dtype=np.bool_))
        return numbers[row_of]

    def _in_cells(self, cells: Sequence[Cells]) -> Whole:
        """Number deals whose cells are to be read."""
        fresh = [*dict.fromkeys(one for one in cells if one not in self._of_cells)]
        hundredths, currencies = np.full(len(fresh), NOTHING), np.full(len(fresh), NOTHING)
        is_bad = np.zeros(len(fresh), dtype=np.bool_)
        for k, one in enumerate(fresh):
            number = self._of_cells[one] = len(self._listed) + k
            value, currency = self._reader.hundredths(one), self._reader.currency
            if value is None:
                told = self._reader.told(one)
                is_bad[k] = bool(told.problems)
                value, currency = _hundredths(told), told.currency
            if value is None:
                self._listed.cells[number] = one
            else:
                hundredths[k], currencies[k] = value, self._slopes.number(currency)
        self._add(hundredths, currencies, is_bad)
        return np.array([self._of_cells[one] for one in cells], dtype=np.int64)

    def _add(self, hundredths: Whole, currencies: Whole, is_bad: Flags) -> None:
        """Give the next numbers to further deals."""
        if not len(is_bad):
            return
        before, old = len(self._listed), self._deals
        self._listed = self._listed.and_(hundredths, currencies)
        nothing = np.full(len(is_bad), nan)
        figures = Figures(nothing, nothing.copy(), nothing.copy(), np.full(len(is_bad), NOTHING))
        is_left = np.ones(len(is_bad), dtype=np.bool_)
        for number in np.unique(currencies[hundredths != NOTHING]).tolist():
            slope = self._slopes[number]
            at = np.flatnonzero((currencies == number) & (hundredths <= slope.most))
            is_left[at] = False
            if len(at):  # or they may be too large for words
                for array, part in zip(figures, slope.figures(hundredths[at]), strict=True):
                    array[at] = part
        left = np.flatnonzero(is_left)
        for array, part in zip(figures, one_by_one([self._listed[before + k] for k in left.tolist()]), strict=True):
            array[left] = part
        self._deals = Deals(old.book, self._listed, np.concatenate([old.is_bad, is_bad]), old.figures.and_(figures))


class _Told(Listed):
    """
    Deals that are worked out when somebody asks for one, as for few of them.

    Args:
        reader: reads cells.
        slopes: of the currencies.
        hundredths, currencies: of the deals that say nothing else; `NOTHING` where cells are to be read.
        cells: of these, by number.
    """

    def __init__(
        self,
        reader: DealReader,
        slopes: Slopes,
        hundredths: Whole = NONE,
        currencies: Whole = NONE,
        cells: dict[int, Cells] | None = None,
    ) -> None:
        self._reader, self._slopes = reader, slopes
        self._hundredths, self._currencies = hundredths, currencies
        self.cells: dict[int, Cells] = {} if cells is None else cells

    def and_(self, hundredths: Whole, currencies: Whole) -> "_Told":
        """These and further deals."""
        return _Told(
            self._reader,
            self._slopes,
            np.concatenate([self._hundredths, hundredths]),
            np.concatenate([self._currencies, currencies]),
            self.cells,
        )

    def __len__(self) -> int:
        return len(self._hundredths)

    def __getitem__(self, number: int) -> DealTerms | None:  # type: ignore[override]  # nobody asks for a slice
        hundredths = int(self._hundredths[number])
        if hundredths == NOTHING:
            return self._reader.deal_of(self.cells[number])[0]
        currency = self._slopes.currencies[self._currencies[number]]
        return self._reader.scorer.deal(Deal(value=hundredths * HUNDREDTH, currency=currency))

    def limit(self, number: int) -> int | None:
        """Limit of one deal, exactly; None if there is none."""
        hundredths = int(self._hundredths[number])
        if hundredths == NOTHING:
            return super().limit(number)
        return self._slopes[int(self._currencies[number])].limit(hundredths)


def _hundredths(told: Told) -> int | None:
    """Value of a deal that says nothing else [hundredths]; None where it says more, or less, or finer."""
    if told.value is None or told.margin is not None or told.problems:
        return None
    hundredths, rest = divmod(told.value.numerator * 100, told.value.denominator)
    return None if rest or hundredths >= MOST_PLAIN else hundredths
