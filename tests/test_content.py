"""The content that ships: every case, everything covered, nothing odd, and its records fresh."""

from collections.abc import Callable
from functools import cache

import pytest
from scripts import script

from fitcheck.decision.score.rounding import decimal
from fitcheck.documents.anything import KINDS, load_any
from fitcheck.documents.cases import load_cases
from fitcheck.documents.costs import load_cost
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen
from fitcheck.proof.cases import Outcome, run
from fitcheck.proof.coverage import coverage
from fitcheck.proof.lint import lint

STORIES = 30
"""Least number of cases that begin with call notes."""


@cache
def outcomes() -> tuple[Outcome, ...]:
    """What became of every built-in case."""
    return tuple(run(case) for file in load_cases() for case in file.cases)


def test_every_case_is_as_expected() -> None:
    failed = {(o.case.file, o.case.id): o.mismatches for o in outcomes() if not o.as_expected}
    assert failed == {}


def test_the_cases_cover_everything() -> None:
    found = coverage([load_screen(name) for name in names("screen")], outcomes())
    assert [f"{gap.of}: {gap.text}" for gap in found.gaps] == []


def test_there_are_enough_stories_and_each_has_a_lesson() -> None:
    stories = [outcome.case for outcome in outcomes() if outcome.case.story]
    assert len(stories) >= STORIES
    assert all(case.lesson for case in stories)
    assert len({case.story for case in stories}) == len(stories)


def test_no_case_is_told_twice() -> None:
    every = [outcome.case for outcome in outcomes()]
    assert len({case.prospect.id for case in every}) == len(every)


@pytest.mark.parametrize("name", sorted({name for kind in KINDS for name in names(kind)}))
def test_nothing_is_odd_about_the_content(name: str) -> None:
    assert {(f.code, f.file, f.path): f.message for f in lint(load_any(name))} == {}


def test_the_verdicts_of_all_cases_are_those_on_record(golden: Callable[[str, str], None]) -> None:
    lines = ["case\tscreen\tstage\tverdict\tstanding\tscore\tthreshold\tfailing gates"]
    for outcome in outcomes():
        case, found = outcome.case, outcome.assessment
        gates = " ".join(sorted(gate.id for gate in found.failed_gates))
        standing = "settled" if found.settled else "open"
        scores = f"{decimal(found.score, 2)}\t{decimal(found.threshold, 2)}"
        lines.append(
            f"{case.prospect.id}\t{case.screen.id}\t{case.stage}\t{found.verdict}\t{standing}\t{scores}\t{gates}".rstrip()
        )
    golden("verdicts.tsv", "\n".join(lines) + "\n")


def test_the_generated_tables_and_the_record_of_versions_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert script(".ci/generate.py").main(["--check"]) == 0, capsys.readouterr().out


def test_the_cost_model_for_comparison_is_that_of_deals_but_for_the_cycles() -> None:
    deal, comparison = load_cost("deal"), load_cost("comparison")
    for field in ("activities", "rates", "margin", "spread", "lead_weeks", "currency", "priors"):
        assert getattr(comparison, field) == getattr(deal, field), field
    assert [(q.id, q.options) for q in comparison.questions] == [(q.id, q.options) for q in deal.questions]
