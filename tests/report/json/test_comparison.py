"""The document of a comparison."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.several.comparison import Comparison, compare
from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.comparison import ComparisonDocument
from fitcheck.report.printed import score_figure

FILES = ("quick-fix", "patient-partner", "open-verdict")


@cache
def example(name: str) -> Assessment:
    screen = load_screen("pilot")
    return assess(screen, load_prospect(ROOT / "examples" / f"{name}.yaml", screen))


def told(comparison: Comparison) -> Any:
    return json.loads(ComparisonDocument.json_text(comparison))


@pytest.mark.parametrize("names", [FILES, FILES[:2], ("web-form", "one-sided-trust")])
def test_the_document_is_valid_against_its_schema(names: Sequence[str]) -> None:
    schema = schema_of(ComparisonDocument, "comparison")
    Draft202012Validator.check_schema(schema)
    document = told(compare([example(name) for name in names]))
    Draft202012Validator(schema).validate(document)
    assert not Draft202012Validator(schema).is_valid({**document, "schema": "fitcheck.comparison/1"})


def test_the_document_says_the_same_as_the_comparison() -> None:
    comparison = compare([example(name) for name in FILES])
    document = told(comparison)
    for prospect, assessment, amount in zip(
        document["prospects"], comparison.assessments, comparison.value_per_hour, strict=True
    ):
        assert (prospect["verdict"], prospect["state"]) == (assessment.verdict, assessment.state)
        assert prospect["score"] == float(score_figure(assessment.score, assessment.threshold))
        assert amount is not None
        assert prospect["value_per_hour"] == pytest.approx(float(amount), abs=0.005)
    scores = [prospect["score"] for prospect in document["prospects"]]
    effects = [sum(d["said"][i]["effect"] for d in document["differences"]) for i in range(3)]
    assert [effects[i] - effects[0] for i in range(3)] == pytest.approx([score - scores[0] for score in scores])
