r"""
JSON as the standard library reads and writes it, with numbers as they are written: no digit of an amount is lost.

>>> found = parse_json('{"id": 007.50, "id": [1e400], "text": "\\u00e9"}'.replace("007", "7"))
>>> found.pairs[0], json_text(found)
(('id', '7.50'), '{"id": 7.50, "id": [1e400], "text": "é"}')
"""

from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder, JSONEncoder
from typing import Any, NamedTuple

from fitcheck.nearest import quoted
from fitcheck.table.read.records import Fault

NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
"""Words that the standard library takes for numbers, and JSON does not have."""

_SAID = {
    "Invalid \\uXXXX escape": "\\u needs four hexadecimal digits behind it",
    "Invalid control character": "a text contains a raw tab or control character; JSON needs \\t or another escape",
    "Unterminated string": "a text begins here, and nothing ends it",
    "Expecting ',' delimiter": "a comma is missing, or the end of the list or object",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "a comma stands behind the last member",
    "Expecting value": "no value stands here that JSON knows",
    "Extra data": "something stands behind the object",
}
"""Our words, by how those of the standard library begin."""

_ESCAPE = "Invalid \\escape"


class Number(str):
    """A number, or one of `NO_NUMBERS`, in the digits in which it is written."""

    __slots__ = ()


class JsonObject(NamedTuple):
    """An object with its members in order; a key may come twice."""

    pairs: list[tuple[str, Any]]


_DECODER = JSONDecoder(object_pairs_hook=JsonObject, parse_float=Number, parse_int=Number, parse_constant=Number)
_ENCODER, _ASCII = JSONEncoder(ensure_ascii=False), JSONEncoder()


def parse_json(text: str) -> Any:
    """
    Return what a text says: None, bools, strings, `Number`, lists and `JsonObject`.

    Raises:
        ValueError: it is no JSON.
        RecursionError: lists or objects are nested too deeply.
    """
    return _DECODER.decode(text)


def json_text(value: Any) -> str:
    """
    Return a value as JSON on one line.

    Raises:
        RecursionError: lists or objects are nested too deeply.
    """
    match value:
        case Number():
            return str(value)
        case JsonObject(pairs):
            return f"{{{', '.join(f'{json_text(key)}: {json_text(inner)}' for key, inner in pairs)}}}"
        case list():
            return f"[{', '.join(map(json_text, value))}]"
        case str():
            return (_ENCODER if _is_encodable(value) else _ASCII).encode(value)
        case _:
            return _ENCODER.encode(value)


def _is_encodable(text: str) -> bool:
    """Whether a text has no lone surrogate, which stays an escape."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def numbers_in(value: Any) -> Iterator[Number]:
    """Yield the numbers of a value, however deep they are."""
    left = [value]
    while left:
        match left.pop():
            case Number() as number:
                yield number
            case JsonObject(pairs):
                left += [inner for _, inner in reversed(pairs)]
            case list() as inner:
                left += reversed(inner)


def broken_json(error: ValueError | RecursionError, raw: str) -> Fault:
    r"""
    Return the fault of a line.

    Args:
        error: from `parse_json`, for the line without blanks around it.
        raw: the line.

    >>> line = r'  {"path": "C:\data"}'
    >>> try: parse_json(line.strip())
    ... except ValueError as error: print(broken_json(error, line).message)
    this line is not valid JSON from column 15 on: "\d" is not an escape; a backslash itself is written \\
    """
    if not isinstance(error, JSONDecodeError):
        return Fault("broken-json", "this line is JSON that is nested too deeply")
    at = error.pos + len(raw) - len(raw.lstrip())
    if raw[at - 1 : at + 1] == "\\u":
        at -= 1  # the decoder points at the letter, and elsewhere at the backslash
    said = next((words for begin, words in _SAID.items() if error.msg.startswith(begin)), error.msg)
    if error.msg.startswith(_ESCAPE):
        said = f"{quoted(raw[at : at + 2])} is not an escape; a backslash itself is written \\\\"
    elif at >= len(raw.rstrip()):
        said = "it ends too early"
    return Fault("broken-json", f"this line is not valid JSON from column {at + 1} on: {said}")
