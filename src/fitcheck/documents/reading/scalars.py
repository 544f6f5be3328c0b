"""Plain scalars by the core schema of YAML 1.2, so that `no` is text and `12:30` isn't 750."""

import re
from decimal import Decimal

LONGEST_NUMBER = 40
LARGEST_EXPONENT = 30

_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class BadNumberError(ValueError):
    """A number that cannot be read; the message follows "is"."""


def plain_value(word: str) -> str | int | Decimal | bool | None:
    """
    Return what an unquoted word means; numbers are exact, never floats.

    Words with leading zeros, underscores or colons stay text.

    Raises:
        BadNumberError: not finite, or too long.

    >>> [plain_value(word) for word in ("no", "12:30", "007", "0.1", "-3", "~", "True")]
    ['no', '12:30', '007', Decimal('0.1'), -3, None, True]
    """
    if word in _CONSTANTS:
        return _CONSTANTS[word]
    if word[0] not in "-+.0123456789":
        return word
    if _DECIMAL.fullmatch(word):
        return number_value(word)
    if _NOT_FINITE.fullmatch(word):
        raise BadNumberError("not a number")
    return word


def number_value(digits: str) -> int | Decimal:
    """
    Return the exact number that decimal digits say.

    Raises:
        BadNumberError: longer than `LONGEST_NUMBER`, or an exponent beyond `LARGEST_EXPONENT`.

    >>> number_value("1e3"), number_value("12")
    (Decimal('1E+3'), 12)
    """
    if len(digits) > LONGEST_NUMBER:
        raise BadNumberError(f"longer than {LONGEST_NUMBER} digits")
    if _INTEGER.fullmatch(digits):
        return int(digits)
    number = Decimal(digits)
    if number and abs(number.adjusted()) > LARGEST_EXPONENT:
        raise BadNumberError("out of range")
    return number or Decimal(0)
