from dataclasses import replace
from fractions import Fraction

import pytest

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Company, Deal, ThreePoint
from fitcheck.decision.content.own_figures import OWN, with_own_figures
from fitcheck.documents.screens import load_screen
from fitcheck.problems import UsageError

DEAL = load_screen("deal")
assert DEAL.cost
assert DEAL.money_gate
COST, GATE = DEAL.cost, DEAL.money_gate
USUAL = Company(
    win_rate=GATE.win_rate,
    lost_share=GATE.lost_share,
    months=GATE.months,
    hours={"deal": {work.id: work.hours for work in COST.activities}},
    extra_rounds={"deal": tuple(band.extra for band in COST.cycles.bands)},
)
TWO = ThreePoint(Fraction(1), Fraction(2), Fraction(3))


def test_who_says_nothing_or_the_usual_keeps_the_screen_as_it_is() -> None:
    for company in (None, Company(), USUAL, Company(hours={"pilot": {"discovery": TWO}})):
        assert with_own_figures(DEAL, company) is DEAL


def test_only_what_differs_becomes_own() -> None:
    hours = {**USUAL.hours["deal"], "offer": TWO}
    found = with_own_figures(DEAL, replace(USUAL, hours={"deal": hours}, win_rate=Fraction(1, 2)))
    cost, gate = found.cost, found.money_gate
    assert cost
    assert gate
    assert {work.id: (work.hours, work.basis) for work in cost.activities if work.basis == OWN} == {"offer": (TWO, OWN)}
    assert cost.cycles == COST.cycles
    assert cost.instead_of is COST
    assert gate == replace(GATE, win_rate=Fraction(1, 2))
    assert found.digest == DEAL.digest


def test_own_rounds_keep_the_bands_and_make_the_cycles_own() -> None:
    extra = (Fraction(2), Fraction(1), Fraction(1), Fraction(0))
    cost = with_own_figures(DEAL, Company(extra_rounds={"deal": extra})).cost
    assert cost
    assert tuple(band.extra for band in cost.cycles.bands) == extra
    assert [band.because for band in cost.cycles.bands] == [band.because for band in COST.cycles.bands]
    assert cost.cycles.basis == OWN
    with pytest.raises(UsageError, match="must be 4 numbers"):
        with_own_figures(DEAL, Company(extra_rounds={"deal": (Fraction(1),)}))


def test_to_put_them_in_twice_changes_nothing() -> None:
    company = Company(hours={"deal": {"offer": TWO}}, months=Fraction(12))
    once = with_own_figures(DEAL, company)
    assert with_own_figures(once, company) is once


def test_an_assessment_counts_with_them_and_says_what_it_would_be_without() -> None:
    prospect = Prospect("a", "A", {"tender": Answer("no_tender")}, Deal(value=Fraction(30_000)))
    usual = assess(DEAL, prospect, "growth").cost
    company = Company(hours={"deal": {"offer": ThreePoint(Fraction(10), Fraction(10), Fraction(10))}})
    own = assess(DEAL, prospect, "growth", company=company).cost
    assert usual
    assert own
    (offer,) = (driver for driver in own.drivers if driver.activity == "offer")
    assert (offer.hours, offer.basis) == (Fraction(10), OWN)
    assert own.on_benchmarks == usual.expected
    assert own.expected - usual.expected == (10 - Fraction(5, 4)) * 120  # 0.5, 1 and 3 hours are 1.25 on average
    assert usual.on_benchmarks is None
    won = assess(DEAL, prospect, "growth", company=Company(win_rate=Fraction(1, 2))).cost
    assert won
    assert won.win_probability == Fraction(1, 2)
