"""Cost to close for one set of cost answers: exact expected money, and the range of hours, money and weeks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.cost.compiled_cost import CompiledCost, Part
from fitcheck.decision.cost.completions import Mixer
from fitcheck.decision.cost.cycles import mean_cycles, mix_cycles
from fitcheck.decision.cost.drivers import benchmarks, drivers
from fitcheck.decision.cost.mixture import Mixture
from fitcheck.decision.cost.pert import ZERO, Growth
from fitcheck.decision.cost.terms import break_even
from fitcheck.decision.score.results import CostToClose, Spread
from fitcheck.decision.score.rounding import rounded

T = TypeVar("T")


class MoneyBounds(NamedTuple):
    """Expected money with unknown answers at the cheapest, the likeliest and the dearest [1/`CompiledCost.unit`]."""

    cheapest: int
    likely: int
    dearest: int


def money_bounds(compiled: CompiledCost, answers: Mapping[str, Answer], band: int) -> MoneyBounds:
    """
    Expected money over what the unknown cost answers may be.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band: index of the band of trust.

    Returns:
        All equal where no unknown answer matters.
    """
    costs = compiled.bands[band]
    known, unknown = sort_answers(costs.options, answers)
    always = costs.always + sum(known)
    likeliest = (list(options.values())[compiled.guesses[q].likeliest] for q, options in unknown.items())
    return MoneyBounds(
        always + sum(min(options.values()) for options in unknown.values()),
        always + sum(likeliest),
        always + sum(max(options.values()) for options in unknown.values()),
    )


@dataclass(frozen=True, slots=True)
class CostSummary:
    """
    What a row of a table says about closing.

    Attributes:
        hours: work [hours, to 0.1].
        money_p50: labour and expenses [`prices.currency`, whole units].
        expected: exact mean of the money.
    """

    hours: Spread
    money_p50: float
    expected: Fraction


class CostDistribution:
    """
    Distributions of hours, money and weeks for one set of cost answers, at any trust.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
    """

    def __init__(self, compiled: CompiledCost, answers: Mapping[str, Answer]) -> None:
        known, unknown = sort_answers(compiled.options, answers)
        self.compiled, self.unknown = compiled, unknown
        self._known: Part = sum(known, compiled.always)
        self._hours = self._mixer(lambda part: part.hours, compiled.model.spread)
        self._money = self._mixer(lambda part: part.money, compiled.model.spread)

    def _mixer(self, measure: Callable[[Part], Growth], spread: Fraction) -> Mixer:
        alternatives = []
        for question, parts in sorted(self.unknown.items()):
            shares, added = self.compiled.shares(question), dict[Growth, Fraction]()
            for option, part in parts.items():
                growth = measure(part)
                added[growth] = added.get(growth, ZERO) + shares[option]
            alternatives.append(added)
        return Mixer(measure(self._known), alternatives, spread)

    def hours(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the hours for these probabilities of 1, 2, ... cycles."""
        return self._hours.mixture(cycles)

    def money(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the money; the common factor makes labour dearer, and not the expenses."""
        return self._money.mixture(cycles)

    def weeks(self, cycles: Sequence[Fraction]) -> Mixture:
        """Distribution of the calendar weeks, which the common factor does not make longer."""
        return self._mixer(lambda part: part.weeks, ZERO).mixture(cycles)

    def summary(self, band_weights: Sequence[Fraction]) -> CostSummary:
        """Return the figures of `estimate` that a table shows, for these probabilities of the bands of trust."""
        cycles = mix_cycles(self.compiled.cycles, band_weights)
        hours, money = self.hours(cycles), self.money(cycles)
        return CostSummary(_spread(hours.quantiles(), hours.mean, 1), rounded(money.median(), 0), money.mean)


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
    closing = CostDistribution(compiled, answers)
    cycles = mix_cycles(compiled.cycles, band_weights)
    hours, money, weeks = closing.hours(cycles), closing.money(cycles), closing.weeks(cycles)
    hours_at, weeks_at, expected = hours.quantiles(), weeks.quantiles(), money.mean
    if prices.weekly_hours:
        slowest = [work / prices.weekly_hours for work in hours_at]
        weeks_at = (max(weeks_at[0], slowest[0]), max(weeks_at[1], slowest[1]), max(weeks_at[2], slowest[2]))
    cycles_mean = mean_cycles(cycles)
    found = drivers(model, _chances(compiled, answers), tuple(closing.unknown), cycles_mean)
    band = band_weights.index(max(band_weights))
    return CostToClose(
        hours=_spread(hours_at, hours.mean, 1),
        money=_spread(money.quantiles(), expected, 0),
        currency=prices.currency,
        expected=expected,
        weeks_p50=rounded(weeks_at[1], 1),
        weeks_p90=rounded(weeks_at[2], 1),
        cycles=cycles,
        cycles_mean=cycles_mean,
        cycles_because=model.cycles.bands[band].because,
        drivers=found,
        margin=margin,
        per_deal_value=expected / value if value else None,
        per_margin=expected / margin if margin is not None and margin > 0 else None,
        break_even=break_even(margin, expected),
        unknown=tuple(question for question, parts in closing.unknown.items() if len(set(parts.values())) > 1),
        benchmarks=benchmarks(model, prices, found, margin_is_own=margin_is_own or margin is None),
        notes=(*notes, *_notes(margin, weeks_at[2])),
    )


def sort_answers(
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


def _chances(compiled: CompiledCost, answers: Mapping[str, Answer]) -> dict[str, dict[str, Fraction]]:
    """By cost question, then option: probability that it is the answer; empty where the question does not apply."""
    chances: dict[str, dict[str, Fraction]] = {}
    for question in compiled.priors:
        answer = answers.get(question, UNKNOWN)
        if answer.option is not None:
            chances[question] = {answer.option: Fraction(1)}
        else:
            chances[question] = compiled.shares(question) if answer.state == "unknown" else {}
    return chances


def _spread(at: tuple[Fraction, Fraction, Fraction], mean: Fraction, places: int) -> Spread:
    """Round three quantiles and a mean for the reader."""
    p10, p50, p90 = (rounded(value, places) for value in at)
    return Spread(p10, p50, p90, rounded(mean, places))


def _notes(margin: Fraction | None, weeks: Fraction) -> Iterator[str]:
    if margin is not None and margin <= 0:
        yield "The margin is nothing or less, so no chance of winning would pay for closing."
    if not weeks:
        yield "Calendar time is unknown: the cost model names no weeks, and company.yaml no weekly_hours."
