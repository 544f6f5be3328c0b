"""The same data says the same in every format and every frame: numbers, days, shares and flags stay what they are."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from table.tables import score
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # without types

import fitcheck
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.table.run import Job
from fitcheck.table.write.out_columns import out_columns

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

SCREEN = load_screen("pilot")
CODES = ColumnMapping(
    "codes",
    1,
    "Codes",
    "Codes.",
    (Column("users", "named_users", values={"1": "nobody", "3": "named", "true": "promised"}),),
)
HEADER = ("id", "value", "margin", "win_probability", "users", "note")
OURS = [column.name for column in out_columns(SCREEN)]
Rows = Sequence[Sequence[Any]]

NUMBERS = st.one_of(
    st.none(),
    st.integers(0, 10**9),
    st.floats(0, 10**9, allow_nan=False).map(lambda value: round(value, 3)),
    st.sampled_from([234.567, 12500.5, 25000.0, 1e5, 0.0, 1.0, 35.0]),
)
ROWS = st.lists(
    st.tuples(
        NUMBERS,
        NUMBERS,
        st.sampled_from([None, 0.3, 1.0, 0.0]),
        st.sampled_from([None, 1.0, 3.0, 2.0]),
        st.sampled_from([None, dt.date(2026, 5, 1), dt.date(1999, 12, 31)]),
    ),
    min_size=1,
    max_size=6,
)


def delimited(rows: Rows) -> tuple[bytes, str]:
    """As a program writes it: numbers with four decimals, of which none are thousands, and nothing for nothing."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *[["" if v is None else plain(v) for v in row] for row in rows]])
    return text.getvalue().encode(), "t.csv"


def plain(value: Any) -> str:
    return f"{value:.4f}" if isinstance(value, float) and not value.is_integer() else str(value)


def lines(rows: Rows) -> tuple[bytes, str]:
    """JSON Lines."""
    said = [json.dumps(dict(zip(HEADER, row, strict=True)), default=str) for row in rows]
    return "\n".join([*said, ""]).encode(), "t.jsonl"


def sheet(rows: Rows) -> tuple[bytes, str]:
    """A spreadsheet."""
    file = io.BytesIO()
    book = Workbook(file)
    page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for y, row in enumerate([HEADER, *rows]):
        for x, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(y, x, value, day)
            elif value is not None:
                page.write(y, x, value)
    book.close()
    return file.getvalue(), "t.xlsx"


def columns(rows: Rows) -> Mapping[str, list[Any]]:
    """The values of each column; in one column numbers are all of one kind."""
    found = {name: [row[k] for row in rows] for k, name in enumerate(HEADER)}
    return {
        name: [float(v) if name in {"value", "margin"} and v is not None else v for v in values]
        for name, values in found.items()
    }


TYPES = {"id": pa.string(), "note": pa.date32()}


def arrow(rows: Rows) -> Any:
    """An Arrow table."""
    found = columns(rows)
    return pa.table({name: pa.array(values, TYPES.get(name, pa.float64())) for name, values in found.items()})


def parquet_file(rows: Rows) -> tuple[bytes, str]:
    """Parquet."""
    file = io.BytesIO()
    parquet.write_table(arrow(rows), file)
    return file.getvalue(), "t.parquet"


FRAMES: Mapping[str, tuple[Callable[[Rows], Any], Callable[[Any], dict[str, list[Any]]]]] = {
    "pyarrow": (arrow, lambda frame: frame.to_pydict()),
    "polars": (lambda rows: pl.from_arrow(arrow(rows)), lambda frame: frame.to_dict(as_series=False)),
    "pandas objects": (
        lambda rows: pd.DataFrame([list(row) for row in rows], columns=HEADER, dtype=object),
        lambda frame: {name: [None if pd.isna(v) else v for v in frame[name]] for name in frame.columns},
    ),
}


def said(data: bytes, name: str) -> tuple[list[list[Any]], list[tuple[str, str]]]:
    """Our columns of every row that is scored, by id, and what others are rejected for."""
    found = score(Job(SCREEN, "pilot", mapping=CODES), data, name=name, to="jsonl")
    rows = [json.loads(line) for line in found.scored.splitlines()]
    return [[str(row["id"]), *(row[ours] if row[ours] != "" else None for ours in OURS)] for row in rows], sorted(
        found.result.tally.faults
    )


@given(ROWS)
@settings(max_examples=15)
def test_the_same_values_say_the_same_in_every_format_and_frame(cells: list[tuple[Any, ...]]) -> None:
    rows = [(f"p{k}", *row) for k, row in enumerate(cells)]
    expected = said(*lines(rows))
    for write in (sheet, parquet_file, delimited):
        assert said(*write(rows)) == expected, write.__name__
    for name, (make, take) in FRAMES.items():
        found = take(fitcheck.score_frame(make(rows), SCREEN, stage="pilot", mapping=CODES))
        scored = [k for k in range(len(rows)) if found["fit_problems"][k] is None]
        assert [[rows[k][0], *(found[ours][k] for ours in OURS)] for k in scored] == expected[0], name
