from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.cost.mixture import Mixture

Key = tuple[int, int, int]
LEVELS = (0.1, 0.5, 0.9)
bells = st.tuples(st.integers(1, 500), st.integers(1, 100_000), st.integers(0, 300))
points = st.tuples(st.integers(0, 500), st.just(0), st.integers(0, 300))


def mixtures(keys: st.SearchStrategy[Key]) -> st.SearchStrategy[Mixture]:
    components = st.dictionaries(keys, st.integers(1, 30), min_size=1, max_size=8)
    return st.builds(Mixture, components, st.sampled_from((1, 4, 60)))


def probability(mixture: Mixture, x: float) -> float:
    """P(X <= x) by the standard library's normal distribution."""
    found = 0.0
    for (mean, variance, shift), weight in mixture.components.items():
        beyond = x * mixture.unit - shift
        if variance:
            s2 = log(1 + variance / mean**2)
            part = NormalDist(log(mean) - s2 / 2, sqrt(s2)).cdf(log(beyond)) if beyond > 0 else 0.0
        else:
            part = float(beyond >= mean)
        found += weight * part
    return found / sum(mixture.components.values())


def test_one_lognormal_has_its_textbook_quantiles() -> None:
    # Mean 4 and variance 16·(e − 1), so that the logarithm has the variance 1 and the mean ln 4 − 1/2.
    unit = 10**9
    variance = Fraction(16 * (exp(1) - 1))
    mixture = Mixture({(4 * unit, round(variance * unit * unit), 3 * unit): 1}, unit)
    z = 1.2815515655446004
    expected = [3 + exp(log(4) - 0.5 + step) for step in (-z, 0, z)]
    assert [float(x) for x in mixture.quantiles()] == pytest.approx(expected, rel=1e-9)


def whole(*values: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, values))


def test_what_is_certain_has_exact_quantiles() -> None:
    assert Mixture({(0, 0, 0): 1}, 1).quantiles() == whole(0, 0, 0)
    assert Mixture({(1, 0, 2): 5}, 3).quantiles() == whole(1, 1, 1)


def test_a_quantile_on_a_step_is_the_lower_value() -> None:
    mixture = Mixture({(2, 0, 0): 1, (3, 0, 0): 4, (5, 0, 0): 5}, 1)
    assert mixture.quantiles() == whole(2, 3, 5)


def test_nothing_at_all_may_be_likely_beside_something() -> None:
    # Nothing with probability 1/2: P50 is 0, P90 is the 80 % quantile of the rest.
    mixture = Mixture({(0, 0, 0): 1, (4, 8, 0): 1}, 1)
    s2 = log(1.5)
    p90 = exp(log(4) - s2 / 2 + NormalDist().inv_cdf(0.8) * sqrt(s2))
    assert mixture.quantiles()[:2] == whole(0, 0)
    assert float(mixture.quantiles()[2]) == pytest.approx(p90)


@given(mixtures(bells))
def test_quantiles_of_lognormals_have_their_level_of_probability(mixture: Mixture) -> None:
    for x, level in zip(mixture.quantiles(), LEVELS, strict=True):
        assert probability(mixture, float(x)) == pytest.approx(level, abs=1e-9)


@given(mixtures(bells | points))
def test_at_a_quantile_the_probability_reaches_its_level_and_just_below_it_does_not_exceed_it(mixture: Mixture) -> None:
    for x, level in zip(mixture.quantiles(), LEVELS, strict=True):
        assert probability(mixture, float(x) * (1 + 1e-9)) >= level - 1e-7
        assert probability(mixture, float(x) * (1 - 1e-9) if x else -1e-9) <= level + 1e-7


@given(mixtures(bells | points))
def test_quantiles_ascend_from_the_least_value_on(mixture: Mixture) -> None:
    p10, p50, p90 = mixture.quantiles()
    least = min(
        Fraction(shift + (0 if variance else mean), mixture.unit) for mean, variance, shift in mixture.components
    )
    assert least <= p10 <= p50 <= p90


@given(mixtures(bells | points))
def test_the_order_of_components_changes_nothing(mixture: Mixture) -> None:
    backwards = Mixture(dict(reversed(list(mixture.components.items()))), mixture.unit)
    assert backwards.quantiles() == mixture.quantiles()


@given(mixtures(bells | points))
def test_mean_and_variance_are_those_of_the_parts(mixture: Mixture) -> None:
    total = sum(mixture.components.values())
    parts = [
        (Fraction(weight, total), Fraction(mean + shift, mixture.unit), Fraction(variance, mixture.unit**2))
        for (mean, variance, shift), weight in mixture.components.items()
    ]
    mean = sum(share * middle for share, middle, _ in parts)
    assert mixture.mean == mean
    assert mixture.variance == sum(share * (wide + (middle - mean) ** 2) for share, middle, wide in parts)
