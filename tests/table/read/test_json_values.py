import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from fitcheck.table.read.json_values import broken_json, json_text, parse_json

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(VALUES)
def test_what_is_read_and_written_again_is_the_same_value(value: Any) -> None:
    assert json.loads(json_text(parse_json(json.dumps(value)))) == value


@pytest.mark.parametrize(
    "text",
    ["1.50", "1e400", "-0.0", "9" * 5000, '{"a": 1, "a": [2.10]}', '"\\ud800"', '{"\\udce4": "é\u2028"}', "[NaN]"],
)
def test_digits_doubled_keys_and_lone_surrogates_stay_as_they_are(text: str) -> None:
    assert json_text(parse_json(text)) == text


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (r'{"a": "C:\data"}', 10, r'"\d" is not an escape; a backslash itself is written \\'),
        (r'   {"a": "\x"}  ', 11, r'"\x" is not an escape'),
        ('{"a": "ä\\q"}', 9, r'"\q" is not an escape'),
        (r'{"a": "\u12"}', 8, "four hexadecimal digits"),
        ('{"a": "x\ty"}', 9, "a text contains a raw tab"),
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
    assert "nested too deeply" in broken_json(error.value, "[" * 100_000).message
