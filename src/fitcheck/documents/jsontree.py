"""JSON text into the same tree as YAML, with places, duplicates refused."""

import re
from bisect import bisect_right
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, NoReturn

from fitcheck.documents.scalars import BadNumberError, number_value
from fitcheck.documents.tree import BROKEN, MAX_DEPTH, Document, Spot, problem_at
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z_]+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_NOT_FINITE = ("NaN", "Infinity", "-Infinity")
_INSTEAD = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def read_json(text: str, file: str, lines: list[str]) -> Document:
    """
    Return the document.

    Raises:
        DocumentError: the text is no JSON.
    """
    reader = _Reader(text, file, lines)
    data, spot = reader.read()
    return Document(file, data, spot, lines, tuple(reader.problems))


class _Reader:
    """Descends the text once; what is wrong with a part that can be skipped is noted."""

    def __init__(self, text: str, file: str, lines: list[str]) -> None:
        self.text = text
        self.file = file
        self.lines = lines
        self.at = 0
        self.problems: list[Problem] = []
        ends = re.finditer(r"\r\n|[\r\n]", text)
        self.starts = [0, *(end.end() for end in ends)]

    def spot(self, begin: int, end: int, *, bracketed: bool = False) -> Spot:
        line = bisect_right(self.starts, begin)
        return Spot(line, begin - self.starts[line - 1] + 1, max(1, end - begin), bracketed)

    def note(self, spot: Spot, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(problem_at(self.file, self.lines, spot, code, message, hint=hint))

    def stop(self, at: int, message: str, hint: str | None = None, code: str = "json-syntax") -> NoReturn:
        self.note(self.spot(at, at + 1), code, message, hint)
        raise DocumentError(*self.problems)

    def peek(self) -> str:
        """Skip white space and return the next character; "" at the end."""
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]
        return self.text[self.at : self.at + 1]

    def read(self) -> tuple[Any, Spot]:
        if not self.peek():
            return None, Spot(1, 1, 0)
        result = self.value(0)
        if self.peek():
            several = self.peek() in "{["
            code = "several-documents" if several else "json-syntax"
            self.stop(self.at, "the document has ended before this", "one file, one document", code)
        return result

    def value(self, depth: int) -> tuple[Any, Spot]:
        first = self.peek()
        begin = self.at
        if first == '"':
            text = self.string()
            return text, self.spot(begin, self.at)
        if first and first in "{[":
            if depth >= MAX_DEPTH:
                self.stop(begin, f"this is nested more than {MAX_DEPTH} levels deep", code="too-deep")
            spot = self.spot(begin, begin + 1, bracketed=True)
            return self.mapping(spot, depth + 1) if first == "{" else self.sequence(spot, depth + 1)
        if number := _NUMBER.match(self.text, begin):
            return self.number(number[0])
        return self.word(first)

    def string(self) -> str:
        begin = self.at
        try:
            text, self.at = scanstring(self.text, begin + 1, True)
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                self.stop(begin, "this quote is never closed")
            if "control character" in error.msg:
                self.stop(error.pos, "a text can't hold a tab or a line end", r"write \t or \n")
            self.stop(error.pos, "a backslash begins a special character", "write two backslashes")
        return str(text)

    def number(self, digits: str) -> tuple[Any, Spot]:
        spot = self.spot(self.at, self.at + len(digits))
        self.at += len(digits)
        if self.text[self.at : self.at + 1].isalnum():
            self.stop(self.at - len(digits), "this is no number", "no leading zeros; text stands in quotes")
        try:
            return number_value(digits), spot
        except BadNumberError as error:
            self.note(spot, "bad-number", f"this number is {error}")
            return BROKEN, spot

    def word(self, first: str) -> tuple[Any, Spot]:
        if not first:
            self.stop(max(0, len(self.text.rstrip()) - 1), "the document breaks off here")
        found = _WORD.match(self.text, self.at)
        if not found:
            hint = "JSON knows only double quotes" if first == "'" else None
            wrong = "a value is missing here" if first in ",]}:" else f"a value can't begin with {first}"
            self.stop(self.at, wrong, hint)
        word = found[0]
        if word not in _CONSTANTS and word not in _NOT_FINITE:
            right = _INSTEAD.get(word)
            hint = f"write {right}" if right else "text stands in double quotes"
            self.stop(self.at, f"{quoted(word)} is no value", hint)
        spot = self.spot(self.at, found.end())
        self.at = found.end()
        if word in _CONSTANTS:
            return _CONSTANTS[word], spot
        self.note(spot, "bad-number", "this number is no number")
        return BROKEN, spot

    def sequence(self, spot: Spot, depth: int) -> tuple[list[Any], Spot]:
        data: list[Any] = []
        inside: dict[str | int, Spot] = {}
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return data, spot._replace(inside=inside)
        while True:
            value, place = self.value(depth)
            inside[len(data)] = place
            data.append(value)
            if self.ends("]", spot):
                return data, spot._replace(inside=inside)

    def mapping(self, spot: Spot, depth: int) -> tuple[dict[str, Any], Spot]:
        data: dict[str, Any] = {}
        keys: dict[str, Spot] = {}
        inside: dict[str | int, Spot] = {}
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return data, spot._replace(keys=keys, inside=inside)
        while True:
            if self.peek() != '"':
                self.stop(self.at, "a key in double quotes is missing here")
            begin = self.at
            name = self.string()
            key_spot = self.spot(begin, self.at)
            if self.peek() != ":":
                self.stop(self.at, "a colon is missing before this")
            self.at += 1
            value, place = self.value(depth)
            if name in data:
                message = f"{quoted(name)} is given twice; the first is on line {keys[name].line}"
                self.note(key_spot, "duplicate-key", message, "keep one of them")
            else:
                data[name], keys[name], inside[name] = value, key_spot, place
            if self.ends("}", spot):
                return data, spot._replace(keys=keys, inside=inside)

    def ends(self, bracket: str, spot: Spot) -> bool:
        """Step over the comma or the closing bracket; say whether it was the bracket."""
        found = self.peek()
        if not found:
            self.note(spot._replace(length=1), "json-syntax", "this bracket is never closed")
            raise DocumentError(*self.problems)
        if found not in {",", bracket}:
            self.stop(self.at, f"a comma or {bracket} is missing before this")
        self.at += 1
        if found == "," and self.peek() == bracket:
            self.stop(self.at, "a comma can't stand before this bracket", "take the last comma out")
        return found == bracket
