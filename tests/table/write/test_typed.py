import sys
from pathlib import Path
from typing import Any

import pytest

from fitcheck.problems import UsageError
from fitcheck.table.read.parquet import ParquetWriter
from fitcheck.table.read.xlsx import read_xlsx
from fitcheck.table.write import typed as typed_writing
from fitcheck.table.write.typed import SHEET_CHARACTERS, XlsxWriter, own_columns

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "{=1}", "0042", "1e5", "mailto:a"]


def test_text_in_a_sheet_stays_text(tmp_path: Path) -> None:
    writer = XlsxWriter(tmp_path / "a.xlsx", FORMULAS)
    writer.write([None, "", 1.5, True, 2**60, float("nan"), -7, "ä\n\x01", " x "])
    writer.close()
    header, row = read_xlsx(tmp_path / "a.xlsx").records
    assert header.cells == FORMULAS
    assert row.cells == ["", "", "1.5", "true", str(2**60), "", "-7", "ä\n\x01", " x "]


def test_a_sheet_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        writer = XlsxWriter(tmp_path / name, ["id"])
        writer.write(["1"])
        writer.close()
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_a_sheet_can_not_hold_is_refused_and_never_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_writing, "SHEET_ROWS", 2)
    writer = XlsxWriter(tmp_path / "a.xlsx", ["id"])
    wide: list[Any] = ["x" * (SHEET_CHARACTERS + 1), "\U0001f600" * (SHEET_CHARACTERS // 2 + 1)]
    for cell in wide:
        with pytest.raises(UsageError, match="32,767 characters"):
            writer.write([cell])
    writer.write(["x" * SHEET_CHARACTERS])
    with pytest.raises(UsageError, match="a sheet holds 2 rows"):
        writer.write(["1"])
    writer.discard()
    with pytest.raises(UsageError, match="16,384 columns"):
        XlsxWriter(tmp_path / "b.xlsx", ["id"] * 16_385)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_2", "a_3"]),
        (["a", "a", "a_2"], ["a", "a_2_", "a_2"]),
        (["", "column_1", ""], ["column_1_", "column_1", "column_3"]),
    ],
)
def test_names_are_made_unique_without_touching_those_that_are(header: list[str], names: list[str]) -> None:
    assert list(own_columns(header, None)) == names


@pytest.mark.parametrize(
    ("package", "what", "extra"),
    [("xlsxwriter", "XLSX", "xlsx"), ("python_calamine", "XLSX", "xlsx"), ("pyarrow", "Parquet", "parquet")],
)
def test_a_missing_package_is_named_with_the_command_that_brings_it(
    package: str, what: str, extra: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    calls: dict[str, Any] = {
        "xlsxwriter": lambda: XlsxWriter(tmp_path / "a.xlsx", ["id"]),
        "python_calamine": lambda: read_xlsx(b""),
        "pyarrow": lambda: ParquetWriter(tmp_path / "a.parquet", {"id": "text"}),
    }
    with pytest.raises(UsageError) as wrong:
        calls[package]()
    assert [(problem.code, problem.message, problem.hint) for problem in wrong.value.problems] == [
        ("missing-extra", f"{what} needs one more package", f"in fitcheck's own folder: pip install '.[{extra}]'")
    ]
