"""Parquet: read in batches as records of text, and written in batches from rows."""

from collections.abc import Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from fitcheck.batch.formats import Table, missing_extra, row_of, unharmed
from fitcheck.batch.records import Record

if TYPE_CHECKING:
    from types import ModuleType

    from polars import DataType, LazyFrame

Kind = Literal["text", "number", "whole", "flag"]
"""What a column holds: text, floats, integers, true or false."""

BEGINNING = b"PAR1"
"""First bytes of every file."""

ROWS = 10_000
"""How many rows are in memory at a time."""


def read_parquet(path: str | PathLike[str]) -> Table:
    """
    Return the table in a Parquet file; its rows are numbered from 1, and their values are text as in a spreadsheet.

    Lists, structures and bytes are carried along as they are; `cells` have them as JSON.

    Raises:
        UsageError: `missing-extra`.
        DocumentError: `cannot-read`.
    """
    polars = _polars()
    with unharmed("Parquet"):
        frame = polars.scan_parquet(fspath(path), glob=False)
        schema = frame.collect_schema()
    return Table(schema.names(), _rows(frame), types=schema.dtypes())


def _rows(frame: "LazyFrame") -> Iterator[Record]:
    number = 0
    with unharmed("Parquet"):
        for batch in frame.collect_batches(chunk_size=ROWS, maintain_order=True):
            for number, values in enumerate(batch.iter_rows(), number + 1):  # noqa: B020 - it goes on counting
                yield row_of(number, values)


class ParquetWriter:
    """
    Writes rows to a Parquet file, `ROWS` at a time.

    The batches stand in a folder of their own beside the file until `close`, which joins them without loading them.

    Args:
        path: of the file.
        kinds: what each column holds, by its name, in order, or its type; names are unique.
    """

    def __init__(self, path: str | PathLike[str], kinds: "Mapping[str, Kind | DataType]") -> None:
        self._polars = _polars()
        types = {"text": "String", "number": "Float64", "whole": "Int64", "flag": "Boolean"}
        self._schema = {
            name: getattr(self._polars, types[kind]) if isinstance(kind, str) else kind for name, kind in kinds.items()
        }
        self._path = Path(path)
        self._folder = TemporaryDirectory(prefix=".fitcheck-", dir=self._path.parent)
        self._parts: list[Path] = []
        self._rows: list[Sequence[object]] = []

    def write(self, cells: Sequence[object]) -> None:
        """Write one row."""
        self._rows.append(cells)
        if len(self._rows) == ROWS:
            self._write_part()

    def close(self) -> None:
        """Write what is left and join the batches."""
        if self._rows or not self._parts:
            self._write_part()
        self._polars.scan_parquet(self._parts, glob=False).sink_parquet(self._path)
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind but a file that is closed already."""
        self._folder.cleanup()

    def _write_part(self) -> None:
        part = Path(self._folder.name) / f"{len(self._parts):06}.parquet"
        self._polars.DataFrame(self._rows, schema=self._schema, orient="row").write_parquet(part)
        self._parts.append(part)
        self._rows = []


def _polars() -> "ModuleType":
    try:
        import polars  # noqa: PLC0415, ICN001 - an extra, and slow to import; it is handed on by its own name
    except ImportError:
        raise missing_extra("Parquet", "fast") from None
    return polars
