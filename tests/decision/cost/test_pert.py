from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.content.cost_model import ThreePoint
from fitcheck.decision.cost.pert import Amount, Growth, pert

figures = st.lists(st.integers(0, 400).map(lambda n: Fraction(n, 4)), min_size=3, max_size=3).map(
    lambda figure: ThreePoint(*sorted(figure))
)
amounts = st.builds(Amount, *[st.integers(0, 50).map(lambda n: Fraction(n, 3))] * 3)
growths = st.builds(Growth, amounts, amounts)


@pytest.mark.parametrize(
    ("figure", "mean", "variance"),
    [
        # Beta(1 + 4·2/6, 1 + 4·4/6) = Beta(7/3, 11/3) on 2..8: mean 2 + 6·(7/3)/6, variance 36·(7/3)(11/3)/(36·7).
        ((2, 4, 8), Fraction(13, 3), Fraction(77, 9) / 7),
        # Beta(3, 3) on 0..6: mean 3, variance 36·9/252.
        ((0, 3, 6), Fraction(3), Fraction(9, 7)),
        # Beta(1, 5) on 0..6: mean 1, variance 36·5/252.
        ((0, 0, 6), Fraction(1), Fraction(5, 7)),
        # Beta(5, 1), the mirror image.
        ((0, 6, 6), Fraction(5), Fraction(5, 7)),
        ((4, 4, 4), Fraction(4), Fraction(0)),
        ((0, 0, 0), Fraction(0), Fraction(0)),
    ],
)
def test_moments_are_those_of_the_beta_distribution(
    figure: tuple[int, int, int], mean: Fraction, variance: Fraction
) -> None:
    assert pert(ThreePoint(*map(Fraction, figure))) == Amount(mean, variance)


@given(figures)
def test_mean_lies_within_the_figure_and_the_variance_is_that_of_the_beta(figure: ThreePoint) -> None:
    low, likely, high = figure.low, figure.likely, figure.high
    amount = pert(figure)
    assert low <= amount.mean <= high
    if low == high:
        assert amount.variance == 0
    else:
        p, q = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
        assert amount.variance == (high - low) ** 2 * p * q / ((p + q) ** 2 * (p + q + 1))


@given(growths, st.integers(1, 6))
def test_growth_after_some_cycles_is_the_sum_of_that_many_independent_cycles(growth: Growth, cycles: int) -> None:
    assert growth.after(cycles) == sum([growth.cycle] * cycles, growth.deal)


@given(growths, growths, st.integers(1, 6))
def test_growths_add_up(one: Growth, other: Growth, cycles: int) -> None:
    assert (one + other).after(cycles) == one.after(cycles) + other.after(cycles)
    assert (one + other).expected(Fraction(cycles)) == (one + other).after(cycles).total


def test_a_price_scales_the_mean_and_squares_into_the_variance() -> None:
    priced = pert(ThreePoint(Fraction(0), Fraction(3), Fraction(6))).priced(Fraction(100), Fraction(40))
    assert priced == Amount(Fraction(300), Fraction(90_000, 7), Fraction(40))
    assert priced.total == 340
