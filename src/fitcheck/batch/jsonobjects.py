"""Objects of JSON as they are written: their members, each in its own words."""

import re
from typing import NamedTuple

_BLANKS = re.compile(r"[ \t\n\r]*")


class Member(NamedTuple):
    """
    One member of an object.

    Attributes:
        key: what it is called.
        text: key and value as they are written.
        value: the value as it is written.
    """

    key: str
    text: str
    value: str


def members(text: str) -> list[Member]:
    r"""
    Return the members of an object in order; a key may come twice.

    Raises:
        ValueError: the text is no object.
        RecursionError: lists or objects stand in one another too deeply.

    >>> [member.text for member in members('{"id":1.50, "more" : {"a": [ ]} }')]
    ['"id":1.50', '"more" : {"a": [ ]}']
    """
    from json import JSONDecoder  # noqa: PLC0415 - most tables are no JSON Lines

    # numbers are of any length where nobody makes numbers of them
    decode = JSONDecoder(parse_float=str, parse_int=str).raw_decode
    found: list[Member] = []
    at = _after(text, 0, "{")
    while at < len(text) and text[at] != "}":
        begin = _after(text, at, ",") if found else at
        if not text.startswith('"', begin):
            raise ValueError(text)
        key, at = decode(text, begin)
        value = _after(text, at, ":")
        _, at = decode(text, value)
        found.append(Member(key, text[begin:at], text[value:at]))
        at = _blank(text, at)
    if text[at:] != "}":
        raise ValueError(text)
    return found


def _after(text: str, at: int, mark: str) -> int:
    at = _blank(text, at)
    if not text.startswith(mark, at):
        raise ValueError(text)
    return _blank(text, at + 1)


def _blank(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at
