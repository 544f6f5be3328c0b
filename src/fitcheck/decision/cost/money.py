"""Where trust meets money: which band of cycles the trust points fall in, and whether the deal is worth it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import Company, CostModel, Deal
from fitcheck.decision.cost.compiled_cost import CompiledCost, compile_cost
from fitcheck.decision.cost.estimate import estimate, money_bounds
from fitcheck.decision.cost.prices import prices
from fitcheck.decision.cost.terms import DealTerms, deal_terms, money_gate_state, too_dear
from fitcheck.decision.score.results import CostToClose, GateState
from fitcheck.decision.score.rounding import half_up
from fitcheck.decision.score.scorecard import Scorecard

MONEY = "Cost to close"
"""Title of the money gate."""


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
        best, likely = (
            money_bounds(self.compiled, self.answers, self.band(trust)) for trust in (best_trust, likely_trust)
        )
        return money_gate_state(best.cheapest, likely.likely, self.terms.limit)

    def estimate(self, weights: Sequence[Fraction]) -> CostToClose:
        """Cost to close over every answer that is unknown, for these probabilities of the bands of trust."""
        terms = self.terms
        return estimate(
            self.compiled,
            self.answers,
            weights,
            value=terms.value,
            margin=terms.margin,
            margin_is_own=terms.margin_is_own,
            notes=(*self.compiled.prices.notes, *terms.notes),
        )


def compiled_for(model: CostModel, company: Company | None) -> CompiledCost:
    """Compile a cost model at our own prices; the same for every prospect and stage."""
    return compile_cost(model, prices(model, company))


def money_side(
    card: Scorecard, compiled: CompiledCost, answers: Mapping[str, Answer], deal: Deal, company: Company | None
) -> MoneySide:
    """Put together margin, bands and the money gate of one prospect."""
    terms = deal_terms(compiled, card.screen.money_gate, company, deal)
    return MoneySide(compiled, answers, trust_of(card, compiled.model), terms)


def money_because(cheapest: int, likely: int, terms: DealTerms, compiled: CompiledCost) -> str:
    """
    Say what the state of the money gate rests on.

    Args:
        cheapest: expected money with the cheapest answers to what is unknown [1/`CompiledCost.unit`].
        likely: the same with the likeliest answers.
        terms: of a deal with a limit.
        compiled: the cost model at our prices.
    """
    limit, margin = terms.allowed or Fraction(0), terms.margin
    fails = too_dear(cheapest, terms.limit)
    cost = Fraction(cheapest if fails else likely, compiled.unit)
    least = "at least " if fails and cheapest != likely else "about "
    because = f"closing costs {least}{compiled.prices.currency} {_amount(cost)}, and {_amount(limit)} is worth it"
    if margin and limit > 0 and cost > limit:
        because += f"; the margin would have to be {_amount(cost * margin / limit)} instead of {_amount(margin)}"
    return because


def _amount(money: Fraction) -> str:
    return f"{half_up(money):,}"
