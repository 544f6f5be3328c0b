"""Pieces of a table scored row by row, as a whole table is: so that several processes can share the rows of one."""

from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper

from fitcheck.batch import blocks, cuts
from fitcheck.batch.aside import Done, scored_aside
from fitcheck.batch.cuts import Piece
from fitcheck.batch.lines import UNDECODABLE
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import Record, records
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects

SMALL = 1 << 20
"""Bytes of a piece: rows take long here, and no process should wait for the last piece of another."""


def pieces(table: Delimited, width: int) -> Iterator[Piece]:
    """Yield all lines after the header, in small pieces; see `fitcheck.batch.cuts.pieces`."""
    return cuts.pieces(table, width, min(SMALL, blocks.BLOCK))


class RowEngine:
    """
    Scores pieces of one table.

    Args:
        scoring: scores rows, and counts.
        delimiter: of the table.
        writer: of scored rows.
        rejecting: of the others; None where they are only counted.
    """

    def __init__(self, scoring: Scoring, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None) -> None:
        self._scoring, self._writer, self._rejecting = scoring, writer, rejecting
        self._delimiter, self._width = delimiter, len(scoring.header)

    def score(self, block: Piece, least_rate: float, progress: Callable[[int], None] = lambda _: None) -> Done:
        """
        Score the rows of a piece.

        Args:
            block: of the table.
            least_rate: from `Tally.least_rate` of the pieces before, as far as they are done.
            progress: told how many rows of the piece are done, every now and then.
        """
        with scored_aside(self._scoring, self._writer, self._rejecting, least_rate) as done:
            for found in self._scoring.score(self._records(block)):
                if not isinstance(found, Rejected):
                    self._writer.row(*found)
                elif self._rejecting:
                    self._rejecting.row(found)
            progress(done.tally.read)
        return done

    def _records(self, piece: Piece) -> Iterator[Record]:
        """The records of a piece: what is ahead of its end says only whether a quoted cell ends."""
        room = bytearray(piece.size + piece.ahead)
        piece.read_into(memoryview(room))
        lines = TextIOWrapper(BytesIO(room), encoding="utf-8", errors=UNDECODABLE, newline="\n")
        end = piece.first_line + piece.lines
        for record in records(lines, self._delimiter, first_line=piece.first_line, width=self._width):
            if record.line >= end:
                return
            yield record
