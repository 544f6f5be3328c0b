"""The score of a prospect's answers, and how far open answers can still move it."""

from collections.abc import Sequence
from operator import getitem
from typing import NamedTuple

from fitcheck.decision.score.prospect_types import NO_EVIDENCE, TypeOdds, after
from fitcheck.decision.score.score_tables import UNKNOWN, Points, ScoreTables


class ScoreBounds(NamedTuple):
    """
    The score of a prospect and its bounds.

    Attributes:
        now, low, high: everything unknown at what it gives on average, at its worst, at its best.
        best: everything unknown at its best answer that passes its gate.
        answered: what is known alone.
        still_open: indices of the lines without an answer, ascending.
        types: odds of the types of prospect after the answers; before them where no line is open.
        known: weight that is answered.
        fails: whether an answer fails a gate, or every option of an unknown one does.
        may_fail: whether an unknown answer may fail a gate.
    """

    now: Points
    low: Points
    high: Points
    best: Points
    answered: Points
    still_open: tuple[int, ...]
    types: TypeOdds
    known: int
    fails: bool
    may_fail: bool


def score_bounds(tables: ScoreTables, codes: Sequence[int], cost_evidence: TypeOdds = NO_EVIDENCE) -> ScoreBounds:
    """
    Add up a prospect's points.

    Args:
        tables: of the scorecard of the questions that apply.
        codes: one for each line.
        cost_evidence: what the answers to the cost questions say of the types of prospect.
    """
    now = low = high = best = answered = tables.answered(codes)
    types = tables.card.types
    still_open: tuple[int, ...] = ()
    may_fail = False
    if UNKNOWN in codes:
        still_open = tuple([i for i, code in enumerate(codes) if code == UNKNOWN])
        types = types_after(tables, codes, cost_evidence)
        now = tables.expected(answered, still_open, types)
        gaps = tables.gaps(still_open)
        low, high, best = [tables.beyond(answered, gap) for gap in gaps[:3]]
        may_fail = gaps.may_fail
    known = sum(map(getitem, tables.weight, codes))
    fails = any(map(getitem, tables.fails, codes))
    return ScoreBounds(now, low, high, best, answered, still_open, types, known, fails, may_fail)


def types_after(tables: ScoreTables, codes: Sequence[int], cost_evidence: TypeOdds) -> TypeOdds:
    """Odds of the types of prospect after the answers; arguments as for `score_bounds`."""
    given = [of[code] for of, code in zip(tables.evidence, codes, strict=True) if code != UNKNOWN]
    return after(tables.card.types, [cost_evidence, *given])


def score_is_sure(tables: ScoreTables, bounds: ScoreBounds) -> bool:
    """Whether threshold, floors and option gates pass whatever the open answers are."""
    if bounds.fails or bounds.may_fail or bounds.low.score < tables.card.threshold:
        return False
    return tables.floors_hold(bounds.low)


def score_is_possible(tables: ScoreTables, bounds: ScoreBounds) -> bool:
    """
    Whether threshold, floors and option gates pass for some open answers.

    Every condition gets easier with more points, so they hold for the best answers that pass their gates if for any.
    """
    if bounds.fails or bounds.best.score < tables.card.threshold:
        return False
    return tables.floors_hold(bounds.best)
