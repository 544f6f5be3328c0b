"""
Answers to the cost questions: bounds of the expected money, and the cost to close, worked out once for each set.

In a table deals differ in value, but answers to cost questions repeat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fitcheck.decision.content.answers import Answer
from fitcheck.decision.cost.compiled_cost import CompiledCost
from fitcheck.decision.cost.estimate import CostDistribution, CostSummary, money_bounds
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
        cheapest, likely, dearest: expected money for each band of trust, unknown answers at the cheapest, at the option
            with the largest base rate, at the dearest [1/`CompiledCost.unit`].
        evidence: what the answers say of the types of prospect.
        unknown: ids of the questions that are unknown.
    """

    compiled: CompiledCost
    codes: tuple[int, ...]
    answers: Mapping[str, Answer]
    cheapest: tuple[int, ...]
    likely: tuple[int, ...]
    dearest: tuple[int, ...]
    unknown: tuple[str, ...]
    evidence: TypeOdds
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
            cheapest=tuple(found.cheapest for found in bounds),
            likely=tuple(found.likely for found in bounds),
            dearest=tuple(found.dearest for found in bounds),
            unknown=unknown,
            evidence=after(
                NO_EVIDENCE,
                [compiled.guesses[q.id].evidence[code] for q, code in zip(questions, codes, strict=True) if code >= 0],
            ),
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


def _answer(option: str | None, code: int) -> Answer:
    if option is not None:
        return Answer(option)
    return Answer(None, "n/a" if code == NOT_APPLICABLE else "unknown")
