"""
What unanswered questions can still do to the points of a dimension, and to the money gate.

Unanswered questions are independent given their priors. A distribution is a map from points to an
integer weight, never a float, so that the probability which decides an open verdict is a fraction.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fitcheck.decision.score.scorecard import Dimension, Scorecard

Weights = Mapping[int, int]
"""Points to relative weight, both integers."""


@dataclass(frozen=True, slots=True)
class MoneyOdds:
    """
    How likely the money gate holds, by the points of the dimension that sets the number of cycles.

    Attributes:
        dimension: index into `Scorecard.dimensions`; None where no dimension matters.
        cuts: ascending points at which the next band begins [points].
        holds: probability 0..1 for each band, one more than there are `cuts`.
    """

    dimension: int | None
    cuts: tuple[int, ...]
    holds: tuple[Fraction, ...]

    def at(self, points: int) -> Fraction:
        """Probability that the gate holds when the dimension has these points."""
        return self.holds[bisect_right(self.cuts, points)]


ALWAYS = MoneyOdds(None, (), (Fraction(1),))
"""No money gate."""


def dimension_weights(
    card: Scorecard, chosen: Sequence[int | None], index: int, *, gates: bool = True
) -> dict[int, int]:
    """
    Weight of each number of points that a dimension can have [points -> weight].

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        index: of the dimension.
        gates: drop what fails an option gate or a floor; otherwise keep everything.
    """
    dimension = card.dimensions[index]
    sides = [side_weights(card, chosen, lines, gates=gates) for lines in dimension.sides]
    if gates:
        for floor in card.floors:
            if floor.dimension == index:
                sides[floor.side] = {p: w for p, w in sides[floor.side].items() if p >= floor.least}
    return _join(card, dimension, sides)


def band_weights(
    card: Scorecard, chosen: Sequence[int | None], index: int, cuts: Sequence[int]
) -> tuple[Fraction, ...]:
    """Probability 0..1 of each band of a dimension's points, whatever the gates say; adds up to 1."""
    bands = [0] * (len(cuts) + 1)
    for points, weight in dimension_weights(card, chosen, index, gates=False).items():
        bands[bisect_right(cuts, points)] += weight
    return tuple(Fraction(weight, sum(bands)) for weight in bands)


def side_weights(card: Scorecard, chosen: Sequence[int | None], lines: Sequence[int], *, gates: bool) -> dict[int, int]:
    """Weight of each number of points that the lines of one side can have together [points -> weight]."""
    weights = {0: 1}
    for i in lines:
        line, option = card.lines[i], chosen[i]
        priors = line.prior if option is None else tuple(int(o == option) for o in range(len(line.points)))
        after: dict[int, int] = {}
        for points, prior, gated in zip(line.points, priors, line.gated, strict=True):
            if prior and not (gates and gated):
                for before, weight in weights.items():
                    after[before + points] = after.get(before + points, 0) + weight * prior
        weights = after
    return weights


def _join(card: Scorecard, dimension: Dimension, sides: Sequence[Weights]) -> dict[int, int]:
    if len(dimension.sides) == 1:
        return dict(sides[0])
    theirs, ours = sides
    joined: dict[int, int] = {}
    if card.screen.trust_lambda == 1:
        # The weaker side counts, so two sorted walks do what a product of both supports would.
        levels = sorted({*theirs, *ours}, reverse=True)
        above_theirs = above_ours = 0
        for level in levels:
            a, b = theirs.get(level, 0), ours.get(level, 0)
            weight = a * above_ours + b * above_theirs + a * b
            above_theirs, above_ours = above_theirs + a, above_ours + b
            if weight:
                joined[level] = weight
        return joined
    for a, weight_a in theirs.items():
        for b, weight_b in ours.items():
            points = card.join((a, b))
            joined[points] = joined.get(points, 0) + weight_a * weight_b
    return joined
