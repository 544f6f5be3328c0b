from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import given, settings
from strategies import LAMBDAS, Situation, situations, worked_example

from fitcheck.decision.content.cost_model import Activity, Band, Basis, CostModel, Cycles, MarginShare, Rate, ThreePoint
from fitcheck.decision.content.rubric import MoneyGate, Question, Rubric, Screen, Stage
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.proof.reach import reach

MOST = 300
NOT_APPLICABLE = -1

Answers = tuple[tuple[int, ...], ...]
"""Index of the option of every question, by rubric; `NOT_APPLICABLE` where it is n/a."""


def choices(question: Question) -> list[int]:
    """Every way to answer a question."""
    return [*range(len(question.options)), *([NOT_APPLICABLE] if question.not_applicable else [])]


def small(screen: Screen, stage: Stage) -> Screen:
    """The screen with as many of its rubrics, and of their optional questions, as can be enumerated."""
    kept: list[Rubric] = []
    for rubric in screen.rubrics:
        size = prod(len(choices(q)) for r in [*kept, rubric] for q in r.questions)
        if not kept or size <= MOST:
            kept.append(rubric)
    weights = screen.stages[stage].weights
    if not sum(weights[rubric.id] for rubric in kept):
        weights = {**weights, kept[0].id: Fraction(1)}
    ids = {rubric.id for rubric in kept}
    floors = tuple(floor for floor in screen.stages[stage].floors if floor.rubric in ids)
    rules = replace(screen.stages[stage], weights=weights, floors=floors)
    return replace(screen, rubrics=tuple(kept), stages={stage: rules})


def enumerated(screen: Screen, stage: Stage) -> Iterator[tuple[Answers, bool, tuple[bool, ...], tuple[Fraction, ...]]]:
    """Every way to answer everything: answers, whether it is pursued, which floors hold, points by dimension."""
    by_rubric = [list(product(*map(choices, rubric.questions))) for rubric in screen.rubrics]
    for answers in product(*by_rubric):
        chosen = {
            question.id: option
            for rubric, picked in zip(screen.rubrics, answers, strict=True)
            for question, option in zip(rubric.questions, picked, strict=True)
        }
        skipped = frozenset(name for name, option in chosen.items() if option == NOT_APPLICABLE)
        card = compile_scorecard(screen, stage, skipped)
        picked = [(line, chosen[line.question.id]) for line in card.lines]
        sides = card.side_points([line.points[option] for line, option in picked])
        points = tuple(card.join(pair) for pair in sides)
        floors = tuple(sides[floor.dimension][floor.side] >= floor.least for floor in card.floors)
        gated = any(line.gated[option] for line, option in picked)
        pursued = sum(points) >= card.threshold and all(floors) and not gated
        yield answers, pursued, floors, tuple(map(card.shown, points))


@settings(max_examples=60)
@given(situations(cost=False))
def test_reach_is_what_enumerating_every_answer_finds(situation: Situation) -> None:
    stage = situation.stage
    screen = small(situation.screen, stage)
    every = list(enumerated(screen, stage))
    found = reach(screen, stage)

    verdicts = {pursued for _, pursued, _, _ in every}
    assert (found.can_pursue, found.can_decline) == (True in verdicts, False in verdicts)
    dead = {
        (floor.rubric, floor.side)
        for number, floor in enumerate(screen.stages[stage].floors)
        if all(floors[number] for _, _, floors, _ in every)
    }
    assert {(floor.rubric, floor.side) for d in found.dimensions for floor in d.dead} == dead
    for index, dimension in enumerate(found.dimensions):
        assert dimension.least == min(points[index] for *_, points in every)
        assert dimension.most == max(points[index] for *_, points in every)


@settings(max_examples=60)
@given(situations(cost=False))
def test_a_rubric_can_turn_a_verdict_just_if_two_prospects_differ_in_nothing_else(situation: Situation) -> None:
    stage = situation.stage
    screen = small(situation.screen, stage)
    found = reach(screen, stage)
    for index, rubric in enumerate(screen.rubrics):
        verdicts = defaultdict(set)
        for answers, pursued, _, _ in enumerated(screen, stage):
            verdicts[answers[:index] + answers[index + 1 :]].add(pursued)
        assert found.can_turn(rubric.id) == any(len(both) > 1 for both in verdicts.values())


def with_money(screen: Screen, hours: int, *, extra: tuple[str, str] = ("2", "0")) -> Screen:
    """The screen with a money gate, `hours` of work in every cycle, and more cycles below half of trust."""
    own = Basis("own")
    least, most = map(Fraction, extra)
    model = CostModel(
        id="work",
        version=1,
        title="Work",
        questions=(),
        activities=(Activity("talks", "Talks", ThreePoint(*[Fraction(hours)] * 3), "presales", "cycle", "so", own),),
        cycles=Cycles((Band(Fraction(50), least, "thin"), Band(None, most, "firm")), own, rubric="trust"),
        rates={"presales": Rate(Fraction(100), own)},
        currency="EUR",
        spread=Fraction(0),
        margin=MarginShare(Fraction(1, 2), own),
    )
    return replace(screen, cost=model, money_gate=MoneyGate("half of it", Fraction(1, 2)))


def without_gates(screen: Screen, weight_of_trust: str) -> Screen:
    """The worked example without floors, and with another weight for trust beside 2 for need."""
    rules = screen.stages["pilot"]
    weights = {"need": Fraction(2), "trust": Fraction(weight_of_trust)}
    return replace(screen, stages={"pilot": replace(rules, weights=weights, floors=())})


def test_the_money_gate_can_fail_just_if_something_costs_anything() -> None:
    screen = worked_example().screen
    assert reach(with_money(screen, 1), "pilot").money_can_fail
    assert not reach(with_money(screen, 0), "pilot").money_can_fail
    assert not reach(screen, "pilot").money_can_fail


def test_trust_turns_a_verdict_through_the_cost_of_cycles_even_where_its_weight_can_not() -> None:
    light = without_gates(worked_example().screen, "1/100")
    # Of 100 points trust has half of one, and no answers to need give 59.5 to 60.
    assert not reach(light, "pilot").can_turn("trust")
    assert reach(with_money(light, 1), "pilot").can_turn("trust")
    assert not reach(with_money(light, 1, extra=("1", "1")), "pilot").can_turn("trust")


def test_priors_of_zero_hide_nothing_that_is_possible() -> None:
    screen = worked_example().screen
    screen = replace(screen, priors={"pain": {"severe": 0, "some": 0, "none": 1}})
    assert reach(screen, "pilot").can_pursue


def test_the_lambdas_of_the_strategies_cover_both_ends() -> None:
    assert {0, 1} <= set(LAMBDAS)
