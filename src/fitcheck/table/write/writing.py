"""Opens the writer for scored rows, and the one for rejected rows, of a format."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol

from fitcheck.table.match.opening import Opened
from fitcheck.table.read.records import Record
from fitcheck.table.read.settings import DELIMITED
from fitcheck.table.write.delimited import DelimitedRejects, DelimitedWriter
from fitcheck.table.write.out_columns import ColumnSelection, OutColumn


class Writer(Protocol):
    """Takes scored rows."""

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our texts."""


class Rejects(Protocol):
    """Takes rejected rows."""

    def row(self, record: Record, problems: Sequence[str]) -> None:
        """Write a row: as much of it as there is, where it stood, and what is wrong with it."""

    def finish(self) -> None:
        """Bring the last of it to the file."""


@contextmanager
def writer_for(
    file: BinaryIO, kind: str, opened: Opened, selection: ColumnSelection, columns: Sequence[OutColumn]
) -> Iterator[Writer]:
    """
    Write scored rows in a format; the file is complete when the block ends without an error.

    Args:
        file: takes bytes.
        kind: csv, tsv, jsonl, xlsx or parquet.
        opened: the table that is read.
        selection: which columns are written.
        columns: all of ours.

    Raises:
        UsageError: the format needs a package that is not installed, or can't hold the table.
    """
    if kind in DELIMITED:
        delimited = DelimitedWriter(file, opened, delimiter_for(kind, opened), selection)
        yield delimited
        delimited.finish()
        return
    # each of these formats is rare: what it takes is imported for it alone
    by_name = {column.name: column for column in columns}
    ours = [by_name[name] for name in selection.fit]
    if kind == "jsonl":
        from fitcheck.table.write.jsonl import JsonWriter  # noqa: PLC0415

        yield JsonWriter(file, opened.header, selection.own, ours)
        return
    from fitcheck.table.write.typed import typed_writer  # noqa: PLC0415

    with TemporaryDirectory(prefix="fitcheck-") as folder:
        beside = Path(folder) / "table"
        with typed_writer(kind, beside, opened, selection.own, ours) as writer:
            yield writer
        with beside.open("rb") as complete:
            copyfileobj(complete, file)


def rejects_for(file: BinaryIO, kind: str, opened: Opened) -> Rejects:
    """Write rejected rows in a format: see `fitcheck.table.read.settings.format_of_rejects`."""
    if kind == "jsonl":
        from fitcheck.table.write.jsonl import JsonRejects  # noqa: PLC0415 - most tables are no JSON Lines

        return JsonRejects(file)
    return DelimitedRejects(file, opened, delimiter_for(kind, opened))


def delimiter_for(kind: str, opened: Opened) -> str:
    """Return the delimiter of the table that is read, where it is delimited text of the kind that is written."""
    if opened.dialect is not None and kind == opened.format:
        return opened.dialect.delimiter
    return "\t" if kind == "tsv" else ","
