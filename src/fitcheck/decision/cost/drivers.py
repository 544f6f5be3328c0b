"""Cost drivers: the hours of every activity that happens or may happen, and whose figures they rest on."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from fitcheck.decision.content.cost_model import Activity, CostModel, Kind
from fitcheck.decision.content.own_figures import OWN
from fitcheck.decision.cost.pert import ZERO, pert
from fitcheck.decision.cost.prices import Prices
from fitcheck.decision.score.results import Driver

Chances = Mapping[str, Mapping[str, Fraction]]
"""By cost question, then option: probability that it is the answer; empty where the question does not apply."""


def drivers(
    model: CostModel, prices: Prices, chances: Chances, unknown: Sequence[str], cycles_mean: Fraction
) -> tuple[Driver, ...]:
    """
    List the activities, most hours first, then in the cost model's order.

    Args:
        model: the cost model.
        prices: for it.
        chances: for every cost question.
        unknown: ids of the cost questions whose answer is unknown.
        cycles_mean: mean number of cycles.

    Returns:
        Every activity with a chance above 0; their hours and their money add up to the exact means.
    """
    found = []
    for activity in model.activities:
        chance = happens(activity, chances)
        if chance:
            found.append(
                Driver(
                    activity=activity.id,
                    title=activity.title,
                    hours=expected_hours(activity, cycles_mean) * chance,
                    because=activity.because,
                    assumed=activity.when.question if activity.when and activity.when.question in unknown else None,
                    basis=activity.basis,
                    role=activity.role,
                    rate=prices.rates[activity.role],
                    rate_basis=OWN if activity.role in prices.own_roles else model.rates[activity.role].basis,
                    expenses=activity.expenses * prices.expense_factor * _times(activity, cycles_mean) * chance,
                )
            )
    return tuple(sorted(found, key=lambda driver: -driver.hours))


def expected_hours(activity: Activity, cycles_mean: Fraction) -> Fraction:
    """Hours that an activity takes over all cycles where it happens [hours]."""
    return pert(activity.hours).mean * _times(activity, cycles_mean)


def _times(activity: Activity, cycles_mean: Fraction) -> Fraction:
    """How often it happens, where it does."""
    return cycles_mean if activity.per == "cycle" else Fraction(1)


def happens(activity: Activity, chances: Chances) -> Fraction:
    """Probability that the answers make an activity necessary, 0..1."""
    if activity.when is None:
        return Fraction(1)
    options = chances[activity.when.question].items()
    return sum((chance for option, chance in options if option in activity.when.options), ZERO)


def benchmarks(model: CostModel, prices: Prices, found: Sequence[Driver], *, margin_is_own: bool) -> tuple[str, ...]:
    """Say which figures are not the user's own, of "hours", "rates", "margin" and "cycles"."""
    kinds = _kinds(model, prices, found, margin_is_own=margin_is_own)
    return tuple(figure for figure, of in kinds.items() if of - {"own"})


def assumptions(model: CostModel, prices: Prices, found: Sequence[Driver], *, margin_is_own: bool) -> tuple[str, ...]:
    """Say which figures rest on a guess of ours, at least in part; of the same figures as `benchmarks`."""
    kinds = _kinds(model, prices, found, margin_is_own=margin_is_own)
    return tuple(figure for figure, of in kinds.items() if "assumption" in of)


def _kinds(
    model: CostModel, prices: Prices, found: Sequence[Driver], *, margin_is_own: bool
) -> dict[str, frozenset[Kind]]:
    """Where each figure that counts comes from."""
    working = {driver.activity for driver in found if driver.hours}
    activities = [activity for activity in model.activities if activity.id in working]
    roles = {activity.role for activity in activities} - prices.own_roles
    share: Kind = model.margin.basis.kind if model.margin else "benchmark"
    return {
        "hours": frozenset(activity.basis.kind for activity in activities),
        "rates": frozenset(model.rates[role].basis.kind for role in roles),
        "margin": frozenset(["own" if margin_is_own else share]),
        "cycles": frozenset([model.cycles.basis.kind]),
    }
