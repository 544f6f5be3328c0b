"""Writes scored and rejected rows as delimited text."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import BinaryIO

from fitcheck.table.match.opening import Opened
from fitcheck.table.read.dialect import DELIMITERS
from fitcheck.table.read.records import QUOTE, REJECT_COLUMNS, Record
from fitcheck.table.write.out_columns import SEVERAL, ColumnSelection

BOM = BOM_UTF8
"""Marks UTF-8 for spreadsheets; written where the table that was read had a mark too, or was not UTF-8 at all."""

ROWS_AT_ONCE = 500


def quoted_cell(cell: str, delimiter: str) -> str:
    r"""
    Return a cell as it stands in delimited text, in quotes where RFC 4180 asks for them.

    >>> quoted_cell("a,b", ","), quoted_cell('6" pipe', ","), quoted_cell("plain", ",")
    ('"a,b"', '"6"" pipe"', 'plain')
    """
    if delimiter in cell or QUOTE in cell or "\n" in cell or "\r" in cell:
        return f'"{cell.replace(QUOTE, QUOTE + QUOTE)}"'
    return cell


def joined_cells(cells: Sequence[str], delimiter: str) -> str:
    """Return a row without its line end."""
    text = delimiter.join(cells)
    if text.count(delimiter) == len(cells) - 1 and not (QUOTE in text or "\n" in text or "\r" in text):
        return text
    return delimiter.join([quoted_cell(cell, delimiter) for cell in cells])


def encoded(text: str) -> bytes:
    """Return text as UTF-8; bytes that could not be decoded come out as they were."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape") if _only_bytes(text) else text.encode("utf-8", "replace")


def readable(text: str) -> str:
    r"""
    Return a text in which bytes that could not be decoded are shown as the letters that Windows has for them.

    >>> readable("Caf\udce9 \udc81")
    'Café \ufffd'
    """
    if text.isascii():
        return text
    return "".join(_letter(char) if "\udc00" <= char <= "\udcff" else char for char in text)


def _letter(char: str) -> str:
    return bytes([ord(char) - 0xDC00]).decode("cp1252", "replace")


def _only_bytes(text: str) -> bool:
    return not any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in text)


class _DelimitedText:
    """
    Delimited text, row by row. A row of the same delimiter of which all columns are kept goes out as it came in.

    Args:
        file: takes bytes.
        opened: the table that is read.
        delimiter: of the text to write.
        positions: of the table's columns that are kept; None for all.
        more: headers of our columns.
    """

    def __init__(
        self, file: BinaryIO, opened: Opened, delimiter: str, positions: Sequence[int] | None, more: Sequence[str]
    ) -> None:
        dialect = opened.dialect
        self.delimiter = delimiter
        self._file, self._positions = file, positions
        self._end = "\r\n" if dialect and dialect.line_end == "\r\n" else "\n"
        self._keeps_text = positions is None and dialect is not None and dialect.delimiter == delimiter
        self._waiting: list[str] = []
        if dialect and (dialect.bom or dialect.encoding != "utf-8"):
            file.write(BOM)
        if delimiter not in DELIMITERS:  # nobody would guess it
            file.write(encoded(f"sep={delimiter}{self._end}"))
        file.write(encoded(joined_cells([*self._kept(opened.header), *more], delimiter) + self._end))

    def _kept(self, cells: Sequence[str]) -> Sequence[str]:
        return cells if self._positions is None else [cells[position] for position in self._positions]

    def text(self, record: Record) -> str:
        """Return the table's part of a row."""
        return record.raw if self._keeps_text else self.joined(record.cells)

    def joined(self, cells: Sequence[str]) -> str:
        """Return those of the table's cells that are kept."""
        return joined_cells(self._kept(cells), self.delimiter)

    def write(self, text: str) -> None:
        """Write a row, a few hundred at a time; one blank cell is quoted, or it would be read as a blank line."""
        self._waiting.append(text or '""')
        if len(self._waiting) >= ROWS_AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """Bring the last rows to the file."""
        if self._waiting:
            self._file.write(encoded(self._end.join(self._waiting) + self._end))
            self._waiting.clear()


class DelimitedWriter:
    """Scored rows as delimited text."""

    def __init__(self, file: BinaryIO, opened: Opened, delimiter: str, columns: ColumnSelection) -> None:
        self._out = _DelimitedText(file, opened, delimiter, columns.own, columns.fit)
        self._has_own, self._has_fit = columns.own != (), bool(columns.fit)
        self.finish = self._out.finish

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our texts."""
        parts = [self._out.text(record)] if self._has_own else []
        parts += [joined_cells(texts, self._out.delimiter)] if self._has_fit else []
        self._out.write(self._out.delimiter.join(parts))


class DelimitedRejects:
    """Rejected rows as delimited text, with place and reason: to fix and re-run."""

    def __init__(self, file: BinaryIO, opened: Opened, delimiter: str) -> None:
        header = opened.header
        own = [i for i, text in enumerate(header) if text.strip() not in REJECT_COLUMNS]
        positions = own if len(own) < len(header) else None
        self._out = _DelimitedText(file, opened, delimiter, positions, REJECT_COLUMNS)
        self._width = len(header)
        self.finish = self._out.finish

    def row(self, record: Record, problems: Sequence[str]) -> None:
        """Write a row; cells beyond the last column stay in its last cell, so that nothing is lost."""
        out = self._out
        if record.fault is None:
            own = out.text(record)
        else:
            cells = record.cells or [record.raw]
            surplus = out.delimiter.join(cells[self._width - 1 :])
            own = out.joined([*cells[: self._width - 1], *[""] * (self._width - 1 - len(cells)), surplus])
        said = quoted_cell(SEVERAL.join(problems), out.delimiter)
        out.write(f"{readable(own)}{out.delimiter}{record.line}{out.delimiter}{said}")
