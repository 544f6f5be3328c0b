"""Sound lines read by polars, column by column: every text of a column of answers is looked up once."""

import io
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Whole
from fitcheck.batch.blockreading import BlockReader, Meaning
from fitcheck.batch.dealbook import Said
from fitcheck.batch.numbering import numbered
from fitcheck.batch.packed import Packed
from fitcheck.batch.plainrows import Answered
from fitcheck.batch.rowreading import RowReader
from fitcheck.mapping import MONEY

_NUMBERS = count()
"""Categories are known to the whole process by their name, so every column needs a name of its own."""


class UnevenError(Exception):
    """Polars reads other rows than there are lines: the block is read row by row instead."""


class Read(NamedTuple):
    """
    The rows of a block, read.

    Attributes:
        answered: what they answer.
        cells: the columns that were read, named `c` and their position.
        own: the table's own columns that are written, likewise.
    """

    answered: Answered
    cells: pl.DataFrame
    own: pl.DataFrame

    def texts(self, position: int, rows: Whole) -> tuple[Whole, list[str]]:
        """What stands in some rows of a column, blank where nothing does: numbers, and their texts."""
        cells = self.cells[f"c{position}"].gather(rows).cast(pl.String).fill_null("").to_list()
        known: dict[str, int] = {}
        numbers = np.array([known.setdefault(cell, len(known)) for cell in cells], dtype=np.int64)
        return numbers, [*known]


class _Words:
    """The texts of one column as polars numbers them, and what each stands for."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        # the folded spellings are told by their first character, which no cell begins with
        seeds = [text for text in meaning.words if not text.startswith("\0")]
        self.type = pl.Categorical(pl.Categories(f"{next(_NUMBERS)}", "fitcheck", physical=pl.UInt16))
        # kept, because polars forgets categories that nobody uses
        self._seeds = pl.Series(seeds, dtype=self.type)
        self._table = [meaning.of(text) for text in seeds]

    def look_up(self, column: pl.Series) -> Whole:
        """What each cell stands for."""
        numbers = column.to_physical()
        most = numbers.max()
        if isinstance(most, int) and most >= len(self._table):
            self._learn(column, numbers, most)
        table = pl.Series(self._table, dtype=pl.Int64)
        return table.gather(numbers).fill_null(self._meaning.by_code[-1]).to_numpy()

    def _learn(self, column: pl.Series, numbers: pl.Series, most: int) -> None:
        known = len(self._table)
        self._table += [self._meaning.bad] * (most + 1 - known)
        fresh = pl.DataFrame({"number": numbers, "text": column}).filter(pl.col("number") >= known)
        for number, text in fresh.unique().with_columns(pl.col("text").cast(pl.String)).iter_rows():
            self._table[number] = self._meaning.of(text)


class FrameReader:
    """
    Reads sound lines.

    Args:
        reader: of single rows.
        packed: the scorecard.
        delimiter: of the table.
        width: its columns.
        written: positions of its columns that are written; none where lines are written as they are.
    """

    def __init__(self, reader: RowReader, packed: Packed, delimiter: str, width: int, written: Sequence[int]) -> None:
        self._rows = BlockReader(reader, packed, width)
        self._delimiter, self._width, self._written = delimiter, width, written
        self._words = {meaning.position: _Words(meaning) for meaning in self._rows.columns()}

    def read(self, data: bytes, lines: int) -> Read:
        """
        Read a block.

        Raises:
            UnevenError: polars sees other rows.
            polars.exceptions.PolarsError: it can't read them.
        """
        money = self._rows.money
        there = [position for position in (*money, self._rows.stage) if position is not None]
        types: dict[int, pl.DataType] = dict.fromkeys([*there, *self._written], pl.String())
        types |= {position: words.type for position, words in self._words.items()}
        schema = {f"c{i}": types.get(i, pl.String()) for i in range(self._width)}
        scan = pl.scan_csv(io.BytesIO(data), has_header=False, separator=self._delimiter, schema=schema)
        cells = scan.select(f"c{i}" for i in sorted(types)).collect()
        if cells.height != lines:
            raise UnevenError

        def look_up(meaning: Meaning) -> Whole:
            return self._words[meaning.position].look_up(cells[f"c{meaning.position}"])

        def deals() -> Said:
            blank = pl.repeat("", lines, eager=True)
            said = (blank if position is None else cells[f"c{position}"].fill_null("") for position in money)
            return Said.in_cells(*numbered(dict(zip(MONEY, said, strict=True))))

        answered = self._rows.read(lines, look_up, deals)
        return Read(answered, cells, cells.select(f"c{i}" for i in self._written))
