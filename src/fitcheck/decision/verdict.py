"""Scorecard × answers → verdict: gates, score, bounds, and whether anything unknown could still turn it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.answers import Prospect
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.costmodel import Company
from fitcheck.decision.gates import floor_gates, option_gates
from fitcheck.decision.money import MoneySide, money_gate, money_side
from fitcheck.decision.results import Gate, Verdict
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.decision.scorecard import Line, Scorecard, compile_scorecard
from fitcheck.decision.unknowns import ALWAYS, pursue_probability

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Completion:
    """
    One way in which everything unknown could turn out.

    Attributes:
        sides: points of each side of each dimension [points].
        dimensions: points of each dimension [points].
    """

    sides: tuple[tuple[int, ...], ...]
    dimensions: tuple[int, ...]

    @property
    def score(self) -> int:
        """0..10000 [points]."""
        return sum(self.dimensions)


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    The verdict and what it rests on.

    Attributes:
        chosen: for each line of the scorecard the index of the chosen option, None if unknown.
        now, low, high: everything unknown at its prior's expected points, at its worst, at its best.
        probability: of "pursue" over the unknown answers, 0..1; None when settled.
        known: share of the weight that is answered, 0..1.
    """

    card: Scorecard
    chosen: tuple[int | None, ...]
    now: Completion
    low: Completion
    high: Completion
    money: MoneySide | None
    gates: tuple[Gate, ...]
    known: Fraction
    probability: Fraction | None
    verdict: Verdict


def judge(
    screen: Screen, prospect: Prospect, stage: Stage, company: Company | None, costs: CompiledCost | None
) -> Judgement:
    """
    Say pursue or not now.

    Args:
        screen: checked.
        prospect: its answers fit the screen's questions.
        stage: of ours.
        company: our side.
        costs: the screen's cost model at our prices; None if it has none.

    Raises:
        KeyError: the screen does not know the stage.
    """
    skipped = frozenset(q.id for q in screen.questions if prospect.answer(q.id).state == "n/a")
    card = compile_scorecard(screen, stage, skipped)
    chosen = choose(card, prospect)
    low = complete(card, chosen, lambda line: min(line.points))
    high = complete(card, chosen, lambda line: max(line.points))
    money = money_side(card, costs, prospect.answers, prospect.deal, company) if costs else None
    gates = (
        *option_gates(card, chosen, prospect.answers),
        *floor_gates(card, low.sides, high.sides),
        *(_money_gate(screen, money, low, high) if money else ()),
    )
    known = _known(card, chosen)
    probability: Fraction | None = None
    verdict: Verdict
    if all(gate.state == "pass" for gate in gates) and low.score >= card.threshold:
        verdict = "pursue"
    elif not _can_be_pursued(card, chosen, money):
        verdict = "not now"
    else:
        probability = pursue_probability(card, chosen, money.odds() if money else ALWAYS)
        verdict = "pursue" if probability >= HALF and known >= screen.least_known else "not now"
    now = complete(card, chosen, lambda line: line.expected)
    return Judgement(card, chosen, now, low, high, money, gates, known, probability, verdict)


def choose(card: Scorecard, prospect: Prospect) -> tuple[int | None, ...]:
    """Index of the chosen option for each line, None if unknown."""
    answers = [prospect.answer(line.question.id).option for line in card.lines]
    return tuple(
        None if answer is None else [option.id for option in line.question.options].index(answer)
        for line, answer in zip(card.lines, answers, strict=True)
    )


def complete(card: Scorecard, chosen: Sequence[int | None], stand_in: Callable[[Line], int]) -> Completion:
    """
    Add up one completion.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        stand_in: points of an unknown line [points].
    """
    points = [
        stand_in(line) if option is None else line.points[option]
        for line, option in zip(card.lines, chosen, strict=True)
    ]
    sides = card.side_points(points)
    return Completion(tuple(sides), tuple(card.join(pair) for pair in sides))


def _can_be_pursued(card: Scorecard, chosen: Sequence[int | None], money: MoneySide | None) -> bool:
    """
    Whether some completion is a pursue.

    Every condition gets easier with more points, so the completion with the best answer that passes its
    gate everywhere, and the cheapest answer to every cost question, is pursued if any is.
    """
    for line, option in zip(card.lines, chosen, strict=True):
        if all(line.gated) if option is None else line.gated[option]:
            return False
    best = complete(
        card, chosen, lambda line: max(p for p, gated in zip(line.points, line.gated, strict=True) if not gated)
    )
    if best.score < card.threshold or not card.floors_hold(best.sides):
        return False
    trust = trust_points(money, best)
    return money is None or money.state(trust, trust) != "fail"


def trust_points(money: MoneySide | None, completion: Completion) -> int:
    """Points of the dimension that sets the cycles [points]; 0 where none does."""
    return 0 if money is None or money.dimension is None else completion.dimensions[money.dimension]


def _money_gate(screen: Screen, money: MoneySide, low: Completion, high: Completion) -> Iterator[Gate]:
    if screen.money_gate and money.terms.limit is not None:
        yield money_gate(money, trust_points(money, low), trust_points(money, high), screen.money_gate.because)


def _known(card: Scorecard, chosen: Sequence[int | None]) -> Fraction:
    answered = sum(line.weight for line, option in zip(card.lines, chosen, strict=True) if option is not None)
    return Fraction(answered, sum(line.weight for line in card.lines))
