"""Prospects on the built-in screen deal at growth, from near-perfect to refused, to rank and to print."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion, Deal
from fitcheck.decision.content.rubric import STAGES, Question, Stage
from fitcheck.documents.screens import load_screen

SCREEN = load_screen("deal")
STAGE: Stage = "growth"
PLAIN = {question.id: Answer(question.options[0].id) for question in SCREEN.asked if isinstance(question, CostQuestion)}


def best(question: Question) -> Answer:
    """The option with most points that fails no gate."""
    passing = [option for option in question.options if STAGE not in option.gate]
    return Answer(max(passing, key=lambda option: option.points[STAGES.index(STAGE)]).id)


GOOD = {**{question.id: best(question) for question in SCREEN.questions}, **PLAIN}
FATAL = next(q for q in SCREEN.questions if any(STAGE in option.gate for option in q.options))
PROSPECTS = {
    "good": GOOD,
    "fatal": {**GOOD, FATAL.id: Answer(next(option.id for option in FATAL.options if STAGE in option.gate))},
    "open": {question.id: GOOD[question.id] for question in SCREEN.questions[::2]} | PLAIN,
}


def deal(name: str, kind: str = "good", cost: Mapping[str, str] | None = None, **stake: object) -> Assessment:
    """A prospect of some kind, with a deal and other answers to cost questions."""
    said: dict[str, Any] = {key: value if key in TEXTS else Fraction(str(value)) for key, value in stake.items()}
    answers = {**PROSPECTS[kind], **{question: Answer(option) for question, option in (cost or {}).items()}}
    return assess(SCREEN, Prospect(name.lower(), name, answers, Deal(**said)), STAGE)


TEXTS = {"currency", "per", "hours_spent"}
