"""
The fewest cost answers to change for the deal to be worth closing.

What the answers cost is added up, so the fewest are those that save most, each at its cheapest; no search is needed.
Only hours that are spent already, which can't be saved, may make some other answers do with fewer changes. The gate
fails above 5/4 of the limit, so that is what they bring it to.
Cost questions name no effort and no actor, so this is a condition rather than a set of steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.cost.money import MoneySide

MOST = 3
"""Cost answers that are named at most: where more have to be others, it would be another deal."""


@dataclass(frozen=True, slots=True)
class CostStep:
    """
    A changed answer to a cost question.

    Attributes:
        question: its id.
        before, after: ids of the options.
        says: what the new answer says.
    """

    question: str
    before: str
    after: str
    says: str


@dataclass(frozen=True, slots=True)
class CostChanges:
    """
    A minimal set of changed cost answers with which the money gate does not fail.

    Attributes:
        steps: in the cost model's order.
        state: of the money gate then: "at risk" where closing is still likely to cost more than the limit.
    """

    steps: tuple[CostStep, ...]
    state: Literal["pass", "at risk"]


def cheapest_cost_changes(money: MoneySide, best_trust: int, likely_trust: int) -> CostChanges | None:
    """
    Find the fewest known cost answers to change so that the money gate does not fail.

    Of the answers that save most, each is at its cheapest, but the last of them: of its options the dearest counts
    that is cheap enough. Ties go to the cost model's order.

    Args:
        money: the cost side of a prospect.
        best_trust: points of the dimension that sets the cycles, with the best answers to what is unknown [points].
        likely_trust: the same with the likeliest answers [points].

    Returns:
        None if the gate does not fail, or `MOST` other answers are not enough.
    """
    if money.state(best_trust, likely_trust) != "fail":
        return None
    costs = money.terms.measure(money.compiled).bands[money.band(best_trust)].options
    known = {id_: option for id_ in costs if (option := money.answers.get(id_, UNKNOWN).option) is not None}
    most_saved = sorted(known, key=lambda id_: min(costs[id_].values()) - costs[id_][known[id_]])
    after: dict[str, str] = {}
    for question in most_saved[:MOST]:
        by_cost = sorted(costs[question], key=costs[question].__getitem__, reverse=True)
        if costs[question][by_cost[-1]] == costs[question][known[question]]:
            return None  # nothing left to save
        for option in by_cost:
            state = _with(money, {**after, question: option}).state(best_trust, likely_trust)
            if state != "fail":
                steps = _steps(money, known, {**after, question: option})
                return CostChanges(steps, "pass" if state == "pass" else "at risk")
        after[question] = by_cost[-1]
    return None


def _with(money: MoneySide, after: Mapping[str, str]) -> MoneySide:
    return replace(money, answers={**money.answers, **{question: Answer(option) for question, option in after.items()}})


def _steps(money: MoneySide, known: Mapping[str, str], after: Mapping[str, str]) -> tuple[CostStep, ...]:
    return tuple(
        CostStep(question.id, known[question.id], option.id, option.says)
        for question in money.model.questions
        for option in question.options
        if after.get(question.id) == option.id
    )
