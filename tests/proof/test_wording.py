import re
from dataclasses import replace

import pytest
from strategies import worked_example

from fitcheck.decision.content.cost_model import Basis, CostModel, CostOption, CostQuestion, Cycles
from fitcheck.decision.content.rubric import Option, Question, Rubric
from fitcheck.proof.findings import Finding
from fitcheck.proof.wording import JUDGING, VAGUE, is_placeholder, repeated, vague_words

NEED, TRUST = worked_example().screen.rubrics


def codes(found: list[Finding]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, file and path of each finding."""
    return [(finding.code, finding.file, finding.path) for finding in found]


def with_question(rubric: Rubric, name: str, **changes: str) -> Rubric:
    """The rubric with one question changed."""
    return replace(
        rubric,
        questions=tuple(replace(q, **changes) if q.id == name else q for q in rubric.questions),  # type: ignore[arg-type]
    )


def with_option(rubric: Rubric, name: str, position: int, **changes: str) -> Rubric:
    """The rubric with one option changed."""

    def changed(question: Question) -> Question:
        options: list[Option] = list(question.options)
        options[position] = replace(options[position], **changes)  # type: ignore[arg-type]
        return replace(question, options=tuple(options))

    return replace(rubric, questions=tuple(changed(q) if q.id == name else q for q in rubric.questions))


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("They are cooperative", ["cooperative"]),
        ("Very INTERESTED, and often in touch", ["very", "interested", "often"]),
        ("Open-minded people", ["open-minded"]),
        ("We broke a promise and have not made it good", []),
        ("The requirements are open to all", []),
        ("One customer of any kind, whom they may call", []),
        ("Theverymost", []),
        ("", []),
    ],
)
def test_words_that_judge_or_leave_open_how_much_are_found_whole(says: str, words: list[str]) -> None:
    assert vague_words(says) == words


def test_the_lists_hold_single_words_in_small_letters_and_none_twice() -> None:
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", word) for word in JUDGING | VAGUE)
    assert not JUDGING & VAGUE


@pytest.mark.parametrize("text", ["", " ", "TODO", "todo: ask someone", "...", "?", "tbd", "-", "unknown"])
def test_placeholders_are_no_text(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["Self interest", "Ask them to do it", "Trust, 2004", "MEDDPICC"])
def test_a_text_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def test_nothing_is_repeated_in_the_worked_example() -> None:
    assert not list(repeated([NEED, TRUST], None))


def test_questions_that_ask_the_same_are_found_whatever_the_punctuation() -> None:
    trust = with_question(TRUST, "promises", ask="what of PAIN")
    assert codes(list(repeated([NEED, trust], None))) == [("asked-twice", "trust", ("questions", "promises", "ask"))]


def test_a_cost_question_that_asks_what_a_rubric_asks_is_found() -> None:
    question = CostQuestion("hurts", "What of pain?", "so", (CostOption("a", "A"), CostOption("b", "B")))
    model = CostModel("work", 1, "Work", (question,), (), Cycles((), Basis("own")), {}, "EUR", NEED.questions[0].weight)
    (finding,) = repeated([NEED], model)
    assert (finding.code, finding.kind, finding.file) == ("asked-twice", "cost", "work")


def test_options_of_two_questions_that_say_the_same_are_found_and_those_of_one_are_not() -> None:
    same = with_option(NEED, "goal", 0, says="Pain severe.")
    assert codes(list(repeated([same], None))) == [
        ("said-twice", "need", ("questions", "goal", "options", "clear", "says"))
    ]
    alike = with_option(NEED, "pain", 1, because="pain is severe")
    assert not list(repeated([alike], None))


def test_a_reason_of_two_rubrics_is_found_once_where_it_is_met_again() -> None:
    spread = with_option(with_option(TRUST, "promises", 1, reason="pain"), "candour", 2, reason="pain")
    assert codes(list(repeated([NEED, spread], None))) == [
        ("reason-spread", "trust", ("questions", "promises", "options", "broken", "reason"))
    ]
    within = with_option(TRUST, "promises", 1, reason="candour")
    assert not list(repeated([NEED, within], None))
