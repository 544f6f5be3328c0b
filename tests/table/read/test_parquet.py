from datetime import date
from pathlib import Path

import pytest
from polars import DataFrame, Datetime, Duration, Int64, Series, read_parquet as read_frame

from fitcheck.problems import DocumentError
from fitcheck.table.read.parquet import ROWS, ParquetWriter, read_parquet

KINDS = {"id": "text", "fit_score": "number", "fit_rank": "whole", "fit_settled": "flag"}


def test_values_are_text_and_rows_are_numbered_from_one(tmp_path: Path) -> None:
    columns = {"id": ["007", None], "amount": [12.0, 1.5], "won": [True, None], "day": [date(2026, 5, 1), None]}
    DataFrame(columns).write_parquet(tmp_path / "a[1].parquet")  # a name that a pattern would not match
    table = read_parquet(tmp_path / "a[1].parquet")
    assert table.header == ["id", "amount", "won", "day"]
    assert [(record.line, record.cells) for record in table.records] == [
        (1, ["007", "12", "true", "2026-05-01"]),
        (2, ["", "1.5", "", ""]),
    ]


def test_many_batches_come_in_order(tmp_path: Path) -> None:
    count = 2 * ROWS + 5
    DataFrame({"id": range(count)}).write_parquet(tmp_path / "a.parquet", row_group_size=7_000)
    found = [(record.line, record.cells) for record in read_parquet(tmp_path / "a.parquet").records]
    assert found == [(number + 1, [str(number)]) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, ROWS, ROWS + 1])
def test_what_is_written_is_read_back_typed_and_nothing_else_is_left(tmp_path: Path, count: int) -> None:
    writer = ParquetWriter(tmp_path / "out.parquet", KINDS)
    rows = [(f"{number:07}", None if number % 2 else number / 4, number, number % 3 == 0) for number in range(count)]
    for row in rows:
        writer.write(row)
    writer.close()
    frame = read_frame(tmp_path / "out.parquet")
    assert [str(kind) for kind in frame.dtypes] == ["String", "Float64", "Int64", "Boolean"]
    assert (frame.columns, frame.rows()) == (list(KINDS), rows)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.parquet"]


def test_moments_with_nanoseconds_are_read_to_the_microsecond(tmp_path: Path) -> None:
    nanoseconds = Series("at", [1_777_593_600_123_456_789, None]).cast(Datetime("ns"))
    DataFrame({"at": nanoseconds, "for": nanoseconds.cast(Int64).cast(Duration("ns"))}).write_parquet(tmp_path / "a")
    first, _ = read_parquet(tmp_path / "a").records
    assert first.cells == ["2026-05-01 00:00:00.123456", "493776:00:00"]


def test_damage_behind_the_header_is_a_problem_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    DataFrame({"id": [f"{number * 7919}" for number in range(5_000)]}).write_parquet(path)
    data = path.read_bytes()
    path.write_bytes(data[:4] + b"\xff" * 300 + data[304:])
    with pytest.raises(DocumentError) as refused:
        list(read_parquet(path).records)
    assert [problem.code for problem in refused.value.problems] == ["cannot-read"]
