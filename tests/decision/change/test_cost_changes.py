"""The fewest other cost answers with which closing is worth what it costs."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import floor

from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision.change.cost_changes import MOST, cheapest_cost_changes
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.cost.money import MoneySide, compiled_for, money_side
from fitcheck.decision.score.scorecard import compile_scorecard


def side_of(situation: Situation) -> MoneySide | None:
    """The cost side of a prospect."""
    screen, prospect = situation.screen, situation.prospect
    if screen.cost is None:
        return None
    card, compiled = compile_scorecard(screen, situation.stage), compiled_for(screen.cost, situation.company)
    return money_side(card, compiled, prospect.answers, prospect.deal, situation.company)


def changed(money: MoneySide, options: dict[str, str]) -> MoneySide:
    return replace(
        money, answers={**money.answers, **{question: Answer(option) for question, option in options.items()}}
    )


@given(situations(), st.fractions(0, 1), st.data())
@settings(max_examples=150)
def test_no_fewer_answers_would_do_and_not_one_can_be_left_out(
    situation: Situation, share: Fraction, data: st.DataObject
) -> None:
    bare = side_of(situation)
    if bare is None:
        return
    low, high = sorted(data.draw(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))))
    money = replace(bare, terms=replace(bare.terms, limit=floor(bare.expected(low, high)[0] * share)))
    found = cheapest_cost_changes(money, low, high)
    known = [
        question for question in money.model.questions if money.answers.get(question.id, UNKNOWN).option is not None
    ]

    def enough(count: int) -> bool:
        """Whether some other answers to so many questions would do."""
        return any(
            changed(money, {q.id: option.id for q, option in zip(questions, options, strict=True)}).state(low, high)
            != "fail"
            for questions in combinations(known, count)
            for options in product(*(question.options for question in questions))
        )

    if found is None:
        assert money.state(low, high) != "fail" or not any(map(enough, range(1, min(MOST, len(known)) + 1)))
        return
    assert money.state(low, high) == "fail"
    assert not any(map(enough, range(1, len(found.steps))))
    after = {step.question: step.after for step in found.steps}
    assert changed(money, after).state(low, high) == found.state
    assert all(step.before == money.answers[step.question].option != step.after for step in found.steps)
    for left_out in after:
        fewer = {question: option for question, option in after.items() if question != left_out}
        assert changed(money, fewer).state(low, high) == "fail"
