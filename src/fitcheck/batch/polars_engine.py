"""
The polars engine: sound lines at once; what it does not do, and what can't be read, row by row.

Nothing rests on polars finding damage: it is given only lines that `fitcheck.batch.blocks` has seen to be sound, and
must return as many rows as there are lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Whole
from fitcheck.batch.blockengine import BlockEngine, Plain, Written
from fitcheck.batch.blocks import Block
from fitcheck.batch.columnar import ArrayLoops
from fitcheck.batch.frameread import FrameReader, Read, UnevenError
from fitcheck.batch.packed import Packed
from fitcheck.batch.plainrows import Answered
from fitcheck.batch.plaintexts import Column, TextTable
from fitcheck.batch.ratios import DIGITS, UNIT, Shares
from fitcheck.batch.records import QUOTE, Record
from fitcheck.batch.scoring import Scoring
from fitcheck.batch.writing import DelimitedWriter, Rejects


@dataclass(frozen=True, slots=True)
class _Lines:
    """
    The sound lines of a block.

    Attributes:
        read: what stands on them.
        lines: where each stands in the table.
        text: each, as it is.
    """

    read: Read
    lines: Whole
    text: pl.Series

    @property
    def answered(self) -> Answered:
        return self.read.answered

    def texts(self, position: int, rows: Whole) -> tuple[Whole, list[str]]:
        return self.read.texts(position, rows)

    def raw(self, rows: Whole) -> list[str]:
        found: list[str] = self.text.gather(rows).to_list()
        return found


class PolarsEngine(BlockEngine[Block, _Lines]):
    """Scores blocks of one table; see `BlockEngine`."""

    def __init__(
        self, scoring: Scoring, packed: Packed, delimiter: str, writer: DelimitedWriter, rejecting: Rejects | None
    ) -> None:
        loops = ArrayLoops(packed, scoring.reader.scorer.words(frozenset()).trust)
        super().__init__(scoring, packed, delimiter, writer, rejecting, loops=loops)
        self._reader = FrameReader(scoring.reader, packed, delimiter, len(scoring.header), writer.out.positions or ())
        self._tables: dict[TextTable, pl.Series] = {}

    def _read(self, block: Block) -> tuple[_Lines | None, list[Record]]:
        others = [*block.others]
        if not block.sound:
            return None, others
        numbers = [number for first, lines in block.numbers for number in range(first, first + lines)]
        try:
            read = self._reader.read(block.sound, len(numbers))
            raw = _lines(block.sound, len(numbers))
        except (pl.exceptions.PolarsError, UnevenError):
            texts = block.sound.decode().removesuffix("\n").split("\n")
            told = zip(numbers, texts, strict=True)
            return None, others + [self._record(number, text.removesuffix("\r")) for number, text in told]
        return _Lines(read, np.array(numbers, dtype=np.int64), raw), others

    def _bring_out(self, plain: Plain[_Lines], columns: Sequence[Column], written: Written) -> None:
        ours = map(self._text_of, columns)
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

    def _text_of(self, column: Column) -> pl.Series:
        if isinstance(column, Shares):
            return _share_texts(column)
        table = self._tables.get(column.table)
        if table is None:
            table = pl.Series(column.table.texts, dtype=pl.String)
            if column.table.lasts:
                self._tables[column.table] = table
        return table.gather(column.numbers)

    def _own(self, plain: Plain[_Lines]) -> list[pl.Series]:
        """The table's own columns, as they are written."""
        if self.writer.out.positions is None:
            return [plain.sound.text.gather(plain.rows.at)] if self.writer.out.as_it_is else []
        own = plain.sound.read.own
        if not own.width:
            return []
        kept = own[plain.rows.at]
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


def _share_texts(column: Shares) -> pl.Series:
    whole, part = (pl.lit(pl.Series(figures)) for figures in np.divmod(column.scaled, UNIT))
    written = pl.concat_str(whole.cast(pl.String), pl.lit("."), (part + UNIT).cast(pl.String).str.tail(DIGITS))
    text = pl.select(pl.when(pl.lit(pl.Series(column.scaled)) < 0).then(pl.lit("")).otherwise(written)).to_series()
    return text.scatter([*column.exact], [*column.exact.values()]) if column.exact else text


def _lines(data: bytes, count: int) -> pl.Series:
    """The text of each line; no text that came this far holds the delimiter named here."""
    texts = pl.read_csv(data, has_header=False, separator="\x00", quote_char=None, schema={"raw": pl.String})["raw"]
    if texts.len() != count:
        raise UnevenError
    return texts
