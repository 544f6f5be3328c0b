from fractions import Fraction
from math import exp, factorial

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.content.cost_model import Shape
from fitcheck.decision.cost.cycles import cycle_pmf, mean_cycles, mix_cycles

extras = st.integers(0, 60).map(lambda n: Fraction(n, 20))
mosts = st.integers(1, 10)
shapes: st.SearchStrategy[Shape] = st.sampled_from(("geometric", "poisson"))


def test_geometric_by_hand() -> None:
    # q = 1.5 / 2.5 = 3/5; weights 1, 3/5, 9/25 over 49/25.
    assert cycle_pmf(Fraction(3, 2), 3, "geometric") == (Fraction(25, 49), Fraction(15, 49), Fraction(9, 49))


def test_poisson_by_hand() -> None:
    # Weights 1, 2, 2, 4/3 over 19/3.
    assert cycle_pmf(Fraction(2), 4, "poisson") == tuple(Fraction(n, 19) for n in (3, 6, 6, 4))


@given(extras, mosts, shapes)
def test_probabilities_add_up_to_one_and_go_no_further_than_the_most(extra: Fraction, most: int, shape: Shape) -> None:
    pmf = cycle_pmf(extra, most, shape)
    assert sum(pmf) == 1
    assert len(pmf) == (most if extra else 1)
    assert all(p > 0 for p in pmf)


@given(extras.filter(bool), shapes)
def test_without_truncation_the_mean_is_one_more_than_the_extra_cycles(extra: Fraction, shape: Shape) -> None:
    assert float(mean_cycles(cycle_pmf(extra, 150, shape))) == pytest.approx(1 + float(extra))


@given(extras, mosts)
def test_shapes_are_the_truncated_textbook_ones(extra: Fraction, most: int) -> None:
    e = float(extra)
    geometric = [(e / (1 + e)) ** k for k in range(most)]
    poisson = [exp(-e) * e**k / factorial(k) for k in range(most)]
    shapes: list[tuple[Shape, list[float]]] = [("geometric", geometric), ("poisson", poisson)]
    for shape, weights in shapes:
        pmf = [*map(float, cycle_pmf(extra, most, shape)), *[0.0] * most]
        assert pmf[:most] == pytest.approx([weight / sum(weights) for weight in weights])


@given(extras, extras, mosts, shapes)
def test_more_extra_cycles_never_make_fewer_cycles(one: Fraction, other: Fraction, most: int, shape: Shape) -> None:
    few, many = (mean_cycles(cycle_pmf(extra, most, shape)) for extra in sorted((one, other)))
    assert few <= many


def test_a_mixture_weighs_its_parts() -> None:
    once, half = (Fraction(1),), (Fraction(1, 2), Fraction(1, 2))
    assert mix_cycles([once, half], [Fraction(1, 3), Fraction(2, 3)]) == (Fraction(2, 3), Fraction(1, 3))
    assert mix_cycles([once, half], [Fraction(1), Fraction(0)]) == once
    assert mean_cycles((Fraction(2, 3), Fraction(1, 3))) == Fraction(4, 3)
