"""Scored rows into formats that tell numbers from text."""

from collections.abc import Callable, Sequence

from fitcheck.batch.formats import TypedRecord
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
        self._typed = [typed_by(kind) for kind in kinds]

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the table's cells, then our values."""
        cells = record.values if isinstance(record, TypedRecord) and not self._as_text else record.cells
        own: list[Cell] = [cells[position] for position in self._positions]
        self._writer.write([*own, *(typed(text) for typed, text in zip(self._typed, texts, strict=True))])

    def finish(self) -> None:
        """Write the file."""
        self._writer.close()


def typed_by(kind: str) -> Callable[[str], Cell]:
    """Return what turns a text of ours into the value that it stands for; None where nothing stands."""
    by_kind: dict[str, Callable[[str], Cell]] = {
        "text": lambda text: text,
        "number": lambda text: float(text) if text else None,
        "whole": lambda text: int(text) if text else None,
        "flag": lambda text: text == "true",
    }
    return by_kind[kind]
