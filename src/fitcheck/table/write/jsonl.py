"""Writes scored and rejected rows as JSON Lines: the members of each object, then ours."""

from collections.abc import Sequence
from json import JSONEncoder
from math import isfinite
from typing import Any, BinaryIO

from fitcheck.table.read.json_values import JsonObject, json_text
from fitcheck.table.read.jsonl import REJECT_LINE
from fitcheck.table.read.records import REJECT_COLUMNS, Record
from fitcheck.table.read.typed_rows import as_json
from fitcheck.table.write.delimited import encoded
from fitcheck.table.write.out_columns import SEVERAL, OutColumn, typed_by
from fitcheck.table.write.typed import own_columns

_EXACT_WHOLE = 2**53


class JsonWriter:
    """
    Scored rows as JSON Lines; what is not known is null.

    Args:
        file: takes bytes.
        header: names of the table's columns.
        own: positions of those that are kept; None for all.
        ours: our columns.
    """

    def __init__(
        self, file: BinaryIO, header: Sequence[str], own: Sequence[int] | None, ours: Sequence[OutColumn]
    ) -> None:
        self._file, self._ours = file, [(column.name, typed_by(column.kind)) for column in ours]
        self._own = own_columns(header, own)
        self._kept = None if own is None else {header[position] for position in own}
        self._encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's values, then ours."""
        ours = {name: typed(text) for (name, typed), text in zip(self._ours, texts, strict=True)}
        if record.members:
            kept = [pair for pair in record.members if self._kept is None or pair[0] in self._kept]
            text = _joined(json_text(JsonObject(kept)), self._encode(ours))
        else:
            cells = record.values or record.cells
            row = {name: cells[position] for name, position in self._own.items()} | ours
            text = self._encode({name: _json_value(value) for name, value in row.items()})
        self._file.write(encoded(f"{text}\n"))


def _joined(one: str, other: str) -> str:
    """Return an object with the members of two."""
    return f"{one[:-1]}, {other[1:]}" if "{}" not in {one, other} else one if other == "{}" else other


def _json_value(value: Any) -> Any:
    if isinstance(value, float) and isfinite(value) and value.is_integer() and abs(value) <= _EXACT_WHOLE:
        return int(value)
    return as_json(value)


class JsonRejects:
    """
    Rejected rows as JSON Lines, each object with where it stood and what is wrong at its end.

    A line that is no object stands as text in an object of ours, from which `fitcheck.table.read.jsonl` takes it again.

    Args:
        file: takes bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def row(self, record: Record, problems: Sequence[str]) -> None:
        """Write a row; what an earlier run said of it goes."""
        said = [*zip(REJECT_COLUMNS, (record.line, SEVERAL.join(problems)), strict=True)]
        own = [pair for pair in record.members if pair[0].strip() not in REJECT_COLUMNS]
        if not record.members:
            own = [(REJECT_LINE, record.raw)]
        self._file.write(encoded(f"{json_text(JsonObject([*own, *said]))}\n"))

    def finish(self) -> None:
        """Nothing is kept back."""
