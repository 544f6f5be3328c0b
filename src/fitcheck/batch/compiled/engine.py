"""The compiled engine: the lines of a piece into numbers, and rows into bytes, by loops over machine words."""

from collections.abc import Sequence

import numpy as np

from fitcheck.batch.arrays import Octets, Whole
from fitcheck.batch.blockengine import BlockEngine, Plain, RejectedLines, Written
from fitcheck.batch.blockreading import BlockReader
from fitcheck.batch.compiled.letters import BLANK, Letters
from fitcheck.batch.compiled.loops import CompiledLoops
from fitcheck.batch.compiled.page import Page
from fitcheck.batch.compiled.printing import LONGEST_SHARE, MOST_DIGITS, SHARES, TEXTS, WHOLES
from fitcheck.batch.compiled.reading import LineReader, SoundLines
from fitcheck.batch.cuts import Piece
from fitcheck.batch.packed import Packed
from fitcheck.batch.plaintexts import Column, TextTable
from fitcheck.batch.ratios import Shares
from fitcheck.batch.records import Record
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects, RejectsWriter

LARGEST_KEPT = (1 << 25) - (1 << 16)
"""Bytes; more would not count."""


class CompiledEngine(BlockEngine[Piece, SoundLines]):
    """Scores pieces of one table; see `BlockEngine`."""

    def __init__(
        self, scoring: Scoring, packed: Packed, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None
    ) -> None:
        loops = CompiledLoops(packed, scoring.reader.scorer.words(frozenset()).trust)
        super().__init__(scoring, packed, delimiter, writer, rejecting, loops=loops)
        width, own = len(scoring.header), writer.out.positions
        self._reader = LineReader(BlockReader(scoring.reader, packed, width), delimiter, width, own or ())
        self._letters = Letters()
        self._page, self._rejects_page = Page(writer.out, self._letters), None
        if isinstance(rejecting, RejectsWriter) and not rejecting.needs_cells:
            self._rejects_page = Page(rejecting.out, self._letters)
        self._tables: dict[TextTable, Whole] = {}
        # glibc keeps what is freed for the next block, instead of giving it back, up to the size of the largest so far
        np.empty(LARGEST_KEPT, dtype=np.uint8)

    def _read(self, block: Piece) -> tuple[SoundLines | None, list[Record]]:
        if self._letters.begin():
            self._tables.clear()
        return self._reader.read(block)

    def _bring_out(self, plain: Plain[SoundLines], columns: Sequence[Column], written: Written) -> None:
        numbers, kinds, room = self._numbers(columns, len(plain.lines))
        stops = np.searchsorted(plain.lines, [record.line for record, _ in written]).tolist()
        texts = self._page.printed(plain.sound, plain.rows.at, numbers, kinds, room, stops)
        for text, other in zip(texts, [*written, None], strict=True):
            self._scored.append(text)
            if other:
                self.writer.row(*other)
                self.writer.finish()

    def _write_rejects(
        self, rejecting: Rejects, rejected: Sequence[Rejected], no_answers: RejectedLines[SoundLines] | None
    ) -> None:
        if self._rejects_page is None or no_answers is None or not isinstance(rejecting, RejectsWriter):
            super()._write_rejects(rejecting, rejected, no_answers)
            return
        said = self._letters.numbers([rejecting.said(problems) for problems in no_answers.problems])
        lines = no_answers.sound.lines[no_answers.at]
        numbers, kinds = np.stack([lines, said[no_answers.said]]), np.array([WHOLES, TEXTS], dtype=np.uint8)
        room = len(lines) * (MOST_DIGITS + 1 + self._longest(said) + 1)
        stops = np.searchsorted(lines, [one.record.line for one in rejected]).tolist()
        texts = self._rejects_page.printed(no_answers.sound, no_answers.at, numbers, kinds, room, stops)
        for text, other in zip(texts, [*rejected, None], strict=True):
            self._rejects.append(text)
            if other:
                rejecting.row(other)
                rejecting.finish()

    def _numbers(self, columns: Sequence[Column], size: int) -> tuple[Whole, Octets, int]:
        """What `print_rows` takes for columns, and the room that they take at most."""
        numbers = np.empty((len(columns), size), dtype=np.int64)
        kinds, room = np.zeros(len(columns), dtype=np.uint8), 0
        for k, column in enumerate(columns):
            if isinstance(column, Shares):
                kinds[k] = SHARES
                numbers[k] = np.where(column.scaled < 0, -1 - BLANK, column.scaled)
                numbers[k, [*column.exact]] = -1 - self._letters.numbers([*column.exact.values()])
                room += size * (LONGEST_SHARE + 1) + sum(map(len, column.exact.values()))
            else:
                table = self._table(column.table)
                numbers[k] = table[column.numbers]
                room += size * (self._longest(table) + 1)
        return numbers, kinds, room

    def _longest(self, texts: Whole) -> int:
        """Bytes of the longest of some texts."""
        return int((self._letters.places[texts + 1] - self._letters.places[texts]).max(initial=0))

    def _table(self, table: TextTable) -> Whole:
        """Number of each text of a table."""
        found = self._tables.get(table)
        if found is None:
            found = self._letters.numbers(table.texts)
            if table.lasts:
                self._tables[table] = found
        return found
