from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import floor, prod

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, chosen_of, situations, worked_example

from fitcheck.decision.odds.chances import pursue_probability
from fitcheck.decision.odds.unknowns import (
    ALWAYS,
    MoneyOdds,
    band_weights,
    dimension_weights,
)
from fitcheck.decision.score.scorecard import Dimension, Scorecard, compile_scorecard

Chosen = tuple[int | None, ...]
shares = st.fractions(min_value=0, max_value=1, max_denominator=6)


def compiled(situation: Situation) -> tuple[Scorecard, Chosen]:
    skipped = frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")
    card = compile_scorecard(situation.screen, situation.stage, skipped)
    return card, chosen_of(card, situation.prospect)


def enumerated(card: Scorecard, chosen: Chosen) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Every completion as the index of each line's option, with its probability."""
    ranges = [range(len(line.points)) if o is None else [o] for line, o in zip(card.lines, chosen, strict=True)]
    for picked in product(*ranges):
        yield (
            picked,
            prod(
                (
                    Fraction(line.prior[o], sum(line.prior))
                    for line, o, known in zip(card.lines, picked, chosen, strict=True)
                    if known is None
                ),
                start=Fraction(1),
            ),
        )


def side_points(card: Scorecard, dimension: Dimension, picked: Sequence[int]) -> list[int]:
    return [sum(card.lines[i].points[picked[i]] for i in side) for side in dimension.sides]


def points_of(card: Scorecard, dimension: Dimension, picked: Sequence[int]) -> int:
    """T_λ as method §2 writes it, rounded down; the sum in a one-way dimension."""
    got = side_points(card, dimension, picked)
    if len(got) == 1:
        return got[0]
    exact = Fraction(sum(got), 2) - card.screen.trust_lambda / 2 * abs(got[0] - got[1])
    return floor(exact)


def passes(card: Scorecard, picked: Sequence[int]) -> bool:
    """Whether no gate but the money gate fails, and the score reaches the threshold."""
    return (
        not any(line.gated[o] for line, o in zip(card.lines, picked, strict=True))
        and all(
            side_points(card, card.dimensions[gate.dimension], picked)[gate.side] >= gate.least for gate in card.floors
        )
        and sum(points_of(card, dimension, picked) for dimension in card.dimensions) >= card.threshold
    )


@st.composite
def with_money(draw: st.DrawFn) -> tuple[Situation, MoneyOdds]:
    """A situation, and how likely a money gate holds, by the points of one dimension or of none."""
    situation = draw(situations(cost=False))
    card, _ = compiled(situation)
    dimension = draw(st.none() | st.integers(0, len(card.dimensions) - 1))
    cuts: list[int] = []
    if dimension is not None:
        cuts = sorted(draw(st.lists(st.integers(0, card.dimensions[dimension].most + 1), max_size=3)))
    holds = draw(st.lists(shares, min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    return situation, MoneyOdds(dimension, tuple(cuts), tuple(holds))


@settings(max_examples=250)
@given(with_money())
def test_probability_of_pursue_equals_enumeration(drawn: tuple[Situation, MoneyOdds]) -> None:
    """The exact DP equals the sum over every completion, with gates, floors, λ, priors, n/a and a money gate."""
    situation, money = drawn
    card, chosen = compiled(situation)
    expected = Fraction(0)
    for picked, probability in enumerated(card, chosen):
        if passes(card, picked):
            band = 0
            if money.dimension is not None:
                got = points_of(card, card.dimensions[money.dimension], picked)
                band = sum(got >= cut for cut in money.cuts)
            expected += probability * money.holds[band]
    assert pursue_probability(card, chosen, money) == expected


@settings(max_examples=40)
@given(situations(cost=False))
def test_probability_is_the_mean_over_what_one_answer_may_be(situation: Situation) -> None:
    """P = Σ π_o P(· | answer o): learning an answer moves the probability nowhere on average."""
    card, chosen = compiled(situation)
    probability = pursue_probability(card, chosen)
    for i, line in enumerate(card.lines):
        if chosen[i] is None:
            told = [pursue_probability(card, (*chosen[:i], o, *chosen[i + 1 :])) for o in range(len(line.points))]
            assert probability * sum(line.prior) == sum(w * p for w, p in zip(line.prior, told, strict=True))


@settings(max_examples=100)
@given(situations(unknowns=False, cost=False))
def test_probability_of_complete_answers_is_one_or_zero(situation: Situation) -> None:
    """Nothing unknown leaves nothing to chance."""
    card, chosen = compiled(situation)
    assert [o for o in chosen if o is None] == []
    assert pursue_probability(card, chosen) == int(passes(card, [o for o in chosen if o is not None]))


@settings(max_examples=150)
@given(situations(cost=False), st.data())
def test_band_weights_equal_enumeration(situation: Situation, data: st.DataObject) -> None:
    """The probability of each band of a dimension's points counts every completion, whatever the gates say."""
    card, chosen = compiled(situation)
    index = data.draw(st.integers(0, len(card.dimensions) - 1))
    dimension = card.dimensions[index]
    cuts = sorted(data.draw(st.lists(st.integers(0, dimension.most + 1), max_size=3)))
    expected = [Fraction(0)] * (len(cuts) + 1)
    for picked, probability in enumerated(card, chosen):
        expected[sum(points_of(card, dimension, picked) >= cut for cut in cuts)] += probability
    assert list(band_weights(card, chosen, index, cuts)) == expected
    assert sum(expected) == 1


@settings(max_examples=150)
@given(situations(cost=False), st.booleans())
def test_dimension_weights_equal_enumeration(situation: Situation, gates: bool) -> None:
    """Weights of points are exact integers; `gates` drops what fails an option gate or a floor, and only that."""
    card, chosen = compiled(situation)
    for index, dimension in enumerate(card.dimensions):
        own = [i for side in dimension.sides for i in side]
        floors = [gate for gate in card.floors if gate.dimension == index]
        expected: dict[int, int] = {}
        ranges = [range(len(card.lines[i].points)) if chosen[i] is None else [chosen[i] or 0] for i in own]
        for answers in product(*ranges):
            picked = [0] * len(card.lines)
            for i, o in zip(own, answers, strict=True):
                picked[i] = o
            if gates and any(card.lines[i].gated[picked[i]] for i in own):
                continue
            if gates and any(side_points(card, dimension, picked)[gate.side] < gate.least for gate in floors):
                continue
            weight = prod(card.lines[i].prior[picked[i]] for i in own if chosen[i] is None)
            got = points_of(card, dimension, picked)
            expected[got] = expected.get(got, 0) + weight
        weights = dimension_weights(card, chosen, index, gates=gates)
        assert {p: w for p, w in weights.items() if w} == {p: w for p, w in expected.items() if w}
        assert all(type(number) is int for pair in weights.items() for number in pair)


def test_probability_is_zero_where_the_prior_leaves_no_answer_that_passes() -> None:
    """
    "0 says that it never happens": a prior may leave only the answer that fails, whatever the other priors weigh.

    Pain is certain to be none, which fails its gate; promises weigh 600, which needs more than one byte.
    """
    situation = worked_example()
    need, trust = situation.screen.rubrics
    renamed = tuple(replace(question, id=f"{question.id}_again") for question in trust.questions)
    rules = situation.screen.stages["pilot"]
    screen = replace(
        situation.screen,
        rubrics=(need, trust, replace(trust, id="again", questions=renamed)),
        stages={"pilot": replace(rules, weights={**rules.weights, "again": Fraction(1)})},
        priors={"pain": {"severe": 0, "some": 0, "none": 1}, "promises": {"kept": 300, "broken": 300}},
    )
    card = compile_scorecard(screen, "pilot")
    assert pursue_probability(card, [None] * len(card.lines)) == 0


def test_worked_example_with_two_unknown_answers() -> None:
    """
    Goal and promises unknown, with even chances of a clear goal and three in four that promises are kept.

    Known: pain 2223, plan 2222, references 1111, candour 1333 (ours). Promises broken: theirs 1111 >= floor 1000,
    T = 1111; kept: theirs 3333, T = 1333. With the goal clear the score is 2223 + 2222 + 2222 + T: 7778 or 8000;
    vague, 2223 + 556 + 2222 + T: 6112 or 6334. All reach 6000; at a threshold of 62 only three do: 1 − 1/2 × 1/4.
    """
    situation = worked_example()
    screen = replace(situation.screen, priors={"promises": {"kept": 3, "broken": 1}})
    card = compile_scorecard(screen, situation.stage)
    chosen = [0, None, 0, None, 0, 1]
    assert pursue_probability(card, chosen) == 1
    assert pursue_probability(replace(card, threshold=6200), chosen) == 1 - Fraction(1, 2) * Fraction(1, 4)
    assert band_weights(card, chosen, 1, [1200]) == (Fraction(1, 4), Fraction(3, 4))


@pytest.mark.parametrize(("points", "holds"), [(0, "1/5"), (9, "1/5"), (10, "1/2"), (19, "1/2"), (20, "1"), (99, "1")])
def test_a_band_begins_at_its_cut(points: int, holds: str) -> None:
    """`cuts` are the first points of the next band."""
    money = MoneyOdds(0, (10, 20), (Fraction(1, 5), Fraction(1, 2), Fraction(1)))
    assert money.at(points) == Fraction(holds)
    assert ALWAYS.at(points) == 1
