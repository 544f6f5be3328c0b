"""Costs of many prospects: equal to walking through every completion of one."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import cycle, islice, product

from hypothesis import given, strategies as st
from strategies import Situation, situations

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.cost.cost_answers import MOST_DISTRIBUTIONS, CostAnswers, CostMemo
from fitcheck.decision.cost.cycles import mean_cycles
from fitcheck.decision.cost.estimate import estimate
from fitcheck.decision.cost.money import compiled_for
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.documents.screens import load_screen


def answers_of(situation: Situation, *, in_hours: bool = False) -> CostAnswers | None:
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
    spent, compiled = prospect.deal.hours_spent, compiled_for(model, situation.company)
    return CostAnswers.of(compiled, codes, CostMemo(), in_hours=in_hours, spent=spent)


@given(situations(), st.booleans())
def test_cheapest_and_dearest_are_those_of_walking_through_every_completion(
    situation: Situation, in_hours: bool
) -> None:
    """Also where hours are spent, which count for the same role only and never below nothing."""
    side = answers_of(situation, in_hours=in_hours)
    if side is None:
        return
    for band, (cheapest, likely, dearest) in enumerate(zip(side.cheapest, side.likely, side.dearest, strict=True)):
        found = []
        for picked in product(*(side.compiled.priors[question] for question in side.unknown)):
            answers = {**side.answers, **{q: Answer(o) for q, o in zip(side.unknown, picked, strict=True)}}
            found.append(by_hand(side, answers, band, in_hours=in_hours))
        unit = (side.compiled.hours if in_hours else side.compiled.money).unit
        assert (Fraction(cheapest) / unit, Fraction(dearest) / unit) == (min(found), max(found))
        assert Fraction(likely) / unit in found


def by_hand(side: CostAnswers, answers: Mapping[str, Answer], band: int, *, in_hours: bool) -> Fraction:
    """What closing is expected to take, straight from the activities."""
    paid, cycles = side.compiled.prices, mean_cycles(side.compiled.cycles[band])
    hours, money = dict.fromkeys(paid.rates, Fraction(0)), Fraction(0)
    for work in side.compiled.model.activities:
        if work.when is None or answers[work.when.question].option in work.when.options:
            times = cycles if work.per == "cycle" else 1
            hours[work.role] += (work.hours.low + 4 * work.hours.likely + work.hours.high) / 6 * times
            money += work.expenses * paid.expense_factor * times
    left = {role: max(taken - side.spent.get(role, 0), Fraction(0)) for role, taken in hours.items()}
    if in_hours:
        return sum(left.values(), Fraction(0))
    return money + sum((taken * paid.rates[role] for role, taken in left.items()), Fraction(0))


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
        terms = DealTerms(Deal(hours_spent=side.spent))
        exact = estimate(side.compiled, side.answers, likely, likely=0, terms=terms)
        assert (found.hours, found.money_p50, found.expected) == (exact.hours, exact.money.p50, exact.expected)
    assert side.summary_in(0) == side.summary(tuple(Fraction(band == 0) for band in range(bands)))


@given(
    situations(),
    st.lists(st.lists(st.integers(0, 59), min_size=12, max_size=12), min_size=2),
)
def test_sides_that_keep_their_work_together_tell_what_each_alone_does(
    situation: Situation, asked: list[list[int]]
) -> None:
    model = situation.screen.cost
    if model is None:
        return
    compiled, shared = compiled_for(model, situation.company), CostMemo()
    bands = len(compiled.cycles)
    mixture = (Fraction(1, bands),) * bands
    for picks in asked:
        codes = [
            pick % (len(question.options) + 1) - 1  # the first is `UNKNOWN`
            for pick, question in zip(cycle(picks), model.questions, strict=False)
        ]
        together, alone = CostAnswers.of(compiled, codes, shared), CostAnswers.of(compiled, codes, CostMemo())
        assert together.summary(mixture) == alone.summary(mixture)


def test_distributions_are_kept_for_few_sets_of_answers_however_many_there_are() -> None:
    screen = load_screen("pilot")
    assert screen.cost
    compiled, memo = compiled_for(screen.cost, None), CostMemo()
    bands = (Fraction(1, len(compiled.cycles)),) * len(compiled.cycles)
    for codes in islice(product(*(range(len(question.options)) for question in screen.cost.questions)), 130):
        CostAnswers.of(compiled, codes, memo).summary(bands)
    assert (len(memo.distributions) <= MOST_DISTRIBUTIONS, len(memo.summaries)) == (True, 130)
