from fractions import Fraction
from pathlib import Path

import pytest

from fitcheck.decision.content.cost_model import Band, Basis, CostOption, MarginShare, Rate, ThreePoint, Trigger
from fitcheck.documents.costs import load_cost
from fitcheck.documents.reading.finding import names
from fitcheck.problems import Place

PARTS = Path(__file__).parents[1] / "bad" / "parts"


def test_everything_that_is_written_arrives() -> None:
    path = str(PARTS / "effort.yaml")
    cost = load_cost(path)
    trials = Basis("benchmark", "Trials, a reference", 2026, "C")

    assert (cost.id, cost.version, cost.title, cost.currency) == ("effort", 1, "Cost of a pilot", "EUR")
    assert cost.spread == Fraction(3, 10)
    assert cost.lead_weeks == ThreePoint(Fraction(1), Fraction(2), Fraction(4))
    assert cost.margin == MarginShare(Fraction(7, 10), Basis("assumption"))
    assert cost.rates == {"presales": Rate(Fraction(120), trials)}
    assert cost.priors == {"references": {"none": 3, "two": 2, "many": 1}}

    assert (cost.cycles.rubric, cost.cycles.most, cost.cycles.shape) == ("trust", 8, "geometric")
    assert cost.cycles.basis == Basis("assumption")
    assert cost.cycles.bands == (
        Band(Fraction(35), Fraction(5, 2), "little trust"),
        Band(Fraction(75), Fraction(4, 5), "fair trust"),
        Band(None, Fraction(3, 10), "much trust"),
    )

    (references,) = cost.questions
    assert references.rule == "Count calls and visits together."
    assert references.options[1:] == (CostOption("two", "One or two"), CostOption("many", "Several"))
    assert references.where == Place(path, 21, 3)

    talks, calls = cost.activities
    assert (talks.id, talks.role, talks.per, talks.when, talks.expenses, talks.weeks) == (
        "first_talks",
        "presales",
        "deal",
        None,
        Fraction(0),
        None,
    )
    assert talks.hours == ThreePoint(Fraction(3), Fraction(6), Fraction(12))
    assert calls.when == Trigger("references", frozenset({"two", "many"}))
    assert calls.basis == trials


@pytest.mark.parametrize("name", names("cost"))
def test_every_built_in_cost_model_is_sound(name: str) -> None:
    assert load_cost(name).id == name
