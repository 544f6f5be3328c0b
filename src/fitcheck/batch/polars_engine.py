"""
The polars engine: sound lines at once; what it does not do, and what can't be read, row by row.

The rows of a block come out in the order of the table with the same text as from the row engine, to which a property
test holds it. Nothing rests on polars finding damage: it is given only lines that `fitcheck.batch.blocks` has seen
to be sound, and must return as many rows as there are lines.
"""

import io
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from fitcheck.batch.blocks import Block
from fitcheck.batch.frameread import FrameReader, Read, UnevenError
from fitcheck.batch.packed import Packed, codes_of
from fitcheck.batch.plainrows import PlainRows, Sides
from fitcheck.batch.plaintexts import PlainTexts
from fitcheck.batch.records import QUOTE, Record, split_line
from fitcheck.batch.rowreading import CellProblem
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.writing import DelimitedWriter
from fitcheck.decision.case import Closing


class _Plain(NamedTuple):
    """
    The plain rows of a block.

    Attributes:
        rows: what `PlainRows` says of them, with `line` and `raw`.
        read: where their costs, deals and cells come from.
    """

    rows: pl.DataFrame
    read: Read


_Other = tuple[Record, Sequence[CellProblem]]
"""A row that is not plain; what is wrong with it, where that is known already."""


class PolarsEngine:
    """
    Scores blocks of one table.

    Args:
        scoring: scores what is left over, and counts.
        packed: the scorecard.
        writer: of scored rows.
    """

    def __init__(self, scoring: Scoring, packed: Packed, writer: DelimitedWriter) -> None:
        self.scoring, self.packed, self.writer = scoring, packed, writer
        self._delimiter = writer.out.delimiter
        self._reader = FrameReader(
            scoring.reader, packed, self._delimiter, len(scoring.header), writer.out.positions or ()
        )
        self._rows = PlainRows(scoring.reader.scorer, packed)
        self._texts = PlainTexts(self._rows, scoring.texts, writer.out.quoter)

    def write(self, block: Block) -> list[Rejected]:
        """Write the scored rows of a block in order; return the rejected ones."""
        plain, left = self._sort_out(block)
        rejected: list[Rejected] = []
        written: list[tuple[Record, list[str]]] = []
        others = [*left, *((record, ()) for record in block.others)]
        for record, problems in sorted(others, key=lambda other: other[0].line):
            found = self.scoring.reject(record, problems) if problems else self.scoring.one(record)
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
            lines = zip(numbers, texts, strict=True)
            return None, [(self._record(number, text.removesuffix("\r")), ()) for number, text in lines]
        frame = read.frame.with_columns(pl.Series("line", numbers, dtype=pl.Int64), raw)
        frame = self._rows.sort_out(frame.with_row_index("row"), read.sides)
        rejects = self.scoring.bad_answers == "reject"
        no_answers = pl.when(pl.col("no_answers") & rejects).then("bad").otherwise(0)
        left = frame.filter(~pl.col("plain")).select("line", "raw", no_answers.alias("bad"))
        others = [self._other(self._record(number, text), bad) for number, text, bad in left.iter_rows()]
        rows = frame.filter("plain")
        return (_Plain(rows, read) if rows.height else None), others

    def _other(self, record: Record, bad: int) -> _Other:
        reader = self.scoring.reader
        asked = [reader.scored[j] for j in codes_of(bad, len(reader.scored))] if bad else []
        return record, [reader.problem(asking, record.cells[asking.position]) for asking in asked]

    def _record(self, line: int, raw: str) -> Record:
        cells = split_line(raw, self._delimiter) if QUOTE in raw else raw.split(self._delimiter)
        return Record(line, cells if isinstance(cells, list) else [], raw)

    def _bring_out(self, plain: _Plain, written: Sequence[tuple[Record, list[str]]]) -> None:
        rows, sides = plain.rows, plain.read.sides
        ours, closings, numbers = self._texts.columns(rows, sides)
        self._count(rows, sides)
        self._rank(rows.with_columns(numbers.alias("closing")), closings, sides)
        columns = [*self._own(rows, plain.read.cells), *ours]
        frame = pl.DataFrame([column.alias(f"o{k}") for k, column in enumerate(columns)])
        if written:
            others = [
                [*self._own_cells(record), *map(self.writer.out.quoter, texts), record.line]
                for record, texts in written
            ]
            frame = frame.with_columns(rows["line"])
            frame = (
                pl.concat([frame, pl.DataFrame(others, schema=frame.schema, orient="row")]).sort("line").drop("line")
            )
        out = self.writer.out
        if frame.width == 1:  # a blank line would be no row
            frame = frame.select(pl.when(pl.first() == "").then(pl.lit('""')).otherwise(pl.first()))
        text = io.BytesIO()  # what goes wrong while writing is told by the file itself, not by polars
        frame.write_csv(
            text, include_header=False, separator=out.delimiter, line_terminator=out.end, quote_style="never"
        )
        out.file.write(text.getbuffer())

    def _own(self, rows: pl.DataFrame, cells: pl.DataFrame) -> list[pl.Series]:
        """The table's own columns, as they are written."""
        if self.writer.out.positions is None:
            return [rows["raw"]] if self.writer.out.as_it_is else []
        if not cells.width:
            return []
        kept = cells[rows["row"]]
        return [self._quoted(kept[name].cast(pl.String).fill_null("")) for name in kept.columns]

    def _own_cells(self, record: Record) -> list[str]:
        out = self.writer.out
        return [out.text(record)] if out.positions is None else [out.quoter(cell) for cell in out.own(record.cells)]

    def _quoted(self, cells: pl.Series) -> pl.Series:
        special = cells.str.contains_any([self._delimiter, QUOTE, "\n", "\r"])
        if not special.any():
            return cells
        quote = self.writer.out.quoter
        return cells.scatter(special.arg_true(), [quote(cell) for cell in cells.filter(special)])

    def _count(self, rows: pl.DataFrame, sides: Sides) -> None:
        """Count plain rows like the row engine counts its own."""
        tally = self.scoring.tally
        tally.read += rows.height
        for pursue, is_open, deal, times in rows.group_by("pursue", "open", "deal").len().iter_rows():
            tally.score("pursue" if pursue else "not now", sides.deals[deal], settled=not is_open, times=times)
        tally.too_little += rows.filter("too_little").height
        for mask, times in rows.group_by("missing").len().iter_rows():
            for question in codes_of(mask, len(self.packed.answers)):
                tally.miss(question, times)

    def _rank(self, rows: pl.DataFrame, closings: Sequence[Closing | None], sides: Sides) -> None:
        """Take in those to pursue that are among the best; each kind of deal is looked at once, then row by row."""
        tally, reader = self.scoring.tally, self.scoring.reader
        kinds = rows.filter("pursue").group_by("closing", "deal", maintain_order=True).agg("line", "raw")
        for closing_at, deal_at, lines, texts in kinds.iter_rows():
            closing, deal = closings[closing_at], sides.deals[deal_at]
            if closing is None or deal is None:
                continue
            for line, raw in zip(lines, texts, strict=True):
                rate = tally.wants(line, closing, deal)
                if rate is None:
                    break  # those further down are no better
                tally.rank(rate, line, reader.label(self._record(line, raw).cells), closing, deal)


def _lines(data: bytes, count: int) -> pl.Series:
    """The text of each line; no text that came this far holds the delimiter named here."""
    texts = pl.read_csv(data, has_header=False, separator="\x00", quote_char=None, schema={"raw": pl.String})["raw"]
    if texts.len() != count:
        raise UnevenError
    return texts
