"""Reads what is at stake in a deal from the cells of its row."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from fitcheck.amounts import OPTION, Amount, AmountError, Marks, is_nothing, read_amount, share_of
from fitcheck.currencies import Sign, currency_of
from fitcheck.decision.content.cost_model import PERS, Deal, Per
from fitcheck.folding import bare, folded_cell
from fitcheck.mapping import ColumnMapping, Field
from fitcheck.nearest import nearest, quoted
from fitcheck.table.match.cells import CellProblem
from fitcheck.table.match.columns import Match, Matching
from fitcheck.table.match.shares import is_share_like, share_in
from fitcheck.table.match.units import Unit, unit_of

BLANKS = frozenset(("", "-", "--"))
"""Cells of a deal that nobody filled in."""

_ONCE = ("once", "one time", "one off", "einmalig", "einmal", "una vez", "una tantum", "unique")
_YEAR = (
    "year", "yearly", "annual", "annually", "per year", "p.a.", "a year", "jahr", "jährlich", "an", "année", "annuel",
    "año", "anual", "anno", "annuale", "ano", "jaar", "jaarlijks", "rok",
)  # fmt: skip
_PERIODS: dict[str, Per] = {**dict.fromkeys(_ONCE, "once"), **dict.fromkeys(_YEAR, "year")}
"""Words for the period of a value, in folded spelling."""


class ParsedDeal(NamedTuple):
    """
    What the cells of a deal say.

    Attributes:
        deal: what is at stake.
        problems: what is wrong; no such row is scored.
        unsure: cells that may mean two things, and were taken for unknown.
    """

    deal: Deal
    problems: tuple[CellProblem, ...]
    unsure: tuple[CellProblem, ...] = ()


class _Column(NamedTuple):
    """A column that says what is at stake, with the unit of its header."""

    match: Match
    field: Field
    unit: Unit


class DealReader:
    """
    Reads the deals of one table.

    Args:
        matching: which columns tell the deal.
        mapping: what the cells mean beside amounts.
        marks: what is known of the decimal mark of amounts.
        mark_option: how the user names a decimal mark, for a hint.
        home: our own currency, for signs that several share.

    Attributes:
        positions: of the columns, in the order in which `read` wants their cells.
        headers: of the same columns.
    """

    def __init__(
        self,
        matching: Matching,
        mapping: ColumnMapping | None,
        marks: Marks,
        mark_option: str = OPTION,
        home: str | None = None,
    ) -> None:
        self._marks, self._mark_option = marks, mark_option
        self._columns = [
            _Column(match, match.column.field, unit_of(match.header)[1])
            for match in matching.terms
            if match.column and match.column.field
        ]
        self.positions = tuple(column.match.position for column in self._columns)
        self.headers = frozenset(column.match.header for column in self._columns)
        self._currency = mapping.currency if mapping else None
        self._preferred = [code for code in (self._currency, home) if code]
        self._zero_is_unknown = mapping is not None and mapping.zero_is_unknown
        unknown = [text.strip() for text in mapping.unknown] if mapping else []
        self._unknown = BLANKS.union(unknown)
        self._unknown_folded = {folded_cell(text) for text in unknown if not _has_digit(text)}

    def read(self, cells: Sequence[str]) -> ParsedDeal:
        """Read the cells of a deal, one for each of `positions`."""
        return _Reading(self, cells).parsed()

    def is_unknown(self, cell: str) -> bool:
        """Whether a cell of a deal is blank, or one of the mapping's texts for unknown, spelt as answers may be."""
        if not cell:
            return True
        text = bare(cell)
        # folding loses the sign: a mapping that calls -1 unknown says nothing of 1
        if text in self._unknown or is_nothing(text):
            return True
        return bool(self._unknown_folded) and not _has_digit(text) and folded_cell(text) in self._unknown_folded

    def known(self, cells: Sequence[str]) -> dict[Field, tuple[_Column, str]]:
        """Return the cells that say something, by field; hours spent have their own way."""
        return {
            column.field: (column, cell)
            for column, cell in zip(self._columns, cells, strict=True)
            if column.field != "hours_spent" and not self.is_unknown(cell)
        }

    def hours(self, cells: Sequence[str]) -> list[tuple[_Column, str]]:
        """Return the cells of hours spent that say something."""
        pairs = zip(self._columns, cells, strict=True)
        return [(column, cell) for column, cell in pairs if column.field == "hours_spent" and not self.is_unknown(cell)]

    def amount(self, column: _Column, cell: str) -> Amount:
        """
        Return an amount in the unit of its column.

        Raises:
            AmountError: the cell holds none.
        """
        found = read_amount(cell, self._marks, self._mark_option)
        return found._replace(value=found.value * 10**column.unit.power) if column.unit.power else found

    def currency(self, signs: Sequence[Sign]) -> str | Sign | None:
        """Return the currency that all signs can be; one of them where nobody can tell which that is."""
        if not signs:
            return self._currency
        codes = [code for code in signs[0].codes if all(code in sign.codes for sign in signs)]
        if len(codes) == 1:
            return codes[0]
        chosen = [code for code in self._preferred if code in codes]
        usual = [sign.usual for sign in signs if sign.usual in codes]
        return next(iter((*chosen, *usual)), None) or signs[0]

    def is_zero_unknown(self) -> bool:
        """Whether 0 means that nobody filled the value in."""
        return self._zero_is_unknown


class _Reading:
    """One deal as it is read: what is wrong is collected on the way."""

    def __init__(self, reader: DealReader, cells: Sequence[str]) -> None:
        self._reader, self._cells = reader, cells
        self._known = reader.known(cells)
        self._signs: list[tuple[_Column, str, Sign]] = []
        self.problems: list[CellProblem] = []
        self.unsure: list[CellProblem] = []

    def parsed(self) -> ParsedDeal:
        reader = self._reader
        value = self._money("value")
        margin = self._margin(value)
        named = self._named_currency()
        if value == 0 and reader.is_zero_unknown():
            value = None
        found = self._currency(named) if value is not None or margin is not None or named else reader.currency(())
        per, months = self._per(), self._positive("months")
        hours = {column.match.column.role: spent for column, cell in reader.hours(self._cells)
                 if column.match.column and (spent := self._hours(column, cell)) is not None}  # fmt: skip
        chance = self._chance()
        if self.problems:
            return ParsedDeal(Deal(), tuple(self.problems), tuple(self.unsure))
        deal = Deal(
            value=value,
            currency=found if isinstance(found, str) else None,
            margin=margin,
            win_probability=chance,
            per=per or "once",
            months=months if per == "year" else None,
            hours_spent=cast("dict[str, Fraction]", hours),
        )
        return ParsedDeal(deal, (), tuple(self.unsure))

    def _problem(self, column: _Column, cell: str, code: str, message: str, hint: str | None) -> None:
        self.problems.append(CellProblem(column.match.header, cell, code, message, hint))

    def _named_currency(self) -> Sign | None:
        column, cell = self._known.get("currency", (None, ""))
        if column is None:
            return None
        sign = currency_of(bare(cell))
        if sign is None:
            self._problem(
                column, cell, "bad-currency", f"{quoted(cell)} is not a currency", "write three letters, e.g. EUR"
            )
        return sign

    def _money(self, field: Field) -> Fraction | None:
        column, cell = self._known.get(field, (None, ""))
        if column is None:
            return None
        try:
            amount = self._reader.amount(column, cell)
        except AmountError as error:
            hint = error.hint
            if error.code == "no-amount":
                hint = f"{hint}; if many cells say this, list it in a mapping: unknown: [{quoted(bare(cell))}]"
            self._problem(column, cell, error.code, error.message, hint)
            return Fraction(0)
        self._signs += [(column, cell, sign) for sign in (amount.sign, column.unit.sign) if sign]
        return amount.value

    def _margin(self, value: Fraction | None) -> Fraction | None:
        column, cell = self._known.get("margin", (None, ""))
        if column is None:
            return None
        kind = column.match.share
        if kind == "amount" and share_of(cell) is None:
            before = len(self._signs)
            margin = self._money("margin")
            is_plain = len(self._signs) == before and not column.unit.power
            if margin is None or value is None or not is_plain or not is_share_like(margin, value):
                return margin
            self._in_doubt(column, cell)
            return None
        share = share_in(cell, kind)
        if share is None:
            self._in_doubt(column, cell)
        return None if share is None or value is None else value * share

    def _in_doubt(self, column: _Column, cell: str) -> None:
        message = f"{quoted(cell.strip())} may be a share or an amount; the margin counts as unknown"
        hint = "write 35 % for a share, or EUR 35 for an amount"
        self.unsure.append(CellProblem(column.match.header, cell, "share-or-amount", message, hint))

    def _currency(self, named: Sign | None) -> str | None:
        signs = [sign for _, _, sign in self._signs]
        every = [named, *signs] if named else signs
        if every and not set.intersection(*({*sign.codes} for sign in every)):
            codes = sorted({sign.usual or sign.codes[0] for sign in every})
            column, cell = self._known["currency"] if named else self._signs[0][:2]
            self._problem(column, cell, "two-currencies", f"the row names {' and '.join(codes)}", None)
            return None
        found = self._reader.currency(every)
        if isinstance(found, Sign):
            column, cell = self._known["currency"] if named else self._signs[0][:2]
            names = ", ".join(found.codes[:5])
            hint = f'name it in a column "currency", or for all rows in a mapping: "currency: {found.codes[0]}"'
            self._problem(column, cell, "which-currency", f"{quoted(cell.strip())} may be in {names}", hint)
            return None
        return found

    def _per(self) -> Per | None:
        column, cell = self._known.get("per", (None, ""))
        if column is None:
            return None
        word = folded_cell(cell)
        found = _PERIODS.get(word)
        if found is None:
            hint = nearest(word, PERS)
            self._problem(column, cell, "unknown-period", f"{quoted(cell)} is not a period", hint)
        return found

    def _positive(self, field: Field) -> Fraction | None:
        column, cell = self._known.get(field, (None, ""))
        if column is None:
            return None
        found = self._hours(column, cell)
        if found == 0:
            self._problem(column, cell, "out-of-range", f"{quoted(cell)}: must be above 0", None)
        return found

    def _hours(self, column: _Column, cell: str) -> Fraction | None:
        try:
            amount = self._reader.amount(column, cell)
        except AmountError as error:
            self._problem(column, cell, "bad-number", f"{quoted(cell)} is not a number of {column.field}", error.hint)
            return None
        return amount.value

    def _chance(self) -> Fraction | None:
        column, cell = self._known.get("win_probability", (None, ""))
        if column is None:
            return None
        found = share_in(cell, column.match.share)
        if found is None:
            message = f"{quoted(cell)} is not a probability"
            self._problem(column, cell, "bad-probability", message, "write 0.3 or 30 %")
        return found


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
