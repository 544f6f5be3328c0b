"""Check arguments of the Python interface at run time, as annotations hold only for a type checker."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from fitcheck.nearest import nearest, shown
from fitcheck.problems import Problem, UsageError

_T = TypeVar("_T")


def check_type(name: str, value: object, *kinds: type, hint: str) -> None:
    """
    Refuse an argument of the wrong type.

    Args:
        name: of the argument.
        value: given for it.
        kinds: that it may be of.
        hint: how to get one.

    Raises:
        UsageError: it is of another type.

    >>> check_type("since", "May", date, hint="e.g. date(2026, 5, 1)")
    Traceback (most recent call last):
    fitcheck.problems.UsageError: since must be a date, not 'May' (e.g. date(2026, 5, 1))
    """
    if not isinstance(value, kinds):
        wanted = " or ".join(f"{'an' if kind.__name__[0] in 'AEIOUaeiou' else 'a'} {kind.__name__}" for kind in kinds)
        raise UsageError(Problem("wrong-type", f"{name} must be {wanted}, not {shown(value)}", hint=hint))


def check_each(name: str, values: Mapping[_T, object], kind: type, *, hint: str) -> None:
    """
    Refuse a map with a value of the wrong type.

    Args:
        name: of the argument.
        values: given for it, by key.
        kind: that each may be of.
        hint: how to get one.

    Raises:
        UsageError: it is not a map, or a value is of another type.

    >>> check_each("ages", {"Acme": "3", "Brightloom": 4}, str, hint="in years")
    Traceback (most recent call last):
    fitcheck.problems.UsageError: ages['Brightloom'] must be a str, not 4 (in years)
    """
    check_type(name, values, Mapping, hint=hint)
    for key, value in values.items():
        check_type(f"{name}[{shown(key)}]", value, kind, hint=hint)


def listed(name: str, values: Iterable[_T], kind: type, *, hint: str) -> list[_T]:
    """
    Return an iterable as a list, checked; see `check_each`.

    Raises:
        UsageError: it is not an iterable, or an item is of another type.
    """
    check_type(name, values, Iterable, hint=hint)
    found = [*values]
    check_each(name, dict(enumerate(found)), kind, hint=hint)
    return found


def check_day(name: str, value: object) -> None:
    """
    Refuse anything but a date: a text, or a datetime, which cannot be compared with the date of an answer.

    Raises:
        UsageError: it is neither a date nor None.
    """
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        hint = "a datetime.date, e.g. date(2026, 11, 22)"
        raise UsageError(Problem("wrong-type", f"{name} must be a date, not {shown(value)}", hint=hint))


def check_word(name: str, value: object, known: Sequence[str], *, hint: str | None = None) -> None:
    """
    Refuse a word that is not one of a few.

    Args:
        name: of the argument.
        value: given for it.
        known: the words allowed.
        hint: what to write instead; the nearest word, or all of them, if None.

    Raises:
        UsageError: it is not one of them.

    >>> check_word("bad_answers", "unknwon", ["reject", "unknown"])
    Traceback (most recent call last):
    fitcheck.problems.UsageError: bad_answers cannot be 'unknwon' (did you mean "unknown"?)
    """
    if value not in known:
        hint = hint or nearest(value, known, show=len(known))
        raise UsageError(Problem("unknown-word", f"{name} cannot be {shown(value)}", hint=hint))
