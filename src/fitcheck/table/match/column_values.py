"""What the first values of a column say of it: whether they can be answers to a question, or amounts."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from fitcheck.amounts import AmountError, is_nothing, read_amount
from fitcheck.folding import bare, folded_header
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.cells import cell_words, code_of, excel_date, is_figure
from fitcheck.table.match.guessing import guess
from fitcheck.table.match.non_data import is_question_text
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.match.synonyms import MEANS_MONEY

NO_ROWS: tuple[Sequence[str], ...] = ()

LEAST_OTHER, LEAST_OTHER_OF_OURS = 3, 20
"""So many rows at least must hold something else before a column with the name of a question is none of it: more where
it has the very id of the question, which hardly anybody writes by chance."""

_LIKE_AN_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")

FIRST_VALUES = 50
"""Distinct values of a column that are looked at."""


class ColumnValues:
    """
    The cells of the first rows of a table, by column.

    Args:
        rows: with a cell for every column, or fewer.
    """

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    @cached_property
    def _columns(self) -> list[list[str]]:
        width = max(map(len, self._rows), default=0)
        return [[row[k] if k < len(row) else "" for row in self._rows] for k in range(width)]

    def column(self, position: int) -> Sequence[str]:
        """Return the cells of a column, one for each row."""
        return self._columns[position] if position < len(self._columns) else ()

    def _counted(self, position: int) -> list[tuple[str, int]]:
        """Return the most frequent values of a column that are not blank."""
        cells = (cell for cell in self.column(position) if bare(cell) and not is_question_text(cell))
        return Counter(cells).most_common(FIRST_VALUES)

    def are_other(self, position: int, header: str, asked: QuestionSpec, mapping: ColumnMapping | None) -> bool:
        """Say whether most values are neither answers to a question nor meant to be."""
        least = LEAST_OTHER_OF_OURS if "_" in header and bare(header) == asked.id else LEAST_OTHER
        words = cell_words(asked, mapping=mapping)
        other = total = 0
        for text, count in self._counted(position):
            total += count
            if code_of(text, words) is None and not _is_meant(asked, text):
                other += count
        return other >= least and other * 2 > total

    def cannot_be(self, position: int, asked: QuestionSpec | None, mapping: ColumnMapping | None) -> bool:
        """Say whether a column has values and none of them is an answer to a question, nor meant to be."""
        values = self._counted(position)
        if asked is None or not values:
            return False
        words = cell_words(asked, mapping=mapping)
        return all(code_of(text, words) is None and not _is_meant(asked, text) for text, _ in values)

    def may_be_money(self, position: int, header: str) -> bool:
        """Say whether the header speaks of money, and the values are amounts."""
        if MEANS_MONEY.isdisjoint(folded_header(header).split()):
            return False
        values = [text for text, _ in self._counted(position) if not is_nothing(text)]
        return bool(values) and all(map(_is_amount, values))


def _is_meant(asked: QuestionSpec, text: str) -> bool:
    """Whether a value looks like an answer that was written otherwise, or that a spreadsheet made a date of."""
    is_date = is_figure(text) and excel_date(text) is not None
    return is_date or bool(_LIKE_AN_ID.fullmatch(bare(text))) or guess(asked, text) is not None


def _is_amount(text: str) -> bool:
    try:
        read_amount(text)
    except AmountError as error:
        return error.code in {"ambiguous-number", "other-decimal-mark"}
    return True
