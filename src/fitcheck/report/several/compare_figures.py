"""A comparison with all points rounded, so that its columns add up like the reports on single prospects."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from fitcheck.decision.score.rounding import rounded_shares
from fitcheck.decision.several.comparison import Comparison, Difference, Said
from fitcheck.report.printed import DIGITS, figure, printed, score_digits


def printed_comparison(exact: Comparison, least: int = DIGITS) -> Comparison:
    """
    Return the same comparison with all points rounded.

    The effects of two prospects, over all differences, differ by what their printed scores differ by.

    Args:
        exact: not rounded.
        least: decimals.
    """
    digits = max(score_digits(each.score, each.threshold, least) for each in exact.assessments)
    assessments = tuple(printed(each, least) for each in exact.assessments)
    columns = [
        rounded_shares(
            [difference.said[i].effect for difference in exact.differences],
            shown.score - shown.threshold - figure(_in_common(exact, i), digits),
            digits,
        )
        for i, shown in enumerate(assessments)
    ]
    rows = list(zip(*columns, strict=True))
    return replace(
        exact,
        assessments=assessments,
        differences=tuple(_difference(each, row, least) for each, row in zip(exact.differences, rows, strict=True)),
    )


def _in_common(comparison: Comparison, at: int) -> Fraction:
    """Effect of all lines on which the prospects do not differ; the same for each of them."""
    assessment = comparison.assessments[at]
    differing = sum((each.said[at].effect for each in comparison.differences), Fraction(0))
    return assessment.score - assessment.threshold - differing


def _difference(exact: Difference, effects: Sequence[Fraction], least: int) -> Difference:
    said = tuple(_said(answer, effect, least) for answer, effect in zip(exact.said, effects, strict=True))
    return replace(exact, said=said, apart=max(effects) - min(effects))


def _said(exact: Said, effect: Fraction, least: int) -> Said:
    if exact.state != "unknown":
        return replace(exact, effect=effect, low=effect, high=effect)
    low, high = figure(exact.low, least), figure(exact.high, least)
    return replace(exact, effect=effect, low=min(effect, low), high=max(effect, high))
