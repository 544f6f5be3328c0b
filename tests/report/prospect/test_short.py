"""The report fits on one screen, says each thing once, and ends with what to do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from conftest import ROOT
from hypothesis import given, settings
from strategies import Situation, situations, worked_example

import fitcheck
from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.score.reasons import ranked
from fitcheck.documents.cases import load_cases
from fitcheck.proof.cases import run
from fitcheck.report import words
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.prospect.short import GATES, MOST, quiet_report, short_report, shortened
from fitcheck.report.text import text_lines

STORIES = [case for file in load_cases() if file.id.startswith(("notes", "stories")) for case in file.cases]
"""Every call note, as four readers answered it, and every other story."""


def told(assessment: Assessment, width: int = 80) -> list[str]:
    return plain(text_lines(short_report(assessment), TextOptions(width=width))).splitlines()


OF_A_DEAL = {"friendly-tender", "large-hostile-deal", "small-complex-deal"}
"""Examples for the screen `deal`; the others are for `pilot`."""


def examples() -> Iterator[Assessment]:
    for file in sorted((ROOT / "examples").glob("*.yaml")):
        if file.name != "company.yaml":
            screen = fitcheck.load_screen("deal" if file.stem in OF_A_DEAL else "pilot")
            prospect = fitcheck.load_prospect(file, screen)
            for stage in screen.stages:
                yield fitcheck.assess(screen, prospect, stage=stage)


def test_every_example_at_every_stage_fits_on_one_screen() -> None:
    for assessment in examples():
        quoted = sum(1 for gate in assessment.failed_gates[:GATES] if gate.evidence)
        assert len(told(assessment)) <= MOST + 2 * (quoted == GATES), assessment.prospect.name


def test_every_story_fits_on_one_screen() -> None:
    assert len(STORIES) > 100
    for case in STORIES:
        assert len(told(run(case).assessment)) <= MOST


@pytest.mark.parametrize("width", [60, 40, 20])
def test_nothing_is_wider_than_a_narrow_terminal(width: int) -> None:
    for case in STORIES[:60]:
        assert max(map(cells, told(run(case).assessment, width))) <= width


@given(situations())
@settings(max_examples=100)
def test_any_prospect_of_any_screen_is_told_of_with_its_verdict_first_and_what_to_do_last(situation: Situation) -> None:
    found = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    lines = told(found)
    assert lines[0].startswith(found.verdict.upper())
    last = [line for line in lines if line.startswith("Next ")]
    assert last
    assert not any(re.match(r"\S", line) for line in lines[lines.index(last[0]) + 1 :])


@given(situations(cost=False))
@settings(max_examples=150)
def test_for_holds_no_weakness_and_against_no_strength_and_together_they_are_all_answers(situation: Situation) -> None:
    found = assess(situation.screen, situation.prospect, situation.stage)
    speaking, against = ([*ranked(found.reasons, which)] for which in ("for", "against"))
    assert all(member.effect > 0 for group in speaking for member in group.members)
    assert all(member.effect < 0 for group in against for member in group.members)
    assert sum(Fraction(group.effect) for group in (*speaking, *against)) == found.effect_of_reasons


@given(situations(cost=False))
@settings(max_examples=100)
def test_what_is_a_deal_breaker_is_not_told_again_as_a_reason(situation: Situation) -> None:
    found = assess(situation.screen, situation.prospect, situation.stage)
    failed = {gate.id for gate in found.failed_gates}
    assert not [member for group in words.against(found) for member in group.members if member.question in failed]


def test_the_order_of_a_screen_is_verdict_why_cost_and_what_next() -> None:
    screen = fitcheck.load_screen("pilot")
    lines = told(fitcheck.assess(screen, fitcheck.load_prospect(ROOT / "examples/quick-fix.yaml", screen)))
    starts = ("NOT NOW", "pilot screen", "0 ", "Deal-breakers", "Against", "For", "Cost", "Change", "--full", "Next")
    at = [next(i for i, line in enumerate(lines) if line.startswith(start)) for start in starts]
    assert at == sorted(at)


def test_an_open_verdict_shows_its_three_questions_in_place_of_what_would_change_it() -> None:
    screen = fitcheck.load_screen("pilot")
    lines = told(fitcheck.assess(screen, {"problem_match": "the_one_we_solve"}))
    assert lines[0].rstrip().endswith("ask first: 4 % answered")
    asked = lines.index("Ask next")
    assert [line[2] for line in lines[asked + 1 :] if re.match(r"  \d ", line)] == ["1", "2", "3"]
    assert not any(line.startswith("Change") for line in lines)
    assert lines[-1].startswith("Next     ask these, then run it again · look again")


def test_whole_points_only_and_more_where_they_would_tell_a_lie() -> None:
    worked = worked_example()
    exact = assess(worked.screen, worked.prospect, worked.stage)
    close = replace(exact, score=exact.threshold - Fraction(2, 5))
    assert told(close)[0].endswith("59.6 of 100, needs 60.0")


def test_one_line_a_prospect_names_verdict_score_state_and_hours_or_why_not() -> None:
    screen = fitcheck.load_screen("pilot")
    files = [ROOT / f"examples/{name}.yaml" for name in ("patient-partner", "quick-fix")]
    found = [fitcheck.assess(screen, fitcheck.load_prospect(file, screen)) for file in files]
    pursued, declined = plain(text_lines(quiet_report(found), TextOptions(width=200))).splitlines()
    assert re.fullmatch(r"PURSUE   Brightloom Logistics · 95 of 100, needs 58 · settled · \d+ h", pursued)
    assert declined == "NOT NOW  Harlow & Pike Freight · 57 of 100 · they want a quick fix for one …"


def test_what_to_run_next_repeats_the_options_that_the_verdict_rests_on() -> None:
    screen = fitcheck.load_screen("deal")
    found = fitcheck.assess(screen, fitcheck.load_prospect(ROOT / "examples/large-hostile-deal.yaml", screen))
    lines = plain(text_lines(short_report(found, " --screen deal"), TextOptions(width=200))).splitlines()
    assert "large-hostile-deal.yaml --screen deal · look again 5 Jun 2026" in lines[-1]


def test_a_quote_is_cut_at_a_word_and_keeps_its_quotes() -> None:
    assert shortened("“We need it to stop, by June”", 20) == "“We need it to …”"
    assert shortened("short", 5) == "short"
