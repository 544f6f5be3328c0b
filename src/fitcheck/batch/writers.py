"""Rows into JSON Lines and spreadsheets, one at a time, in constant memory."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Protocol, TextIO

from fitcheck.batch.formats import as_json, missing_extra, nested_text, text_of
from fitcheck.nearest import quoted
from fitcheck.problems import Problem, UsageError

Cell = str | int | float | bool | date | Sequence[Any] | Mapping[str, Any] | None
"""What can stand in a row that is written; anything else, and lists and objects in a sheet, stand there as text."""

SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384
SHEET_CHARACTERS = 32_767
"""What a sheet of a spreadsheet can hold: rows, columns, and characters in a cell."""

FIRST_YEAR = 1904
"""Spreadsheets agree on days from this year on."""

_EXACT_WHOLE = 2**53


class RowWriter(Protocol):
    """What rows are written to."""

    def write(self, cells: Sequence[Cell]) -> None:
        """Write one row, with a cell for every column."""

    def close(self) -> None:
        """Write what is left; without it nothing is promised of the file."""

    def discard(self) -> None:
        """Give up: let go of what was opened, whatever stands in the file."""


class JsonlWriter:
    r"""
    Writes one JSON object a line, its keys in the order of the columns; None is null.

    Args:
        stream: text that is encoded as UTF-8 and does not turn line ends into others. It stays open.
        header: names of the columns, each once.

    >>> import io
    >>> stream = io.StringIO()
    >>> JsonlWriter(stream, ["id", "fit_score"]).write(["007", None])
    >>> stream.getvalue()
    '{"id": "007", "fit_score": null}\n'
    """

    def __init__(self, stream: TextIO, header: Sequence[str]) -> None:
        from json import JSONEncoder  # noqa: PLC0415 - most tables are no JSON Lines

        self._stream, self._header = stream, unique(header)
        self._encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode

    def write(self, cells: Sequence[Cell]) -> None:
        """Write one row; lists and objects as such, days, and numbers that JSON has no words for, as text."""
        plain = [cell if cell is None or isinstance(cell, str | int) else _json_cell(cell) for cell in cells]
        self._stream.write(self._encode(dict(zip(self._header, plain, strict=True))) + "\n")

    def close(self) -> None:
        """Leave the stream to who opened it."""

    discard = close


def _json_cell(cell: Cell) -> Any:
    if isinstance(cell, float) and isfinite(cell):
        return int(cell) if cell.is_integer() and abs(cell) <= _EXACT_WHOLE else cell
    text = text_of(cell)
    return as_json(cell) if text is None else text


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

    def __init__(self, path: str | PathLike[str], header: Sequence[str], title: str = "fitcheck") -> None:
        try:
            from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra without types
        except ImportError:
            raise missing_extra("XLSX", "xlsx") from None
        if len(header) > SHEET_COLUMNS:
            raise _too_large(f"a sheet holds {SHEET_COLUMNS:,} columns, these are {len(header):,}")
        self._book = Workbook(fspath(path), {"constant_memory": True})
        self._book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - the same bytes every time
        self._sheet = self._book.add_worksheet(title)
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._row = 0
        self.write(header)
        self._sheet.freeze_panes(1, 0)

    def write(self, cells: Sequence[Cell]) -> None:
        """Write one row."""
        if self._row == SHEET_ROWS:
            raise _too_large(f"a sheet holds {SHEET_ROWS:,} rows, its header among them")
        for column, cell in enumerate(cells):
            if isinstance(cell, bool):
                self._sheet.write_boolean(self._row, column, cell)
            elif isinstance(cell, int | float) and isfinite(cell) and abs(cell) <= _EXACT_WHOLE:
                self._sheet.write_number(self._row, column, cell)
            elif isinstance(cell, date) and cell.year >= FIRST_YEAR and getattr(cell, "tzinfo", None) is None:
                moment = isinstance(cell, datetime)
                self._sheet.write_datetime(self._row, column, cell, self._moment if moment else self._day)
            elif cell is not None:
                text = text_of(cell)
                text = nested_text(cell) if text is None else text
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


def unique(header: Sequence[str]) -> list[str]:
    """
    Return names of which none comes twice, for formats that need that.

    >>> unique(["id", "", "id", "id_2"])
    ['id', 'column_2', 'id_3', 'id_2']
    """
    taken = set(header)
    names: list[str] = []
    seen: set[str] = set()
    for position, name in enumerate(header, 1):
        named = name if name and name not in seen else f"{name or 'column'}_{position}"
        while named in seen or (named != name and named in taken):
            named += "_"
        seen.add(named)
        names.append(named)
    return names


def _too_large(message: str) -> UsageError:
    return UsageError(Problem("too-large-for-a-sheet", message, hint="write CSV, JSON Lines or Parquet"))
