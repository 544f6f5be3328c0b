"""Answers put into the text of a prospect file."""

import json
from datetime import date
from fractions import Fraction

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


def deal_in_yaml(value: Fraction, currency: str | None) -> str:
    """
    Return what is at stake as YAML on one line; the value has no more decimals than money is written with.

    >>> deal_in_yaml(Fraction(61, 2), "EUR")
    '{value: 30.5, currency: EUR}'
    """
    whole, rest = divmod(value, 1)
    decimals = ""
    while rest:
        digit, rest = divmod(rest * 10, 1)
        decimals += str(digit)
    number = f"{whole}.{decimals}" if decimals else str(whole)
    return f"{{value: {number}, currency: {currency}}}" if currency else f"{{value: {number}}}"


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
