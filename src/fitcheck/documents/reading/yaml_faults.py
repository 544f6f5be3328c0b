"""YAML syntax errors in words that help, instead of the parser's own."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from fitcheck.documents.reading.tree import Spot
from fitcheck.problems import printable

_QUOTE = "put the whole text in double quotes"
_ALIGN = "line it up with its neighbours, with spaces"
_BACKSLASH = "a backslash in double quotes begins a special character"
_NO_SPACE = re.compile(r"\s*[\w-]+:[^\s/].*")

_WORDS = (
    ("escape", _BACKSLASH, "use single quotes, or two backslashes"),
    ("hexdecimal", _BACKSLASH, "use single quotes, or two backslashes"),
    ("sequence entries are not allowed", "a list can't begin behind a key", "begin it on the next line"),
    ("document start", "there is more text after the end of the document", "check how this line is indented"),
    ("anchor", "& begins a reference", _QUOTE),
    ("alias", "* begins a reference", _QUOTE),
    ("parsing a tag", "! begins a type", _QUOTE),
    ("directive", "% begins a directive", _QUOTE),
    ("incompatible YAML", "this version of YAML is not read here", "leave the line out"),
)


class Fault(NamedTuple):
    """What is wrong with the syntax, and where."""

    spot: Spot
    message: str
    hint: str | None = None
    code: str = "yaml-syntax"


def explain(error: Any, lines: Sequence[str]) -> Fault:
    """Return what an error of the YAML parser (`yaml.MarkedYAMLError`) means to the person who wrote the text."""
    mark, context = error.problem_mark, error.context_mark
    what = f"{error.context or ''}: {error.problem or ''}"
    line = lines[mark.line] if mark.line < len(lines) else ""
    spot, found = _spot(mark), line[mark.column : mark.column + 1]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and "parsing a flow" not in what and "quoted" not in what:
        return Fault(spot._replace(column=indent.index("\t") + 1), "a tab can't indent", "use spaces", "tab")
    if "cannot start any token" in what:
        return Fault(spot, f"an unquoted text can't begin with {printable(found)}", _QUOTE)
    if "mapping values are not allowed" in what:
        return _colon(spot, lines)
    if "parsing a block" in what:
        return _block(spot, found, line)
    return _inside(what, spot, found, line, context) if context else _by_words(what, spot)


def _inside(what: str, spot: Spot, found: str, line: str, context: Any) -> Fault:
    """What went wrong further down than where it began."""
    if "quoted scalar" in what and ("end of stream" in what or "document separator" in what):
        return Fault(_spot(context), "this quote is never closed", "close it; an apostrophe inside is written twice")
    if "could not find expected ':'" in what:
        return Fault(_spot(context), "this line has no colon", 'write "key: value", or indent it under its key')
    if "parsing a flow" in what:
        return _bracket(spot, found, line, context)
    return _by_words(what, spot)


def _by_words(what: str, spot: Spot) -> Fault:
    for part, message, hint in _WORDS:
        if part in what:
            return Fault(spot, message, hint)
    return Fault(spot, "this is not valid YAML")


def _spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1, 1)


def _colon(spot: Spot, lines: Sequence[str]) -> Fault:
    above = lines[spot.line - 2] if spot.line > 1 else ""
    if _NO_SPACE.fullmatch(above):
        at = Spot(spot.line - 1, above.index(":") + 1, 1)
        return Fault(at, "there is no space after this colon", 'write "key: value"')
    return Fault(spot, "a second colon can't stand here", f"{_QUOTE}, or check how the line is indented")


def _bracket(spot: Spot, found: str, line: str, context: Any) -> Fault:
    if _follows_quote(spot, line):
        return _after_quote(spot)
    if found == ":" and context.line + 1 == spot.line:
        return Fault(spot, "a second colon before the next comma", f"{_QUOTE}, or put a comma before the next key")
    if found and found not in ":]}":
        return Fault(spot, "a comma is missing before this")
    return Fault(_spot(context), "this bracket is not closed where it should be", "end it with } or ] as it began")


def _block(spot: Spot, found: str, line: str) -> Fault:
    if _follows_quote(spot, line):
        return _after_quote(spot)
    if found and found in ",]}":
        return Fault(spot, f"this {found} belongs to no bracket", f"take it out, or {_QUOTE}")
    return Fault(spot, "this line doesn't line up with what stands above it", _ALIGN)


def _follows_quote(spot: Spot, line: str) -> bool:
    return line[: spot.column - 1].rstrip().endswith(("'", '"'))


def _after_quote(spot: Spot) -> Fault:
    return Fault(
        spot, "text goes on after its closing quote", "one pair of quotes around it all; inside, write '' or \\\""
    )
