"""What a deal is worth and what closing it may cost: the one place for the money gate's rule and expected value."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from fitcheck.decision.content.cost_model import Company, Deal
from fitcheck.decision.content.rubric import MoneyGate
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.prices import deal_value, margin_of
from fitcheck.decision.score.results import GateState

BEARS = Fraction(5, 4)
"""So many times the limit the least cost may be before the gate fails; estimates are no finer than that."""


@dataclass(frozen=True, slots=True)
class DealTerms:
    """
    What a deal is worth, and what closing it may cost.

    Attributes:
        deal: as it was given.
        limit: most expected money that the money gate allows [1/`CompiledCost.unit`, rounded down]; None: no gate.
        value, margin: [`Prices.currency`]; None if unknown.
        margin_is_own: whether the margin rests on the user's own figure.
        allowed: the limit exactly [`Prices.currency`].
        notes: sentences about what is missing, and where to write it.
    """

    deal: Deal
    limit: int | None = None
    value: Fraction | None = None
    margin: Fraction | None = None
    margin_is_own: bool = False
    allowed: Fraction | None = None
    notes: tuple[str, ...] = ()


def deal_terms(compiled: CompiledCost, gate: MoneyGate | None, company: Company | None, deal: Deal) -> DealTerms:
    """
    Work out what a deal is worth, and what closing it may cost.

    Args:
        compiled: the cost model at our prices.
        gate: of the screen; None if it has no money gate.
        company: our side.
        deal: what is at stake.
    """
    margin, is_own, notes = margin_of(compiled.model, company, deal, compiled.prices)
    allowed = cost_limit(gate, margin)
    return DealTerms(
        deal=deal,
        limit=None if allowed is None else floor(allowed * compiled.unit),
        value=deal_value(deal, compiled.prices),
        margin=margin,
        margin_is_own=is_own,
        allowed=allowed,
        notes=notes,
    )


def cost_limit(gate: MoneyGate | None, margin: Fraction | None) -> Fraction | None:
    """Most expected money that closing may cost, in the currency of the margin; None where no money gate applies."""
    return None if gate is None or margin is None else gate.cost_per_margin * margin


def expected_value(margin: Fraction, cost: Fraction, chance: Fraction) -> Fraction:
    """What pursuing is worth on average: the margin with the probability of winning, less the expected cost."""
    return chance * margin - cost


def break_even(margin: Fraction | None, cost: Fraction) -> Fraction | None:
    """Share of such deals that must be won to earn the expected cost, 0..1; None if unknown or a loss even if won."""
    return cost / margin if margin is not None and margin > 0 and cost <= margin else None


def too_dear(cost: int, limit: int | None) -> bool:
    """Whether an expected cost is beyond what a limit in the same unit bears: a near miss does not decide."""
    return limit is not None and BEARS.denominator * cost > BEARS.numerator * limit


def money_gate_state(cheapest: int, likely: int, limit: int | None) -> GateState:
    """
    State of the money gate.

    Args:
        cheapest: least expected money over what is unknown.
        likely: expected money with the likeliest answers, in the same unit.
        limit: what closing may cost, likewise; None: the gate does not apply, so it passes.
    """
    if limit is None:
        return "pass"
    if too_dear(cheapest, limit):
        return "fail"
    return "at risk" if likely > limit else "pass"
