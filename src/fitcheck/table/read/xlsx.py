"""Reads the rows of one sheet of a spreadsheet as records."""

import io
from collections import defaultdict
from collections.abc import Iterator
from os import PathLike, fspath
from typing import TYPE_CHECKING

from fitcheck.nearest import nearest, quoted
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.table.read.records import Fault, Record
from fitcheck.table.read.typed_rows import Percent, Table, missing_extra, row_of, unharmed
from fitcheck.table.read.xlsx_cells import CellNotes, letters_of, notes_of, without_far_blanks

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BEGINNINGS = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of an archive, as XLSX is one, and of an old spreadsheet."""

MOST_BYTES = 1_000_000_000
"""How large a spreadsheet may be once unpacked [bytes]; one that is larger may be made to fill the memory."""


def read_xlsx(source: str | PathLike[str] | bytes, *, sheet: str | None = None) -> Table:
    """
    Return all rows of a sheet from the first one on; which of them is the header is for the caller to find.

    Numbers are figures, those that are shown as a percentage have a percent sign, days are ISO dates. An error (#N/A)
    is its text, and a formula that was never calculated a flaw of its cell.

    Args:
        source: path or bytes.
        sheet: name of the sheet; None for the first that can be seen, and a remark where there are others.

    Raises:
        UsageError: `missing-extra`, or `unknown-sheet` with the names there are.
        DocumentError: `cannot-read`, or `too-large` for what unpacks to more than `MOST_BYTES`.
    """
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise missing_extra("XLSX", "xlsx") from None

    with unharmed("a spreadsheet"):
        _refuse_bomb(source)
        book = CalamineWorkbook.from_object(io.BytesIO(source) if isinstance(source, bytes) else fspath(source))
        name, remarks = _sheet_of(book, sheet)
        notes, trimmed = _notes(source, name)
        if trimmed is not None:
            book = CalamineWorkbook.from_object(io.BytesIO(trimmed))
        found = book.get_sheet_by_name(name)
    return Table(None, _rows(found, notes), remarks)


def _notes(source: str | PathLike[str] | bytes, sheet: str) -> tuple[CellNotes, bytes | None]:
    """Return what the XML says of a sheet's cells, and the spreadsheet without blank cells far away if it has any."""
    from zipfile import ZipFile, is_zipfile  # noqa: PLC0415 - most tables are no spreadsheets

    file = io.BytesIO(source) if isinstance(source, bytes) else source
    if not is_zipfile(file):
        return CellNotes(), None
    with ZipFile(file) as packed:
        found = notes_of(packed, sheet)
        if found is None:
            return CellNotes(), None
        notes, part = found
        return notes, without_far_blanks(packed, part, notes) if notes.far_blanks else None


def _refuse_bomb(source: str | PathLike[str] | bytes) -> None:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - most tables are no spreadsheets

    try:
        with ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except BadZipFile:
        return  # an old spreadsheet is no archive; anything else is refused by who reads it
    if size > MOST_BYTES:
        message = f"this spreadsheet unpacks to {size:,} bytes, more than {MOST_BYTES:,}"
        raise DocumentError(Problem("too-large", message, hint="save its sheet as CSV"))


def _sheet_of(book: "CalamineWorkbook", wanted: str | None) -> tuple[str, tuple[str, ...]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - an extra

    tables = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
    names = [about.name for about in tables]
    if wanted is not None:
        if wanted not in names:
            message = f"unknown sheet {quoted(wanted)}"
            raise UsageError(Problem("unknown-sheet", message, hint=nearest(wanted, names, show=20)))
        return wanted, ()
    seen = [about.name for about in tables if about.visible == SheetVisibleEnum.Visible] or names
    if not seen:
        raise DocumentError(Problem("no-sheet", "this spreadsheet has no sheet with rows"))
    if len(names) == 1:
        return seen[0], ()
    others = ", ".join(quoted(name) for name in names if name != seen[0])
    return seen[0], (f"read from the sheet {quoted(seen[0])}; there are others: {others}. --sheet names one",)


def _rows(sheet: "CalamineSheet", notes: CellNotes) -> Iterator[Record]:
    left = (sheet.start or (0, 0))[1]  # rows come from the first on, columns from the first that holds anything
    noted = defaultdict[int, list[int]](list)
    for row, column in sorted((*notes.errors, *notes.uncalculated, *notes.percents)):
        if column >= left:
            noted[row].append(column)
    with unharmed("a spreadsheet"):
        for row, values in enumerate(sheet.iter_rows()):
            if row not in noted:
                yield row_of(row + 1, values)
                continue
            flaws: dict[int | str, Fault] = {}
            for column in noted[row]:
                here, at = (row, column), column - left
                values.extend([""] * (at + 1 - len(values)))
                if here in notes.uncalculated:
                    place = f"{letters_of(column)}{row + 1}"
                    message = (
                        f"{place} holds a formula that was never calculated; open and save the file in a spreadsheet"
                    )
                    flaws[at] = Fault("uncalculated-formula", message)
                elif here in notes.errors:
                    values[at] = notes.errors[here]
                elif isinstance(number := values[at], float):
                    values[at] = Percent(number)
            yield row_of(row + 1, values, flaws)
