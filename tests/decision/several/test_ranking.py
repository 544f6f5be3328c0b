from dataclasses import replace
from fractions import Fraction

import pytest
from conftest import ROOT

from fitcheck.api import assess, load_prospect, load_screen
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.cost.work_hours import role_cost, work_hours
from fitcheck.decision.several.ranking import rank
from fitcheck.problems import UsageError

SCREEN = load_screen("pilot")
MUCH = Fraction(5000)


def deal(name: str, example: str = "patient-partner", **stake: str) -> Assessment:
    """An example under another name, with another deal."""
    prospect = load_prospect(ROOT / "examples" / f"{example}.yaml", SCREEN)
    said = Deal(**{key: value if key == "currency" else Fraction(value) for key, value in stake.items()})  # type: ignore[arg-type]
    return assess(SCREEN, replace(prospect, id=name.lower(), name=name, deal=said))


def hours_of(assessment: Assessment) -> Fraction:
    assert SCREEN.cost is not None
    assert assessment.cost is not None
    return work_hours(role_cost(SCREEN.cost, None), assessment.prospect, assessment.cost.cycles).mean


SMALL, LARGE = deal("Small", margin="20000"), deal("Large", margin="90000")
REFUSED = deal("Refused", "quick-fix", margin="90000")
OPEN = deal("Open", "open-verdict", margin="40000")


def test_without_win_probabilities_it_goes_by_margin_and_says_for_whom_they_are_missing() -> None:
    likely = deal("Likely", margin="30000", win_probability="0.5")
    found = rank([SMALL, LARGE, likely], MUCH)
    assert found.by == "margin"
    assert [entry.name for entry in found.no_chance] == ["Small", "Large"]
    assert [entry.name for entry in found.chosen] == ["Large", "Likely", "Small"]
    assert [entry.value for entry in found.chosen] == [90000, 30000, 20000]
    assert found.chosen[0].per_hour == 90000 / hours_of(LARGE)


def test_with_a_win_probability_for_every_pursued_prospect_it_goes_by_expected_value() -> None:
    likely = deal("Likely", margin="60000", win_probability="0.75")
    unlikely = deal("Unlikely", margin="90000", win_probability="0.4")
    hopeless = deal("Hopeless", margin="90000", win_probability="0.01")
    found = rank([unlikely, REFUSED, likely, hopeless], MUCH)
    assert likely.cost is not None
    cost = likely.cost.expected  # the same for all: they differ in the deal alone
    assert found.by == "expected value"
    assert [(entry.name, entry.value) for entry in found.chosen] == [
        ("Likely", 45000 - cost),
        ("Unlikely", 36000 - cost),
    ]
    assert [entry.name for entry in found.no_gain] == ["Hopeless"]
    assert found.value == pytest.approx(81000 - 2 * cost, abs=0.02)


def test_each_prospect_stands_in_exactly_one_list() -> None:
    given = [deal("Unknown"), SMALL, REFUSED, OPEN, LARGE, deal("Loss", margin="-5")]
    for hours in (0, 80, 150, 5000):
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
    assert found.step.gain == 20000
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
    assert [entry.why for entry in found.not_ranked] == ["Its money is counted in CHF, that of others in EUR."]


def test_a_role_counts_its_own_hours_only() -> None:
    everybody, engineering = rank([SMALL], MUCH), rank([SMALL], MUCH, "engineering")
    assert 0 < engineering.expected < everybody.expected
    assert engineering.chosen[0].value == everybody.chosen[0].value


def test_a_role_that_the_cost_model_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(UsageError, match="no work for the role 'pilots'") as raised:
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
    with pytest.raises(UsageError, match="hours is nan, which is no number"):
        rank([SMALL], float("nan"))
    with pytest.raises(UsageError, match="hours are -1, and can't be less than 0"):
        rank([SMALL], -1)


def test_no_prospects_are_refused() -> None:
    with pytest.raises(UsageError, match="there are no prospects to rank"):
        rank([], MUCH)


@pytest.mark.parametrize("other", [replace(LARGE, stage="growth"), replace(LARGE, screen=load_screen("deal"))])
def test_prospects_of_two_screens_or_stages_are_refused(other: Assessment) -> None:
    with pytest.raises(UsageError, match="prospects can be ranked only on one screen at one stage"):
        rank([SMALL, other], MUCH)


def test_only_open_prospects_whose_answers_could_change_the_plan_are_worth_asking() -> None:
    found = rank([SMALL, LARGE, REFUSED, OPEN], MUCH)
    (asked,) = found.ask_first
    assert OPEN.cost is not None
    assert OPEN.probability is not None
    assert asked.entry.name == "Open"
    assert asked.question == OPEN.ask_next[0]
    # pursued and chosen, with room for all: an hour is worth nothing elsewhere, so what could be saved is its cost
    assert (OPEN.verdict, asked.chance, asked.stake) == ("pursue", 1 - OPEN.probability, OPEN.cost.expected)
    assert asked.worth == asked.chance * asked.stake


def test_an_open_not_now_is_worth_asking_by_what_it_would_bring_beyond_the_hours_that_others_miss() -> None:
    waiting = replace(OPEN, verdict="not now")
    assert OPEN.probability is not None
    (asked,) = rank([SMALL, waiting], MUCH).ask_first
    assert asked.chance == OPEN.probability
    assert asked.stake == 40000
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
