"""Every example in every format, word for word; to be read as prose where they change."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT, Outcome
from jsonschema import Draft202012Validator

EXAMPLES = {
    "quick-fix": ["examples/quick-fix.yaml"],
    "quick-fix-at-mature": ["examples/quick-fix.yaml", "--stage", "mature"],
    "patient-partner": ["examples/patient-partner.yaml"],
    "patient-partner-with-company": ["examples/patient-partner.yaml", "--company", "examples/company.yaml"],
    "small-complex-deal": ["examples/small-complex-deal.yaml"],
    "large-hostile-deal": ["examples/large-hostile-deal.yaml"],
    "friendly-tender": ["examples/friendly-tender.yaml"],
    "web-form": ["examples/web-form.yaml"],
    "open-verdict": ["examples/open-verdict.yaml"],
    "one-sided-trust": ["examples/one-sided-trust.yaml"],
}
SUFFIX = {"text": "txt", "markdown": "md", "json": "json"}


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("kind", SUFFIX)
def test_each_example_in_each_format_at_80_columns(
    fitcheck: Callable[..., Outcome], golden: Callable[[str, str], None], example: str, kind: str
) -> None:
    outcome = fitcheck("assess", *EXAMPLES[example], "--format", kind)
    assert (outcome.code, outcome.err) == (0, "")
    golden(f"{example}.{SUFFIX[kind]}", outcome.out)


def test_explain_of_one_example(fitcheck: Callable[..., Outcome], golden: Callable[[str, str], None]) -> None:
    golden("open-verdict-explained.txt", fitcheck("assess", "examples/open-verdict.yaml", "--explain").out)


@pytest.mark.parametrize("columns", [60, 20])
def test_narrow_terminals(
    fitcheck: Callable[..., Outcome],
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    told = fitcheck("assess", "examples/open-verdict.yaml").out
    assert max(map(len, told.splitlines())) <= columns
    golden(f"open-verdict-{columns}-columns.txt", told)


def test_the_published_schema_is_the_one_in_the_goldens(
    fitcheck: Callable[..., Outcome], golden: Callable[[str, str], None]
) -> None:
    golden("assessment.schema.json", fitcheck("schema", "assessment").out)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_json_golden_is_valid_against_the_published_schema(example: str) -> None:
    folder = ROOT / "tests" / "golden"
    schema = json.loads((folder / "assessment.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    document = json.loads((folder / f"{example}.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)


def test_the_schema_refuses_a_third_verdict_and_a_missing_key(fitcheck: Callable[..., Outcome]) -> None:
    schema: dict[str, Any] = json.loads(fitcheck("schema", "assessment").out)
    document = json.loads((ROOT / "tests" / "golden" / "web-form.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    assert not validator.is_valid({**document, "verdict": "maybe"})
    assert not validator.is_valid({key: value for key, value in document.items() if key != "score"})
