"""The document of an assessment; each example as it is published is among the goldens."""

import json
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator
from strategies import Situation, situations

from fitcheck.decision.assess import assess
from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.prospect import AssessmentDocument

VALIDATOR = Draft202012Validator(schema_of(AssessmentDocument, "assessment"))


def document(situation: Situation) -> Any:
    told = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    return json.loads(AssessmentDocument.json_text(told))


def decimal(value: float) -> Fraction:
    """The number as JSON writes it."""
    return Fraction(str(value))


@given(situations())
@settings(max_examples=100)
def test_the_document_fits_its_schema(situation: Situation) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(document(situation))] == []


@given(situations())
@settings(max_examples=100)
def test_the_effects_of_the_document_add_up_to_its_margin(situation: Situation) -> None:
    told = document(situation)
    effects = [line["effect"] for line in (*told["reasons"], *told["open"])]
    assert sum(map(decimal, effects)) == decimal(told["score"]) - decimal(told["threshold"])
    assert sum(decimal(dimension["points"]) for dimension in told["dimensions"]) == decimal(told["score"])


@given(situations())
@settings(max_examples=100)
def test_what_is_grouped_or_null_hangs_together(situation: Situation) -> None:
    told = document(situation)
    assert (told["probability_pursue"] is None) == told["settled"]
    assert (told["look_again"] is None) == (told["verdict"] == "pursue")
    assert not (told["would_change"] and told["obstacles"])
    cost = told["cost_to_close"]
    assert cost is None or cost["benchmark"] == bool(cost["benchmarks"])
    for dimension in told["dimensions"]:
        assert 0 <= dimension["score_low"] <= dimension["score"] <= dimension["score_high"] <= 100
