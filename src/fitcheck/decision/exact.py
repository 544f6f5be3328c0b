"""Numbers that a caller gives, as exact fractions: what is decided never touches a float."""

from decimal import Decimal
from fractions import Fraction
from numbers import Real

from fitcheck.nearest import shown
from fitcheck.problems import Problem, UsageError

Number = Fraction | Decimal | float
"""What a caller may give for a number; an int is one, too."""


def exact(what: str, number: Number) -> Fraction:
    """
    Return a number as it is written: 0.1 is a tenth, not the binary fraction that is nearest to it.

    Args:
        what: it is, in a message.
        number: of any kind that Python has, or NumPy.

    Raises:
        UsageError: it is none, or has no end.

    >>> exact("value", 1000.1), exact("value", Decimal("7.50")), exact("value", 3)
    (Fraction(10001, 10), Fraction(15, 2), Fraction(3, 1))
    """
    if type(number) is Fraction:
        return number
    try:
        if isinstance(number, Real | Decimal):
            return Fraction(str(number))
    except ValueError:  # true, NaN or without end
        pass
    hint = "a number such as 1200, 0.5 or Fraction(1, 3)"
    raise UsageError(Problem("not-a-number", f"{what} is {shown(number)}, which is no number", hint=hint))


def keep_exact(of: object, *names: str) -> None:
    """
    Make the numbers of a frozen value exact while it is made; None stays.

    Raises:
        UsageError: one of them is none.
    """
    for name in names:
        number = getattr(of, name)
        if number is not None and type(number) is not Fraction:
            object.__setattr__(of, name, exact(name, number))
