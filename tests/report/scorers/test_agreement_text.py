"""How far judges agree, in every format, word for word; to be read as prose where it changes."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from panels import PANELS

from fitcheck.decision.several.agreement import Agreement
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.scorers.agreement_markdown import agreement_markdown
from fitcheck.report.scorers.agreement_text import agreement_lines
from fitcheck.report.scorers.agreement_words import alpha

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module", params=["panel", "panel-too-small"])
def panel(request: pytest.FixtureRequest) -> tuple[str, Agreement]:
    """Judges of many and of few prospects, who see the same thing with a bias and slips of their own."""
    name: str = request.param
    return name, PANELS[name]()


def text(found: Agreement, width: int = 80) -> str:
    return plain(agreement_lines(found, TextOptions(width)))


def test_agreement_at_80_columns(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.txt", text(found))


def test_agreement_in_markdown(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.md", agreement_markdown(found))


@pytest.mark.parametrize("width", [60, 20])
def test_agreement_on_a_narrow_terminal(panel: tuple[str, Agreement], width: int) -> None:
    _, found = panel
    assert max(map(cells, text(found, width).splitlines())) <= width


def test_raw_agreement_and_counts_stand_with_every_question(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    flat = " ".join(text(found).split())
    for question in found.questions:
        assert f"% {question.ask} · {question.question}" in flat
        counts = " · ".join(f"{answer} {count}" for answer, count in question.counts if count)
        assert counts in flat
    assert ("alpha 0." in flat) == (name == "panel")
    assert ("Too few prospects" in flat) == (name != "panel")


def test_the_trap_of_rare_answers_is_said_beside_alpha(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    readings = {question.question: question.reading for question in found.questions}
    assert name != "panel" or "rare answers" in readings.values()
    assert ("so alpha says little" in " ".join(text(found).split())) == ("rare answers" in readings.values())


def test_alpha_is_cut_so_that_it_never_seems_to_reach_a_bound() -> None:
    question = replace(PANELS["panel"]().questions[0], alpha=Fraction(6669, 10_000), low=0.5, high=0.8)
    assert (alpha(question), question.reading) == ("0.666 (0.50 to 0.80)", "unreliable")
    assert alpha(replace(question, alpha=Fraction(-1, 100), low=-0.25)) == "−0.010 (−0.25 to 0.80)"
    assert alpha(replace(question, alpha=None)) == ""


def test_a_prospect_with_one_judge_is_named() -> None:
    assert "one judge agrees with nobody: p99." in " ".join(text(PANELS["panel-too-small"]()).split())
