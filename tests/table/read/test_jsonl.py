import io
import json

import pytest
from hypothesis import given, strategies as st

from fitcheck.amounts import Figure
from fitcheck.problems import DocumentError
from fitcheck.table.read.jsonl import FIRST_OBJECTS, read_jsonl
from fitcheck.table.read.records import Record
from fitcheck.table.write.jsonl import JsonWriter

CELL = (
    st.none() | st.booleans() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
)


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), CELL, min_size=1), min_size=1, max_size=8))
def test_objects_come_out_as_rows_under_the_keys_in_order_of_appearance(
    objects: list[dict[str, bool | str | None]],
) -> None:
    table = read_jsonl([json.dumps(found) + "\n" for found in objects])
    header = list(dict.fromkeys(key for found in objects for key in found))
    words: dict[bool | str | None, str] = {None: "", True: "true", False: "false"}
    assert table.header == header
    expected = [[words.get(found.get(key), str(found.get(key))) for key in header] for found in objects]
    assert [record.cells for record in table.records] == expected


@pytest.mark.parametrize("number", ["1.50", "-0.10", "1" * 5000, "0"])
def test_a_number_keeps_its_digits(number: str) -> None:
    (record,) = read_jsonl([f'{{"a": {number}}}']).records
    assert record.cells == [number]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"a": 1 "b": 2}',
            "this line is not valid JSON from column 9 on: a comma is missing, or the end of the list or object",
        ),
        ("7", "this line is JSON, but not an object"),
    ],
)
def test_a_fault_says_what_is_wrong_and_keeps_the_line(line: str, message: str) -> None:
    before = ['{"a": "x"}\n'] * FIRST_OBJECTS
    *right, wrong, last = read_jsonl([*before, line + "\r\n", '{"a": "y"}']).records
    assert (wrong.line, wrong.raw, wrong.fault and wrong.fault.message) == (FIRST_OBJECTS + 1, line, message)
    assert [record.cells for record in (*right, last)] == [["x"]] * FIRST_OBJECTS + [["y"]]


@pytest.mark.parametrize(
    ("line", "at", "code"),
    [
        ('{"a": 1, "a": 1}', 0, "duplicate-key"),
        ('{"a": -Infinity}', 0, "not-a-number"),
        ('{"a": [1, {"b": [NaN]}]}', 0, "not-a-number"),
        ('{"b": 1}', "b", "new-key"),
        ('{"a": {}}', 0, "nested-value"),
    ],
)
def test_what_is_wrong_with_one_member_is_a_flaw_of_its_column(line: str, at: int | str, code: str) -> None:
    *_, record = read_jsonl([*['{"a": "x"}\n'] * FIRST_OBJECTS, line]).records
    assert (record.fault, {key: flaw.code for key, flaw in record.flaws.items()}) == (None, {at: code})


def test_a_row_with_a_flaw_keeps_its_other_cells() -> None:
    (record,) = read_jsonl(['{"a": "x", "b": [], "b": "y"}']).records
    assert (record.cells, record.flaws[1].code) == (["x", "[]"], "duplicate-key")


def test_a_key_that_is_no_text_is_no_column_and_costs_its_row() -> None:
    table = read_jsonl([r'{"a": 1, "\ud800": 2}', '{"a": 2}'])
    first, second = table.records
    assert table.header == ["a"]
    assert (first.fault and first.fault.code, second.fault) == ("undecodable", None)


@pytest.mark.parametrize(
    ("number", "text"), [("1e5", "100000"), ("1.25E7", "12500000"), ("3.0", "3"), ("1e-3", "0.001")]
)
def test_a_number_is_a_figure_whatever_its_spelling(number: str, text: str) -> None:
    (record,) = read_jsonl([f'{{"a": {number}}}']).records
    assert (record.cells, type(record.cells[0])) == ([text], Figure)


def test_lists_and_objects_are_json_that_keeps_every_digit() -> None:
    (record,) = read_jsonl(['{"a": "x", "b" : [ 1.50,{"c":null}] , "d":{}}']).records
    assert (record.cells, [*record.flaws], record.fault) == (["x", '[1.50, {"c": null}]', "{}"], [1, 2], None)


@pytest.mark.parametrize(
    ("text", "hint"), [('[{"a": 1}]', "jq -c"), ("a,b\n1,2", "one object a line"), ("7", "one object")]
)
def test_what_is_no_json_lines_at_all_is_refused_with_a_way_out(text: str, hint: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_jsonl(text.splitlines())
    (problem,) = refused.value.problems
    assert hint in (problem.hint or "")


def test_where_no_line_is_an_object_the_first_says_why() -> None:
    with pytest.raises(DocumentError) as refused:
        read_jsonl(["\n", '{"path": "C:\\data"}\n'])
    (problem,) = refused.value.problems
    assert '(line 2: this line is not valid JSON from column 13 on: "\\d" is not an escape' in problem.message


def test_nothing_is_an_empty_table() -> None:
    assert read_jsonl([]).header == []
    assert [record.is_blank for record in read_jsonl(["\n", " \n"]).records] == [True, True]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)
    )
)
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    file = io.BytesIO()
    writer = JsonWriter(file, ["a", "b"], None, [])
    for row in rows:
        writer.row(Record(1, row, ""), [])
    lines = list(io.StringIO(file.getvalue().decode(), newline="\n"))
    assert [record.cells for record in read_jsonl(lines).records] == rows
    assert len(lines) == len(rows)
