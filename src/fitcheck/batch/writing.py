"""Rows that were scored, and rows that were not, into the format that is asked for."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Protocol

from fitcheck.batch.dialect import DELIMITERS
from fitcheck.batch.opening import Opened
from fitcheck.batch.outcolumns import REJECT_COLUMNS, SEVERAL, Kept, Kind, OutColumn
from fitcheck.batch.records import QUOTE, Record
from fitcheck.batch.scoring import Rejected
from fitcheck.batch.settings import DELIMITED
from fitcheck.batch.typedwriting import TypedWriter, encoded
from fitcheck.batch.writers import JsonlWriter, RowWriter, XlsxWriter, unique
from fitcheck.decision.memo import bounded_put

BOM = BOM_UTF8
"""Marks UTF-8 for spreadsheets; written where the table that was read had a mark too, or was not UTF-8 at all."""


class Writer(Protocol):
    """Where scored rows go."""

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our texts."""

    def finish(self) -> None:
        """Bring the last of it to the file."""


class Rejects(Protocol):
    """
    Where rejected rows go.

    Attributes:
        needs_cells: whether the cells of a sound row are asked for; else its text is enough.
    """

    needs_cells: bool

    def row(self, rejected: Rejected) -> None:
        """Write a row: as much of it as there is, where it stood, and what is wrong with it."""

    def redirect(self, file: BinaryIO) -> BinaryIO:
        """Bring what was written so far to the file, go on with another one, and return the one before."""

    def finish(self) -> None:
        """Bring the last of it to the file."""


class CellQuoter:
    """Puts quotes around the cells that need them, as RFC 4180 says."""

    def __init__(self, delimiter: str) -> None:
        self._special = (delimiter, QUOTE, "\n", "\r")
        self._delimiter = delimiter
        self._known: dict[str, str] = {}

    def __call__(self, cell: str) -> str:
        """Return a cell as it stands in delimited text."""
        for special in self._special:
            if special in cell:
                return f'"{cell.replace(QUOTE, QUOTE + QUOTE)}"'
        return cell

    def line(self, cells: Sequence[str]) -> str:
        """Return a row without its line end."""
        text = self._delimiter.join(cells)
        if text.count(self._delimiter) == len(cells) - 1 and not (QUOTE in text or "\n" in text or "\r" in text):
            return text
        return self._delimiter.join(map(self, cells))

    def texts(self, texts: Sequence[str]) -> str:
        """Return the same of texts that come again and again."""
        known = self._known
        return self._delimiter.join(
            [text and (known.get(text) or bounded_put(known, text, self(text))) for text in texts]
        )


class DelimitedText:
    """
    Delimited text, row by row.

    The text of a row that was read from delimited text with the same delimiter goes out as it came in.

    Attributes:
        end: the line end.
        positions: of the table's columns that are kept; None for all.
        as_it_is: whether rows go out as they came in.

    Args:
        file: takes bytes.
        opened: the table that is read.
        delimiter: of the text to write.
        positions: of the table's columns that are kept; None for all.
    """

    def __init__(self, file: BinaryIO, opened: Opened, delimiter: str, positions: Sequence[int] | None) -> None:
        dialect = opened.delimited.dialect if opened.delimited else None
        self.file, self.delimiter = file, delimiter
        self.end = "\r\n" if dialect and dialect.line_end == "\r\n" else "\n"
        self.quoter = CellQuoter(delimiter)
        self.positions = positions
        self.as_it_is = positions is None and dialect is not None and dialect.delimiter == delimiter
        self._kept: list[str] = []
        if dialect and (dialect.bom or dialect.encoding != "utf-8"):
            file.write(BOM)

    def header(self, header: Sequence[str], more: Sequence[str]) -> None:
        """Write the first row, below the delimiter where nobody would guess it."""
        if self.delimiter not in DELIMITERS:
            self.file.write(encoded(f"sep={self.delimiter}{self.end}"))
        self.file.write(encoded(self.quoter.line([*self.own(header), *more]) + self.end))

    def own(self, cells: Sequence[str]) -> list[str]:
        """The cells that are kept."""
        return list(cells) if self.positions is None else [cells[position] for position in self.positions]

    def text(self, record: Record) -> str:
        """The table's part of a row."""
        if self.as_it_is:
            return record.raw
        return self.quoter.line(self.own(record.cells))

    def write(self, text: str) -> None:
        """Write a row, a few hundred at a time; one blank cell is quoted, or it would be read as a blank line."""
        self._kept.append(text or '""')
        if len(self._kept) >= ROWS_AT_ONCE:
            self.flush()

    def redirect(self, file: BinaryIO) -> BinaryIO:
        """Bring what was written so far to the file, go on with another one, and return the one before."""
        self.flush()
        before, self.file = self.file, file
        return before

    def flush(self) -> None:
        """Write what was kept back."""
        if self._kept:
            self.file.write(encoded(self.end.join(self._kept) + self.end))
            self._kept.clear()


ROWS_AT_ONCE = 500


class DelimitedWriter:
    """Scored rows as delimited text."""

    def __init__(self, file: BinaryIO, opened: Opened, delimiter: str, kept: Kept) -> None:
        self.out = DelimitedText(file, opened, delimiter, kept.own)
        self.out.header(opened.header, kept.fit)
        self._has_own = kept.own != ()
        self._has_fit = bool(kept.fit)

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our texts."""
        self.out.write(self.line(record, texts))

    def line(self, record: Record, texts: Sequence[str]) -> str:
        """A row without its line end."""
        if not self._has_own:
            return self.out.quoter.texts(texts)
        own = self.out.text(record)
        return own + self.out.delimiter + self.out.quoter.texts(texts) if self._has_fit else own

    def redirect(self, file: BinaryIO) -> BinaryIO:
        """Bring what was written so far to the file, go on with another one, and return the one before."""
        return self.out.redirect(file)

    def finish(self) -> None:
        """Bring the last rows to the file."""
        self.out.flush()


class RejectsWriter:
    """Rejected rows as delimited text, with where they stood and what is wrong: to be mended and read again."""

    def __init__(self, file: BinaryIO, opened: Opened, delimiter: str) -> None:
        left = [i for i, text in enumerate(opened.header) if text.strip() in REJECT_COLUMNS]
        kept = [i for i in range(len(opened.header)) if i not in left] if left else None
        self.out = DelimitedText(file, opened, delimiter, kept)
        self.needs_cells = not self.out.as_it_is
        self._width = len(opened.header)
        self._said: dict[tuple[str, ...], str] = {}
        self.out.header(opened.header, REJECT_COLUMNS)

    def row(self, rejected: Rejected) -> None:
        """Write a row; cells beyond the last column stay in its last cell, so that nothing is lost."""
        out, record = self.out, rejected.record
        if record.fault is None:
            own = out.text(record)
        else:
            cells = record.cells or [record.raw]
            surplus = out.delimiter.join(cells[self._width - 1 :])
            fitted = [*cells[: self._width - 1], *[""] * (self._width - 1 - len(cells)), surplus]
            own = out.quoter.line(out.own(fitted))
        out.write(f"{own}{out.delimiter}{record.line}{out.delimiter}{self.said(rejected.problems)}")

    def said(self, problems: tuple[str, ...]) -> str:
        """What is wrong with a row, as a cell."""
        return self._said.get(problems) or bounded_put(self._said, problems, self.out.quoter(SEVERAL.join(problems)))

    def redirect(self, file: BinaryIO) -> BinaryIO:
        """Bring what was written so far to the file, go on with another one, and return the one before."""
        return self.out.redirect(file)

    def finish(self) -> None:
        """Bring the last rows to the file."""
        self.out.flush()


@contextmanager
def writer_for(file: BinaryIO, kind: str, opened: Opened, kept: Kept, columns: Sequence[OutColumn]) -> Iterator[Writer]:
    """
    Write scored rows in a format; the file is complete when the block ends without an error.

    Args:
        file: takes bytes.
        kind: csv, tsv, jsonl, xlsx or parquet.
        opened: the table that is read.
        kept: which columns are written.
        columns: all of ours.

    Raises:
        UsageError: the format needs a package that is not installed, or can't hold the table.
    """
    if kind in DELIMITED:
        delimited = DelimitedWriter(file, opened, delimiter_for(kind, opened), kept)
        yield delimited
        delimited.finish()
        return
    kind_of = {column.name: column.kind for column in columns}
    kinds = [kind_of[name] for name in kept.fit]
    fit = dict(zip(kept.fit, kinds, strict=True))
    if kind == "jsonl" and opened.format == "jsonl":
        from fitcheck.batch.jsonwriting import SplicedJson  # noqa: PLC0415 - most tables are no JSON Lines

        yield SplicedJson(file, opened.header, kept.own, fit)
        return
    positions = range(len(opened.header)) if kept.own is None else kept.own
    own = unique([opened.header[position] for position in positions])
    if kind == "jsonl":
        text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=False)
        yield TypedWriter(JsonlWriter(text, [*own, *kept.fit]), positions, kinds)
        text.flush()
        text.detach()
        return
    with TemporaryDirectory(prefix="fitcheck-") as folder:
        beside = Path(folder) / "table"
        # a column of Parquet has one type, cells of a sheet have each their own: such a column is text
        as_text = kind == "parquet" and opened.types is None
        types = ["text"] * len(own) if opened.types is None else [opened.types[position] for position in positions]
        inner = _row_writer(kind, beside, dict(zip(own, types, strict=True)), fit)
        try:
            yield (writer := TypedWriter(inner, positions, kinds, own_as_text=as_text))
            writer.finish()
        except BaseException:
            inner.discard()
            raise
        with beside.open("rb") as complete:
            copyfileobj(complete, file)


def _row_writer(kind: str, path: Path, own: Mapping[str, Any], fit: Mapping[str, Kind]) -> RowWriter:
    if kind == "xlsx":
        return XlsxWriter(path, [*own, *fit])
    from fitcheck.batch.parquet import ParquetWriter  # noqa: PLC0415 - rare, and imports a library

    return ParquetWriter(path, {**own, **fit})


def rejects_for(file: BinaryIO, kind: str, opened: Opened) -> Rejects:
    """Write rejected rows in a format: see `fitcheck.batch.settings.format_of_rejects`."""
    if kind == "jsonl":
        from fitcheck.batch.jsonwriting import JsonRejects  # noqa: PLC0415 - most tables are no JSON Lines

        return JsonRejects(file)
    return RejectsWriter(file, opened, delimiter_for(kind, opened))


def delimiter_for(kind: str, opened: Opened) -> str:
    """Return the delimiter of the table that is read, where it is delimited text of the kind that is written."""
    if opened.delimited is not None and kind == opened.format:
        return opened.delimited.dialect.delimiter
    return "\t" if kind == "tsv" else ","
