"""Answers put into the text of a prospect file."""

import json
from datetime import date

from fitcheck.batch.amounts import Amount, digits_of
from fitcheck.documents.editing import with_value
from fitcheck.documents.source import parse
from fitcheck.problems import printable


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
