"""An interview on a terminal of 24 lines and 80 columns."""

import re
from collections.abc import Sequence

import pytest

from fitcheck.api import load_screen
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.report.interview_text import ROWS, explained_lines, progress, question_lines
from fitcheck.report.layout import TextOptions, plain

ASKED = {question.id: question for name in ("pilot", "deal") for question in load_screen(name).asked}
LEFT = progress(None, 9, 22, 10)
LINES, PROMPT, VERDICT = 24, 1, 8
"""Lines of the terminal, of the prompt below a question, and of the verdict with its own prompt."""


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_the_question_stays_on_the_screen_below_the_verdict_and_below_its_own_why(
    question: Question | CostQuestion,
) -> None:
    shown = [*question_lines(question, UNKNOWN, "Mutual trust", LEFT, TextOptions())]
    assert len(shown) <= ROWS
    assert VERDICT + len(shown) + PROMPT <= LINES
    assert len([*explained_lines(question, UNKNOWN, TextOptions())]) + PROMPT <= LINES


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_a_question_with_its_longest_answer_and_a_long_quote_stays_on_the_screen(
    question: Question | CostQuestion,
) -> None:
    options: Sequence[Option | CostOption] = question.options
    longest = max(options, key=lambda option: len(option.says))
    now = Answer(longest.id, evidence="they said so " * 40)
    shown = [*question_lines(question, now, "Mutual trust", LEFT, TextOptions())]
    assert len(shown) + PROMPT <= LINES
    assert f"now: {options.index(longest) + 1} {longest.says} “they said so" in " ".join(plain(shown).split())


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_under_a_question_stands_a_whole_sentence_of_its_rule_about_itself_or_none(
    question: Question | CostQuestion,
) -> None:
    told = " ".join(plain(question_lines(question, UNKNOWN, "Part", LEFT, TextOptions(width=1000))).split())
    under = told.partition(question.ask)[2].partition(" 1 ")[0].strip()
    assert under in question.rule
    assert under == "" or under.endswith((".", ")"))
    assert not any(other in under.split() for other in ASKED if "_" in other)
    assert not re.search(r"otherwise the first|the (first|last) option that applies|take the (last|later)", under)


@pytest.mark.parametrize("width", [30, 60])
def test_a_tall_question_leaves_out_its_title_and_rule_before_its_options(width: int) -> None:
    question = ASKED["relied_on_us"]
    told = " ".join(plain(question_lines(question, UNKNOWN, "Mutual trust", LEFT, TextOptions(width))).split())
    assert "Mutual trust" not in told
    assert all(" ".join(option.says.split()) in told for option in question.options)
