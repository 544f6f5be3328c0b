"""The table to fill in is matched to every question, and its cells offer the answers that are read."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen
from fitcheck.table.match.cells import cell_words, code_of, word_of
from fitcheck.table.match.columns import match
from fitcheck.table.match.questions import QuestionSpec, asked_by
from fitcheck.table.template import OF_THE_DEAL, QUESTIONS, ROWS, TABLE, answers_to, table_header, write_workbook


@pytest.mark.parametrize("name", names("screen"))
def test_every_column_is_known_by_its_name_and_every_answer_by_its_word(name: str) -> None:
    asked = asked_by(load_screen(name))
    found = match(table_header(asked), asked)
    assert (found.unanswered, found.carried) == ((), ())
    assert {*found.fields} == {"id", "name", "value", "currency"}
    for question in asked:
        words = cell_words(question)
        for word, _ in answers_to(question):
            code = code_of(word, words)
            assert code is not None
            assert word_of(question, code) == word


def test_a_question_that_is_called_like_something_of_the_deal_has_the_column() -> None:
    asked = [
        QuestionSpec("currency", "Which?", (("euro", "Euro"),)),
        QuestionSpec("name", "Who?", (("known", "Known"),)),
    ]
    assert table_header(asked) == ("id", "deal_value", "currency", "name")


def test_a_cell_of_the_spreadsheet_offers_the_answers_to_its_question(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    asked = asked_by(load_screen("pilot"))
    for name in ("t.xlsx", "again.xlsx"):
        with (tmp_path / name).open("wb") as file:
            write_workbook(file, asked)
    assert (tmp_path / "t.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    cells = {sheet: rows_of(tmp_path / "t.xlsx", sheet) for sheet in (TABLE, QUESTIONS)}
    assert cells[TABLE] == [[*table_header(asked)]]
    offered = {}
    for area, source in validations(tmp_path / "t.xlsx"):
        column, first_row, last_row = re.findall(r"([A-Z]+)(\d+):\1(\d+)$", area)[0]
        assert (int(first_row), int(last_row)) == (2, ROWS + 1)
        question = cells[TABLE][0][position(column)]
        first, last = map(int, re.findall(r"^=?Questions!\$C\$(\d+):\$C\$(\d+)$", source)[0])
        assert cells[QUESTIONS][first - 1][0] == question
        offered[question] = [tuple(row[2:]) for row in cells[QUESTIONS][first - 1 : last]]
    assert offered == {question.id: [*answers_to(question)] for question in asked}
    assert len(offered) == len(table_header(asked)) - len(OF_THE_DEAL)


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    calamine = pytest.importorskip("python_calamine")
    found: list[list[object]] = calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return found


def validations(path: Path) -> list[tuple[str, str]]:
    """Where cells offer something, and where that stands."""
    with ZipFile(path) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r'<dataValidation [^>]*type="list"[^>]*sqref="(.*?)".*?<formula1>(.*?)</formula1>', text)


def position(column: str) -> int:
    """Position of a column from its letters."""
    number = 0
    for letter in column:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
