import pytest

from fitcheck.table.match.guessing import Guess, guess, near_option
from fitcheck.table.match.questions import QuestionSpec

BUDGET = QuestionSpec(
    "budget",
    "Is there money?",
    (
        ("approved", "The budget is approved"),
        ("asked_for", "It was asked for, and nobody has said yes"),
        ("next_year", "Money comes with the plan of next year"),
        ("nothing", "No money"),
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Budget approved", Guess("approved", "words")),
        ("next year", Guess("next_year", "words")),
        ("Next year, perhaps", Guess("next_year", "words")),
        ("aproved", Guess("approved", "likeness")),
        ("NEXT-YAER", Guess("next_year", "likeness")),
        ("no money at all", Guess("nothing", "words")),
    ],
)
def test_an_option_is_guessed_from_words_that_only_it_has_or_from_a_near_spelling(text: str, expected: Guess) -> None:
    assert guess(BUDGET, text) == expected


@pytest.mark.parametrize(
    "text", ["not approved", "budget is not approved", "nicht approved", "isn't approved", "non approved"]
)
def test_a_text_that_denies_something_is_no_guess_for_one_that_does_not(text: str) -> None:
    assert guess(BUDGET, text) is None


@pytest.mark.parametrize("text", ["2026", "2026-05-01", "next 12", "01-May", "50,000 €", "12"])
def test_nothing_is_guessed_from_figures(text: str) -> None:
    assert guess(BUDGET, text) is None


@pytest.mark.parametrize("text", ["money", "the", "is", "", "?", "yes", "something else"])
def test_nothing_is_guessed_from_words_of_several_options_or_of_none(text: str) -> None:
    assert guess(BUDGET, text) is None


def test_words_shared_with_one_option_are_a_guess_unless_one_of_both_denies_what_the_other_says() -> None:
    assert near_option(BUDGET, "Plan comes in spring") == Guess("next_year", "words")
    assert near_option(BUDGET, "asked, in March") is None
    assert near_option(BUDGET, "budget never approved") is None
    assert near_option(BUDGET, "they have something") is None
