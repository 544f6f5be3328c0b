"""The lines of a piece of a table: which are sound, what they answer, and where their cells stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from fitcheck.batch.arrays import Narrow, Octets, Whole
from fitcheck.batch.blockreading import BlockReader, Meaning
from fitcheck.batch.blocks import is_text
from fitcheck.batch.compiled.money import Beside, MoneyReader, Values
from fitcheck.batch.compiled.scanning import BEGIN, DONE, END, LF, LINE, NUMBER, OTHERS, POSITION, ROWS
from fitcheck.batch.compiled.words import Scanning, Words
from fitcheck.batch.cuts import Piece
from fitcheck.batch.dealbook import Said
from fitcheck.batch.lines import UNDECODABLE, register
from fitcheck.batch.plainrows import Answered
from fitcheck.batch.records import MOST_LINES, Record, records

NOT_THERE = -1
"""Place of a column among those that are watched, or kept, of which it is none."""

MOST_ASCII = 127

BEYOND = 3
"""So many eights are read beyond the end at most; what stands there does not matter."""


@dataclass(frozen=True, slots=True)
class SoundLines:
    """
    The sound lines of a piece.

    Attributes:
        answered: what they answer.
        text: bytes of the piece; they are there until the next one is read.
        at: where each line begins, ends, and its number [3, rows].
        spans: where each kept cell begins and ends [2 * kept, rows].
        words: number of the word in each watched column [watched, rows].
        watched: for each column its place among these.
        told: texts of all words.
    """

    answered: Answered
    text: Octets
    at: Whole
    spans: Narrow
    words: Narrow
    watched: Whole
    told: Sequence[str]

    @property
    def lines(self) -> Whole:
        """Where each stands in the table."""
        numbers: Whole = self.at[NUMBER]
        return numbers

    def texts(self, position: int, rows: Whole) -> tuple[Whole, list[str]]:
        """What stands in some rows of a watched column."""
        words, numbers = np.unique(self.words[self.watched[position], rows], return_inverse=True)
        return numbers, [self.told[word] for word in words.tolist()]

    def raw(self, rows: Whole) -> list[str]:
        """Some rows as they are, without line ends."""
        spans = zip(self.at[BEGIN, rows].tolist(), self.at[END, rows].tolist(), strict=True)
        return [self.text[begin:end].tobytes().decode() for begin, end in spans]


class LineReader:
    """
    Reads the pieces of one table.

    Args:
        rows: puts rows together.
        delimiter: of the table.
        width: its columns.
        kept: positions of the columns whose cells are to be found again.
    """

    def __init__(self, rows: BlockReader, delimiter: str, width: int, kept: Sequence[int]) -> None:
        register()
        self._rows, self._delimiter, self._width = rows, delimiter, width
        value, *beside = rows.money
        others = (*beside, rows.stage)
        meanings: dict[int, Meaning | None] = dict.fromkeys(place for place in others if place is not None)
        meanings |= {meaning.position: meaning for meaning in rows.columns()}
        # amounts are found again, and not numbered: in most tables nearly every row has one of its own
        found = [*kept, *([] if value is None or value in kept else [value])]
        self._watched, self._kept = _places(width, [*meanings]), _places(width, found)
        self._count, self._cells, self._written = len(meanings), len(found), len(kept)
        self._money = MoneyReader(rows.deals)
        said = [meaning.of if meaning else _nothing for meaning in meanings.values()]
        self._words = Words(delimiter, self._watched, self._kept, said)
        self._eights = np.zeros(0, dtype=np.uint64)

    def read(self, piece: Piece) -> tuple[SoundLines | None, list[Record]]:
        """Return the sound lines of a piece, and all other records."""
        block, others = self._scan(piece)
        at = np.arange(block.state[ROWS])
        text = block.text[: block.end]
        if text.max() > MOST_ASCII and not is_text(text.tobytes()):
            data, (begins, ends, numbers) = text.tobytes(), block.rows[:, : len(at)].tolist()
            lines = enumerate(zip(begins, ends, strict=True))
            bad = [k for k, (begin, end) in lines if not is_text(data[begin:end])]
            others += [self._record(data, begins[k], numbers[k]) for k in bad]
            at = np.delete(at, bad)
        if not len(at):
            return None, others
        words, spans, watched = np.take(block.words, at, axis=1), np.take(block.spans, at, axis=1), self._watched

        def look_up(meaning: Meaning) -> Whole:
            found: Whole = self._words.values[words[watched[meaning.position]]]
            return found

        def beside(position: int | None) -> Beside:
            if position is None:
                return Beside(np.zeros(len(at), dtype=np.int32), [""])
            return Beside(words[watched[position]], self._words.texts)

        def money() -> Said:
            value, currency, margin = self._rows.money
            place = None if value is None else 2 * self._kept[value]
            nowhere = np.zeros((2, len(at)), dtype=np.int32)
            begins, ends = nowhere if place is None else spans[place : place + 2]
            return self._money.read(Values(block.text, begins, ends), beside(currency), beside(margin))

        sound = SoundLines(
            answered=self._rows.read(len(at), look_up, money),
            text=block.text,
            at=np.take(block.rows, at, axis=1),
            spans=spans[: 2 * self._written],
            words=words,
            watched=watched,
            told=self._words.texts,
        )
        return sound, others

    def _scan(self, piece: Piece) -> tuple[Scanning, list[Record]]:
        """Scan a piece; what the scan stops at, and what it says is not sound, is for the splitter."""
        block = self._block(piece)
        whole = block.end + piece.ahead
        others: list[Record] = []
        data = b""
        self._words.begin()
        while self._words.scan(block) != DONE:
            data = data or block.text[:whole].tobytes()
            state = block.state
            record = self._record(data, int(state[POSITION]), int(state[LINE]))
            others.append(record)
            state[LINE] += record.span
            for _ in range(record.span):
                state[POSITION] = data.find(b"\n", state[POSITION]) + 1
        begins, _, numbers = block.others[:, : block.state[OTHERS]].tolist()
        if begins:
            data = data or block.text[:whole].tobytes()
        others += [self._record(data, begin, number) for begin, number in zip(begins, numbers, strict=True)]
        return block, others

    def _block(self, piece: Piece) -> Scanning:
        whole = piece.size + piece.ahead
        if len(self._eights) < (whole >> 3) + BEYOND:
            self._eights = np.zeros((whole >> 3) + BEYOND, dtype=np.uint64)
        text, end = self._eights.view(np.uint8), piece.size
        piece.read_into(text.data)
        if text[end - 1] != LF:  # nothing is ahead
            text[end] = LF
            end += 1
        return Scanning(
            text=text,
            eights=self._eights,
            end=end,
            words=np.empty((self._count, piece.lines), dtype=np.int32),
            spans=np.empty((2 * self._cells, piece.lines), dtype=np.int32),
            rows=np.empty((3, piece.lines), dtype=np.int64),
            others=np.empty((3, piece.lines), dtype=np.int64),
            state=np.array([0, piece.first_line, 0, 0, 0, 0], dtype=np.int64),
        )

    def _record(self, data: bytes, begin: int, number: int) -> Record:
        text = (line.decode("utf-8", UNDECODABLE) for line in islice(_lines(data, begin), MOST_LINES + 2))
        return next(records(text, self._delimiter, first_line=number, width=self._width))


def _places(width: int, positions: Sequence[int]) -> Whole:
    """For each column its place among some; `NOT_THERE` for the others."""
    places = np.full(width, NOT_THERE, dtype=np.int64)
    places[[*positions]] = range(len(positions))
    return places


def _nothing(_: str) -> int:
    """What a text stands for that is no answer."""
    return 0


def _lines(data: bytes, begin: int) -> Iterator[bytes]:
    """Yield physical lines with their line ends."""
    while begin < len(data):
        end = data.find(b"\n", begin) + 1
        yield data[begin:end]
        begin = end
