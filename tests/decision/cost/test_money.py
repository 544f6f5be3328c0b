from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import ASSUMED, Situation, completions, given, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Company,
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
from fitcheck.decision.content.rubric import STAGES, MoneyGate, Stage
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


@settings(max_examples=60, deadline=None)
@forall(with_cost(), st.data())
def test_the_gate_is_that_of_every_completion(
    drawn: tuple[Situation, Scorecard, MoneySide], data: st.DataObject
) -> None:
    """It fails where even the cheapest completion with most trust is above 5/4 of the limit; else likely ones speak."""
    situation, card, side = drawn
    most = 0 if side.dimension is None else card.dimensions[side.dimension].most
    low, high = sorted(data.draw(st.tuples(st.integers(0, most), st.integers(0, most))))
    limit = side.terms.limit
    if limit is None:
        assert side.state(high, low) == "pass"
        return
    costs = [completion.bounds(side.band(high)).likely for completion, _ in cost_completions(situation)]
    if all(4 * cost > 5 * limit for cost in costs):
        assert side.state(high, low) == "fail"
    else:
        assert side.state(high, low) == ("at risk" if side.bounds(side.band(low)).likely > limit else "pass")


@settings(max_examples=60, deadline=None)
@forall(with_cost())
def test_more_trust_never_costs_more(drawn: tuple[Situation, Scorecard, MoneySide]) -> None:
    """Expected cost falls, or stays, from band to band."""
    _, _, side = drawn
    for lower, higher in pairwise(side.bounds(side.band(first)) for first in (0, *side.cuts)):
        assert all(after <= before for before, after in zip(lower, higher, strict=True))


def priced(
    bands: tuple[Band, ...],
    *,
    deal: Deal,
    answers: Mapping[str, str] | None = None,
    stages: frozenset[Stage] = frozenset(STAGES),
) -> Situation:
    """
    The worked example with a cost that is easy to work out.

    A talk of 6 hours at 100 an hour comes once, a workshop of 10 hours and 50 expenses with every cycle; references
    take 20 hours if asked for. At most two cycles, half of the deal's value is margin, and all of it may be spent,
    as all such deals are won.
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
    gate = MoneyGate("a dollar for a dollar", win_rate=Fraction(1), stages=stages)
    screen = replace(situation.screen, cost=model, money_gate=gate)
    told = {id_: given(option) for id_, option in (answers or {}).items()}
    return replace(situation, screen=screen, prospect=replace(situation.prospect, deal=deal)).answering(told)


def money_gate_of(situation: Situation) -> Gate:
    (gate,) = [
        gate
        for gate in assess(situation.screen, situation.prospect, situation.stage, company=situation.company).gates
        if gate.id == "money"
    ]
    return gate


WARY = (Band(Fraction(50), Fraction(1), "wary"), Band(None, Fraction(0), "trusting"))


@pytest.mark.parametrize(
    ("answer", "value", "state", "says"),
    [
        ("no", 4_000, "pass", "costs about EUR 2,000 and is worth up to 2,000"),
        ("no", 3_999, "at risk", "this deal has 2,000; too close to the limit for an estimate to decide"),
        (
            "no",
            3_200,
            "at risk",
            "but is worth 1,600 at most; it would take a margin of 2,000, this deal has 1,600",
        ),
        ("no", 3_199, "fail", "costs about EUR 2,000 but is worth 1,600 at most"),
        ("yes", 8_000, "pass", "costs about EUR 4,000 and is worth up to 4,000"),
        ("yes", 6_399, "fail", "costs about EUR 4,000"),
        (None, 4_000, "pass", "costs about EUR 2,000 and is worth up to 2,000"),
        (
            None,
            3_300,
            "at risk",
            "1,650 at most; it would take a margin of 2,000, this deal has 1,650; this decides it",
        ),
        (None, 3_000, "fail", "costs about EUR 2,000 but is worth 1,500 at most"),
    ],
)
def test_worked_example_at_the_money_gate(answer: str | None, value: int, state: str, says: str) -> None:
    """
    Trust has 40 % of its points, below 50 %: one extra cycle expected, q = 1/2, at most two.

    p = (2/3, 1/3), 4/3 cycles. Cost: talk 600, workshops 4/3 × (1000 + 50) = 1400, references 0 or 2000: 2000 or 4000.
    The limit is the margin, half of the value, and the gate bears 5/4 of it. Both answers are alike, so the first is
    the likely one.
    """
    situation = priced(WARY, deal=Deal(value=Fraction(value)), answers={"asked": answer} if answer else {})
    gate = money_gate_of(situation)
    assert gate.state == state
    assert says in gate.because
    assert gate.why == "a dollar for a dollar"


def test_the_likely_answer_puts_it_at_risk_and_the_question_that_decides_is_named() -> None:
    """If three of four ask for references, the likely cost is 4000; 2000 is possible, so it does not fail."""
    situation = priced(WARY, deal=Deal(value=Fraction(4_000)))
    cost = situation.screen.cost
    assert cost is not None
    asking = replace(cost, priors={"asked": {"no": 1, "yes": 3}})
    gate = money_gate_of(replace(situation, screen=replace(situation.screen, cost=asking)))
    assert gate.state == "at risk"
    assert gate.because.endswith("; this decides it: ?")


def test_our_limit_in_hours_is_a_gate_that_speaks_of_hours() -> None:
    """
    Talk 6 hours and 4/3 workshops of 10: 19.33 hours, with references 39.33; expenses don't count.

    Trust is not best: candour is guarded, and known.
    """

    def gate(allowed: int, answer: str | None, spent: int = 0) -> Gate:
        deal = Deal(value=Fraction(1), hours_spent={"presales": Fraction(spent)})
        situation = priced(WARY, deal=deal, answers={"asked": answer} if answer else {}, stages=frozenset({"mature"}))
        return money_gate_of(replace(situation, company=Company(pilot_hours=Fraction(allowed))))

    assert gate(20, "no").state == "pass"
    assert gate(20, "no").because == "closing takes about 19 hours; your limit is 20 hours"
    assert gate(20, "no").title == "Hours to close"
    assert gate(19, "no").state == "at risk"
    assert gate(15, "no").state == "fail"
    assert gate(15, None).because == "closing takes about 19 hours; your limit is 15 hours"
    assert gate(30, "yes").state == "fail"
    assert gate(30, "yes", spent=9).state == "at risk"
    assert gate(30, "yes", spent=10).state == "pass"


def test_where_the_gate_does_not_hold_cost_never_decides() -> None:
    situation = priced(WARY, deal=Deal(value=Fraction(1)), answers={"asked": "yes"}, stages=frozenset({"mature"}))
    found = assess(situation.screen, situation.prospect, situation.stage)
    assert "money" not in [gate.id for gate in found.gates]
    assert found.verdict == "pursue"
    assert not found.warnings
    assert found.cost is not None
    assert found.cost.expected == 4_000


def test_trust_at_the_bound_of_a_band_is_in_the_better_one() -> None:
    """Guarded candour has two fifths of the points: below 40 % it is not, and below 40.01 % it is."""
    deal = Deal(value=Fraction(3_500))
    better = (replace(WARY[0], below=Fraction(40)), WARY[1])
    wary = (replace(WARY[0], below=Fraction("40.01")), WARY[1])
    assert "1,650 and is worth up to 1,750" in money_gate_of(priced(better, deal=deal, answers={"asked": "no"})).because
    assert "2,000 but is worth 1,750 at most" in money_gate_of(priced(wary, deal=deal, answers={"asked": "no"})).because


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
    assert any("the deal value is unknown" in note for note in assessment.cost.notes)
