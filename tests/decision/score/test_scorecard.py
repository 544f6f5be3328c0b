"""The exact score: every share against fractions worked out from the screen itself, on the scale from 0 to 100."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as forall, settings, strategies as st
from strategies import (
    LAMBDAS,
    Situation,
    base_rates_of,
    given,
    option_ids,
    shares_of,
    situations,
    types_after,
    worked_example,
)

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.rubric import SIDES, STAGES, Question, Rubric, Screen, Side, Stage, StageRules
from fitcheck.decision.score.prospect_types import TYPES
from fitcheck.decision.score.scorecard import Line, Scorecard, base_rates, compile_scorecard, two_way

sides = st.integers(0, 30) | st.integers(0, 1_000_000)


def compiled(situation: Situation) -> Scorecard:
    """Scorecard of a situation, with what does not apply left out."""
    return compile_scorecard(situation.screen, situation.stage, skipped(situation))


def skipped(situation: Situation) -> frozenset[str]:
    return frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")


def top(situation: Situation, rubric: Rubric) -> Fraction:
    """Points of a dimension."""
    weights = situation.screen.stages[situation.stage].weights
    return 100 * weights[rubric.id] / sum(weights[each.id] for each in situation.screen.rubrics)


def most_of(situation: Situation, question: Question) -> Fraction:
    """Points of a question: its dimension's, shared out among the questions of its side that apply."""
    rubric = next(rubric for rubric in situation.screen.rubrics if question in rubric.questions)
    together = [q for q in rubric.questions if q.side == question.side and q.id not in skipped(situation)]
    return top(situation, rubric) * question.weight / sum(q.weight for q in together)


def exact_two_way(theirs: Fraction, ours: Fraction, trust_lambda: Fraction) -> Fraction:
    """Join both sides by T_λ = (a + b)/2 − λ/2 |a − b|, method §2."""
    return (theirs + ours) / 2 - trust_lambda / 2 * abs(theirs - ours)


def test_every_answer_at_exactly_two_fifths_with_a_threshold_of_40_is_a_pursue() -> None:
    assert verdict_of("0.40", threshold=40) == (Fraction(40), "pursue")


def test_every_answer_a_thousandth_below_one_half_with_a_threshold_of_50_is_not_now() -> None:
    assert verdict_of("0.499", threshold=50) == (Fraction(499, 10), "not now")


def verdict_of(share: str, threshold: int) -> tuple[Fraction, str]:
    """Score and verdict with every answer worth the same share, in three dimensions of questions that divide badly."""
    need, trust = worked_example().screen.rubrics
    rubrics = tuple(
        replace(
            rubric,
            id=f"{rubric.id}{k}",
            questions=tuple(
                replace(q, id=f"{q.id}{k}", options=(replace(q.options[0], points=(Fraction(share),) * len(STAGES)),))
                for q in rubric.questions
            ),
        )
        for k, rubric in enumerate((need, trust, need))
    )
    weights = {rubric.id: Fraction(weight) for rubric, weight in zip(rubrics, (3, 5, 7), strict=True)}
    rules = StageRules(weights, Fraction(threshold))
    screen = replace(worked_example().screen, rubrics=rubrics, stages={"pilot": rules})
    answers = {question.id: given(question.options[0].id) for question in screen.questions}
    found = assess(screen, Prospect("acme", "Acme", answers), "pilot")
    return found.score, found.verdict


@settings(max_examples=150)
@forall(situations(cost=False))
def test_every_share_is_exact(situation: Situation) -> None:
    """Dimensions, questions, options, baselines, threshold and floors are the fractions that the screen says."""
    card, at = compiled(situation), STAGES.index(situation.stage)
    rules = situation.screen.stages[situation.stage]
    assert card.shown(card.threshold) == rules.threshold
    assert [card.shown(dimension.most) for dimension in card.dimensions] == [
        top(situation, rubric) for rubric in situation.screen.rubrics
    ]
    assert [line.question for line in card.lines] == [
        q for q in situation.screen.questions if q.id not in skipped(situation)
    ]
    for line in card.lines:
        most = most_of(situation, line.question)
        assert card.shown(line.most) == most
        assert [card.shown(each) for each in line.points] == [most * o.points[at] for o in line.question.options]
        assert line.gated == tuple(situation.stage in option.gate for option in line.question.options)
        weight = most / 2 if line.question.side else most
        assert card.shown(line.weight) == weight
        assert card.shown(line.baseline) == weight * rules.threshold / 100
    for gate, floor in zip(card.floors, rules.floors, strict=True):
        rubric = card.dimensions[gate.dimension].rubric
        assert (gate.floor, rubric.id) == (floor, floor.rubric)
        assert card.shown(gate.least) == floor.percent / 100 * top(situation, rubric)
        assert gate.side == (SIDES.index(floor.side) if floor.side else 0)


@settings(max_examples=150)
@forall(situations(cost=False))
def test_the_unit_makes_everything_whole(situation: Situation) -> None:
    """What is added, compared or joined, at any λ and on the grid of the odds, is a whole number of units."""
    card = compiled(situation)
    assert card.shown(card.tenth) == Fraction(1, 10)
    for line in card.lines:
        assert sum(line.points) == sum(card.whole * most_of(situation, line.question) / 100 * o.points[
            STAGES.index(situation.stage)] for o in line.question.options)  # fmt: skip
    for dimension in card.dimensions:
        if len(dimension.sides) > 1:
            theirs, ours = ([0, card.tenth, *points] for points in ends(card, dimension.sides))
            for a in theirs:
                for b in ours:
                    exact = exact_two_way(Fraction(a), Fraction(b), situation.screen.trust_lambda)
                    assert card.join((a, b)) == exact


@pytest.mark.parametrize("trust_lambda", LAMBDAS)
def test_the_grid_of_the_odds_is_joined_exactly_where_the_weights_do_not_help(trust_lambda: Fraction) -> None:
    """Trust has 3/5 of the full score, and half of it a question: no third comes from there."""
    screen = worked_example().screen
    need, trust = screen.rubrics
    rubrics = (need, replace(trust, questions=tuple(replace(q, weight=Fraction(1)) for q in trust.questions)))
    need = replace(need, questions=need.questions[:1])
    rules = replace(screen.stages["pilot"], weights={"need": Fraction(2), "trust": Fraction(3)}, floors=())
    screen = replace(screen, rubrics=(need, rubrics[1]), stages={"pilot": rules}, trust_lambda=trust_lambda)
    card = compile_scorecard(screen, "pilot")
    assert card.join((0, card.tenth)) == exact_two_way(Fraction(0), Fraction(card.tenth), trust_lambda)


def ends(card: Scorecard, of_sides: Sequence[Sequence[int]]) -> list[list[int]]:
    """All points that one answer of each side gives."""
    return [[points for i in side for points in card.lines[i].points] for side in of_sides]


@settings(max_examples=100)
@forall(situations(cost=False))
def test_baselines_add_up_to_the_threshold_and_weights_to_the_full_score(situation: Situation) -> None:
    card = compiled(situation)
    assert sum(line.baseline for line in card.lines) == card.threshold
    assert sum(line.weight for line in card.lines) == card.whole
    assert card.score([0] * len(card.lines)) == 0
    assert card.score([line.most for line in card.lines]) == card.whole


@settings(max_examples=100)
@forall(situations(cost=False))
def test_what_does_not_apply_leaves_its_points_to_its_own_side_in_proportion(situation: Situation) -> None:
    whole, card = compile_scorecard(situation.screen, situation.stage), compiled(situation)
    before = {line.question.id: whole.shown(line.most) for line in whole.lines}
    for dimension, old in zip(card.dimensions, whole.dimensions, strict=True):
        assert card.shown(dimension.most) == whole.shown(old.most)
        for side, old_side in zip(dimension.sides, old.sides, strict=True):
            left = {card.lines[i].question.id: card.shown(card.lines[i].most) for i in side}
            kept = sum(before[id_] for id_ in left)
            assert {whole.lines[i].question.id for i in old_side} - set(left) <= skipped(situation)
            assert sum(left.values()) == whole.shown(old.most)
            assert all(most * kept == before[id_] * whole.shown(old.most) for id_, most in left.items())


@settings(max_examples=150)
@forall(situations(cost=False))
def test_an_open_answer_is_guessed_by_base_rates_and_types(situation: Situation) -> None:
    """Its mean under the types, rounded to the line's step, and inside what it can give."""
    card = compiled(situation)
    types = types_after(situation)
    whole = tuple(int(types[h] * 10**30) for h in TYPES)  # as whole odds, far finer than what is compared below
    for line in card.lines:
        assert list(base_rates(situation.screen, line.question, situation.stage).values()) == base_rates_of(
            situation, line.question
        )
        mean = Fraction(0)
        for h in TYPES:
            shares = shares_of(situation, line.question, h)
            mean += types[h] * sum((s * p for s, p in zip(shares, line.points, strict=True)), Fraction(0))
        assert abs(line.expected(whole) - mean) < Fraction(line.step, 2) + 1
        assert min(line.points) <= line.expected(whole) <= max(line.points)


def scaled(screen: Screen, stage: Stage, factor: int) -> Screen:
    """Return the screen with every weight at `stage` times `factor`."""
    rules = screen.stages[stage]
    bigger = replace(rules, weights={id_: weight * factor for id_, weight in rules.weights.items()})
    return replace(screen, stages={**screen.stages, stage: bigger})


@settings(max_examples=50)
@forall(situations(cost=False), st.integers(2, 9))
def test_only_the_proportion_of_a_screens_weights_counts(situation: Situation, factor: int) -> None:
    """Weights 1:2 and 10:20 compile to the same points."""
    card = compiled(situation)
    other = compile_scorecard(scaled(situation.screen, situation.stage, factor), situation.stage, skipped(situation))
    assert (card.lines, card.dimensions, card.floors) == (other.lines, other.dimensions, other.floors)


@forall(sides, sides, st.sampled_from(LAMBDAS))
def test_two_way_is_the_choquet_integral(theirs: int, ours: int, trust_lambda: Fraction) -> None:
    """T_λ is exact where the unit makes it whole; λ = 1 is the minimum, λ = 0 the mean; no side comes first."""
    finest = 2 * trust_lambda.denominator
    a, b = theirs * finest, ours * finest
    found = two_way(a, b, trust_lambda)
    assert found == exact_two_way(Fraction(a), Fraction(b), trust_lambda) == two_way(b, a, trust_lambda)
    assert min(a, b) <= found <= Fraction(a + b, 2)
    if trust_lambda in {0, 1}:
        assert found == (min(a, b) if trust_lambda else Fraction(a + b, 2))


@forall(sides, sides, st.integers(0, 20), st.sampled_from(LAMBDAS))
def test_two_way_never_falls_when_a_side_rises(theirs: int, ours: int, more: int, trust_lambda: Fraction) -> None:
    points = two_way(theirs, ours, trust_lambda)
    assert two_way(theirs + more, ours, trust_lambda) >= points
    assert two_way(theirs, ours + more, trust_lambda) >= points


@forall(sides, sides, st.sampled_from(LAMBDAS), st.sampled_from(LAMBDAS))
def test_a_greater_lambda_never_forgives_more(theirs: int, ours: int, one: Fraction, other: Fraction) -> None:
    """T_λ falls in λ: the more one-sidedness counts, the fewer points."""
    assert two_way(theirs, ours, max(one, other)) <= two_way(theirs, ours, min(one, other))


def test_a_stage_the_screen_does_not_know_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="mature"):
        compile_scorecard(worked_example().screen, "mature")


@pytest.mark.parametrize("side", [None, "theirs"])
def test_a_floor_names_a_side_where_there_are_two_and_none_where_there_are_not(side: Side | None) -> None:
    need, trust = compile_scorecard(worked_example().screen, "pilot").dimensions
    assert need.side_index(None) == 0
    assert [trust.side_index(each) for each in SIDES] == [0, 1]
    with pytest.raises(ValueError, match="sides"):
        (trust if side is None else need).side_index(side)


def shown(card: Scorecard, points: Sequence[int]) -> list[Fraction]:
    return [card.shown(each) for each in points]


def test_worked_example_compiles_to_the_points_worked_out_by_hand() -> None:
    """
    Points as in `worked_example`; option shares 1, 1/2, 0 of pain, 1, 1/4 of goal, 1, 2/5, 0 of candour.

    Baselines: 60 % of 200/9 are 40/3 in need; a side of trust carries half, so 60 % of 100/9, 50/9 and 50/3.
    Floors: 30 % and 35 % of 100/3.
    """
    card = compile_scorecard(worked_example().screen, "pilot")
    ninth = Fraction(100, 9)
    assert card.shown(card.threshold) == 60
    assert shown(card, [dimension.most for dimension in card.dimensions]) == [6 * ninth, 3 * ninth]
    assert shown(card, [line.most for line in card.lines]) == [
        2 * ninth,
        2 * ninth,
        2 * ninth,
        2 * ninth,
        ninth,
        3 * ninth,
    ]
    assert [shown(card, line.points) for line in card.lines] == [
        [2 * ninth, ninth, 0],
        [2 * ninth, ninth / 2],
        [2 * ninth, 0],
        [2 * ninth, 0],
        [ninth, 0],
        [3 * ninth, Fraction(40, 3), 0],
    ]
    assert shown(card, [line.baseline for line in card.lines]) == [
        *[Fraction(40, 3)] * 3,
        Fraction(20, 3),
        Fraction(10, 3),
        Fraction(10),
    ]
    assert shown(card, [gate.least for gate in card.floors]) == [Fraction(10), Fraction(35, 3)]


def test_worked_example_without_its_plan() -> None:
    """A plan that does not apply leaves its points to pain and goal, 100/3 each; trust keeps what it has."""
    card = compile_scorecard(worked_example().screen, "pilot", frozenset({"plan"}))
    assert {line.question.id: card.shown(line.most) for line in card.lines} == {
        "pain": Fraction(100, 3),
        "goal": Fraction(100, 3),
        "promises": Fraction(200, 9),
        "references": Fraction(100, 9),
        "candour": Fraction(100, 3),
    }


def test_an_ordinary_prospect_is_expected_to_give_the_mean_by_base_rates() -> None:
    """
    Pain: 10 × 200/9 + 10 × 100/9 and 3 × 0 for the deal-breaker, by 23, is 3000/207; goal (200/9 + 50/9)/2 = 125/9.

    A good prospect tilts pain by 7, 4, 1: (70 × 200/9 + 40 × 100/9) / 113.
    """
    card = compile_scorecard(worked_example().screen, "pilot")

    def close(line: Line, types: tuple[int, int, int], points: Fraction) -> bool:
        return abs(card.shown(line.expected(types)) - points) < Fraction(1, 10_000)

    pain, goal, *_ = card.lines
    assert close(pain, (0, 1, 0), Fraction(3000, 207))
    assert close(goal, (0, 1, 0), Fraction(125, 9))
    assert close(pain, (0, 0, 1), Fraction(70 * 200 + 40 * 100, 9 * 113))
    assert option_ids(pain.question) == ["severe", "some", "none"]
