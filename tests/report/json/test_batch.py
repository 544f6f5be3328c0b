"""The summary of every kind of table fits the schema that is published for it, and has no key that is not in it."""

import json
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator
from strategies import worked_example
from table import damaged
from table.tables import Case, cases, score

import fitcheck
from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.schemas import schema_of
from fitcheck.report.json.batch import BatchDocument, LeftOutDocument
from fitcheck.table.match.non_data import NonData
from fitcheck.table.read.settings import Settings
from fitcheck.table.run import Job, Outputs, Result, open_job, run

ROOT = Path(__file__).parents[3]
PUBLISHED = schema_of(BatchDocument, "batch")
WORKED = Job(worked_example().screen, "pilot")


def closed(part: Any) -> Any:
    """The schema, refusing keys that it does not name, as its readers are told not to."""
    if isinstance(part, list):
        return [closed(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    more = {"additionalProperties": False} if "required" in part else {}
    return {key: closed(value) for key, value in part.items()} | more


VALIDATOR = Draft202012Validator(closed(PUBLISHED))


def checked(result: Result) -> Any:
    """The summary, which fits as it is written."""
    told = json.loads(BatchDocument.json_text(result))
    assert [error.message for error in VALIDATOR.iter_errors(told)] == []
    assert told["rows"]["read"] == told["rows"]["scored"] + told["rows"]["rejected"]
    return told


def summary(job: Job, data: bytes, file: str) -> Any:
    return checked(run(job, open_job(job, BytesIO(data), file), Outputs(BytesIO(), "csv", None), lambda _: None))


@given(cases(), st.sampled_from([None, Fraction(40)]), st.sampled_from(["reject", "unknown"]))
@settings(max_examples=60)
def test_random_tables(case: Case, hours: Fraction | None, bad_answers: str) -> None:
    checked(score(case.job(hours=hours, bad_answers=bad_answers), case.data).result)


@pytest.mark.parametrize("case", damaged.tables(), ids=lambda case: case.name)
def test_damaged_tables_and_every_format(case: damaged.Case) -> None:
    summary(WORKED, case.data, f"table.{case.suffix}")


def test_a_table_with_everything_that_a_summary_can_tell() -> None:
    screen = fitcheck.load_screen("pilot")
    best = [question.options[0].id for question in screen.questions]
    header = ["id", "value", "currency", "Champion", *(question.id for question in screen.questions)]
    rows = [
        ["a", "90000", "EUR", "x", *best],
        ["b", "90000", "XAU", "x", *best],
        ["c", "1", "EUR", "x", "perhaps", *best[1:]],
        ["d", "?", "EUR", "x", *[""] * len(best)],
        ["Total", "180001", "", "", *[""] * len(best)],
        ["Group North", *[""] * (len(header) - 1)],
        header,
        ["", "", "", "", *[f"Is this question {k} of it?" for k in range(len(best))]],
        ["12 records exported", *[""] * (len(header) - 1)],
        ["sep=,", *[""] * (len(header) - 1)],
        [],
    ]
    data = "\n".join(["Pipeline of May", *(",".join(row) for row in [header, *rows]), "e,1", ""]).encode()
    job = Job(screen, "pilot", bad_answers="unknown", hours=Fraction(500), settings=Settings(delimiter=","))
    found = summary(job, data, "pipeline.csv")
    assert found["taken_as_unknown"]
    assert found["rejected"]
    assert found["most_value_for_an_hour"]
    assert found["not_valued"] == {"XAU": 1}
    assert found["left_out"].keys() == LeftOutDocument.model_fields.keys()


def test_the_example() -> None:
    job = Job(fitcheck.load_screen("pilot"), "pilot")
    mapping = load_mapping(str(ROOT / "examples/crm/pipeline-map.yaml"), Questionnaire.of(job.screen))
    data = (ROOT / "examples/crm/pipeline.csv").read_bytes()
    summary(replace(job, mapping=mapping), data, "pipeline.csv")


def test_whatever_is_left_out_has_a_key() -> None:
    kinds = {kind.replace(" ", "_") for kind in get_args(NonData)}
    assert LeftOutDocument.model_fields.keys() == {"above_header", "blank_lines", *kinds}
