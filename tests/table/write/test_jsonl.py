import io

import pytest

from fitcheck.table.read.jsonl import FIRST_OBJECTS, read_jsonl
from fitcheck.table.read.records import Record
from fitcheck.table.write.jsonl import JsonRejects, JsonWriter
from fitcheck.table.write.out_columns import OutColumn


def written(records: list[Record]) -> list[str]:
    """Lines of these records as rejected rows."""
    file = io.BytesIO()
    writer = JsonRejects(file)
    for record in records:
        writer.row(record, ("wrong [a]", "bad [b]"))
    return file.getvalue().decode("utf-8", "surrogateescape").splitlines(keepends=True)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('{"id": 1.50,"a":[ 1, {"b": null}]}', '"id": 1.50, "a": [1, {"b": null}]'),
        ('{"a": "x", "a": "y"}', '"a": "x", "a": "y"'),
        ('{"a": NaN}', '"a": NaN'),
        ('{"a": 1, "fit_row": 7, "fit_problems": "old"}', '"a": 1'),
        ('{"a": "cut', '"fit_line": "{\\"a\\": \\"cut"'),
        ("[1]", '"fit_line": "[1]"'),
    ],
)
def test_a_rejected_line_keeps_its_values_and_says_where_it_stood_and_what_is_wrong(line: str, kept: str) -> None:
    _, record = read_jsonl(['{"id": 1, "a": 1, "fit_row": 0, "fit_problems": "x"}', line]).records
    said = '"fit_row": 2, "fit_problems": "wrong [a] | bad [b]"}\n'
    assert written([record]) == [f"{{{kept}, {said}"]


def scored(line: str, own: list[int] | None) -> str:
    """A line of an object with two of our columns."""
    [record] = read_jsonl([line]).records
    file = io.BytesIO()
    JsonWriter(file, ["id", "a"], own, [OutColumn("fit_verdict", "text"), OutColumn("fit_score", "number")]).row(
        record, ["pursue", ""]
    )
    return file.getvalue().decode()


def test_a_scored_object_keeps_its_values_and_gets_ours_at_its_end() -> None:
    ours = '"fit_verdict": "pursue", "fit_score": null}\n'
    assert scored('{"id":1.50,"a":{"b":[1e400]}}', None) == '{"id": 1.50, "a": {"b": [1e400]}, ' + ours
    assert scored('{"id":1.50,"a":"\\u00e9"}', [1]) == '{"a": "é", ' + ours
    assert scored('{"id":1.50}', [1]) == "{" + ours


def test_a_row_of_cells_is_an_object_with_the_columns_in_order_and_letters_as_they_are() -> None:
    file = io.BytesIO()
    writer = JsonWriter(file, ["name", "name"], None, [OutColumn("fit_score", "number")])
    writer.row(Record(1, ["Müller\u2028", "x"], ""), ["57.25"])
    assert file.getvalue().decode() == '{"name": "Müller\u2028", "name_2": "x", "fit_score": 57.25}\n'


@pytest.mark.parametrize("line", ['{"a": "cut', "[1]", "7", "\0", "[" * 100_000])
def test_a_line_that_is_no_object_is_read_again_as_the_line_that_it_was(line: str) -> None:
    good = '{"a": "x"}\n'
    _, before = read_jsonl([good, line]).records
    assert before.fault is not None
    _, after = read_jsonl([good, *written([before])]).records
    assert (after.line, after.raw, after.cells[:1], after.fault) == (2, line, before.cells[:1], before.fault)


def test_a_key_that_came_late_is_a_column_among_the_rejected() -> None:
    *_, late = read_jsonl(['{"a": "x"}\n'] * FIRST_OBJECTS + ['{"a": "y", "late": "z"}']).records
    assert [*late.flaws] == ["late"]
    again = read_jsonl(written([late]))
    [record] = again.records
    assert (again.header, record.fault) == (["a", "late", "fit_row", "fit_problems"], None)
    assert record.cells[:3] == ["y", "z", str(FIRST_OBJECTS + 1)]


def test_an_object_of_anybody_else_with_such_a_key_is_left_alone() -> None:
    [record] = read_jsonl(['{"fit_line": "{}", "id": "7"}']).records
    assert (record.cells, record.fault) == (["{}", "7"], None)
