"""Verdicts that change with content, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company, CostModel, CostOption, CostQuestion
from fitcheck.decision.content.rubric import Option, Question, Rubric, Screen, Stage
from fitcheck.decision.score.results import GateState, OpenLine, Reason
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.problems import Problem, UsageError
from fitcheck.proof.cases import judging

NOISE = Fraction(1, 1000)
"""Points up to which a line counts as unchanged: what an open answer gives on average is rounded to a card's unit."""


@dataclass(frozen=True, slots=True)
class Shift:
    """
    How much more (or less) one line gives than before.

    Attributes:
        dimension: id of the rubric.
        question: None on the one-sided line of trust.
        effect: on the score [points].
    """

    dimension: str
    question: str | None
    effect: Fraction


@dataclass(frozen=True, slots=True)
class GateShift:
    """A gate in another state than before; None where there was, or is, no such gate."""

    id: str
    before: GateState | None
    after: GateState | None


@dataclass(frozen=True, slots=True)
class Move:
    """
    A verdict that moved.

    Attributes:
        shifts: the lines that give more or less, those that changed most first; their effects add up to the change
            of the score, but for the lines within `NOISE`.
        gates: the gates that changed.
    """

    before: Assessment
    after: Assessment
    shifts: tuple[Shift, ...]
    gates: tuple[GateShift, ...]


def moves(
    old: Screen,
    new: Screen,
    prospects: Iterable[tuple[Prospect, Stage, Stage]],
    company: Company | None = None,
) -> tuple[Move, ...]:
    """
    Assess every prospect with both screens and keep those whose verdict differs.

    Args:
        old: as it was.
        new: as it is to be.
        prospects: each with the stage to take in the old and in the new screen; an answer that one of the
            screens doesn't know counts as unknown there.
        company: our side.
    """
    found = []
    for prospect, stage_before, stage_after in prospects:
        before = _assess(old, prospect, stage_before, company)
        after = _assess(new, prospect, stage_after, company)
        if before.verdict != after.verdict:
            found.append(Move(before, after, tuple(_shifts(before, after)), tuple(_gates(before, after))))
    return tuple(found)


def _assess(screen: Screen, prospect: Prospect, stage: Stage, company: Company | None) -> Assessment:
    return assess(judging(screen, prospect, company), fitting(prospect, screen), stage, company=company)


def _shifts(before: Assessment, after: Assessment) -> Iterator[Shift]:
    old, new = _effects(before), _effects(after)
    shifts = [Shift(*line, new.get(line, Fraction(0)) - old.get(line, Fraction(0))) for line in {**old, **new}]
    return (shift for shift in sorted(shifts, key=lambda shift: -abs(shift.effect)) if abs(shift.effect) > NOISE)


def _effects(assessment: Assessment) -> dict[tuple[str, str | None], Fraction]:
    """What each line gives to the score: its effect on score − threshold, and its part of the threshold."""
    screen, answers = assessment.screen, assessment.prospect.answers
    skipped = frozenset(name for name, answer in answers.items() if answer.state == "n/a")
    card = compile_scorecard(screen, assessment.stage, skipped)
    baselines = {line.question.id: card.shown(line.baseline) for line in card.lines}
    lines: list[Reason | OpenLine] = [*assessment.reasons, *assessment.still_open]
    return {
        (line.dimension, line.question): line.effect + baselines.get(line.question or "", Fraction(0)) for line in lines
    }


def _gates(before: Assessment, after: Assessment) -> Iterator[GateShift]:
    old, new = ({gate.id: gate.state for gate in assessment.gates} for assessment in (before, after))
    for gate in {**old, **new}:
        if old.get(gate) != new.get(gate):
            yield GateShift(gate, old.get(gate), new.get(gate))


def fitting(prospect: Prospect, screen: Screen) -> Prospect:
    """Return the prospect with only those answers that the screen knows."""
    asked = _questions(screen)
    answers = {
        name: answer
        for name, answer in prospect.answers.items()
        if (question := asked.get(name))
        and (
            answer.state == "unknown"
            or (answer.state == "n/a" and question.not_applicable)
            or answer.option in {option.id for option in question.options}
        )
    }
    return replace(prospect, answers=answers)


def _questions(screen: Screen) -> dict[str, Question | CostQuestion]:
    return {question.id: question for question in screen.asked}


def with_part(screen: Screen, part: Rubric | CostModel) -> Screen:
    """
    Return the screen with a rubric, or its cost model, replaced by another of the same id.

    Priors that don't fit the new questions are left out.

    Raises:
        UsageError: the screen has no such part, or the new one can't take its place.
    """
    changed = _with_cost(screen, part) if isinstance(part, CostModel) else _with_rubric(screen, part)
    names = [question.id for question in changed.asked]
    for name in names:
        if names.count(name) > 1:
            raise _misfit(f"{name} is also a question of another part of screen {screen.id}")
    asked = _questions(changed)
    priors = {name: prior for name, prior in screen.priors.items() if name in asked and set(prior) == _ids(asked[name])}
    return replace(changed, priors=priors)


def _with_rubric(screen: Screen, rubric: Rubric) -> Screen:
    replaced = [own for own in screen.rubrics if own.id == rubric.id]
    if not replaced:
        hint = f"one of: {', '.join(own.id for own in screen.rubrics)}"
        raise _misfit(f"screen {screen.id} has no rubric {rubric.id}", hint)
    if replaced[0].is_two_way != rubric.is_two_way:
        raise _misfit(f"{rubric.id} is two-way in one place and one-way in the other")
    return replace(screen, rubrics=tuple(rubric if own.id == rubric.id else own for own in screen.rubrics))


def _with_cost(screen: Screen, model: CostModel) -> Screen:
    if screen.cost is None or screen.cost.id != model.id:
        raise _misfit(f"screen {screen.id} has no cost model {model.id}")
    if model.cycles.rubric not in {None, *(rubric.id for rubric in screen.rubrics if rubric.is_two_way)}:
        raise _misfit(f"screen {screen.id} has no two-way rubric {model.cycles.rubric}")
    return replace(screen, cost=model)


def _ids(question: Question | CostQuestion) -> set[str]:
    options: tuple[Option | CostOption, ...] = question.options
    return {option.id for option in options}


def _misfit(message: str, hint: str | None = None) -> UsageError:
    return UsageError(Problem("part-does-not-fit", message, hint=hint))
