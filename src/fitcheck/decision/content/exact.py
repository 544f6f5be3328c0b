"""Numbers from callers, as exact fractions within a range, so that no verdict depends on a float."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import NamedTuple

from fitcheck.nearest import shown
from fitcheck.problems import Problem, UsageError

Number = Fraction | Decimal | float
"""What a caller may give for a number; an int is one, too."""

DIGITS = 100
"""A number has no more of them, above or below its fraction line; files and tables have bounds below this one."""

MOST = 10**DIGITS

NOTHING = Fraction(0)


class Range(NamedTuple):
    """
    Which numbers are allowed; the same as in files.

    Attributes:
        wanted: the range in words.
        least: of the numerator, which has the sign of the number.
        is_share: 1 is the most.
    """

    wanted: str
    least: int
    is_share: bool = False


ANY = Range("a number", 1 - MOST)
AMOUNT = Range("a number, 0 or more", 0)
POSITIVE = Range("a number above 0", 1)
SHARE = Range("a number from 0 to 1", 0, is_share=True)


def exact(what: str, number: Number, allowed: Range = ANY) -> Fraction:
    """
    Return a number exactly as written: 0.1 is a tenth, not the nearest binary fraction.

    Args:
        what: it is, in a message.
        number: of any kind that Python has, or NumPy.
        allowed: the range that it must lie in.

    Raises:
        UsageError: it is not a number, is infinite, has more than `DIGITS` digits, or is out of range.

    >>> exact("value", 1000.1), exact("value", Decimal("7.50")), exact("value", 3)
    (Fraction(10001, 10), Fraction(15, 2), Fraction(3, 1))
    >>> exact("win_probability", 30, SHARE)
    Traceback (most recent call last):
    fitcheck.problems.UsageError: win_probability must be a number from 0 to 1, not 30 (30 percent is 0.3)
    """
    found = number if type(number) is Fraction else _read(what, number)
    above, below = found.as_integer_ratio()  # integers, because this runs for every row of a table
    _, least, is_share = allowed
    if least <= above < MOST and below < MOST and (not is_share or above <= below):
        return found
    if abs(above) >= MOST or below >= MOST:
        raise _unreasonable(what, number)
    is_percent = is_share and 1 < found <= 100  # noqa: PLR2004 - of a hundred
    hint = f"{float(found):g} percent is {float(found / 100):g}" if is_percent else None
    message = f"{what} must be {allowed.wanted}, not {shown(number)}"
    raise UsageError(Problem("out-of-range", message, hint=hint))


def _read(what: str, number: Number) -> Fraction:
    if type(number) is int:
        return Fraction(number)
    if isinstance(number, Decimal) and number and abs(number.adjusted()) > DIGITS:
        raise _unreasonable(what, number)  # before it is converted to digits, which could exhaust memory
    try:
        if isinstance(number, Real | Decimal):
            return Fraction(str(number or 0) if isinstance(number, Decimal) else str(number))
    except ValueError:  # a boolean, NaN or infinite
        pass
    hint = "e.g. 1200, 0.5 or Fraction(1, 3)"
    raise UsageError(Problem("not-a-number", f"{what} is not a number: {shown(number)}", hint=hint))


def _unreasonable(what: str, number: Number) -> UsageError:
    hint = f"at most {DIGITS} digits"
    return UsageError(Problem("bad-number", f"{what} is {shown(number)}, out of range", hint=hint))


def keep_exact(of: object, ranges: Mapping[str, Range]) -> None:
    """
    Make the numbers of a frozen value exact while it is made; None stays, and `NOTHING` is looked at no further.

    Raises:
        UsageError: one is not a number, or out of its range.
    """
    for name, allowed in ranges.items():
        number = getattr(of, name)
        if number is not None and number is not NOTHING:
            found = exact(name, number, allowed)
            if found is not number:
                object.__setattr__(of, name, found)
