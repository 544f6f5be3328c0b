"""Reads the rows of one sheet of a spreadsheet as records."""

import io
from collections.abc import Iterator
from os import PathLike, fspath
from typing import TYPE_CHECKING

from fitcheck.nearest import nearest, quoted
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.table.read.records import Record
from fitcheck.table.read.typed_rows import Table, missing_extra, row_of, unharmed

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BEGINNINGS = (b"PK", b"\xd0\xcf\x11\xe0")
"""First bytes of an archive, as XLSX is one, and of an old spreadsheet."""

MOST_BYTES = 1_000_000_000
"""How large a spreadsheet may be once unpacked [bytes]; one that is larger may be made to fill the memory."""


def read_xlsx(source: str | PathLike[str] | bytes, *, sheet: str | None = None) -> Table:
    """
    Return all rows of a sheet from the first one on; which of them is the header is for the caller to find.

    Numbers are text as a person would write them, days are ISO dates. A cell that holds an error (#N/A) is empty.

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
        found = book.get_sheet_by_name(name)
    return Table(None, _rows(found), remarks)


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
            message = f"there is no sheet {quoted(wanted)}"
            raise UsageError(Problem("unknown-sheet", message, hint=nearest(wanted, names, show=20)))
        return wanted, ()
    seen = [about.name for about in tables if about.visible == SheetVisibleEnum.Visible] or names
    if not seen:
        raise DocumentError(Problem("no-sheet", "this spreadsheet has no sheet with rows"))
    if len(names) == 1:
        return seen[0], ()
    others = ", ".join(quoted(name) for name in names if name != seen[0])
    return seen[0], (f"read from the sheet {quoted(seen[0])}; there are others: {others}. --sheet names one",)


def _rows(sheet: "CalamineSheet") -> Iterator[Record]:
    with unharmed("a spreadsheet"):
        for number, values in enumerate(sheet.iter_rows(), 1):
            yield row_of(number, values)
