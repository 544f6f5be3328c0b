from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.exact import Number, exact
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
    with pytest.raises(UsageError, match=r"^value is .*, which is no number"):
        exact("value", number)


def test_money_is_exact_whoever_made_the_deal_or_the_company() -> None:
    deal = Deal(value=1000.5, margin=700, win_probability=0.3)  # type: ignore[arg-type]  # that is what is tested
    assert (deal.value, deal.margin, deal.win_probability) == (Fraction(2001, 2), Fraction(700), Fraction(3, 10))
    assert {type(deal.value), type(deal.margin), type(deal.win_probability)} == {Fraction}
    ours = Company(margin=0.7, rates={"presales": 99.9}, weekly_hours=12.5, exchange={"USD": Decimal("0.92")})  # type: ignore[arg-type, dict-item]
    assert (ours.margin, ours.weekly_hours) == (Fraction(7, 10), Fraction(25, 2))
    assert (ours.rates, ours.exchange) == ({"presales": Fraction(999, 10)}, {"USD": Fraction(23, 25)})


def test_a_wrong_number_is_refused_where_it_is_given() -> None:
    with pytest.raises(UsageError, match=r"win_probability is '30 %', which is no number"):
        Deal(win_probability="30 %")  # type: ignore[arg-type]  # that is what is tested
    with pytest.raises(UsageError, match=r"rates\['presales'\] is None"):
        Company(rates={"presales": None})  # type: ignore[dict-item]  # that is what is tested
