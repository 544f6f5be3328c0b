"""Expected hours of one deal and how far they may be off, for everybody or for one role alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import CostModel
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.cycles import mean_cycles
from fitcheck.decision.cost.estimate import CostDistribution, chances_of
from fitcheck.decision.cost.hours_spent import left_to_spend
from fitcheck.decision.cost.prices import prices


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Exact expected hours [hours] and their variance [hours²], the deal's common factor within."""

    mean: Fraction
    variance: Fraction


def roles(model: CostModel) -> tuple[str, ...]:
    """Roles that some activity of the cost model needs, in its order."""
    return tuple(dict.fromkeys(activity.role for activity in model.activities))


def role_cost(model: CostModel, role: str | None) -> CompiledCost:
    """Compile the activities of one role, or of everybody if None, at the cost model's own rates."""
    working = tuple(activity for activity in model.activities if role is None or activity.role == role)
    return compile_cost(replace(model, activities=working), prices(model, None))


def work_hours(compiled: CompiledCost, prospect: Prospect, cycles: Sequence[Fraction]) -> WorkHours:
    """
    Hours that closing takes from here on.

    Args:
        compiled: from `role_cost`, for the cost model of the screen that was assessed.
        prospect: its unknown cost answers stand at the model's priors; what is not applicable takes no hours, and hours
            that are spent are taken no more.
        cycles: probability of 1, 2, ... cycles, from the assessment.

    Returns:
        Mean and variance over answers, cycles, activities and the common factor. For everybody the mean is the sum of
        the hours of the assessment's drivers.
    """
    chances = chances_of(compiled, prospect.answers)
    left = left_to_spend(compiled, chances, mean_cycles(cycles), prospect.deal.hours_spent)
    hours = CostDistribution(left, prospect.answers).hours(cycles)
    return WorkHours(hours.mean, hours.variance)
