"""What a scorer works out, and what it leaves alone; that verdicts are right see `test_assess`."""

from dataclasses import replace
from unittest.mock import Mock

import pytest
from hypothesis import given as forall, settings
from strategies import Situation, situations

from fitcheck.decision.verdict import scorer as verdict
from fitcheck.decision.verdict.scorer import Judgement, Scorer


def scorer_of(situation: Situation) -> Scorer:
    return Scorer(situation.screen, situation.stage, situation.company)


def judged(situation: Situation) -> Judgement:
    return scorer_of(situation).judge(situation.prospect)


@settings(max_examples=200)
@forall(situations())
def test_odds_are_worked_out_only_where_the_verdict_depends_on_them(situation: Situation) -> None:
    asked = Mock(return_value=verdict.HALF)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdict, "pursue_probability", asked)
        found = judged(situation)
    assert asked.called == (not found.settled and not found.too_little_known)
    if found.too_little_known:
        assert found.verdict == "not now"


@settings(max_examples=200)
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
