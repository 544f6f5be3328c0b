"""Over random answers no dimension is dead, and none decides alone."""

from functools import cache
from typing import Any

import pytest
from scripts import script

from fitcheck.decision.assess import assess
from fitcheck.decision.content.rubric import STAGES
from fitcheck.documents.screens import load_screen

SIMULATION = script("benchmarks/simulation.py")
SCREENS = ("pilot", "deal")
PROSPECTS, SEED = 800, 1


@cache
def behaviours(screen: str, way: str) -> dict[str, Any]:
    """What prospects drawn in a way come to, by stage."""
    loaded = load_screen(screen)
    return {stage: SIMULATION.behaviour(loaded, stage, way, PROSPECTS, SEED) for stage in STAGES}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("way", SIMULATION.WAYS)
def test_the_quick_way_of_judging_agrees_with_assess(screen: str, way: str) -> None:
    loaded = load_screen(screen)
    for stage in ("pilot", "mature"):
        quick = list(SIMULATION.judged(loaded, stage, way, 15, SEED))
        for prospect, judged in zip(SIMULATION.prospects(loaded, way, 15, SEED), quick, strict=True):
            found = assess(loaded, prospect, stage)
            assert (found.verdict == "pursue") == judged.pursue
            assert {gate.id for gate in found.failed_gates} == set(judged.failed)
            assert (found.score >= found.threshold) == judged.reached


def test_the_same_seed_draws_the_same_prospects() -> None:
    loaded = load_screen("pilot")
    first, again, other = (list(SIMULATION.prospects(loaded, "leaning", 3, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize("screen", SCREENS)
def test_both_verdicts_are_common_among_prospects_that_have_been_looked_at_before(screen: str) -> None:
    for found in behaviours(screen, "leaning").values():
        assert 0.1 < found.pursue < 0.6


@pytest.mark.parametrize("screen", SCREENS)
def test_no_dimension_is_dead(screen: str) -> None:
    by_stage = behaviours(screen, "leaning").values()
    for rubric in load_screen(screen).rubrics:
        assert max(found.correlation[rubric.id] for found in by_stage) > 0.1, rubric.id


@pytest.mark.parametrize("screen", SCREENS)
def test_no_dimension_and_no_gate_decides_alone(screen: str) -> None:
    for found in behaviours(screen, "leaning").values():
        assert max(found.correlation.values()) < 0.6
        assert all(share < (1 - found.pursue) / 2 for share in found.decides.values())


@pytest.mark.parametrize("screen", SCREENS)
def test_every_gate_fails_for_some_and_holds_for_others(screen: str) -> None:
    for found in behaviours(screen, "leaning").values():
        assert all(0.02 < share < 0.6 for share in found.fails.values())
