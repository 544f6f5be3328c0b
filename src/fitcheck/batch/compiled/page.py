"""Printed rows of a block, in memory that is kept for the next one."""

from collections.abc import Iterator, Sequence

import numpy as np

from fitcheck.batch.arrays import Octets, Whole
from fitcheck.batch.compiled.letters import Letters
from fitcheck.batch.compiled.printing import WHOLE_LINE, print_rows
from fitcheck.batch.compiled.reading import SoundLines
from fitcheck.batch.compiled.scanning import BEGIN, END
from fitcheck.batch.writing import DelimitedText

AROUND = 3
"""Bytes that a cell of the table takes beside its own: quotes and a delimiter."""


class Page:
    """
    Prints rows.

    Args:
        out: what delimited text they become.
        letters: of the texts of columns.
    """

    def __init__(self, out: DelimitedText, letters: Letters) -> None:
        self._delimiter, self._letters = ord(out.delimiter), letters
        self._own = WHOLE_LINE if out.positions is None else len(out.positions)
        self._end: Octets = np.frombuffer(out.end.encode(), dtype=np.uint8).copy()
        self._memory: Octets = np.empty(0, dtype=np.uint8)

    def printed(
        self, sound: SoundLines, rows: Whole, columns: Whole, kinds: Octets, room: int, stops: Sequence[int]
    ) -> Iterator[memoryview]:
        """
        Print rows with columns of ours.

        Args:
            sound: the lines of a block.
            rows: some of them.
            columns: see `print_rows`.
            kinds: see `print_rows`.
            room: bytes that our columns take at most, with delimiters.
            stops: rows before which something else comes, ascending.

        Yields:
            What comes before each of `stops`, then the rest; it stays until something else is printed.
        """
        own = int((sound.at[END, rows] - sound.at[BEGIN, rows]).sum())
        room += own + len(rows) * (AROUND * max(self._own, 1) + len(self._end) + AROUND)
        if len(self._memory) < room:
            self._memory = np.empty(room, dtype=np.uint8)
        at = done = 0
        for stop in [*stops, len(rows)]:
            begun, at = at, print_rows(
                self._memory, at, sound.text, rows, done, stop, sound.at, sound.spans, columns, kinds,
                self._letters.letters, self._letters.places, self._delimiter, self._end, self._own,
            )  # fmt: skip
            done = stop
            yield self._memory.data[begun:at]
