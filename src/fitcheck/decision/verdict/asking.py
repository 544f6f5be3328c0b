"""
Which question to ask next, while the verdict is open.

While too little is known for a "pursue", and in tables, a question is worth its weight. Otherwise it is worth as much
as its answer can be expected to tell: how much the uncertainty of the verdict, p(1 − p), drops on average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.decision.odds.chances import band_chances, line_chances
from fitcheck.decision.score.bounds import score_bounds
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.scorer import Judgement, money_odds, settled_verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    One answer that a question may get.

    Attributes:
        option: its id.
        says: the observable behaviour.
        prior: probability of this answer, 0..1.
        probability: of "pursue" once this is the answer, 0..1.
        settles: the verdict that no other answer could turn any more; None if it would stay open.
    """

    option: str
    says: str
    prior: Fraction
    probability: Fraction
    settles: Verdict | None


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """
    A question that is unknown, and what asking it is worth.

    Attributes:
        question: its id.
        costs_hours: whether it is one of the cost model's, which touch the verdict through the money gate only.
        prior_given: whether `outcomes` follow a prior that the screen names; otherwise all are equally likely.
        gain: how much the answer lowers p(1 − p) on average, p being the probability of "pursue"; 0..0.25.
        ask_cost: relative effort of asking, >= 1.
        outcomes: one for each option, in rubric order.
    """

    question: str
    ask: str
    why: str
    ask_customer: str | None
    costs_hours: bool
    prior_given: bool
    gain: Fraction
    ask_cost: int
    outcomes: tuple[Outcome, ...]

    @property
    def value(self) -> Fraction:
        """What the question is worth for the effort of asking it: the rank."""
        return self.gain / self.ask_cost

    @property
    def decisive(self) -> bool:
        """Whether there is an answer that settles the verdict."""
        return any(outcome.settles for outcome in self.outcomes)


def ask_next(found: Judgement) -> tuple[NextQuestion, ...]:
    """
    Rank the unknown questions of an open verdict.

    Args:
        found: the judgement; its unknown cost questions count while the money gate is open.

    Returns:
        While too little is known for a "pursue" the question with most weight first, else the one whose answer can be
        expected to tell most; always for the effort of asking. Ties in rubric order, cost questions after scored ones;
        empty if the verdict is settled.

    Source:
        Expected drop of p(1 − p), which is the expected gain in Brier score, per effort of asking. It ranks
        questions where the same-decision probability (Darwiche & Choi 2010) is flat, because no single answer
        moves the lean across one half.
    """
    if found.settled:
        return ()
    costing = [*_costing(found)] if found.money_state == "unknown" else []
    scored = _scored(found)
    if found.too_little_known:
        return (*(scored[i] for i in found.prepared.tables.ask_order if i in scored), *costing)
    return tuple(sorted([*scored.values(), *costing], key=lambda asked: -asked.value))


def first_to_ask(found: Judgement) -> str | None:
    """
    Return the unknown question of an open verdict with most weight for the effort of asking, which takes no odds.

    Returns:
        Its id; of a cost question, which has no weight, where all scored ones are answered; None if the verdict is
        settled.
    """
    if found.settled:
        return None
    for i in found.prepared.tables.ask_order:
        if found.codes[i] == UNKNOWN:
            return found.card.lines[i].question.id
    return found.costs.unknown[0] if found.costs and found.costs.unknown else None


def _scored(found: Judgement) -> dict[int, NextQuestion]:
    """The unknown scored questions by index of their line, in rubric order."""
    prepared, odds = found.prepared, money_odds(found, found.costs)
    asked = {}
    for i, probabilities in line_chances(found.card, found.chosen, odds).items():
        line = found.card.lines[i]
        answered = ((*found.codes[:i], option, *found.codes[i + 1 :]) for option in range(len(line.points)))
        settles = [
            settled_verdict(prepared, score_bounds(prepared.tables, codes), found.costs, found.deal)
            for codes in answered
        ]
        given = line.question.id in found.card.screen.priors
        asked[i] = _question(line.question, line.prior, probabilities, settles, prior_given=given)
    return asked


def _costing(found: Judgement) -> Iterator[NextQuestion]:
    if found.costs is None:
        return
    compiled, codes = found.costs.compiled, found.costs.codes
    bands = band_chances(found.card, found.chosen, money_odds(found, found.costs))
    for k, question in enumerate(compiled.model.questions):
        if codes[k] == UNKNOWN:
            answered = [
                found.scorer.costs((*codes[:k], option, *codes[k + 1 :])) for option in range(len(question.options))
            ]
            probabilities = [
                sum((p * holds for p, holds in zip(bands, money_odds(found, costs).holds, strict=True)), Fraction(0))
                for costs in answered
            ]
            settles = [settled_verdict(found.prepared, found.bounds, costs, found.deal) for costs in answered]
            weights = [compiled.priors[question.id][option.id] for option in question.options]
            given = any(compiled.model.priors.get(question.id, {}).values())
            yield _question(question, weights, probabilities, settles, prior_given=given)


def _question(
    question: Question | CostQuestion,
    weights: Sequence[int],
    probabilities: Sequence[Fraction],
    settles: Sequence[Verdict | None],
    *,
    prior_given: bool,
) -> NextQuestion:
    prior = [Fraction(weight, sum(weights)) for weight in weights]
    options: Sequence[Option | CostOption] = question.options
    return NextQuestion(
        question=question.id,
        ask=question.ask,
        why=question.why,
        ask_customer=question.ask_customer,
        costs_hours=isinstance(question, CostQuestion),
        prior_given=prior_given,
        gain=information_gain(prior, probabilities),
        ask_cost=question.ask_cost if isinstance(question, Question) else 1,
        outcomes=tuple(
            Outcome(option.id, option.says, w, p, verdict)
            for option, w, p, verdict in zip(options, prior, probabilities, settles, strict=True)
        ),
    )


def information_gain(prior: Sequence[Fraction], probabilities: Sequence[Fraction]) -> Fraction:
    """
    Expected drop of p(1 − p), which is the variance of the probability over the answers.

    Args:
        prior: probability of each answer; they add up to 1.
        probabilities: of "pursue" after each answer.

    >>> information_gain([Fraction(1, 2), Fraction(1, 2)], [Fraction(1), Fraction(0)])
    Fraction(1, 4)
    """
    mean = sum((w * p for w, p in zip(prior, probabilities, strict=True)), Fraction(0))
    return sum((w * (p - mean) ** 2 for w, p in zip(prior, probabilities, strict=True)), Fraction(0))
