"""Numbered texts and shares into the bytes of rows."""

import numpy as np
from numpy.typing import NDArray

from fitcheck.batch.arrays import Whole
from fitcheck.batch.compiled.jit import compiled

Octets = NDArray[np.uint8]
Narrow = NDArray[np.int32]

_LF, _CR, _QUOTE, _ZERO, _POINT = 10, 13, 34, 48, 46


@compiled("int64(uint8[::1], int64, uint8[::1], int64, int64)")
def _copy(out: Octets, at: int, source: Octets, first: int, last: int) -> int:
    """Copy bytes; return where they end."""
    to, since = np.uint64(at), np.uint64(first)
    for place in range(np.uint64(last - first)):
        out[to + place] = source[since + place]
    return at + last - first


@compiled(
    "int64(uint8[::1], int64, uint8[::1], int64[::1], int64, int64, int64[:, ::1], int32[:, ::1],"
    " int64[:, ::1], uint8[::1], uint8[::1], int64[::1], uint8, uint8[::1], int64)"
)
def print_rows(
    out: Octets, at: int, text: Octets, at_rows: Whole, start: int, stop: int, rows: Whole,
    spans: Narrow, columns: Whole, kinds: Octets, letters: Octets, places: Whole, delimiter: int, end: Octets,
    own: int,
) -> int:
    """Write."""
    for k in range(start, stop):
        row = at_rows[k]
        begun = at
        if own < 0:
            at = _copy(out, at, text, rows[0, row], rows[1, row])
            out[at] = delimiter
            at += 1
        else:
            for cell in range(own):
                first, last = spans[2 * cell, row], spans[2 * cell + 1, row]
                quoted = last > first and text[first] == _QUOTE
                needed = False
                if quoted:
                    inner = first + 1
                    while inner < last - 1 and not needed:
                        needed = (
                            text[inner] == delimiter or text[inner] == _QUOTE or text[inner] == _CR
                        )
                        inner += 1
                    if not needed:
                        first += 1
                        last -= 1
                else:
                    for place in range(first, last):
                        needed = needed or text[place] == delimiter or text[place] == _CR
                if needed and not quoted:
                    out[at] = _QUOTE
                    at += 1
                at = _copy(out, at, text, first, last)
                if needed and not quoted:
                    out[at] = _QUOTE
                    at += 1
                out[at] = delimiter
                at += 1
        for column in range(len(kinds)):
            number = columns[column, k]
            if kinds[column] and number >= 0:
                whole = number // 10000
                part = number - whole * 10000
                digits = 1
                beyond = 10
                while whole >= beyond:
                    digits += 1
                    beyond *= 10
                for digit in range(digits - 1, -1, -1):
                    out[at + digit] = _ZERO + whole % 10
                    whole //= 10
                at += digits
                out[at] = _POINT
                for digit in range(4, 0, -1):
                    out[at + digit] = _ZERO + part % 10
                    part //= 10
                at += 5
            else:
                if kinds[column]:
                    number = -1 - number
                at = _copy(out, at, letters, places[number], places[number + 1])
            out[at] = delimiter
            at += 1
        at -= 1
        if at == begun:
            out[at] = _QUOTE
            out[at + 1] = _QUOTE
            at += 2
        for letter in end:
            out[at] = letter
            at += 1
    return at
