"""What a scorer says of a prospect, against the rules of the verdict; that its figures are right see `test_assess`."""

from dataclasses import replace
from fractions import Fraction
from unittest.mock import Mock

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import ASSUMED, Situation, given, situations, worked_example

from fitcheck.decision.content.answers import UNKNOWN
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.odds.fit_odds import FitOdds
from fitcheck.decision.score.results import FitState
from fitcheck.decision.verdict.scorer import Judgement, Scorer

HALF = Fraction(1, 2)


def scorer_of(situation: Situation) -> Scorer:
    return Scorer(situation.screen, situation.stage, situation.company)


def judged(situation: Situation) -> Judgement:
    return scorer_of(situation).judge(situation.prospect)


def told(found: Judgement) -> tuple[str, str, Fraction | None]:
    return found.verdict, found.state, found.probability


@settings(max_examples=150)
@forall(situations())
def test_odds_are_worked_out_only_where_the_verdict_depends_on_them(situation: Situation) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FitOdds, "probability", asked := Mock(return_value=HALF))
        found = judged(situation)
        assert found.state
    assert asked.called == (not found.settled and not found.too_little_known and not found.fit_is_sure)


@settings(max_examples=200)
@forall(situations())
def test_verdict_and_state_follow_what_is_known_and_the_odds(situation: Situation) -> None:
    """
    Open below `least_known`: ask first, and not now. Else pursue from one half on, likely from 4/5 and up to 1/5.

    The money gate of an open verdict never fails: that settles it.
    """
    found = judged(situation)
    if found.settled:
        assert told(found)[1:] == ("settled", None)
        return
    assert found.money_state != "fail"
    odds = found.probability
    assert odds is not None
    if found.known < situation.screen.least_known and not found.fit_is_sure:
        assert (found.verdict, found.state) == ("not now", "ask first")
        return
    assert found.verdict == ("pursue" if odds >= HALF else "not now")
    assert found.state == ("leaning" if Fraction(1, 5) < odds < Fraction(4, 5) else "likely")


@settings(max_examples=100)
@forall(situations(), st.data())
def test_what_is_only_reported_is_not_known_and_changes_nothing_else(situation: Situation, data: st.DataObject) -> None:
    """The share known is that of the same prospect without what is only reported; what is settled stays so."""
    answers = situation.prospect.answers
    marked = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    reported = {question: replace(answers[question], kind="reported") for question in marked}
    now, then = judged(situation), judged(situation.answering(reported))
    unmarked = {question: answer for question, answer in reported.items() if answer.state != "n/a"}
    without = judged(situation.answering(dict.fromkeys(unmarked, UNKNOWN)))
    assert then.known == without.known
    assert (then.settled, then.bounds) == (now.settled, now.bounds)
    if then.too_little_known:
        assert then.verdict == "not now"
    else:
        assert told(then) == told(now)


@settings(max_examples=80)
@forall(situations())
def test_leaving_an_answer_out_never_settles(situation: Situation) -> None:
    """What is settled with less is settled with more, and alike: not asked is neither good nor bad."""
    now = judged(situation)
    for question, answer in situation.prospect.answers.items():
        if answer.option is not None:
            without = judged(situation.answering({question: UNKNOWN}))
            if without.settled:
                assert (now.settled, now.verdict) == (True, without.verdict)


@settings(max_examples=150)
@forall(situations())
def test_the_cheapest_answer_to_a_cost_question_never_turns_a_pursue(situation: Situation) -> None:
    """Options of a cost question stand in the order of their cost; the odds of a good prospect rise with the first."""
    now = judged(situation)
    assume(now.costs is not None and now.costs.unknown)
    assert now.costs is not None
    for question in now.costs.unknown:
        then = judged(situation.answering({question: given("o0")}))
        if now.verdict == "pursue":
            assert then.verdict == "pursue"
        if now.settled:
            assert (then.settled, then.verdict) == (True, now.verdict)
        assert now.money_state == "fail" or then.money_state != "fail"
        if now.probability is not None and then.probability is not None:
            assert then.probability >= now.probability


values = st.sampled_from([None, 0, 1, 500, 2_000, 4_000, 8_000, 20_000, 10_000_000])


@settings(max_examples=150)
@forall(situations(), values)
def test_a_price_never_flips_a_verdict_but_by_a_gate_that_fails(situation: Situation, value: int | None) -> None:
    """Below, at, between and above the limits: the odds of the fit, and what is known, have nothing to do with it."""

    def priced(deal: Deal) -> Judgement:
        return judged(replace(situation, prospect=replace(situation.prospect, deal=deal)))

    free = priced(Deal())
    found = priced(Deal(value=None if value is None else Fraction(value)))
    if found.money_state == "fail":
        assert (found.verdict, found.settled) == ("not now", True)
    else:
        assert found.verdict == free.verdict
    if not found.settled and not free.settled:
        assert (found.state, found.probability) == (free.state, free.probability)
    if found.settled and found.verdict == "pursue":
        assert free.settled


@pytest.mark.parametrize(
    ("odds", "verdict", "state"),
    [
        ("1/5", "not now", "likely"),
        ("201/1000", "not now", "leaning"),
        ("499/1000", "not now", "leaning"),
        ("1/2", "pursue", "leaning"),
        ("799/1000", "pursue", "leaning"),
        ("4/5", "pursue", "likely"),
    ],
)
def test_the_words_change_at_one_fifth_one_half_and_four_fifths(odds: str, verdict: str, state: FitState) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FitOdds, "probability", Mock(return_value=Fraction(odds)))
        found = judged(worked_example().answering({"plan": UNKNOWN, "references": given("given")}))
        assert told(found) == (verdict, state, Fraction(odds))


@pytest.mark.parametrize(("hours", "state"), [(0, "settled"), (500, "likely")])
def test_a_fit_that_nothing_can_spoil_is_pursued_whatever_the_grid_says_and_however_little_is_known(
    hours: int, state: FitState
) -> None:
    """
    The threshold is 12.02, and the worst answer gives that much; in tenths it would be 12.0, which is too little.

    Where a tender may be so dear that the money gate fails, the verdict is open, and the fit is as sure as before.
    """
    situation = sure_by_a_hair(hours)
    scorer = scorer_of(situation)
    terms = scorer.deal(Deal())
    assert terms is not None
    found = scorer.judge_codes([-1], scorer.costs((-1,)), replace(terms, limit=Fraction(1)))
    assert told(found) == ("pursue", state, None if state == "settled" else Fraction(1))
    assert not found.too_little_known


def sure_by_a_hair(hours: int) -> Situation:
    worked = worked_example()
    need = worked.screen.rubrics[0]
    goal = need.questions[1]
    levels = tuple(
        replace(option, points=(share,) * 5)
        for option, share in zip(goal.options, (Fraction("0.1204"), Fraction("0.1202")), strict=True)
    )
    need = replace(need, questions=(replace(goal, options=levels),))
    rules = replace(
        worked.screen.stages["pilot"], weights={"need": Fraction(1)}, threshold=Fraction("12.02"), floors=()
    )
    tender = CostQuestion("tender", "Is there one?", "It costs.", (CostOption("no", "No"), CostOption("yes", "Yes")))
    when = Trigger("tender", frozenset({"yes"}))
    writing = Activity("w", "Write", ThreePoint(*[Fraction(hours)] * 3), "sales", "deal", "", ASSUMED, when)
    cycles, rates = Cycles((Band(None, Fraction(0), ""),), ASSUMED), {"sales": Rate(Fraction(100), ASSUMED)}
    model = CostModel("cost", 1, "Cost", (tender,), (writing,), cycles, rates, "EUR", Fraction(0))
    screen = replace(worked.screen, rubrics=(need,), stages={"pilot": rules}, least_known=Fraction(1), cost=model)
    return replace(worked, screen=screen, prospect=replace(worked.prospect, answers={}))


@settings(max_examples=100)
@forall(situations())
def test_the_gates_that_fail_are_those_of_all_gates_that_do(situation: Situation) -> None:
    found = judged(situation)
    every = [replace(gate, evidence=None, where=None) for gate in found.gates(situation.prospect.answers)]
    assert found.failed_gates() == [gate for gate in every if gate.state == "fail"]


@settings(max_examples=50)
@forall(situations())
def test_the_scorer_of_another_stage_is_that_of_the_screen_there(situation: Situation) -> None:
    here = scorer_of(situation)
    for stage in situation.screen.stages:
        there = here.at(stage).judge(situation.prospect)
        alone = judged(replace(situation, stage=stage))
        assert (there.verdict, there.bounds, there.probability) == (alone.verdict, alone.bounds, alone.probability)
