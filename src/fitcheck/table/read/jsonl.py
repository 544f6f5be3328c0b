r"""Reads JSON Lines: one object a line, whose keys are the columns."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from fitcheck.amounts import figure
from fitcheck.problems import DocumentError, Problem
from fitcheck.table.read.json_values import (
    NO_NUMBERS,
    JsonObject,
    Number,
    broken_json,
    json_text,
    numbers_in,
    parse_json,
)
from fitcheck.table.read.lines import LONGEST
from fitcheck.table.read.records import REJECT_COLUMNS, Fault, Record, fault_of_text
from fitcheck.table.read.typed_rows import NESTED, Table

FIRST_OBJECTS = 1_000
"""Over how many lines the columns are collected, fewer if they are very long; a later key is no column."""

_LATE = Fault("new-key", f"this column is not among those of the first {FIRST_OBJECTS:,} lines")
_TWICE = Fault("duplicate-key", "this key is given twice")

REJECT_LINE = "fit_line"
"""Key of a line that is no object where it stands among rejected rows; it is read as the line that it was."""


class _Line(NamedTuple):
    """A line, and its object or its fault; None if it is blank."""

    number: int
    raw: str
    found: JsonObject | Fault | None


def read_jsonl(lines: Iterable[str]) -> Table:
    r"""
    Return the table in physical lines, one object each.

    A number is a figure, a list or an object is JSON, true and false are words, null and a missing key are empty cells.
    A line that is no object is a record with a fault. A key twice, one that comes late, a list and NaN are flaws of
    their columns. Among rows that were rejected before, a line that was no object stands for itself under
    `REJECT_LINE`.

    Raises:
        DocumentError: `not-json-lines`: none of the first lines is an object, as in a file that is one list.

    >>> table = read_jsonl(['{"id": "007", "value": 1.50}\n', '{"id": 8, "value": 1e3}\n', '{"value": null}\n'])
    >>> table.header, [record.cells for record in table.records if not record.fault]
    (['id', 'value'], [['007', '1.50'], ['8', '1000'], ['', '']])
    """
    parsed = (_line(number, line.removesuffix("\n").removesuffix("\r")) for number, line in enumerate(lines, 1))
    first = _first(parsed)
    objects = [line.found for line in first if isinstance(line.found, JsonObject)]
    if not objects and any(line.found for line in first):
        wrong = next(line for line in first if line.found)
        said = f" (line {wrong.number:,}: {wrong.found.message})" if isinstance(wrong.found, Fault) else ""
        what, hint = f"no line of it is a JSON object{said}", "write one object a line"
        if wrong.raw.strip()[:1] == "[":
            what, hint = "it begins with a list", "write one object a line: jq -c '.[]' FILE"
        raise DocumentError(Problem("not-json-lines", f"this is not JSON Lines: {what}", hint=hint))
    header = [*dict.fromkeys(key for found in objects for key, _ in found.pairs if not fault_of_text(key))]
    positions = {key: at for at, key in enumerate(header)}
    return Table(header, (_record(line, positions) for line in chain(first, parsed)))


def _first(parsed: Iterator[_Line]) -> list[_Line]:
    first: list[_Line] = []
    length = 0
    for line in islice(parsed, FIRST_OBJECTS):
        first.append(line)
        length += len(line.raw)
        if length >= LONGEST:
            break
    return first


def _line(number: int, raw: str) -> _Line:
    text = raw.strip()
    if not text:
        return _Line(number, raw, None)
    fault = fault_of_text(raw)
    if fault:
        return _Line(number, raw, fault)
    try:
        found = parse_json(text)
        if isinstance(found, JsonObject) and any(isinstance(value, list | JsonObject) for _, value in found.pairs):
            json_text(found)  # or it could not be written again
    except (ValueError, RecursionError) as error:
        return _Line(number, raw, broken_json(error, raw))
    if not isinstance(found, JsonObject):
        return _Line(number, raw, Fault("not-an-object", "this line is JSON, but not an object"))
    was = _rejected_line(found)
    return _Line(number, raw, found) if was is None else _line(number, was)


def _rejected_line(found: JsonObject) -> str | None:
    """Return the line that an object of ours holds; None for an object of anybody else's."""
    if [key for key, _ in found.pairs] != [REJECT_LINE, *REJECT_COLUMNS]:
        return None
    line = found.pairs[0][1]
    return line if isinstance(line, str) else None


def _record(line: _Line, positions: dict[str, int]) -> Record:
    found = line.found
    if found is None or isinstance(found, Fault):
        return Record(line.number, [], line.raw, found)
    cells = [""] * len(positions)
    flaws: dict[int | str, Fault] = {}
    given: set[str] = set()
    fault: Fault | None = None
    for key, value in found.pairs:
        if isinstance(value, str) and not (value.isascii() and "\0" not in value):
            fault = fault or fault_of_text(value)
        at = positions.get(key)
        if at is None:
            fault = fault or fault_of_text(key)
            flaws[key] = _LATE
            continue
        if key in given:
            flaws[at] = _TWICE
            continue
        given.add(key)
        cells[at] = _cell(value)
        if isinstance(value, list | JsonObject):
            flaws[at] = NESTED
        if not (type(value) is str or value is None) and (name := _no_number(value)):
            flaws[at] = Fault("not-a-number", f"{name} is not a number in JSON")
    return Record(line.number, cells, line.raw, fault, flaws=flaws, members=found.pairs)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is Number:
        return figure(value)
    return value if isinstance(value, str) else json_text(value)


def _no_number(value: Any) -> str | None:
    return next((number for number in numbers_in(value) if number in NO_NUMBERS), None)
