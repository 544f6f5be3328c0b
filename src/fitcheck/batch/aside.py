"""What a block comes to, kept aside until it is its turn to be written."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple, cast

from fitcheck.batch.scoring import Scoring
from fitcheck.batch.tally import Tally
from fitcheck.batch.writing import DelimitedWriter, Rejects

Piece = bytes | memoryview


class Done(NamedTuple):
    """
    What a block comes to.

    Attributes:
        scored, rejects: text of the rows, in pieces, as it goes to either file; pieces of memory that the next block
            is written to, so this one must be written before.
        tally: counts them.
    """

    scored: list[Piece]
    rejects: list[Piece]
    tally: Tally

    def write(self, files: Sequence[BinaryIO]) -> None:
        """Write the rows to one file, and the rejected ones to the second, if there is one."""
        for file, pieces in zip(files, (self.scored, self.rejects), strict=False):
            file.writelines(pieces)


class _Aside(io.RawIOBase):
    """Keeps pieces of a file; a single buffer would be copied whenever it grows."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.pieces.append(bytes(data))
        return len(data)


@contextmanager
def scored_aside(
    scoring: Scoring, writer: DelimitedWriter, rejecting: Rejects | None, least_rate: float
) -> Iterator[Done]:
    """
    Score a part of a table: what is counted and written meanwhile is that part's alone.

    Args:
        scoring: counts what it scores in a tally of the part.
        writer: of scored rows.
        rejecting: of the others; None where they are only counted.
        least_rate: from `Tally.least_rate` of the parts before, as far as they are done.
    """
    tally = scoring.tally = Tally(scoring.tally.hours, least_rate)
    with aside(writer) as scored, aside(rejecting) as rejects:
        yield Done(scored, rejects, tally)
    for group in tally.groups.values():
        group.fold()


@contextmanager
def aside(writer: DelimitedWriter | Rejects | None) -> Iterator[list[Piece]]:
    """Keep aside what is written meanwhile, in pieces."""
    kept = _Aside()
    if writer is None:
        yield kept.pieces
        return
    file = writer.redirect(cast("BinaryIO", kept))
    try:
        yield kept.pieces
    finally:
        writer.redirect(file)
