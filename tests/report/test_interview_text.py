"""An interview on a terminal of 24 lines and 80 columns."""

import pytest

from fitcheck.api import load_screen
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.report.interview_text import ROWS, explained_lines, question_lines
from fitcheck.report.layout import TextOptions, plain

ASKED = {question.id: question for name in ("pilot", "deal") for question in load_screen(name).asked}
LINES, PROMPT, VERDICT = 24, 1, 8
"""Lines of the terminal, of the prompt below a question, and of the verdict with its own prompt."""


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_the_question_stays_on_the_screen_below_the_verdict_and_below_its_own_why(
    question: Question | CostQuestion,
) -> None:
    shown = [*question_lines(question, "Mutual trust", 12, 22, TextOptions())]
    assert len(shown) <= ROWS
    assert VERDICT + len(shown) + PROMPT <= LINES
    assert len([*explained_lines(question, TextOptions())]) + PROMPT <= LINES


@pytest.mark.parametrize("width", [30, 60])
def test_a_tall_question_leaves_out_its_title_and_rule_before_its_options(width: int) -> None:
    question = ASKED["relied_on_us"]
    told = " ".join(plain(question_lines(question, "Mutual trust", 12, 22, TextOptions(width))).split())
    assert "Mutual trust" not in told
    assert all(" ".join(option.says.split()) in told for option in question.options)
