"""Sound lines into packed answers, cost sides and deals, column by column."""

import io
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
import polars as pl

from fitcheck.batch.arrays import Flags, Whole
from fitcheck.batch.cellwords import code_of
from fitcheck.batch.deals import DealBook, Deals
from fitcheck.batch.numbering import numbered
from fitcheck.batch.packed import NO_ANSWER, SPECIAL, Packed
from fitcheck.batch.plainrows import Answered, Sides
from fitcheck.batch.rowreading import Asking, RowReader
from fitcheck.decision.sheet import UNKNOWN
from fitcheck.decision.tablecost import CostSide, DealSide

_NUMBERS = count()
"""Categories are known to the whole process by their name, so every column needs a name of its own."""

NO_CODE = -1


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

    def texts(self, position: int, rows: Whole) -> list[str]:
        """What stands in some rows of a column; blank where nothing does."""
        return self.cells[f"c{position}"].gather(rows).cast(pl.String).fill_null("").to_list()


class _Words:
    """The texts of one column as polars numbers them, and what each stands for."""

    def __init__(self, asking: Asking, meaning: Sequence[int], special: int, bad: int) -> None:
        """`meaning` is by code, that of an unknown answer last; `special` is n/a, `bad` a cell that is no answer."""
        self.position = asking.position
        self._words, self._meaning, self._special, self._bad = asking.words, meaning, special, bad
        # the folded spellings are told by their first character, which no cell begins with
        seeds = [text for text in asking.words if not text.startswith("\0")]
        self.type = pl.Categorical(pl.Categories(f"{next(_NUMBERS)}", "fitcheck", physical=pl.UInt16))
        # kept, because polars forgets categories that nobody uses
        self._seeds = pl.Series(seeds, dtype=self.type)
        self._table = [self._value(text) for text in seeds]

    def _value(self, text: str) -> int:
        code = code_of(text, self._words)
        if code is None:
            return self._bad
        return self._special if code < UNKNOWN else self._meaning[code]

    def look_up(self, column: pl.Series) -> pl.Series:
        """What each cell stands for."""
        numbers = column.to_physical()
        most = numbers.max()
        if isinstance(most, int) and most >= len(self._table):
            self._learn(column, numbers, most)
        return pl.Series(self._table, dtype=pl.Int64).gather(numbers).fill_null(self._meaning[-1])

    def _learn(self, column: pl.Series, numbers: pl.Series, most: int) -> None:
        known = len(self._table)
        self._table += [self._bad] * (most + 1 - known)
        fresh = pl.DataFrame({"number": numbers, "text": column}).filter(pl.col("number") >= known)
        for number, text in fresh.unique().with_columns(pl.col("text").cast(pl.String)).iter_rows():
            self._table[number] = self._value(text)


class _Constant:
    """Stands for the column of a question that has none: unknown in every row."""

    def __init__(self, value: int) -> None:
        self.value = value


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
        self._reader, self._delimiter, self._width, self._written = reader, delimiter, width, written
        self._answers = [
            self._column(asking, packed.answers[j], SPECIAL, NO_ANSWER) for j, asking in enumerate(reader.scored)
        ]
        self._costing = (
            []
            if reader.costs_unknown
            else [
                (self._column(asking, range(options + 1), NO_CODE, NO_CODE), options + 1)
                for asking, options in zip(reader.costing, reader.cost_options, strict=True)
            ]
        )
        self._money = sorted({position for position in reader.money_positions if position < width})
        self._book = DealBook(self._deal_of)

    def _column(self, asking: Asking, meaning: Sequence[int], special: int, bad: int) -> _Words | _Constant:
        return _Words(asking, meaning, special, bad) if asking.position < self._width else _Constant(meaning[-1])

    def read(self, data: bytes, lines: int) -> Read:
        """
        Read a block.

        Raises:
            UnevenError: polars sees other rows.
            polars.exceptions.PolarsError: it can't read them.
        """
        columns = [*self._answers, *(words for words, _ in self._costing)]
        types: dict[int, pl.DataType] = dict.fromkeys([*self._money, *self._written], pl.String())
        types |= {words.position: words.type for words in columns if isinstance(words, _Words)}
        schema = {f"c{i}": types.get(i, pl.String()) for i in range(self._width)}
        scan = pl.scan_csv(io.BytesIO(data), has_header=False, separator=self._delimiter, schema=schema)
        cells = scan.select(f"c{i}" for i in sorted(types)).collect()
        if cells.height != lines:
            raise UnevenError
        answers = np.stack([_look_up(words, cells) for words in self._answers])
        cost, costs, bad_costs = self._costs(cells)
        number, deals = self._deals(cells)
        bad = bad_costs | np.array(deals.is_bad, dtype=bool)[number]
        answered = Answered(answers, cost, number, bad, Sides(costs, deals))
        return Read(answered, cells, cells.select(f"c{i}" for i in self._written))

    def _costs(self, cells: pl.DataFrame) -> tuple[Whole, list[CostSide | None], Flags]:
        """Number of each row's cost side, the sides, and where cells can't be read."""
        height, reader = cells.height, self._reader
        key, bad = np.zeros(height, dtype=np.int64), np.zeros(height, dtype=bool)
        if not self._costing:
            return key, [reader.scorer.costs(reader.costs_unknown)], bad
        for words, options in self._costing:
            code = _look_up(words, cells)
            bad |= code < 0
            key = key * options + np.maximum(code, 0)
        keys, number = np.unique(key, return_inverse=True)
        return number, [reader.scorer.costs(self._cost_codes(one)) for one in keys.tolist()], bad

    def _cost_codes(self, key: int) -> tuple[int, ...]:
        codes = []
        for _, options in reversed(self._costing):
            key, code = divmod(key, options)
            codes.append(UNKNOWN if code == options - 1 else code)
        return tuple(reversed(codes))

    def _deals(self, cells: pl.DataFrame) -> tuple[Whole, Deals]:
        """Number of each row's deal, and the deals."""
        if not self._money:
            [number], deals = self._book.take_in([()])
            return np.full(cells.height, number), deals
        of_row, texts = numbered({f"c{i}": cells[f"c{i}"].fill_null("") for i in self._money})
        numbers, deals = self._book.take_in(texts)
        return numbers[of_row], deals

    def _deal_of(self, cells: tuple[str, ...]) -> tuple[DealSide | None, object]:
        by_position = dict(zip(self._money, cells, strict=True))
        return self._reader.deal_of(tuple(by_position.get(place, "") for place in self._reader.money_positions))


def _look_up(words: _Words | _Constant, cells: pl.DataFrame) -> Whole:
    if isinstance(words, _Constant):
        return np.full(cells.height, words.value, dtype=np.int64)
    return words.look_up(cells[f"c{words.position}"]).to_numpy()
