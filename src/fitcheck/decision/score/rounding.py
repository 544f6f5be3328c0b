"""How numbers are rounded: halves upwards, and never so that a figure seems to be on the other side of its limit."""

from fractions import Fraction

MOST_DIGITS = 9


def half_up(value: Fraction) -> int:
    """
    Round to the nearest integer, halves upwards.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2))
    (3, -2)
    """
    return _half_up(value.numerator, value.denominator)


def rounded(value: Fraction, places: int) -> float:
    """
    Round to some decimal places for the reader, halves upwards, once and at the very end.

    >>> rounded(Fraction(9, 4), 1), rounded(Fraction(5, 2), 0)
    (2.3, 3.0)
    """
    scale = int(10**places)
    return half_up(value * scale) / scale


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def decimal(value: Fraction, digits: int) -> str:
    """
    A number not below zero as a decimal, rounded half up.

    >>> decimal(Fraction(1, 3), 2), decimal(Fraction(5, 2), 0)
    ('0.33', '3')
    """
    return decimal_ratio(value.numerator, value.denominator, digits)


def decimal_ratio(part: int, whole: int, digits: int) -> str:
    """
    The same of a ratio that need not be in lowest terms, which takes time.

    >>> decimal_ratio(2, 6, 2)
    '0.33'
    """
    units = 10**digits
    before, after = divmod(_half_up(part * units, whole), units)
    return f"{before}.{after:0{digits}d}" if digits else f"{before}"


def apart(value: Fraction, limit: Fraction) -> tuple[str, str]:
    """
    A number and the limit it is held against, with as few decimals as show on which side of it the number is.

    >>> apart(Fraction(1, 3), Fraction(1, 2)), apart(Fraction(4999, 100), Fraction(50))
    (('0', '1'), ('49.99', '50.00'))
    """
    for digits in range(MOST_DIGITS):
        told = decimal(value, digits), decimal(limit, digits)
        if (told[0] == told[1]) == (value == limit):
            return told
    return decimal(value, MOST_DIGITS), decimal(limit, MOST_DIGITS)
