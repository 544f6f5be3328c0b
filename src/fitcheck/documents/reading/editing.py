"""Edit the text of a prospect file: put a value in, and leave every other character as it is."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from fitcheck.amounts import Amount, digits_of
from fitcheck.documents.reading.source import parse
from fitcheck.documents.reading.tree import LINE_END, Document, Path, Spot
from fitcheck.problems import DocumentError, Place, Problem, printable


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
        hint = f"add it yourself: {path[-1]}: {written}"
        message = f"cannot insert {path[-1]} into this file"
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
    """Return the text with the value in it if its mapping is written in a usual way; `with_value` checks the result."""
    *parents, name = path
    end = "\r\n" if text.startswith("\r\n", len(document.lines[0])) else "\n"
    end_of_last = "" if not text or text.endswith(("\n", "\r")) else end
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    spot, around, entry = _spot(document, path), _spot(document, parents), f"{name}: {written}"

    def at(spot: Spot) -> int:
        return starts[spot.line - 1] + spot.column - 1

    begin, old = len(text), 0
    if spot:  # there is a value already
        begin, old, new = at(spot), spot.length, written if spot.length else f" {written}"
    elif around and around.bracketed:
        begin, new = at(around) + 1, entry + (", " if around.inside else "")
    elif around and around.inside is not None and parents:
        begin, new = starts[around.line - 1], f"{' ' * (around.column - 1)}{entry}{end}"
    elif not parents:
        new = f"{end_of_last}{entry}{end}"
    elif len(parents) > 1:
        return text
    elif around is None:
        new = f"{end_of_last}{parents[0]}:{end}  {entry}{end}"
    elif around.length:  # null, or ~
        begin, old, new = at(around), around.length, f"{{{entry}}}"
    elif around.line < len(starts):
        begin, new = starts[around.line], f"  {entry}{end}"
    else:
        new = f"{end_of_last}  {entry}{end}"
    return text[:begin] + new + text[begin + old :]


def _spot(document: Document, path: Sequence[str | int]) -> Spot | None:
    """Return the spot of the value at a path, if it is there."""
    spot: Spot | None = document.spot
    for step in path:
        spot = spot.child(step) if spot else None
    return spot


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
