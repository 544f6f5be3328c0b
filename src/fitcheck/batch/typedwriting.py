"""Scored rows into formats that tell numbers from text."""

from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO

from fitcheck.batch.formats import TypedRecord
from fitcheck.batch.outcolumns import Kind
from fitcheck.batch.records import Record
from fitcheck.batch.writers import Cell, RowWriter


def encoded(text: str) -> bytes:
    """Return text as UTF-8; bytes that could not be decoded come out as they were."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape") if _only_bytes(text) else text.encode("utf-8", "replace")


def _only_bytes(text: str) -> bool:
    return not any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in text)


class SplicedJson:
    """
    Scored rows as JSON Lines, each object as it was read with our values at its end.

    Args:
        file: takes bytes.
        header: names of the table's columns.
        positions: of those that are kept; None for all.
        fit: our columns and what they hold.
    """

    def __init__(
        self, file: BinaryIO, header: Sequence[str], positions: Sequence[int] | None, fit: Mapping[str, Kind]
    ) -> None:
        from json import dumps  # noqa: PLC0415 - most tables are no JSON Lines

        self._file, self._names, self._dumps = file, list(fit), dumps
        self._kept = None if positions is None else {header[position] for position in positions}
        self._typed = [_typed(kind) for kind in fit.values()]

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the object, then our values."""
        values = [typed(text) for typed, text in zip(self._typed, texts, strict=True)]
        ours = self._dumps(dict(zip(self._names, values, strict=True)), ensure_ascii=False)[1:]
        theirs = record.raw.strip().removesuffix("}").rstrip() if self._kept is None else self._some(record.raw)
        self._file.write(encoded(f"{theirs}{'' if theirs == '{' or ours == '}' else ', '}{ours}\n"))

    def _some(self, raw: str) -> str:
        """The kept part of an object; numbers keep their digits."""
        from json import JSONDecoder  # noqa: PLC0415 - most tables are no JSON Lines

        kept = self._kept or set()
        pairs = JSONDecoder(object_pairs_hook=list, parse_float=_Digits, parse_int=_Digits).decode(raw.strip())
        texts = [
            f"{self._dumps(key, ensure_ascii=False)}: "
            + (value if isinstance(value, _Digits) else self._dumps(value, ensure_ascii=False))
            for key, value in pairs
            if key in kept
        ]
        return "{" + ", ".join(texts)

    def finish(self) -> None:
        """Nothing is kept back."""


class _Digits(str):
    """A number as it is written."""

    __slots__ = ()


class TypedWriter:
    """
    Scored rows into a format that tells numbers from text.

    Args:
        writer: of rows.
        positions: of the table's columns that are written.
        kinds: what each column of ours holds.
        own_as_text: the table's cells are written as text, even those that have a type.
    """

    def __init__(
        self, writer: RowWriter, positions: Sequence[int], kinds: Sequence[str], *, own_as_text: bool = False
    ) -> None:
        self._writer, self._positions, self._as_text = writer, positions, own_as_text
        self._typed = [_typed(kind) for kind in kinds]

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our values."""
        cells = record.values if isinstance(record, TypedRecord) and not self._as_text else record.cells
        own: list[Cell] = [cells[position] for position in self._positions]
        self._writer.write([*own, *(typed(text) for typed, text in zip(self._typed, texts, strict=True))])

    def finish(self) -> None:
        """Write the file."""
        self._writer.close()


def _typed(kind: str) -> Callable[[str], Cell]:
    by_kind: dict[str, Callable[[str], Cell]] = {
        "text": lambda text: text,
        "number": lambda text: float(text) if text else None,
        "whole": lambda text: int(text) if text else None,
        "flag": lambda text: text == "true",
    }
    return by_kind[kind]
