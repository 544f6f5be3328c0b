"""
Bands of figures and dates: which a question's options are, and which option a cell means.

The options say their bands in words, as "Three to five" or "More than two months away, up to three"; here they are read
as whole numbers. Only a question of which at least three options are bands that follow each other has any.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise
from math import ceil

from fitcheck.amounts import plain_number
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.folding import bare
from fitcheck.mapping import Bands, DateOrder
from fitcheck.nearest import quoted
from fitcheck.table.match.cells import MONTHS
from fitcheck.table.match.questions import QuestionSpec

LEAST = 3
"""So many options at least have to be bands."""

FAR = 10**6

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {"never": 0, "once": 1, "twice": 2}
_UNITS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_N = rf"(\d+|{'|'.join(_NUMBERS)})"
_DAYS = rf"(?: ({'|'.join(_UNITS)})s?)?"
_ABOVE_TO = re.compile(rf"more than {_N}{_DAYS}[^,]*, up to {_N}")
_ABOVE = re.compile(rf"more than {_N}{_DAYS}")
_RANGE = re.compile(rf"^{_N} (?:to|or) {_N}{_DAYS}")
_FROM = re.compile(rf"^{_N}{_DAYS}(?: times)? or more")
_UP_TO = re.compile(rf"^(?:up to {_N}{_DAYS}|{_N}{_DAYS}(?: away)? or less)")
_NOTHING = re.compile("^(?:none|never|not at all)")

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ ,].*)?")
_NAMED = re.compile(r"(?:(\d{1,2})[ .-]+)?([A-Za-z]{3,9})[ .-]+(?:(\d{1,2}),? +)?(\d{4})(?:[ ,].*)?")


def bands_of(asked: QuestionSpec) -> Bands | None:
    """
    Return the bands that the options of a question are; None if they are none.

    >>> said = ("One or two", "Three to five", "Six to ten", "Eleven or more")
    >>> found = bands_of(QuestionSpec("people", "How many?", tuple((text[:3].lower(), text) for text in said)))
    >>> found.steps, found.beyond
    (((2, 'one'), (5, 'thr'), (10, 'six')), 'ele')
    """
    found = sorted(
        ((*span, option) for option, says in asked.options if (span := _span(says.casefold()))),
        key=lambda band: band[:2],
    )
    follow = all(low in {high, high + 1} for (_, high, *_), (low, *_) in pairwise(found))
    units = {unit for _, _, unit, _ in found if unit is not None}
    if len(found) < LEAST or not follow or len(units) > 1 or found[0][0] > 1:
        return None
    size = _UNITS[unit] if (unit := next(iter(units), None)) else 1
    steps = tuple((ceil(high * size), option) for _, high, _, option in found if high != FAR)
    return Bands(steps, next((option for _, high, _, option in found if high == FAR), None), of_days=bool(units))


def _span(says: str) -> tuple[int, int, str | None] | None:
    """Return the lowest and the highest number that an option says, and their unit."""
    if found := _ABOVE_TO.search(says):
        return _number(found[1]), _number(found[3]), found[2]
    if found := _ABOVE.search(says):
        return _number(found[1]), FAR, found[2]
    if found := _FROM.search(says):
        return _number(found[1]), FAR, found[2]
    if found := _UP_TO.search(says):
        return 0, _number(found[1] or found[3]), found[2] or found[4]
    if found := _RANGE.search(says):
        return _number(found[1]), _number(found[2]), found[3]
    return (0, 0, None) if _NOTHING.search(says) else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def code_in(cell: str, bands: Bands, asked: QuestionSpec) -> int | None:
    """Return the code of the option that a figure or a date means, `UNKNOWN` for what is past; None if it is none."""
    figure = _days(cell, bands) if bands.of_days else _count(cell)
    if figure is None:
        return None
    option = bands.option_at(figure)
    return asked.ids.index(option) if option in asked.ids else UNKNOWN


def unread_band(cell: str, bands: Bands) -> tuple[str, str, str]:
    """Return the code, the message and the hint of a cell that is neither a date nor a number, as the bands take it."""
    if not bands.of_days:
        return "not-a-number", f"{quoted(cell.strip())} is not a whole number", "write e.g. 3, or map it under values"
    if read_day(cell, "day first") or read_day(cell, "month first"):
        hint = 'write "dates: day first" or "dates: month first" in the mapping'
        return "ambiguous-date", f"{quoted(cell.strip())} may be two dates", hint
    return "not-a-date", f"{quoted(cell.strip())} is not a date", "write e.g. 2026-10-03, or map it under values"


def _count(cell: str) -> int | None:
    number = plain_number(cell)
    return int(number) if number is not None and number.denominator == 1 else None


def _days(cell: str, bands: Bands) -> int | None:
    day = read_day(cell, bands.order)
    return (day - bands.as_of).days if day and bands.as_of else None


def read_day(cell: str, order: DateOrder | None = None) -> date | None:
    """
    Return the day that a cell says; None if it says none, or may be two and nobody says the order.

    >>> [str(read_day(text)) for text in ("2026-05-01 11:43", "15 Apr, 2021 00:02:00", "12/31/2026", "05/06/2026")]
    ['2026-05-01', '2021-04-15', '2026-12-31', 'None']
    >>> str(read_day("05/06/2026", "day first")), str(read_day("05/05/2026"))
    ('2026-06-05', '2026-05-05')
    """
    text = bare(cell)
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        days = {"day first": _day(found[4], found[3], found[1]), "month first": _day(found[4], found[1], found[3])}
        either = {day for day in days.values() if day}
        return days[order] if order else either.pop() if len(either) == 1 else None
    if (found := _NAMED.fullmatch(text.replace(",", ""))) and found[2][:3].casefold() in MONTHS:
        return _day(found[4], MONTHS.index(found[2][:3].casefold()) + 1, found[1] or found[3] or "")
    return None


def _day(year: str, month: str | int, day: str) -> date | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None


def date_order(cells: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month that a column of dates proves; None where nothing does, or both are met."""
    found = set[DateOrder]()
    for cell in cells:
        if (parts := _NUMERIC.fullmatch(bare(cell))) and read_day(cell) and parts[1] != parts[3]:
            found.add("day first" if read_day(cell, "day first") else "month first")
    return found.pop() if len(found) == 1 else None


def are_days(cells: Sequence[str]) -> bool:
    """Say whether all cells, of which there are any, are dates."""
    return bool(cells) and all(read_day(cell, "day first") or read_day(cell, "month first") for cell in cells)


def are_counts(cells: Sequence[str]) -> bool:
    """Say whether all cells, of which there are any, are whole numbers."""
    return bool(cells) and all(_count(cell) is not None for cell in cells)
