from fractions import Fraction
from itertools import combinations

import pytest

from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.own_figures import with_own_figures
from fitcheck.decision.content.rubric import STAGES
from fitcheck.decision.cost.prices import prices
from fitcheck.documents.company import read_company
from fitcheck.documents.company_template import company_template
from fitcheck.documents.costs import load_cost
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen

COSTS = [load_cost("pilot"), load_cost("deal")]
TEXT = company_template(COSTS)


def filled_in(text: str = TEXT) -> Company:
    return read_company(text.encode(), "company.yaml")


def test_every_figure_stands_in_its_place_and_none_is_commented_out() -> None:
    company = filled_in()
    assert company.currency == "EUR"
    assert company.rates == {role: rate.per_hour for role, rate in COSTS[0].rates.items()}
    assert company.margin == Fraction(7, 10)
    assert (company.win_rate, company.lost_share, company.months) == (Fraction(3, 10), Fraction(7, 10), Fraction(18))
    for cost in COSTS:
        assert company.hours[cost.id] == {work.id: work.hours for work in cost.activities}
        assert company.extra_rounds[cost.id] == tuple(band.extra for band in cost.cycles.bands)


def test_what_nobody_can_assume_of_a_company_is_left_to_it() -> None:
    company = filled_in()
    left = (company.name, company.stage, company.weekly_hours, company.pilot_hours)
    assert (left, company.exchange, company.cost_models) == ((None,) * 4, {}, {})


@pytest.mark.parametrize("screen", names("screen"))
def test_left_as_it_is_it_changes_nothing_and_is_nobodys_own(screen: str) -> None:
    of = load_screen(screen)
    company = read_company(TEXT.encode(), "company.yaml", cost=of.cost)
    assert with_own_figures(of, company) is of
    assert of.cost
    assert prices(of.cost, company) == prices(of.cost, None)


def test_cost_models_have_the_same_rates_and_margin_so_that_one_file_serves_them() -> None:
    for one, other in combinations([load_cost(name) for name in names("cost")], 2):
        assert (one.rates, one.margin, one.currency) == (other.rates, other.margin, other.currency)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_can_be_written_down(stage: str) -> None:
    assert filled_in(company_template(COSTS, stage=stage)).stage == stage  # type: ignore[arg-type]


def test_each_figure_says_what_it_is_and_what_it_rests_on_in_lines_that_fit() -> None:
    lines = TEXT.splitlines()
    assert max(map(len, lines)) <= 130
    for line in lines:
        if line.startswith(("    ", "margin", "win_rate", "lost_share", "months")):
            assert line.rpartition(" · ")[2].split(", ")[-1] in {"assumption", "2011", "2013", "2025", "2026"}
