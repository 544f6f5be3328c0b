"""What a prospect's answers add up to, and how far what is unknown can still move it."""

from collections.abc import Sequence
from operator import getitem
from typing import NamedTuple

from fitcheck.decision.score.score_tables import UNKNOWN, Points, ScoreTables


class ScoreBounds(NamedTuple):
    """
    The score of a prospect and its bounds.

    Attributes:
        now, low, high: everything unknown at its prior's expected points, at its worst, at its best.
        best: everything unknown at its best answer that passes its gate.
        known: weight that is answered [doubled points].
        fails: whether an answer fails a gate, or every option of an unknown one does.
        may_fail: whether an unknown answer may fail a gate.
    """

    now: Points
    low: Points
    high: Points
    best: Points
    known: int
    fails: bool
    may_fail: bool


def score_bounds(tables: ScoreTables, codes: Sequence[int]) -> ScoreBounds:
    """
    Add up a prospect.

    Args:
        tables: of the scorecard of the questions that apply.
        codes: one for each line.
    """
    now = low = high = best = tables.points(tables.now, codes)
    may_fail = False
    if UNKNOWN in codes:
        low, high, best = [tables.points(table, codes) for table in (tables.low, tables.high, tables.best)]
        may_fail = any(gated for gated, code in zip(tables.may_fail, codes, strict=True) if code == UNKNOWN)
    known = sum(map(getitem, tables.weight, codes))
    return ScoreBounds(now, low, high, best, known, any(map(getitem, tables.fails, codes)), may_fail)


def score_is_sure(tables: ScoreTables, bounds: ScoreBounds) -> bool:
    """Whether threshold, floors and option gates hold whatever the unknown answers are."""
    if bounds.fails or bounds.may_fail or bounds.low.score < tables.card.threshold:
        return False
    return tables.floors_hold(bounds.low)


def score_is_possible(tables: ScoreTables, bounds: ScoreBounds) -> bool:
    """
    Whether threshold, floors and option gates hold for some answers to what is unknown.

    Every condition gets easier with more points, so they hold for the best answers that pass their gates if for any.
    """
    if bounds.fails or bounds.best.score < tables.card.threshold:
        return False
    return tables.floors_hold(bounds.best)
