"""YAML syntax errors, explained better than the parser does."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from fitcheck.documents.reading.tree import Spot
from fitcheck.problems import printable

_QUOTE = "put the whole text in double quotes"
_ALIGN = "line it up with the lines around it, using spaces"
_BACKSLASH = "a backslash in double quotes starts an escape"
_NO_SPACE = re.compile(r"\s*[\w-]+:[^\s/].*")

_WORDS = (
    ("escape", _BACKSLASH, "use single quotes, or double the backslash"),
    ("hexdecimal", _BACKSLASH, "use single quotes, or double the backslash"),
    ("sequence entries are not allowed", "a list cannot start on the line of its key", "start it on the next line"),
    ("document start", "text after the end of the document", "check how this line is indented"),
    ("anchor", "& starts an anchor", _QUOTE),
    ("alias", "* starts an alias", _QUOTE),
    ("parsing a tag", "! starts a type tag", _QUOTE),
    ("directive", "% starts a directive", _QUOTE),
    ("incompatible YAML", "this version of YAML is not supported", "delete the line"),
)


class Fault(NamedTuple):
    """What is wrong with the syntax, and where."""

    spot: Spot
    message: str
    hint: str | None = None
    code: str = "yaml-syntax"


def explain(error: Any, lines: Sequence[str]) -> Fault:
    """Translate an error of the YAML parser (`yaml.MarkedYAMLError`) for the person who wrote the file."""
    mark, context = error.problem_mark, error.context_mark
    what = f"{error.context or ''}: {error.problem or ''}"
    line = lines[mark.line] if mark.line < len(lines) else ""
    spot, found = _spot(mark), line[mark.column : mark.column + 1]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and "parsing a flow" not in what and "quoted" not in what:
        return Fault(
            spot._replace(column=indent.index("\t") + 1), "YAML cannot be indented with tabs", "use spaces", "tab"
        )
    if "cannot start any token" in what:
        return Fault(spot, f"unquoted text cannot start with {printable(found)}", _QUOTE)
    if "mapping values are not allowed" in what:
        return _colon(spot, lines)
    if "parsing a block" in what:
        return _block(spot, found, line)
    return _inside(what, spot, found, line, context) if context else _by_words(what, spot)


def _inside(what: str, spot: Spot, found: str, line: str, context: Any) -> Fault:
    """What went wrong further down than where it began."""
    if "quoted scalar" in what and ("end of stream" in what or "document separator" in what):
        return Fault(_spot(context), "this quote is never closed", "close it; double any apostrophe inside")
    if "could not find expected ':'" in what:
        return Fault(
            _spot(context), "this line has no colon", 'write "key: value", or indent it under the key it belongs to'
        )
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
        return Fault(at, "missing space after this colon", 'write "key: value"')
    return Fault(spot, "second colon on this line", f"{_QUOTE}, or check how the line is indented")


def _bracket(spot: Spot, found: str, line: str, context: Any) -> Fault:
    if _follows_quote(spot, line):
        return _after_quote(spot)
    if found == ":" and context.line + 1 == spot.line:
        return Fault(spot, "a second colon before the next comma", f"{_QUOTE}, or add a comma before the next key")
    if found and found not in ":]}":
        return Fault(spot, "missing comma before this")
    return Fault(_spot(context), "this bracket is not closed", "close { with } and [ with ]")


def _block(spot: Spot, found: str, line: str) -> Fault:
    if _follows_quote(spot, line):
        return _after_quote(spot)
    if found and found in ",]}":
        return Fault(spot, f"{found} without an opening bracket", f"delete it, or {_QUOTE}")
    return Fault(spot, "this line does not line up with the lines above", _ALIGN)


def _follows_quote(spot: Spot, line: str) -> bool:
    return line[: spot.column - 1].rstrip().endswith(("'", '"'))


def _after_quote(spot: Spot) -> Fault:
    return Fault(spot, "text after the closing quote", "put one pair of quotes around it all; inside, write '' or \\\"")
