"""What is typed under a question."""

import pytest

from fitcheck.api import load_screen
from fitcheck.cli.replies import EXAMPLE, Reply, read_reply

QUESTION = next(question for question in load_screen("pilot").questions if not question.not_applicable)
MAY_NOT_APPLY = next(question for question in load_screen("pilot").questions if question.not_applicable)
FIRST, SECOND = (option.id for option in QUESTION.options[:2])


@pytest.mark.parametrize(
    ("typed", "answer", "evidence"),
    [
        ("1", FIRST, ""),
        ("1 they said so", FIRST, "they said so"),
        ("1, they said so", FIRST, "they said so"),
        ("1,they said so", FIRST, "they said so"),
        ("1: they said so", FIRST, "they said so"),
        ("1 - they said so", FIRST, "they said so"),
        ("1 – they said so", FIRST, "they said so"),
        ("1. they said so", FIRST, "they said so"),
        ("1.) they said so", FIRST, "they said so"),
        ("1)", FIRST, ""),
        ("1.", FIRST, ""),
        ("1\tthey said: so", FIRST, "they said: so"),
        ("1 2 people", FIRST, "2 people"),
        ("1 -5 % a year", FIRST, "-5 % a year"),
        ("1 (on the call)", FIRST, "(on the call)"),
        (EXAMPLE, SECOND, "they named two people"),
        (f"{SECOND.upper()}: they said so", SECOND, "they said so"),
        ("?", "?", ""),
        ("? they will ask", "?", "they will ask"),
        ("W", "w", ""),
        ("b", "b", ""),
        ("", "", ""),
    ],
)
def test_an_option_is_its_number_or_id_and_what_follows_is_evidence(typed: str, answer: str, evidence: str) -> None:
    assert read_reply(typed, QUESTION) == Reply(answer, evidence)


@pytest.mark.parametrize(
    "typed", ["0", "99", "1.5", "1,000", "12 people", "yes", "n", "n/a", "w why", "b 1", "-1", "²", "٣"]
)
def test_anything_else_is_no_answer(typed: str) -> None:
    assert read_reply(typed, QUESTION) is None


@pytest.mark.parametrize("typed", ["n", "n/a", "N/A"])
def test_n_is_an_answer_where_the_question_may_not_apply(typed: str) -> None:
    assert read_reply(typed, MAY_NOT_APPLY) == Reply("n/a")
    assert read_reply(f"{typed}: we promised nothing", MAY_NOT_APPLY) == Reply("n/a", "we promised nothing")
