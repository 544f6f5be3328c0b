from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import Situation, situations, worked_example

from fitcheck.decision.change.firmness import CONCENTRATION, CriticalWeight, Firmness, firmness, share_below
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard

levels = st.fractions(-1, 1, max_denominator=12)


@pytest.mark.parametrize(
    ("values", "threshold", "share"),
    [
        (["-1", "1"], "0", "1/2"),
        (["-1", "3"], "0", "1/4"),
        (["-1", "-1", "1"], "0", "3/4"),
        (["0.5", "0.5", "0.5", "0.9"], "0.6", "0.578125"),
        (["-1", "-2"], "0", "1"),
        (["1", "2"], "0", "0"),
        (["0", "1"], "0", "0"),
        (["0", "-1"], "0", "1"),
    ],
)
def test_shares_of_weightings_that_are_known(values: list[str], threshold: str, share: str) -> None:
    assert share_below([Fraction(value) - Fraction(threshold) for value in values]) == Fraction(share)


@forall(st.lists(levels.filter(bool), min_size=1, max_size=7, unique=True))
def test_shares_of_distinct_levels_follow_the_sum_over_corners(values: list[Fraction]) -> None:
    # Inclusion and exclusion over the corners of the simplex, which needs all levels to be distinct.
    above = sum(
        (
            value ** (len(values) - 1) / prod(value - other for other in values if other != value)
            for value in values
            if value > 0
        ),
        Fraction(0),
    )
    assert share_below(values) == 1 - above


@forall(levels.filter(lambda x: x < 0), levels.filter(lambda y: y > 0), st.integers(1, 7), st.integers(1, 7))
def test_shares_of_two_repeated_levels_follow_the_beta_distribution(x: Fraction, y: Fraction, a: int, b: int) -> None:
    # The weight w of the upper one is Beta(b, a); w y + (1 − w) x <= 0 as long as w <= −x / (y − x).
    cut, n = -x / (y - x), a + b - 1
    beta = sum((comb(n, j) * cut**j * (1 - cut) ** (n - j) for j in range(b, n + 1)), Fraction(0))
    assert share_below([x] * a + [y] * b) == beta


@forall(st.lists(levels, min_size=1, max_size=8))
def test_the_order_of_levels_does_not_matter(values: list[Fraction]) -> None:
    assert share_below(values) == share_below(sorted(values)) == share_below(values[::-1])


def card_of(weights: Sequence[int], threshold: int = 60) -> Scorecard:
    """Rubrics of one question each with these weights."""
    worked = worked_example()
    need = worked.screen.rubrics[0]
    rubrics = tuple(
        replace(need, id=f"r{i}", questions=(replace(need.questions[1], id=f"q{i}"),)) for i in range(len(weights))
    )
    rules = replace(
        worked.screen.stages["pilot"],
        weights={rubric.id: Fraction(w) for rubric, w in zip(rubrics, weights, strict=True)},
        threshold=Fraction(threshold),
        floors=(),
    )
    return compile_scorecard(replace(worked.screen, rubrics=rubrics, stages={"pilot": rules}), "pilot")


def of_hundred(card: Scorecard, *points: int) -> list[int]:
    """Points of 100 in units of the scorecard."""
    return [each * card.whole // 100 for each in points]


def leaning(card: Scorecard, points: Sequence[int]) -> list[Fraction]:
    """How far each dimension takes the score up or down at its own weight."""
    return [p - Fraction(card.threshold, card.whole) * d.most for p, d in zip(points, card.dimensions, strict=True)]


def test_by_hand() -> None:
    # 50 and 50 points, threshold 60: with 45 and 25 they lean by +15 and −5.
    card = card_of([1, 1])
    found = firmness(card, of_hundred(card, 45, 25))
    assert found.tolerance == Fraction(1, 2)
    # √3 = 1.732...; the first weight alone times a third, the second alone times three.
    assert found.factor == Fraction(173, 100)
    assert found.critical is not None
    assert (found.critical.dimension, found.critical.factor) == ("r0", Fraction(1, 3))
    assert found.equal_weights == "pursue"


@pytest.mark.parametrize(
    ("points", "dimension", "factor"),
    [
        # Leaning by +3, −5, −1: the first alone times 2, the second times 2/5, the third can't do it.
        ([15, 13, 29], "r0", "2"),
        # +5, +1, −3: the first times 2/5, the second can't do it, the third times 2.
        ([17, 19, 27], "r2", "2"),
        # +6, −2, −1: the first times 1/2, the second times 5/2, the third times 4.
        ([18, 16, 29], "r0", "1/2"),
        # +6, −3, −3: on the threshold already.
        ([18, 15, 27], "r0", "1"),
    ],
)
def test_half_as_much_is_as_far_as_twice_as_much(points: list[int], dimension: str, factor: str) -> None:
    card = card_of([20, 30, 50])
    critical = firmness(card, of_hundred(card, *points)).critical
    assert critical == CriticalWeight(dimension, Fraction(factor))


@pytest.mark.parametrize(
    ("points", "share", "equal"),
    [([50, 40], 1, "pursue"), ([10, 0], 0, "not now"), ([30, 30], 1, "pursue")],
)
def test_dimensions_that_agree_are_not_outvoted(points: list[int], share: int, equal: Verdict) -> None:
    card = card_of([1, 1])
    found = firmness(card, of_hundred(card, *points))
    assert found == Firmness(Fraction(1), None, None, Fraction(share), equal)


def test_equal_weights_may_say_something_else() -> None:
    for weights, points, verdict in (([9, 1], (60, 0), "not now"), ([1, 9], (10, 50), "pursue")):
        card = card_of(weights)
        assert firmness(card, of_hundred(card, *points)).equal_weights == verdict


def test_a_dimension_without_weight_says_nothing() -> None:
    three, two = card_of([1, 0, 1]), card_of([1, 1])
    assert firmness(three, of_hundred(three, 45, 0, 25)) == firmness(two, of_hundred(two, 45, 25))


def test_the_share_repeats_every_dimension_by_its_weight() -> None:
    # 20 knots: 15 at +0.2 and 5 at −0.4.
    card = card_of([3, 1])
    found = firmness(card, of_hundred(card, 60, 5))
    assert CONCENTRATION == 20
    assert found.share_pursue == 1 - share_below([1] * 15 + [-2] * 5)
    # However light a dimension is, it stands there once: at −1/2 with no points, where the other is at +1/10.
    light = card_of([99, 1], threshold=50)
    points = [light.dimensions[0].most * 6 // 10, 0]
    assert firmness(light, points).share_pursue == 1 - share_below([1] * 20 + [-5])


points_of = st.lists(st.integers(0, 100), min_size=3, max_size=3)


@settings(max_examples=100)
@forall(situations(unknowns=False, cost=False), points_of)
def test_no_weights_within_the_tolerance_turn_the_verdict_and_the_worst_just_reach_the_threshold(
    situation: Situation, percent: list[int]
) -> None:
    card = compile_scorecard(situation.screen, situation.stage)
    points = [d.most * p // 100 for d, p in zip(card.dimensions, percent, strict=False)]
    leans = leaning(card, points)
    assume(any(leans))
    found = firmness(card, points)
    margin = sum(leans)
    worst = -1 if margin > 0 else 1

    def perturbed(share: Fraction) -> Fraction:
        return sum((a * (1 + (worst if a > 0 else -worst) * share) for a in leans), Fraction(0))

    opposed = any(a > 0 for a in leans) and any(a < 0 for a in leans)
    assert perturbed(found.tolerance) == 0
    within = found.tolerance * Fraction(999, 1000)
    for signs in product((-1, 1), repeat=len(leans)):
        total = sum((a * (1 + sign * within) for a, sign in zip(leans, signs, strict=True)), Fraction(0))
        assert not margin or (total > 0) == (margin > 0)
    assert opposed == (found.factor is not None) == (found.tolerance < 1)
    if found.factor is not None:
        # Rounded down to 0.01: f* itself is √((1 + ε*) / (1 − ε*)).
        square = (1 + found.tolerance) / (1 - found.tolerance)
        assert found.factor**2 <= square < (found.factor + Fraction(1, 100)) ** 2


@settings(max_examples=100)
@forall(situations(unknowns=False, cost=False), points_of)
def test_the_critical_weight_brings_the_score_onto_the_threshold_and_none_is_nearer(
    situation: Situation, percent: list[int]
) -> None:
    card = compile_scorecard(situation.screen, situation.stage)
    points = [d.most * p // 100 for d, p in zip(card.dimensions, percent, strict=False)]
    leans = dict(zip([d.rubric.id for d in card.dimensions], leaning(card, points), strict=True))
    found = firmness(card, points).critical
    margin = sum(leans.values())
    exact = {rubric: (lean - margin) / lean for rubric, lean in leans.items() if lean}
    possible = {rubric: t for rubric, t in exact.items() if t >= 0}
    if found is None:
        assert not possible
        return
    assert margin + leans[found.dimension] * (found.factor - 1) == 0
    # The distance of a factor is that of its inverse; nothing is farther than zero.
    distances = {rubric: max(t, 1 / t) for rubric, t in possible.items() if t}
    if found.factor:
        assert max(found.factor, 1 / found.factor) == min(distances.values())
    else:
        assert not distances
