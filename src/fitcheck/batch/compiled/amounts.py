"""
Amounts of money read at a glance: digits, in groups or not, with two decimals at most, and a currency beside them.

What is read here is what `fitcheck.amounts` says; everything else is left to it.
"""

import numpy as np

from fitcheck.batch.arrays import NOTHING, Narrow, Octets, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.dealreading import CENTS

NO_GROUPS = 0
"""In place of the mark between groups of digits, where none is known."""

LONGEST_AFFIX = 8
"""Bytes before and after the digits, at most."""

MOST_DIGITS = 11
"""Digits of whole units, at most: so that an amount is below `MOST_PLAIN`."""

GROUP = 3
QUOTE = 34
_0, _9, _BLANK, _APOSTROPHE = 48, 57, 32, 39
_NO_BREAK, _NARROW, _CURLY = 0xA0C2, 0xAF80E2, 0x9980E2  # U+00A0, U+202F and U+2019 in UTF-8, first byte lowest


def _is_digit(letter: int) -> bool:
    return _0 <= letter <= _9


def _packed(text: Octets, at: int, end: int) -> int:
    """At most eight bytes in one word."""
    found = np.int64(0)
    for k in range(end - at):
        found |= np.int64(text[np.uint64(at + k)]) << (8 * k)
    return found  # type: ignore[return-value]  # in Python, which does not run it


def _separator(text: Octets, at: int, end: int, group: int) -> int:
    """Bytes of what parts groups of digits: a mark, a blank or an apostrophe, with three digits after it; else 0."""
    letter, two, three = text[np.uint64(at)], _packed(text, at, at + 2), _packed(text, at, at + 3)
    length = 0
    if letter in (_BLANK, _APOSTROPHE) or letter == group:
        length = 1
    elif two == _NO_BREAK:
        length = 2
    elif three in (_NARROW, _CURLY):
        length = 3
    if not length or at + length + GROUP > end:
        return 0
    for k in range(GROUP):
        if not _is_digit(text[np.uint64(at + length + k)]):
            return 0
    return length


def _read(text: Octets, at: int, end: int, point: int, group: int) -> tuple[int, int]:
    """Hundredths of a number that begins with a digit, `NOTHING` if it is not to be read here; and where it ends."""
    value, digits, run, cents = 0, 0, 0, 0
    start, separator = at, 0
    while at < end:
        letter = text[np.uint64(at)]
        if _is_digit(letter):
            value = value * 10 + (letter - _0)
            digits, run, at = digits + 1, run + 1, at + 1
            if digits > MOST_DIGITS or (separator and run > GROUP):
                return NOTHING, at
            continue
        length = _separator(text, at, end, group)
        if not length:
            break
        if not separator:
            if run > GROUP or text[np.uint64(start)] == _0:
                return NOTHING, at
            separator = _packed(text, at, at + length)
        elif _packed(text, at, at + length) != separator:
            return NOTHING, at
        run, at = 0, at + length
    if at + 1 < end and text[np.uint64(at)] == point and _is_digit(text[np.uint64(at + 1)]):
        at += 1
        while at < end and _is_digit(text[np.uint64(at)]):
            value = value * 10 + (text[np.uint64(at)] - _0)
            cents, at = cents + 1, at + 1
            if cents > CENTS:
                return NOTHING, at
    for _ in range(CENTS - cents):
        value *= 10
    return value or NOTHING, at


@compiled("void(uint8[::1], int32[::1], int32[::1], uint8, uint8, int64[::1], int64[:, ::1])")
def read_amounts(
    text: Octets, begins: Narrow, ends: Narrow, point: int, group: int, found: Whole, beside: Whole
) -> None:
    """
    Read amounts.

    Args:
        text: bytes of all cells.
        begins: where each begins, quotes and all.
        ends: likewise.
        point: decimal mark.
        group: mark between groups of digits; `NO_GROUPS`.
        found: takes each amount [hundredths]; `NOTHING` where it is nothing, or not to be read at a glance.
        beside: takes the bytes before it and after it, eight in a word [2, k].
    """
    for row in range(len(begins)):
        at, end = int(begins[row]), int(ends[row])
        found[row], beside[0, row], beside[1, row] = NOTHING, 0, 0
        if end - at > 1 and text[np.uint64(at)] == QUOTE:
            at, end = at + 1, end - 1
        start = at
        while start < end and not _is_digit(text[np.uint64(start)]):
            start += 1
        if start == end or start - at > LONGEST_AFFIX:
            continue
        value, stop = _read(text, start, end, point, group)
        if value == NOTHING or end - stop > LONGEST_AFFIX:
            continue
        is_number = True
        for k in range(stop, end):
            is_number = is_number and not _is_digit(text[np.uint64(k)])
        if is_number:
            found[row] = value
            beside[0, row], beside[1, row] = _packed(text, at, start), _packed(text, stop, end)
