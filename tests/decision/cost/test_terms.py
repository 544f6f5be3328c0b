"""What a deal is worth and what closing it may cost, by hand and as laws."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st
from strategies import ASSUMED

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Company,
    CostModel,
    Cycles,
    Deal,
    MarginShare,
    Rate,
    ThreePoint,
)
from fitcheck.decision.content.rubric import MoneyGate, Stage
from fitcheck.decision.cost.compiled_cost import compile_cost
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.cost.terms import (
    DealTerms,
    break_even,
    deal_terms,
    expected_value,
    money_gate_state,
    takes,
    too_dear,
    worth_from,
    worth_spending,
)

GATE = MoneyGate("a dollar for a dollar")
LAMBDA = Fraction(7, 10)
TALK = Activity("talk", "Talk", ThreePoint(*map(Fraction, (4, 4, 4))), "presales", "deal", "so", ASSUMED)
MODEL = CostModel(
    id="m",
    version=1,
    title="M",
    questions=(),
    activities=(TALK,),
    cycles=Cycles((Band(None, Fraction(0), "."),), ASSUMED),
    rates={"presales": Rate(Fraction(100), ASSUMED)},
    currency="EUR",
    spread=Fraction(0),
    margin=MarginShare(Fraction(7, 10), ASSUMED),
)
BOOK = compile_cost(MODEL, prices(MODEL, None))
shares, moneys = st.fractions(0, 1, max_denominator=20), st.fractions(1, 100_000, max_denominator=3)


def terms_of(
    deal: Deal, gate: MoneyGate | None = GATE, company: Company | None = None, stage: Stage = "growth"
) -> DealTerms:
    return deal_terms(BOOK, gate, company, deal, stage)


@pytest.mark.parametrize(
    ("deal", "margin", "allowed"),
    [
        # 25,000 once: 0.7 of it is 17,500; 0.3 / (0.3 + 0.7 x 0.7) = 30/79 of that is 6,645.57
        (Deal(value=Fraction(25_000)), 17_500, Fraction(525_000, 79)),
        # every year, for eighteen months where nothing is said: 26,250
        (Deal(value=Fraction(25_000), per="year"), 26_250, Fraction(787_500, 79)),
        (Deal(value=Fraction(25_000), per="year", months=Fraction(6)), 8_750, Fraction(262_500, 79)),
        # no more than eighteen months count
        (Deal(value=Fraction(25_000), per="year", months=Fraction(36)), 26_250, Fraction(787_500, 79)),
        # a margin that is given has the period of the value
        (Deal(margin=Fraction(8_000), per="year"), 12_000, Fraction(360_000, 79)),
        # what it teaches comes once
        (Deal(margin=Fraction(8_000), per="year", learning_value=Fraction(500)), 12_500, Fraction(375_000, 79)),
        # its own probability: 0.5 / (0.5 + 0.5 x 0.7) = 10/17
        (Deal(margin=Fraction(17_000), win_probability=Fraction(1, 2)), 17_000, 10_000),
        (Deal(margin=Fraction(17_000), win_probability=Fraction(1)), 17_000, 17_000),
        (Deal(margin=Fraction(17_000), win_probability=Fraction(0)), 17_000, 0),
    ],
)
def test_the_limit_by_hand(deal: Deal, margin: int, allowed: Fraction) -> None:
    found = terms_of(deal)
    assert found.margin == margin
    assert found.allowed == allowed
    assert found.limit == allowed * BOOK.money.unit


def test_expected_value_and_break_even_by_hand() -> None:
    # M 10,000, C 2,000, p 0.5: 5,000 - 2,000 x 0.85; p* = 1,400 / (10,000 - 600)
    assert expected_value(Fraction(10_000), Fraction(2_000), Fraction(1, 2), LAMBDA) == 3_300
    assert break_even(Fraction(10_000), Fraction(2_000), LAMBDA) == Fraction(7, 47)
    assert break_even(Fraction(10_000), Fraction(10_000), LAMBDA) == 1
    assert break_even(Fraction(10_000), Fraction(10_001), LAMBDA) is None
    assert break_even(Fraction(0), Fraction(0), LAMBDA) is None
    assert break_even(None, Fraction(5), LAMBDA) is None


@given(moneys, shares, shares)
def test_at_the_limit_pursuing_brings_exactly_what_it_takes(margin: Fraction, chance: Fraction, lost: Fraction) -> None:
    if takes(chance, lost):
        assert expected_value(margin, margin * worth_spending(chance, lost), chance, lost) == 0


@given(moneys, moneys, shares)
def test_at_the_break_even_share_pursuing_brings_exactly_what_it_takes(
    margin: Fraction, cost: Fraction, lost: Fraction
) -> None:
    chance = break_even(margin, cost, lost)
    if chance is None:
        assert cost > margin
    else:
        assert 0 <= chance <= 1
        assert expected_value(margin, cost, chance, lost) == 0


@given(moneys, st.booleans(), st.none() | shares, st.none() | st.integers(1, 40))
def test_a_deal_that_brings_what_is_asked_for_is_worth_its_cost(
    cost: Fraction, yearly: bool, chance: Fraction | None, months: int | None
) -> None:
    """At the least value the limit is the cost; a cent below it is not."""
    deal = Deal(win_probability=chance, per="year" if yearly else "once", months=Fraction(months) if months else None)
    least = worth_from(cost, terms_of(deal), BOOK, None)
    if chance == 0:
        assert least is None
        return
    assert least is not None
    assert (least.of, least.per) == ("value", deal.per)
    assert terms_of(replace(deal, value=least.amount)).allowed == cost
    below = terms_of(replace(deal, value=max(least.amount - Fraction(1, 100), Fraction(0)))).allowed
    assert below is not None
    assert below < cost


def test_what_is_asked_for_is_a_margin_where_no_share_is_known_and_what_it_teaches_counts() -> None:
    bare = compile_cost(replace(MODEL, margin=None), prices(MODEL, None))
    deal = Deal(learning_value=Fraction(790))
    found = worth_from(Fraction(600), deal_terms(bare, GATE, None, deal, "growth"), bare, None)
    assert found is not None
    assert (found.of, found.amount) == ("margin", 600 * Fraction(79, 30) - 790)
    rich = worth_from(Fraction(3), terms_of(deal), BOOK, None)
    assert rich is not None
    assert rich.amount == 0


def test_where_the_gate_does_not_hold_the_cost_is_shown_and_nothing_is_asked() -> None:
    pilots = replace(GATE, stages=frozenset[Stage](("growth", "mature")))
    found = terms_of(Deal(margin=Fraction(100)), pilots, stage="pilot")
    assert (found.limit, found.holds, found.allowed) == (None, False, Fraction(3000, 79))
    assert terms_of(Deal(margin=Fraction(100)), pilots, stage="growth").holds
    assert terms_of(Deal(margin=Fraction(100)), None).limit is None


def test_our_own_limit_in_hours_stands_in_where_the_gate_does_not_hold_and_only_there() -> None:
    pilots = replace(GATE, stages=frozenset[Stage](("growth", "mature")))
    ours = Company(pilot_hours=Fraction(80))
    found = terms_of(Deal(), pilots, ours, "pilot")
    assert found.limit == 80 * BOOK.hours.unit
    assert (found.in_hours, found.holds) == (True, True)
    assert not terms_of(Deal(), pilots, ours, "growth").in_hours
    assert terms_of(Deal(), None, ours, "pilot").limit is None


def test_a_gate_fails_above_five_quarters_of_its_limit_even_at_the_cheapest() -> None:
    limit = Fraction(100)
    assert not too_dear(125, limit)
    assert too_dear(126, limit)
    assert too_dear(1, Fraction(0))
    assert not too_dear(0, Fraction(0))
    assert too_dear(0, Fraction(-1))
    assert not too_dear(10**9, None)


@given(st.integers(0, 300), st.integers(0, 300), st.none() | st.fractions(0, 300))
def test_the_gate_has_three_values(one: int, other: int, limit: Fraction | None) -> None:
    cheapest, likely = sorted((one, other))
    found = money_gate_state(cheapest, likely, limit)
    if limit is None:
        assert found == "pass"
    elif cheapest > limit * 5 / 4:
        assert found == "fail"
    else:
        assert found == ("at risk" if likely > limit else "pass")
