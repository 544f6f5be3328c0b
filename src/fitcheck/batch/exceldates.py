"""What a spreadsheet made of a band such as 1-5: it takes it for a day of the year, and shows "01-May"."""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOCAL = {
    "mai": 5,
    "okt": 10,
    "dez": 12,
    "mär": 3,
    "mrz": 3,
    "mrt": 3,
    "mei": 5,
    "fév": 2,
    "avr": 4,
    "aoû": 8,
    "déc": 12,
}
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | _LOCAL
_DAY_MONTH = re.compile(r"(\d{1,2})[-. /]{1,2}([^\W\d_]{3,4})\.?")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,4})\.?[-. /](\d{1,2})")
_ISO = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[t ]00:00(?::00(?:\.0+)?)?)?")
_LAST_DAY, _LAST_MONTH = 31, 12


def excel_date(cell: str) -> str | None:
    """
    Return the band that a spreadsheet most likely turned into this date; None if it is no such date. For messages only.

    What it shows does not say whether the day or the month was written first. A band goes from the lower to the
    higher number, so that order is taken; two equal numbers are no band.

    >>> [excel_date(cell) for cell in ("01-May", "May-01", "10-Dec", "2026-05-01 00:00:00", "Mayor", "31-Feb")]
    ['1-5', '1-5', '10-12', '1-5', None, '2-31']
    """
    text = cell.strip().lower()
    if found := _DAY_MONTH.fullmatch(text):
        day, month = int(found[1]), _NUMBERS.get(found[2][:3], 0)
    elif found := _MONTH_DAY.fullmatch(text):
        day, month = int(found[2]), _NUMBERS.get(found[1][:3], 0)
    elif found := _ISO.fullmatch(text):
        day, month = int(found[2]), int(found[1])
    else:
        return None
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH) or day == month:
        return None
    return f"{min(day, month)}-{max(day, month)}"
