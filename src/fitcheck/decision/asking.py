"""
Which question to ask next, while the verdict is open.

A question is worth as much as its answer can be expected to tell: how much the uncertainty of the verdict,
p(1 − p), drops on average. All probabilities are exact, and all of them together cost little more than one,
because what the other questions can do is worked out once and shared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fitcheck.decision.answers import UNKNOWN, Answer
from fitcheck.decision.chances import band_chances, line_chances
from fitcheck.decision.costmodel import CostOption, CostQuestion
from fitcheck.decision.money import MoneySide
from fitcheck.decision.results import Verdict
from fitcheck.decision.rubric import Option, Question
from fitcheck.decision.scorecard import Line, Scorecard
from fitcheck.decision.unknowns import ALWAYS


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


def ask_next(card: Scorecard, chosen: Sequence[int | None], money: MoneySide | None = None) -> tuple[NextQuestion, ...]:
    """
    Rank the unknown questions by what their answers can be expected to tell.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        money: the cost side, if the screen has one; its unknown questions count while the money gate is open.

    Returns:
        Most telling first, ties in rubric order, cost questions after scored ones; empty if the verdict is settled.

    Source:
        Expected drop of p(1 − p), which is the expected gain in Brier score, per effort of asking. It ranks
        questions where the same-decision probability (Darwiche & Choi 2010) is flat, because no single answer
        moves the lean across one half.
    """
    reach = [_reach(line, option) for line, option in zip(card.lines, chosen, strict=True)]
    if _settled(card, reach, money):
        return ()
    found = [*_scored(card, chosen, reach, money)]
    if money and _money_is_open(card, reach, money):
        found += _costing(card, chosen, reach, money)
    return tuple(sorted(found, key=lambda asked: -asked.value))


def _scored(
    card: Scorecard, chosen: Sequence[int | None], reach: Sequence["_Reach"], money: MoneySide | None
) -> Iterator[NextQuestion]:
    for i, probabilities in line_chances(card, chosen, money.odds() if money else ALWAYS).items():
        line = card.lines[i]
        settles = [
            _settled(card, [*reach[:i], _reach(line, option), *reach[i + 1 :]], money)
            for option in range(len(line.points))
        ]
        given = line.question.id in card.screen.priors
        yield _question(line.question, line.prior, probabilities, settles, prior_given=given)


def _costing(
    card: Scorecard, chosen: Sequence[int | None], reach: Sequence["_Reach"], money: MoneySide
) -> Iterator[NextQuestion]:
    bands = band_chances(card, chosen, money.odds())
    for question in money.model.questions:
        if money.answers.get(question.id, UNKNOWN).state == "unknown":
            told = [replace(money, answers={**money.answers, question.id: Answer(o.id)}) for o in question.options]
            probabilities = [
                sum((p * holds for p, holds in zip(bands, side.odds().holds, strict=True)), Fraction(0))
                for side in told
            ]
            settles = [_settled(card, reach, side) for side in told]
            weights = [money.compiled.priors[question.id][option.id] for option in question.options]
            given = any(money.model.priors.get(question.id, {}).values())
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
    mean = sum((w * p for w, p in zip(prior, probabilities, strict=True)), Fraction(0))
    return NextQuestion(
        question=question.id,
        ask=question.ask,
        why=question.why,
        ask_customer=question.ask_customer,
        costs_hours=isinstance(question, CostQuestion),
        prior_given=prior_given,
        gain=sum((w * (p - mean) ** 2 for w, p in zip(prior, probabilities, strict=True)), Fraction(0)),
        ask_cost=question.ask_cost if isinstance(question, Question) else 1,
        outcomes=tuple(
            Outcome(option.id, option.says, w, p, verdict)
            for option, w, p, verdict in zip(options, prior, probabilities, settles, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    """
    How far a line can still go either way.

    Attributes:
        low, high: over all its answers [points].
        best: over the answers that pass its gate; None if none does [points].
        safe: whether no answer fails its gate.
    """

    low: int
    high: int
    best: int | None
    safe: bool


def _reach(line: Line, option: int | None) -> _Reach:
    options = range(len(line.points)) if option is None else (option,)
    points = [line.points[o] for o in options]
    passing = [line.points[o] for o in options if not line.gated[o]]
    return _Reach(min(points), max(points), max(passing, default=None), len(passing) == len(points))


def _settled(card: Scorecard, reach: Sequence[_Reach], money: MoneySide | None) -> Verdict | None:
    """Return the verdict that no unknown answer could turn, with the same meaning as in an assessment; else None."""
    best = [line.best for line in reach if line.best is not None]
    if len(best) < len(reach) or not _holds(card, best, money, certain=False):
        return "not now"
    sure = all(line.safe for line in reach) and _holds(card, [line.low for line in reach], money, certain=True)
    return "pursue" if sure else None


def _holds(card: Scorecard, points: Sequence[int], money: MoneySide | None, *, certain: bool) -> bool:
    """Whether score, floors and money gate hold with these points of each line; the last one if `certain`."""
    sides = card.side_points(points)
    if sum(card.join(pair) for pair in sides) < card.threshold or not card.floors_hold(sides):
        return False
    if money is None:
        return True
    trust = 0 if money.dimension is None else card.join(sides[money.dimension])
    return money.state(trust, trust) in (("pass",) if certain else ("pass", "unknown"))


def _money_is_open(card: Scorecard, reach: Sequence[_Reach], money: MoneySide) -> bool:
    if money.dimension is None:
        return money.state(0, 0) == "unknown"
    low, high = (
        card.join(card.side_points(points)[money.dimension])
        for points in ([line.low for line in reach], [line.high for line in reach])
    )
    return money.state(low, high) == "unknown"
