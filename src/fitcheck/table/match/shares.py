"""Margins and probabilities that are shares: how a column writes them, and what a cell of it means."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from fitcheck.amounts import plain_number, read_amount, share_of
from fitcheck.mapping import Field
from fitcheck.table.match.units import unit_of

Share = Literal["amount", "percent", "fraction", "unsure"]
"""How figures are written: as money, as 35 for 35 %, as 0.35 for it, or so that nobody can tell."""

LEAST_VALUE, MOST_PERCENT = 1_000, 100
"""Beside values from thousands on, a margin of at most a hundred is hardly one of money."""


def share_kind(field: Field | None, header: str, cells: Sequence[str], values: Sequence[str]) -> Share:
    """
    Say how a column of margins or probabilities is written.

    Args:
        field: margin or win_probability.
        header: of the column.
        cells: of the first rows.
        values: those of the deals' values in the same rows; none where there is no such column.

    >>> share_kind("margin", "Margin %", ["35", "20"], ["40000", "1"])
    'percent'
    >>> share_kind("margin", "Margin", ["0.3"], ["9000"])
    'fraction'
    """
    numbers = [number for cell in cells if (number := plain_number(cell))]
    if unit_of(header)[1].is_percent:
        return "fraction" if numbers and max(numbers) <= 1 else "percent"
    if field == "win_probability":
        return "fraction"
    pairs = [
        (number, is_share_like(number, worth))
        for cell, value in zip(cells, values, strict=False)
        if (number := plain_number(cell)) and (worth := _money(value)) is not None
    ]
    alike = [number for number, is_alike in pairs if is_alike]
    if not alike or len(alike) * 2 <= len(pairs):
        return "amount"
    if len(alike) < len(pairs):
        return "unsure"
    return "fraction" if max(alike) <= 1 else "percent" if min(alike) > 1 else "unsure"


def is_share_like(number: Fraction, worth: Fraction) -> bool:
    """Whether a margin beside a value may be a share of it."""
    return 0 < number <= MOST_PERCENT and worth >= LEAST_VALUE


def share_in(cell: str, kind: Share) -> Fraction | None:
    """
    Return the share that a cell of a column is; None where nobody can tell.

    >>> share_in("35 %", "amount"), share_in("35", "percent"), share_in("0.35", "percent"), share_in("0.35", "fraction")
    (Fraction(7, 20), Fraction(7, 20), None, Fraction(7, 20))
    """
    said = share_of(cell)
    number = plain_number(cell)
    if said is not None:
        found: Fraction | None = said
    elif number is None:
        return None
    elif kind == "percent":
        found = number / 100 if number > 1 or number == 0 else None
    else:
        found = number if kind == "fraction" or number == 0 else None
    return found if found is not None and 0 <= found <= 1 else None


def _money(cell: str) -> Fraction | None:
    try:
        return read_amount(cell).value
    except ValueError:
        return None
