"""Cost to close for one set of cost answers: expected money, exact, and ranges of hours, money and weeks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.cost_model import Company, CostModel
from fitcheck.decision.cost.compiled_cost import CompiledCost, Part, compile_cost
from fitcheck.decision.cost.completions import Mixer
from fitcheck.decision.cost.cycles import mean_cycles, mix_cycles
from fitcheck.decision.cost.drivers import assumptions, benchmarks, drivers
from fitcheck.decision.cost.hours_spent import NOTHING_SPENT, Left, left_to_spend
from fitcheck.decision.cost.mixture import Mixture
from fitcheck.decision.cost.pert import ZERO, Growth
from fitcheck.decision.cost.prices import prices as prices_of
from fitcheck.decision.cost.terms import Cost, DealTerms, break_even, expected_value, worth_from, worth_spending
from fitcheck.decision.score.results import CostToClose, Spread
from fitcheck.decision.score.rounding import rounded

T = TypeVar("T")

SUNK = 3
"""Hours spent, as a multiple of those left, from which the model has clearly not foreseen the deal."""


class CostBounds(NamedTuple):
    """Expected cost with unknown answers at the cheapest, the likeliest and the dearest [1/`Measure.unit`]."""

    cheapest: Cost
    likely: Cost
    dearest: Cost


def cost_bounds(
    compiled: CompiledCost,
    answers: Mapping[str, Answer],
    band: int,
    *,
    in_hours: bool = False,
    spent: Mapping[str, Fraction] = NOTHING_SPENT,
) -> CostBounds:
    """
    Expected cost over what the unknown cost answers may be.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band: index of the band of trust.
        in_hours: whether hours are counted, and not money.
        spent: hours by role that have gone into the deal already: only what is left counts.

    Returns:
        All equal where no unknown answer matters. Whole numbers, unless hours are spent.
    """
    measure = compiled.hours if in_hours else compiled.money
    costs = measure.bands[band]
    known, unknown = sort_answers(costs.options, answers)
    if any(spent.values()):
        chosen = {q: option for q in costs.options if (option := answers.get(q, UNKNOWN).option) is not None}
        guessed = {q: list(options)[compiled.guesses[q].likeliest] for q, options in unknown.items()}
        left = Left(compiled, spent, band, in_hours=in_hours)
        least, most = left.bounds(chosen, unknown)
        return CostBounds(least * measure.unit, left.of({**chosen, **guessed}) * measure.unit, most * measure.unit)
    always = costs.always + sum(known)
    likeliest = (list(options.values())[compiled.guesses[q].likeliest] for q, options in unknown.items())
    return CostBounds(
        always + sum(min(options.values()) for options in unknown.values()),
        always + sum(likeliest),
        always + sum(max(options.values()) for options in unknown.values()),
    )


@dataclass(frozen=True, slots=True)
class CostSummary:
    """
    Cost to close, as a table row shows it.

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
    likely: Cost,
    terms: DealTerms,
    company: Company | None = None,
) -> CostToClose:
    """
    Estimate the remaining cost to close, over everything unknown.

    The distribution is whole: it does not stop at the likely answers, by which the money gate goes. An unknown cost
    answer is each option with its base rate, from the cost model's priors, or all alike where it names none. The bands
    of trust have the probabilities that the answers so far imply. Of hours that are spent, each
    activity of the role bears the same part.

    Args:
        compiled: from `compile_cost`.
        answers: by question id; what is absent is unknown, what is not applicable costs nothing.
        band_weights: probability of each band of trust; they add up to 1.
        likely: expected money with the likeliest answers [1/`CompiledCost.money.unit`].
        terms: what the deal is worth.
        company: our side.

    Source:
        Hours are F × (X + Σ Y_c) over a random number of cycles; money has the same form at the roles'
        rates, with expenses on top. Calendar weeks are the sum of waiting times without F, which makes
        work dearer and not waiting longer, but never less than the hours at the weekly capacity.
    """
    cycles = mix_cycles(compiled.cycles, band_weights)
    cycles_mean, chances = mean_cycles(cycles), chances_of(compiled, answers)
    least = worth_from(Fraction(likely) / compiled.money.unit, terms, compiled, company)
    asked, compiled = compiled, left_to_spend(compiled, chances, cycles_mean, terms.deal.hours_spent)
    model, prices = compiled.model, compiled.prices
    closing = CostDistribution(compiled, answers)
    hours, money, weeks = closing.hours(cycles), closing.money(cycles), closing.weeks(cycles)
    hours_at, weeks_at, expected = hours.quantiles(), weeks.quantiles(), money.mean
    if prices.weekly_hours:
        slowest = [work / prices.weekly_hours for work in hours_at]
        weeks_at = (max(weeks_at[0], slowest[0]), max(weeks_at[1], slowest[1]), max(weeks_at[2], slowest[2]))
    found = drivers(model, prices, chances, tuple(closing.unknown), cycles_mean)
    band = band_weights.index(max(band_weights))
    value, margin, rule = terms.value, terms.margin, terms.rule
    margin_is_own = terms.margin_is_own or margin is None
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
        hours_spent={role: hours for role, hours in terms.deal.hours_spent.items() if hours},
        margin=margin,
        win_probability=terms.chance,
        expected_value=None if margin is None else expected_value(margin, expected, terms.chance, rule.lost_share),
        limit=None if margin is None else margin * worth_spending(terms.chance, rule.lost_share),
        worth_from=least,
        per_deal_value=expected / value if value else None,
        per_margin=expected / margin if margin is not None and margin > 0 else None,
        break_even=break_even(margin, expected, rule.lost_share),
        unknown=tuple(question for question, parts in closing.unknown.items() if len(set(parts.values())) > 1),
        benchmarks=benchmarks(model, prices, found, margin_is_own=margin_is_own),
        assumptions=assumptions(model, prices, found, margin_is_own=margin_is_own),
        notes=(*prices.notes, *terms.notes, *_notes(model, terms, weeks_at[2], hours.mean)),
        cycles_own=model.cycles.basis.kind == "own",
        on_benchmarks=_on_benchmarks(asked, answers, band_weights, terms, company),
    )


def _on_benchmarks(
    compiled: CompiledCost,
    answers: Mapping[str, Answer],
    band_weights: Sequence[Fraction],
    terms: DealTerms,
    company: Company | None,
) -> Fraction | None:
    """Expected money without the company's own hours, rates and runs, in its currency; None where that says nothing."""
    ours = company or Company()
    usual = compiled.model.instead_of or compiled.model
    bare = prices_of(usual, Company(currency=ours.currency, exchange=ours.exchange))
    is_same = usual is compiled.model and bare.rates == compiled.prices.rates
    if is_same or bare.currency != compiled.prices.currency:
        return None
    without = compile_cost(usual, bare)
    cycles = mix_cycles(without.cycles, band_weights)
    left = left_to_spend(without, chances_of(without, answers), mean_cycles(cycles), terms.deal.hours_spent)
    return CostDistribution(left, answers).money(cycles).mean


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


def chances_of(compiled: CompiledCost, answers: Mapping[str, Answer]) -> dict[str, dict[str, Fraction]]:
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


def _notes(model: CostModel, terms: DealTerms, weeks: Fraction, left: Fraction) -> Iterator[str]:
    if terms.margin is not None and terms.margin <= 0:
        yield "The margin is zero or negative, so closing cannot pay, whatever the odds."
    working = {activity.role for activity in model.activities}
    if idle := [role for role, hours in terms.deal.hours_spent.items() if hours and role not in working]:
        yield f"Hours spent as {', '.join(idle)} are not deducted: the cost model has no work for that role."
    spent = sum(terms.deal.hours_spent.values(), Fraction(0))
    if spent > SUNK * left:
        hours = f"{float(spent):,.10g} h"
        yield f"{hours} spent already is far more than such deals take, so the hours left may be too few."
    if terms.deal.per == "year" and (terms.deal.months or 0) > terms.rule.months:
        yield f"Only {float(terms.rule.months):g} of the {float(terms.deal.months or 0):g} months count."
    if not weeks:
        yield "Calendar time is unknown: the cost model names no weeks, and company.yaml no weekly_hours."
