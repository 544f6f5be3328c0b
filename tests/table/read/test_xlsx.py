import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from table.damaged import sheet

from fitcheck.problems import DocumentError, UsageError
from fitcheck.table.read import xlsx
from fitcheck.table.read.xlsx import read_xlsx

TWO = sheet({"Open deals": [["id"], ["1"]], "Old": [["id"], ["2"]]})


def test_the_first_sheet_is_read_and_the_others_are_named() -> None:
    table = read_xlsx(TWO)
    assert [record.cells for record in table.records] == [["id"], ["1"]]
    assert table.header is None
    assert table.remarks == ('read from the sheet "Open deals"; there are others: "Old". --sheet names one',)


def test_a_sheet_that_is_named_is_read_without_a_remark() -> None:
    table = read_xlsx(TWO, sheet="Old")
    assert ([record.cells for record in table.records], table.remarks) == ([["id"], ["2"]], ())


def test_a_sheet_that_is_not_there_is_wrong_use_with_the_nearest_name() -> None:
    with pytest.raises(UsageError) as wrong:
        read_xlsx(TWO, sheet="Open deal")
    assert [(problem.code, problem.hint) for problem in wrong.value.problems] == [
        ("unknown-sheet", 'did you mean "Open deals"?')
    ]


def test_a_hidden_sheet_is_not_the_first(tmp_path: Path) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types; an extra

    book = Workbook(tmp_path / "a.xlsx")
    hidden, seen = book.add_worksheet("Lists"), book.add_worksheet("Deals")
    seen.activate()
    seen.set_first_sheet()
    hidden.hide()
    seen.write(0, 0, "id")
    book.close()
    assert [record.cells for record in read_xlsx(tmp_path / "a.xlsx").records] == [["id"]]


def test_days_times_and_lengths_of_time_are_plain_text() -> None:
    data = io.BytesIO()
    from xlsxwriter import Workbook  # noqa: PLC0415 - an extra

    book = Workbook(data)
    page = book.add_worksheet()
    for column, (value, shown) in enumerate(
        [
            (date(2026, 5, 1), "yyyy-mm-dd"),
            (datetime(2026, 5, 1, 12, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001 - a sheet has no time zones
            (timedelta(hours=30), "[h]:mm:ss"),
        ]
    ):
        page.write_datetime(0, column, value, book.add_format({"num_format": shown}))
    book.close()
    (record,) = read_xlsx(data.getvalue()).records
    assert record.cells == ["2026-05-01", "2026-05-01 12:30:00", "30:00:00"]


def test_rows_are_numbered_as_the_sheet_numbers_them() -> None:
    found = read_xlsx(sheet({"Deals": [[], [], ["id", "pain"], [], ["1", "severe"]]})).records
    assert [(record.line, record.cells) for record in found] == [
        (1, []),
        (2, []),
        (3, ["id", "pain"]),
        (4, []),
        (5, ["1", "severe"]),
    ]


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "MOST_BYTES", 10_000)
    packed = io.BytesIO(TWO)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/zeros.bin", bytes(10_000))
    with pytest.raises(DocumentError) as refused:
        read_xlsx(packed.getvalue())
    assert [problem.code for problem in refused.value.problems] == ["too-large"]


def test_a_file_that_is_not_there_is_a_problem_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        read_xlsx(tmp_path / "none.xlsx")
