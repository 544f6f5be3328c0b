"""What goes through all rows of a block: there is more than one way to do it, with one and the same result."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.openloops import OpenLoops

NONE = 1 << 62
"""Where a key would stand that is no reason."""


class Added(NamedTuple):
    """
    What the answers of rows add up to.

    Attributes:
        sides, low, high: points of each side: unknown answers where they stand, at least, at most [sides, rows].
        dimensions: points of each dimension, unknown answers where they stand [dimensions, rows].
        scores: points of all dimensions: unknown answers where they stand, at least, at most [3, rows].
        bands: of trust, at least and at most [2, rows].
        fails: which gates fail, `FAIL_BITS` for each of `Packed.gates`.
        missing: which questions are unknown, a bit each, from the lowest on.
        bad: which questions have a cell that is no answer, a bit each; such rows are special.
        known: answered weight [doubled points].
        special: whether the row is left to the row engine.
        money_passes, money_fails: whether the money gate surely does.
        pursue: whether the verdict surely is that.
        is_open: whether it could be either.
    """

    sides: Whole
    low: Whole
    high: Whole
    dimensions: Whole
    scores: Whole
    bands: Whole
    fails: Whole
    missing: Whole
    bad: Whole
    known: Whole
    special: Flags
    money_passes: Flags
    money_fails: Flags
    pursue: Flags
    is_open: Flags


class Loops(Protocol):
    """Goes through the rows of one scorecard."""

    @property
    def opening(self) -> OpenLoops:
        """What goes through open rows."""

    def numbered(self, columns: Mapping[str, Whole]) -> tuple[Whole, list[tuple[int, ...]]]:
        """
        Number rows by what stands in them.

        Args:
            columns: of one length.

        Returns:
            The number of each row; the rows that the numbers stand for, in the order in which they come up.
        """

    def add_up(self, answers: Whole, holding: Whole, failing: Whole) -> Added:
        """
        Add up answers.

        Args:
            answers: packed [questions, rows].
            holding: in which bands of trust the money gate of each row surely holds, a bit each.
            failing: likewise, surely fails.
        """

    def strongest(self, answers: Whole, pursued: Flags, one_sided: Whole) -> Whole:
        """
        Find the reasons that tell most.

        Args:
            answers: packed [questions, rows].
            pursued: whether what speaks for the row is asked for, instead of against it.
            one_sided: key of one-sided trust, for rows that are not pursued; `NONE` where it is no reason.

        Returns:
            The `REASONS` smallest of the keys below 0 whose text says of no gate why it fails, ascending; `NONE` where
            there are no more [`REASONS`, rows].
        """
