"""The texts that stand in the columns that matter, numbered as they come up, and what each stands for."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import Eights, Narrow, Octets, Whole
from fitcheck.batch.compiled.scanning import FULL, USED, WORDS, rehash, scan
from fitcheck.batch.records import QUOTE

FEW = 1 << 12
"""Room for so many words at first."""

MOST_WORDS, MOST_LETTERS = 1 << 18, 1 << 23
"""Words, and eights of their letters, after which all are forgotten, so that memory stays bounded."""


class Scanning(NamedTuple):
    """
    A block that is being scanned; see `fitcheck.batch.compiled.scanning.scan`.

    Attributes:
        text, eights: its bytes, and the same eight by eight.
        end: how many they are.
        words: number of the word in each watched column [watched, lines].
        spans: where each kept cell begins and ends [2 * kept, lines].
        rows: where each sound line begins, ends, and its number [3, lines].
        others: the same of other lines.
        state: how far it is.
    """

    text: Octets
    eights: Eights
    end: int
    words: Narrow
    spans: Narrow
    rows: Whole
    others: Whole
    state: Whole


class Words:
    """
    Numbers words.

    Args:
        delimiter: of the table.
        watched: for each column of the table its place among those whose words are numbered; -1 for none.
        kept: likewise, those whose cells are to be found again.
        meanings: for each watched column, what a text in it stands for.

    Attributes:
        texts: by number; the texts of cells, without quotes.
        values: by number, what each stands for.
    """

    def __init__(self, delimiter: str, watched: Whole, kept: Whole, meanings: Sequence[Callable[[str], int]]) -> None:
        self._delimiter, self._watched, self._kept, self._meanings = ord(delimiter), watched, kept, meanings
        self._forget()

    def _forget(self) -> None:
        self.texts: list[str] = []
        self.values = np.empty(FEW, dtype=np.int64)
        self._count = self._used = 0
        self._hashes, self._letters = np.empty(FEW, dtype=np.uint64), np.empty(4 * FEW, dtype=np.uint64)
        self._places, self._shapes = np.empty(FEW, dtype=np.int64), np.empty(FEW, dtype=np.int64)
        self._slots = np.full(4 * FEW, -1, dtype=np.int32)

    def begin(self) -> None:
        """Make sure that there is room, before a block; numbers from before may mean something else afterwards."""
        if self._count > MOST_WORDS or self._used > MOST_LETTERS:
            self._forget()

    def scan(self, block: Scanning) -> int:
        """Scan on; return why it ended."""
        state, reason = block.state, FULL
        while True:
            state[WORDS], state[USED] = self._count, self._used
            reason = scan(
                block.text, block.eights, block.end, self._delimiter, self._watched, self._kept, state,
                self._slots, self._hashes, self._places, self._shapes, self._letters,
                block.words, block.spans, block.rows, block.others,
            )  # fmt: skip
            self._count, self._used = int(state[WORDS]), int(state[USED])
            if reason != FULL:
                self._learn()
                return reason
            self._grow()

    def _grow(self) -> None:
        self._hashes, self._places, self._shapes, self.values, self._letters = (
            np.concatenate([old, np.empty_like(old)])
            for old in (self._hashes, self._places, self._shapes, self.values, self._letters)
        )
        self._slots = np.full(2 * len(self._slots), -1, dtype=np.int32)
        rehash(self._slots, self._hashes, self._count)

    def _learn(self) -> None:
        known, count = len(self.texts), self._count
        places, shapes = self._places[known:count].tolist(), self._shapes[known:count].tolist()
        first = places[0] if places else 0
        letters = self._letters[first : self._used].tobytes()  # slices of bytes take half the time
        values = []
        for place, shape in zip(places, shapes, strict=True):
            column, begin = shape >> 32, 8 * (place - first)
            # what is no text stands on lines that are left to the splitter
            text = letters[begin : begin + (shape & 0xFFFFFFFF)].decode(errors="replace").replace(QUOTE + QUOTE, QUOTE)
            values.append(self._meanings[column](text))
            self.texts.append(text)
        self.values[known:count] = values
