"""
Bytes into numbered words: one pass over the lines of a block, eight bytes at a time.

A line is sound here if it has as many cells as the header, no NUL, and quotes only around whole cells, as RFC 4180
puts them. Of every other line the strict splitter (`fitcheck.batch.records`) says what it is.
"""

import numpy as np

from fitcheck.batch.compiled.jit import compiled

DONE, STOPPED, FULL = 0, 1, 2
"""Why a scan ended: all was read; a line with quotes is for the splitter; there is no room for another word."""

POSITION, LINE, ROWS, OTHERS, WORDS, USED = range(6)
"""What stands where in the state of a scan; see `scan`."""

SEED, PRIME = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93

_ONES, _HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_LF, _CR, _QUOTE = 10, 13, 34
_LFS, _QUOTES = np.uint64(0x0A0A0A0A0A0A0A0A), np.uint64(0x2222222222222222)
_SEED, _PRIME = np.uint64(SEED), np.uint64(PRIME)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@compiled("uint64(uint64[::1], int64)")
def _eight(eights, at):
    """Eight bytes from a place on."""
    place, shift = np.uint64(at >> 3), np.uint64((at & 7) << 3)
    return (eights[place] >> shift) | ((eights[place + np.uint64(1)] << (np.uint64(63) - shift)) << np.uint64(1))


@compiled("uint64(uint64[::1], int64, int64, int64)")
def _part(eights, start, length, step):
    """The eight bytes of a word at a step, zeros where there are no more."""
    part = _eight(eights, start + (step << 3))
    left = length - (step << 3)
    return part if left >= 8 else part & (_ALL >> np.uint64(64 - (left << 3)))


@compiled(
    "int64(uint8[::1], uint64[::1], int64, uint8, int64[::1], int64[::1], int64[::1],"
    " int32[::1], uint64[::1], int64[::1], int64[::1], uint64[::1], int32[:, ::1], int32[:, ::1], int64[:, ::1],"
    " int64[:, ::1])"
)
def scan(
    text, eights, end, delimiter, watched, kept, state,
    slots, hashes, places, shapes, letters, words, spans, rows, others,
):
    line_at = state[POSITION]
    line, row, other = state[LINE], state[ROWS], state[OTHERS]
    count, used = state[WORDS], state[USED]
    width = len(watched)
    delimiters = np.uint64(delimiter) * _ONES
    mask = np.uint64(len(slots) - 1)
    most = min(len(hashes), len(slots) // 2) - width
    reason = DONE
    while line_at < end:
        if count > most:
            reason = FULL
            break
        at = line_at
        column = 0
        sound = True
        while True:
            # find the end of the cell, and hash it on the way
            first = at
            which = watched[np.uint64(column)] if column < width else -1
            value = np.uint64(which) * _SEED
            is_hashed = False
            if text[np.uint64(at)] == _QUOTE:
                at += 1
                while True:
                    while text[np.uint64(at)] != _QUOTE and text[np.uint64(at)] != _LF and text[np.uint64(at)] != 0:
                        at += 1
                    if text[np.uint64(at)] == _QUOTE and text[np.uint64(at + 1)] == _QUOTE:
                        at += 2
                        continue
                    break
                if text[np.uint64(at)] != _QUOTE:
                    sound = False
                    break
                at += 1
                last = at
                if text[np.uint64(at)] == _CR and text[np.uint64(at + 1)] == _LF:
                    at += 1
                if text[np.uint64(at)] != delimiter and text[np.uint64(at)] != _LF:
                    sound = False
                    break
            else:
                while True:
                    x = _eight(eights, at)
                    y = x ^ delimiters
                    found = (y - _ONES) & ~y
                    y = x ^ _LFS
                    found |= (y - _ONES) & ~y
                    y = x ^ _QUOTES
                    found |= (y - _ONES) & ~y
                    found |= (x - _ONES) & ~x
                    found &= _HIGH
                    if found:
                        lowest = found & (~found + np.uint64(1))
                        before = (lowest >> np.uint64(7)) - np.uint64(1)
                        if before:
                            value = (value ^ (x & before)) * _PRIME
                            value ^= value >> np.uint64(32)
                        at += np.int64((before & _ONES) * _ONES >> np.uint64(56))
                        break
                    value = (value ^ x) * _PRIME
                    value ^= value >> np.uint64(32)
                    at += 8
                last = at
                is_hashed = True
                if text[np.uint64(at)] == _LF:
                    if last > first and text[np.uint64(last - 1)] == _CR:
                        last -= 1
                        is_hashed = False
                elif text[np.uint64(at)] != delimiter:
                    sound = False
                    break
            if column >= width:
                sound = False
                break
            if which >= 0:
                start, stop = first, last
                if text[np.uint64(first)] == _QUOTE:
                    start += 1
                    stop -= 1
                length = stop - start
                steps = (length + 7) >> 3
                if not is_hashed:
                    value = np.uint64(which) * _SEED
                    for step in range(steps):
                        value = (value ^ _part(eights, start, length, step)) * _PRIME
                        value ^= value >> np.uint64(32)
                value += np.uint64(length)
                shape = which << 32 | length
                slot = np.int64(value & mask)
                word = np.int64(slots[np.uint64(slot)])
                while word >= 0:
                    if hashes[np.uint64(word)] == value and shapes[np.uint64(word)] == shape:
                        same = True
                        for step in range(steps):
                            if letters[np.uint64(places[word] + step)] != _part(eights, start, length, step):
                                same = False
                                break
                        if same:
                            break
                    slot = np.int64((np.uint64(slot) + np.uint64(1)) & mask)
                    word = np.int64(slots[np.uint64(slot)])
                if word < 0:
                    if used + steps > len(letters):
                        reason = FULL
                        break
                    word = count
                    count += 1
                    slots[slot] = word
                    hashes[word], shapes[word], places[word] = value, shape, used
                    for step in range(steps):
                        letters[used + step] = _part(eights, start, length, step)
                    used += steps
                words[np.uint64(which), np.uint64(row)] = word
            if kept[np.uint64(column)] >= 0:
                spans[2 * kept[np.uint64(column)], row] = first
                spans[2 * kept[np.uint64(column)] + 1, row] = last
            column += 1
            if text[np.uint64(at)] == _LF:
                sound = column == width
                break
            at += 1
        if reason == FULL:
            break
        if sound:
            rows[0, row], rows[1, row], rows[2, row] = line_at, last, line
            row += 1
        else:
            quoted = False
            at = line_at
            while text[np.uint64(at)] != _LF:
                quoted = quoted or text[np.uint64(at)] == _QUOTE
                at += 1
            if quoted:
                reason = STOPPED
                break
            others[0, other], others[1, other], others[2, other] = line_at, at, line
            other += 1
        line += 1
        line_at = at + 1
    state[POSITION], state[LINE], state[ROWS], state[OTHERS], state[WORDS], state[USED] = (
        line_at, line, row, other, count, used,
    )
    return reason


@compiled("void(int32[::1], uint64[::1], int64)")
def rehash(slots, hashes, count):
    """Fill an empty table of hashes."""
    mask = np.uint64(len(slots) - 1)
    for word in range(count):
        slot = np.int64(hashes[word] & mask)
        while slots[slot] >= 0:
            slot = np.int64((np.uint64(slot) + np.uint64(1)) & mask)
        slots[slot] = word
