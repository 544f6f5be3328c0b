"""Edit the text of a prospect file: put a value in, and leave every other character as it is."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fitcheck.amounts import Amount, digits_of
from fitcheck.documents.reading.scalars import plain_value
from fitcheck.documents.reading.source import parse
from fitcheck.documents.reading.tree import LINE_END, Document, Path, Spot
from fitcheck.problems import DocumentError, Place, Problem, printable

_PLAIN = re.compile(r"[a-z][a-z0-9_]*|n/a|\d{4}-\d\d-\d\d")
"""Text that needs no quotes: an id, or a day."""


def with_value(text: str, file: str, path: Path, written: str) -> str:
    r"""
    Put a value where it belongs in a YAML text: in the place of the one that is there, or on a line of its own.

    A mapping or list that is written on several lines is not replaced.

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
    """The same data with one value put in; None where there is no place for it."""
    if not path:
        return value
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
        begin, old = at(spot), spot.end - spot.column if spot.end else spot.length
        new = written if old else f" {written}"
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
    >>> from fitcheck.currencies import sign_of
    >>> deal_in_yaml(Amount(Fraction(61, 2), sign_of("EUR")))
    '{value: 30.5, currency: EUR}'
    """
    named = f", currency: {amount.currency}" if amount.currency else ""
    return f"{{value: {digits_of(amount.value)}{named}}}"


def in_flow(value: object) -> str:
    r"""
    Return a value of a prospect file as YAML on one line.

    >>> print(in_flow({"answer": "named", "evidence": "yes", "by": "Ms Ode", "was": [{"answer": "n/a"}]}))
    {answer: named, evidence: yes, by: "Ms Ode", was: [{answer: n/a}]}
    """
    match value:
        case Mapping():
            return f"{{{', '.join(f'{name}: {in_flow(part)}' for name, part in value.items())}}}"
        case list():
            return f"[{', '.join(map(in_flow, value))}]"
        case str():
            return value if _PLAIN.fullmatch(value) and plain_value(value) == value else in_yaml(value)
        case _:
            return json.dumps(value)


def with_answer(text: str, file: str, question: str, answer: str, *, evidence: str = "", on: date | None = None) -> str:
    """
    Put an answer of ours into a prospect file; what else is told of the question stays.

    It needs no review, and new evidence does not stand where the notes have the earlier one.

    Args:
        text: of the file.
        file: its name for people.
        question: its id.
        answer: an option's id, `unknown` or `n/a`.
        evidence: what they said or did; blank if nothing is told.
        on: the day it was learned.

    Raises:
        DocumentError: see `with_value`.
    """
    told = {"answer": answer, "evidence": evidence, "on": on.isoformat() if on else ""}
    outdated = ("review", "at") if evidence else ("review",)
    return with_parts(text, file, question, {name: p for name, p in told.items() if p} | dict.fromkeys(outdated))


def with_parts(text: str, file: str, question: str, parts: Mapping[str, object]) -> str:
    """
    Put parts of an answer into a prospect file; its other parts stay.

    Args:
        text: of the file.
        file: its name for people.
        question: its id.
        parts: by key, `answer` among them if the file has none; None takes a part out.

    Raises:
        DocumentError: see `with_value`.
    """
    path, document = ("answers", question), parse(text.encode(), file)
    before, spot = document.mapping(*path), _spot(document, path)
    if before and spot and not spot.end:  # on several lines, of which the others stay as they are
        for name, part in parts.items():
            if name in before or part is not None:
                text = with_value(text, file, (*path, name), in_flow(part))
        return text
    whole = {name: part for name, part in {**before, **parts}.items() if part is not None}
    return with_value(text, file, path, in_flow(whole if len(whole) > 1 else whole["answer"]))
