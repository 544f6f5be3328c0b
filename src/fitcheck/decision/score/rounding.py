"""Rounding: half up, and never so that a figure appears on the wrong side of its limit."""

from collections.abc import Sequence
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


def beside(value: Fraction, limit: Fraction, digits: int = 2) -> str:
    """
    Return a number with so many decimals, or as many more as show that it is not the limit beside it.

    >>> [beside(score, Fraction(60)) for score in (Fraction(2, 3), Fraction(59999, 1000), Fraction(60))]
    ['0.67', '59.999', '60.00']
    """
    while value != limit and digits < MOST_DIGITS and decimal(value, digits) == decimal(limit, digits):
        digits += 1
    return decimal(value, digits)


def apart(value: Fraction, limit: Fraction) -> tuple[str, str]:
    """
    A number and its limit, with just enough decimals to show which side the number is on.

    >>> apart(Fraction(1, 3), Fraction(1, 2)), apart(Fraction(4999, 100), Fraction(50))
    (('0', '1'), ('49.99', '50.00'))
    """
    for digits in range(MOST_DIGITS):
        told = decimal(value, digits), decimal(limit, digits)
        if (told[0] == told[1]) == (value == limit):
            return told
    return decimal(value, MOST_DIGITS), decimal(limit, MOST_DIGITS)


def largest_remainder(weights: Sequence[Fraction | int], total: int) -> tuple[int, ...]:
    """
    Share out `total` whole units in proportion to `weights`.

    Args:
        weights: not negative, at least one above zero.
        total: units to share out, >= 0.

    Returns:
        As many integers as there are weights; they add up to `total`.

    Raises:
        ValueError: no weight is above zero, or one is below.

    Source:
        Hamilton's method; ties go to the lower index.

    >>> largest_remainder([1, 1, 1], 100)
    (34, 33, 33)
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and must not all be zero")
    shares, rests = map(list, zip(*(divmod(weight * total, whole) for weight in weights), strict=True))
    by_remainder = sorted(range(len(shares)), key=lambda i: (-rests[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return tuple(shares)


def rounded_shares(parts: Sequence[Fraction], total: Fraction, digits: int) -> tuple[Fraction, ...]:
    """
    Round parts to so many decimals that they still add up to the rounded total.

    Args:
        parts: of any sign.
        total: what they are to add up to, a whole number of the last decimal.
        digits: decimals.

    Source:
        Largest remainder: every part is rounded down, and those that lost most get the units that are left.

    >>> [str(part) for part in rounded_shares([Fraction(1, 3)] * 3, Fraction(1), 1)]
    ['2/5', '3/10', '3/10']
    """
    unit = 10**digits
    exact = [part * unit for part in parts]
    units = [part.numerator // part.denominator for part in exact]
    left = int(total * unit) - sum(units)
    order = sorted(range(len(parts)), key=lambda i: (units[i] - exact[i], i))
    for i in order[:left] if left >= 0 else order[left:]:
        units[i] += 1 if left >= 0 else -1
    return tuple(Fraction(each, unit) for each in units)
