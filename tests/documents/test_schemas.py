import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typing_extensions import TypedDict

from fitcheck.documents.reading.source import parse
from fitcheck.documents.schemas import KINDS, schema, schema_of

ROOT = Path(__file__).parents[2]
BUILT_IN = [
    *(("rubric", file) for file in sorted((ROOT / "rubrics").glob("*.yaml"))),
    *(("screen", file) for file in sorted((ROOT / "rubrics/screens").glob("*.yaml"))),
    *(("cost", file) for file in sorted((ROOT / "rubrics/costs").glob("*.yaml"))),
    *(("prospect", file) for file in sorted((ROOT / "examples").glob("*-*.yaml"))),
    *(("mapping", file) for file in sorted((ROOT / "rubrics/mappings").glob("*.yaml"))),
    ("company", ROOT / "examples/company.yaml"),
]


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=float))


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one_and_refuses_unknown_keys(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))
    assert not Draft202012Validator(schema(kind)).is_valid({"wieght": 3})


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str) -> None:
    found = schema(kind)
    for part in [found, *found["$defs"].values()] if "$defs" in found else [found]:
        assert part["description"]
        if part is found or part["properties"].keys() != {"concept", "prototype", "pilot", "growth", "mature"}:
            assert all(field.get("description") or "$ref" in field for field in part["properties"].values())


@pytest.mark.parametrize(("kind", "file"), BUILT_IN, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_editors_accept_every_file_that_ships(kind: str, file: Path) -> None:
    data = plain(parse(file.read_bytes(), file.name).data)
    assert [error.message for error in Draft202012Validator(schema(kind)).iter_errors(data)] == []


def test_editors_refuse_the_common_mistakes() -> None:
    validator = Draft202012Validator(schema("rubric"))
    file = ROOT / "tests/bad/parts/patience.yaml"
    good = plain(parse(file.read_bytes(), "patience.yaml").data)
    assert validator.is_valid(good)
    for path, value in [
        (["version"], "1"),
        (["title"], ""),
        (["questions", "named_users", "weight"], 0),
        (["questions", "named_users", "options", "named", "points"], 60),
        (["questions", "named_users", "options", "named", "gate"], "pilot"),
        (["questions", "named_users", "options", "Named People"], {"says": "x", "points": 1, "because": "y"}),
        (["questions", "named_users", "change", "by"], "customer"),
    ]:
        bad = json.loads(json.dumps(good))
        part = bad
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
        assert not validator.is_valid(bad), path


class Inner(TypedDict):
    """The inside."""

    share: float | None


class Outer(TypedDict):
    """The outside."""

    name: str
    inner: list[Inner]


def test_a_typed_dict_becomes_a_schema_that_allows_new_keys() -> None:
    found = schema_of(Outer, "outer")
    Draft202012Validator.check_schema(found)
    assert (found["title"], found["description"]) == ("fitcheck outer", "The outside.")
    validator = Draft202012Validator(found)
    assert validator.is_valid({"name": "a", "inner": [{"share": 0.5}, {"share": None, "new": 1}], "more": True})
    assert not validator.is_valid({"name": "a"})
    assert not validator.is_valid({"name": "a", "inner": [{"share": "half"}]})
