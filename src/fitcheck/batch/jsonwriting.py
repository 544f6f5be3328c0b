r"""
Rows of JSON Lines into JSON Lines: each object as it was read, with what we have to say at its end.

Columns are collected from the first lines of a table only, so an object may hold more than its record's cells do.
Nothing of it is lost where the object itself goes out, member by member, in its own words.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from fitcheck.batch.jsonlines import REJECT_LINE
from fitcheck.batch.jsonobjects import members
from fitcheck.batch.outcolumns import REJECT_COLUMNS, SEVERAL, Kind
from fitcheck.batch.records import Record
from fitcheck.batch.scoring import Rejected
from fitcheck.batch.typedwriting import encoded, typed_by


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
        self._file, self._names, self._dumps = file, list(fit), _dumps()
        self._kept = None if positions is None else {header[position] for position in positions}
        self._typed = [typed_by(kind) for kind in fit.values()]

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row: the object, then our values."""
        values = [typed(text) for typed, text in zip(self._typed, texts, strict=True)]
        ours = self._dumps(dict(zip(self._names, values, strict=True)))[1:]
        theirs = record.raw.strip().removesuffix("}").rstrip() if self._kept is None else self._some(record.raw)
        self._file.write(encoded(f"{theirs}{'' if theirs == '{' or ours == '}' else ', '}{ours}\n"))

    def _some(self, raw: str) -> str:
        """The kept part of an object."""
        kept = self._kept or set()
        return "{" + ", ".join(member.text for member in members(raw.strip()) if member.key in kept)

    def finish(self) -> None:
        """Nothing is kept back."""


class JsonRejects:
    """
    Rejected rows as JSON Lines, each object as it was read, with where it stood and what is wrong at its end.

    A line that is no object stands as text in an object of ours, from which `fitcheck.batch.jsonlines` takes it again.

    Args:
        file: takes bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._dumps, self.needs_cells = file, _dumps(), False

    def row(self, rejected: Rejected) -> None:
        """Write a row; what an earlier run said of it goes."""
        raw = rejected.record.raw
        try:
            theirs = [member.text for member in members(raw.strip()) if member.key.strip() not in REJECT_COLUMNS]
        except (ValueError, RecursionError):
            theirs = [f"{self._dumps(REJECT_LINE)}: {self._dumps(raw)}"]
        said = (rejected.record.line, SEVERAL.join(rejected.problems))
        ours = [f"{self._dumps(name)}: {self._dumps(value)}" for name, value in zip(REJECT_COLUMNS, said, strict=True)]
        self._file.write(encoded(f"{{{', '.join([*theirs, *ours])}}}\n"))

    def redirect(self, file: BinaryIO) -> BinaryIO:
        """Go on with another file, and return the one before."""
        before, self._file = self._file, file
        return before

    def finish(self) -> None:
        """Nothing is kept back."""


def _dumps() -> Callable[[Any], str]:
    from json import JSONEncoder  # noqa: PLC0415 - most tables are no JSON Lines

    return JSONEncoder(ensure_ascii=False).encode
