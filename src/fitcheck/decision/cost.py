"""Cost to close: what an answer costs, the exact expected money, and the range of hours, money and weeks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import TypeVar

from fitcheck.decision import completions
from fitcheck.decision.answers import UNKNOWN, Answer
from fitcheck.decision.completions import Mixer
from fitcheck.decision.costmodel import CostModel, CostQuestion
from fitcheck.decision.cycles import cycle_pmf, mean_cycles, mix_cycles
from fitcheck.decision.drivers import benchmarks, drivers
from fitcheck.decision.mixture import Mixture
from fitcheck.decision.parts import Part, part_of
from fitcheck.decision.pert import NOTHING, ZERO, Growth, pert
from fitcheck.decision.prices import Prices
from fitcheck.decision.results import CostToClose, Spread

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BandCosts:
    """Expected money in one band of trust, as integers: [1/`CompiledCost.unit` of a unit of money]."""

    always: int
    options: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class CompiledCost:
    """
    A cost model with prices, ready to be asked.

    Attributes:
        always: what comes whatever the answers are.
        options: by cost question, then option: what that answer adds.
        priors: by cost question, then option: relative weight of what an unknown answer may be.
        cycles: for each band of trust the probability of 1, 2, ... cycles.
        bands: expected money for each band.
        unit: `bands` count in 1/unit of a unit of money.
    """

    model: CostModel
    prices: Prices
    always: Part
    options: Mapping[str, Mapping[str, Part]]
    priors: Mapping[str, Mapping[str, int]]
    cycles: tuple[tuple[Fraction, ...], ...]
    bands: tuple[BandCosts, ...]
    unit: int


def compile_cost(model: CostModel, prices: Prices) -> CompiledCost:
    """Work out, exactly, what every answer to a cost question adds."""
    always = Part(weeks=Growth(pert(model.lead_weeks)) if model.lead_weeks else NOTHING)
    options = {question.id: {option.id: Part() for option in question.options} for question in model.questions}
    for activity in model.activities:
        part = part_of(activity, prices)
        if activity.when is None:
            always += part
        else:
            parts = options[activity.when.question]
            parts.update({option: parts[option] + part for option in parts if option in activity.when.options})
    loop = model.cycles
    pmfs = tuple(cycle_pmf(band.extra, loop.most, loop.shape) for band in loop.bands)
    means = [mean_cycles(pmf) for pmf in pmfs]
    exact = [[_expected(parts, mean) for parts in ({"": always}, *options.values())] for mean in means]
    unit = lcm(*(cost.denominator for band in exact for costs in band for cost in costs.values()))
    whole = [[{option: int(cost * unit) for option, cost in costs.items()} for costs in band] for band in exact]
    return CompiledCost(
        model=model,
        prices=prices,
        always=always,
        options=options,
        priors={question.id: _prior(model, question) for question in model.questions},
        cycles=pmfs,
        bands=tuple(BandCosts(band[0][""], dict(zip(options, band[1:], strict=True))) for band in whole),
        unit=unit,
    )


def _prior(model: CostModel, question: CostQuestion) -> dict[str, int]:
    """Return the weights the model names; uniform where it names none."""
    named = model.priors.get(question.id, {})
    return {option.id: named.get(option.id, 0) if any(named.values()) else 1 for option in question.options}


def _expected(parts: Mapping[str, Part], cycles_mean: Fraction) -> dict[str, Fraction]:
    return {option: part.money.expected(cycles_mean) for option, part in parts.items()}


def expected_money(compiled: CompiledCost, answers: Mapping[str, Answer], band: int) -> tuple[Fraction, Fraction]:
    """
    Least and most expected money over every completion of the unknown cost answers.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band: index of the band of trust.

    Returns:
        Exact [`prices.currency`]; equal where no unknown answer matters.
    """
    costs = compiled.bands[band]
    known, unknown = _sort(costs.options, answers)
    low = costs.always + sum(known) + sum(min(options.values()) for options in unknown.values())
    high = costs.always + sum(known) + sum(max(options.values()) for options in unknown.values())
    return Fraction(low, compiled.unit), Fraction(high, compiled.unit)


def share_within(compiled: CompiledCost, answers: Mapping[str, Answer], band: int, limit: Fraction) -> Fraction:
    """
    Probability that the expected money is at most `limit`, over the unknown cost answers.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band: index of the band of trust.
        limit: [`prices.currency`].

    Returns:
        0..1, exact; unknown answers are independent and follow the cost model's priors.
    """
    costs = compiled.bands[band]
    known, unknown = _sort(costs.options, answers)
    weighed = []
    for question, options in unknown.items():
        weights: dict[int, int] = {}
        for option, cost in options.items():
            weights[cost] = weights.get(cost, 0) + compiled.priors[question][option]
        weighed.append(weights)
    return completions.share_within(weighed, floor(limit * compiled.unit) - costs.always - sum(known))


def _sort(
    options: Mapping[str, Mapping[str, T]], answers: Mapping[str, Answer]
) -> tuple[list[T], dict[str, Mapping[str, T]]]:
    """Return what belongs to the given answers, and by unknown question what belongs to each option."""
    known, unknown = [], {}
    for question, by_option in options.items():
        answer = answers.get(question, UNKNOWN)
        if answer.option is not None:
            known.append(by_option[answer.option])
        elif answer.state == "unknown":
            unknown[question] = by_option
    return known, unknown


def estimate(
    compiled: CompiledCost,
    answers: Mapping[str, Answer],
    band_weights: Sequence[Fraction],
    *,
    value: Fraction | None,
    margin: Fraction | None,
    margin_is_own: bool,
    notes: Sequence[str] = (),
) -> CostToClose:
    """
    Say what closing will take, over everything that is unknown.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band_weights: probability of each band of trust; they add up to 1.
        value: of the first contract [`prices.currency`].
        margin: what is ours if won [`prices.currency`].
        margin_is_own: whether `margin` rests on the user's own figure.
        notes: carried over into the result, before our own.

    Source:
        Hours are F × (X + Σ Y_c) over a random number of cycles; money has the same form at the roles'
        rates, with expenses on top. Calendar weeks are the sum of waiting times without F, which makes
        work dearer and not waiting longer, but never less than the hours at the weekly capacity.
    """
    model, prices = compiled.model, compiled.prices
    case = Case(compiled, answers)
    cycles = case.cycles(band_weights)
    hours, money, weeks = case.hours(cycles), case.money(cycles), case.weeks(cycles)
    hours_at, weeks_at, expected = hours.quantiles(), weeks.quantiles(), money.mean
    if prices.weekly_hours:
        slowest = [work / prices.weekly_hours for work in hours_at]
        weeks_at = (max(weeks_at[0], slowest[0]), max(weeks_at[1], slowest[1]), max(weeks_at[2], slowest[2]))
    cycles_mean = mean_cycles(cycles)
    found = drivers(model, _chances(compiled, answers), tuple(case.unknown), cycles_mean)
    band = band_weights.index(max(band_weights))
    return CostToClose(
        hours=_spread(hours_at, hours.mean, 1),
        money=_spread(money.quantiles(), expected, 0),
        currency=prices.currency,
        expected=expected,
        weeks_p50=half_up(weeks_at[1], 1),
        weeks_p90=half_up(weeks_at[2], 1),
        cycles=cycles,
        cycles_mean=cycles_mean,
        cycles_because=model.cycles.bands[band].because,
        drivers=found,
        margin=margin,
        per_deal_value=expected / value if value else None,
        per_margin=expected / margin if margin is not None and margin > 0 else None,
        unknown=tuple(question for question, parts in case.unknown.items() if len(set(parts.values())) > 1),
        benchmarks=benchmarks(model, prices, found, margin_is_own=margin_is_own or margin is None),
        notes=(*notes, *_notes(margin, weeks_at[2])),
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """
    What closing will take, as far as a table tells it.

    Attributes:
        hours: work [hours, to 0.1].
        money_p50: labour and expenses [`prices.currency`, whole units].
        expected: exact mean of the money.
    """

    hours: Spread
    money_p50: float
    expected: Fraction


class Case:
    """
    A compiled cost model with one set of answers.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
    """

    def __init__(self, compiled: CompiledCost, answers: Mapping[str, Answer]) -> None:
        known, unknown = _sort(compiled.options, answers)
        self.compiled, self.unknown = compiled, unknown
        self._known: Part = sum(known, compiled.always)
        self._alternatives = [
            (parts, _shares(compiled.priors[question])) for question, parts in sorted(unknown.items())
        ]
        spread = compiled.model.spread
        self._hours = self._mixer(lambda part: part.hours, spread)
        self._money = self._mixer(lambda part: part.money, spread)

    def _mixer(self, measure: Callable[[Part], Growth], spread: Fraction) -> Mixer:
        alternatives = []
        for parts, shares in self._alternatives:
            added: dict[Growth, Fraction] = {}
            for option, part in parts.items():
                growth = measure(part)
                added[growth] = added.get(growth, ZERO) + shares[option]
            alternatives.append(added)
        return Mixer(measure(self._known), alternatives, spread)

    def cycles(self, band_weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Probability of 1, 2, ... cycles for these probabilities of the bands of trust."""
        return mix_cycles(self.compiled.cycles, band_weights)

    def hours(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the hours."""
        return self._hours.mixture(cycles)

    def money(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the money; F makes labour dearer, and not the expenses."""
        return self._money.mixture(cycles)

    def weeks(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the calendar weeks, which F does not make longer."""
        return self._mixer(lambda part: part.weeks, ZERO).mixture(cycles)

    def closing(self, band_weights: Sequence[Fraction]) -> Closing:
        """Say what closing will take, like `estimate` does, without weeks, drivers and notes."""
        cycles = self.cycles(band_weights)
        hours, money = self.hours(cycles), self.money(cycles)
        return Closing(_spread(hours.quantiles(), hours.mean, 1), half_up(money.median(), 0), money.mean)


def _shares(prior: Mapping[str, int]) -> dict[str, Fraction]:
    total = sum(prior.values())
    return {option: Fraction(weight, total) for option, weight in prior.items()}


def _chances(compiled: CompiledCost, answers: Mapping[str, Answer]) -> dict[str, dict[str, Fraction]]:
    """By cost question, then option: probability that it is the answer; empty where the question does not apply."""
    chances: dict[str, dict[str, Fraction]] = {}
    for question, prior in compiled.priors.items():
        answer = answers.get(question, UNKNOWN)
        if answer.option is not None:
            chances[question] = {answer.option: Fraction(1)}
        else:
            chances[question] = _shares(prior) if answer.state == "unknown" else {}
    return chances


def _notes(margin: Fraction | None, weeks: Fraction) -> Iterator[str]:
    if margin is not None and margin <= 0:
        yield "The margin is nothing or less, so no chance of winning would pay for closing."
    if not weeks:
        yield "Calendar time is unknown: the cost model names no weeks, and company.yaml no weekly_hours."


def _spread(at: tuple[Fraction, Fraction, Fraction], mean: Fraction, places: int) -> Spread:
    p10, p50, p90 = (half_up(value, places) for value in at)
    return Spread(p10, p50, p90, half_up(mean, places))


def half_up(value: Fraction, places: int) -> float:
    """
    Round for the reader, once and at the very end.

    >>> half_up(Fraction(9, 4), 1), half_up(Fraction(5, 2), 0)
    (2.3, 3.0)
    """
    scale = int(10**places)
    return floor(value * scale + Fraction(1, 2)) / scale
