"""Trust and money: the band of cycles for the points of trust, and whether the deal is worth it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import Company, CostModel, Deal
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.estimate import CostBounds, cost_bounds, estimate
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.cost.terms import Cost, DealTerms, deal_terms, money_gate_state
from fitcheck.decision.score.results import CostToClose, Gate, GateState
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.score.scorecard import Scorecard

MONEY, HOURS = "Cost to close", "Hours to close"
"""Titles of the money gate: where it counts money, and where our own limit in hours stands in for it."""

WHY_HOURS = "pilot_hours in company.yaml limits the hours for a pilot"
"""Why nothing else makes up for more hours."""


@dataclass(frozen=True, slots=True)
class Trust:
    """
    Where the band of cycles comes from.

    Attributes:
        dimension: index of the dimension whose points choose the band; None: no dimension does.
        cuts: ascending points at which the next band begins [points].
    """

    dimension: int | None
    cuts: tuple[int, ...]

    def band(self, dimensions: Sequence[int]) -> int:
        """Band for these points of all dimensions [points]."""
        return 0 if self.dimension is None else bisect_right(self.cuts, dimensions[self.dimension])


def trust_of(card: Scorecard, model: CostModel) -> Trust:
    """Find the dimension that sets the number of cycles, and turn its bands into points."""
    for index, dimension in enumerate(card.dimensions):
        if dimension.rubric.id == model.cycles.rubric:
            bands = [band.below for band in model.cycles.bands if band.below is not None]
            return Trust(index, tuple(int(-(-below * dimension.most // 100)) for below in bands))
    return Trust(None, ())


@dataclass(frozen=True, slots=True)
class MoneySide:
    """
    The cost side of one prospect.

    Attributes:
        trust: where the band of cycles comes from.
        terms: what the deal is worth.
    """

    compiled: CompiledCost
    answers: Mapping[str, Answer]
    trust: Trust
    terms: DealTerms
    company: Company | None = None

    @property
    def model(self) -> CostModel:
        """The cost model."""
        return self.compiled.model

    @property
    def dimension(self) -> int | None:
        """Index of the dimension whose points choose the band of cycles; None: no dimension does."""
        return self.trust.dimension

    @property
    def cuts(self) -> tuple[int, ...]:
        """Ascending points at which the next band begins [points]."""
        return self.trust.cuts

    def band(self, trust: int) -> int:
        """Band of cycles for this trust [points]."""
        return bisect_right(self.cuts, trust)

    def state(self, best_trust: int, likely_trust: int) -> GateState:
        """The money gate, for the points of trust with the best and with the likeliest answers to what is unknown."""
        best, likely = (self.bounds(self.band(trust)) for trust in (best_trust, likely_trust))
        return money_gate_state(best.cheapest, likely.likely, self.terms.limit)

    def bounds(self, band: int) -> CostBounds:
        """What the gate counts over what the unknown cost answers may be [1/`Measure.unit`]."""
        terms = self.terms
        return cost_bounds(self.compiled, self.answers, band, in_hours=terms.in_hours, spent=terms.deal.hours_spent)

    def estimate(self, weights: Sequence[Fraction], likely_trust: int) -> CostToClose:
        """
        Cost to close over every answer that is unknown.

        Args:
            weights: probability of each band of trust.
            likely_trust: points of the dimension that sets the cycles, with the likeliest answers to what is unknown.
        """
        terms, band = self.terms, self.band(likely_trust)
        likely = cost_bounds(self.compiled, self.answers, band, spent=terms.deal.hours_spent).likely
        return estimate(self.compiled, self.answers, weights, likely=likely, terms=terms, company=self.company)


def compiled_for(model: CostModel, company: Company | None) -> CompiledCost:
    """Compile a cost model at our own prices; the same for every prospect and stage."""
    return compile_cost(model, prices(model, company))


def money_side(
    card: Scorecard, compiled: CompiledCost, answers: Mapping[str, Answer], deal: Deal, company: Company | None
) -> MoneySide:
    """Put together margin, bands and the money gate of one prospect."""
    terms = deal_terms(compiled, card.screen.money_gate, company, deal, card.stage)
    return MoneySide(compiled, answers, trust_of(card, compiled.model), terms, company)


def money_gate(
    cheapest: Cost, likely: Cost, terms: DealTerms, compiled: CompiledCost, open_question: str | None
) -> Gate:
    """
    Report the money gate.

    Args:
        cheapest: what the gate counts with the cheapest answers to what is unknown [1/`Measure.unit`].
        likely: the same with the likeliest answers.
        terms: of a deal with a limit.
        compiled: the cost model at our prices.
        open_question: what to ask, the unknown answer that moves the cost most; None if none is unknown.
    """
    state = money_gate_state(cheapest, likely, terms.limit)
    unit, limit = terms.measure(compiled).unit, terms.allowed or Fraction(0)
    cost = Fraction(cheapest if state == "fail" else likely) / unit
    least = "at least " if state == "fail" and cheapest != likely else "about "
    if terms.in_hours:
        because = f"closing takes {least}{_hours(cost)}; your limit is {_hours(limit)}"
        because += _decides(state, cheapest, terms.limit, open_question)
        return Gate("money", HOURS, state, because, WHY_HOURS)
    worth = f"but is worth {_amount(limit)} at most" if cost > limit else f"and is worth up to {_amount(limit)}"
    guess = " with the likeliest answers" if state != "fail" and cheapest != likely else ""
    because = f"closing costs {least}{compiled.prices.currency} {_amount(cost)}{guess} {worth}"
    if terms.margin and limit > 0 and cost > limit:
        needed = _amount(cost * terms.margin / limit)
        because += f"; it would take a margin of {needed}, this deal has {_amount(terms.margin)}"
    because += _decides(state, cheapest, terms.limit, open_question)
    return Gate("money", MONEY, state, because, terms.rule.because)


def _decides(state: GateState, cheapest: Cost, limit: Fraction | None, open_question: str | None) -> str:
    """Say what would decide a money gate that is at risk."""
    if state != "at risk":
        return ""
    if open_question is not None:
        return f"; this decides it: {open_question}"
    if limit is not None and cheapest > limit:
        return "; too close to the limit for an estimate to decide"
    return "; more trust would decide it"


def _hours(hours: Fraction) -> str:
    whole = half_up(hours)
    return f"{whole:,} hour{'' if whole == 1 else 's'}"


def _amount(money: Fraction) -> str:
    return f"{half_up(money):,}"
