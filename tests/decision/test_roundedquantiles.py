"""Rounded quantiles that are looked up: those of the solver, rounded."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.case import half_up
from fitcheck.decision.completions import Mixer
from fitcheck.decision.pert import Amount, Growth
from fitcheck.decision.roundedquantiles import RoundedMixer

LEVELS = (0.1, 0.5, 0.9)
amounts = st.builds(
    Amount,
    st.fractions(1, 200, max_denominator=6),
    st.fractions(Fraction(1, 4), 900, max_denominator=4),
    st.fractions(0, 30, max_denominator=2),
)
growths = st.builds(Growth, amounts, amounts)
mixers = st.builds(
    Mixer,
    growths,
    st.lists(st.lists(growths, min_size=2, max_size=3, unique=True), max_size=4).map(
        lambda questions: [{growth: Fraction(1, len(options)) for growth in options} for options in questions]
    ),
    st.sampled_from((Fraction(0), Fraction(3, 10))),
)
cycles = st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any)


@given(mixers, st.lists(cycles, min_size=1, max_size=6), st.sampled_from((0, 1)))
def test_looked_up_quantiles_are_those_of_the_solver_whatever_was_looked_up_before(
    mixer: Mixer, drawn: list[list[int]], places: int
) -> None:
    rounded = RoundedMixer(mixer, 10**places)
    for weights in drawn:
        mixture = mixer.mixture([Fraction(weight, sum(weights)) for weight in weights])
        # none is told where two distributions lie so far apart that nothing is between them
        assert rounded.quantiles(weights, LEVELS) in (None, [half_up(x, places) for x in mixture.quantiles()])
        assert rounded.mean(weights) == mixture.mean


def test_a_value_with_a_probability_of_its_own_is_left_to_the_solver() -> None:
    certain = Growth(Amount(Fraction(5), Fraction(0), Fraction(1)), Amount(Fraction(1), Fraction(0), Fraction(0)))
    rounded = RoundedMixer(Mixer(certain, [], Fraction(0)), 10)
    assert rounded.quantiles([1, 1], LEVELS) is None
    assert rounded.mean([1, 1]) == Fraction(15, 2)


@pytest.mark.parametrize(
    ("nudge", "found"), [(Fraction(0), None), (Fraction(1, 10**5), 13.0), (-Fraction(1, 10**5), 12.0)]
)
def test_a_quantile_on_a_border_is_left_to_the_solver(nudge: Fraction, found: float | None) -> None:
    # a median does not move with the spread: of mean m and variance m² (e^s² − 1) it is m / e^(s² / 2); with a
    # variance of 3 m² that is m / 2, here 12.5, where rounding turns
    mean = 25 + nudge
    bell = Growth(Amount(mean, 3 * mean * mean, Fraction(0)), Amount(Fraction(0), Fraction(0), Fraction(0)))
    told = RoundedMixer(Mixer(bell, [], Fraction(0)), 1).quantiles([1], [0.5])
    assert told == (None if found is None else [found])
