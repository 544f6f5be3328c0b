"""
Firmness of the score: how far off the weights can be before it crosses the threshold.

The score reaches the threshold where the sum of w_d (u_d − θ) over the dimensions is not negative, u_d being the
part of its own points that a dimension has. Only the sign counts, so weights need not add up to anything and every
figure here is an exact fraction. Gates do not depend on weights: no weighting mends a gate that fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from fitcheck.decision.score.results import Verdict
from fitcheck.decision.score.rounding import largest_remainder
from fitcheck.decision.score.scorecard import Scorecard

CONCENTRATION = 20
"""Concentration of plausible weightings around the screen's: a weight of 0.2 varies by about 0.09."""


@dataclass(frozen=True, slots=True)
class CriticalWeight:
    """
    The single weight that needs the smallest change to put the score exactly on the threshold.

    Attributes:
        dimension: id of the rubric.
        factor: what its weight would be multiplied by, the others staying as they are; >= 0.
    """

    dimension: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Firmness:
    """
    How much the verdict of the score depends on the weights.

    Attributes:
        tolerance: every weight may be off by less than this share of itself, 0..1, all in the worst direction at once;
            1 where all dimensions are on one side.
        factor: every weight may be too high or too low by less than this factor, >= 1, rounded down to 0.01;
            None where no factor would do.
        critical: None where no single weight could turn it.
        share_pursue: share 0..1 of plausible weightings under which the score reaches the threshold.
        equal_weights: what the score says if all dimensions count alike.
    """

    tolerance: Fraction
    factor: Fraction | None
    critical: CriticalWeight | None
    share_pursue: Fraction
    equal_weights: Verdict


def firmness(card: Scorecard, points: Sequence[int]) -> Firmness:
    """
    Work out how far off the weights can be.

    Dimensions that count for nothing at this stage are left out.

    Args:
        card: the compiled screen.
        points: of each dimension [points].

    Source:
        Method: with A_d = whole × points_d − θ × most_d, P the sum of those above zero and N of those below,
        ε* = |P − N| / (P + N) and f* = √(max(P, N) / min(P, N)). The most critical criterion follows
        Triantaphyllou & Sánchez (1997). Shares of weightings are SMAA's acceptability (Lahdelma, Hokkanen,
        Salminen 1998) for one alternative and a threshold.
    """
    counted = [i for i, dimension in enumerate(card.dimensions) if dimension.most]
    most = [card.dimensions[i].most for i in counted]
    leaning = [card.whole * points[i] - card.threshold * card.dimensions[i].most for i in counted]
    speaks_for = sum(a for a in leaning if a > 0)
    against = -sum(a for a in leaning if a < 0)
    both = speaks_for + against
    larger, smaller = max(speaks_for, against), min(speaks_for, against)

    rules = card.screen.stages[card.stage]
    knots = largest_remainder([rules.weights[card.dimensions[i].rubric.id] for i in counted], CONCENTRATION)
    levels = [Fraction(a, card.whole * top) for a, top in zip(leaning, most, strict=True)]
    spread_out = [level for level, times in zip(levels, knots, strict=True) for _ in range(max(1, times))]
    return Firmness(
        tolerance=Fraction(larger - smaller, both) if both else Fraction(1),
        factor=Fraction(isqrt(10_000 * larger // smaller), 100) if smaller else None,
        critical=_critical(card, counted, leaning),
        share_pursue=1 - share_below(spread_out) if any(levels) else Fraction(1),
        equal_weights="pursue" if sum(levels) >= 0 else "not now",
    )


def _critical(card: Scorecard, counted: Sequence[int], leaning: Sequence[int]) -> CriticalWeight | None:
    margin = sum(leaning)
    factors = [(i, 1 - Fraction(margin, a)) for i, a in zip(counted, leaning, strict=True) if a]
    # A factor of one half is as far off as a factor of two, and nothing is farther off than zero.
    possible = [(not t, max(t, 1 / t) if t else t, i, t) for i, t in factors if t >= 0]
    if not possible:
        return None
    *_, index, factor = min(possible)
    return CriticalWeight(card.dimensions[index].rubric.id, factor)


def share_below(levels: Sequence[Fraction | int]) -> Fraction:
    """
    Share of weightings under which the weighted sum of `levels` is at most zero.

    Args:
        levels: how far each criterion is above (positive) or below the threshold; one that stands there k times
            has a weight spread like a Dirichlet parameter of k.

    Returns:
        0..1, exact, for weights spread evenly over all those that are >= 0 and add up to 1.

    Source:
        Volume of a simplex cut by a plane (Varsi 1973, Ali 1973); every step is a weighted mean of two shares.

    >>> share_below([-1, 1]), share_below([-1, 3]), share_below([-1, -1, 1])
    (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4))
    """
    above = [Fraction(level) for level in levels if level > 0]
    shares = [Fraction(1)] + [Fraction(0)] * len(above)
    for x in (Fraction(level) for level in levels if level <= 0):
        for k, y in enumerate(above, start=1):
            shares[k] = (y * shares[k] - x * shares[k - 1]) / (y - x)
    return shares[-1]
