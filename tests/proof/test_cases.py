from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import Situation, given as given_option, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.proof.cases import Case, Expectation, Mismatch, mean_hours, run


def case(situation: Situation, verdict: Any = "pursue", **expected: Any) -> Case:
    """A case of the situation."""
    expect = Expectation(verdict, **expected)
    return Case("first", "some", situation.screen, situation.stage, situation.prospect, expect)


# Of the worked example by hand: score 6334 of 6000, settled; against goal −1554 and candour −667; for pain and plan
# +1778 each, promises +889 [doubled points].


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"settled": True},
        {"gates": ()},
        {"against": ("goal",)},
        {"against": ("goal", "candour")},
        {"speaks_for": ("pain", "plan")},
    ],
)
def test_what_follows_from_the_answers_is_as_expected(expected: dict[str, Any]) -> None:
    outcome = run(case(worked_example(), **expected))
    assert outcome.as_expected, outcome.mismatches


@pytest.mark.parametrize(
    ("expected", "mismatch"),
    [
        ({"verdict": "not now"}, Mismatch("verdict", "not now", "pursue")),
        ({"settled": False}, Mismatch("settled", "open", "settled")),
        ({"gates": ("pain",)}, Mismatch("gates", "pain", "none")),
        ({"against": ("candour",)}, Mismatch("against", "candour", "goal")),
        ({"against": ("goal", "candour", "pain")}, Mismatch("against", "goal, candour, pain", "goal, candour")),
        ({"speaks_for": ("plan", "pain")}, Mismatch("for", "plan, pain", "pain, plan")),
        ({"hours": (Fraction(1), Fraction(2))}, Mismatch("hours", "1 to 2", "no cost model")),
    ],
)
def test_each_thing_that_is_not_as_expected_is_said(expected: dict[str, Any], mismatch: Mismatch) -> None:
    outcome = run(case(worked_example(), **expected))
    assert outcome.mismatches == (mismatch,)
    assert not outcome.as_expected


def test_all_mismatches_are_said_at_once() -> None:
    outcome = run(case(worked_example(), "not now", settled=False, gates=("pain",), against=("pain",)))
    assert [mismatch.aspect for mismatch in outcome.mismatches] == ["verdict", "settled", "gates", "against"]


def test_failing_gates_are_compared_whatever_their_order() -> None:
    situation = worked_example()
    answers = {"pain": given_option("none"), "candour": given_option("hostile")}
    failing = situation.answering(answers)
    assert run(case(failing, "not now", gates=("floor:trust:ours", "pain"))).as_expected
    assert not run(case(failing, "not now", gates=("pain",))).as_expected


@settings(max_examples=30)
@given(situations())
def test_hours_are_compared_exactly_both_ends_included(situation: Situation) -> None:
    found = assess(situation.screen, situation.prospect, situation.stage)
    hours = mean_hours(found)
    if found.cost is None or hours is None:
        assert hours is None
        return
    assert abs(float(hours) - found.cost.hours.mean) <= 0.05
    least = Fraction(1, 1000)
    for band, fits in (
        ((hours, hours), True),
        ((hours + least, hours + 1), False),
        ((hours - 1, hours - least), False),
    ):
        assert run(case(situation, found.verdict, hours=band)).as_expected == fits


@settings(max_examples=60)
@given(situations())
def test_leaving_out_a_cost_that_nobody_asked_for_changes_no_verdict_gate_or_score(situation: Situation) -> None:
    whole = assess(situation.screen, situation.prospect, situation.stage)
    found = run(case(situation)).assessment
    assert (found.verdict, found.settled, found.probability) == (whole.verdict, whole.settled, whole.probability)
    assert (found.gates, found.score, found.against) == (whole.gates, whole.score, whole.against)
