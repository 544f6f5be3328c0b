"""How far scorers agree, in every format, word for word; to be read as prose where it changes."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from fitcheck.api import load_screen
from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.decision.several.agreement import Agreement, agreement
from fitcheck.rendering import render
from fitcheck.report.document import Details
from fitcheck.report.layout import TextOptions, cells
from fitcheck.report.scorers.agreement import agreement_report, alpha

Golden = Callable[[str, str], None]
SCORERS = {"founder": 0, "presales": 3, "support": 1}
"""Scorers, and how strict each is."""


@pytest.fixture(scope="module", params=["panel", "panel-too-small"])
def panel(request: pytest.FixtureRequest) -> tuple[str, Agreement]:
    """Scorers of many and of few prospects, who see the same thing with a bias and slips of their own."""
    name: str = request.param
    return name, _panel(24 if name == "panel" else 4)


def _panel(prospects: int) -> Agreement:
    screen = load_screen("pilot")
    costly = screen.cost.questions if screen.cost else ()
    asked: list[Question | CostQuestion] = [*screen.questions, *costly]
    scored: dict[str, dict[str, Prospect]] = {}
    for p in range(prospects):
        for s, (scorer, strict) in enumerate(SCORERS.items()):
            answers = {}
            for q, question in enumerate(asked):
                # One question is answered alike by nearly all, the others by quality, strictness and a slip.
                slip = (p * 7 + q * 5 + s * 11) % 13
                level = 0 if q == 1 and slip else ((p * 5) % 12 + strict + slip // 4) * len(question.options) // 18
                answers[question.id] = Answer(question.options[min(level, len(question.options) - 1)].id)
                if slip == 6:
                    answers[question.id] = Answer(None, "n/a") if question.not_applicable else UNKNOWN
            if (p + s) % 9:
                scored.setdefault(f"p{p:02}", {})[scorer] = Prospect(f"p{p:02}", f"Prospect {p}", answers)
    scored["p99"] = {"founder": Prospect("p99", "Prospect 99")}
    return agreement(screen, scored, "pilot", stage_from="screen")


def text(found: Agreement, detail: str = "short", width: int = 80) -> str:
    return render(found, "text", TextOptions(width), detail=detail)


def flat(found: Agreement, detail: str = "full") -> str:
    return " ".join(text(found, detail).split())


def test_the_report_at_80_columns(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.txt", text(found))
    golden(f"agreement/{name}-full.txt", text(found, "full"))


def test_the_report_in_markdown(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.md", render(found, "markdown", detail="full"))


def test_the_report_in_html(panel: tuple[str, Agreement], golden: Golden) -> None:
    name, found = panel
    golden(f"agreement/{name}.html", render(found, "html").partition("</head>\n")[2])


@pytest.mark.parametrize("detail", ["quiet", "short", "full"])
@pytest.mark.parametrize("width", [60, 20])
def test_nothing_is_wider_than_the_terminal(panel: tuple[str, Agreement], detail: str, width: int) -> None:
    assert max(map(cells, text(panel[1], detail, width).splitlines())) <= width


def test_the_answer_fits_on_a_screen_and_its_first_line_is_the_quiet_one(panel: tuple[str, Agreement]) -> None:
    _, found = panel
    lines = text(found).splitlines()
    assert len(lines) <= 22
    (quiet,) = text(found, "quiet").splitlines()
    assert quiet.split() == [word for word in quiet.split() if word == "·" or word in lines[0].split()]


def test_many_scorers_with_long_names_still_fit_on_a_screen(panel: tuple[str, Agreement]) -> None:
    many = replace(panel[1], judges=tuple(f"a scorer with number {number}" for number in range(40)))
    assert len(text(many).splitlines()) <= 22
    assert "a scorer with number 39" in flat(many)


def test_a_page_shows_the_answer_and_folds_everything_away(panel: tuple[str, Agreement]) -> None:
    *shown, last = agreement_report(panel[1], folded=True)
    assert tuple(shown) == agreement_report(panel[1])
    assert isinstance(last, Details)


def test_people_read_scorer(panel: tuple[str, Agreement]) -> None:
    assert "judge" not in flat(panel[1])


def test_the_short_report_tells_the_questions_with_the_least_agreement(panel: tuple[str, Agreement]) -> None:
    _, found = panel
    told = flat(found, "short")
    assert [question.ask in told for question in found.questions[:6]] == [True] * 5 + [False]


def test_raw_agreement_and_counts_stand_with_every_question(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    told = flat(found)
    for question in found.questions:
        assert f"% {question.ask} · {question.question}" in told
        counts = " · ".join(f"{answer} {count}" for answer, count in question.counts if count)
        assert counts in told
    assert ("alpha 0." in told) == (name == "panel")
    assert ("Too few prospects" in told) == (name != "panel")


def test_the_trap_of_rare_answers_is_said_beside_alpha(panel: tuple[str, Agreement]) -> None:
    name, found = panel
    readings = {question.question: question.reading for question in found.questions}
    assert name != "panel" or "rare answers" in readings.values()
    assert ("so alpha says little" in flat(found)) == ("rare answers" in readings.values())


def test_alpha_is_cut_so_that_it_never_seems_to_reach_a_threshold() -> None:
    question = replace(_panel(24).questions[0], alpha=Fraction(6669, 10_000), low=0.5, high=0.8)
    assert (alpha(question), question.reading) == ("0.666 (0.50 to 0.80)", "unreliable")
    assert alpha(replace(question, alpha=Fraction(-1, 100), low=-0.25)) == "−0.010 (−0.25 to 0.80)"
    assert alpha(replace(question, alpha=None)) == ""


def test_an_offset_that_rounds_to_nothing_has_no_sign() -> None:
    found = _panel(24)
    assert found.noise
    near = replace(found.noise, offsets=(Fraction(-1, 50), Fraction(-1), Fraction(51, 50)))
    assert "founder 0 · presales −1.0 · support +1.0" in flat(replace(found, noise=near))


def test_a_prospect_with_one_scorer_is_counted_and_named_in_full() -> None:
    assert "Left out: 1 prospect with only one scorer." in flat(_panel(4), "short")
    assert "Left out, only one scorer: p99." in flat(_panel(4))


def test_without_two_common_prospects_no_noise_is_made_up() -> None:
    found = replace(_panel(4), noise=None)
    assert "no two scorers share two prospects, so their scores cannot be compared" in flat(found, "short")
    assert "level" not in flat(found)
