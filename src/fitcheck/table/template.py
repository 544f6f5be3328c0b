"""Writes a table to fill in: a column for each question, and in a spreadsheet its answers to choose from."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from fitcheck.mapping import NOT_APPLICABLE_WORD, UNKNOWN_WORD
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.typed_rows import missing_extra

OF_THE_DEAL = ("id", "name", "deal_value", "currency")
"""Columns beside the questions; all of them may stay blank."""

ROWS = 1_000
"""Rows of a spreadsheet in which answers can be chosen."""

WIDEST = 60
"""Width of a column [characters]."""

TABLE, QUESTIONS = "Prospects", "Questions"
"""Names of the sheets."""


def table_header(asked: Sequence[QuestionSpec]) -> tuple[str, ...]:
    """Return the columns of a table that answers everything; of the deal those that no question is called like."""
    questions = [question.id for question in asked]
    return (*(name for name in OF_THE_DEAL if name not in questions), *questions)


def answers_to(question: QuestionSpec) -> tuple[tuple[str, str], ...]:
    """Return every word that answers a question, with what it says."""
    more = [(UNKNOWN_WORD, "nobody knows; a blank cell says the same")]
    more += [(NOT_APPLICABLE_WORD, "the question does not apply")] if question.may_be_na else []
    return (*question.options, *more)


def write_workbook(file: BinaryIO, asked: Sequence[QuestionSpec]) -> None:
    """
    Write a spreadsheet: a sheet of rows to fill in, whose cells offer their answers, and one that says what these mean.

    Args:
        file: takes its bytes.
        asked: the questions.

    Raises:
        UsageError: `missing-extra`.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra without types
    except ImportError:
        raise missing_extra("XLSX", "xlsx") from None
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001 - the same bytes every time
    table, questions = book.add_worksheet(TABLE), book.add_worksheet(QUESTIONS)
    strong, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(table_header(asked)):
        table.write_string(0, column, name, strong)
        table.set_column(column, column, max(12, len(name) + 2))
    table.freeze_panes(1, 2)
    for column, (title, width) in enumerate((("question", 24), ("asked", WIDEST), ("answer", 24), ("means", WIDEST))):
        questions.write_string(0, column, title, strong)
        questions.set_column(column, column, width)
    questions.freeze_panes(1, 0)
    row = 1
    for column, question in enumerate(asked, len(table_header(asked)) - len(asked)):
        offered = answers_to(question)
        for k, (word, says) in enumerate(offered):
            cells = (question.id, question.ask, word, says) if k == 0 else ("", "", word, says)
            for place, cell in enumerate(cells):
                questions.write_string(row + k, place, cell, wrapped)
        first, last = row + 1, row + len(offered)
        chosen = {"validate": "list", "source": f"={QUESTIONS}!$C${first}:$C${last}", "error_type": "warning"}
        prompt = {"input_title": question.id[:32], "input_message": question.ask[:255]}
        table.data_validation(1, column, ROWS, column, chosen | prompt)
        row = last
    book.close()
