"""Rows that are alike, numbered by a table of hashes; the same as `fitcheck.batch.numbering` by polars."""

from collections.abc import Mapping

import numpy as np

from fitcheck.batch.arrays import Narrow, Whole
from fitcheck.batch.compiled.jit import compiled
from fitcheck.batch.compiled.parts import SEED, mixed


def numbered(columns: Mapping[str, Whole | Narrow]) -> tuple[Whole, list[tuple[int, ...]]]:
    """
    Number rows by what stands in them.

    Args:
        columns: of one length.

    Returns:
        The number of each row; the rows that the numbers stand for, in the order in which they come up.

    >>> numbers, rows = numbered({"a": np.array([5, 7, 5]), "b": np.array([1, 1, 1])})
    >>> numbers.tolist(), rows
    ([0, 1, 0], [(5, 1), (7, 1)])
    """
    keys = np.stack([*columns.values()], dtype=np.int64)
    height = keys.shape[1]
    numbers, firsts = np.empty(height, dtype=np.int64), np.empty(height, dtype=np.int64)
    slots = np.full(1 << max(4, (2 * height).bit_length()), -1, dtype=np.int32)
    count = _number(keys, numbers, firsts, slots)
    return numbers, [*zip(*keys[:, firsts[:count]].tolist(), strict=True)]


@compiled("int64(int64[:, ::1], int64[::1], int64[::1], int32[::1])")
def _number(keys: Whole, numbers: Whole, firsts: Whole, slots: Narrow) -> int:
    """
    Number the columns of an array.

    Args:
        keys: [k, rows].
        numbers: takes the number of each row.
        firsts: takes the first row of each number.
        slots: free ones are -1; a power of two, more than there are rows.

    Returns:
        How many numbers there are.
    """
    width, height = keys.shape
    mask = np.uint64(len(slots) - 1)
    count = 0
    for row in range(height):
        value = SEED
        for k in range(width):
            value = mixed(value, np.uint64(keys[k, row]))
        slot = np.int64(value & mask)
        while True:
            number = np.int64(slots[slot])
            if number < 0:
                number = np.int64(count)
                slots[slot] = number
                firsts[number] = row
                count += 1
                break
            first = firsts[number]
            same = True
            for k in range(width):
                if keys[k, first] != keys[k, row]:
                    same = False
                    break
            if same:
                break
            slot = np.int64((np.uint64(slot) + np.uint64(1)) & mask)
        numbers[row] = number
    return count
