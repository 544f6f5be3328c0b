r"""JSON Lines: one object a line, its keys the columns, its values as they are written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple

from fitcheck.batch.formats import NestedRecord, Table
from fitcheck.batch.jsonobjects import members
from fitcheck.batch.lines import LONGEST
from fitcheck.batch.outcolumns import REJECT_COLUMNS
from fitcheck.batch.records import Fault, Record, fault_of_text
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem

FIRST_OBJECTS = 1_000
"""Over how many lines the columns are collected, fewer if they are very long; a later key is a fault of its row."""

REJECT_LINE = "fit_line"
"""Key of a line that is no object where it stands among rejected rows; it is read as the line that it was."""


class _Object(NamedTuple):
    """Keys and values as they stand there, the same key twice if it does."""

    pairs: list[tuple[str, Any]]


class _Number(NamedTuple):
    """`NaN`, `Infinity` and `-Infinity`, which JSON does not have."""

    name: str


class _Line(NamedTuple):
    """A line and what it holds; `nested` has, by key, the texts of lists and objects."""

    number: int
    raw: str
    found: _Object | Fault | None
    nested: Mapping[str, str] = {}


def read_jsonl(lines: Iterable[str]) -> Table:
    r"""
    Return the table that stands in physical lines, one object each.

    A number keeps its digits, a list or an object its text, true and false are words, null and a missing key are empty
    cells. A line that is no object, with a key twice or one that no earlier line has, is a record with a fault. Among
    rows that were rejected before, a line that was no object stands for itself under `REJECT_LINE`.

    Raises:
        DocumentError: `not-json-lines`: none of the first lines is an object, as in a file that is one list.

    >>> table = read_jsonl(['{"id": "007", "value": 1.50}\n', '{"id": 8, "id": 9}\n', '{"value": null}\n'])
    >>> table.header, [record.cells for record in table.records if not record.fault]
    (['id', 'value'], [['007', '1.50'], ['', '']])
    """
    parsed = _parsed(lines)
    first = _first(parsed)
    objects = [line.found for line in first if isinstance(line.found, _Object)]
    if not objects and any(line.found for line in first):
        wrong = next(line for line in first if line.found)
        said = f" (line {wrong.number:,}: {wrong.found.message})" if isinstance(wrong.found, Fault) else ""
        what, hint = f"no line of it is a JSON object{said}", "write one object a line"
        if wrong.raw.strip()[:1] == "[":
            what, hint = "it begins with a list", "write one object a line: jq -c '.[]' FILE"
        raise DocumentError(Problem("not-json-lines", f"this is not JSON Lines: {what}", hint=hint))
    header = list(dict.fromkeys(key for found in objects for key, _ in found.pairs))
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


def _parsed(lines: Iterable[str]) -> Iterator[_Line]:
    from json import JSONDecoder  # noqa: PLC0415 - most tables are no JSON Lines

    decoder = JSONDecoder(object_pairs_hook=_Object, parse_float=str, parse_int=str, parse_constant=_Number)
    for number, line in enumerate(lines, 1):
        parsed = _line(number, line.removesuffix("\n").removesuffix("\r"), decoder.decode)
        was = _rejected_line(parsed.found)
        yield parsed if was is None else _line(number, was, decoder.decode)


def _line(number: int, raw: str, decode: Callable[[str], Any]) -> _Line:
    text = raw.strip()
    nested: Mapping[str, str] = {}
    if not text:
        return _Line(number, raw, None)
    try:
        found: Any = fault_of_text(raw) or decode(text)
        nested = _texts_of_nested(found, text)
    except (ValueError, RecursionError) as error:
        from fitcheck.batch.jsonfaults import broken_json  # noqa: PLC0415 - most lines are sound

        found = broken_json(error, raw)
    if not isinstance(found, _Object | Fault):
        found = Fault("not-an-object", "this line is JSON, but not an object")
    return _Line(number, raw, found, nested)


def _texts_of_nested(found: object, text: str) -> Mapping[str, str]:
    if not isinstance(found, _Object) or not any(isinstance(value, list | _Object) for _, value in found.pairs):
        return {}
    return {member.key: member.value for member in members(text) if member.value[0] in "[{"}


def _rejected_line(found: _Object | Fault | None) -> str | None:
    """Return the line that an object of ours holds; None for an object of anybody else's."""
    if not isinstance(found, _Object) or [key for key, _ in found.pairs] != [REJECT_LINE, *REJECT_COLUMNS]:
        return None
    line = found.pairs[0][1]
    return line if isinstance(line, str) else None


def _record(line: _Line, positions: dict[str, int]) -> Record:
    found = line.found
    if found is None or isinstance(found, Fault):
        return Record(line.number, [], line.raw, found)
    cells = [""] * len(positions)
    nested: list[int] = []
    given: set[str] = set()
    fault: Fault | None = None
    for key, value in found.pairs:
        if key in given:
            fault = fault or Fault("duplicate-key", f"{quoted(key)} stands here twice")
            continue
        given.add(key)
        text, wrong = _cell(key, value)
        fault = fault or wrong
        at = positions.get(key)
        text = line.nested.get(key, text)
        if at is None:
            fault = fault or Fault("new-key", f"{quoted(key)} is none of the columns, which the first lines have")
            continue
        cells[at] = text
        if key in line.nested:
            nested.append(at)
    if not nested:
        return Record(line.number, cells, line.raw, fault)
    record = NestedRecord(line.number, cells, line.raw, fault)
    record.nested = nested
    return record


def _cell(key: str, value: Any) -> tuple[str, Fault | None]:
    match value:
        case None:
            return "", None
        case str():
            return value, fault_of_text(value)
        case bool():
            return ("true" if value else "false"), None
        case _Number():
            return value.name, Fault("not-a-number", f"{quoted(key)} is {value.name}, which is no JSON")
        case _:
            name = _no_number_in(value)
            return "", Fault("not-a-number", f"{quoted(key)} holds {name}, which is no JSON") if name else None


def _no_number_in(value: Any) -> str | None:
    """Return the name of what is no JSON somewhere in a list or an object, however deep it is."""
    left = [value]
    while left:
        match left.pop():
            case _Number(name):
                return name
            case _Object(pairs):
                left += [inner for _, inner in pairs]
            case list() as inner:
                left += inner
    return None
