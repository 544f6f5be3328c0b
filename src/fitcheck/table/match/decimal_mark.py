"""Infers the decimal mark of amounts from the first rows of a table."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from fitcheck.amounts import proofs
from fitcheck.mapping import ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.table.match.columns import Matching
from fitcheck.table.read.lines import LONGEST
from fitcheck.table.read.records import Record
from fitcheck.table.read.settings import Settings

PROOF_ROWS = 1_000
"""First rows that may prove how a column writes its decimals."""

PROOF_CHARACTERS = LONGEST
"""How much of them is in memory for that, where they are very long [characters]."""

MARKS = {".": "point", ",": "comma"}
"""Decimal marks, as they are called."""


class DecimalMark(NamedTuple):
    """
    How amounts are to be read.

    Attributes:
        mark: between units and fractions; None where nothing says or proves it.
        remarks: a sentence for the user if amounts prove both marks.
    """

    mark: str | None
    remarks: tuple[str, ...] = ()


def infer_decimal_mark(
    first: Iterable[Record], matching: Matching, settings: Settings, mapping: ColumnMapping | None
) -> DecimalMark:
    """
    Return the decimal mark that somebody says, or else the first rows prove.

    Args:
        first: rows of the table, of which `PROOF_ROWS` are looked at.
        matching: says which columns hold amounts.
        settings: may say the mark.
        mapping: likewise.
    """
    said = settings.decimal or (mapping.decimal if mapping else None)
    money = [match.position for field, match in matching.fields.items() if field in {"value", "margin"}]
    if said is not None or not money:
        return DecimalMark(said)
    sound = (record for record in islice(first, PROOF_ROWS) if record.fault is None and record.cells)
    found = proofs((record.line, record.cells[position]) for record in sound for position in money)
    if len(found) < len(MARKS):
        return DecimalMark(next(iter(found), None))
    shown = [f"{quoted(cell)} in line {line} the {MARKS[mark]}" for mark, (line, cell) in sorted(found.items())]
    remark = (
        f"amounts prove both decimal marks: {' and '.join(shown)}; --decimal point or comma says how others are meant"
    )
    return DecimalMark(None, (remark,))


def look_ahead(rows: Iterator[Record]) -> tuple[list[Record], Iterator[Record]]:
    """Return the first rows, as many as may prove something, and all rows."""
    first: list[Record] = []
    length = 0
    for record in islice(rows, PROOF_ROWS):
        first.append(record)
        length += sum(map(len, record.cells)) + len(record.raw)
        if length >= PROOF_CHARACTERS:
            break
    return first, chain(first, rows)
