from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import ASSUMED, Situation, chosen_of, completions, given, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    MarginShare,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.rubric import MoneyGate
from fitcheck.decision.cost.money import MoneySide, compiled_for, money_side
from fitcheck.decision.score.results import Gate
from fitcheck.decision.score.scorecard import Scorecard, compile_scorecard


@st.composite
def with_cost(draw: st.DrawFn) -> tuple[Situation, Scorecard, MoneySide]:
    """A situation that has a cost model, compiled."""
    situation = draw(situations())
    assume(situation.screen.cost is not None)
    return situation, *compiled(situation)


def compiled(situation: Situation) -> tuple[Scorecard, MoneySide]:
    prospect, model = situation.prospect, situation.screen.cost
    assert model is not None
    skipped = frozenset(id_ for id_, answer in prospect.answers.items() if answer.state == "n/a")
    card = compile_scorecard(situation.screen, situation.stage, skipped)
    return card, money_side(
        card, compiled_for(model, situation.company), prospect.answers, prospect.deal, situation.company
    )


def cost_completions(situation: Situation) -> Iterator[tuple[MoneySide, Fraction]]:
    """Every way the unknown cost answers could turn out, with its probability; scored answers are left alone."""
    asked = {question.id for question in situation.screen.questions}
    scored = {id_: given("o0") for id_ in asked if situation.prospect.answer(id_).state == "unknown"}
    for completion, probability in completions(situation.answering(scored)):
        yield compiled(completion)[1], probability


def band_of(side: MoneySide, points: int, most: int) -> int:
    """The band as the cost model says it: the first whose `below` lies above these points' percentage of the most."""
    if side.dimension is None:
        return 0
    bands = side.model.cycles.bands
    return next(i for i, band in enumerate(bands) if band.below is None or points * 100 < band.below * most)


@settings(max_examples=80)
@forall(with_cost(), st.data())
def test_cuts_part_the_points_like_the_bands_percentages(
    drawn: tuple[Situation, Scorecard, MoneySide], data: st.DataObject
) -> None:
    """The number of cuts at or below some points is the band that those points fall in."""
    _, card, side = drawn
    assume(side.dimension is not None)
    most = card.dimensions[side.dimension or 0].most
    assume(most)
    near = [points for cut in side.cuts for points in (cut - 1, cut, cut + 1) if 0 <= points <= most]
    points = data.draw(st.sampled_from([0, most, *near]) | st.integers(0, most))
    assert sum(cut <= points for cut in side.cuts) == band_of(side, points, most)


@settings(max_examples=100)
@forall(with_cost(), st.data())
def test_expected_money_and_the_gate_are_those_of_every_completion(
    drawn: tuple[Situation, Scorecard, MoneySide], data: st.DataObject
) -> None:
    """Least and most expected money are attained; the gate passes if all completions do, fails if none does."""
    situation, card, side = drawn
    most = 0 if side.dimension is None else card.dimensions[side.dimension].most
    low, high = sorted(data.draw(st.tuples(st.integers(0, most), st.integers(0, most))))
    costs = [
        cost
        for completion, _ in cost_completions(situation)
        for trust in (low, high)
        for cost in completion.expected(trust, trust)
    ]
    assert side.expected(low, high) == (min(costs), max(costs))
    if side.terms.limit is None:
        assert side.state(low, high) == "pass"
    else:
        held = {cost <= side.terms.limit for cost in costs}
        assert side.state(low, high) == ("unknown" if len(held) > 1 else "pass" if held == {True} else "fail")


@settings(max_examples=100)
@forall(with_cost())
def test_more_trust_never_costs_more(drawn: tuple[Situation, Scorecard, MoneySide]) -> None:
    """Expected money falls, or stays, from band to band."""
    _, _, side = drawn
    costs = [side.expected(first, first) for first in (0, *side.cuts)]
    for (low, high), (low_next, high_next) in pairwise(costs):
        assert low_next <= low
        assert high_next <= high


@settings(max_examples=60)
@forall(with_cost())
def test_the_estimates_mean_is_the_mean_over_every_completion(drawn: tuple[Situation, Scorecard, MoneySide]) -> None:
    """`CostToClose.expected` is the exact mean of expected money over all unknown answers, scored ones and cost."""
    situation, card, side = drawn
    mean = Fraction(0)
    for completion, probability in completions(situation):
        other_card, other = compiled(completion)
        trust = 0
        if other.dimension is not None:
            chosen = chosen_of(other_card, completion.prospect)
            points = [line.points[o or 0] for line, o in zip(other_card.lines, chosen, strict=True)]
            trust = other_card.join(other_card.side_points(points)[other.dimension])
        mean += probability * Fraction(other.expected(trust, trust)[0], other.compiled.unit)
    assert side.estimate(card, chosen_of(card, situation.prospect)).expected == mean


def priced(bands: tuple[Band, ...], *, deal: Deal, answers: Mapping[str, str] | None = None) -> Situation:
    """
    The worked example with a cost that is easy to work out.

    A talk of 6 hours at 100 an hour comes once, a workshop of 10 hours and 50 expenses with every cycle; references
    take 20 hours if asked for. At most two cycles, half of the deal's value is margin, and all of it may be spent.
    """

    def activity(name: str, per: Literal["deal", "cycle"], *hours: int, when: Trigger | None = None) -> Activity:
        figure = ThreePoint(*map(Fraction, hours))
        return Activity(name, name, figure, "presales", per, "it is needed", ASSUMED, when)

    asked = Trigger("asked", frozenset({"yes"}))
    model = CostModel(
        id="cost",
        version=1,
        title="Cost",
        questions=(CostQuestion("asked", "?", "!", (CostOption("no", "no"), CostOption("yes", "yes"))),),
        activities=(
            activity("talk", "deal", 2, 6, 10),
            replace(activity("workshop", "cycle", 10, 10, 10), expenses=Fraction(50)),
            activity("references", "deal", 20, 20, 20, when=asked),
        ),
        cycles=Cycles(bands, ASSUMED, "trust" if len(bands) > 1 else None, most=2),
        rates={"presales": Rate(Fraction(100), ASSUMED)},
        currency="EUR",
        spread=Fraction(0),
        margin=MarginShare(Fraction(1, 2), ASSUMED),
    )
    situation = worked_example()
    screen = replace(situation.screen, cost=model, money_gate=MoneyGate(Fraction(1), "a dollar for a dollar"))
    told = {id_: given(option) for id_, option in (answers or {}).items()}
    return replace(situation, screen=screen, prospect=replace(situation.prospect, deal=deal)).answering(told)


def money_gate_of(situation: Situation) -> Gate:
    (gate,) = [
        gate for gate in assess(situation.screen, situation.prospect, situation.stage).gates if gate.id == "money"
    ]
    return gate


WARY = (Band(Fraction(50), Fraction(1), "wary"), Band(None, Fraction(0), "trusting"))


@pytest.mark.parametrize(
    ("answer", "value", "state", "says"),
    [
        ("no", 4_000, "pass", "2,000; at most 2,000"),
        ("no", 3_999, "fail", "2,000; at most 2,000"),
        ("yes", 8_000, "pass", "4,000; at most 4,000"),
        (None, 4_000, "unknown", "2,000 to 4,000; at most 2,000"),
        (None, 3_000, "fail", "2,000 to 4,000; at most 1,500"),
        (None, 9_000, "pass", "2,000 to 4,000; at most 4,500"),
    ],
)
def test_worked_example_at_the_money_gate(answer: str | None, value: int, state: str, says: str) -> None:
    """
    Trust of 1333 out of 3333 is 39.99 %, below 50 %: one extra cycle expected, q = 1/2, at most two.

    p = (2/3, 1/3), 4/3 cycles. Cost: talk 600, workshops 4/3 × (1000 + 50) = 1400, references 0 or 2000: 2000 or 4000.
    The gate allows the margin, half of the value; exactly as much passes.
    """
    situation = priced(WARY, deal=Deal(value=Fraction(value)), answers={"asked": answer} if answer else {})
    gate = money_gate_of(situation)
    assert gate.state == state
    assert says in gate.because
    assert gate.why == "a dollar for a dollar"


def test_trust_at_the_bound_of_a_band_is_in_the_better_one() -> None:
    """Below 39.99 % is wary; guarded candour with 1333 of 3333 points (39.994 %) is not, and at 40 % it is."""
    deal = Deal(value=Fraction(3_500))
    better = (replace(WARY[0], below=Fraction("39.99")), WARY[1])
    wary = (replace(WARY[0], below=Fraction(40)), WARY[1])
    assert "1,650; at most 1,750" in money_gate_of(priced(better, deal=deal, answers={"asked": "no"})).because
    assert "2,000; at most 1,750" in money_gate_of(priced(wary, deal=deal, answers={"asked": "no"})).because


def test_what_the_prospect_teaches_us_counts_as_margin() -> None:
    """A margin of 1500 with 500 of learning allows exactly the cost of 2000."""
    deal = Deal(margin=Fraction(1_500), learning_value=Fraction(500))
    assert money_gate_of(priced(WARY, deal=deal, answers={"asked": "no"})).state == "pass"


def test_without_a_known_margin_there_is_no_money_gate() -> None:
    """A deal of unknown value is not judged by money, and the report says what is missing."""
    situation = priced(WARY, deal=Deal())
    assessment = assess(situation.screen, situation.prospect, situation.stage)
    assert "money" not in [gate.id for gate in assessment.gates]
    assert assessment.cost is not None
    assert assessment.cost.margin is None
    assert any("no deal value is known" in note for note in assessment.cost.notes)
