"""Reads and writes Parquet, a batch of rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from fitcheck.problems import DocumentError, Problem
from fitcheck.table.read.records import Record
from fitcheck.table.read.typed_rows import Table, missing_extra, row_of, unharmed

BEGINNING = b"PAR1"
"""First bytes of every file."""

ROWS = 10_000
"""How many rows are in memory at a time."""

MOST_BYTES, MOST_TIMES = 1_000_000_000, 1_000
"""How much a file may unpack to [bytes]; more only where it is no more than so many times as large as the file."""

_FIGURE = 8
"""What a number takes [bytes]."""


def read_parquet(source: Path | BinaryIO) -> Table:
    """
    Return the table in a Parquet file; its rows are numbered from 1, and their values are text as in a spreadsheet.

    Lists, structures and bytes are copied through unchanged; `cells` have them as JSON.

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
        limit = _Limit(file.metadata)
        # a text that comes again and again takes memory once, in the file and here
        texts = [field.name for field in schema if _is_text(field.type)]
        file = parquet.ParquetFile(source, read_dictionary=texts)
    return Table(schema.names, _rows(file, limit), types=schema.types)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - here it is installed

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


class _Limit:
    """
    Refuses a small file that was made to unpack to a table without end.

    Args:
        metadata: of the file.
    """

    def __init__(self, metadata: Any) -> None:
        groups = [metadata.row_group(k) for k in range(metadata.num_row_groups)]
        columns = [group.column(k) for group in groups for k in range(group.num_columns)]
        packed = sum(column.total_compressed_size for column in columns)
        self._most = max(MOST_BYTES, MOST_TIMES * packed)
        self._bytes = _FIGURE * sum(column.num_values for column in columns)
        self.add(sum(column.total_uncompressed_size for column in columns))

    def add(self, size: int) -> None:
        """
        Count more bytes.

        Raises:
            DocumentError: `too-large`.
        """
        self._bytes += size
        if self._bytes > self._most:
            message = f"this file unpacks to more than {self._most:,} bytes"
            raise DocumentError(Problem("too-large", message, hint="write the columns that you need into another file"))


def _rows(file: Any, limit: _Limit) -> Iterator[Record]:
    number = 0
    with unharmed("Parquet"):
        for batch in file.iter_batches(batch_size=ROWS):
            columns = [_values(column, limit) for column in batch.columns]
            for number, values in enumerate(zip(*columns, strict=True), number + 1):  # noqa: B020 - it goes on counting
                yield row_of(number, values)


def _values(column: Any, limit: _Limit) -> list[Any]:
    """Return the values of a column; Python's own moments have no nanoseconds."""
    import pyarrow as pa  # noqa: PLC0415 - here it is installed

    kind = column.type
    if pa.types.is_dictionary(kind) and _is_text(kind.value_type):
        words = column.dictionary.to_pylist()
        found = [None if k is None else words[k] for k in column.indices.to_pylist()]
        limit.add(sum(map(len, filter(None, found))))
        return found
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
