"""Cells that say what a deal is worth into what is at stake; everything that is wrong with them at once."""

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from fitcheck.batch.amounts import OPTION, Amount, AmountError, currency_of, is_affix, read_amount
from fitcheck.batch.cellproblems import CellProblem
from fitcheck.batch.folding import folded_cell
from fitcheck.batch.mapping import MONEY, ColumnMapping, Field
from fitcheck.batch.matching import Match
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.terms import DealTerms
from fitcheck.nearest import quoted

CENTS = 2
"""Digits behind the point that an amount mostly has."""

LONGEST_PLAIN = 14
"""Characters of an amount that is read at a glance."""

MOST_PLAIN = 10**13
"""Such an amount is below [hundredths]."""

BLANKS = frozenset(("", "-", "--"))
"""What stands in a cell of a deal that nobody filled in."""

Cells = tuple[str, ...]
"""The cells of a row in the columns `MONEY`, blank where there is no such column."""


Affixes = tuple[str, str, str, str]
"""What stands before and after the digits of a value, and the cells of the currency and the margin."""


class Told(NamedTuple):
    """
    What the cells of a deal say.

    Attributes:
        value: of the first contract, in `currency`; None if unknown.
        currency: ISO code; None if nobody names one.
        margin: in `currency`; None if nobody names one.
        problems: what is wrong; empty if all can be read.
    """

    value: Fraction | None
    currency: str | None
    margin: Fraction | None
    problems: tuple[CellProblem, ...]

    @property
    def deal(self) -> Deal:
        """What is at stake."""
        return Deal(value=self.value, currency=self.currency, margin=self.margin)


class DealReader:
    """
    Reads the deals of one table.

    Args:
        scorer: works out what a deal is worth.
        fields: which columns tell the deal.
        mapping: what the cells mean beside amounts.
        mark: decimal mark of amounts; None where no cell proves it.
        saying: how the user says which mark is meant, for a hint.

    Attributes:
        currency: of deals that name none.
        mark: decimal mark of amounts; None where no cell proves it.
    """

    def __init__(
        self,
        scorer: RowScorer,
        fields: Mapping[Field, Match],
        mapping: ColumnMapping | None,
        mark: str | None,
        saying: str = OPTION,
    ) -> None:
        self.scorer, self.mark, self._saying = scorer, mark, saying
        self._headers = {field: fields[field].header for field in MONEY if field in fields}
        self.currency = mapping.currency if mapping else None
        self._zero_is_unknown = mapping is not None and mapping.zero_is_unknown
        unknown = [text.strip() for text in mapping.unknown] if mapping else []
        self._nothing = BLANKS.union(unknown)
        self._nothing_folded = {folded_cell(text) for text in unknown if not _has_digit(text)}
        self._deals: dict[Cells, tuple[DealTerms | None, tuple[CellProblem, ...]]] = {}

    @property
    def headers(self) -> frozenset[str]:
        """Headers of the columns that say what a deal is worth."""
        return frozenset(self._headers.values())

    def deal_of(self, cells: Cells) -> tuple[DealTerms | None, tuple[CellProblem, ...]]:
        """Return what is at stake, and what is wrong."""
        known = self._deals.get(cells)
        if known is not None:
            return known
        told = self.told(cells)
        return bounded_put(self._deals, cells, (self.scorer.deal(told.deal), told.problems))

    def hundredths(self, cells: Cells) -> int | None:
        """
        Return the value of a deal that says nothing else, in digits with two decimals at most, as most do.

        Returns:
            What `told` says, in `currency` [hundredths]; None for all other deals.
        """
        value, currency, margin = cells
        whole, point, part = value.partition(".")
        if currency or margin or not (value.isascii() and whole.isdecimal()) or len(value) > LONGEST_PLAIN:
            return None
        if point and (self.mark == "," or len(part) > CENTS or not part.isdecimal()):
            return None
        found = int(whole + part.ljust(CENTS, "0"))
        return found if 0 < found < MOST_PLAIN and value not in self._nothing else None

    def currency_beside(self, affixes: Affixes) -> tuple[bool, str | None]:
        """
        Say of a deal whose value is digits, with something before and after them, whether that is but a currency.

        Returns:
            Whether it is, and nothing is said of the margin; and the currency, None if nobody names one.
        """
        before, after, currency, margin = affixes
        if not self._says_nothing(margin):
            return False, None
        told = self.told((f"{before}1{after}", currency, margin))
        is_plain = is_affix(before) and is_affix(after) and told.value == 1 and not told.problems
        return is_plain, told.currency

    @property
    def unknown_amounts(self) -> list[int]:
        """Amounts that a mapping calls unknown, below `MOST_PLAIN` [hundredths]."""
        found = []
        for text in self._nothing:
            with suppress(AmountError):
                found.append(int(read_amount(text, self.mark, self._saying).value * 100))
        return sorted(amount for amount in found if amount < MOST_PLAIN)

    def told(self, cells: Cells) -> Told:
        """Read the cells of a deal."""
        problems: list[CellProblem] = []
        value, margin = self._amount("value", cells[0], problems), self._amount("margin", cells[2], problems)
        named = self._currency_of(cells[1], problems)
        currencies = [named] if named else []
        currencies += [amount.currency for amount in (value, margin) if amount and amount.currency]
        if len(currencies) > 1 and len({*currencies}) > 1:
            message = f"the row names {' and '.join(sorted({*currencies}))}"
            field: Field = "currency" if named else "value"
            problems.append(CellProblem(self._headers[field], cells[1], "two-currencies", message, None))
        currency = named or min(currencies, default=self.currency)
        worth = None if value is None else value.value
        if worth == 0 and self._zero_is_unknown:
            worth = None
        return Told(worth, currency, None if margin is None else margin.value, tuple(problems))

    def _amount(self, field: Field, cell: str, problems: list[CellProblem]) -> Amount | None:
        if self._says_nothing(cell):
            return None
        try:
            return read_amount(cell, self.mark, self._saying)
        except AmountError as error:
            problems.append(CellProblem(self._headers[field], cell, error.code, error.message, error.hint))
            return Amount(Fraction(0), None)

    def _says_nothing(self, cell: str) -> bool:
        """Whether a cell of a deal is blank, or one of the mapping's texts for unknown, spelt as answers may be."""
        if not cell:
            return True
        text = cell.strip()
        # what is folded has lost its sign: a mapping that calls -1 unknown says nothing of 1
        if text in self._nothing or not self._nothing_folded:
            return text in self._nothing
        return not _has_digit(text) and folded_cell(text) in self._nothing_folded

    def _currency_of(self, cell: str, problems: list[CellProblem]) -> str | None:
        if self._says_nothing(cell):
            return None
        found = currency_of(cell)
        if found:
            return found
        message = f"{quoted(cell)} is no currency"
        hint = "write three letters such as EUR"
        problems.append(CellProblem(self._headers["currency"], cell, "bad-currency", message, hint))
        return None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
