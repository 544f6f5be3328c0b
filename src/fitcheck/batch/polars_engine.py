"""
The polars engine: sound lines at once; what it does not do, and what can't be read, row by row.

The rows of a block come out in the order of the table with the same text as from the row engine, to which a property
test holds it. Nothing rests on polars finding damage: it is given only lines that `fitcheck.batch.blocks` has seen
to be sound, and must return as many rows as there are lines.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Whole
from fitcheck.batch.aside import Done, aside
from fitcheck.batch.blocks import Block
from fitcheck.batch.frameread import FrameReader, Read, UnevenError
from fitcheck.batch.packed import Packed, codes_of
from fitcheck.batch.plainrows import PlainRows, Rows, Sides
from fitcheck.batch.plaintexts import PlainTexts
from fitcheck.batch.records import QUOTE, Record, split_line
from fitcheck.batch.rowreading import CellProblem
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.tally import Tally
from fitcheck.batch.writing import DelimitedWriter, Rejects
from fitcheck.decision.case import Closing


class _Plain(NamedTuple):
    """
    The plain rows of a block.

    Attributes:
        rows: what `PlainRows` says of them.
        read: where their costs, deals and cells come from.
        lines: where each stands in the table.
        raw: its line, as it is.
    """

    rows: Rows
    read: Read
    lines: Whole
    raw: pl.Series


_Other = tuple[Record, Sequence[CellProblem]]
"""A row that is not plain; what is wrong with it, where that is known already."""


class PolarsEngine:
    """
    Scores blocks of one table.

    Args:
        scoring: scores what is left over, and counts.
        packed: the scorecard.
        delimiter: of the table.
        writer: of scored rows.
        rejecting: of the others; None where they are only counted.
    """

    def __init__(
        self, scoring: Scoring, packed: Packed, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None
    ) -> None:
        self.scoring, self.packed, self.writer, self.rejecting = scoring, packed, writer, rejecting
        self._delimiter = delimiter
        self._reader = FrameReader(
            scoring.reader, packed, self._delimiter, len(scoring.header), writer.out.positions or ()
        )
        self._rows = PlainRows(scoring.reader.scorer, packed)
        self._texts = PlainTexts(self._rows, scoring.texts, writer.out.quoter)

    def score(self, block: Block, least_rate: float, progress: Callable[[int], None] = lambda _: None) -> Done:
        """
        Score the rows of a block.

        Args:
            block: of the table.
            least_rate: from `Tally.least_rate` of the blocks before, as far as they are done.
            progress: told how many rows of the block are done, every now and then.
        """
        tally = self.scoring.tally = Tally(self.scoring.tally.hours, least_rate)
        with aside(self.writer) as scored, aside(self.rejecting) as rejects:
            for rejected in self._write(block, progress):
                if self.rejecting:
                    self.rejecting.row(rejected)
        for group in tally.groups.values():
            group.fold()
        return Done(scored, rejects, tally)

    def _write(self, block: Block, progress: Callable[[int], None]) -> list[Rejected]:
        """Write the scored rows of a block in order; return the rejected ones."""
        plain, left = self._sort_out(block)
        rejected: list[Rejected] = []
        written: list[tuple[Record, list[str]]] = []
        others = [*left, *((record, ()) for record in block.others)]
        for record, problems in sorted(others, key=lambda other: other[0].line):
            found = self.scoring.reject(record, problems) if problems else self.scoring.one(record)
            progress(self.scoring.tally.read)
            if isinstance(found, Rejected):
                rejected.append(found)
            elif found is not None:
                written.append(found)
        if plain is None:
            for record, texts in written:
                self.writer.row(record, texts)
        else:
            self.writer.finish()
            self._bring_out(plain, written)
        return rejected

    def _sort_out(self, block: Block) -> tuple[_Plain | None, list[_Other]]:
        """Return the plain rows of a block, and all other sound lines."""
        if not block.sound:
            return None, []
        numbers = [number for first, lines in block.numbers for number in range(first, first + lines)]
        try:
            read = self._reader.read(block.sound, len(numbers))
            raw = _lines(block.sound, len(numbers))
        except (pl.exceptions.PolarsError, UnevenError):
            texts = block.sound.decode().removesuffix("\n").split("\n")
            told = zip(numbers, texts, strict=True)
            return None, [(self._record(number, text.removesuffix("\r")), ()) for number, text in told]
        rows = self._rows.sort_out(read.answered)
        odd = np.flatnonzero(~rows.plain)
        no_answers = np.zeros(len(rows.at), dtype=np.int64)
        if self.scoring.bad_answers == "reject":
            # a row without any answer may be no data at all
            every = (1 << len(self.packed.answers)) - 1
            no_answers = np.where(read.answered.odd | (rows.missing | rows.bad == every), 0, rows.bad)
        lines = np.array(numbers, dtype=np.int64)
        bad = no_answers[odd]
        records, problems = self._records(lines[odd], raw.gather(odd), bad), self._problems(read, odd, bad)
        others: list[_Other] = [*zip(records, problems, strict=True)]
        plain = rows.take(np.flatnonzero(rows.plain))
        return _Plain(plain, read, lines[plain.at], raw.gather(plain.at)) if len(plain.at) else None, others

    def _records(self, lines: Whole, raw: pl.Series, bad: Whole) -> Iterator[Record]:
        """The lines as records; without their cells where what is wrong is known and nobody else asks for them."""
        needs_cells = self.rejecting is not None and self.rejecting.needs_cells
        for line, text, is_known in zip(lines.tolist(), raw.to_list(), (bad > 0).tolist(), strict=True):
            yield Record(line, [], text) if is_known and not needs_cells else self._record(line, text)

    def _problems(self, read: Read, rows: Whole, bad: Whole) -> list[list[CellProblem]]:
        """What is wrong with rows of a block, of which it is known which answers are none, a bit each."""
        reader = self.scoring.reader
        found: list[list[CellProblem]] = [[] for _ in range(len(rows))]
        for j in codes_of(int(np.bitwise_or.reduce(bad, initial=0))):
            asking, at = reader.scored[j], np.flatnonzero(bad >> j & 1)
            for row, cell in zip(at.tolist(), read.texts(asking.position, rows[at]), strict=True):
                found[row].append(reader.problem(asking, cell))
        return found

    def _record(self, line: int, raw: str) -> Record:
        cells = split_line(raw, self._delimiter) if QUOTE in raw else raw.split(self._delimiter)
        return Record(line, cells if isinstance(cells, list) else [], raw)

    def _bring_out(self, plain: _Plain, written: Sequence[tuple[Record, list[str]]]) -> None:
        sides = plain.read.answered.sides
        ours, closings, numbers = self._texts.columns(plain.rows, sides)
        self._count(plain.rows, sides)
        self._rank(plain, closings, numbers)
        frame = pl.DataFrame([column.alias(f"o{k}") for k, column in enumerate([*self._own(plain), *ours])])
        if written:
            others = [
                [*self._own_cells(record), *map(self.writer.out.quoter, texts), record.line]
                for record, texts in written
            ]
            frame = frame.with_columns(pl.Series("line", plain.lines))
            frame = (
                pl.concat([frame, pl.DataFrame(others, schema=frame.schema, orient="row")]).sort("line").drop("line")
            )
        out = self.writer.out
        if frame.width == 1:  # a blank line would be no row
            frame = frame.select(pl.when(pl.first() == "").then(pl.lit('""')).otherwise(pl.first()))
        frame.write_csv(
            out.file, include_header=False, separator=out.delimiter, line_terminator=out.end, quote_style="never"
        )

    def _own(self, plain: _Plain) -> list[pl.Series]:
        """The table's own columns, as they are written."""
        if self.writer.out.positions is None:
            return [plain.raw] if self.writer.out.as_it_is else []
        if not plain.read.own.width:
            return []
        kept = plain.read.own[plain.rows.at]
        return [self._quoted(kept[name].cast(pl.String).fill_null("")) for name in kept.columns]

    def _own_cells(self, record: Record) -> list[str]:
        out = self.writer.out
        return [out.text(record)] if out.positions is None else [out.quoter(cell) for cell in out.own(record.cells)]

    def _quoted(self, cells: pl.Series) -> pl.Series:
        special = cells.str.contains_any([self.writer.out.delimiter, QUOTE, "\n", "\r"])
        if not special.any():
            return cells
        quote = self.writer.out.quoter
        return cells.scatter(special.arg_true(), [quote(cell) for cell in cells.filter(special)])

    def _count(self, rows: Rows, sides: Sides) -> None:
        """Count plain rows like the row engine counts its own."""
        tally = self.scoring.tally
        tally.read += len(rows.at)
        tally.too_little += int(rows.too_little.sum())
        kinds, times = np.unique((rows.deals * 2 + rows.is_open) * 2 + rows.pursue, return_counts=True)
        for kind, count in zip(kinds.tolist(), times.tolist(), strict=True):
            deal, is_settled = sides.deals.listed[kind >> 2], not kind & 2
            tally.score("pursue" if kind & 1 else "not now", deal, settled=is_settled, times=count)
        for question in range(len(self.packed.answers)):
            tally.miss(question, int((rows.missing >> question & 1).sum()))

    def _rank(self, plain: _Plain, closings: Sequence[Closing | None], numbers: Whole) -> None:
        """Take in those to pursue that are among the best; each kind of deal is looked at once, then row by row."""
        tally, reader, told = self.scoring.tally, self.scoring.reader, plain.read.answered.sides.deals
        deals = told.listed
        hours = np.array([closing.hours.mean or np.nan if closing else np.nan for closing in closings])
        rates = told.margins[plain.rows.deals] / hours[numbers]
        pursued = np.flatnonzero(plain.rows.pursue & (rates >= tally.least_rate))
        if not len(pursued):
            return
        kinds = numbers[pursued] * len(deals) + plain.rows.deals[pursued]
        order = np.argsort(kinds, kind="stable")
        distinct, starts = np.unique(kinds[order], return_index=True)
        for kind, rows in zip(distinct.tolist(), np.split(pursued[order], starts[1:]), strict=True):
            closing, deal = closings[kind // len(deals)], deals[kind % len(deals)]
            if closing is None or deal is None:
                continue
            for row in rows.tolist():
                line = int(plain.lines[row])
                rate = tally.wants(line, closing, deal)
                if rate is None:
                    break  # those further down are no better
                label = reader.label(self._record(line, plain.raw[row]).cells)
                tally.rank(rate, line, label, closing, deal)


def _lines(data: bytes, count: int) -> pl.Series:
    """The text of each line; no text that came this far holds the delimiter named here."""
    texts = pl.read_csv(data, has_header=False, separator="\x00", quote_char=None, schema={"raw": pl.String})["raw"]
    if texts.len() != count:
        raise UnevenError
    return texts
