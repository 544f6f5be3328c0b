"""Cost to close: the exact expected money, and the range of hours, money and weeks with what drives them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor

from fitcheck.decision import completions
from fitcheck.decision.answers import UNKNOWN, Answer
from fitcheck.decision.case import Case, half_up, shares_of, sort_answers, spread_of
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.cycles import mean_cycles
from fitcheck.decision.drivers import benchmarks, drivers
from fitcheck.decision.results import CostToClose


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
    known, unknown = sort_answers(costs.options, answers)
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
    known, unknown = sort_answers(costs.options, answers)
    weighed = []
    for question, options in unknown.items():
        weights: dict[int, int] = {}
        for option, cost in options.items():
            weights[cost] = weights.get(cost, 0) + compiled.priors[question][option]
        weighed.append(weights)
    return completions.share_within(weighed, floor(limit * compiled.unit) - costs.always - sum(known))


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
        hours=spread_of(hours_at, hours.mean, 1),
        money=spread_of(money.quantiles(), expected, 0),
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


def _chances(compiled: CompiledCost, answers: Mapping[str, Answer]) -> dict[str, dict[str, Fraction]]:
    """By cost question, then option: probability that it is the answer; empty where the question does not apply."""
    chances: dict[str, dict[str, Fraction]] = {}
    for question, prior in compiled.priors.items():
        answer = answers.get(question, UNKNOWN)
        if answer.option is not None:
            chances[question] = {answer.option: Fraction(1)}
        else:
            chances[question] = shares_of(prior) if answer.state == "unknown" else {}
    return chances


def _notes(margin: Fraction | None, weeks: Fraction) -> Iterator[str]:
    if margin is not None and margin <= 0:
        yield "The margin is nothing or less, so no chance of winning would pay for closing."
    if not weeks:
        yield "Calendar time is unknown: the cost model names no weeks, and company.yaml no weekly_hours."
