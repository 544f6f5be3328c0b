"""The fewest other cost answers with which closing is worth what it costs."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision.change.cost_changes import MOST, CostChanges, cheapest_cost_changes
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.cost.money import MoneySide, compiled_for, money_side
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.documents.screens import load_screen


def side_of(situation: Situation) -> MoneySide | None:
    """The cost side of a prospect."""
    screen, prospect = situation.screen, situation.prospect
    if screen.cost is None:
        return None
    card, compiled = compile_scorecard(screen, situation.stage), compiled_for(screen.cost, situation.company)
    return money_side(card, compiled, prospect.answers, prospect.deal, situation.company)


def test_hours_that_are_spent_are_not_to_be_saved_again() -> None:
    """A trial of 24 hours at least of which 14 hours of presales are spent leaves what engineering has to do."""
    screen = load_screen("deal")
    assert screen.cost is not None
    card, compiled = compile_scorecard(screen, "growth"), compiled_for(screen.cost, None)
    answers = {q.id: Answer(q.options[0].id) for q in screen.cost.questions}
    answers["proof_of_concept"] = Answer("unpaid_short")

    def found(spent: int) -> CostChanges | None:
        deal = Deal(margin=Fraction(4_000), hours_spent={"presales": Fraction(spent)})
        return cheapest_cost_changes(money_side(card, compiled, answers, deal, None), card.whole, card.whole)

    fresh = found(0)
    assert fresh is not None
    assert [(step.question, step.before) for step in fresh.steps] == [("proof_of_concept", "unpaid_short")]
    assert found(20) is None


def changed(money: MoneySide, options: dict[str, str]) -> MoneySide:
    return replace(
        money, answers={**money.answers, **{question: Answer(option) for question, option in options.items()}}
    )


@given(situations(), st.fractions(0, 1), st.data())
@settings(max_examples=150)
def test_no_fewer_answers_would_do_and_not_one_can_be_left_out(
    situation: Situation, share: Fraction, data: st.DataObject
) -> None:
    plain = replace(situation.prospect, deal=replace(situation.prospect.deal, hours_spent={}))
    bare = side_of(replace(situation, prospect=plain))
    if bare is None:
        return
    low, high = sorted(data.draw(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))))
    limit = bare.bounds(bare.band(low)).cheapest * share * Fraction(4, 5)
    money = replace(bare, terms=replace(bare.terms, limit=limit))
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
