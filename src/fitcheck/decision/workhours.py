"""Expected hours of one deal and how far they may be off, for everybody or for one role alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.answers import Prospect
from fitcheck.decision.completions import mix
from fitcheck.decision.costmodel import Activity, CostModel, CostQuestion
from fitcheck.decision.pert import NOTHING, ZERO, Growth, pert


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Exact expected hours [hours] and their variance [hours²], the deal's common factor within."""

    mean: Fraction
    variance: Fraction


def roles(model: CostModel) -> tuple[str, ...]:
    """Roles that some activity of the cost model needs, in its order."""
    return tuple(dict.fromkeys(activity.role for activity in model.activities))


def work_hours(model: CostModel, prospect: Prospect, cycles: Sequence[Fraction], role: str | None = None) -> WorkHours:
    """
    Hours that closing takes.

    Args:
        model: the cost model of the screen that was assessed.
        prospect: its unknown cost answers stand at the model's priors; what is not applicable takes no hours.
        cycles: probability of 1, 2, ... cycles, from the assessment.
        role: whose hours count; everybody's if None.

    Returns:
        Mean and variance over answers, cycles, activities and the common factor. For None the mean is the sum of the
        hours of the assessment's drivers.
    """
    working = [activity for activity in model.activities if role is None or activity.role == role]
    known = sum((_growth(activity) for activity in working if activity.when is None), NOTHING)
    unknown = []
    for question in model.questions:
        answer = prospect.answer(question.id)
        if answer.option is not None:
            known += _added(working, question, answer.option)
        elif answer.state == "unknown":
            alternatives: dict[Growth, Fraction] = {}
            for option, chance in _chances(model, question).items():
                growth = _added(working, question, option)
                alternatives[growth] = alternatives.get(growth, ZERO) + chance
            unknown.append(alternatives)
    mixture = mix(known, unknown, cycles, model.spread)
    return WorkHours(mixture.mean, mixture.variance)


def _growth(activity: Activity) -> Growth:
    hours = pert(activity.hours)
    return Growth(deal=hours) if activity.per == "deal" else Growth(cycle=hours)


def _added(working: Sequence[Activity], question: CostQuestion, option: str) -> Growth:
    """What one answer adds."""
    added = (a for a in working if a.when and a.when.question == question.id and option in a.when.options)
    return sum(map(_growth, added), NOTHING)


def _chances(model: CostModel, question: CostQuestion) -> dict[str, Fraction]:
    """Probability of each option; all alike where the model names no prior."""
    named = model.priors.get(question.id, {})
    total = sum(named.values())
    if not total:
        return {option.id: Fraction(1, len(question.options)) for option in question.options}
    return {option.id: Fraction(named.get(option.id, 0), total) for option in question.options}
