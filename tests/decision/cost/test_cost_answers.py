"""Costs of many prospects: equal to walking through every completion of one."""

from fractions import Fraction
from itertools import cycle, islice, product
from math import prod

from hypothesis import given, strategies as st
from strategies import Situation, situations

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.cost.cost_answers import MOST_DISTRIBUTIONS, CostAnswers, CostMemo
from fitcheck.decision.cost.estimate import estimate, money_bounds
from fitcheck.decision.cost.money import compiled_for
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.documents.screens import load_screen


def answers_of(situation: Situation) -> CostAnswers | None:
    """The cost side of a situation; None without a cost model."""
    model, prospect = situation.screen.cost, situation.prospect
    if model is None:
        return None
    codes = []
    for question in model.questions:
        answer = prospect.answer(question.id)
        states = {"unknown": UNKNOWN, "n/a": -2}
        ids = [option.id for option in question.options]
        codes.append(states[answer.state] if answer.option is None else ids.index(answer.option))
    return CostAnswers.of(compiled_for(model, situation.company), codes, CostMemo())


@given(situations(), st.fractions(min_value=0, max_value=30_000))
def test_the_share_within_a_limit_is_that_of_walking_through_every_completion(
    situation: Situation, limit: Fraction
) -> None:
    side = answers_of(situation)
    if side is None:
        return
    unit, priors = side.compiled.unit, side.compiled.priors
    for band in range(len(side.cheapest)):
        within = whole = 0
        for picked in product(*(priors[question] for question in side.unknown)):
            answers = {**side.answers, **{q: Answer(o) for q, o in zip(side.unknown, picked, strict=True)}}
            money, _ = money_bounds(side.compiled, answers, band)
            weight = prod(priors[q][o] for q, o in zip(side.unknown, picked, strict=True))
            whole += weight
            within += weight * (money <= int(limit * unit))
        assert side.share_within(band, int(limit * unit)) == Fraction(within, whole)


@given(situations(), st.lists(st.lists(st.integers(0, 20), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_closing_is_the_estimate_without_its_details(situation: Situation, drawn: list[list[int]]) -> None:
    side = answers_of(situation)
    if side is None:
        return
    bands = len(side.cheapest)
    for picked in drawn:
        weights = [weight + (band == 0) for band, weight in enumerate(picked[:bands])]
        likely = tuple(Fraction(weight, sum(weights)) for weight in weights)
        found = side.summary(likely)
        exact = estimate(side.compiled, side.answers, likely, value=None, margin=None, margin_is_own=False)
        assert (found.hours, found.money_p50, found.expected) == (exact.hours, exact.money.p50, exact.expected)
    assert side.summary_in(0) == side.summary(tuple(Fraction(band == 0) for band in range(bands)))


@given(
    situations(),
    st.lists(st.tuples(st.lists(st.integers(0, 59), min_size=12, max_size=12), st.integers(0, 10**7)), min_size=2),
)
def test_sides_that_keep_their_work_together_tell_what_each_alone_does(
    situation: Situation, asked: list[tuple[list[int], int]]
) -> None:
    model = situation.screen.cost
    if model is None:
        return
    compiled, shared = compiled_for(model, situation.company), CostMemo()
    bands = len(compiled.bands)
    mixture = (Fraction(1, bands),) * bands
    for picks, limit in asked:
        codes = [
            pick % (len(question.options) + 1) - 1  # the first is `UNKNOWN`
            for pick, question in zip(cycle(picks), model.questions, strict=False)
        ]
        together, alone = CostAnswers.of(compiled, codes, shared), CostAnswers.of(compiled, codes, CostMemo())
        for band in range(bands):
            assert together.share_within(band, limit) == alone.share_within(band, limit)
        assert together.summary(mixture) == alone.summary(mixture)


def test_distributions_are_kept_for_few_sets_of_answers_however_many_there_are() -> None:
    screen = load_screen("pilot")
    assert screen.cost
    compiled, memo = compiled_for(screen.cost, None), CostMemo()
    bands = (Fraction(1, len(compiled.bands)),) * len(compiled.bands)
    for codes in islice(product(*(range(len(question.options)) for question in screen.cost.questions)), 130):
        CostAnswers.of(compiled, codes, memo).summary(bands)
    assert (len(memo.distributions) <= MOST_DISTRIBUTIONS, len(memo.summaries)) == (True, 130)
