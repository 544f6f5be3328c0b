"""A verdict that moved with all points rounded, so that its lines add up to the change of the printed score."""

from dataclasses import replace

from fitcheck.decision.score.rounding import rounded_shares
from fitcheck.proof.moves import Move
from fitcheck.report.printed import DIGITS, printed, score_digits


def printed_move(exact: Move, least: int = DIGITS) -> Move:
    """Return the same move with all points rounded to at least so many decimals."""
    before, after = printed(exact.before, least), printed(exact.after, least)
    digits = max(score_digits(each.score, each.threshold, least) for each in (exact.before, exact.after))
    effects = rounded_shares([shift.effect for shift in exact.shifts], after.score - before.score, digits)
    shifts = tuple(replace(shift, effect=effect) for shift, effect in zip(exact.shifts, effects, strict=True))
    return replace(exact, before=before, after=after, shifts=shifts)
