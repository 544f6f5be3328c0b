"""
Bytes into numbered words: one pass over the lines of a block, eight bytes at a time.

A line is sound here if it has as many cells as the header, no NUL, and quotes only around whole cells, as RFC 4180
puts them. Of every other line the strict splitter (`fitcheck.batch.records`) says what it is.

Words are found in a table of hashes with open addressing, and compared letter by letter: two are never taken for one.
Bytes are looked for in eights at once: of `y - 0x01…01 & ~y & 0x80…80` the lowest bit that is set stands where
the first byte of y is 0 (Mycroft 1987).
"""

import numpy as np

from fitcheck.batch.arrays import Eights, Narrow, Octets, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.compiled.parts import SEED, mixed

DONE, STOPPED, FULL = 0, 1, 2
"""Why a scan ended: all was read; a line with quotes is for the splitter; there is no room for another word."""

POSITION, LINE, ROWS, OTHERS, WORDS, USED = range(6)
"""What stands where in the state of a scan; see `scan`."""

BEGIN, END, NUMBER = range(3)
"""What stands where of a line: its first byte, the one after its last, its number in the table."""

LF, CR, QUOTE = 10, 13, 34

EIGHT = 8

_ONES, _HIGH, _ALL = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080), np.uint64(0xFFFFFFFFFFFFFFFF)
_LFS, _QUOTES = np.uint64(LF) * _ONES, np.uint64(QUOTE) * _ONES
_1, _7, _56, _63 = np.uint64(1), np.uint64(7), np.uint64(56), np.uint64(63)
_NO_END = -1


def _eight(eights: Eights, at: int) -> np.uint64:
    """Eight bytes from a place on."""
    place, shift = np.uint64(at >> 3), np.uint64((at & 7) << 3)
    return np.uint64((eights[place] >> shift) | ((eights[place + _1] << (_63 - shift)) << _1))


def _letters_of(eights: Eights, start: int, length: int, step: int) -> np.uint64:
    """Eight bytes of a cell, 0 where it has no more."""
    found = _eight(eights, start + (step << 3))
    left = length - (step << 3)
    return found if left >= EIGHT else found & (_ALL >> np.uint64(64 - (left << 3)))


def _zeros(y: np.uint64) -> np.uint64:
    return (y - _ONES) & ~y


def _end_of_plain(eights: Eights, at: int, delimiters: np.uint64, value: np.uint64) -> tuple[int, np.uint64]:
    """Where a cell without quotes ends: at a delimiter, a line end, a quote or a NUL; and its hash."""
    while True:
        x = _eight(eights, at)
        found = (_zeros(x ^ delimiters) | _zeros(x ^ _LFS) | _zeros(x ^ _QUOTES) | _zeros(x)) & _HIGH
        if found:
            before = ((found & (~found + _1)) >> _7) - _1  # the bits of all bytes before the first
            if before:
                value = mixed(value, x & before)
            return int(at + np.int64((before & _ONES) * _ONES >> _56)), value
        value = mixed(value, x)
        at += EIGHT


def _end_of_quoted(text: Octets, at: int) -> int:
    """The place after the closing quote of a cell that begins with one; `_NO_END` if it goes on, or holds a NUL."""
    at += 1
    while True:
        letter = text[np.uint64(at)]
        if letter == QUOTE:
            if text[np.uint64(at + 1)] != QUOTE:
                return at + 1
            at += 1
        elif letter in (LF, 0):
            return _NO_END
        at += 1


def _same(letters: Eights, place: int, eights: Eights, start: int, length: int) -> bool:
    """Whether a word is the same as a cell of the same length."""
    for step in range((length + 7) >> 3):
        if letters[np.uint64(place + step)] != _letters_of(eights, start, length, step):
            return False
    return True


@compiled(
    "int64(uint8[::1], uint64[::1], int64, uint8, int64[::1], int64[::1], int64[::1],"
    " int32[::1], uint64[::1], int64[::1], int64[::1], uint64[::1], int32[:, ::1], int32[:, ::1], int64[:, ::1],"
    " int64[:, ::1])"
)
def scan(
    text: Octets, eights: Eights, end: int, delimiter: int, watched: Whole, kept: Whole, state: Whole, slots: Narrow,
    hashes: Eights, places: Whole, shapes: Whole, letters: Eights, words: Narrow, spans: Narrow, rows: Whole,
    others: Whole,
) -> int:  # fmt: skip
    """
    Scan the lines of a block, from where the state says.

    Args:
        text: the bytes of the block, which ends with a line end.
        eights: the same eight by eight, and two more.
        end: how many bytes there are.
        delimiter: of the table.
        watched: for each column of the table its place among those whose words are numbered; below 0 for none.
        kept: likewise, those whose cells are to be found again.
        state: byte and line to go on with, rows and other lines found so far, words and eights of letters in use.
        slots: number of the word with each hash, -1 where there is none; twice as many as words, a power of two.
        hashes: of each word.
        places: where the letters of each word are.
        shapes: column and length of each word.
        letters: of all words, each in eights of its own.
        words: takes the number of the word in each watched column [watched, lines].
        spans: takes where each kept cell begins and ends, quotes and all [2 * kept, lines].
        rows: takes the sound lines, see `BEGIN` [3, lines].
        others: takes the other ones [3, lines].

    Returns:
        `DONE`; `STOPPED` at a line with quotes that is not sound; `FULL`.
    """
    delimiters = np.uint64(delimiter) * _ONES
    width, mask = len(watched), np.uint64(len(slots) - 1)
    most = min(len(hashes), len(slots) // 2) - width
    row, other, count, used = state[ROWS], state[OTHERS], state[WORDS], state[USED]
    line_at, line, reason = state[POSITION], state[LINE], DONE
    while line_at < end and reason == DONE:
        if count > most:
            reason = FULL
            break
        at, column, last = line_at, 0, line_at
        while True:  # one cell after the other; `column` is `width` at the end of a sound line, and nowhere else
            first, length = at, 0
            which = watched[np.uint64(column)] if column < width else -1
            value = np.uint64(which) * SEED
            is_hashed = text[np.uint64(at)] != QUOTE
            if is_hashed:
                at, value = _end_of_plain(eights, at, delimiters, value)
                last = at
                if text[np.uint64(at)] == LF and last > first and text[np.uint64(last - 1)] == CR:
                    last, is_hashed = last - 1, False
                start, length = first, last - first
            else:
                at = last = _end_of_quoted(text, at)
                if at == _NO_END:
                    break
                if text[np.uint64(at)] == CR and text[np.uint64(at + 1)] == LF:
                    at += 1
                start, length = first + 1, last - first - 2
            if column >= width or (text[np.uint64(at)] != delimiter and text[np.uint64(at)] != LF):
                column = -1
                break
            if which >= 0:
                if not is_hashed:
                    value = np.uint64(which) * SEED
                    for step in range((length + 7) >> 3):
                        value = mixed(value, _letters_of(eights, start, length, step))
                value += np.uint64(length)
                shape, slot = which << 32 | length, value & mask
                word = np.int64(slots[slot])
                while word >= 0:
                    known = np.uint64(word)
                    is_alike = hashes[known] == value and shapes[known] == shape
                    if is_alike and _same(letters, places[known], eights, start, length):
                        break
                    slot = (slot + _1) & mask
                    word = np.int64(slots[slot])
                if word < 0:
                    steps = (length + 7) >> 3
                    if used + steps > len(letters):
                        reason = FULL
                        break
                    word, count = count, count + 1
                    slots[slot] = word
                    hashes[word], shapes[word], places[word] = value, shape, used
                    for step in range(steps):
                        letters[used + step] = _letters_of(eights, start, length, step)
                    used += steps
                words[np.uint64(which), np.uint64(row)] = word
            if kept[np.uint64(column)] >= 0:
                spans[2 * kept[column], row], spans[2 * kept[column] + 1, row] = first, last
            column += 1
            if text[np.uint64(at)] == LF:
                break
            at += 1
        if reason == FULL:
            break
        if column == width and at != _NO_END:
            rows[BEGIN, row], rows[END, row], rows[NUMBER, row] = line_at, last, line
            row += 1
        else:
            has_quotes = False
            at = line_at
            while text[np.uint64(at)] != LF:
                has_quotes = has_quotes or text[np.uint64(at)] == QUOTE
                at += 1
            if has_quotes:
                reason = STOPPED
                break
            others[BEGIN, other], others[END, other], others[NUMBER, other] = line_at, at, line
            other += 1
        line += 1
        line_at = at + 1
    state[POSITION], state[LINE], state[ROWS], state[OTHERS] = line_at, line, row, other
    state[WORDS], state[USED] = count, used
    return reason


@compiled("void(int32[::1], uint64[::1], int64)")
def rehash(slots: Narrow, hashes: Eights, count: int) -> None:
    """Put so many words, of which no two are the same, into an empty table."""
    mask = np.uint64(len(slots) - 1)
    for word in range(count):
        slot = hashes[word] & mask
        while slots[slot] >= 0:
            slot = (slot + _1) & mask
        slots[slot] = word
