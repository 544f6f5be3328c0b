"""The compiled engine: the lines of a block into numbers, and rows into bytes, by loops over machine words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from fitcheck.batch.arrays import Whole
from fitcheck.batch.blockengine import BlockEngine, Plain, Written
from fitcheck.batch.blockreading import BlockReader, Meaning
from fitcheck.batch.blocks import is_text
from fitcheck.batch.compiled.bells import Bells
from fitcheck.batch.compiled.letters import BLANK, Letters
from fitcheck.batch.compiled.loops import CompiledLoops
from fitcheck.batch.compiled.numbering import numbered
from fitcheck.batch.compiled.printing import print_rows
from fitcheck.batch.compiled.scanning import DONE, LINE, OTHERS, POSITION, ROWS
from fitcheck.batch.compiled.words import Scanning, Words
from fitcheck.batch.cuts import Piece
from fitcheck.batch.lines import UNDECODABLE
from fitcheck.batch.packed import Packed
from fitcheck.batch.plainrows import Answered
from fitcheck.batch.plaintexts import Column, TextTable
from fitcheck.batch.ratios import Shares
from fitcheck.batch.records import MOST_LINES, Record, records
from fitcheck.batch.scoring import Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects

LONGEST_SHARE = 24
"""So many bytes a share takes at most."""

NOT_WATCHED = -1

LARGEST_KEPT = (1 << 25) - (1 << 16)
"""Bytes; more would not count."""

LF, MOST_ASCII = 10, 127

BEYOND = 3
"""So many eights are read beyond the end at most; what stands there does not matter."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """
    The sound lines of a block.

    Attributes:
        answered: what they answer.
        rows: where each line begins, ends, and its number [3, rows].
        text: bytes of the block.
        words: number of the word in each watched column [watched, rows].
        spans: where each kept cell begins and ends [2 * kept, rows].
        reader: what read it.
    """

    answered: Answered
    rows: Whole
    text: NDArray[np.uint8]
    words: NDArray[np.int32]
    spans: NDArray[np.int32]
    reader: "_Reader"

    @property
    def lines(self) -> Whole:
        return self.rows[2]

    def texts(self, position: int, rows: Whole) -> list[str]:
        return self.reader.texts(self.words, position, rows)

    def raw(self, rows: Whole) -> list[str]:
        begins, ends = self.rows[0, rows].tolist(), self.rows[1, rows].tolist()
        return [self.text[begin:end].tobytes().decode() for begin, end in zip(begins, ends, strict=True)]


class _Reader:
    """Reads blocks."""

    def __init__(self, rows: BlockReader, delimiter: str, width: int, kept: Sequence[int]) -> None:
        self._rows, self._delimiter, self._width, self._kept = rows, delimiter, width, len(kept)
        by_position: dict[int, Meaning | None] = dict.fromkeys(rows.money)
        by_position |= {meaning.position: meaning for meaning in rows.columns()}
        self._watched = np.full(width, NOT_WATCHED, dtype=np.int64)
        self._watched[[*by_position]] = range(len(by_position))
        at = np.full(width, NOT_WATCHED, dtype=np.int64)
        at[[*kept]] = range(len(kept))
        meanings = [_nothing if meaning is None else meaning.of for meaning in by_position.values()]
        self._words = Words(delimiter, self._watched, at, meanings)
        self._count = len(by_position)
        self._eights = np.zeros(0, dtype=np.uint64)

    def read(self, piece: Piece) -> tuple[_Lines | None, list[Record]]:
        """Return the sound rows of a piece, and all other records."""
        block, others = self._scan(piece)
        rows = block.rows[:, : block.state[ROWS]]
        at = np.arange(rows.shape[1])
        if block.text[: block.end].max() > MOST_ASCII and not is_text(block.text[: block.end].tobytes()):
            begins, ends, numbers = rows.tolist()
            spans = enumerate(zip(begins, ends, strict=True))
            bad = [k for k, (begin, end) in spans if not is_text(block.text[begin:end].tobytes())]
            others += [self._record(block.text.tobytes(), begins[k], numbers[k]) for k in bad]
            at = np.delete(at, bad)
        if not len(at):
            return None, others
        words, spans, rows = (np.take(found, at, axis=1) for found in (block.words, block.spans, block.rows))
        values, watched = self._words.values, self._watched

        def look_up(meaning: Meaning) -> Whole:
            return values[words[watched[meaning.position]]]

        def money() -> tuple[Whole, Sequence[tuple[str, ...]]]:
            of_row, found = numbered({str(place): words[watched[place]] for place in self._rows.money})
            texts = self._words.texts
            return of_row, [tuple([texts[word] for word in one]) for one in found]

        answered = self._rows.read(len(at), look_up, money)
        return _Lines(answered, rows, block.text, words, spans, self), others

    def texts(self, words: NDArray[np.int32], position: int, rows: Whole) -> list[str]:
        texts = self._words.texts
        return [texts[word] for word in words[self._watched[position], rows].tolist()]

    def _scan(self, piece: Piece) -> tuple[Scanning, list[Record]]:
        self._words.begin()
        if len(self._eights) < (piece.size >> 3) + BEYOND:
            self._eights = np.zeros((piece.size >> 3) + BEYOND, dtype=np.uint64)
        text = self._eights.view(np.uint8)
        piece.read_into(text.data)
        end = piece.size
        if text[end - 1] != LF:
            text[end] = LF
            end += 1
        block = Scanning(
            text=text,
            eights=self._eights,
            end=end,
            words=np.empty((self._count, piece.lines), dtype=np.int32),
            spans=np.empty((2 * self._kept, piece.lines), dtype=np.int32),
            rows=np.empty((3, piece.lines), dtype=np.int64),
            others=np.empty((3, piece.lines), dtype=np.int64),
            state=np.array([0, piece.first_line, 0, 0, 0, 0], dtype=np.int64),
        )
        others: list[Record] = []
        data = b""
        while self._words.scan(block) != DONE:
            data = data or text[:end].tobytes()
            state = block.state
            record = self._record(data, int(state[POSITION]), int(state[LINE]))
            others.append(record)
            state[LINE] += record.span
            for _ in range(record.span):
                state[POSITION] = data.find(b"\n", state[POSITION]) + 1
        begins, _, numbers = block.others[:, : block.state[OTHERS]].tolist()
        if begins:
            data = data or text[:end].tobytes()
        others += [self._record(data, begin, number) for begin, number in zip(begins, numbers, strict=True)]
        return block, others

    def _record(self, data: bytes, begin: int, number: int) -> Record:
        text = (line.decode("utf-8", UNDECODABLE) for line in islice(_lines(data, begin), MOST_LINES + 2))
        return next(records(text, self._delimiter, first_line=number, width=self._width))


class CompiledEngine(BlockEngine[Piece, _Lines]):
    """Scores blocks of one table; see `BlockEngine`."""

    def __init__(
        self, scoring: Scoring, packed: Packed, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None
    ) -> None:
        loops = CompiledLoops(packed, scoring.reader.scorer.words(frozenset()).trust)
        super().__init__(scoring, packed, delimiter, writer, rejecting, loops)
        scoring.reader.scorer.ask_bells(Bells().below_each)
        # glibc keeps what is freed for the next block, instead of giving it back, up to the size of the largest so far
        np.empty(LARGEST_KEPT, dtype=np.uint8)
        width, own = len(scoring.header), writer.out.positions
        self._own = -1 if own is None else len(own)
        self._reader = _Reader(BlockReader(scoring.reader, packed, width), delimiter, width, own or ())
        self._letters = Letters()
        self._tables: dict[TextTable, Whole] = {}
        self._out = np.empty(0, dtype=np.uint8)

    def _read(self, block: Piece) -> tuple[_Lines | None, list[Record]]:
        return self._reader.read(block)

    def _bring_out(self, plain: Plain[_Lines], columns: Sequence[Column], written: Written) -> None:
        if self._letters.begin():
            self._tables.clear()
        sound, rows = plain.sound, plain.rows.at
        size = len(rows)
        begins, ends = sound.rows[0, rows], sound.rows[1, rows]
        room = int((ends - begins).sum()) + 4 * size * max(self._own, 1)
        numbers = np.empty((len(columns), size), dtype=np.int64)
        are_shares = np.zeros(len(columns), dtype=np.uint8)
        for k, column in enumerate(columns):
            if isinstance(column, Shares):
                are_shares[k] = True
                numbers[k] = np.where(column.scaled < 0, -1 - BLANK, column.scaled)
                if column.exact:
                    texts = self._letters.numbers([*column.exact.values()])
                    numbers[k, [*column.exact]] = -1 - texts
                    room += sum(map(len, column.exact.values()))
                room += LONGEST_SHARE * size
            else:
                table = self._table(column.table)
                numbers[k] = table[column.numbers]
                places = self._letters.places
                room += (int((places[table + 1] - places[table]).max(initial=0)) + 1) * size
        end = np.frombuffer(self.writer.out.end.encode(), dtype=np.uint8).copy()
        room += len(end) * size
        if len(self._out) < room:
            self._out = np.empty(room, dtype=np.uint8)
        delimiter = ord(self.writer.out.delimiter)
        at = done = 0
        cuts = np.searchsorted(plain.lines, [record.line for record, _ in written]).tolist()
        for until, more in zip([*cuts, size], [*written, None], strict=True):
            before = at
            at = print_rows(
                self._out, at, sound.text, rows, done, until, sound.rows, sound.spans, numbers, are_shares,
                self._letters.letters, self._letters.places, delimiter, end, self._own,
            )  # fmt: skip
            if at > before:
                self._scored.append(self._out.data[before:at])
            done = until
            if more:
                self.writer.row(*more)
                self.writer.finish()

    def _table(self, table: TextTable) -> Whole:
        found = self._tables.get(table)
        if found is None:
            found = self._letters.numbers(table.texts)
            if table.lasts:
                self._tables[table] = found
        return found


def _nothing(_: str) -> int:
    return 0


def _lines(data: bytes, begin: int) -> Iterator[bytes]:
    """Yield physical lines with their line ends."""
    while begin < len(data):
        end = data.find(b"\n", begin) + 1
        yield data[begin:end]
        begin = end
