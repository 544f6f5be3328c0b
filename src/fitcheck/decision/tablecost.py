"""
The cost side of many prospects: what their answers have in common is worked out once.

Deals differ in value, answers to cost questions repeat: so money is compared as integers, and the quantiles of
hours and money, which are floats, come from `fitcheck.decision.cost` once for each set of answers and trust.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fitcheck.decision.answers import Answer
from fitcheck.decision.case import Case, Closing
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.completions import PartialSums
from fitcheck.decision.cost import expected_money
from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.memo import keep
from fitcheck.decision.prices import deal_value, margin_of
from fitcheck.decision.roundedquantiles import Below, below_each
from fitcheck.decision.scoretables import NOT_APPLICABLE, UNKNOWN

MOST_CASES = 100
"""Sets of cost answers of which the distributions are kept: each takes up to half a megabyte."""


@dataclass(frozen=True, slots=True)
class DealSide:
    """
    What a deal is worth.

    Attributes:
        deal: as it was given.
        limit: most expected money that the money gate allows [1/`CompiledCost.unit`, rounded down]; None: no gate.
        value, margin: [`Prices.currency`]; None if unknown.
    """

    deal: Deal
    limit: int | None = None
    value: Fraction | None = None
    margin: Fraction | None = None


@dataclass(slots=True)
class CostMemo:
    """
    What the cost sides of a table have worked out: kept together, so that all of it has one bound.

    Attributes:
        below: see `fitcheck.decision.roundedquantiles`.
    """

    cases: dict[tuple[int, ...], Case] = field(default_factory=dict)
    closings: dict[tuple[tuple[int, ...], tuple[int, ...]], Closing] = field(default_factory=dict)
    sums: dict[tuple[int, tuple[str, ...]], PartialSums] = field(default_factory=dict)
    below: Below = below_each


@dataclass(slots=True)
class CostSide:
    """
    One set of answers to the cost questions.

    Attributes:
        codes: one for each question of the cost model.
        answers: by question id.
        cheapest, dearest: expected money for each band of trust [1/`CompiledCost.unit`].
        unknown: ids of the questions that are unknown.
    """

    compiled: CompiledCost
    codes: tuple[int, ...]
    answers: Mapping[str, Answer]
    cheapest: tuple[int, ...]
    dearest: tuple[int, ...]
    unknown: tuple[str, ...]
    _memo: CostMemo
    _certain: dict[int, Closing] = field(default_factory=dict)

    @classmethod
    def of(cls, compiled: CompiledCost, codes: Sequence[int], memo: CostMemo) -> "CostSide":
        """Work out what these answers cost, one code for each question of the cost model; `memo` is of the model."""
        questions = compiled.model.questions
        answers = {
            q.id: _answer(q.options[code].id if code >= 0 else None, code)
            for q, code in zip(questions, codes, strict=True)
        }
        bounds = [expected_money(compiled, answers, band) for band in range(len(compiled.bands))]
        unknown = tuple(q.id for q, code in zip(questions, codes, strict=True) if code == UNKNOWN)
        return cls(
            compiled=compiled,
            codes=tuple(codes),
            answers=answers,
            cheapest=tuple(int(low * compiled.unit) for low, _ in bounds),
            dearest=tuple(int(high * compiled.unit) for _, high in bounds),
            unknown=unknown,
            _memo=memo,
        )

    def closing(self, bands: tuple[int, ...]) -> Closing:
        """Hours and money over everything that is unknown, for these relative weights of the bands of trust."""
        key = (self.codes, bands)
        found = self._memo.closings.get(key)
        if found is None:
            case = self._memo.cases.get(self.codes) or keep(
                self._memo.cases, self.codes, Case(self.compiled, self.answers, self._memo.below), MOST_CASES
            )
            found = keep(self._memo.closings, key, case.closing(bands))
        return found

    def closing_in(self, band: int) -> Closing:
        """The same where the band of trust is known, as it mostly is."""
        found = self._certain.get(band)
        if found is None:
            bands = range(len(self.compiled.bands))
            found = self._certain[band] = self.closing(tuple([int(here == band) for here in bands]))
        return found

    def share_within(self, band: int, limit: int) -> Fraction:
        """Probability 0..1 that the expected money in a band of trust is at most `limit` [1/`CompiledCost.unit`]."""
        if not self.cheapest[band] <= limit < self.dearest[band]:
            return Fraction(int(self.dearest[band] <= limit))
        options = [self.compiled.bands[band].options[question] for question in self.unknown]
        key = (band, self.unknown)
        sums = self._memo.sums.get(key)
        if sums is None:
            weighed = [_weighed(costs, self.compiled.priors[q]) for q, costs in zip(self.unknown, options, strict=True)]
            sums = keep(self._memo.sums, key, PartialSums(weighed), MOST_CASES)
        least = sum(min(costs.values()) for costs in options)
        return sums.share_within(limit - self.cheapest[band] + least)


def _weighed(costs: Mapping[str, int], priors: Mapping[str, int]) -> dict[int, int]:
    """Weight of each cost that an answer may have."""
    weights: dict[int, int] = {}
    for option, cost in costs.items():
        weights[cost] = weights.get(cost, 0) + priors[option]
    return weights


def _answer(option: str | None, code: int) -> Answer:
    if option is not None:
        return Answer(option)
    return Answer(None, "n/a" if code == NOT_APPLICABLE else "unknown")


def deal_side(
    compiled: CompiledCost, limit_for_margin: Fraction | None, company: Company | None, deal: Deal
) -> DealSide:
    """
    Work out what a deal is worth.

    Args:
        compiled: the cost model at our prices.
        limit_for_margin: most expected money for each unit of margin [1/`CompiledCost.unit`]; None: no money gate.
        company: our side.
        deal: what is at stake.
    """
    margin, _, _ = margin_of(compiled.model, company, deal, compiled.prices)
    limit = None
    if limit_for_margin is not None and margin is not None:
        # their product, rounded down, in a third of the time
        (part, of), (more, by) = limit_for_margin.as_integer_ratio(), margin.as_integer_ratio()
        limit = part * more // (of * by)
    return DealSide(deal, limit, deal_value(deal, compiled.prices), margin)
