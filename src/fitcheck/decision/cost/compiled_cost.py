"""A cost model at our prices: what every answer to a cost question adds, worked out once and exactly."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from fitcheck.decision.content.cost_model import Activity, CostModel, CostQuestion
from fitcheck.decision.cost.cycles import cycle_pmf, mean_cycles
from fitcheck.decision.cost.pert import NOTHING, Amount, Growth, pert
from fitcheck.decision.cost.prices import Prices
from fitcheck.decision.score.prospect_types import BASE_RATE, COST_TILT, Guess, guess


@dataclass(frozen=True, slots=True)
class Part:
    """Hours, money and calendar weeks that one answer adds; the fixed money is expenses."""

    hours: Growth = NOTHING
    money: Growth = NOTHING
    weeks: Growth = NOTHING

    def __add__(self, other: "Part") -> "Part":
        return Part(self.hours + other.hours, self.money + other.money, self.weeks + other.weeks)


@dataclass(frozen=True, slots=True)
class BandCosts:
    """What closing is expected to take in one band of trust [1/`Measure.unit`]; options by question id, then option."""

    always: int
    options: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Measure:
    """
    What closing is expected to take, as integers.

    Attributes:
        bands: for each band of trust.
        unit: they count in 1/unit of a unit of money, or of an hour.
    """

    bands: tuple[BandCosts, ...]
    unit: int


@dataclass(frozen=True, slots=True)
class CompiledCost:
    """
    A cost model with prices, ready to be asked.

    Attributes:
        always: what comes whatever the answers are.
        options: by cost question, then option: what that answer adds.
        priors: by cost question, then option: base rate of an unknown answer.
        guesses: by cost question what an unknown answer may be under each type of prospect.
        cycles: for each band of trust the probability of 1, 2, ... cycles.
        money, hours: what is expected, the money with expenses.
    """

    model: CostModel
    prices: Prices
    always: Part
    options: Mapping[str, Mapping[str, Part]]
    priors: Mapping[str, Mapping[str, int]]
    guesses: Mapping[str, Guess]
    cycles: tuple[tuple[Fraction, ...], ...]
    money: Measure
    hours: Measure

    def shares(self, question: str) -> dict[str, Fraction]:
        """By option the probability that it is the unknown answer to a cost question."""
        prior = self.priors[question]
        total = sum(prior.values())
        return {option: Fraction(weight, total) for option, weight in prior.items()}


def compile_cost(model: CostModel, prices: Prices) -> CompiledCost:
    """Work out, exactly, what every answer to a cost question adds."""
    always = Part(weeks=Growth(pert(model.lead_weeks)) if model.lead_weeks else NOTHING)
    options = {question.id: {option.id: Part() for option in question.options} for question in model.questions}
    for activity in model.activities:
        part = _part(activity, prices)
        if activity.when is None:
            always += part
        else:
            parts = options[activity.when.question]
            parts.update({option: parts[option] + part for option in parts if option in activity.when.options})
    loop = model.cycles
    pmfs = tuple(cycle_pmf(band.extra, loop.most, loop.shape) for band in loop.bands)
    means = [mean_cycles(pmf) for pmf in pmfs]
    priors = {question.id: _prior(model, question) for question in model.questions}
    return CompiledCost(
        model=model,
        prices=prices,
        always=always,
        options=options,
        priors=priors,
        guesses={question: _guess(tuple(weights.values())) for question, weights in priors.items()},
        cycles=pmfs,
        money=_measure(always, options, means, lambda part: part.money),
        hours=_measure(always, options, means, lambda part: part.hours),
    )


def _part(activity: Activity, prices: Prices) -> Part:
    """Work out what an activity takes when it happens."""
    hours = pert(activity.hours)
    money = hours.priced(prices.rates[activity.role], activity.expenses * prices.expense_factor)
    weeks = pert(activity.weeks) if activity.weeks else Amount()
    once = activity.per == "deal"
    return Part(*(Growth(deal=amount) if once else Growth(cycle=amount) for amount in (hours, money, weeks)))


def _prior(model: CostModel, question: CostQuestion) -> dict[str, int]:
    """Return the weights the model names; uniform where it names none."""
    named = model.priors.get(question.id, {})
    return {option.id: named.get(option.id, 0) if any(named.values()) else BASE_RATE for option in question.options}


def _guess(base: Sequence[int]) -> Guess:
    """Good prospects tend to ask for cheaper options; options are in order of cost."""
    last = len(base) - 1
    return guess([Fraction(last - place, last) if last else Fraction(1) for place in range(len(base))], base, COST_TILT)


def _measure(
    always: Part, options: Mapping[str, Mapping[str, Part]], means: Sequence[Fraction], of: Callable[[Part], Growth]
) -> Measure:
    """Choose the unit so fine that whatever is expected is a whole number of it."""
    every = [{"": always}, *options.values()]
    exact = [[{option: of(part).expected(mean) for option, part in parts.items()} for parts in every] for mean in means]
    unit = lcm(*(cost.denominator for band in exact for costs in band for cost in costs.values()))
    whole = [[{option: int(cost * unit) for option, cost in costs.items()} for costs in band] for band in exact]
    return Measure(tuple(BandCosts(band[0][""], dict(zip(options, band[1:], strict=True))) for band in whole), unit)
