from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st
from strategies import LAMBDAS, Situation, situations, worked_example

from fitcheck.decision.content.rubric import STAGES, Screen, Stage
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.score.scorecard import RANGE, Scorecard, compile_scorecard, largest_remainder, two_way

fractions = st.fractions(min_value=-100, max_value=100, max_denominator=12)
weights = st.lists(st.fractions(min_value=0, max_value=5, max_denominator=4), min_size=1, max_size=6).filter(any)
totals = st.integers(0, 40) | st.just(RANGE)
sides = st.integers(0, 30) | st.integers(0, RANGE)
lambdas = st.sampled_from(LAMBDAS) | st.fractions(min_value=0, max_value=1, max_denominator=20)


def shared_out(parts: Sequence[Fraction], total: int) -> list[int]:
    """
    Hamilton's method as its definition says it: of every set of shares to round up, the best.

    The best set has the greatest sum of remainders; `combinations` lists sets in lexicographic order and
    `max` keeps the first, so ties go to the lower index.
    """
    exact = [part * total / sum(parts) for part in parts]
    whole = [int(share) for share in exact]
    every_set = combinations(range(len(parts)), total - sum(whole))
    best = max(every_set, key=lambda chosen: sum(exact[i] - whole[i] for i in chosen))
    return [units + (i in best) for i, units in enumerate(whole)]


def compiled(situation: Situation) -> Scorecard:
    """Scorecard of a situation, with what does not apply left out."""
    return compile_scorecard(situation.screen, situation.stage, skipped(situation))


def skipped(situation: Situation) -> frozenset[str]:
    return frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")


@settings(max_examples=150)
@given(weights, totals)
def test_largest_remainder_is_hamiltons_method(parts: list[Fraction], total: int) -> None:
    """Shares equal those of the best of all sets of shares to round up, ties to the lower index."""
    assert list(largest_remainder(parts, total)) == shared_out(parts, total)


@given(weights, totals)
def test_shares_add_up_and_lie_within_one_unit_of_the_exact_share(parts: list[Fraction], total: int) -> None:
    """Shares sum to the total, each strictly within one unit of its exact share, and nothing gets nothing."""
    shares = largest_remainder(parts, total)
    assert sum(shares) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(share - part * total / sum(parts)) < 1
        assert part or not share


@given(weights, totals, st.fractions(min_value=Fraction(1, 9), max_value=9))
def test_only_the_proportion_of_weights_counts(parts: list[Fraction], total: int, factor: Fraction) -> None:
    """Multiplying every weight by the same factor changes no share."""
    assert largest_remainder([part * factor for part in parts], total) == largest_remainder(parts, total)


@given(weights, totals)
def test_more_weight_never_gets_fewer_units(parts: list[Fraction], total: int) -> None:
    """Shares are ordered like the weights; equal weights differ by one at most, in favour of the lower index."""
    shares = largest_remainder(parts, total)
    for i, j in combinations(range(len(parts)), 2):
        if parts[i] == parts[j]:
            assert 0 <= shares[i] - shares[j] <= 1
        else:
            assert (shares[i] - shares[j]) * (parts[i] - parts[j]) >= 0


@pytest.mark.parametrize("parts", [[], [0], [0, 0], [1, -1], [2, -1]])
def test_weights_that_cannot_be_shared_by_are_refused(parts: list[int]) -> None:
    """No weight above zero, or one below, is an error and not a division by zero."""
    with pytest.raises(ValueError, match="weights"):
        largest_remainder(parts, 10)


@given(fractions)
def test_half_up_is_the_nearest_integer_and_halves_go_up(value: Fraction) -> None:
    """The result is the one integer n with n − 1/2 <= value < n + 1/2."""
    rounded = half_up(value)
    assert type(rounded) is int
    assert rounded - Fraction(1, 2) <= value < rounded + Fraction(1, 2)


@given(sides, sides)
def test_two_way_is_the_minimum_at_lambda_one_and_the_mean_at_lambda_zero(theirs: int, ours: int) -> None:
    """T_1 = min(a, b); T_0 = (a + b)/2, rounded down."""
    assert two_way(theirs, ours, Fraction(1)) == min(theirs, ours)
    assert two_way(theirs, ours, Fraction(0)) == (theirs + ours) // 2


@given(sides, sides, lambdas)
def test_two_way_is_the_choquet_integral_rounded_down(theirs: int, ours: int, trust_lambda: Fraction) -> None:
    """T_λ = (a + b)/2 − λ/2 |a − b|, method §2, and the order of the sides is irrelevant."""
    exact = Fraction(theirs + ours, 2) - trust_lambda / 2 * abs(theirs - ours)
    points = two_way(theirs, ours, trust_lambda)
    assert type(points) is int
    assert points <= exact < points + 1
    assert points == two_way(ours, theirs, trust_lambda)


@given(sides, sides, lambdas)
def test_two_way_lies_between_the_weaker_side_and_the_mean(theirs: int, ours: int, trust_lambda: Fraction) -> None:
    """min(a, b) <= T_λ <= (a + b)/2, and T_λ = a where both sides are equal."""
    assert min(theirs, ours) <= two_way(theirs, ours, trust_lambda) <= Fraction(theirs + ours, 2)
    assert two_way(theirs, theirs, trust_lambda) == theirs


@given(sides, sides, st.integers(0, 20), lambdas)
def test_two_way_never_falls_when_a_side_rises(theirs: int, ours: int, more: int, trust_lambda: Fraction) -> None:
    """T_λ is monotone in both sides, rounding included."""
    points = two_way(theirs, ours, trust_lambda)
    assert two_way(theirs + more, ours, trust_lambda) >= points
    assert two_way(theirs, ours + more, trust_lambda) >= points


@given(sides, sides, lambdas, lambdas)
def test_a_greater_lambda_never_forgives_more(theirs: int, ours: int, one: Fraction, other: Fraction) -> None:
    """T_λ falls in λ: the more one-sidedness counts, the fewer points."""
    assert two_way(theirs, ours, max(one, other)) <= two_way(theirs, ours, min(one, other))


@settings(max_examples=200)
@given(situations(cost=False))
def test_points_are_shared_out_without_rest(situation: Situation) -> None:
    """Dimensions share 10000 points; each side of each shares its dimension's; line weights add up to twice that."""
    card = compiled(situation)
    assert sum(dimension.most for dimension in card.dimensions) == RANGE
    for dimension in card.dimensions:
        for side in dimension.sides:
            assert sum(card.lines[i].most for i in side) == dimension.most
    assert sum(line.weight for line in card.lines) == 2 * RANGE
    assert [line.question.id for line in card.lines] == [
        question.id for question in situation.screen.questions if question.id not in skipped(situation)
    ]


@settings(max_examples=200)
@given(situations(cost=False))
def test_baselines_add_up_to_twice_the_threshold(situation: Situation) -> None:
    """Each line's baseline is its part of the doubled threshold, within one unit, and nothing is lost."""
    card = compiled(situation)
    assert sum(line.baseline for line in card.lines) == 2 * card.threshold
    for line in card.lines:
        assert abs(line.baseline - Fraction(line.weight * card.threshold, RANGE)) < 1


@settings(max_examples=200)
@given(situations(cost=False))
def test_option_points_are_their_share_of_the_questions_points(situation: Situation) -> None:
    """P_qo = half_up(M_q × u_qo(stage)), and an unknown answer stands at the prior's mean, rounded half up."""
    card = compiled(situation)
    at = STAGES.index(situation.stage)
    for line in card.lines:
        assert line.points == tuple(half_up(line.most * option.points[at]) for option in line.question.options)
        assert line.gated == tuple(situation.stage in option.gate for option in line.question.options)
        named = situation.screen.priors.get(line.question.id, {})
        prior = [named.get(option.id, 0 if named else 1) for option in line.question.options]
        exact = Fraction(sum(w * p for w, p in zip(prior, line.points, strict=True)), sum(prior))
        assert line.expected == half_up(exact)
        assert min(line.points) <= line.expected <= max(line.points)


@settings(max_examples=200)
@given(situations(cost=False))
def test_what_does_not_apply_leaves_its_points_to_its_own_side(situation: Situation) -> None:
    """Dropping questions moves points only inside their rubric and side, never touches others, never takes any away."""
    whole, card = compile_scorecard(situation.screen, situation.stage), compiled(situation)
    assert (card.threshold, card.floors) == (whole.threshold, whole.floors)
    before = {line.question.id: line.most for line in whole.lines}
    for dimension, old in zip(card.dimensions, whole.dimensions, strict=True):
        assert dimension.most == old.most
        for side, old_side in zip(dimension.sides, old.sides, strict=True):
            left = {card.lines[i].question.id: card.lines[i].most for i in side}
            gone = {whole.lines[i].question.id for i in old_side} - set(left)
            assert gone <= skipped(situation)
            if not gone:
                assert left == {id_: before[id_] for id_ in left}
            assert all(most >= before[id_] for id_, most in left.items())


@settings(max_examples=200)
@given(situations(unknowns=False, cost=False))
def test_the_score_lies_in_its_range(situation: Situation) -> None:
    """No points at all score 0, all points everywhere score exactly 10000."""
    card = compiled(situation)
    assert card.score([0] * len(card.lines)) == 0
    assert card.score([line.most for line in card.lines]) == RANGE


@settings(max_examples=200)
@given(situations(cost=False))
def test_a_floor_is_reached_exactly_from_its_percentage_on(situation: Situation) -> None:
    """`least` is `percent` of the dimension's (the side's) maximum, rounded half up like the points of an option."""
    card = compiled(situation)
    for gate in card.floors:
        most = card.dimensions[gate.dimension].most
        assert gate.least == (gate.floor.percent * most + 50) // 100
        assert card.dimensions[gate.dimension].rubric.id == gate.floor.rubric


def scaled(screen: Screen, stage: Stage, factor: int) -> Screen:
    """Return the screen with every weight at `stage` times `factor`."""
    rules = screen.stages[stage]
    bigger = replace(rules, weights={id_: weight * factor for id_, weight in rules.weights.items()})
    return replace(screen, stages={**screen.stages, stage: bigger})


@settings(max_examples=100)
@given(situations(cost=False), st.integers(2, 9))
def test_only_the_proportion_of_a_screens_weights_counts(situation: Situation, factor: int) -> None:
    """Weights 1:2 and 10:20 compile to the same points."""
    card = compiled(situation)
    other = compile_scorecard(scaled(situation.screen, situation.stage, factor), situation.stage, skipped(situation))
    assert (card.lines, card.dimensions, card.floors) == (other.lines, other.dimensions, other.floors)


def test_a_stage_the_screen_does_not_know_is_a_key_error() -> None:
    situation = worked_example()
    with pytest.raises(KeyError, match="mature"):
        compile_scorecard(situation.screen, "mature")


def test_worked_example_compiles_to_the_points_worked_out_by_hand() -> None:
    """
    Every number is worked out from method §0, with the points named in `worked_example`.

    Option points: some pain 2223/2 = 1111.5 → 1112; vague goal 2222/4 = 555.5 → 556; guarded candour
    3333 × 0.4 = 1333.2 → 1333. Unknown: the mean of the options' points, pain (2223 + 1112 + 0)/3 = 1111.67 → 1112,
    goal (2222 + 556)/2 = 1389, references 1111/2 = 555.5 → 556, candour (3333 + 1333)/3 = 1555.33 → 1555.
    Baselines: 60 % of the doubled points 4446, 4444, 4444, 2222, 1111, 3333 are 2667.6, 2666.4, 2666.4, 1333.2,
    666.6, 1999.8; whole parts sum to 11997, so the three largest remainders (.8, .6, .6) get one more.
    Floors: 30 % of 3333 = 999.9 → 1000; 35 % = 1166.55 → 1167.
    """
    situation = worked_example()
    card = compile_scorecard(situation.screen, situation.stage)
    assert card.threshold == 6000
    assert [dimension.most for dimension in card.dimensions] == [6667, 3333]
    assert [line.most for line in card.lines] == [2223, 2222, 2222, 2222, 1111, 3333]
    assert [line.points for line in card.lines] == [
        (2223, 1112, 0),
        (2222, 556),
        (2222, 0),
        (2222, 0),
        (1111, 0),
        (3333, 1333, 0),
    ]
    assert [line.expected for line in card.lines] == [1112, 1389, 1111, 1111, 556, 1555]
    assert [line.baseline for line in card.lines] == [2668, 2666, 2666, 1333, 667, 2000]
    assert [gate.least for gate in card.floors] == [1000, 1167]


def test_worked_example_without_its_plan() -> None:
    """
    A plan that does not apply leaves its 2222 points to pain and goal: 6667 shared by two is 3334 and 3333.

    Trust keeps 2222, 1111 and 3333, and what was not answered keeps its points.
    """
    situation = worked_example()
    card = compile_scorecard(situation.screen, situation.stage, frozenset({"plan"}))
    assert {line.question.id: line.most for line in card.lines} == {
        "pain": 3334,
        "goal": 3333,
        "promises": 2222,
        "references": 1111,
        "candour": 3333,
    }
