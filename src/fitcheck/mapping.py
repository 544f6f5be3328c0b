"""A column mapping as frozen values: which column answers which question, and what its cells mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field as made, replace
from datetime import date
from typing import Literal, get_args

Field = Literal[
    "id", "name", "value", "currency", "margin", "owner", "stage",
    "closed", "per", "months", "win_probability", "hours_spent",
]  # fmt: skip
"""
What a table can say of a deal beside answers.

*stage* is how far the deal has come in the CRM, not our own stage; *closed* says yes or no, or a won or lost stage. A
deal is closed if any column of either says so. *hours_spent* has a column for each role.
"""

FIELDS: tuple[Field, ...] = get_args(Field)

TERMS: tuple[Field, ...] = ("value", "currency", "margin", "per", "months", "win_probability", "hours_spent")
"""What says what is at stake."""

PROGRESS: tuple[Field, ...] = ("stage", "closed")
"""What says whether a deal is won or lost."""

UNKNOWN_WORD, NOT_APPLICABLE_WORD = "unknown", "n/a"
"""What can be answered beside a question's own options."""


DateOrder = Literal["day first", "month first"]
"""What stands first in a date that is written as 05/06/2026."""


@dataclass(frozen=True, slots=True)
class Bands:
    """
    How figures become options of a question.

    Attributes:
        steps: option by the highest figure that still means it, in rising order.
        beyond: the option of every figure above; None where no option is.
        of_days: the cells are dates, and the figures the days from `as_of` to them.
        as_of: the day to count from; None until somebody says.
        order: of day and month; None where no date of the column leaves a doubt.
    """

    steps: tuple[tuple[int, str], ...]
    beyond: str | None = None
    of_days: bool = False
    as_of: date | None = None
    order: DateOrder | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """The options that figures may mean."""
        return (*(option for _, option in self.steps), *([self.beyond] if self.beyond else []))

    def option_at(self, figure: int) -> str | None:
        """
        Return the option of a figure; None below 0, which says nothing: a day that is past, or no count.

        >>> [Bands(((2, "few"), (5, "some")), "many").option_at(figure) for figure in (-1, 0, 2, 3, 6)]
        [None, 'few', 'few', 'some', 'many']
        """
        if figure < 0:
            return None
        return next((option for most, option in self.steps if figure <= most), self.beyond)


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of a table and what it is.

    A column with neither question nor field is carried along knowingly.

    Attributes:
        header: as the mapping file writes it; as the table writes it where no mapping names the column.
        question: id of the question that it answers.
        field: what else it says of the deal.
        role: whose hours they are, where it says the hours spent.
        values: by text of a cell: id of an option, `unknown` or `n/a`.
        bands: what its figures or dates mean.
    """

    header: str
    question: str | None = None
    field: Field | None = None
    role: str | None = None
    values: Mapping[str, str] = made(default_factory=dict)
    bands: Bands | None = None

    @property
    def is_carried(self) -> bool:
        """Whether the column is known and says nothing to us."""
        return self.question is None and self.field is None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """
    A mapping: which columns are which, and what their cells mean.

    Attributes:
        columns: several may name one question or field, as exports in several languages do; of two fields that are
            both in a table, the first here counts.
        unknown: texts of cells that mean unknown, in every column.
        decimal: the decimal mark of amounts; None: what the column proves.
        currency: ISO code of deals whose cell and column name none.
        zero_is_unknown: whether 0 in the value column means that nobody filled it in.
        closed: stages of a deal that is closed, beside those that say won or lost in words that are known.
    """

    id: str
    version: int
    title: str
    about: str
    columns: tuple[Column, ...] = ()
    unknown: tuple[str, ...] = ()
    decimal: Literal[".", ","] | None = None
    currency: str | None = None
    zero_is_unknown: bool = False
    closed: tuple[str, ...] = ()


def counted_from(mapping: ColumnMapping, day: date) -> ColumnMapping:
    """Return a mapping whose dates are counted from a day."""
    columns = (
        replace(column, bands=replace(column.bands, as_of=day)) if column.bands and column.bands.of_days else column
        for column in mapping.columns
    )
    return replace(mapping, columns=tuple(columns))
