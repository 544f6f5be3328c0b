"""What is wrong with a line that is no JSON, in words, and where."""

from json import JSONDecodeError

from fitcheck.batch.records import Fault
from fitcheck.nearest import quoted

_SAID = {
    "Invalid \\uXXXX escape": "\\u needs four hexadecimal digits behind it",
    "Invalid control character": "a tab or the like stands in a text, where JSON has \\t or another escape for it",
    "Unterminated string": "a text begins here, and nothing ends it",
    "Expecting ',' delimiter": "a comma is missing, or the end of the list or object",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name": "a key in double quotes is missing",
    "Illegal trailing comma": "a comma stands behind the last member",
    "Expecting value": "no value stands here that JSON knows",
    "Extra data": "something stands behind the object",
}
"""By how the words of the standard library begin."""

_ESCAPE = "Invalid \\escape"


def broken_json(error: ValueError | RecursionError, raw: str) -> Fault:
    r"""
    Return the fault of a line.

    Args:
        error: from the decoder, for the line without blanks around it.
        raw: the line.

    >>> from json import loads
    >>> line = r'  {"path": "C:\data"}'
    >>> try: loads(line.strip())
    ... except ValueError as error: print(broken_json(error, line).message)
    this line is no JSON from column 15 on: "\d" is no escape; a backslash itself is written \\
    """
    if not isinstance(error, JSONDecodeError):
        return Fault("broken-json", "this line is no JSON that can be read: too many lists or objects in one another")
    at = error.pos + len(raw) - len(raw.lstrip())
    if raw[at - 1 : at + 1] == "\\u":
        at -= 1  # the decoder points at the letter, and elsewhere at the backslash
    said = next((words for begin, words in _SAID.items() if error.msg.startswith(begin)), error.msg)
    if error.msg.startswith(_ESCAPE):
        said = f"{quoted(raw[at : at + 2])} is no escape; a backslash itself is written \\\\"
    elif at >= len(raw.rstrip()):
        said = "it ends too early"
    return Fault("broken-json", f"this line is no JSON from column {at + 1} on: {said}")
