"""A screen with the company's own figures in place of the usual ones."""

from dataclasses import replace

from fitcheck.decision.content.cost_model import Activity, Basis, Company, CostModel
from fitcheck.decision.content.rubric import MoneyGate, Screen
from fitcheck.problems import Problem, UsageError

OWN = Basis("own")
"""Where a figure of the company file comes from."""


def with_own_figures(screen: Screen, company: Company | None) -> Screen:
    """
    Put hours, rounds and the terms of the money gate that the company file names in their places.

    A figure that is the usual one is nobody's own: it keeps the source or the "assumption" that it had. Rates and
    margin are not put here, because their currency may be another; see `fitcheck.decision.cost.prices`.

    Args:
        screen: checked.
        company: our side; it fits the cost model of the screen.

    Returns:
        The same screen where the company has nothing else to say.

    Raises:
        UsageError: it names more or fewer extra rounds than the cost model has bands of trust.
    """
    if company is None:
        return screen
    cost = _cost(screen.cost, company) if screen.cost else None
    gate = _gate(screen.money_gate, company) if screen.money_gate else None
    if cost is screen.cost and gate is screen.money_gate:
        return screen
    return replace(screen, cost=cost, money_gate=gate)


def _gate(gate: MoneyGate, company: Company) -> MoneyGate:
    own = {
        name: figure
        for name in ("win_rate", "lost_share", "months")
        if (figure := getattr(company, name)) is not None and figure != getattr(gate, name)
    }
    return replace(gate, **own) if own else gate


def _cost(model: CostModel, company: Company) -> CostModel:
    hours = company.hours.get(model.id, {})

    def own(work: Activity) -> Activity:
        figure = hours.get(work.id)
        return work if figure is None or figure == work.hours else replace(work, hours=figure, basis=OWN)

    activities = tuple(map(own, model.activities))
    extra = company.extra_rounds.get(model.id, ())
    cycles, bands = model.cycles, model.cycles.bands
    if extra and len(extra) != len(bands):
        message = f"extra_rounds of {model.id} must be {len(bands)} numbers, one for each band of trust"
        raise UsageError(Problem("wrong-count", message))
    if extra and extra != tuple(band.extra for band in bands):
        changed = tuple(replace(band, extra=figure) for band, figure in zip(bands, extra, strict=True))
        cycles = replace(cycles, bands=changed, basis=OWN)
    if activities == model.activities and cycles is model.cycles:
        return model
    return replace(model, activities=activities, cycles=cycles, instead_of=model.instead_of or model)
