"""The row of a table: the judgement of its answers, as far as a table has room for it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.cost.cost_answers import CostAnswers
from fitcheck.decision.cost.estimate import CostSummary
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.memo import bounded_put
from fitcheck.decision.odds.unknowns import band_weights
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.asking import first_to_ask
from fitcheck.decision.verdict.principal import principal_reasons
from fitcheck.decision.verdict.scorer import Judgement, Scorer


class Row(NamedTuple):
    """
    What a table tells of one prospect; all scores in points.

    Attributes:
        known, weight: answered weight and weight of all questions that apply [doubled points].
        dimensions, tops: points of each dimension in the screen's order, and the most it can have.
        failed: ids of the gates that fail.
        reasons: see `fitcheck.decision.verdict.principal`.
        ask_next: id of the question of an open verdict with most weight for the effort of asking.
        closing: hours and money; None without a cost model.
        deal: what it is worth; None without a cost model.
        too_little: open, and too little is known for "pursue" to be said.
    """

    verdict: Verdict
    settled: bool
    score: int
    score_low: int
    score_high: int
    known: int
    weight: int
    dimensions: tuple[int, ...]
    tops: tuple[int, ...]
    failed: tuple[str, ...]
    reasons: tuple[str, ...]
    ask_next: str | None
    closing: CostSummary | None
    deal: DealTerms | None
    too_little: bool


class RowScorer(Scorer):
    """
    Scores the rows of a table for one screen at one stage.

    Args:
        screen: checked.
        stage: of ours; one that the screen knows.
        company: our side.
    """

    def __init__(self, screen: Screen, stage: Stage, company: Company | None = None) -> None:
        super().__init__(screen, stage, company)
        self._bands: dict[tuple[object, ...], tuple[Fraction, ...]] = {}

    def score(self, codes: Sequence[int], costs: CostAnswers | None, deal: DealTerms | None) -> Row:
        """
        Score one row.

        Args:
            codes: for each question of the screen the index of the chosen option, `UNKNOWN` or `NOT_APPLICABLE`.
            costs: from `costs`.
            deal: from `deal`.
        """
        found = self.judge_codes(codes, costs, deal)
        bounds, tables = found.bounds, found.prepared.tables
        failed = found.failed_gates()
        return Row(
            verdict=found.verdict,
            settled=found.settled,
            score=bounds.now.score,
            score_low=bounds.low.score,
            score_high=bounds.high.score,
            known=bounds.known,
            weight=tables.total,
            dimensions=bounds.now.dimensions,
            tops=tables.tops,
            failed=tuple([gate.id for gate in failed]),
            reasons=principal_reasons(found, failed),
            ask_next=first_to_ask(found),
            closing=self._closing(found, costs) if costs else None,
            deal=deal,
            too_little=found.too_little_known,
        )

    def _closing(self, found: Judgement, costs: CostAnswers) -> CostSummary:
        trust = found.prepared.trust
        band = trust.band(found.bounds.low.dimensions)
        if band == trust.band(found.bounds.high.dimensions):
            return costs.summary_in(band)
        return costs.summary(self._band_weights(found))

    def _band_weights(self, found: Judgement) -> tuple[Fraction, ...]:
        """Probability of each band of trust, where unknown answers leave the band open."""
        tables, trust = found.prepared.tables, found.prepared.trust
        index = trust.dimension or 0
        span = tables.sides[index]
        lines = range(tables.spans[span.start].start, tables.spans[span.stop - 1].stop)
        unknown = tuple([i for i in lines if found.codes[i] == UNKNOWN])
        key = (tables.positions, unknown, found.bounds.now.sides[span])
        known = self._bands.get(key)
        if known is None:
            known = bounded_put(self._bands, key, band_weights(found.card, found.chosen, index, trust.cuts))
        return known
