"""The compiled engine: the lines of a piece into numbers, and rows into bytes, by loops over machine words."""

from collections.abc import Sequence

import numpy as np

from fitcheck.batch.arrays import Flags, Octets, Whole
from fitcheck.batch.blockengine import BlockEngine, Plain, Written
from fitcheck.batch.blockreading import BlockReader
from fitcheck.batch.compiled.bells import Bells
from fitcheck.batch.compiled.letters import BLANK, Letters
from fitcheck.batch.compiled.loops import CompiledLoops
from fitcheck.batch.compiled.printing import LONGEST_SHARE, WHOLE_LINE, print_rows
from fitcheck.batch.compiled.reading import LineReader, SoundLines
from fitcheck.batch.compiled.scanning import BEGIN, END
from fitcheck.batch.cuts import Piece
from fitcheck.batch.packed import Packed
from fitcheck.batch.plaintexts import Column, TextTable
from fitcheck.batch.ratios import Shares
from fitcheck.batch.records import Record
from fitcheck.batch.scoring import Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects

LARGEST_KEPT = (1 << 25) - (1 << 16)
"""Bytes; more would not count."""

AROUND = 3
"""Bytes that a cell of the table takes beside its own: quotes and a delimiter."""


class CompiledEngine(BlockEngine[Piece, SoundLines]):
    """Scores pieces of one table; see `BlockEngine`."""

    def __init__(
        self, scoring: Scoring, packed: Packed, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None
    ) -> None:
        loops = CompiledLoops(packed, scoring.reader.scorer.words(frozenset()).trust)
        super().__init__(scoring, packed, delimiter, writer, rejecting, loops=loops)
        scoring.reader.scorer.ask_bells(Bells().below_each)
        width, own = len(scoring.header), writer.out.positions
        self._own = WHOLE_LINE if own is None else len(own)
        self._reader = LineReader(BlockReader(scoring.reader, packed, width), delimiter, width, own or ())
        self._letters = Letters()
        self._tables: dict[TextTable, Whole] = {}
        self._out: Octets = np.empty(0, dtype=np.uint8)
        self._end: Octets = np.frombuffer(writer.out.end.encode(), dtype=np.uint8).copy()
        # glibc keeps what is freed for the next block, instead of giving it back, up to the size of the largest so far
        np.empty(LARGEST_KEPT, dtype=np.uint8)

    def _read(self, block: Piece) -> tuple[SoundLines | None, list[Record]]:
        return self._reader.read(block)

    def _bring_out(self, plain: Plain[SoundLines], columns: Sequence[Column], written: Written) -> None:
        sound, rows, size = plain.sound, plain.rows.at, len(plain.lines)
        numbers, are_shares, room = self._numbers(columns, size)
        own = int((sound.at[END, rows] - sound.at[BEGIN, rows]).sum())
        room += own + size * (AROUND * max(self._own, 1) + len(self._end) + AROUND)
        if len(self._out) < room:
            self._out = np.empty(room, dtype=np.uint8)
        at = done = 0
        stops = np.searchsorted(plain.lines, [record.line for record, _ in written]).tolist()
        for stop, other in zip([*stops, size], [*written, None], strict=True):
            begun, at = at, print_rows(
                self._out, at, sound.text, rows, done, stop, sound.at, sound.spans, numbers, are_shares,
                self._letters.letters, self._letters.places, ord(self.writer.out.delimiter), self._end, self._own,
            )  # fmt: skip
            done = stop
            self._scored.append(self._out.data[begun:at])
            if other:
                self.writer.row(*other)
                self.writer.finish()

    def _numbers(self, columns: Sequence[Column], size: int) -> tuple[Whole, Flags, int]:
        """What `print_rows` takes for columns, and the room that they take at most."""
        if self._letters.begin():
            self._tables.clear()
        numbers = np.empty((len(columns), size), dtype=np.int64)
        are_shares, room = np.zeros(len(columns), dtype=np.bool_), 0
        for k, column in enumerate(columns):
            if isinstance(column, Shares):
                are_shares[k] = True
                numbers[k] = np.where(column.scaled < 0, -1 - BLANK, column.scaled)
                numbers[k, [*column.exact]] = -1 - self._letters.numbers([*column.exact.values()])
                room += size * (LONGEST_SHARE + 1) + sum(map(len, column.exact.values()))
            else:
                table = self._table(column.table)
                numbers[k] = table[column.numbers]
                longest = self._letters.places[table + 1] - self._letters.places[table]
                room += size * (int(longest.max(initial=0)) + 1)
        return numbers, are_shares, room

    def _table(self, table: TextTable) -> Whole:
        """Number of each text of a table."""
        found = self._tables.get(table)
        if found is None:
            found = self._letters.numbers(table.texts)
            if table.lasts:
                self._tables[table] = found
        return found
