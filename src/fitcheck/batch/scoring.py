"""One record after the other: what it is, what is written of it, and that it is counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fitcheck.batch.ahead import Ahead
from fitcheck.batch.cellproblems import CellProblem
from fitcheck.batch.footers import left_out
from fitcheck.batch.mending import MENDED, position, still_damaged, told
from fitcheck.batch.outcolumns import RowTexts, defused
from fitcheck.batch.records import Fault, Record
from fitcheck.batch.rowreading import BadAnswers, ReadRow, RowReader
from fitcheck.batch.tally import Tally
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.sheet import UNKNOWN

AT_ONCE, CHARACTERS_AT_ONCE = 500, 4_000_000
"""Records that are looked at at once before they are scored; fewer where they are so long together."""

Written = tuple[Record, list[str]]
"""A record and the texts of our own columns for it."""


class Rejected(NamedTuple):
    """
    A row that can't be scored.

    Attributes:
        record: as it was read.
        problems: everything that is wrong with it, a sentence each.
    """

    record: Record
    problems: tuple[str, ...]


@dataclass(slots=True)
class Scoring:
    """
    Everything that it takes to score the records of one table.

    Attributes:
        header: the table's columns.
        reader: of cells.
        texts: of our columns.
        tally: counts every record.
        bad_answers: whether a row with a cell that is no answer is rejected, or the answer unknown.
        as_is: write texts as they are, even if a spreadsheet would run them.
        ahead: looks at rows before they are scored; None: they are scored one by one.
    """

    header: list[str]
    reader: RowReader
    texts: RowTexts
    tally: Tally
    bad_answers: BadAnswers = "reject"
    as_is: bool = False
    ahead: Ahead | None = None
    _problems_at: int | None = field(init=False)
    _sentences: dict[CellProblem, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look whether the table is one of rejects."""
        self._problems_at = position(self.header)

    def score(self, records: Iterable[Record]) -> Iterator[Written | Rejected]:
        """
        Score records.

        Yields:
            Every data row once, in order: with our texts, or rejected. What is no data is counted and left out.
        """
        return (found for found in self.each(records) if found is not None)

    def each(self, records: Iterable[Record]) -> Iterator[Written | Rejected | None]:
        """Score records, and say of each what `one` says."""
        ahead = self.ahead
        if ahead is None or self._problems_at is not None:
            yield from map(self.one, records)
            return
        for some in _together(records):
            reads = [None if r.is_blank or r.fault else self.reader.read(r.cells) for r in some]
            ahead.look(read for read in reads if read and not (read.problems and self._is_rejected(read.problems)))
            yield from map(self.one, some, reads)

    def one(self, record: Record, read: ReadRow | None = None) -> Written | Rejected | None:
        """
        Score a record; None if it is no data.

        Args:
            record: with the cells of one row.
            read: what they say, where that is known.
        """
        if record.is_blank:
            self.tally.blank += 1
            return None
        fault, hint = record.fault, None
        if fault is None and self._problems_at is not None:
            fault, hint = still_damaged(record.cells[self._problems_at]), MENDED
        if fault is not None:
            return None if self._is_no_data(record) else self._damaged(record, fault, hint)
        read = read or self.reader.read(record.cells)
        missing = read.codes.count(UNKNOWN)
        if missing == len(read.codes):
            if not any(map(str.strip, record.cells)):
                self.tally.blank += 1
                return None
            if self._is_no_data(record):
                return None
        self.tally.read += 1
        if read.problems:
            if self._is_rejected(read.problems):
                return self._rejected(record, read.problems)
            for problem in read.problems:
                self.tally.take_as_unknown(record.line, problem.code, problem.column, problem.message, problem.hint)
        return record, self._texts_of(record, read, missing)

    def said(self, problem: CellProblem) -> str:
        """Return what stands in the rejects; the same cells are wrong again and again."""
        return self._sentences.get(problem) or bounded_put(self._sentences, problem, self._safe(str(problem)))

    def _damaged(self, record: Record, fault: Fault, hint: str | None) -> Rejected:
        self.tally.read += 1
        self.tally.rejected += 1
        self.tally.reject(record.line, fault.code, "", fault.message, hint)
        return Rejected(record, (self._safe(told(fault)),))

    def _is_rejected(self, problems: Sequence[CellProblem]) -> bool:
        """Whether a row with such cells is rejected, or they count as unknown; an amount is never guessed."""
        money = self.reader.deals.headers
        return self.bad_answers == "reject" or any(problem.column in money for problem in problems)

    def _rejected(self, record: Record, problems: Sequence[CellProblem]) -> Rejected:
        self.tally.rejected += 1
        for problem in problems:
            self.tally.reject(record.line, problem.code, problem.column, problem.message, problem.hint)
        return Rejected(record, tuple([self.said(problem) for problem in problems]))

    def _texts_of(self, record: Record, read: ReadRow, missing: int) -> list[str]:
        tally, reader = self.tally, self.reader
        if missing:
            for question, code in enumerate(read.codes):
                if code == UNKNOWN:
                    tally.miss(question)
        row = reader.scorer.score(read.codes, read.costs, read.deal)
        tally.score(row.verdict, row.deal, settled=row.settled)
        tally.too_little += row.too_little
        closed = reader.closed.stage(record.cells)
        if closed is not None:
            tally.close(closed)
        elif row.verdict == "pursue" and row.closing and row.deal:
            rate = tally.wants(record.line, row.closing, row.deal)
            if rate is not None:
                tally.rank(rate, record.line, reader.label(record.cells), row.closing, row.deal)
        return self.texts(row)

    def _is_no_data(self, record: Record) -> bool:
        kind = left_out(record.cells, self.header, self.reader.position("id"))
        if kind is None:
            return False
        self.tally.leave(kind, record.line)
        return True

    def _safe(self, text: str) -> str:
        return text if self.as_is else defused(text)


def _together(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records a few hundred at a time, in bounded memory."""
    some: list[Record] = []
    characters = 0
    for record in records:
        some.append(record)
        characters += len(record.raw) or sum(map(len, record.cells))
        if len(some) >= AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield some
            some, characters = [], 0
    if some:
        yield some
