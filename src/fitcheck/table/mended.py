"""Puts rows that were rejected and fixed since back in their old place, while the whole table is scored again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Place, Problem
from fitcheck.table.match.opening import Opened
from fitcheck.table.read.records import REJECT_COLUMNS, Record
from fitcheck.table.score.reject_messages import unresolved_fault
from fitcheck.table.write.delimited import joined_cells

ROW, PROBLEMS = REJECT_COLUMNS


def mended_rows(rejects: Opened, header: Sequence[str]) -> dict[int, Record]:
    """
    Return the rows of a file of rejects by the line of the table that they come from.

    A row of which only the whole was at fault counts once its cell in `fit_problems` is empty.

    Args:
        rejects: the file, fixed by a person.
        header: of the table.

    Raises:
        DocumentError: the file has no column for the line, or lacks one of the table's; or a row has no line, or
            another one's.
    """
    at = {name.strip(): position for position, name in enumerate(rejects.header)}
    order = _order(rejects.header, header)
    if ROW not in at or order is None:
        where = Place(rejects.file, rejects.header_line)
        message = "this file does not have the columns of the table" if ROW in at else f"this file has no column {ROW}"
        hint = "name the rejects file that a run of this table wrote"
        raise DocumentError(Problem("not-its-rejects", message, where, hint=hint))
    found = dict[int, Record]()
    for record in rejects.records:
        if record.is_blank:
            continue
        where = Place(rejects.file, record.line)
        if record.fault:
            raise DocumentError(Problem(record.fault.code, record.fault.message, where))
        line = record.cells[at[ROW]].strip().removesuffix(".0")
        if not (line.isdecimal() and line.isascii()) or int(line) in found:
            message = f"{quoted(line)} in {ROW} must be the line of one row of the table"
            raise DocumentError(Problem("no-line", message, where, hint=f"leave the cells of {ROW} as they were"))
        if PROBLEMS not in at or unresolved_fault(record.cells[at[PROBLEMS]]) is None:
            found[int(line)] = _placed(record, order, int(line))
    return found


def _order(rejects: Sequence[str], header: Sequence[str]) -> list[int | None] | None:
    """Return where each column of the table stands in its rejects, None for one of ours; None if one is missing."""
    own = [k for k, name in enumerate(rejects) if name.strip() not in REJECT_COLUMNS]
    wanted = [k for k, name in enumerate(header) if name.strip() not in REJECT_COLUMNS]
    names = [rejects[k].strip() for k in own]
    if names == [header[k].strip() for k in wanted]:
        found = dict(zip(wanted, own, strict=True))
    elif len({*names}) == len(names) and {*names} >= {header[k].strip() for k in wanted}:
        found = {k: own[names.index(header[k].strip())] for k in wanted}
    else:
        return None
    return [found.get(k) for k in range(len(header))]


def _placed(record: Record, order: Sequence[int | None], line: int) -> Record:
    """Return a fixed row with its cells in the order of the table's."""
    cells = ["" if position is None else record.cells[position] for position in order]
    members = tuple(pair for pair in record.members if pair[0].strip() not in REJECT_COLUMNS)
    return Record(line, cells, "", members=members)


def with_mended(opened: Opened, mended: Mapping[int, Record]) -> Opened:
    """Return a table in which fixed rows stand in the place of those that they come from; see `mended_rows`."""
    return replace(opened, records=_merged(opened, mended))


def _merged(opened: Opened, mended: Mapping[int, Record]) -> Iterator[Record]:
    """
    Yield the rows of a table, and fixed ones instead of theirs.

    Raises:
        DocumentError: at the end, if the table has no row where one comes from.
    """
    left = dict(mended)
    for record in opened.records:
        fixed = left.pop(record.line, None)
        if fixed is None:
            yield record
        elif opened.dialect is None:
            yield fixed
        else:
            yield fixed._replace(raw=joined_cells(fixed.cells, opened.dialect.delimiter))
    if left:
        lines = ", ".join(f"{line:,}" for line in sorted(left)[:3])
        message = f"the table has no row in line {lines}, where a fixed row belongs"
        hint = "name the table that was scored when the rejects were written"
        raise DocumentError(Problem("no-such-row", message, Place(opened.file), hint=hint))
