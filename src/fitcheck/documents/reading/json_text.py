"""JSON text into the same document as YAML: strict, with exact numbers, and without the places of its parts."""

import json
import re
from typing import Any

from fitcheck.documents.reading.scalars import BadNumberError, number_value
from fitcheck.documents.reading.tree import BROKEN, MAX_DEPTH, NOWHERE, Document, problem_at, spot_at
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Place, Problem

_HINTS = {"Extra data": "a file holds one document"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def read_json(text: str, file: str, lines: list[str]) -> Document:
    """
    Return the document.

    Raises:
        DocumentError: the text is not JSON.
    """
    hooks = _Hooks(file)
    try:
        data = hooks.loads(text) if text.strip() else None
    except json.JSONDecodeError as error:
        message = f"this is not valid JSON: {error.msg[0].lower()}{error.msg[1:]}"
        spot, hint = spot_at(text, error.pos), _HINTS.get(error.msg)
        raise DocumentError(problem_at(file, lines, spot, "json-syntax", message, hint=hint)) from None
    except RecursionError:
        raise _too_deep(file) from None
    if (at := _half_character(text)) is not None:
        message = f"{text[at : at + 6]} is half a character"
        raise DocumentError(
            problem_at(file, lines, spot_at(text, at), "half-character", message, hint="write the character itself")
        )
    if _is_deep(data):
        raise _too_deep(file)
    return Document(file, data, NOWHERE, lines, tuple(hooks.problems))


class _Hooks:
    """What `json` calls for numbers and mappings; what is wrong with one is noted, and the rest is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def loads(self, text: str) -> Any:
        return json.loads(
            text,
            parse_int=self.number,
            parse_float=self.number,
            parse_constant=self.not_finite,
            object_pairs_hook=self.mapping,
        )

    def note(self, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, Place(self.file), hint))

    def number(self, digits: str) -> Any:
        try:
            return number_value(digits)
        except BadNumberError as error:
            self.note("bad-number", f"the number {quoted(digits)} is {error}")
            return BROKEN

    def not_finite(self, word: str) -> Any:
        self.note("bad-number", f"{quoted(word)} is not a number")
        return BROKEN

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                self.note("duplicate-key", f"{quoted(key)} appears twice in one mapping", "keep one of them")
            found.setdefault(key, value)
        return found


def _half_character(text: str) -> int | None:
    """Return where an escape stands that is one half of a pair without the other; None if there is none."""
    high: tuple[int, int] | None = None
    for found in _ESCAPE.finditer(text) if "\\u" in text else ():
        code = int(found[1], 16) if found[1] else 0
        if high and high[1] == found.start() and code in _LOW:
            high = None
            continue
        if high:
            return high[0]
        if code in _LOW:
            return found.start()
        high = (found.start(), found.end()) if code in _HIGH else None
    return high[0] if high else None


def _is_deep(data: Any) -> bool:
    """Whether more than `MAX_DEPTH` mappings and lists stand in one another."""
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [part for part in level if isinstance(part, (dict, list))]
        level = [child for part in level for child in (part.values() if isinstance(part, dict) else part)]
    return any(isinstance(part, (dict, list)) for part in level)


def _too_deep(file: str) -> DocumentError:
    return DocumentError(Problem("too-deep", f"nested more than {MAX_DEPTH} levels deep", Place(file)))
