"""Reads and writes Parquet, a batch of rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from fitcheck.table.read.records import Record
from fitcheck.table.read.typed_rows import Table, missing_extra, row_of, unharmed

BEGINNING = b"PAR1"
"""First bytes of every file."""

ROWS = 10_000
"""How many rows are in memory at a time."""


def read_parquet(source: Path | BinaryIO) -> Table:
    """
    Return the table in a Parquet file; its rows are numbered from 1, and their values are text as in a spreadsheet.

    Lists, structures and bytes are carried along as they are; `cells` have them as JSON.

    Args:
        source: the file, or its bytes, which need not be read in order.

    Raises:
        UsageError: `missing-extra`.
        DocumentError: `cannot-read`.
    """
    parquet = _parquet()
    with unharmed("Parquet"):
        file = parquet.ParquetFile(source)
        schema = file.schema_arrow
    return Table(schema.names, _rows(file), types=schema.types)


def _rows(file: Any) -> Iterator[Record]:
    number = 0
    with unharmed("Parquet"):
        for batch in file.iter_batches(batch_size=ROWS):
            columns = [_values(column) for column in batch.columns]
            for number, values in enumerate(zip(*columns, strict=True), number + 1):  # noqa: B020 - it goes on counting
                yield row_of(number, values)


def _values(column: Any) -> list[Any]:
    """Return the values of a column; Python's own moments have no nanoseconds."""
    import pyarrow as pa  # noqa: PLC0415 - here it is installed

    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_duration(kind) and kind.unit == "ns":
        column = column.cast(pa.duration("us"), safe=False)
    values: list[Any] = column.to_pylist()
    return values


class ParquetWriter:
    """
    Writes rows to a Parquet file, `ROWS` at a time.

    Args:
        path: of the file.
        kinds: by the name of each column what it holds, or its type; names are unique.
    """

    def __init__(self, path: Path, kinds: Mapping[str, Any]) -> None:
        parquet = _parquet()
        import pyarrow as pa  # noqa: PLC0415 - here it is installed

        types = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_()}
        fields = [(name, types[kind] if isinstance(kind, str) else kind) for name, kind in kinds.items()]
        self._schema = pa.schema(fields)
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._rows: list[Sequence[Any]] = []

    def write(self, values: Sequence[Any]) -> None:
        """Write one row."""
        self._rows.append(values)
        if len(self._rows) == ROWS:
            self._write_batch()

    def close(self) -> None:
        """Write what is left."""
        self._write_batch()
        self._writer.close()

    def discard(self) -> None:
        """Let go of the file."""
        self._writer.close()

    def _write_batch(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - here it is installed

        if self._rows:
            columns = zip(zip(*self._rows, strict=True), self._schema.types, strict=True)
            arrays = [pa.array(values, kind) for values, kind in columns]
            self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
            self._rows = []


def _parquet() -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise missing_extra("Parquet", "parquet") from None
    return parquet
