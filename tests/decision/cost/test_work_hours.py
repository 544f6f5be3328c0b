from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as for_all, settings
from strategies import Situation, situations

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.cost.work_hours import WorkHours, role_cost, roles, work_hours

ASSUMED = Basis("assumption")
NO_EXTRA = (Fraction(1),)
TALKS = Activity("talks", "Talks", ThreePoint(*map(Fraction, (2, 4, 8))), "sales", "deal", "so", ASSUMED)
PROOF = replace(TALKS, id="proof", role="presales", per="cycle", when=Trigger("proof", frozenset({"yes"})))
MODEL = CostModel(
    id="m",
    version=1,
    title="M",
    questions=(CostQuestion("proof", "?", ".", (CostOption("yes", "."), CostOption("no", "."))),),
    activities=(TALKS, PROOF),
    cycles=Cycles((Band(None, Fraction(0), "."),), ASSUMED),
    rates={"sales": Rate(Fraction(100), ASSUMED), "presales": Rate(Fraction(100), ASSUMED)},
    currency="EUR",
    spread=Fraction(1, 2),
)


def prospect(**answers: str) -> Prospect:
    return Prospect("acme", "Acme", {question: Answer(option) for question, option in answers.items()})


def hours_of(model: CostModel, prospect: Prospect, cycles: Sequence[Fraction], role: str | None = None) -> WorkHours:
    return work_hours(role_cost(model, role), prospect, cycles)


def test_mean_and_variance_of_one_activity_with_the_common_factor() -> None:
    # beta-PERT of 2, 4, 8: mean 13/3, variance 11/9; times a factor with variation 1/2: V(1 + φ²) + φ²μ²
    found = hours_of(MODEL, prospect(proof="no"), NO_EXTRA)
    mean, variance = Fraction(13, 3), Fraction(11, 9)
    assert found.mean == mean
    assert found.variance == pytest.approx(variance * Fraction(5, 4) + mean**2 / 4)


def test_an_unknown_answer_adds_what_lies_between_its_options() -> None:
    exact = replace(MODEL, spread=Fraction(0))
    found = hours_of(exact, prospect(), NO_EXTRA, "presales")
    mean, variance = Fraction(13, 3), Fraction(11, 9)
    assert found.mean == mean / 2
    assert found.variance == pytest.approx(variance / 2 + mean**2 / 4)
    said = hours_of(replace(exact, priors={"proof": {"yes": 1, "no": 3}}), prospect(), NO_EXTRA, "presales")
    assert said.mean == mean / 4


def test_work_of_each_cycle_comes_again_with_every_cycle() -> None:
    found = hours_of(MODEL, prospect(proof="yes"), (Fraction(1, 2), Fraction(0), Fraction(1, 2)), "presales")
    assert found.mean == 2 * Fraction(13, 3)


def test_a_role_without_work_in_this_deal_takes_no_hours() -> None:
    found = hours_of(MODEL, prospect(proof="no"), NO_EXTRA, "presales")
    assert found.mean == found.variance == 0


def test_roles_are_those_with_work_in_the_order_of_the_cost_model() -> None:
    assert roles(MODEL) == ("sales", "presales")


@settings(max_examples=60)
@for_all(situations())
def test_the_mean_is_the_sum_of_the_drivers_and_the_roles_add_up_to_it(situation: Situation) -> None:
    model = situation.screen.cost
    cost = assess(situation.screen, situation.prospect, situation.stage, company=situation.company).cost
    if model is None or cost is None:
        return
    everybody = hours_of(model, situation.prospect, cost.cycles)
    assert everybody.mean == sum(driver.hours for driver in cost.drivers)
    each = [hours_of(model, situation.prospect, cost.cycles, role) for role in roles(model)]
    assert sum(found.mean for found in each) == everybody.mean
    assert all(found.variance <= everybody.variance for found in each)
