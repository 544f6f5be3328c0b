from dataclasses import replace
from fractions import Fraction

import pytest

from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    Company,
    CostModel,
    Cycles,
    Deal,
    MarginShare,
    Rate,
    ThreePoint,
)
from fitcheck.decision.cost.prices import Prices, deal_value, margin_of, prices

PUBLISHED = Basis("benchmark", "a study", 2024, "B")
OWN = Basis("own")
HOURS = ThreePoint(Fraction(1), Fraction(2), Fraction(3))


def activity(role: str, expenses: int = 0) -> Activity:
    return Activity(role, role, HOURS, role, "deal", "it is needed", PUBLISHED, expenses=Fraction(expenses))


MODEL = CostModel(
    id="m",
    version=1,
    title="M",
    questions=(),
    activities=(activity("presales"), activity("legal")),
    cycles=Cycles((Band(None, Fraction(0), "."),), PUBLISHED),
    rates={"presales": Rate(Fraction(120), PUBLISHED), "legal": Rate(Fraction(200), PUBLISHED)},
    currency="EUR",
    spread=Fraction(0),
    margin=MarginShare(Fraction(7, 10), PUBLISHED),
)
SPENDING = replace(MODEL, activities=(activity("presales", 50), activity("legal")))


def company(currency: str | None = None, **more: object) -> Company:
    rates = {role: Fraction(str(rate)) for role, rate in more.items() if role in {"presales", "legal"}}
    exchange = {code: Fraction(str(worth)) for code, worth in more.items() if code.isupper()}
    return Company(currency=currency, rates=rates, exchange=exchange)


def of_role(paid: Prices) -> dict[str, Fraction]:
    return dict(paid.rates)


def test_without_a_company_file_everything_is_a_benchmark() -> None:
    paid = prices(MODEL, None)
    assert (paid.currency, paid.own_rates, paid.own_margin, paid.notes) == ("EUR", False, False, ())
    assert of_role(paid) == {"presales": 120, "legal": 200}
    assert paid.weekly_hours is None


def test_a_rate_of_the_company_replaces_the_benchmark_of_that_role() -> None:
    paid = prices(MODEL, company("EUR", presales=95))
    assert of_role(paid) == {"presales": 95, "legal": 200}
    assert paid.own_roles == {"presales"}
    assert not paid.own_rates
    assert prices(MODEL, company("EUR", presales=95, legal=180)).own_rates


def test_a_figure_that_is_left_as_the_cost_model_has_it_is_not_called_own() -> None:
    left = replace(company("EUR", presales=120, legal=180), margin=Fraction(7, 10))
    paid = prices(MODEL, left)
    assert (paid.own_roles, paid.own_margin) == (frozenset({"legal"}), False)
    assert prices(MODEL, replace(left, margin=Fraction(4, 5))).own_margin
    abroad = prices(MODEL, company("USD", presales=150, legal=200, EUR="1.25"))  # 120 EUR, and 200 left as it stood
    assert abroad.own_roles == frozenset()
    assert of_role(abroad) == {"presales": 150, "legal": 200}


def test_a_rate_that_the_cost_model_calls_own_is_own() -> None:
    rates = {"presales": Rate(Fraction(120), OWN), "legal": Rate(Fraction(200), OWN)}
    assert prices(replace(MODEL, rates=rates), None).own_rates


def test_the_companys_currency_needs_no_exchange_rate_where_all_rates_are_its_own() -> None:
    paid = prices(MODEL, company("USD", presales=110, legal=250))
    assert paid.currency == "USD"
    assert of_role(paid) == {"presales": 110, "legal": 250}


def test_benchmarks_are_exchanged_into_the_companys_currency() -> None:
    paid = prices(SPENDING, company("USD", presales=110, EUR="1.25"))
    assert paid.currency == "USD"
    assert of_role(paid) == {"presales": 110, "legal": 250}
    assert paid.expense_factor == Fraction(5, 4)
    assert paid.own_roles == {"presales"}


@pytest.mark.parametrize(
    ("model", "ours"),
    [(MODEL, company("USD", presales=110)), (SPENDING, company("USD", presales=110, legal=250))],
    ids=["a role without a rate", "expenses"],
)
def test_what_cannot_be_exchanged_keeps_the_cost_models_currency_and_says_so(model: CostModel, ours: Company) -> None:
    paid = prices(model, ours)
    assert (paid.currency, paid.own_rates) == ("EUR", False)
    assert of_role(paid) == {"presales": 120, "legal": 200}
    assert paid.expense_factor == 1
    (note,) = paid.notes
    assert 'write "exchange: {EUR: ...}" in company.yaml' in note


def test_a_company_without_a_currency_has_the_cost_models() -> None:
    paid = prices(MODEL, company(presales=95))
    assert paid.currency == "EUR"
    assert paid.rates["presales"] == 95
    assert paid.notes == ("The company file names no currency, so its rates are taken as EUR.",)


def test_the_margin_of_the_deal_goes_before_the_companys_and_that_before_the_cost_models() -> None:
    ours = Company(margin=Fraction(1, 2))
    deal = Deal(value=Fraction(1000))
    for us, at_stake, expected in [
        (None, deal, (Fraction(700), False)),
        (ours, deal, (Fraction(500), True)),
        (ours, replace(deal, margin=Fraction(420)), (Fraction(420), True)),
        (None, Deal(margin=Fraction(420)), (Fraction(420), True)),
    ]:
        assert margin_of(MODEL, us, at_stake, prices(MODEL, us)) == (*expected, ())


def test_a_margin_share_that_the_cost_model_calls_own_is_own() -> None:
    model = replace(MODEL, margin=MarginShare(Fraction(1, 4), OWN))
    deal = Deal(value=Fraction(1000))
    assert margin_of(model, None, deal, prices(model, None)) == (Fraction(250), True, ())


def test_what_a_deal_teaches_counts_as_margin() -> None:
    deal = Deal(value=Fraction(1000), learning_value=Fraction(90))
    assert margin_of(MODEL, None, deal, prices(MODEL, None)) == (Fraction(790), False, ())


def test_deals_are_exchanged() -> None:
    ours = company("EUR", USD="0.8")
    deal = Deal(value=Fraction(1000), currency="USD", learning_value=Fraction(100))
    paid = prices(MODEL, ours)
    assert deal_value(deal, paid) == 800
    assert margin_of(MODEL, ours, deal, paid) == (Fraction(640), False, ())


def test_a_deal_without_a_currency_is_in_the_companys() -> None:
    ours = company("USD", EUR="1.25")
    assert deal_value(Deal(value=Fraction(1000)), prices(MODEL, ours)) == 1000
    # Costs fall back on euros here, and a dollar's worth in euros is unknown.
    assert deal_value(Deal(value=Fraction(1000)), prices(MODEL, company("USD"))) is None


@pytest.mark.parametrize(
    ("ours", "deal", "hint"),
    [
        (None, Deal(value=Fraction(1), currency="USD"), 'write "exchange: {USD: ...}" in company.yaml'),
        (company("EUR"), Deal(value=Fraction(1), currency="USD"), 'write "exchange: {USD: ...}" in company.yaml'),
        (company("USD"), Deal(value=Fraction(1), currency="USD"), 'write "exchange: {EUR: ...}" in company.yaml'),
        (
            company("USD"),
            Deal(value=Fraction(1), currency="CHF"),
            'write "exchange: {EUR: ..., CHF: ...}" in company.yaml',
        ),
        (None, Deal(), 'write "deal: {value: ...}" in the prospect file'),
    ],
)
def test_where_no_margin_can_be_known_the_note_says_what_to_write_where(
    ours: Company | None, deal: Deal, hint: str
) -> None:
    margin, own, (note,) = margin_of(MODEL, ours, deal, prices(MODEL, ours))
    assert (margin, own) == (None, False)
    assert hint in note


def test_without_any_margin_share_the_note_asks_for_one() -> None:
    model = replace(MODEL, margin=None)
    margin, _, (note,) = margin_of(model, None, Deal(value=Fraction(1)), prices(model, None))
    assert margin is None
    assert 'write "margin: ..." in company.yaml' in note


def test_a_worthless_deal_has_a_margin_of_nothing_not_an_unknown_one() -> None:
    paid = prices(MODEL, None)
    assert margin_of(MODEL, None, Deal(value=Fraction(0)), paid) == (Fraction(0), False, ())
    assert deal_value(Deal(value=Fraction(0)), paid) == 0
