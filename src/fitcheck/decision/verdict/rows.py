"""The result of scoring one table row."""

from typing import NamedTuple

from fitcheck.decision.cost.estimate import CostSummary
from fitcheck.decision.cost.terms import DealTerms
from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.decision.verdict.asking import first_to_ask
from fitcheck.decision.verdict.principal import principal_reasons
from fitcheck.decision.verdict.scorer import Judgement


class Row(NamedTuple):
    """
    What a table tells of one prospect.

    Attributes:
        whole: the full score; every number of points counts in 1/`whole` of it.
        threshold: pursue needs at least this many points.
        known: answered weight; `whole` is that of all questions that apply.
        dimensions, tops: points of each dimension in the screen's order, and the most it can have.
        failed: ids of the gates that fail.
        reasons: see `fitcheck.decision.verdict.principal`.
        ask_next: id of the question of an open verdict to ask first: the core before others, then by weight for the
            effort of asking.
        closing: hours and money; None without a cost model.
        deal: what it is worth; None without a cost model.
    """

    verdict: Verdict
    state: FitState
    score: int
    score_low: int
    score_high: int
    known: int
    whole: int
    threshold: int
    dimensions: tuple[int, ...]
    tops: tuple[int, ...]
    failed: tuple[str, ...]
    reasons: tuple[str, ...]
    ask_next: str | None
    closing: CostSummary | None
    deal: DealTerms | None


def row_of(found: Judgement) -> Row:
    """Return the parts of a judgement that a table shows."""
    bounds, tables = found.bounds, found.prepared.tables
    failed = found.failed_gates()
    return Row(
        verdict=found.verdict,
        state=found.state,
        score=bounds.now.score,
        score_low=bounds.low.score,
        score_high=bounds.high.score,
        known=bounds.known,
        whole=tables.card.whole,
        threshold=tables.card.threshold,
        dimensions=bounds.now.dimensions,
        tops=tables.tops,
        failed=tuple([gate.id for gate in failed]),
        reasons=principal_reasons(found, failed),
        ask_next=first_to_ask(found),
        closing=_closing(found),
        deal=found.deal,
    )


def _closing(found: Judgement) -> CostSummary | None:
    costs, trust = found.costs, found.prepared.trust
    if costs is None:
        return None
    band = trust.band(found.bounds.low.dimensions)
    if band == trust.band(found.bounds.high.dimensions):
        return costs.summary_in(band)
    return costs.summary(found.band_weights)
