from dataclasses import replace
from fractions import Fraction

import pytest
from dealing import SCREEN, deal

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.cost.work_hours import role_cost, work_hours
from fitcheck.decision.several.ranking import rank
from fitcheck.documents.screens import load_screen
from fitcheck.problems import UsageError

MUCH = Fraction(5000)


def hours_of(assessment: Assessment) -> Fraction:
    assert SCREEN.cost is not None
    assert assessment.cost is not None
    return work_hours(role_cost(SCREEN.cost, None), assessment.prospect, assessment.cost.cycles).mean


SMALL, LARGE = deal("Small", margin="20000"), deal("Large", margin="90000")
REFUSED = deal("Refused", "fatal", margin="90000")
OPEN = deal("Open", "open", margin="40000")


def value_of(assessment: Assessment, chance: Fraction) -> Fraction:
    """What pursuing is worth: p × M − C × (p + (1 − p) × 0.7)."""
    assert assessment.cost is not None
    assert assessment.cost.margin is not None
    return chance * assessment.cost.margin - assessment.cost.expected * (chance + (1 - chance) * Fraction(7, 10))


def test_a_prospect_counts_with_its_own_win_probability_or_with_that_of_such_deals() -> None:
    likely = deal("Likely", margin="30000", win_probability="0.5")
    found = rank([SMALL, LARGE, likely], MUCH)
    assert [entry.name for entry in found.usual_chance] == ["Small", "Large"]
    assert found.win_rate == Fraction(3, 10)
    assert [(entry.name, entry.value) for entry in found.chosen] == [
        ("Large", value_of(LARGE, Fraction(3, 10))),
        ("Likely", value_of(likely, Fraction(1, 2))),
        ("Small", value_of(SMALL, Fraction(3, 10))),
    ]
    assert found.chosen[0].per_hour == value_of(LARGE, Fraction(3, 10)) / hours_of(LARGE)


def test_who_may_cost_more_than_it_returns_stands_last_and_gets_no_hours() -> None:
    """At risk by its likely answers, or on average; whatever there is room for."""
    assert SMALL.cost is not None
    near = deal("Near", margin=SMALL.cost.expected * Fraction(79, 30) - 1)
    found = rank([near, SMALL, REFUSED], MUCH)
    assert near.verdict == "pursue"
    assert [entry.name for entry in found.chosen] == ["Small"]
    assert [(entry.name, entry.at_risk) for entry in found.no_gain] == [("Near", True)]
    assert [entry.name for entry in found.pursued] == ["Small", "Near"]


def test_hours_that_are_spent_are_needed_no_more() -> None:
    trial = {"proof_of_concept": "unpaid_short"}
    fresh = deal("Fresh", cost=trial, margin="90000")
    begun = deal("Begun", cost=trial, margin="90000", hours_spent={"presales": Fraction(5)})
    one, other = rank([fresh, begun], MUCH).chosen
    assert (one.name, other.name) == ("Begun", "Fresh")
    assert other.hours.mean - one.hours.mean == 5


def test_a_not_now_names_its_first_reason() -> None:
    (entry,) = rank([SMALL, REFUSED], MUCH).not_now
    assert entry.reason == REFUSED.failed_gates[0].because
    dear = deal("Dear", cost={"proof_of_concept": "unpaid_open"}, margin="5000")
    (entry,) = rank([SMALL, dear], MUCH).not_now
    assert entry.reason is not None
    assert entry.reason.startswith("Cost to close: closing costs about EUR ")


def test_each_prospect_stands_in_exactly_one_list() -> None:
    given = [deal("Unknown"), SMALL, REFUSED, OPEN, LARGE, deal("Loss", margin="900")]
    for hours in (0, 8, 15, 5000):
        found = rank(given, Fraction(hours))
        lists = (found.chosen, found.no_room, found.no_gain, found.not_ranked, found.not_now)
        assert sorted(entry.name for entries in lists for entry in entries) == sorted(
            assessment.prospect.name for assessment in given
        )
        assert {entry.assessment.verdict for entries in lists[:4] for entry in entries} == {"pursue"}


def test_hours_go_where_they_bring_most() -> None:
    enough_for_one = 2 * hours_of(SMALL) * Fraction(9, 10)
    found = rank([SMALL, LARGE], enough_for_one)
    assert [entry.name for entry in found.chosen] == ["Large"]
    assert [entry.name for entry in found.no_room] == ["Small"]
    assert found.step is not None
    assert [entry.name for entry in found.step.added] == ["Small"]
    assert found.step.gain == pytest.approx(value_of(SMALL, Fraction(3, 10)), abs=0.01)
    assert found.expected == hours_of(LARGE) < found.reserved <= enough_for_one


def test_a_prospect_of_unknown_margin_is_not_ranked_and_the_reason_says_what_to_write() -> None:
    (entry,) = rank([deal("Unknown"), SMALL], MUCH).not_ranked
    assert entry.value is None
    assert entry.why is not None
    assert 'write "deal: {value: ...}"' in entry.why


def test_a_deal_in_a_currency_without_a_stated_rate_is_not_ranked() -> None:
    found = rank([deal("Dollars", margin="90000", currency="USD"), SMALL], MUCH)
    assert [entry.name for entry in found.chosen] == ["Small"]
    assert found.currency == "EUR"
    assert "exchange: {USD: ...}" in (found.not_ranked[0].why or "")


def test_money_counted_in_another_currency_is_not_ranked() -> None:
    assert SMALL.cost is not None
    other = replace(SMALL, cost=replace(SMALL.cost, currency="CHF"))
    found = rank([LARGE, other], MUCH)
    assert [entry.why for entry in found.not_ranked] == ["Its amounts are in CHF, the others' in EUR."]


def test_a_role_counts_its_own_hours_only() -> None:
    tried = deal("Tried", cost={"proof_of_concept": "unpaid_short"}, margin="20000")
    everybody, engineering = rank([tried], MUCH), rank([tried], MUCH, "engineering")
    assert 0 < engineering.expected < everybody.expected
    assert engineering.chosen[0].value == everybody.chosen[0].value


def test_a_role_that_the_cost_model_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(UsageError, match="no work for role 'pilots'") as raised:
        rank([SMALL], MUCH, "pilots")
    assert "engineering" in (raised.value.problems[0].hint or "")


def test_a_screen_without_a_cost_model_is_refused() -> None:
    bare = replace(SMALL, screen=replace(SCREEN, cost=None), cost=None)
    with pytest.raises(UsageError, match="no cost model"):
        rank([bare], MUCH)


def test_hours_of_every_kind_are_taken_as_they_are_written() -> None:
    assert rank([SMALL, LARGE], 40.5) == rank([SMALL, LARGE], Fraction(81, 2))
    assert rank([SMALL, LARGE], 40) == rank([SMALL, LARGE], Fraction(40))


def test_what_are_no_hours_is_refused() -> None:
    with pytest.raises(UsageError, match="hours is not a number: nan"):
        rank([SMALL], float("nan"))
    with pytest.raises(UsageError, match="hours cannot be negative: -1"):
        rank([SMALL], -1)


def test_no_prospects_are_refused() -> None:
    with pytest.raises(UsageError, match="no prospects to rank"):
        rank([], MUCH)


@pytest.mark.parametrize("other", [replace(LARGE, stage="pilot"), replace(LARGE, screen=load_screen("pilot"))])
def test_prospects_of_two_screens_or_stages_are_refused(other: Assessment) -> None:
    with pytest.raises(UsageError, match="prospects can only be ranked on the same screen and stage"):
        rank([SMALL, other], MUCH)


def test_only_open_prospects_whose_answers_could_change_the_plan_are_worth_asking() -> None:
    found = rank([SMALL, LARGE, REFUSED, OPEN], MUCH)
    (asked,) = found.ask_first
    assert OPEN.cost is not None
    assert OPEN.probability is not None
    assert asked.entry.name == "Open"
    assert asked.question == OPEN.ask_next[0]
    # pursued and chosen, with room for all: an hour is worth nothing elsewhere, so what could be saved is what it takes
    saved = OPEN.cost.expected * Fraction(79, 100)
    assert (OPEN.verdict, asked.chance, asked.stake) == ("pursue", 1 - OPEN.probability, saved)
    assert asked.worth == asked.chance * asked.stake


def test_an_open_not_now_is_worth_asking_by_what_it_would_bring_beyond_the_hours_that_others_miss() -> None:
    waiting = replace(OPEN, verdict="not now")
    assert OPEN.probability is not None
    (asked,) = rank([SMALL, waiting], MUCH).ask_first
    assert asked.chance == OPEN.probability
    assert asked.stake == value_of(OPEN, Fraction(3, 10))
    rich = [deal(name, margin="900000") for name in ("Rich", "Richer")]
    scarce = rank([*rich, waiting], 2 * hours_of(SMALL))
    assert [entry.name for entry in scarce.no_room] == ["Richer"]
    assert scarce.price * hours_of(OPEN) > 40000
    assert scarce.ask_first == ()


def test_ties_stand_in_the_order_given() -> None:
    twins = [deal(name, margin="20000") for name in ("B", "A", "C")]
    assert [entry.name for entry in rank(twins, MUCH).chosen] == ["B", "A", "C"]
    assert [entry.name for entry in rank(twins[::-1], MUCH).chosen] == ["C", "A", "B"]


def test_without_a_pursue_nothing_is_chosen() -> None:
    found = rank([REFUSED], MUCH)
    assert found.chosen == ()
    assert found.value == found.expected == found.reserved == 0
    assert found.step is None
