import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from fitcheck.decision.content.cost_model import Company, Deal
from fitcheck.decision.content.exact import DIGITS, Number, exact
from fitcheck.problems import UsageError


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(1, 10)),
        (1e-7, Fraction(1, 10_000_000)),
        (Decimal("7.50"), Fraction(15, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
        (-5, Fraction(-5)),
    ],
)
def test_a_number_counts_as_it_is_written(number: Number, value: Fraction) -> None:
    found = exact("value", number)
    assert (type(found), found) == (Fraction, value)


def test_a_number_of_numpy_counts_as_one_of_python() -> None:
    numpy = pytest.importorskip("numpy")
    assert exact("value", numpy.float32(0.1)) == Fraction(1, 10)
    assert exact("value", numpy.int64(7)) == 7


@pytest.mark.parametrize("number", [True, float("nan"), float("inf"), Decimal("sNaN"), "1200", None, [1], 1j])
def test_what_is_no_number_is_refused_by_its_name(number: Any) -> None:
    with pytest.raises(UsageError, match=r"^value is not a number: .*"):
        exact("value", number)


def test_money_is_exact_whoever_made_the_deal_or_the_company() -> None:
    deal = Deal(value=1000.5, margin=700, win_probability=0.3)  # type: ignore[arg-type]  # that is what is tested
    assert (deal.value, deal.margin, deal.win_probability) == (Fraction(2001, 2), Fraction(700), Fraction(3, 10))
    assert {type(deal.value), type(deal.margin), type(deal.win_probability)} == {Fraction}
    ours = Company(margin=0.7, rates={"presales": 99.9}, weekly_hours=12.5, exchange={"USD": Decimal("0.92")})  # type: ignore[arg-type, dict-item]
    assert (ours.margin, ours.weekly_hours) == (Fraction(7, 10), Fraction(25, 2))
    assert (ours.rates, ours.exchange) == ({"presales": Fraction(999, 10)}, {"USD": Fraction(23, 25)})


def test_a_wrong_number_is_refused_where_it_is_given() -> None:
    with pytest.raises(UsageError, match=r"win_probability is not a number: '30 %'"):
        Deal(win_probability="30 %")  # type: ignore[arg-type]  # that is what is tested
    with pytest.raises(UsageError, match=r"rates\['presales'\] is not a number: None"):
        Company(rates={"presales": None})  # type: ignore[dict-item]  # that is what is tested


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: Deal(value=50_000, win_probability=30),  # type: ignore[arg-type]
            "win_probability must be a number from 0 to 1, not 30 (30 percent is 0.3)",
        ),
        (lambda: Deal(value=-5), "value must be a number, 0 or more, not -5"),  # type: ignore[arg-type]
        (lambda: Deal(value=Fraction(-1, 2)), "value must be a number, 0 or more, not Fraction(-1, 2)"),
        (lambda: Deal(learning_value=-0.5), "learning_value must be a number, 0 or more, not -0.5"),  # type: ignore[arg-type]
        (lambda: Deal(win_probability=Fraction(101)), "win_probability must be a number from 0 to 1, not Fraction("),
        (lambda: Company(margin=5), "margin must be a number from 0 to 1, not 5 (5 percent is 0.05)"),  # type: ignore[arg-type]
        (lambda: Company(margin=-1), "margin must be a number from 0 to 1, not -1"),  # type: ignore[arg-type]
        (lambda: Company(weekly_hours=-1), "weekly_hours must be a number above 0, not -1"),  # type: ignore[arg-type]
        (lambda: Company(rates={"sales": Fraction(0)}), "rates['sales'] must be a number above 0, not Fraction(0, "),
        (lambda: Company(exchange={"USD": 0}), "exchange['USD'] must be a number above 0, not 0"),  # type: ignore[dict-item]
        (lambda: Company(currency=7), "currency must be three capital letters (e.g. EUR), not 7"),  # type: ignore[arg-type]
        (lambda: Deal(currency="eur"), "currency must be three capital letters (e.g. EUR), not 'eur'"),
        (lambda: Deal(currency="ÄÖÜ"), "currency must be three capital letters (e.g. EUR), not 'ÄÖÜ'"),
        (lambda: Company(exchange={"dollar": Fraction(1)}), "a key of exchange must be three capital letters"),
        (lambda: Company(rates=None), "rates must be a Mapping, not None (e.g. "),  # type: ignore[arg-type]
        (lambda: Company(exchange=[1]), "exchange must be a Mapping, not [1] (e.g. "),  # type: ignore[arg-type]
    ],
)
def test_what_a_file_may_not_say_a_caller_may_not_say_either(make: Callable[[], object], said: str) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(said)}"):
        make()


def test_the_ends_of_a_range_belong_to_it_and_a_margin_may_be_a_loss() -> None:
    for share in (0, 1):
        assert Deal(win_probability=Fraction(share)).win_probability == share
        assert Company(margin=Fraction(share)).margin == share
    assert Deal(value=Fraction(0), margin=Fraction(-5)).margin == -5


@pytest.mark.parametrize(
    "number",
    [
        1e-320,
        1e300,
        Decimal("1e4000"),
        Decimal("1e5000"),
        Decimal("1e-999999999"),
        Decimal("1e999999999"),
        10**5000,
        Fraction(10**5000),
        Fraction(1, 10**DIGITS),
        -(10**DIGITS),
    ],
    ids=lambda number: type(number).__name__,
)
def test_a_number_that_no_report_can_hold_is_refused(number: Number) -> None:
    with pytest.raises(UsageError, match=r"^margin is .*, out of range"):
        Deal(margin=number)  # type: ignore[arg-type]  # that is what is tested


@pytest.mark.parametrize("digits", ["9" * 60, f"0.{'9' * 58}", "0"])
def test_what_a_table_may_hold_is_no_number_too_many(digits: str) -> None:
    assert Deal(value=Fraction(digits)).value == Fraction(digits)
    assert exact("value", Decimal("0e-999999999")) == 0
