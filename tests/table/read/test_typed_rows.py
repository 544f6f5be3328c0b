from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from fitcheck.problems import DocumentError, UsageError
from fitcheck.table.read.typed_rows import nested_text, refused_if_flawed, row_of, text_of, unharmed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("007", "007"),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (123456789012345678901, "123456789012345678901"),
        (12.0, "12"),
        (-0.5, "-0.5"),
        (1e-7, "0.0000001"),
        (1.5e300, "15" + "0" * 299),
        (float("inf"), "inf"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 5, 1), "2026-05-01"),  # noqa: DTZ001 - a sheet has no time zones
        (datetime(2026, 5, 1, 12, 30), "2026-05-01 12:30:00"),  # noqa: DTZ001 - likewise
        (datetime(2026, 5, 1, tzinfo=UTC), "2026-05-01 00:00:00+00:00"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=2705, minutes=47, seconds=48), "2705:47:48"),
        ([1], None),
        (b"x", None),
        ({"a": 1}, None),
    ],
)
def test_a_value_is_the_text_that_a_person_would_write(value: Any, text: str | None) -> None:
    assert text_of(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_in_digits_that_give_it_back_exactly(value: float) -> None:
    text = text_of(value)
    assert text is not None
    assert set(text) <= set("-.0123456789")
    assert float(text) == value


def test_a_row_of_nothing_is_a_blank_line() -> None:
    assert row_of(4, [None, "", "  "]).is_blank
    assert not row_of(4, [None, 0]).is_blank


@pytest.mark.parametrize(
    ("value", "code"), [([1], None), ("\ud800", "undecodable"), ("a\0", "nul-character"), ("ä", None)]
)
def test_what_is_no_cell_is_a_fault_of_its_row(value: Any, code: str | None) -> None:
    record = row_of(4, ["x", value])
    assert (record.fault and record.fault.code) == code
    assert len(record.cells) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], "[]"),
        ([1, None, True, "ä"], '[1, null, true, "ä"]'),
        ({"day": date(2026, 5, 1), "of": [Decimal("1.50"), 2.5]}, '{"day": "2026-05-01", "of": ["1.50", 2.5]}'),
        ([float("inf"), b"x"], '["inf", "x"]'),
        ([("key", 1)], '[["key", 1]]'),
        (["no\x00", "text"], '["no\\u0000", "text"]'),
        (b"caf\xc3\xa9", "café"),
        (b"", ""),
        (b"\x00a", "\\x0061"),
        (b"\xff", "\\xff"),
    ],
)
def test_what_is_no_single_value_is_json_or_the_text_of_its_bytes(value: Any, text: str) -> None:
    assert nested_text(value) == text
    assert row_of(4, ["x", value]).cells == ["x", text]


def never(_: str) -> bool:
    return False


def test_a_list_is_a_fault_only_in_a_column_that_is_read() -> None:
    record = row_of(4, ["x", [1], b"2", "y"])
    assert refused_if_flawed(record, "abcd", {0, 3}, never) is record
    refused = refused_if_flawed(record, "abcd", {0, 2}, never)
    assert (refused.line, refused.cells) == (4, ["x", "[1]", "2", "y"])
    assert refused.fault == ("nested-value", '"c": a list, an object or bytes where a cell has to be')


def test_whatever_a_library_raises_on_a_file_is_a_problem_of_the_file_without_its_escapes() -> None:
    class PanicException(BaseException):
        pass

    for error in (ValueError("bad \x1b[31m"), OSError("gone"), PanicException("index out of bounds")):
        with pytest.raises(DocumentError) as refused, unharmed("Parquet"):
            raise error
        (problem,) = refused.value.problems
        assert problem.code == "cannot-read"
        assert problem.message.startswith("this can't be read as Parquet: ")
        assert "\x1b" not in problem.message


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), MemoryError(), UsageError()])
def test_what_ends_a_program_and_what_is_ours_passes(error: BaseException) -> None:
    with pytest.raises(type(error)), unharmed("Parquet"):
        raise error
