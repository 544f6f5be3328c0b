from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, strategies as st

from fitcheck.decision.score.prospect_types import TYPES, after, guess

merits = st.lists(st.fractions(0, 1, max_denominator=12), min_size=2, max_size=5)


def tilt(of_type: str, merit: Fraction, strength: int) -> Fraction:
    """The three tilts as the method writes them."""
    return {"hard": 1 + strength * (1 - merit), "ordinary": Fraction(1), "good": 1 + strength * merit}[of_type]


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Fraction], list[int], int]:
    found = draw(merits)
    base = draw(st.lists(st.integers(0, 30), min_size=len(found), max_size=len(found)).filter(any))
    return found, base, draw(st.sampled_from([2, 6]))


def shares(found: Sequence[Fraction], base: Sequence[int], strength: int, of_type: str) -> list[Fraction]:
    weights = [b * tilt(of_type, merit, strength) for merit, b in zip(found, base, strict=True)]
    return [weight / sum(weights) for weight in weights]


@given(questions())
def test_each_type_answers_by_base_rate_times_tilt(question: tuple[list[Fraction], list[int], int]) -> None:
    made = guess(*question)
    for h, of_type in enumerate(TYPES):
        expected = shares(*question, of_type)
        assert [Fraction(w, made.totals[h]) for w in made.weights[h]] == expected
        alone = tuple(int(i == h) for i in range(len(TYPES)))
        assert made.shares(alone) == expected


@given(questions(), st.data())
def test_an_answer_moves_the_odds_by_bayes_rule(
    question: tuple[list[Fraction], list[int], int], data: st.DataObject
) -> None:
    found, base, strength = question
    option = data.draw(st.integers(0, len(found) - 1))
    prior = (1, 2, 1)
    moved = after(prior, [guess(*question).evidence[option]])
    norms = [sum(b * tilt(h, m, strength) for m, b in zip(found, base, strict=True)) for h in TYPES]
    exact = [p * tilt(h, found[option], strength) / n for p, h, n in zip(prior, TYPES, norms, strict=True)]
    assert [Fraction(each, sum(moved)) for each in moved] == [each / sum(exact) for each in exact]


@given(questions())
def test_a_better_answer_never_makes_a_hard_prospect_likelier(question: tuple[list[Fraction], list[int], int]) -> None:
    evidence = guess(*question).evidence
    by_merit = sorted(zip(question[0], evidence, strict=True))
    for (_, worse), (_, better) in pairwise(by_merit):
        assert better[2] * worse[0] >= worse[2] * better[0]
        assert better[1] * worse[0] >= worse[1] * better[0]


def test_a_question_whose_options_are_all_alike_tells_nothing() -> None:
    assert after((1, 2, 1), guess([Fraction(1)] * 3, [10, 10, 3]).evidence[:1]) == (1, 2, 1)


def test_a_base_rate_of_zero_does_not_rule_out_an_answer_that_was_given() -> None:
    assert after((1, 2, 1), guess([Fraction(1), Fraction(0)], [0, 10]).evidence[:1])[2] > 0
