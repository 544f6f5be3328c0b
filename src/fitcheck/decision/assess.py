"""Verdict, reasons, cost and what next → Assessment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet, PathsToPursue, Step, Then
from fitcheck.decision.change.cost_changes import cheapest_cost_changes
from fitcheck.decision.change.firmness import firmness
from fitcheck.decision.change.paths import path_to_decline, paths_to_pursue
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import SIDES, STAGES, Screen, Stage
from fitcheck.decision.cost.money import MoneySide
from fitcheck.decision.score.reasons import ranked
from fitcheck.decision.score.results import (
    Advice,
    DimensionScore,
    GateState,
    SideScore,
    StageFrom,
    Verdict,
)
from fitcheck.decision.score.score_tables import Points
from fitcheck.decision.score.scorecard import Scorecard
from fitcheck.decision.verdict.asking import ask_next
from fitcheck.decision.verdict.scorer import Judgement, Scorer

GATE_ORDER: tuple[GateState, ...] = ("fail", "at risk", "unknown", "pass")


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
    Assess one prospect: verdict, reasons, cost to close and what to do next.

    Args:
        screen: checked.
        prospect: with answers to the screen's questions; missing ones are unknown.
        stage: how mature our product is; one of the screen's.
        company: our side; the cost model's benchmarks fill the gaps.
        as_of: the assessment date; the latest date of an answer if None.
        stage_from: who chose the stage, for the report.

    Raises:
        KeyError: the screen does not have the stage.
    """
    scorer = Scorer(screen, stage, company)
    screen = scorer.screen
    found = scorer.judge(prospect)
    card, chosen, bounds, money = found.card, found.chosen, found.bounds, found.money_side(prospect.answers)
    reasons, still_open = found.prepared.reasons.explain(found.codes, bounds, prospect.answers)
    trust = found.prepared.trust.dimension
    best, likely = (0 if trust is None else points.dimensions[trust] for points in (bounds.best, found.likely_trust))
    day = as_of or max((a.on for a in prospect.answers.values() if a.on), default=None)
    pursued = found.verdict == "pursue"
    change = None if pursued else _changes(found, prospect, money)
    weeks = _look_again_weeks(screen, change) if change else None
    return Assessment(
        prospect=prospect,
        screen=screen,
        stage=stage,
        stage_from=stage_from,
        as_of=day,
        verdict=found.verdict,
        settled=found.settled,
        probability=found.probability,
        known=found.known,
        too_little_known=found.too_little_known,
        state=found.state,
        score=card.shown(bounds.now.score),
        score_low=card.shown(bounds.low.score),
        score_high=card.shown(bounds.high.score),
        threshold=card.shown(card.threshold),
        dimensions=tuple(_dimension_scores(found)),
        gates=tuple(sorted(found.gates(prospect.answers), key=lambda gate: GATE_ORDER.index(gate.state))),
        reasons=reasons,
        still_open=still_open,
        against=tuple(ranked(reasons, "against")),
        speaks_for=tuple(ranked(reasons, "for")),
        advice=_advice(card, chosen),
        ask_next=ask_next(found),
        would_change=change,
        worth_closing_if=cheapest_cost_changes(money, best, likely) if money else None,
        would_turn=_slips(found, prospect, money) if pursued else None,
        firmness=firmness(card, bounds.now.dimensions),
        neighbours=_neighbours(scorer, prospect),
        cost=money.estimate(found.band_weights, likely) if money else None,
        look_again=_later(day, weeks) if day and weeks else None,
        look_again_weeks=weeks,
        warnings=(*_untested(prospect, money), *_warnings(screen, prospect, day)),
    )


def _neighbours(scorer: Scorer, prospect: Prospect) -> tuple[tuple[Stage, Verdict], ...]:
    """The verdicts at the stage before and after ours, where the screen has them."""
    at = STAGES.index(scorer.stage)
    beside = [other for other in STAGES[max(0, at - 1) : at + 2] if other != scorer.stage]
    return tuple((other, scorer.at(other).judge(prospect).verdict) for other in beside if other in scorer.screen.stages)


def _dimension_scores(found: Judgement) -> Iterator[DimensionScore]:
    now, low, high = (_shown(found.card, points) for points in (found.bounds.now, found.bounds.low, found.bounds.high))
    least = {side: found.card.shown(points) for side, points in found.prepared.tables.floors}
    for i, (dimension, span) in enumerate(zip(found.card.dimensions, found.prepared.tables.sides, strict=True)):
        rubric = dimension.rubric
        sides = tuple(
            SideScore(side, rubric.sides[side], now.sides[k], low.sides[k], high.sides[k], least.get(k))
            for side, k in zip(SIDES, range(span.start, span.stop), strict=False)
            if rubric.is_two_way
        )
        yield DimensionScore(
            rubric.id,
            rubric.title,
            now.dimensions[i],
            low.dimensions[i],
            high.dimensions[i],
            found.card.shown(dimension.most),
            None if sides else least.get(span.start),
            sides,
            one_sided=now.dimensions[i] - sum(now.sides[span], Fraction(0)) / 2 if sides else Fraction(0),
        )


class _Shown(NamedTuple):
    """Points of each side and dimension, of 100."""

    sides: Sequence[Fraction]
    dimensions: Sequence[Fraction]


def _shown(card: Scorecard, points: Points) -> _Shown:
    return _Shown([*map(card.shown, points.sides)], [*map(card.shown, points.dimensions)])


def _advice(card: Scorecard, chosen: Sequence[int | None]) -> tuple[Advice, ...]:
    """Advice for every answer in the lower half of its points, the most points to gain first, fatal answers before."""
    low = []
    for line, option in zip(card.lines, chosen, strict=True):
        change = line.question.change
        if option is None or change.by == "nobody":
            continue
        lost = card.shown(line.effect(max(line.points)) - line.effect(line.points[option]))
        if line.gated[option] or (lost and 2 * line.points[option] <= max(line.points)):
            low.append((not line.gated[option], -lost, Advice(line.question.id, change.by, change.advice, lost)))
    return tuple(advice for *_, advice in sorted(low, key=lambda entry: entry[:2]))


def _look_again_weeks(screen: Screen, change: PathsToPursue) -> int:
    """When the cheapest set of changes could have happened; the screen's own time where nothing says how long."""
    return (change.sets[0].weeks if change.sets else None) or screen.look_again_weeks


def _changes(found: Judgement, prospect: Prospect, money: MoneySide | None) -> PathsToPursue:
    """
    Find what makes it a pursue: where too much is unknown, no change of what is known may be enough.

    Then a settled verdict is opened by what would have made it one at the expected points, which says most, or else by
    whatever opens it; what decides then is asked for with it.
    """
    change = paths_to_pursue(found.card, found.chosen, found.bounds.types, money)
    after = [_after(found, prospect, each) for each in change.sets]
    if turning := _needed(found, prospect, after, lambda then: then.verdict == "pursue"):
        return replace(change, sets=tuple(each for each, _ in turning))
    if not found.settled:
        return PathsToPursue((), answers_may_do=True) if change.sets else change
    if opening := _needed(found, prospect, after, lambda then: not then.settled):
        return replace(change, sets=tuple(_opened(*each) for each in opening))
    change = paths_to_pursue(found.card, found.chosen, found.bounds.types, money, hopeful=True)
    return replace(change, sets=tuple(_opened(*_after(found, prospect, each)) for each in change.sets))


def _needed(
    found: Judgement,
    prospect: Prospect,
    after: Sequence[tuple[ChangeSet, Judgement]],
    wanted: Callable[[Judgement], bool],
) -> list[tuple[ChangeSet, Judgement]]:
    """
    Keep the sets that bring what is wanted, each without the steps that it can do without; least effort first.

    Better answers bear on what is unknown, so that fewer of them may be enough than the search at expected points says.
    """
    kept: dict[tuple[Step, ...], tuple[ChangeSet, Judgement]] = {}
    for change, then in after:
        if not wanted(then):
            continue
        best = change, then
        for step in sorted(change.steps, key=lambda step: -step.effort):
            steps = tuple(each for each in best[0].steps if each != step)
            fewer = _after(found, prospect, replace(change, steps=steps, effort=sum(each.effort for each in steps)))
            best = fewer if wanted(fewer[1]) else best
        kept.setdefault(best[0].steps, best)
    return sorted(kept.values(), key=lambda each: (each[0].effort, len(each[0].steps)))


def _after(found: Judgement, prospect: Prospect, change: ChangeSet) -> tuple[ChangeSet, Judgement]:
    """Judge a prospect whose answers have changed; they bear on what is unknown, so the score is the one of then."""
    answers = {**prospect.answers, **{step.question: Answer(step.after) for step in change.steps}}
    then = found.scorer.judge(replace(prospect, answers=answers))
    return replace(change, score=then.card.shown(then.bounds.now.score)), then


def _slips(found: Judgement, prospect: Prospect, money: MoneySide | None) -> ChangeSet | None:
    """Find the fewest slips that would lose a pursue; None where those that lose it at expected points do not."""
    loss = path_to_decline(found.card, found.chosen, found.bounds.types, money)
    lost = [_after(found, prospect, loss)] if loss and loss.steps else []
    needed = _needed(found, prospect, lost, lambda then: then.verdict != "pursue")
    return needed[0][0] if needed else None


def _opened(found: ChangeSet, after: Judgement) -> ChangeSet:
    probability = after.probability
    if probability is None or after.verdict == "pursue":
        return found
    return replace(found, then=Then(probability, ask_next(after)))


def _later(day: date, weeks: int) -> date | None:
    """The date so many weeks later; None beyond the calendar's last day."""
    ordinal = day.toordinal() + 7 * weeks
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


def _untested(prospect: Prospect, money: MoneySide | None) -> Iterator[str]:
    """Warn if there is a deal but the cost limit could not be checked."""
    deal = prospect.deal
    is_said = deal.value is not None or deal.margin is not None
    if money and money.terms.holds and money.terms.limit is None and is_said:
        paid = money.compiled.prices.currency
        yield f"The cost limit was not checked: what the deal brings in {paid} is unknown."


def _warnings(screen: Screen, prospect: Prospect, as_of: date | None) -> Iterator[str]:
    """Warnings about contradictions in the prospect file."""
    asked = {question.id for question in screen.asked}
    if others := [question for question in prospect.answers if question not in asked]:
        yield f"Ignored, because screen {screen.id} does not ask: {', '.join(others)}."
    if waiting := [answer for answer in prospect.answers.values() if answer.to_review]:
        count = "1 answer waits" if len(waiting) == 1 else f"{len(waiting)} answers wait"
        file = f" {waiting[0].where.file}" if waiting[0].where else ""
        yield f"{count} for your review: fitcheck interview{file} --review."
    for question, answer in prospect.answers.items():
        if as_of and answer.on and answer.on > as_of:
            where = f" ({answer.where.short})" if answer.where else ""
            yield f"The answer to {question} is dated {answer.on.isoformat()}, after the assessment date{where}."
