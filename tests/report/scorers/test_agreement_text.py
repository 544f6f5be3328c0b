"""How far judges agree, in every format, word for word; to be read as prose where it changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from fitcheck.api import load_screen
from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.decision.several.agreement import Agreement, agreement
from fitcheck.documents.schemas import schema_of
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.scorers.agreement_document import AgreementDocument, agreement_document
from fitcheck.report.scorers.agreement_markdown import agreement_markdown
from fitcheck.report.scorers.agreement_text import agreement_lines
from fitcheck.report.scorers.agreement_words import alpha

Golden = Callable[[str, str], None]
JUDGES = {"founder": 0, "presales": 3, "support": 1}
"""Judges, and how strict each is."""


@pytest.fixture(scope="module", params=["panel", "panel-too-small"])
def panel(request: pytest.FixtureRequest) -> tuple[str, Agreement]:
    """Judges of many and of few prospects, who see the same thing with a bias and slips of their own."""
    name: str = request.param
    return name, _panel(24 if name == "panel" else 4)


def _panel(prospects: int) -> Agreement:
    screen = load_screen("pilot")
    costly = screen.cost.questions if screen.cost else ()
    asked: list[Question | CostQuestion] = [*screen.questions, *costly]
    judged: dict[str, dict[str, Prospect]] = {}
    for p in range(prospects):
        for j, (judge, strict) in enumerate(JUDGES.items()):
            answers = {}
            for q, question in enumerate(asked):
                # One question is answered alike by nearly all, the others by quality, strictness and a slip.
                slip = (p * 7 + q * 5 + j * 11) % 13
                level = 0 if q == 1 and slip else ((p * 5) % 12 + strict + slip // 4) * len(question.options) // 18
                answers[question.id] = Answer(question.options[min(level, len(question.options) - 1)].id)
                if slip == 6:
                    answers[question.id] = Answer(None, "n/a") if question.not_applicable else UNKNOWN
            if (p + j) % 9:
                judged.setdefault(f"p{p:02}", {})[judge] = Prospect(f"p{p:02}", f"Prospect {p}", answers)
    judged["p99"] = {"founder": Prospect("p99", "Prospect 99")}
    return agreement(screen, judged, "pilot", stage_from="screen")


def text(found: Agreement, width: int = 80) -> str:
    return plain(agreement_lines(found, TextOptions(width)))


def test_agreement_at_80_columns(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.txt", text(found))


def test_agreement_in_markdown(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.md", agreement_markdown(found))


def test_agreement_in_json(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    document = agreement_document(found)
    golden(f"agreement/{name}.json", json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    schema = schema_of(AgreementDocument, "agreement")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(document)))


@pytest.mark.parametrize("width", [60, 20])
def test_agreement_on_a_narrow_terminal(panel: tuple[str, Agreement], width: int) -> None:
    _, found = panel
    assert max(map(cells, text(found, width).splitlines())) <= width


def test_raw_agreement_and_counts_stand_with_every_question(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    flat = " ".join(text(found).split())
    for question in found.questions:
        assert f"% {question.ask} · {question.question}" in flat
        counts = " · ".join(f"{answer} {count}" for answer, count in question.counts if count)
        assert counts in flat
    assert ("alpha 0." in flat) == (name == "panel")
    assert ("Too few prospects" in flat) == (name != "panel")


def test_the_trap_of_rare_answers_is_said_beside_alpha(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    readings = {question.question: question.reading for question in found.questions}
    assert name != "panel" or "rare answers" in readings.values()
    assert ("so alpha says little" in " ".join(text(found).split())) == ("rare answers" in readings.values())


def test_alpha_is_cut_so_that_it_never_seems_to_reach_a_bound() -> None:
    question = replace(_panel(24).questions[0], alpha=Fraction(6669, 10_000), low=0.5, high=0.8)
    assert (alpha(question), question.reading) == ("0.666 (0.50 to 0.80)", "unreliable")
    assert alpha(replace(question, alpha=Fraction(-1, 100), low=-0.25)) == "−0.010 (−0.25 to 0.80)"
    assert alpha(replace(question, alpha=None)) == ""


def test_a_prospect_with_one_judge_is_named() -> None:
    assert "one judge agrees with nobody: p99." in " ".join(text(_panel(4)).split())
