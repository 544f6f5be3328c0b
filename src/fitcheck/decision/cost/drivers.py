"""Cost drivers: the hours of every activity that happens or may happen, and whose figures they rest on."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.content.cost_model import Activity, CostModel
from fitcheck.decision.cost.pert import ZERO, pert
from fitcheck.decision.cost.prices import Prices
from fitcheck.decision.score.results import Driver

Chances = Mapping[str, Mapping[str, Fraction]]
"""By cost question, then option: probability that it is the answer; empty where the question does not apply."""


def drivers(model: CostModel, chances: Chances, unknown: Sequence[str], cycles_mean: Fraction) -> tuple[Driver, ...]:
    """
    List the activities, most hours first, then in the cost model's order.

    Args:
        model: the cost model.
        chances: for every cost question.
        unknown: ids of the cost questions whose answer is unknown.
        cycles_mean: mean number of cycles.

    Returns:
        Every activity with a chance above 0; their hours add up to the exact mean [hours].
    """
    found = []
    for activity in model.activities:
        chance = _chance(activity, chances)
        if chance:
            times = cycles_mean if activity.per == "cycle" else Fraction(1)
            found.append(
                Driver(
                    activity=activity.id,
                    title=activity.title,
                    hours=pert(activity.hours).mean * times * chance,
                    because=activity.because,
                    assumed=activity.when.question if activity.when and activity.when.question in unknown else None,
                    benchmark=activity.basis.kind != "own",
                )
            )
    return tuple(sorted(found, key=lambda driver: -driver.hours))


def _chance(activity: Activity, chances: Chances) -> Fraction:
    if activity.when is None:
        return Fraction(1)
    options = chances[activity.when.question].items()
    return sum((chance for option, chance in options if option in activity.when.options), ZERO)


def benchmarks(model: CostModel, prices: Prices, found: Sequence[Driver], *, margin_is_own: bool) -> tuple[str, ...]:
    """Say which figures are not the user's own, of "hours", "rates", "margin" and "cycles"."""
    working = [driver for driver in found if driver.hours]
    ids = {driver.activity for driver in working}
    roles = {activity.role for activity in model.activities if activity.id in ids}
    figures = {
        "hours": any(driver.benchmark for driver in working),
        "rates": not roles <= prices.own_roles,
        "margin": not margin_is_own,
        "cycles": model.cycles.basis.kind != "own",
    }
    return tuple(figure for figure, benchmark in figures.items() if benchmark)
