"""
Which question to ask next while the verdict is open.

While too little is known for a "pursue", and in tables, the core of the screen comes first and a question is worth its
weight. Otherwise it is worth as much as its answer can be expected to tell: how much the uncertainty of the verdict,
v(1 − v), drops on average, v being the odds of the fit where the money gate does not fail, and 0 where it does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.cost_model import CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question
from fitcheck.decision.score.bounds import types_after
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.scorer import Judgement


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    One answer that a question may get.

    Attributes:
        option: its id.
        says: the observable behaviour.
        prior: probability of this answer, 0..1, from the answers so far.
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
        gain: how much the answer lowers v(1 − v) on average; 0..0.25.
        ask_cost: relative effort of asking, >= 1.
        outcomes: one for each option, in rubric order.
    """

    question: str
    ask: str
    why: str
    ask_customer: str | None
    costs_hours: bool
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
        found: the judgement; its unknown cost questions count where the money gate has a limit.

    Returns:
        While too little is known for a "pursue" the core first, then the question with most weight; else the one whose
        answer can be expected to tell most; always for the effort of asking. Ties in rubric order, cost questions after
        scored ones; empty if the verdict is settled.

    Source:
        Expected drop of v(1 − v), which is the expected gain in Brier score, per effort of asking. It ranks questions
        where the same-decision probability (Darwiche & Choi 2010) is flat, because no single answer moves the lean
        across one half.
    """
    if found.settled:
        return ()
    scored = {i: _scored(found, i) for i in found.still_open}
    costing = [*_costing(found)]
    if found.too_little_known:
        return (*(scored[i] for i in found.prepared.tables.ask_order if i in scored), *costing)
    return tuple(sorted([*scored.values(), *costing], key=lambda asked: -asked.value))


def first_to_ask(found: Judgement) -> str | None:
    """
    Return the unknown question of an open verdict to ask first, which takes no odds.

    Returns:
        Its id: of the core first, then with most weight for the effort of asking; of a cost question, which has no
        weight, where all scored ones are answered; None if the verdict is settled.
    """
    if found.settled:
        return None
    for i in found.prepared.tables.ask_order:
        if found.codes[i] == UNKNOWN:
            return found.card.lines[i].question.id
    return found.costs.unknown[0] if found.costs and found.costs.unknown else None


def _scored(found: Judgement, index: int) -> NextQuestion:
    codes = found.codes
    line = found.card.lines[index]
    answered = [
        found.scorer.judge_lines(found.prepared, (*codes[:index], option, *codes[index + 1 :]), found.costs, found.deal)
        for option in range(len(line.points))
    ]
    return _question(line.question, line.guess.shares(found.bounds.types), answered)


def _costing(found: Judgement) -> Iterator[NextQuestion]:
    if found.costs is None or found.limit is None:
        return
    compiled, codes = found.costs.compiled, found.costs.codes
    types = types_after(found.prepared.tables, found.codes, found.costs.evidence)
    for k, question in enumerate(compiled.model.questions):
        if codes[k] != UNKNOWN:
            continue
        answered = [
            found.scorer.judge_lines(
                found.prepared,
                found.codes,
                found.scorer.costs((*codes[:k], option, *codes[k + 1 :]), found.costs.spent),
                found.deal,
            )
            for option in range(len(question.options))
        ]
        asked = _question(question, compiled.guesses[question.id].shares(types), answered)
        if len({then.money_state for then in answered}) > 1 or asked.gain:
            yield asked


def _question(
    question: Question | CostQuestion, prior: Sequence[Fraction], answered: Sequence[Judgement]
) -> NextQuestion:
    options: Sequence[Option | CostOption] = question.options
    probabilities = [_pursued(then) for then in answered]
    mean = sum((w * p for w, p in zip(prior, probabilities, strict=True)), Fraction(0))
    return NextQuestion(
        question=question.id,
        ask=question.ask,
        why=question.why,
        ask_customer=question.ask_customer,
        costs_hours=isinstance(question, CostQuestion),
        gain=sum((w * (p - mean) ** 2 for w, p in zip(prior, probabilities, strict=True)), Fraction(0)),
        ask_cost=question.ask_cost if isinstance(question, Question) else 1,
        outcomes=tuple(
            Outcome(option.id, option.says, w, p, then.verdict if then.settled else None)
            for option, w, p, then in zip(options, prior, probabilities, answered, strict=True)
        ),
    )


def _pursued(found: Judgement) -> Fraction:
    """Odds of the fit where the money gate does not fail; a settled verdict is certain."""
    probability = found.probability
    return Fraction(found.verdict == "pursue") if probability is None else probability
