"""Over drawn prospects the types differ, no dimension is dead, and none decides alone."""

from functools import cache
from random import Random  # noqa: TID251 - seeded
from typing import Any

import pytest
from scripts import script

from fitcheck.decision.content.rubric import STAGES
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.documents.screens import load_screen

SIMULATION = script("benchmarks/simulation.py")
SCREENS = ("pilot", "deal")
DRAWS = (300, 1)


@cache
def behaviours(screen: str) -> dict[str, Any]:
    """What prospects of all types come to, by stage."""
    loaded = load_screen(screen)
    return {stage: SIMULATION.behaviour(loaded, stage, *DRAWS) for stage in STAGES}


def test_the_same_seed_draws_the_same_prospects() -> None:
    card = compile_scorecard(load_screen("pilot"), "pilot")
    first, again, other = (SIMULATION.draw(card, "good", Random(seed)) for seed in (1, 1, 2))  # noqa: S311 - no secret
    assert first == again
    assert first != other


@pytest.mark.parametrize("percent", [20, 70, 100])
def test_no_more_is_kept_than_is_needed_for_the_share_known(percent: int) -> None:
    card = compile_scorecard(load_screen("deal"), "growth")
    answers = SIMULATION.draw(card, "ordinary", Random(3))  # noqa: S311 - no secret
    weights = {line.question.id: line.weight for line in card.lines}
    kept = list(SIMULATION.partly_known(card, answers, percent))
    known = sum(weights[question] for question in kept)
    assert 100 * (known - weights[kept[-1]]) < percent * card.whole <= 100 * known


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("percent", [40, 100])
def test_good_prospects_are_pursued_far_more_often_than_hard_ones(screen: str, percent: int) -> None:
    for stage in STAGES:
        scorers = [Scorer(load_screen(screen), stage)]
        hard, ordinary, good = (
            SIMULATION.pursued(scorers, of_type, percent, DRAWS)[0] for of_type in ("hard", "ordinary", "good")
        )
        assert hard <= 0.02
        assert hard <= ordinary <= 0.3
        assert good >= 0.6


@pytest.mark.parametrize("screen", SCREENS)
def test_no_dimension_is_dead(screen: str) -> None:
    by_stage = behaviours(screen).values()
    for rubric in load_screen(screen).rubrics:
        assert max(found.correlation[rubric.id] for found in by_stage) > 0.1, rubric.id


@pytest.mark.parametrize("screen", SCREENS)
def test_no_dimension_and_no_gate_decides_alone(screen: str) -> None:
    for found in behaviours(screen).values():
        assert max(found.correlation.values()) < 0.85
        assert all(share < (1 - found.pursue) / 2 for share in found.decides.values())
