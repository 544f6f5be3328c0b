"""Texts as bytes, numbered, for what prints them."""

from collections.abc import Sequence

import numpy as np

from fitcheck.batch.arrays import Octets, Whole, with_room

FEW = 1 << 12
"""Room for so many texts at first."""

MOST_TEXTS, MOST_BYTES = 1 << 18, 1 << 26
"""Texts, and bytes of them, after which all are forgotten, so that memory stays bounded."""

BLANK = 0
"""Number of the blank text."""


class Letters:
    """
    Numbers texts.

    Attributes:
        letters: bytes of all texts.
        places: where each text begins, and the last one ends.
    """

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[str, int] = {}
        self.letters: Octets = np.empty(16 * FEW, dtype=np.uint8)
        self.places: Whole = np.zeros(FEW, dtype=np.int64)
        self.numbers([""])

    def begin(self) -> bool:
        """Make sure that there is room, before a block; return whether all that was numbered is forgotten."""
        if len(self._numbers) <= MOST_TEXTS and self.places[len(self._numbers)] <= MOST_BYTES:
            return False
        self._forget()
        return True

    def numbers(self, texts: Sequence[str]) -> Whole:
        """Number texts."""
        known = self._numbers
        first = len(known)
        found = np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)
        if len(known) > first:
            fresh = [text.encode() for text in list(known)[first:]]
            self._take_in(first, fresh)
        return found

    def _take_in(self, first: int, fresh: Sequence[bytes]) -> None:
        start = int(self.places[first])
        ends = start + np.cumsum([len(text) for text in fresh])
        self.places = with_room(self.places, first + len(fresh) + 1)
        self.letters = with_room(self.letters, int(ends[-1]))
        self.places[first + 1 : first + 1 + len(fresh)] = ends
        self.letters[start : ends[-1]] = np.frombuffer(b"".join(fresh), dtype=np.uint8)
