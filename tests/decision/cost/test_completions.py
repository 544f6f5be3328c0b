from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.content.cost_model import ThreePoint
from fitcheck.decision.cost import completions
from fitcheck.decision.cost.completions import Alternatives, Mixer
from fitcheck.decision.cost.cycles import cycle_pmf
from fitcheck.decision.cost.pert import NOTHING, Amount, Growth, pert

small = st.integers(0, 12).map(lambda n: Fraction(n, 2))
# What has no mean has no variance either.
amounts = st.builds(lambda mean, variance, fixed: Amount(mean, mean * variance, fixed), small, small, small)
growths = st.builds(Growth, amounts, amounts)
pmfs = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(lambda ws: [Fraction(w, sum(ws)) for w in ws])
spreads = st.sampled_from((Fraction(0), Fraction(3, 10), Fraction(1, 3)))


def even_or_not(weighed: dict[Growth, int]) -> Alternatives:
    return {growth: Fraction(weight, sum(weighed.values())) for growth, weight in weighed.items()}


alternatives = (
    st.dictionaries(growths, st.integers(0, 3), min_size=1, max_size=3)
    .filter(lambda weighed: any(weighed.values()))
    .map(even_or_not)
)


@pytest.mark.parametrize("branches", [1, 3, 128])
@given(growths, st.lists(alternatives, max_size=3), pmfs, spreads)
def test_mean_and_variance_are_exact_however_many_branches_are_kept_apart(
    branches: int, known: Growth, unknown: Sequence[Alternatives], cycles: Sequence[Fraction], spread: Fraction
) -> None:
    first = second = Fraction(0)
    for picked in product(*(question.items() for question in unknown)):
        growth = sum((added for added, _ in picked), known)
        for n, chance in enumerate(cycles, start=1):
            amount = growth.after(n)
            share = chance * prod(share for _, share in picked)
            # E and Var of F·L + c with independent F (mean 1) and L.
            variance = (1 + spread**2) * (amount.variance + amount.mean**2) - amount.mean**2
            first += share * amount.total
            second += share * (variance + amount.total**2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completions, "MOST_BRANCHES", branches)
        mixture = Mixer(known, unknown, spread).mixture(cycles)
    assert mixture.mean == first
    assert mixture.variance == second - first**2


@given(growths, st.lists(alternatives, max_size=4), pmfs, spreads)
def test_no_component_is_negative_or_spread_around_nothing(
    known: Growth, unknown: Sequence[Alternatives], cycles: Sequence[Fraction], spread: Fraction
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completions, "MOST_BRANCHES", 2)
        mixture = Mixer(known, unknown, spread).mixture(cycles)
    for (mean, variance, shift), weight in mixture.components.items():
        assert min(mean, variance, shift) >= 0
        assert weight > 0
        assert mean or not variance


def test_there_are_never_more_branches_than_allowed() -> None:
    unknown = [{Growth(Amount(Fraction(k * 4**i))): Fraction(1, 4) for k in range(4)} for i in range(8)]
    assert len(Mixer(NOTHING, unknown, Fraction(0)).mixture([Fraction(1)]).components) == 64
    assert len(Mixer(NOTHING, unknown, Fraction(0)).mixture([Fraction(1, 2), Fraction(1, 2)]).components) == 64


def test_an_answer_stays_the_same_in_all_cycles() -> None:
    # Two cycles for certain, and an answer that adds 0 or 10 to each: 0 or 20 in all, never 10.
    unknown = [{NOTHING: Fraction(1, 2), Growth(cycle=Amount(Fraction(10))): Fraction(1, 2)}]
    mixture = Mixer(NOTHING, unknown, Fraction(0)).mixture([Fraction(0), Fraction(1)])
    assert mixture.quantiles() == (Fraction(0), Fraction(0), Fraction(20))


def test_blurring_the_least_telling_questions_hardly_moves_the_quantiles() -> None:
    def task(hours: int) -> Amount:
        return pert(ThreePoint(Fraction(hours, 2), Fraction(hours), Fraction(2 * hours)))

    known = Growth(task(30), task(12))
    unknown = [
        {NOTHING: Fraction(2, 4), Growth(task(2 * i)): Fraction(1, 4), Growth(task(i), task(i)): Fraction(1, 4)}
        for i in range(1, 8)
    ]
    cycles = cycle_pmf(Fraction(4, 5), 8, "geometric")
    found = Mixer(known, unknown, Fraction(3, 10)).mixture(cycles).quantiles()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completions, "MOST_BRANCHES", 3**7)
        exact = Mixer(known, unknown, Fraction(3, 10)).mixture(cycles).quantiles()
    assert found != exact
    assert [float(x) for x in found] == pytest.approx([float(x) for x in exact], rel=0.005)
