import json

import pytest

from fitcheck.batch.jsonfaults import broken_json


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (r'{"a": "C:\data"}', 10, r'"\d" is no escape; a backslash itself is written \\'),
        (r'   {"a": "\x"}  ', 11, r'"\x" is no escape'),
        ('{"a": "ä\\q"}', 9, r'"\q" is no escape'),
        (r'{"a": "\u12"}', 8, "four hexadecimal digits"),
        ('{"a": "x\ty"}', 9, "a tab or the like stands in a text"),
        ('{"a": "x', 7, "a text begins here, and nothing ends it"),
        ('{"a": 1 "b": 2}', 9, "a comma is missing"),
        ('{"a" 1}', 6, "a colon is missing"),
        ("{a: 1}", 2, "a key in double quotes is missing"),
        ('{"a": yes}', 7, "no value stands here that JSON knows"),
        ('{"a": 1} x', 10, "something stands behind the object"),
        ('{"a": 1', 8, "it ends too early"),
        (' {"a": ', 7, "it ends too early"),
        ("{", 2, "it ends too early"),
    ],
)
def test_what_is_wrong_is_said_with_its_column_in_the_line(line: str, column: int, said: str) -> None:
    with pytest.raises(ValueError, match=":") as error:
        json.loads(line.strip())
    fault = broken_json(error.value, line)
    assert (fault.code, said in fault.message) == ("broken-json", True)
    assert f"from column {column} on: " in fault.message


def test_depth_is_said_without_a_column() -> None:
    with pytest.raises(RecursionError) as error:
        json.loads("[" * 100_000)
    assert "too many lists or objects in one another" in broken_json(error.value, "[" * 100_000).message
