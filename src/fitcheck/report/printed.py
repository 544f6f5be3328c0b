"""
Exact points → the figures that every report prints, rounded so that lines still add up.

Nothing is rounded before the verdict. Here, at the very end, the effects of all lines are rounded together, so that
they add up to the printed margin, and the points of all dimensions, so that they add up to the printed score. Figures
have one decimal in reports for people and two in JSON, and more only where a score would else seem to lie on a
threshold that it misses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import ChangeSet
from fitcheck.decision.score.results import DimensionScore, OpenLine, Points, Reason, ReasonGroup, SideScore
from fitcheck.decision.score.rounding import beside, half_up, rounded_shares

DIGITS = 2
"""Decimals of a figure in JSON."""

READ = 1
"""Decimals of a figure that people read."""

Effects = Mapping[tuple[str, str | None], Fraction]
"""Printed effects by dimension and question."""


def figure(value: Points, digits: int = DIGITS) -> Fraction:
    """
    Round to so many decimals, halves upwards.

    >>> figure(Fraction(25, 3)), figure(Fraction(-1, 200))
    (Fraction(833, 100), Fraction(0, 1))
    """
    scale: int = 10**digits
    return Fraction(half_up(Fraction(value) * scale), scale)


def score_figure(score: Fraction, threshold: Fraction, least: int = DIGITS) -> Fraction:
    """
    Round a score to so many decimals, or to as many more as show that it is not the threshold.

    >>> score_figure(Fraction(59_999, 1000), Fraction(60)), score_figure(Fraction(59), Fraction(60))
    (Fraction(59999, 1000), Fraction(59, 1))
    """
    return Fraction(beside(score, threshold, least))


def score_digits(score: Fraction, threshold: Fraction, least: int = DIGITS) -> int:
    """Decimals that a score is printed with."""
    return len(beside(score, threshold, least).partition(".")[2])


def printed(assessment: Assessment, least: int = DIGITS) -> Assessment:
    """
    Return the same assessment with all points rounded.

    Args:
        assessment: exact; one that is rounded already stays as it is.
        least: decimals.
    """
    digits = score_digits(assessment.score, assessment.threshold, least)
    score, threshold = figure(assessment.score, digits), figure(assessment.threshold, digits)
    lines: list[Reason | OpenLine] = [*assessment.reasons, *assessment.still_open]
    rounded = rounded_shares([Fraction(line.effect) for line in lines], score - threshold, digits)
    effects = {(line.dimension, line.question): effect for line, effect in zip(lines, rounded, strict=True)}
    change, turn = assessment.would_change, assessment.would_turn
    return replace(
        assessment,
        score=score,
        score_low=score_figure(assessment.score_low, assessment.threshold, least),
        score_high=score_figure(assessment.score_high, assessment.threshold, least),
        threshold=threshold,
        dimensions=_dimensions(assessment.dimensions, effects, score, digits, least),
        reasons=tuple(_reason(reason, effects, least) for reason in assessment.reasons),
        still_open=tuple(_open_line(line, effects, least) for line in assessment.still_open),
        against=tuple(_group(group, effects, least) for group in assessment.against),
        speaks_for=tuple(_group(group, effects, least) for group in assessment.speaks_for),
        advice=tuple(replace(advice, lost=figure(advice.lost, least)) for advice in assessment.advice),
        would_change=change
        and replace(change, sets=tuple(_set(each, assessment.threshold, least) for each in change.sets)),
        would_turn=turn and _set(turn, assessment.threshold, least),
    )


def _reason(reason: Reason, effects: Effects, least: int) -> Reason:
    effect = effects[reason.dimension, reason.question]
    return replace(reason, effect=effect, points=figure(reason.points, least), most=figure(reason.most, least))


def _open_line(line: OpenLine, effects: Effects, least: int) -> OpenLine:
    effect = effects[line.dimension, line.question]
    low, high = _around(line.low, line.effect, line.high, effect, least)
    return replace(line, effect=effect, low=low, high=high)


def _group(group: ReasonGroup, effects: Effects, least: int) -> ReasonGroup:
    members = tuple(_reason(member, effects, least) for member in group.members)
    return replace(group, effect=sum((Fraction(each.effect) for each in members), Fraction(0)), members=members)


def _dimensions(
    dimensions: Sequence[DimensionScore], effects: Effects, score: Fraction, digits: int, least: int
) -> tuple[DimensionScore, ...]:
    points = rounded_shares([dim.score for dim in dimensions], score, digits)
    most = rounded_shares([dim.most for dim in dimensions], figure(sum(dim.most for dim in dimensions), least), least)
    return tuple(
        replace(_dimension(dim, now, digits, least), most=top, one_sided=effects.get((dim.id, None), Fraction(0)))
        for dim, now, top in zip(dimensions, points, most, strict=True)
    )


def _dimension(dim: DimensionScore, now: Fraction, digits: int, least: int) -> DimensionScore:
    low, high = _around(dim.low, dim.score, dim.high, now, digits)
    sides = (
        replace(
            each,
            score=figure(each.score, least),
            low=figure(each.low, least),
            high=figure(each.high, least),
            floor=_floor(each, least),
        )
        for each in dim.sides
    )
    return replace(dim, score=now, low=low, high=high, floor=_floor(dim, least), sides=tuple(sides))


def _floor(part: DimensionScore | SideScore, least: int) -> Fraction | None:
    return None if part.floor is None else figure(part.floor, least)


def _around(low: Fraction, exact: Fraction, high: Fraction, now: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Round the bounds of what is printed as `now`: never on its wrong side, and equal to it where they are."""
    return (
        now if low == exact else min(now, figure(low, digits)),
        now if high == exact else max(now, figure(high, digits)),
    )


def _set(found: ChangeSet, threshold: Fraction, least: int) -> ChangeSet:
    return replace(found, score=score_figure(found.score, threshold, least))
