"""Integers that rank questions like the expected drop of p(1 − p) does."""

from fractions import Fraction

from hypothesis import given, strategies as st

from fitcheck.decision.telling import most_telling, told

QUESTIONS = st.lists(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3)), min_size=2, max_size=4).filter(
        lambda options: any(prior for _, prior in options)
    ),
    min_size=1,
    max_size=5,
)


@given(QUESTIONS, st.integers(1, 3))
def test_a_question_is_worth_the_expected_drop_of_the_variance(
    questions: list[list[tuple[int, int]]], ask_cost: int
) -> None:
    for options in questions:
        # ways of an option are its prior times the good completions of everything else
        prior = tuple(weight for _, weight in options)
        ways = [good * weight for good, weight in options]
        whole = sum(prior)
        chances = [Fraction(good) for good, _ in options]
        mean = sum((Fraction(w, whole) * p for w, p in zip(prior, chances, strict=True)), Fraction(0))
        gain = sum((Fraction(w, whole) * (p - mean) ** 2 for w, p in zip(prior, chances, strict=True)), Fraction(0))
        numerator, denominator, _ = told(ways, prior, sum(ways), ask_cost, "q")
        assert Fraction(numerator, denominator) == gain * whole * whole / ask_cost


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 4)), min_size=1, max_size=6))
def test_the_first_of_the_most_telling_is_asked(values: list[tuple[int, int]]) -> None:
    named = [(value, scale, str(i)) for i, (value, scale) in enumerate(values)]
    ranks = [Fraction(value, scale) for value, scale in values]
    assert most_telling(named)[2] == str(ranks.index(max(ranks)))
