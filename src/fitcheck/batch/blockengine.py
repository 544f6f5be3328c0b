"""
What every engine does that scores a table by blocks: sound rows at once, what is left of them row by row.

The rows of a block come out in the order of the table with the same text as from the row engine, to which a property
test holds every such engine.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from heapq import merge
from itertools import product
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

import numpy as np

from fitcheck.batch.arrays import NOTHING, Flags, Whole
from fitcheck.batch.aside import Done, Piece, scored_aside
from fitcheck.batch.deals import UNIT
from fitcheck.batch.loops import Loops
from fitcheck.batch.packed import Packed, codes_of
from fitcheck.batch.plainrows import Answered, PlainRows, Rows, Sides
from fitcheck.batch.plaintexts import Column, PlainTexts
from fitcheck.batch.records import QUOTE, Record, split_line
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects
from fitcheck.decision.cost import CostSummary

if TYPE_CHECKING:
    from fitcheck.decision.results import Verdict

Written = Sequence[tuple[Record, list[str]]]
"""Rows that were scored one by one, and the texts of our columns."""


class Sound(Protocol):
    """The sound rows of a block."""

    @property
    def answered(self) -> Answered:
        """What they answer."""

    @property
    def lines(self) -> Whole:
        """Where each stands in the table."""

    def texts(self, position: int, rows: Whole) -> tuple[Whole, list[str]]:
        """What stands in some rows of a column that was read, blank where nothing does: numbers, and their texts."""

    def raw(self, rows: Whole) -> list[str]:
        """Some rows as they are, without line ends."""


Block = TypeVar("Block")
Read = TypeVar("Read", bound=Sound)


class Plain(NamedTuple, Generic[Read]):
    """
    The plain rows of a block.

    Attributes:
        rows: what `PlainRows` says of them.
        sound: the rows that they are some of.
        lines: where each stands in the table.
    """

    rows: Rows
    sound: Read
    lines: Whole


class RejectedLines(NamedTuple, Generic[Read]):
    """
    The sound rows of a block that are rejected for nothing but answers that are none.

    Attributes:
        sound: the rows that they are some of.
        at: which of them.
        said: number of what is wrong with each.
        problems: what is wrong, by number.
    """

    sound: Read
    at: Whole
    said: Whole
    problems: list[tuple[str, ...]]


class BlockEngine(ABC, Generic[Block, Read]):
    """
    Scores blocks of one table.

    Args:
        scoring: scores what is left over, and counts.
        packed: the scorecard.
        delimiter: of the table.
        writer: of scored rows.
        rejecting: of the others; None where they are only counted.
        loops: what goes through all rows of a block.
    """

    def __init__(
        self,
        scoring: Scoring,
        packed: Packed,
        delimiter: str,
        writer: DelimitedWriter,
        rejecting: Rejects | None,
        *,
        loops: Loops,
    ) -> None:
        self.scoring, self.packed, self.writer, self.rejecting = scoring, packed, writer, rejecting
        self._delimiter = delimiter
        self._scored: list[Piece] = []
        self._rejects: list[Piece] = []
        self._rows = PlainRows(scoring.reader.scorer, packed, loops)
        self._texts = PlainTexts(self._rows, scoring.texts, writer.out.quoter)

    @abstractmethod
    def _read(self, block: Block) -> tuple[Read | None, list[Record]]:
        """Return the sound rows of a block that can be read at once, and all other records."""

    @abstractmethod
    def _bring_out(self, plain: Plain[Read], columns: Sequence[Column], written: Written) -> None:
        """Write plain rows, with these columns of ours, and those that were scored one by one, in order."""

    def score(self, block: Block, least_rate: float, progress: Callable[[int], None] = lambda _: None) -> Done:
        """
        Score the rows of a block.

        Args:
            block: of the table.
            least_rate: from `Tally.least_rate` of the blocks before, as far as they are done.
            progress: told how many rows of the block are done, every now and then.
        """
        with scored_aside(self.scoring, self.writer, self.rejecting, least_rate) as done:
            self._scored, self._rejects = done.scored, done.rejects
            rejected, no_answers = self._write(block, progress)
            if self.rejecting:
                self._write_rejects(self.rejecting, rejected, no_answers)
        return done

    def _write(
        self, block: Block, progress: Callable[[int], None]
    ) -> tuple[list[Rejected], RejectedLines[Read] | None]:
        """Write the scored rows of a block in order; return those that were rejected one by one, and all others."""
        sound, others = self._read(block)
        rejected: list[Rejected] = []
        written: list[tuple[Record, list[str]]] = []
        plain: Plain[Read] | None = None
        no_answers: RejectedLines[Read] | None = None
        if sound is not None:
            rows = self._rows.sort_out(sound.answered)
            bad = self._bad(sound.answered, rows)
            others += self._told(sound, np.flatnonzero(~rows.plain & (bad == 0)))
            at = np.flatnonzero(rows.plain)
            plain = Plain(rows.take(at), sound, sound.lines[at]) if len(at) else None
        for record in sorted(others):
            found = self.scoring.one(record)
            progress(self.scoring.tally.read)
            if isinstance(found, Rejected):
                rejected.append(found)
            elif found is not None:
                written.append(found)
        if sound is not None:
            no_answers = self._reject(sound, np.flatnonzero(bad), bad[bad > 0])
        if plain is None:
            for record, texts in written:
                self.writer.row(record, texts)
        else:
            self.writer.finish()
            sides = plain.sound.answered.sides
            columns, closings, numbers = self._texts.columns(plain.rows, sides)
            self._count(plain.rows, sides)
            self._rank(plain, closings, numbers, self._closed(plain))
            self._bring_out(plain, columns, written)
        return rejected, no_answers

    def _write_rejects(
        self, rejecting: Rejects, rejected: Sequence[Rejected], no_answers: RejectedLines[Read] | None
    ) -> None:
        """Write the rejected rows of a block in order."""
        together: list[Rejected] = []
        if no_answers:
            records = self._told(no_answers.sound, no_answers.at, needs_cells=rejecting.needs_cells)
            said = [no_answers.problems[k] for k in no_answers.said.tolist()]
            together = [*map(Rejected, records, said)]
        for one in merge(rejected, together, key=lambda one: one.record.line):
            rejecting.row(one)

    def _bad(self, answered: Answered, rows: Rows) -> Whole:
        """Which answers are none of rows that are rejected for nothing else, a bit each."""
        if self.scoring.bad_answers != "reject":
            return np.zeros(len(rows.at), dtype=np.int64)
        # a row without any answer may be no data at all
        every = (1 << len(self.packed.answers)) - 1
        return np.where(answered.odd | (rows.missing | rows.bad == every), 0, rows.bad)

    def _told(self, sound: Read, rows: Whole, *, needs_cells: bool = True) -> Iterator[Record]:
        """Some rows as records; without their cells, where nobody asks for them."""
        for line, raw in zip(sound.lines[rows].tolist(), sound.raw(rows), strict=True):
            yield self._record(line, raw) if needs_cells else Record(line, [], raw)

    def _reject(self, sound: Read, rows: Whole, bad: Whole) -> RejectedLines[Read]:
        """
        Reject rows of which it is known what is wrong.

        Args:
            sound: the block.
            rows: of it.
            bad: which answers are none, a bit each, of each of these rows.
        """
        scoring, tally = self.scoring, self.scoring.tally
        tally.read += len(rows)
        tally.rejected += len(rows)
        problems: list[tuple[str, ...]] = []
        said: Whole = np.full(len(rows), NOTHING)
        for j in codes_of(int(np.bitwise_or.reduce(bad, initial=0))):
            asking, at = scoring.reader.scored[j], np.flatnonzero(bad >> j & 1)
            numbers, cells = sound.texts(asking.position, rows[at])
            told = [scoring.reader.problem(asking, cell) for cell in cells]
            codes = [problem.code for problem in told]
            for code in dict.fromkeys(codes):
                having = np.flatnonzero(np.array([one == code for one in codes])[numbers])
                first = told[numbers[having[0]]]
                lines = sound.lines[rows[at[having]]].tolist()
                tally.reject_lines(lines, code, first.column, first.message, first.hint)
            begin = len(problems)
            problems += [(scoring.said(problem),) for problem in told]
            is_first = said[at] == NOTHING
            for k, number in zip(at[~is_first].tolist(), (begin + numbers[~is_first]).tolist(), strict=True):
                problems.append(problems[said[k]] + problems[number])  # seldom: more than one answer is none
                said[k] = len(problems) - 1
            said[at[is_first]] = begin + numbers[is_first]
        return RejectedLines(sound, rows, said, problems)

    def _record(self, line: int, raw: str) -> Record:
        cells = split_line(raw, self._delimiter) if QUOTE in raw else raw.split(self._delimiter)
        return Record(line, cells if isinstance(cells, list) else [], raw)

    def _count(self, rows: Rows, sides: Sides) -> None:
        """Count plain rows like the row engine counts its own."""
        tally = self.scoring.tally
        tally.read += len(rows.at)
        tally.too_little += int(rows.too_little.sum())
        whole = sides.deals.figures.whole[rows.deals]
        for pursue, is_open in product((True, False), repeat=2):
            verdict: Verdict = "pursue" if pursue else "not now"
            at = np.flatnonzero((rows.pursue == pursue) & (rows.is_open == is_open))
            worth = whole[at]
            having = worth != NOTHING
            if having.any():
                total = Fraction(int(worth[having].sum()), UNIT)
                tally.score_worth(verdict, total, settled=not is_open, times=int(having.sum()))
            deals, counts = np.unique(rows.deals[at[~having]], return_counts=True)
            for deal, times in zip(deals.tolist(), counts.tolist(), strict=True):
                tally.score(verdict, sides.deals.listed[deal], settled=not is_open, times=times)
        for question in range(len(self.packed.answers)):
            tally.miss(question, int((rows.missing >> question & 1).sum()))

    def _closed(self, plain: Plain[Read]) -> Flags:
        """Count plain rows whose deal is closed, and say which these are."""
        told, tally = self.scoring.reader.closed, self.scoring.tally
        if told.position is None:
            return np.zeros(len(plain.lines), dtype=np.bool_)
        numbers, stages = plain.sound.texts(told.position, plain.rows.at)
        says = np.array([told.says(stage) for stage in stages], dtype=np.bool_)
        times = np.bincount(numbers, minlength=len(stages))
        for number in np.flatnonzero(says).tolist():
            tally.close(stages[number].strip(), int(times[number]))
        return says[numbers]

    def _rank(self, plain: Plain[Read], closings: Sequence[CostSummary | None], numbers: Whole, closed: Flags) -> None:
        """Take in those to pursue that are among the best: kind of deal by kind, the best first, then row by row."""
        tally, reader, told = self.scoring.tally, self.scoring.reader, plain.sound.answered.sides.deals
        deals = told.listed
        hours = np.array([closing.hours.mean or np.nan if closing else np.nan for closing in closings])
        rates = told.figures.margins[plain.rows.deals] / hours[numbers]
        pursued = np.flatnonzero(plain.rows.pursue & ~closed & (rates >= tally.least_rate))
        kinds = numbers[pursued] * len(deals) + plain.rows.deals[pursued]
        order = np.argsort(kinds, kind="stable")
        distinct, starts = np.unique(kinds[order], return_index=True)
        ends, best = np.append(starts[1:], len(order)), rates[pursued[order[starts]]]
        for k in np.argsort(-best, kind="stable").tolist():
            if best[k] < tally.least_rate:
                break  # the other kinds are no better
            closing, deal = closings[distinct[k] // len(deals)], deals[distinct[k] % len(deals)]
            if closing is None or deal is None:
                continue
            for row in pursued[order[starts[k] : ends[k]]].tolist():
                line = int(plain.lines[row])
                rate = tally.wants(line, closing, deal)
                if rate is None:
                    break  # those further down are no better
                [raw] = plain.sound.raw(plain.rows.at[row : row + 1])
                tally.rank(rate, line, reader.label(self._record(line, raw).cells), closing, deal)
