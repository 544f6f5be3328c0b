"""Edit the text of a prospect file: put a value in, and leave every other character as it is."""

import json
import re
from datetime import date
from typing import Any

from fitcheck.amounts import Amount, digits_of
from fitcheck.documents.source import parse
from fitcheck.documents.tree import Document, Path, Spot
from fitcheck.problems import DocumentError, Place, Problem, printable

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

INDENT = "  "


def with_value(text: str, file: str, path: Path, written: str) -> str:
    r"""
    Put a value where it belongs in a YAML text: in the place of the one that is there, or on a line of its own.

    Args:
        text: can be read.
        file: its name for people.
        path: keys that lead to the value.
        written: the value as YAML on one line, a word or something in braces.

    Raises:
        DocumentError: the text is written in a way that can't be changed here; it says what to write by hand.

    >>> print(with_value("answers:  # so far\n  a: unknown\n", "a.yaml", ("answers", "b"), "yes"))
    answers:  # so far
      b: yes
      a: unknown
    <BLANKLINE>
    """
    document = parse(text.encode(), file)
    changed = _changed(text, document, path, written)
    after = _data(changed, file)
    if after is None or after != _with(document.data, path, _data(f"{written}\n", file)):
        hint = f"write it there yourself: {path[-1]}: {written}"
        message = f"{path[-1]} can't be put into this file as it is written"
        raise DocumentError(Problem("cannot-edit", message, Place(file), hint=hint))
    return changed


def _data(text: str, file: str) -> Any:
    try:
        return parse(text.encode(), file).data
    except DocumentError:
        return None


def _with(data: Any, path: Path, value: Any) -> Any:
    """The same data with one value put in; None where that would put another out."""
    if not path:
        return None if isinstance(data, (dict, list)) else value
    if not isinstance(data, dict | None):
        return None
    mapping = data or {}
    return {**mapping, path[0]: _with(mapping.get(path[0]), path[1:], value)}


def _changed(text: str, document: Document, path: Path, written: str) -> str:
    """The text with the value in it, if its mapping is written in one of the usual ways; it is looked at again."""
    lines = _LINES.findall(text)
    around = _spot(document, path[:-1])
    spot = around.child(path[-1]) if around else None
    if spot is not None:
        begin = spot.column - 1
        before, after = _split(lines[spot.line - 1], begin, begin + spot.length)
        lines[spot.line - 1] = f"{before}{'' if spot.length else ' '}{written}{after}"
        return "".join(lines)
    if around is None or around.inside is None:
        return _begun(text, document, path, written)
    if around.bracketed:
        before, after = _split(lines[around.line - 1], around.column)
        lines[around.line - 1] = f"{before}{path[-1]}: {written}{', ' if around.inside else ''}{after}"
    elif len(path) == 1:
        lines = [*_ended(lines), f"{path[-1]}: {written}{_end(lines)}"]
    else:
        lines.insert(around.line - 1, f"{' ' * (around.column - 1)}{path[-1]}: {written}{_end(lines)}")
    return "".join(lines)


def _begun(text: str, document: Document, path: Path, written: str) -> str:
    """The text with the first value of a mapping that is empty, or is not there."""
    name, inner = path[0], f"{path[-1]}: {written}"
    if len(path) != 2:  # noqa: PLR2004 - a mapping at the top, and a value in it
        return text
    lines = _LINES.findall(text)
    spot = _spot(document, path[:1])
    if spot is None:
        lines = [*_ended(lines), f"{name}:{_end(lines)}", f"{INDENT}{inner}{_end(lines)}"]
    elif spot.length:  # null, or ~
        return _changed(text, document, path[:1], f"{{{inner}}}")
    else:
        lines = _ended(lines)
        lines.insert(spot.line, f"{INDENT}{inner}{_end(lines)}")
    return "".join(lines)


def _spot(document: Document, path: Path) -> Spot | None:
    """Where the value at a path stands, if it is there."""
    spot: Spot | None = document.spot
    for step in path:
        spot = spot.child(step) if spot else None
    return spot


def _split(line: str, begin: int, end: int | None = None) -> tuple[str, str]:
    return line[:begin], line[begin if end is None else end :]


def _end(lines: list[str]) -> str:
    """The line end of a text."""
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def _ended(lines: list[str]) -> list[str]:
    """Lines of which the last has an end too."""
    return [*lines[:-1], lines[-1] + _end(lines)] if lines and not lines[-1].endswith(("\n", "\r")) else lines


def in_yaml(text: str) -> str:
    r"""
    Return a text as YAML on one line.

    >>> print(in_yaml('They said "no" #1'))
    "They said \"no\" #1"
    """
    return json.dumps(printable(text), ensure_ascii=False)


def deal_in_yaml(amount: Amount) -> str:
    """
    Return what is at stake as YAML on one line.

    >>> from fractions import Fraction
    >>> deal_in_yaml(Amount(Fraction(61, 2), "EUR"))
    '{value: 30.5, currency: EUR}'
    """
    named = f", currency: {amount.currency}" if amount.currency else ""
    return f"{{value: {digits_of(amount.value)}{named}}}"


def with_answer(text: str, file: str, question: str, answer: str, *, evidence: str = "", on: date | None = None) -> str:
    """
    Put an answer into a prospect file; what else is told of the question stays.

    Args:
        text: of the file.
        file: its name for people.
        question: its id.
        answer: an option's id, or `n/a`.
        evidence: what they said or did; blank if nothing is told.
        on: the day it was learned.

    Raises:
        DocumentError: see `with_value`.
    """
    parts = {"answer": answer}
    if evidence:
        parts["evidence"] = in_yaml(evidence)
    if on:
        parts["on"] = on.isoformat()
    path = ("answers", question)
    if isinstance(parse(text.encode(), file).at(*path), dict):
        for name, written in parts.items():
            text = with_value(text, file, (*path, name), written)
        return text
    whole = f"{{{', '.join(f'{name}: {written}' for name, written in parts.items())}}}"
    return with_value(text, file, path, whole if len(parts) > 1 else answer)
