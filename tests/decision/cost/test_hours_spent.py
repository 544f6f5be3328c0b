"""Hours already spent: taken off the same role's hours, never below nothing."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.cost.work_hours import role_cost, work_hours

hours = st.fractions(0, 200, max_denominator=4)


def assessed(situation: Situation, spent: Mapping[str, Fraction]) -> Assessment:
    prospect = with_spent(situation.prospect, spent)
    return assess(situation.screen, prospect, situation.stage, company=situation.company)


def with_spent(prospect: Prospect, spent: Mapping[str, Fraction]) -> Prospect:
    return replace(prospect, deal=replace(prospect.deal, hours_spent=spent))


@settings(max_examples=40, deadline=None)
@given(situations(), hours, hours)
def test_what_is_left_is_what_was_expected_of_each_role_less_what_is_spent(
    situation: Situation, presales: Fraction, sales: Fraction
) -> None:
    model = situation.screen.cost
    if model is None:
        return
    spent = {"presales": presales, "sales": sales}
    before, after = assessed(situation, {}), assessed(situation, spent)
    assert before.cost is not None
    assert after.cost is not None
    total = Fraction(0)
    for role, gone in spent.items():
        working = role_cost(model, role)
        expected = work_hours(working, with_spent(situation.prospect, {}), before.cost.cycles).mean
        left = work_hours(working, after.prospect, before.cost.cycles).mean
        assert left == max(expected - gone, 0)
        total += left
    assert sum(driver.hours for driver in after.cost.drivers) == total
    assert after.cost.hours_spent == {role: gone for role, gone in spent.items() if gone}
    assert after.cost.expected <= before.cost.expected


@settings(max_examples=40, deadline=None)
@given(situations(), hours, hours)
def test_spending_more_never_makes_a_pursue_a_not_now(situation: Situation, some: Fraction, more: Fraction) -> None:
    less, later = assessed(situation, {"presales": some}), assessed(situation, {"presales": some + more})
    assert less.verdict != "pursue" or later.verdict == "pursue"


@settings(max_examples=30, deadline=None)
@given(situations())
def test_when_everything_is_spent_no_hours_are_left(situation: Situation) -> None:
    found = assessed(situation, {"presales": Fraction(10**6), "sales": Fraction(10**6)}).cost
    if found is not None:
        assert found.hours.p90 == found.hours.mean == 0
        assert not any(driver.hours for driver in found.drivers)


@settings(max_examples=30, deadline=None)
@given(situations())
def test_hours_of_a_role_without_work_are_named_and_change_nothing_else(situation: Situation) -> None:
    plain, other = (assessed(situation, spent).cost for spent in ({}, {"lawyers": Fraction(9)}))
    if plain is None or other is None:
        return
    assert other.notes[-1].startswith("Hours spent as lawyers are not deducted") or other.notes[-1] == plain.notes[-1]
    assert replace(other, notes=plain.notes, hours_spent={}) == plain
