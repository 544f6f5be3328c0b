"""The table to fill in is matched to every question, and its cells offer the answers that are read."""

from pathlib import Path

import pytest

from fitcheck.batch.asked import asked_by
from fitcheck.batch.cellwords import cell_words, code_of, word_of
from fitcheck.batch.matching import match
from fitcheck.batch.tabletemplate import OF_THE_DEAL, QUESTIONS, ROWS, TABLE, answers_to, table_header, write_workbook
from fitcheck.documents.finding import names
from fitcheck.documents.screens import load_screen


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


def test_a_cell_of_the_spreadsheet_offers_the_answers_to_its_question(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    asked = asked_by(load_screen("pilot"))
    write_workbook(tmp_path / "t.xlsx", asked)
    write_workbook(tmp_path / "again.xlsx", asked)
    assert (tmp_path / "t.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    table, questions = book[TABLE], book[QUESTIONS]
    assert [cell.value for cell in table[1]] == [*table_header(asked)]
    offered = {}
    for rule in table.data_validations.dataValidation:
        [area] = rule.sqref.ranges
        assert (area.min_row, area.max_row, area.min_col) == (2, ROWS + 1, area.max_col)
        first, last = (int(part.split("$")[-1]) for part in rule.formula1.split(":"))
        offered[table.cell(1, area.min_col).value] = [
            (questions.cell(row, 3).value, questions.cell(row, 4).value) for row in range(first, last + 1)
        ]
        assert questions.cell(first, 1).value == table.cell(1, area.min_col).value
    assert offered == {question.id: [*answers_to(question)] for question in asked}
    assert len(offered) == len(table_header(asked)) - len(OF_THE_DEAL)
