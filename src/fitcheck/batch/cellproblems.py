"""What is wrong with one cell of a table."""

from typing import NamedTuple

from fitcheck.nearest import quoted


class CellProblem(NamedTuple):
    """
    One cell that can't be read.

    Attributes:
        column: its header.
        value: the cell.
        code: kebab-case.
        message: one sentence.
        hint: what to write instead.
    """

    column: str
    value: str
    code: str
    message: str
    hint: str | None

    def __str__(self) -> str:
        """As it stands in the rejects."""
        of = "" if self.message.startswith(quoted(self.column)) else f"{quoted(self.column)}: "
        return f"{of}{self.message} [{self.code}]" + (f"; {self.hint}" if self.hint else "")
