"""What a deal is worth and what closing may cost: the money gate's rule and the expected value."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from fitcheck.decision.content.cost_model import Company, Deal
from fitcheck.decision.content.rubric import USUAL_TERMS, MoneyGate, Stage
from fitcheck.decision.cost.compiled_cost import CompiledCost, Measure
from fitcheck.decision.cost.prices import deal_value, margin_of, margin_share
from fitcheck.decision.score.results import GateState, WorthFrom

Cost = int | Fraction
"""An expected cost: whole units of a `Measure`; a fraction of one where hours are spent already."""

BEARS = Fraction(5, 4)
"""Factor by which the least cost may exceed the limit before the gate fails: estimates are not more precise."""

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class DealTerms:
    """
    What a deal is worth, and what closing it may cost.

    Attributes:
        deal: as it was given.
        rule: win rate, lost share and months that are reckoned with.
        limit: most expected cost that the money gate allows [1/`Measure.unit`]; None: no gate, or not enough is known.
        holds: whether the money gate holds at this stage, or our own limit in hours stands in for it.
        in_hours: whether the gate counts hours, as our own limit for pilots does, and not money.
        value, margin: what counts of them [`Prices.currency`]; None if unknown.
        margin_is_own: whether the margin rests on the user's own figure.
        allowed: most that closing may cost for this margin, whether or not the gate holds here [`Prices.currency`];
            where `in_hours` most hours that it may take [hours].
        notes: sentences about what is missing, and where to write it.
    """

    deal: Deal
    rule: MoneyGate = USUAL_TERMS
    limit: Fraction | None = None
    holds: bool = False
    in_hours: bool = False
    value: Fraction | None = None
    margin: Fraction | None = None
    margin_is_own: bool = False
    allowed: Fraction | None = None
    notes: tuple[str, ...] = ()

    @property
    def chance(self) -> Fraction:
        """Probability of winning: the user's own, else the win rate of such deals."""
        own = self.deal.win_probability
        return self.rule.win_rate if own is None else own

    def measure(self, compiled: CompiledCost) -> Measure:
        """What the gate counts."""
        return compiled.hours if self.in_hours else compiled.money


def deal_terms(
    compiled: CompiledCost, gate: MoneyGate | None, company: Company | None, deal: Deal, stage: Stage
) -> DealTerms:
    """
    Work out what a deal is worth, and what closing it may cost.

    Args:
        compiled: the cost model at our prices.
        gate: of the screen; None if it has no money gate.
        company: our side; its limit in hours holds where the screen has a money gate that does not hold at this stage.
        deal: what is at stake.
        stage: of ours.
    """
    rule = gate or USUAL_TERMS
    times = counted(deal, rule)
    margin, is_own, notes = margin_of(compiled.model, company, deal, compiled.prices, times)
    value = deal_value(deal, compiled.prices)
    in_hours = counts_hours(gate, company, stage)
    own = deal.win_probability
    if in_hours:
        allowed = company.pilot_hours if company else None
    else:
        allowed = (
            None if margin is None else margin * worth_spending(rule.win_rate if own is None else own, rule.lost_share)
        )
    holds = in_hours or (gate is not None and stage in gate.stages)
    unit = (compiled.hours if in_hours else compiled.money).unit
    return DealTerms(
        deal=deal,
        rule=rule,
        limit=allowed * unit if holds and allowed is not None else None,
        holds=holds,
        in_hours=in_hours,
        value=value if value is None or times == 1 else value * times,
        margin=margin,
        margin_is_own=is_own,
        allowed=allowed,
        notes=notes,
    )


def counts_hours(gate: MoneyGate | None, company: Company | None, stage: Stage) -> bool:
    """Whether our own limit in hours stands in for the money gate at a stage of ours."""
    return gate is not None and stage not in gate.stages and company is not None and company.pilot_hours is not None


def counted(deal: Deal, rule: MoneyGate) -> Fraction:
    """How many times value and margin of a deal count: once, or so many years of it as are reckoned with."""
    if deal.per == "once":
        return Fraction(1)
    months = rule.months if deal.months is None else min(deal.months, rule.months)
    return months / MONTHS_A_YEAR


def takes(chance: Fraction, lost_share: Fraction) -> Fraction:
    """
    Average cost of pursuing, as a share of the cost to close; a lost deal costs less.

    >>> takes(Fraction(3, 10), Fraction(7, 10))
    Fraction(79, 100)
    """
    return chance + (1 - chance) * lost_share


@lru_cache(maxsize=1024)
def worth_spending(chance: Fraction, lost_share: Fraction) -> Fraction:
    """
    What closing may cost per unit of margin for pursuing to break even.

    >>> worth_spending(Fraction(3, 10), Fraction(7, 10))
    Fraction(30, 79)
    """
    return chance / takes(chance, lost_share) if chance else Fraction(0)


def expected_value(margin: Fraction, cost: Fraction, chance: Fraction, lost_share: Fraction) -> Fraction:
    """
    Expected value of pursuing: the margin if won, less the cost, won or lost.

    >>> expected_value(Fraction(10_000), Fraction(2_000), Fraction(1, 2), Fraction(7, 10))
    Fraction(3300, 1)
    """
    return chance * margin - cost * takes(chance, lost_share)


def break_even(margin: Fraction | None, cost: Fraction, lost_share: Fraction) -> Fraction | None:
    """
    Break-even win rate of such deals, 0..1; None if unknown or a loss even if won.

    >>> break_even(Fraction(10_000), Fraction(2_000), Fraction(7, 10))
    Fraction(7, 47)
    """
    if margin is None or margin <= 0 or cost > margin:
        return None
    saved_by_losing = (1 - lost_share) * cost
    return lost_share * cost / (margin - saved_by_losing) if margin > saved_by_losing else Fraction(1)


def worth_from(cost: Fraction, terms: DealTerms, compiled: CompiledCost, company: Company | None) -> WorthFrom | None:
    """
    Return the value or margin from which closing a deal pays off.

    Args:
        cost: of closing it [`Prices.currency`].
        terms: what is known of the deal.
        compiled: the cost model at our prices.
        company: our side.

    Returns:
        A value, or a margin where the deal names its own or no share is known; None where no deal would do.
    """
    rule, deal, chance = terms.rule, terms.deal, terms.chance
    if not chance:
        return None
    learned = deal.learning_value * (compiled.prices.worth_of(deal) or 0)
    margin = max(cost / worth_spending(chance, rule.lost_share) - learned, Fraction(0)) / counted(deal, rule)
    share = margin_share(compiled.model, company)
    if deal.margin is not None or not share:
        return WorthFrom("margin", margin, deal.per)
    return WorthFrom("value", margin / share, deal.per)


def too_dear(cost: Cost, limit: Fraction | None) -> bool:
    """Whether a cost clearly exceeds a limit in the same unit; a near miss does not decide."""
    return limit is not None and cost > limit and BEARS.denominator * cost > BEARS.numerator * limit


def money_gate_state(cheapest: Cost, likely: Cost, limit: Fraction | None) -> GateState:
    """
    State of the money gate.

    Args:
        cheapest: least expected cost over what is unknown.
        likely: expected cost with the likeliest answers, in the same unit.
        limit: what closing may cost, likewise; None: the gate does not apply, so it passes.
    """
    if limit is None:
        return "pass"
    if too_dear(cheapest, limit):
        return "fail"
    return "at risk" if likely > limit else "pass"
