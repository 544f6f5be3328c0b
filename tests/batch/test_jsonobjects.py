import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from fitcheck.batch.jsonobjects import members

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(TEXT, VALUE, max_size=4), st.sampled_from([None, 1]))
def test_the_members_of_an_object_are_its_text(found: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(found, indent=indent)
    parts = members(text)
    assert [part.key for part in parts] == list(found)
    assert json.loads("{" + ",".join(part.text for part in parts) + "}") == found
    assert all(part.text in text and json.loads(part.value) == found[part.key] for part in parts)


@pytest.mark.parametrize("text", ["", "{", "7", "[]", '{"a":1,}', '{"a":1} x', '{"a" 1}', "{1: 2}", '{"a":1 "b":2}'])
def test_what_is_no_object_has_no_members(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is nobody's concern
        members(text)
