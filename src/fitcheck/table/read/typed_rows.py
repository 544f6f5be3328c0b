"""Rows of typed values as records: the text of each value, and what may go wrong in a library that reads them."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite, isnan
from typing import Any, NamedTuple

from fitcheck.amounts import Figure, figure
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError, printable
from fitcheck.table.read.records import NO_FLAWS, Fault, Record, fault_of_text

_LONGEST_REASON = 200
_EXACT_WHOLE = 2**53

NESTED = Fault("nested-value", "a list, an object or bytes where a cell has to be")


class Percent(float):
    """A number that is shown as a percentage."""

    __slots__ = ()


class Table(NamedTuple):
    """
    A table whose rows are read as they are asked for.

    Attributes:
        header: names of the columns; None where the header is one of the records, for the caller to find.
        records: the rows, in order; `Record.raw` is empty where the table isn't text.
        remarks: sentences for the user about how it was read.
        types: of the columns, as pyarrow has them; None where cells have types of their own, or none.
    """

    header: list[str] | None
    records: Iterator[Record]
    remarks: tuple[str, ...] = ()
    types: Sequence[Any] | None = None


def row_of(line: int, values: Sequence[Any], flaws: Mapping[int | str, Fault] = NO_FLAWS) -> Record:
    """
    Return the record of a row of typed values; one of blanks only is a blank line.

    Args:
        line: where it stands.
        values: of its cells.
        flaws: what is wrong with cells, by position.
    """
    cells: list[str] = []
    fault: Fault | None = None
    for position, value in enumerate(values):
        text = value if type(value) is str else text_of(value)
        if text is None:
            flaws = {**flaws, position: NESTED}
            text = nested_text(value)
        if not text.isascii() or "\0" in text:
            fault = fault or fault_of_text(text)
        cells.append(text)
    if not flaws and not any(map(str.strip, cells)):
        return Record(line, [], "")
    return Record(line, cells, "", fault, values=values, flaws=flaws)


def refused_if_flawed(
    record: Record,
    header: Sequence[str],
    read: Container[int],
    is_read: Callable[[str], bool],
    ids: Container[int] = (),
) -> Record:
    """
    Return a record with the fault of a cell in a column that is read; in other columns such cells are carried along.

    Args:
        record: of a table that is not delimited text.
        header: names of its columns.
        read: positions of the columns that are read.
        is_read: whether a column would be, that came too late to be one of these.
        ids: positions of columns that tell prospects apart, which may hold anything that can be written.
    """
    if not record.flaws or record.fault:
        return record
    for at, flaw in record.flaws.items():
        is_id = at in ids and flaw is not NESTED
        if (at in read or is_id) if isinstance(at, int) else is_read(at):
            name = header[at] if isinstance(at, int) else at
            return record._replace(fault=Fault(flaw.code, f"{quoted(name)}: {flaw.message}"))
    return record


def text_of(value: Any) -> str | None:
    """
    Return a value as a person would write it; None for one that is no single value.

    Numbers are figures, which no decimal mark can change; what is no number (NaN) is blank.

    >>> [text_of(value) for value in (None, True, 12.0, 12.5, 1e-7, 1e22, float("nan"), Decimal("1.50"))]
    ['', 'true', '12', '12.5', '0.0000001', '10000000000000000000000', '', '1.50']
    >>> text_of(datetime(2026, 5, 1)), text_of(datetime(2026, 5, 1, 12, 30)), text_of(timedelta(hours=30))
    ('2026-05-01', '2026-05-01 12:30:00', '30:00:00')
    """
    match value:
        case None:
            text: str | None = ""
        case str():
            text = value
        case bool():
            text = "true" if value else "false"
        case int() | float() | Decimal():
            text = _digits(value)
        case datetime():
            text = value.isoformat(" ")
            text = text.removesuffix(" 00:00:00") if value.tzinfo is None else text
        case date() | time():
            text = value.isoformat()
        case timedelta():
            minutes, seconds = divmod(value // timedelta(seconds=1), 60)
            text = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            text = None
    return text


def _digits(value: float | Decimal) -> str:
    """Return a number in digits; a blank for what is none."""
    match value:
        case int():
            return Figure(value)
        case Decimal():
            return "" if value.is_nan() else figure(str(value))
        case Percent() if isfinite(value):
            return f"{(Decimal(repr(float(value))) * 100).normalize():f}%"
    if isnan(value):
        return ""
    is_whole = -_EXACT_WHOLE <= value <= _EXACT_WHOLE and value == int(value)
    return Figure(int(value)) if is_whole else figure(repr(value))


def nested_text(value: Any) -> str:
    r"""
    Return a list or an object as JSON; bytes as the text that they are, or else in hexadecimal digits.

    >>> nested_text([{"day": date(2026, 5, 1)}, 1.5, None]), nested_text(b"ab"), nested_text(b"\xff\x00")
    ('[{"day": "2026-05-01"}, 1.5, null]', 'ab', '\\xff00')
    """
    if isinstance(value, bytes):
        return _text_of_bytes(value)
    from json import JSONEncoder  # noqa: PLC0415 - most cells are no lists

    return JSONEncoder(ensure_ascii=False).encode(as_json(value))


def as_json(value: Any) -> Any:
    """Return a value of lists, objects and single values as one that JSON has words for; others become text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() if isfinite(value) or isnan(value):
            return None if isnan(value) else value
        case dict():
            return {str(key): as_json(inner) for key, inner in value.items()}
        case list() | tuple():
            return [as_json(inner) for inner in value]
        case bytes():
            return _text_of_bytes(value)
        case _:
            text = text_of(value)
            return str(value) if text is None else text


def _text_of_bytes(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = "\0"
    return text if "\0" not in text else f"\\x{value.hex()}"


def missing_extra(what: str, extra: str) -> UsageError:
    """Return what to raise where a format needs a package that is not installed."""
    hint = f"in fitcheck's own folder: pip install '.[{extra}]'"
    return UsageError(Problem("missing-extra", f"{what} needs one more package", hint=hint))


@contextmanager
def unharmed(what: str) -> Iterator[None]:
    """
    Turn whatever a library for `what` raises on a damaged file into a problem of that file.

    Raises:
        DocumentError: `cannot-read`. Ours, and what ends a program, pass.
    """
    try:
        yield
    except (DocumentError, UsageError, MemoryError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # a panic of Rust code is no Exception, and is as much the file's fault
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        said = printable(str(error)).strip()[:_LONGEST_REASON] or type(error).__name__
        message = f"this can't be read as {what}: {said}"
        raise DocumentError(Problem("cannot-read", message, hint="is it whole? export it again")) from None
