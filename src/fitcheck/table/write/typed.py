"""Writes scored rows as spreadsheets and Parquet, whose cells have types, in constant memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any, Protocol

from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError
from fitcheck.table.match.opening import Opened
from fitcheck.table.read.records import Record
from fitcheck.table.read.typed_rows import missing_extra, nested_text, text_of
from fitcheck.table.write.out_columns import OutColumn, typed_by

SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384
SHEET_CHARACTERS = 32_767
"""What a sheet of a spreadsheet can hold: rows, columns, and characters in a cell."""

FIRST_YEAR = 1904
"""Spreadsheets agree on days from this year on."""

ROWS = 10_000
"""Rows of a row group of Parquet, which are in memory at a time."""

_EXACT_WHOLE = 2**53


class _RowWriter(Protocol):
    """Takes rows of values."""

    def write(self, values: Sequence[Any]) -> None:
        """Write one row, with a value for every column."""

    def close(self) -> None:
        """Write what is left; without it nothing is promised of the file."""

    def discard(self) -> None:
        """Give up: let go of what was opened, whatever stands in the file."""


class TypedWriter:
    """
    Writes scored rows in a format whose cells have types.

    Args:
        writer: of rows.
        positions: of the table's columns that are written.
        ours: our columns.
        own_as_text: the table's cells are written as text, even those that have a type.
    """

    def __init__(
        self, writer: _RowWriter, positions: Sequence[int], ours: Sequence[OutColumn], *, own_as_text: bool
    ) -> None:
        self._writer, self._positions, self._as_text = writer, positions, own_as_text
        self._typed = [typed_by(column.kind) for column in ours]

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our values."""
        cells = record.values if record.values and not self._as_text else record.cells
        own = [cells[position] for position in self._positions]
        self._writer.write([*own, *(typed(text) for typed, text in zip(self._typed, texts, strict=True))])


@contextmanager
def typed_writer(
    kind: str, path: Path, opened: Opened, own: Sequence[int] | None, ours: Sequence[OutColumn]
) -> Iterator[TypedWriter]:
    """
    Write a spreadsheet or a Parquet file, which is complete when the block ends without an error.

    Args:
        kind: xlsx or parquet.
        path: of the file.
        opened: the table that is read.
        own: positions of its columns that are kept; None for all.
        ours: our columns.

    Raises:
        UsageError: `missing-extra`, or `too-large-for-a-sheet`, here and for every row.
    """
    named = own_columns(opened.header, own)
    writer: _RowWriter
    if kind == "xlsx":
        writer = XlsxWriter(path, [*named, *(column.name for column in ours)])
    else:
        from fitcheck.table.read.parquet import ParquetWriter  # noqa: PLC0415 - rare, and imports a library

        types = opened.types
        kinds = {name: types[position] if types is not None else "text" for name, position in named.items()}
        writer = ParquetWriter(path, kinds | {column.name: column.kind for column in ours})
    # a column of Parquet has one type, cells of a sheet have each their own: such a column is text
    as_text = kind == "parquet" and opened.types is None
    try:
        yield TypedWriter(writer, [*named.values()], ours, own_as_text=as_text)
        writer.close()
    except BaseException:
        writer.discard()
        raise


def own_columns(header: Sequence[str], positions: Sequence[int] | None) -> Mapping[str, int]:
    """
    Return the position of each column that is kept, by a name that no other has.

    >>> own_columns(["id", "", "id", "id_2"], None)
    {'id': 0, 'column_2': 1, 'id_3': 2, 'id_2': 3}
    """
    kept = range(len(header)) if positions is None else positions
    names = [header[position] for position in kept]
    found = dict[str, int]()
    for number, (name, position) in enumerate(zip(names, kept, strict=True), 1):
        unique = name if name and name not in found else f"{name or 'column'}_{number}"
        while unique in found or (unique != name and unique in names):
            unique += "_"
        found[unique] = position
    return found


class XlsxWriter:
    """
    Writes one sheet. Text stays text: never a formula, a link or a number.

    Args:
        path: of the file.
        header: names of the columns, the first row.
        title: name of the sheet.

    Raises:
        UsageError: `missing-extra`; here and in `write`, `too-large-for-a-sheet`.
    """

    def __init__(self, path: Path, header: Sequence[str], title: str = "fitcheck") -> None:
        try:
            from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra without types
        except ImportError:
            raise missing_extra("XLSX", "xlsx") from None
        if len(header) > SHEET_COLUMNS:
            raise _too_large(f"a sheet holds {SHEET_COLUMNS:,} columns, these are {len(header):,}")
        self._book = Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - the same bytes every time
        self._sheet = self._book.add_worksheet(title)
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._row = 0
        self.write(header)
        self._sheet.freeze_panes(1, 0)

    def write(self, values: Sequence[Any]) -> None:
        """Write one row."""
        if self._row == SHEET_ROWS:
            raise _too_large(f"a sheet holds {SHEET_ROWS:,} rows, its header among them")
        for column, value in enumerate(values):
            if isinstance(value, bool):
                self._sheet.write_boolean(self._row, column, value)
            elif isinstance(value, int | float) and isfinite(value) and abs(value) <= _EXACT_WHOLE:
                self._sheet.write_number(self._row, column, value)
            elif isinstance(value, date) and value.year >= FIRST_YEAR and getattr(value, "tzinfo", None) is None:
                moment = isinstance(value, datetime)
                self._sheet.write_datetime(self._row, column, value, self._moment if moment else self._day)
            elif value is not None:
                text = text_of(value)
                text = nested_text(value) if text is None else text
                if len(text.encode("utf-16-le")) // 2 > SHEET_CHARACTERS:
                    raise _too_large(f"a cell holds {SHEET_CHARACTERS:,} characters, {quoted(text)} is longer")
                if text:
                    self._sheet.write_string(self._row, column, text)
        self._row += 1

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def discard(self) -> None:
        """Let go of the files in which rows were kept, and write none."""
        kept = self._sheet.row_data_fh
        kept.close()
        Path(kept.name).unlink(missing_ok=True)


def _too_large(message: str) -> UsageError:
    return UsageError(Problem("too-large-for-a-sheet", message, hint="write CSV, JSON Lines or Parquet"))
