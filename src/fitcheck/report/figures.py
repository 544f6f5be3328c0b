"""Figures as one says them: whole points, rounded money and hours, days."""

from datetime import date
from fractions import Fraction

from fitcheck.decision.score.rounding import apart, half_up

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Names that no locale changes."""

TELLING = 2
"""Leading digits of an estimate that mean something."""

OFTEN = 10


def whole_points(value: Fraction, limit: Fraction) -> tuple[str, str]:
    """
    A score and its threshold in whole points, or with as many decimals as show on which side it is.

    >>> whole_points(Fraction(569, 10), Fraction(58)), whole_points(Fraction(576, 10), Fraction(58))
    (('57', '58'), ('57.6', '58.0'))
    """
    return apart(value, limit)


def whole_effect(value: Fraction) -> str:
    """
    A signed effect in whole points.

    >>> whole_effect(Fraction(-919, 100)), whole_effect(Fraction(7, 2)), whole_effect(Fraction(1, 5))
    ('−9', '+4', '+0')
    """
    return f"{'−' if value < 0 else '+'}{half_up(abs(value))}"


def about(amount: float | Fraction) -> str:
    """
    An estimate with two leading digits; below ten a whole number.

    >>> [about(amount) for amount in (6208, 64_910, 0.4, 7.5, 986, -1234)]
    ['6,200', '65,000', '0', '8', '990', '−1,200']
    """
    exact = Fraction(amount)
    whole = half_up(abs(exact))
    scale = 10 ** max(0, len(str(whole)) - TELLING)
    return f"{'−' if exact < 0 else ''}{half_up(Fraction(whole, scale)) * scale:,}"


def money(amount: Fraction, currency: str) -> str:
    """
    Money in whole units.

    >>> money(Fraction(25001, 2), "EUR"), money(Fraction(-300), "EUR")
    ('EUR 12,501', 'EUR −300')
    """
    whole = half_up(amount)
    return f"{currency} {'−' if whole < 0 else ''}{abs(whole):,}"


def day_text(day: date) -> str:
    """
    A day, the same everywhere.

    >>> day_text(date(2026, 5, 27))
    '27 May 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def wins_needed(share: Fraction) -> str:
    """
    How many deals must be won, never fewer than it takes.

    >>> [wins_needed(Fraction(percent, 100)) for percent in (26, 33, 34, 60, 95)]
    ['1 such deal in 3', '1 such deal in 3', '1 such deal in 2', '6 such deals in 10', 'nearly every such deal']
    """
    if share * 2 <= 1:
        return f"1 such deal in {int(1 / share)}" if share else "any such deal"
    often = -int(-share * OFTEN // 1)
    return f"{often} such deals in {OFTEN}" if often < OFTEN else "nearly every such deal"
