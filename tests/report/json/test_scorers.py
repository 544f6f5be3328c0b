"""The document of what several scorers say of one prospect."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator
from strategies import given, worked_example

from fitcheck.api import load_prospect, load_screen
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.several.judges import JudgesReport, merge
from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.prospect import AssessmentDocument
from fitcheck.report.json.scorers import MergeDocument

EXAMPLE = worked_example()


@pytest.fixture
def acme(at_root: object) -> JudgesReport:
    """Three scorers who are split on a gate, read in the repository's folder."""
    assert at_root
    screen = load_screen("pilot")
    files = {file.name.split(".")[1]: file for file in (ROOT / "tests" / "judges").glob("acme.*.yaml")}
    prospects = {judge: load_prospect(file.relative_to(ROOT), screen) for judge, file in files.items()}
    return merge(screen, prospects, "pilot", prospect_id="acme", stage_from="screen")


def saying(**answers: str) -> Prospect:
    return EXAMPLE.answering({question: given(option) for question, option in answers.items()}).prospect


def told(report: JudgesReport) -> Any:
    return json.loads(MergeDocument.json_text(report))


def test_several_scorers_in_json(acme: JudgesReport, golden: Callable[[str, str], None]) -> None:
    golden("merge/acme.json", MergeDocument.json_text(acme))


def test_the_document_fits_its_schema_which_refuses_a_third_verdict(acme: JudgesReport) -> None:
    schema = schema_of(MergeDocument, "merge")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    split = merge(EXAMPLE.screen, {"ann": saying(), "bo": saying(pain="none")}, "pilot", prospect_id="acme")
    for report in (acme, split):
        validator.validate(told(report))
        assert not validator.is_valid({**told(report), "verdict": "maybe"})


def test_the_merged_answers_are_told_as_any_assessment(acme: JudgesReport) -> None:
    document = told(acme)
    assert document["merged"] == json.loads(AssessmentDocument.json_text(acme.merged))
    assert document["verdict"] == document["merged"]["verdict"]
    can_fail = {ballot.question for ballot in acme.ballots if ballot.can_fail}
    assert {ballot["question"] for ballot in document["questions"] if ballot["gate"]} == can_fail
