"""Infers the decimal mark of amounts from the first rows of a table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from fitcheck.amounts import Figure, Marks, proofs
from fitcheck.mapping import ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.table.match.columns import Matching
from fitcheck.table.read.lines import LONGEST
from fitcheck.table.read.records import Record
from fitcheck.table.read.settings import Settings

PROOF_ROWS = 1_000
"""First rows that may prove how a column writes its decimals, and what its values are."""

PROOF_CHARACTERS = LONGEST
"""How much of them is in memory for that, where they are very long [characters]."""

MARKS = {".": "point", ",": "comma"}
"""Decimal marks, as they are called."""

_AMOUNTS = ("value", "margin")


class DecimalMark(NamedTuple):
    """
    How amounts are to be read.

    Attributes:
        marks: what is known of the decimal mark.
        remarks: a sentence for the user if amounts prove both marks.
    """

    marks: Marks
    remarks: tuple[str, ...] = ()


def infer_decimal_mark(
    first: Iterable[Record], matching: Matching, settings: Settings, mapping: ColumnMapping | None
) -> DecimalMark:
    """
    Return the decimal mark that somebody says, or else the first rows prove.

    A column that holds numbers and texts side by side proves nothing of its texts, and of three digits behind a mark in
    one of these nobody can tell what they are.

    Args:
        first: rows of the table, of which `PROOF_ROWS` are looked at.
        matching: says which columns hold amounts.
        settings: may say the mark.
        mapping: likewise.
    """
    said = settings.decimal or (mapping.decimal if mapping else None)
    amounts = [match for match in matching.terms if match.column and match.column.field in _AMOUNTS]
    money = [match.position for match in amounts if match.share == "amount"]
    if said is not None or not money:
        return DecimalMark(Marks(said))
    sound = [record for record in islice(first, PROOF_ROWS) if record.fault is None and record.cells]
    found = proofs((record.line, record.cells[position]) for record in sound for position in money)
    if len(found) == len(MARKS):
        shown = [f"{quoted(cell)} in line {line} the {MARKS[mark]}" for mark, (line, cell) in sorted(found.items())]
        how = "--decimal point or comma says how others are meant"
        remark = f"amounts prove both decimal marks: {' and '.join(shown)}; {how}"
        return DecimalMark(Marks(None, "".join(MARKS)), (remark,))
    if not found and any(type(record.cells[position]) is Figure for record in sound for position in money):
        return DecimalMark(Marks(None, "".join(MARKS)))
    return DecimalMark(Marks(None, "".join(found)))


def said_of_shares(matching: Matching) -> tuple[str, ...]:
    """Return a sentence for the user about a margin that is read as a share of the value."""
    return tuple(
        f"{quoted(match.header)} is read as a share of the deal's value"
        for match in matching.terms
        if match.column and match.column.field == "margin" and match.share in {"percent", "fraction"}
    )


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


def cells_of(first: Iterable[Record]) -> Sequence[Sequence[str]]:
    """Return the cells of rows that are sound."""
    return [record.cells for record in first if record.fault is None and record.cells]
