"""Reads value, currency and margin of a deal from its cells, and whether the deal is closed."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from fitcheck.amounts import Amount, AmountError, currency_of, read_amount
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.folding import folded_cell, folded_header
from fitcheck.mapping import MONEY, ColumnMapping, Field
from fitcheck.nearest import quoted
from fitcheck.table.match.cells import CellProblem
from fitcheck.table.match.columns import Match

BLANKS = frozenset(("", "-", "--"))
"""Cells of a deal that nobody filled in."""

_OUTCOMES = (
    "won", "lost", "closed", "gewonnen", "verloren", "gagné", "gagnée", "perdu", "perdue", "ganado", "ganada",
    "perdido", "perdida", "vinto", "vinta", "perso", "persa", "ganho", "ganha",
)  # fmt: skip
CLOSED = frozenset(folded_header(text) for text in (*_OUTCOMES, "closed won", "closed lost", "closedwon", "closedlost"))
"""Stages in a CRM of deals that are won or lost, as they are compared."""


class ParsedDeal(NamedTuple):
    """What the cells of a deal say, and what is wrong with them."""

    deal: Deal
    problems: tuple[CellProblem, ...]


class DealReader:
    """
    Reads the deals of one table.

    Args:
        fields: which columns tell the deal.
        mapping: what the cells mean beside amounts.
        mark: decimal mark of amounts; None where no cell proves it.
        mark_option: how the user names a decimal mark, for a hint.
    """

    def __init__(
        self, fields: Mapping[Field, Match], mapping: ColumnMapping | None, mark: str | None, mark_option: str
    ) -> None:
        self._mark, self._mark_option = mark, mark_option
        self._headers = {field: fields[field].header for field in MONEY if field in fields}
        self._currency = mapping.currency if mapping else None
        self._zero_is_unknown = mapping is not None and mapping.zero_is_unknown
        unknown = [text.strip() for text in mapping.unknown] if mapping else []
        self._unknown = BLANKS.union(unknown)
        self._unknown_folded = {folded_cell(text) for text in unknown if not _has_digit(text)}

    @property
    def headers(self) -> frozenset[str]:
        """Headers of the columns that say what a deal is worth."""
        return frozenset(self._headers.values())

    def read(self, value: str, currency: str, margin: str) -> ParsedDeal:
        """Read the cells of a deal, each blank where the table has no such column."""
        problems: list[CellProblem] = []
        worth, gain = self._amount("value", value, problems), self._amount("margin", margin, problems)
        named = self._currency_of(currency, problems)
        currencies = [named] if named else []
        currencies += [amount.currency for amount in (worth, gain) if amount and amount.currency]
        if len(currencies) > 1 and len({*currencies}) > 1:
            message = f"the row names {' and '.join(sorted({*currencies}))}"
            field: Field = "currency" if named else "value"
            problems.append(CellProblem(self._headers[field], currency, "two-currencies", message, None))
        amount = None if worth is None else worth.value
        if amount == 0 and self._zero_is_unknown:
            amount = None
        deal = Deal(
            value=amount,
            currency=named or min(currencies, default=self._currency),
            margin=None if gain is None else gain.value,
        )
        return ParsedDeal(deal, tuple(problems))

    def _amount(self, field: Field, cell: str, problems: list[CellProblem]) -> Amount | None:
        if self._is_unknown(cell):
            return None
        try:
            return read_amount(cell, self._mark, self._mark_option)
        except AmountError as error:
            problems.append(CellProblem(self._headers[field], cell, error.code, error.message, error.hint))
            return Amount(Fraction(0), None)

    def _is_unknown(self, cell: str) -> bool:
        """Whether a cell of a deal is blank, or one of the mapping's texts for unknown, spelt as answers may be."""
        if not cell:
            return True
        text = cell.strip()
        # folding loses the sign: a mapping that calls -1 unknown says nothing of 1
        if text in self._unknown or not self._unknown_folded:
            return text in self._unknown
        return not _has_digit(text) and folded_cell(text) in self._unknown_folded

    def _currency_of(self, cell: str, problems: list[CellProblem]) -> str | None:
        if self._is_unknown(cell):
            return None
        found = currency_of(cell)
        if found:
            return found
        message = f"{quoted(cell)} is no currency"
        hint = "write three letters such as EUR"
        problems.append(CellProblem(self._headers["currency"], cell, "bad-currency", message, hint))
        return None


class ClosedDeals:
    """
    Tells deals that are won or lost by their stage in the CRM: they are scored like all others, and never ranked.

    Args:
        position: of the column that says the stage; None if there is none.
        more: further stages of closed deals, as a mapping names them.
    """

    def __init__(self, position: int | None, more: Iterable[str] = ()) -> None:
        self._position = position
        closed = CLOSED.union(map(folded_header, more))
        self._is_closed = lru_cache(MOST_KEPT)(lambda stage: folded_header(stage) in closed)

    def stage(self, cells: Sequence[str]) -> str | None:
        """Return the stage of a closed deal; None if the deal is not closed."""
        if self._position is None:
            return None
        text = cells[self._position]
        return text.strip() if self._is_closed(text) else None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
