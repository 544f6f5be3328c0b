"""Numbered texts and shares into the bytes of rows."""

import numpy as np

from fitcheck.batch.arrays import Narrow, Octets, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.compiled.scanning import BEGIN, CR, END, QUOTE
from fitcheck.batch.ratios import DIGITS, UNIT

WHOLE_LINE = -1
"""Instead of how many cells of the table's own are printed: the line, as it is."""

TEXTS, SHARES, WHOLES = range(3)
"""Kinds of columns."""

MOST_DIGITS = 19
"""So many a word of 64 bits has."""

LONGEST_SHARE = MOST_DIGITS + 1 + DIGITS
"""So many bytes a share takes at most."""

_ZERO, _POINT = ord("0"), ord(".")


def _copy(out: Octets, at: int, source: Octets, first: int, last: int) -> int:
    """Copy bytes; return where they end. With unsigned places the processor takes many at once."""
    to, since = np.uint64(at), np.uint64(first)
    for place in range(np.uint64(last - first)):
        out[to + place] = source[since + place]
    return at + last - first


def _print_cell(out: Octets, at: int, text: Octets, first: int, last: int, delimiter: int) -> int:
    """Print a cell of the table, in quotes only if it needs them; inside quotes it is written as it ought to be."""
    has_quotes = last > first and text[first] == QUOTE
    inner = 1 if has_quotes else 0
    needs = False
    for place in range(first + inner, last - inner):
        needs = needs or text[place] == delimiter or text[place] == QUOTE or text[place] == CR
    if needs and not has_quotes:
        out[at] = QUOTE
        at = _copy(out, at + 1, text, first, last)
        out[at] = QUOTE
        return at + 1
    if needs:
        inner = 0
    return _copy(out, at, text, first + inner, last - inner)


def _print_whole(out: Octets, at: int, whole: int, digits: int) -> int:
    """Print a whole number from 0 on, with at least so many digits."""
    beyond = 10**digits
    while digits < MOST_DIGITS and whole >= beyond:
        digits, beyond = digits + 1, beyond * 10
    for digit in range(digits - 1, -1, -1):
        out[at + digit] = _ZERO + whole % 10
        whole //= 10
    return at + digits


@compiled(
    "int64(uint8[::1], int64, uint8[::1], int64[::1], int64, int64, int64[:, ::1], int32[:, ::1],"
    " int64[:, ::1], uint8[::1], uint8[::1], int64[::1], uint8, uint8[::1], int64)"
)
def print_rows(
    out: Octets, at: int, text: Octets, which: Whole, start: int, stop: int, lines: Whole, spans: Narrow,
    columns: Whole, kinds: Octets, letters: Octets, places: Whole, delimiter: int, end: Octets, own: int,
) -> int:  # fmt: skip
    """
    Print rows.

    Args:
        out: has room for them.
        at: where they begin in it.
        text: bytes of the block that was scanned.
        which: the line of each row.
        start: the first row to print.
        stop: the one after the last.
        lines: where each line begins and ends, see `fitcheck.batch.compiled.scanning`.
        spans: likewise the cells of each line that are printed.
        columns: of each kind [columns, rows].
        kinds: of columns: `TEXTS` has numbers of texts, `WHOLES` numbers from 0 on, `SHARES` shares [1 / `UNIT`], or
            below 0 a text all the same: -1 is that of number 0, -2 that of number 1, and so on.
        letters: bytes of all texts.
        places: where each text begins, and the last one ends.
        delimiter: of what is printed.
        end: the end of a line.
        own: how many cells of the table are printed, or `WHOLE_LINE`.

    Returns:
        Where they end. A row that would be a blank line is a blank cell in quotes.
    """
    for row in range(start, stop):
        line, begun = which[row], at
        if own == WHOLE_LINE:
            at = _copy(out, at, text, lines[BEGIN, line], lines[END, line])
            out[at] = delimiter
            at += 1
        for cell in range(own):
            at = _print_cell(out, at, text, spans[2 * cell, line], spans[2 * cell + 1, line], delimiter)
            out[at] = delimiter
            at += 1
        for column in range(len(columns)):
            number, kind = columns[column, row], kinds[column]
            if kind == WHOLES:
                at = _print_whole(out, at, number, 1)
            elif kind == SHARES and number >= 0:
                at = _print_whole(out, at, number // UNIT, 1)
                out[at] = _POINT
                at = _print_whole(out, at + 1, number % UNIT, DIGITS)
            else:
                number = -1 - number if kind == SHARES else number
                at = _copy(out, at, letters, places[number], places[number + 1])
            out[at] = delimiter
            at += 1
        at -= 1
        if at == begun:
            out[at], out[at + 1] = QUOTE, QUOTE
            at += 2
        at = _copy(out, at, end, 0, len(end))
    return at
