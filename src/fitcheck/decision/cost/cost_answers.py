"""
Answers to the cost questions: bounds of the expected money, and the cost to close, worked out once for each set.

In a table deals differ in value, but answers to cost questions repeat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.cycles import mean_cycles, mix_cycles
from fitcheck.decision.cost.estimate import CostDistribution, CostSummary, chances_of, cost_bounds
from fitcheck.decision.cost.hours_spent import NOTHING_SPENT, Hours, left_to_spend
from fitcheck.decision.cost.terms import Cost
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.score.prospect_types import NO_EVIDENCE, TypeOdds, after
from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN

MOST_DISTRIBUTIONS = 100
"""Sets of cost answers of which the distributions are kept: each takes up to half a megabyte."""


@dataclass(slots=True)
class CostMemo:
    """The caches that all sets of answers to one cost model share, so that all of it has one bound."""

    distributions: dict[tuple[int, ...], CostDistribution] = field(default_factory=dict)
    summaries: dict[tuple[tuple[int, ...], tuple[Fraction, ...]], CostSummary] = field(default_factory=dict)


@dataclass(slots=True)
class CostAnswers:
    """
    One set of answers to the cost questions.

    Attributes:
        codes: one for each question of the cost model.
        answers: by question id.
        cheapest, likely, dearest: what the gate on cost counts, for each band of trust, with unknown answers at the
            cheapest, at the option with the largest base rate, at the dearest [1/`Measure.unit`].
        evidence: what the answers say of the types of prospect.
        unknown: ids of the questions that are unknown.
        spent: hours by role that have gone into the deal already; only what is left is counted.
    """

    compiled: CompiledCost
    codes: tuple[int, ...]
    answers: Mapping[str, Answer]
    cheapest: tuple[Cost, ...]
    likely: tuple[Cost, ...]
    dearest: tuple[Cost, ...]
    unknown: tuple[str, ...]
    evidence: TypeOdds
    spent: Hours
    in_hours: bool
    _memo: CostMemo
    _certain: dict[int, CostSummary] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        compiled: CompiledCost,
        codes: Sequence[int],
        memo: CostMemo,
        *,
        in_hours: bool = False,
        spent: Hours = NOTHING_SPENT,
    ) -> "CostAnswers":
        """
        Work out what these answers cost.

        Args:
            compiled: the cost model at our prices.
            codes: one for each question of the cost model.
            memo: of the cost model.
            in_hours: whether the gate counts hours, and not money.
            spent: hours by role that have gone into the deal already.
        """
        questions = compiled.model.questions
        answers = {
            q.id: _answer(q.options[code].id if code >= 0 else None, code)
            for q, code in zip(questions, codes, strict=True)
        }
        bands = range(len(compiled.cycles))
        bounds = [cost_bounds(compiled, answers, band, in_hours=in_hours, spent=spent) for band in bands]
        unknown = tuple(q.id for q, code in zip(questions, codes, strict=True) if code == UNKNOWN)
        return cls(
            compiled=compiled,
            codes=tuple(codes),
            answers=answers,
            cheapest=tuple(found.cheapest for found in bounds),
            likely=tuple(found.likely for found in bounds),
            dearest=tuple(found.dearest for found in bounds),
            unknown=unknown,
            evidence=after(
                NO_EVIDENCE,
                [compiled.guesses[q.id].evidence[code] for q, code in zip(questions, codes, strict=True) if code >= 0],
            ),
            spent=spent,
            in_hours=in_hours,
            _memo=memo,
        )

    def most_telling(self, band: int) -> CostQuestion | None:
        """Return the unknown question whose answer moves what the gate counts most; None if none moves it."""
        measure = self.compiled.hours if self.in_hours else self.compiled.money
        costs = measure.bands[band].options
        apart = {q: max(costs[q].values()) - min(costs[q].values()) for q in self.unknown}
        found = max(apart, key=apart.__getitem__, default=None)
        if found is None or not apart[found]:
            return None
        return next(question for question in self.compiled.model.questions if question.id == found)

    def summary(self, band_weights: tuple[Fraction, ...]) -> CostSummary:
        """Hours and money over everything that is unknown, for these probabilities of the bands of trust."""
        if any(self.spent.values()):
            return self._left(band_weights).summary(band_weights)
        key = (self.codes, band_weights)
        found = self._memo.summaries.get(key)
        if found is None:
            kept = self._memo.distributions
            distribution = kept.get(self.codes)
            if distribution is None:
                distribution = CostDistribution(self.compiled, self.answers)
                bounded_put(kept, self.codes, distribution, MOST_DISTRIBUTIONS)
            found = bounded_put(self._memo.summaries, key, distribution.summary(band_weights))
        return found

    def summary_in(self, band: int) -> CostSummary:
        """The same where the band of trust is known, as it mostly is."""
        found = self._certain.get(band)
        if found is None:
            bands = range(len(self.compiled.cycles))
            found = self._certain[band] = self.summary(tuple([Fraction(here == band) for here in bands]))
        return found

    def _left(self, band_weights: Sequence[Fraction]) -> CostDistribution:
        cycles_mean = mean_cycles(mix_cycles(self.compiled.cycles, band_weights))
        left = left_to_spend(self.compiled, chances_of(self.compiled, self.answers), cycles_mean, self.spent)
        return CostDistribution(left, self.answers)


def _answer(option: str | None, code: int) -> Answer:
    if option is not None:
        return Answer(option)
    return Answer(None, "n/a" if code == NOT_APPLICABLE else "unknown")
