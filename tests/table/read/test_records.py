import csv
import io
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

import pytest
from hypothesis import example, given, strategies as st

from fitcheck.table.read.records import MOST_CHARACTERS, Record, records, split_line

ANYTHING = st.text(alphabet='ab",;\t \n', max_size=6)
ONE_LINE = st.text(alphabet='ab",;\t ', max_size=6)
PARTS = ",;\t"


def plain(text: str) -> bool:
    """Whether a cell begins, after any quotes, with neither a delimiter nor a line end."""
    return not text.lstrip('"').startswith((*PARTS, "\n"))


@dataclass(frozen=True)
class Written:
    """A table as the standard library writes it; `lines` holds the text of each row."""

    rows: list[list[str]]
    lines: list[str]
    delimiter: str

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> Written:
    width = draw(st.sampled_from([2, 3, 4, 11]))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6))
    delimiter = draw(st.sampled_from(PARTS))
    quoting: Literal[0, 1] = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = []
    for row in rows:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end).writerow(row)
        lines.append(stream.getvalue())
    return Written(rows, lines, delimiter)


def split(text: str, delimiter: str, width: int | None) -> list[Record]:
    """Split a text, and hold that every physical line is in exactly one record."""
    lines = list(io.StringIO(text, newline="\n"))
    found = list(records(lines, delimiter, width=width))
    at = 0
    for record in found:
        assert record.line == at + 1
        assert "".join(lines[at : at + record.span]).removesuffix("\n").removesuffix("\r") == record.raw
        at += record.span
    assert at == len(lines)
    return found


@st.composite
def damages(draw: st.DrawFn, table: Written) -> tuple[int, str, bool]:
    """A row, its text with one character changed, put in or taken out, and whether its line end was touched."""
    row = draw(st.integers(0, len(table.rows) - 1))
    line = table.lines[row]
    at = draw(st.integers(0, len(line) - 1))
    put = draw(st.sampled_from(['"', "", "a", "\n", "\r", "\0", "\udcff", *PARTS]))
    taken = draw(st.sampled_from([0, 1]))
    damaged = line[:at] + put + line[at + taken :]
    return row, damaged, not damaged.endswith("\n")


@given(tables(ANYTHING), st.booleans())
def test_what_the_standard_library_writes_comes_out_right(table: Written, told: bool) -> None:
    found = split("".join(table.lines), table.delimiter, table.width if told else None)
    assert [record.cells for record in found] == table.rows
    assert not any(record.fault for record in found)


@given(st.data(), tables(ONE_LINE))
def test_without_line_ends_in_cells_damage_costs_its_own_row_only(data: st.DataObject, table: Written) -> None:
    row, damaged, is_joined = data.draw(damages(table))
    text = "".join([*table.lines[:row], damaged, *table.lines[row + 1 :]])
    after = table.rows[row + 1 + is_joined :]
    found = split(text, table.delimiter, table.width)
    assert [(record.cells, record.fault) for record in found[:row]] == list(zip(table.rows[:row], repeat(None)))
    assert [(record.cells, record.fault) for record in found[len(found) - len(after) :]] == list(
        zip(after, repeat(None))
    )
    assert len(found) - len(after) >= row  # none of those after was counted among those before


@given(st.data(), tables(ANYTHING.filter(plain)))
def test_with_line_ends_in_cells_too_unless_cells_begin_with_delimiters_or_line_ends(
    data: st.DataObject, table: Written
) -> None:
    row, damaged, is_joined = data.draw(damages(table))
    text = "".join([*table.lines[:row], damaged, *table.lines[row + 1 :]])
    after = table.rows[row + 1 + is_joined :]
    found = split(text, table.delimiter, table.width)
    assert [record.cells for record in found[:row]] == table.rows[:row]
    assert [record.cells for record in found[len(found) - len(after) :]] == after
    assert not any(record.fault for record in (*found[:row], *found[len(found) - len(after) :]))


@given(st.data(), tables(ANYTHING))
def test_whatever_is_in_the_cells_what_stands_before_the_damage_comes_out_right(
    data: st.DataObject, table: Written
) -> None:
    row, damaged, _ = data.draw(damages(table))
    found = split("".join([*table.lines[:row], damaged, *table.lines[row + 1 :]]), table.delimiter, table.width)
    assert [record.cells for record in found[:row]] == table.rows[:row]
    assert not any(record.fault for record in found[:row])


@given(st.text(alphabet='ab,"\n\r\0\udc80ä ', max_size=60), st.sampled_from([None, 1, 2, 3]))
@example('"\n"\n"', 1)
@example('a,"b\n\n', 2)
def test_whatever_the_text_no_line_is_lost_and_no_row_has_another_width(text: str, width: int | None) -> None:
    for record in split(text, ",", width):
        if not record.fault and not record.is_blank and width is not None:
            assert len(record.cells) == width


@given(st.lists(ONE_LINE | ANYTHING, min_size=1, max_size=5))
def test_a_line_of_strict_cells_splits_as_the_standard_library_splits_it(cells: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    assert split_line(stream.getvalue(), ",") == cells


def test_line_numbers_begin_where_they_are_told_to() -> None:
    found = list(records(["a,b\n", '"c\n', 'd",e\n', "f,g\n"], ",", first_line=7))
    assert [(record.line, record.span) for record in found] == [(7, 1), (8, 2), (10, 1)]


def test_a_cell_that_closes_properly_may_have_thousands_of_lines() -> None:
    lines = ['1,"a\n', *["b,b\n"] * 9_998, 'c"\n', "2,d\n"]
    found = list(records(lines, ",", width=2))
    assert found[0] == Record(1, ["1", "a\n" + "b,b\n" * 9_998 + "c"], "".join(lines[:-1])[:-1], None, 10_000)
    assert found[1].cells == ["2", "d"]


def test_quotes_that_never_close_take_no_more_than_linear_time() -> None:
    lines = ['1,"a\n', *['b ""\n'] * 50_000]
    first = next(records(lines, ",", width=2))
    assert first.fault
    assert first.fault.code == "open-quote"


@pytest.mark.parametrize(("more", "count"), [(0, 1), (1, 2)])
def test_a_record_of_several_lines_has_a_million_characters_and_no_more(more: int, count: int) -> None:
    first = '1,"a\n'
    second = "b" * (MOST_CHARACTERS - len(first) - 2 + more) + '"\n'
    assert len(list(records([first, second], ",", width=2))) == count


def test_a_physical_line_may_be_longer_than_that() -> None:
    (record,) = records([f"1,{'b' * 2 * MOST_CHARACTERS}\n"], ",", width=2)
    assert (record.fault, len(record.cells[1])) == (None, 2 * MOST_CHARACTERS)


def test_a_quoted_cell_that_closes_properly_is_a_cell_even_if_lines_of_it_are_like_rows() -> None:
    row = ",".join("x" * 12)
    (record,) = records([f'{row[:-1]}"they pasted:\n', f"{row}\n", 'end"\n'], ",", width=12)
    assert (record.fault, record.cells[-1]) == (None, f"they pasted:\n{row}\nend")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('="0012",x', ["0012", "x"]),
        ('x,="a ""b"" c"', ["x", 'a "b" c']),
        ('"=""0012""","x"', ["0012", "x"]),
        ('"a,=b",="1"', ["a,=b", "1"]),
    ],
)
def test_a_text_that_is_guarded_against_spreadsheets_is_the_text_itself(line: str, cells: list[str]) -> None:
    (record,) = records([f"{line}\n"], ",", width=2)
    assert (record.cells, record.raw) == (cells, line)


def test_a_quoted_cell_of_few_columns_may_hold_lines_with_delimiters() -> None:
    (record,) = records(['1,"dear all\n', "yes, please\n", 'bye"\n'], ",", width=2)
    assert record.cells == ["1", "dear all\nyes, please\nbye"]


def test_lines_are_asked_for_only_as_they_are_needed() -> None:
    asked: list[int] = []

    def lines() -> "repeat[str]":
        asked.append(1)
        return repeat("a,b\n")

    found = records(lines(), ",", width=2)
    assert [next(found).line for _ in range(3)] == [1, 2, 3]
    assert asked == [1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n", "this row has 1 cell where the header has 2"),
        ("a,b,c\n", "this row has 3 cells where the header has 2"),
        (",".join("x" * 1500) + "\n", "this row has 1,500 cells where the header has 2"),
        ('"a\nb",c,d\n', "a quoted cell goes on here, and the 2 lines have 3 cells where the header has 2"),
        ('a,"b\n', "a quote opens a cell here, and nothing closes it"),
    ],
)
def test_a_fault_says_what_is_wrong_in_one_sentence(text: str, message: str) -> None:
    first = split(text, ",", 2)[0]
    assert first.fault
    assert first.fault.message == message
