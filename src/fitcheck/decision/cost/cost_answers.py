"""
Answers to the cost questions: bounds of the expected money, and the cost to close, worked out once for each set.

In a table deals differ in value, but answers to cost questions repeat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.completions import PartialSums
from fitcheck.decision.cost.estimate import CostDistribution, CostSummary, money_bounds
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN

MOST_DISTRIBUTIONS = 100
"""Sets of cost answers of which the distributions are kept: each takes up to half a megabyte."""


@dataclass(slots=True)
class CostMemo:
    """The caches that all sets of answers to one cost model share, so that all of it has one bound."""

    distributions: dict[tuple[int, ...], CostDistribution] = field(default_factory=dict)
    sums: dict[tuple[int, tuple[str, ...]], PartialSums] = field(default_factory=dict)
    summaries: dict[tuple[tuple[int, ...], tuple[Fraction, ...]], CostSummary] = field(default_factory=dict)


@dataclass(slots=True)
class CostAnswers:
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
    _certain: dict[int, CostSummary] = field(default_factory=dict)

    @classmethod
    def of(cls, compiled: CompiledCost, codes: Sequence[int], memo: CostMemo) -> "CostAnswers":
        """Work out what these answers cost, one code for each question of the cost model; `memo` is of the model."""
        questions = compiled.model.questions
        answers = {
            q.id: _answer(q.options[code].id if code >= 0 else None, code)
            for q, code in zip(questions, codes, strict=True)
        }
        bounds = [money_bounds(compiled, answers, band) for band in range(len(compiled.bands))]
        unknown = tuple(q.id for q, code in zip(questions, codes, strict=True) if code == UNKNOWN)
        return cls(
            compiled=compiled,
            codes=tuple(codes),
            answers=answers,
            cheapest=tuple(low for low, _ in bounds),
            dearest=tuple(high for _, high in bounds),
            unknown=unknown,
            _memo=memo,
        )

    def summary(self, band_weights: tuple[Fraction, ...]) -> CostSummary:
        """Hours and money over everything that is unknown, for these probabilities of the bands of trust."""
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
            bands = range(len(self.compiled.bands))
            found = self._certain[band] = self.summary(tuple([Fraction(here == band) for here in bands]))
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
            sums = bounded_put(self._memo.sums, key, PartialSums(weighed), MOST_DISTRIBUTIONS)
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
