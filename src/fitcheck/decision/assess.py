"""Scorecard × answers → Assessment: gates, score, bounds, verdict, reasons, cost."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from fitcheck.decision.answers import Prospect
from fitcheck.decision.asking import ask_next
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.changes import WouldChange, cheapest_loss, would_change
from fitcheck.decision.cost import CompiledCost
from fitcheck.decision.costmodel import Company
from fitcheck.decision.gates import floor_gates, option_gates
from fitcheck.decision.money import MoneySide, compiled_for, money_gate, money_side
from fitcheck.decision.reasons import explain, group
from fitcheck.decision.results import (
    Advice,
    DimensionScore,
    Gate,
    GateState,
    SideScore,
    StageFrom,
    Verdict,
)
from fitcheck.decision.rubric import SIDES, STAGES, Screen, Stage
from fitcheck.decision.scorecard import Line, Scorecard, compile_scorecard
from fitcheck.decision.unknowns import ALWAYS, pursue_probability
from fitcheck.decision.weights import firmness

HALF = Fraction(1, 2)
GATE_ORDER: tuple[GateState, ...] = ("fail", "unknown", "pass")


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


def assess(
    screen: Screen,
    prospect: Prospect,
    stage: Stage,
    *,
    company: Company | None = None,
    as_of: date | None = None,
    stage_from: StageFrom = "given",
) -> Assessment:
    """
    Say pursue or not now, why, what it costs to close, and what next.

    Args:
        screen: checked.
        prospect: its answers fit the screen's questions; what is absent is unknown.
        stage: where our own solution stands; one that the screen knows.
        company: our side; benchmarks of the cost model where it is silent.
        as_of: the day the assessment speaks of; the latest day of an answer if None.
        stage_from: who chose the stage, for the report.

    Raises:
        KeyError: the screen does not know the stage.
    """
    costs = compiled_for(screen.cost, company) if screen.cost else None
    found = judge(screen, prospect, stage, company, costs)
    card, chosen, money = found.card, found.chosen, found.money
    reasons, still_open = explain(card, chosen, prospect.answers)
    against, speaks_for = group(reasons)
    day = as_of or max((a.on for a in prospect.answers.values() if a.on), default=None)
    pursued = found.verdict == "pursue"
    change = None if pursued else would_change(card, chosen, money)
    weeks = _look_again_weeks(screen, change) if change else None
    return Assessment(
        prospect=prospect,
        screen=screen,
        stage=stage,
        stage_from=stage_from,
        as_of=day,
        verdict=found.verdict,
        settled=found.probability is None,
        probability=found.probability,
        known=found.known,
        too_little_known=found.probability is not None and found.known < screen.least_known,
        score=found.now.score,
        score_low=found.low.score,
        score_high=found.high.score,
        threshold=card.threshold,
        dimensions=tuple(_dimension_scores(found)),
        gates=tuple(sorted(found.gates, key=lambda gate: GATE_ORDER.index(gate.state))),
        reasons=reasons,
        still_open=still_open,
        against=against,
        speaks_for=speaks_for,
        advice=_advice(card, chosen),
        ask_next=ask_next(card, chosen, money),
        would_change=change,
        would_turn=cheapest_loss(card, chosen, money) if pursued else None,
        firmness=firmness(card, found.now.dimensions),
        neighbours=_neighbours(screen, prospect, stage, company, costs),
        cost=money.estimate(card, chosen) if money else None,
        look_again=day + timedelta(weeks=weeks) if day and weeks else None,
        look_again_weeks=weeks,
    )


def _neighbours(
    screen: Screen, prospect: Prospect, stage: Stage, company: Company | None, costs: CompiledCost | None
) -> tuple[tuple[Stage, Verdict], ...]:
    """The verdicts one stage of ours earlier and one later, where the screen knows those stages."""
    at = STAGES.index(stage)
    beside = [other for other in STAGES[max(0, at - 1) : at + 2] if other != stage and other in screen.stages]
    return tuple((other, judge(screen, prospect, other, company, costs).verdict) for other in beside)


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
    trust = _trust(money, best)
    return money is None or money.state(trust, trust) != "fail"


def _trust(money: MoneySide | None, completion: Completion) -> int:
    return 0 if money is None or money.dimension is None else completion.dimensions[money.dimension]


def _money_gate(screen: Screen, money: MoneySide, low: Completion, high: Completion) -> Iterator[Gate]:
    if screen.money_gate and money.limit is not None:
        yield money_gate(money, money.limit, _trust(money, low), _trust(money, high), screen.money_gate.because)


def _known(card: Scorecard, chosen: Sequence[int | None]) -> Fraction:
    answered = sum(line.weight for line, option in zip(card.lines, chosen, strict=True) if option is not None)
    return Fraction(answered, sum(line.weight for line in card.lines))


def _dimension_scores(found: Judgement) -> Iterator[DimensionScore]:
    card, now, low, high = found.card, found.now, found.low, found.high
    floors = {(gate.dimension, gate.side): gate.least for gate in card.floors}
    for i, dimension in enumerate(card.dimensions):
        rubric = dimension.rubric
        sides = tuple(
            SideScore(side, rubric.sides[side], now.sides[i][k], low.sides[i][k], high.sides[i][k], floors.get((i, k)))
            for k, side in enumerate(SIDES)
            if rubric.is_two_way
        )
        yield DimensionScore(
            rubric.id,
            rubric.title,
            now.dimensions[i],
            low.dimensions[i],
            high.dimensions[i],
            dimension.most,
            None if sides else floors.get((i, 0)),
            sides,
            one_sided=2 * now.dimensions[i] - sum(now.sides[i]) if sides else 0,
        )


def _advice(card: Scorecard, chosen: Sequence[int | None]) -> tuple[Advice, ...]:
    """Advice for every answer in the lower half of its points, the most points to gain first, fatal answers before."""
    low = []
    for line, option in zip(card.lines, chosen, strict=True):
        change = line.question.change
        if option is None or change.by == "nobody":
            continue
        lost = line.factor * (max(line.points) - line.points[option])
        if line.gated[option] or (lost and 2 * line.points[option] <= max(line.points)):
            low.append((not line.gated[option], -lost, Advice(line.question.id, change.by, change.advice, lost)))
    return tuple(advice for *_, advice in sorted(low, key=lambda entry: entry[:2]))


def _look_again_weeks(screen: Screen, change: WouldChange) -> int:
    """When the cheapest set of changes could have happened; the screen's own time where nothing says how long."""
    return next((found.weeks for found in change.sets if found.weeks), screen.look_again_weeks)
