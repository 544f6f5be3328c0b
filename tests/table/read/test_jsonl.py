import io
import json

import pytest
from hypothesis import given, strategies as st

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


@pytest.mark.parametrize("number", ["1.50", "-0.10", "1e5", "1" * 5000, "0"])
def test_a_number_keeps_its_digits(number: str) -> None:
    (record,) = read_jsonl([f'{{"a": {number}}}']).records
    assert record.cells == [number]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"a": 1 "b": 2}',
            "this line is no JSON from column 9 on: a comma is missing, or the end of the list or object",
        ),
        ('{"a": 1, "a": 1}', '"a" stands here twice'),
        ('{"a": -Infinity}', '"a" is -Infinity, which is no JSON'),
        ('{"a": [1, {"b": [NaN]}]}', '"a" holds NaN, which is no JSON'),
        ("7", "this line is JSON, but not an object"),
        ('{"b": 1}', '"b" is none of the columns, which the first lines have'),
    ],
)
def test_a_fault_says_what_is_wrong_and_keeps_the_line(line: str, message: str) -> None:
    before = ['{"a": "x"}\n'] * FIRST_OBJECTS
    *right, wrong, last = read_jsonl([*before, line + "\r\n", '{"a": "y"}']).records
    assert (wrong.line, wrong.raw, wrong.fault and wrong.fault.message) == (FIRST_OBJECTS + 1, line, message)
    assert [record.cells for record in (*right, last)] == [["x"]] * FIRST_OBJECTS + [["y"]]


def test_a_row_with_a_fault_keeps_its_other_cells() -> None:
    (record,) = read_jsonl(['{"a": "x", "b": [], "b": "y"}']).records
    assert (record.cells, record.fault and record.fault.code) == (["x", "[]"], "duplicate-key")


def test_lists_and_objects_are_json_that_keeps_every_digit() -> None:
    (record,) = read_jsonl(['{"a": "x", "b" : [ 1.50,{"c":null}] , "d":{}}']).records
    assert (record.cells, record.nested, record.fault) == (["x", '[1.50, {"c": null}]', "{}"], [1, 2], None)


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
    assert '(line 2: this line is no JSON from column 13 on: "\\d" is no escape' in problem.message


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
