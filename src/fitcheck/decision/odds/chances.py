"""
Probability of "pursue", now and for every answer that an unknown question may get: exact dynamic programming.

The verdict is folded backwards: one long integer holds, for every number of points, how many ways lead from there to
"pursue" (Kronecker substitution). Taking in a question adds shifted copies of that integer. For all answers at once,
halving the questions again and again leaves each one with what all the others can do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from math import lcm, prod
from struct import pack, unpack

from fitcheck.decision.odds.unknowns import ALWAYS, MoneyOdds, Weights, dimension_weights, side_weights
from fitcheck.decision.score.scorecard import RANGE, Scorecard

Ways = int
"""Ways to "pursue" from each number of points on, in slots of equal width, that of 0 points lowest."""

WORDS = {32: "I", 64: "Q"}
"""Widths of a slot that the standard library takes apart by itself."""

FEW = 64
"""So many shifted copies at most are added one by one; more are one multiplication."""


def pursue_probability(card: Scorecard, chosen: Sequence[int | None], money: MoneyOdds = ALWAYS) -> Fraction:
    """
    Probability of "pursue" if the unanswered questions were answered like their priors say.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        money: how likely the money gate holds.

    Returns:
        0..1, exact; equal to enumerating every completion.

    Source:
        Same-decision probability (Darwiche & Choi 2010), exact here because the score adds up.
    """
    fold = _Fold.of(card, chosen, money)
    ways = reduce(fold.take_dimension, range(len(card.dimensions)), fold.pursued())
    return Fraction(fold.unpack(ways, 1)[0], fold.total)


def line_chances(
    card: Scorecard, chosen: Sequence[int | None], money: MoneyOdds = ALWAYS
) -> dict[int, tuple[Fraction, ...]]:
    """
    Probability of "pursue" for each option of each unknown line.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        money: how likely the money gate holds.

    Returns:
        By index of the line, in rubric order; exact, equal to `pursue_probability` with that option chosen.
    """
    fold = _Fold.of(card, chosen, money)
    found: dict[int, tuple[Fraction, ...]] = {}
    everywhere = fold.leave_one_out(fold.pursued(), range(len(card.dimensions)), fold.take_dimension, fold.most)
    for dimension, rest in enumerate(everywhere):
        for side, lines in enumerate(card.dimensions[dimension].sides):
            unknown = [i for i in lines if chosen[i] is None]
            if unknown:
                known = [i for i in lines if chosen[i] is not None]
                ways = reduce(fold.take_line, known, fold.narrow(rest, dimension, side))
                left_out = fold.leave_one_out(ways, unknown, fold.take_line, lambda i: card.lines[i].most)
                found.update(zip(unknown, map(fold.chances, unknown, left_out), strict=True))
    return found


def band_chances(card: Scorecard, chosen: Sequence[int | None], money: MoneyOdds) -> tuple[Fraction, ...]:
    """
    Probability that everything but money says "pursue", and trust lies in each band.

    Args:
        card: the compiled screen.
        chosen: for each line the index of the chosen option, None if unknown.
        money: its bands; how likely the gate holds in them is not looked at.

    Returns:
        One for each band, exact; weighted with `money.holds` they add up to `pursue_probability`.
    """
    index = 0 if money.dimension is None else money.dimension
    fold = _Fold.of(card, chosen, ALWAYS)
    others = [d for d in range(len(card.dimensions)) if d != index]
    ways = fold.unpack(reduce(fold.take_dimension, others, fold.pursued()), fold.most(index) + 1)
    bands = [0] * len(money.holds)
    for points, weight in dimension_weights(card, chosen, index).items():
        bands[bisect_right(money.cuts, points)] += weight * ways[points]
    return tuple(Fraction(band, fold.total) for band in bands)


@dataclass(frozen=True, slots=True)
class _Fold:
    """
    What it takes to fold one prospect's unknown answers.

    Attributes:
        holds: how likely the money gate holds in each band, as integers.
        total: weight of all completions, times the weight of a money gate that surely holds.
        width: of a slot [bits]; 32 or 64, which are quickly taken apart, or else a multiple of 8.
    """

    card: Scorecard
    chosen: Sequence[int | None]
    money: MoneyOdds
    holds: Sequence[int]
    total: int
    width: int

    @classmethod
    def of(cls, card: Scorecard, chosen: Sequence[int | None], money: MoneyOdds) -> "_Fold":
        scale = lcm(*(share.denominator for share in money.holds))
        priors = prod(sum(line.prior) for line, option in zip(card.lines, chosen, strict=True) if option is None)
        total = scale * priors
        width = next((word for word in WORDS if total < 1 << word), 8 * (total.bit_length() // 8 + 1))
        return cls(card, chosen, money, [int(share * scale) for share in money.holds], total, width)

    def most(self, dimension: int) -> int:
        """Points of a dimension at most."""
        return self.card.dimensions[dimension].most

    def pursued(self) -> Ways:
        """Return the end of the fold: one way from the threshold on."""
        least = self.card.threshold
        ones = int.from_bytes((1).to_bytes(self.width // 8, "little") * (RANGE + 1 - least), "little")
        ones <<= least * self.width
        return ones * self.holds[0] if self.money.dimension is None else ones

    def leave_one_out(
        self, ways: Ways, items: Sequence[int], take: Callable[[Ways, int], Ways], most: Callable[[int], int]
    ) -> list[Ways]:
        """For each of `items` the ways with all the others taken in."""
        ways &= (1 << (sum(map(most, items)) + 1) * self.width) - 1
        if len(items) == 1:
            return [ways]
        left, right = items[: len(items) // 2], items[len(items) // 2 :]
        return [
            *self.leave_one_out(reduce(take, right, ways), left, take, most),
            *self.leave_one_out(reduce(take, left, ways), right, take, most),
        ]

    def take_line(self, ways: Ways, index: int) -> Ways:
        """Let a line contribute its points, known or unknown."""
        line, option = self.card.lines[index], self.chosen[index]
        if option is not None:
            return 0 if line.gated[option] else ways >> line.points[option] * self.width
        return sum(
            (ways >> points * self.width) * weight
            for points, weight, gated in zip(line.points, line.prior, line.gated, strict=True)
            if not gated
        )

    def take_dimension(self, ways: Ways, index: int) -> Ways:
        """Let a dimension contribute its points, where its floors and the money gate hold."""
        dimension = self.card.dimensions[index]
        floored = any(floor.dimension == index for floor in self.card.floors)
        if len(dimension.sides) == 1 and not floored and index != self.money.dimension:
            return reduce(self.take_line, dimension.sides[0], ways)
        weights = dimension_weights(self.card, self.chosen, index)
        if index == self.money.dimension:
            weights = {p: w * self.holds[bisect_right(self.money.cuts, p)] for p, w in weights.items()}
        if len(weights) <= FEW:
            return sum((ways >> points * self.width) * weight for points, weight in weights.items())
        top = max(weights)
        return ways * self.pack([weights.get(p, 0) for p in range(top, -1, -1)]) >> top * self.width

    def narrow(self, ways: Ways, index: int, side: int) -> Ways:
        """From the points of a dimension to those of one of its sides, the other side taken in."""
        dimension, least = self.card.dimensions[index], self.least(index, side)
        is_two_way, sets_cycles = len(dimension.sides) > 1, index == self.money.dimension
        if is_two_way or sets_cycles:
            values = self.unpack(ways, dimension.most + 1)
            if sets_cycles:
                values = [v * self.holds[bisect_right(self.money.cuts, p)] for p, v in enumerate(values)]
            if is_two_way:
                values = self.join(values, self.side_points(index, side), self.side_weights(index, 1 - side))
            ways = self.pack(values)
        below = least * self.width
        return ways >> below << below

    def join(self, values: Sequence[int], points: Sequence[int], other: Weights) -> list[int]:
        """Ways for each of one side's `points` from those of the whole dimension, over the `other` side."""
        joined = [0] * len(values)
        if self.card.screen.trust_lambda == 1:
            # The weaker side counts: below one's own points the other side's, from there on one's own.
            levels = sorted(other)
            weaker = [0, *accumulate(other[b] * values[b] for b in levels)]
            weights = [0, *accumulate(other[b] for b in levels)]
            for a in points:
                below = bisect_left(levels, a)
                joined[a] = weaker[below] + values[a] * (weights[-1] - weights[below])
            return joined
        for a in points:
            joined[a] = sum(weight * values[self.card.join((a, b))] for b, weight in other.items())
        return joined

    def side_weights(self, index: int, side: int) -> Mapping[int, int]:
        """Weight of each number of points that a side can have, where its floor holds."""
        weights = side_weights(self.card, self.chosen, self.card.dimensions[index].sides[side], gates=True)
        least = self.least(index, side)
        return {points: weight for points, weight in weights.items() if points >= least}

    def side_points(self, index: int, side: int) -> list[int]:
        """Every number of points that a side can have, whatever the gates and priors say."""
        reached = {0}
        for i in self.card.dimensions[index].sides[side]:
            line, option = self.card.lines[i], self.chosen[i]
            steps = set(line.points) if option is None else {line.points[option]}
            reached = {before + step for before in reached for step in steps}
        return sorted(reached)

    def least(self, index: int, side: int) -> int:
        """Points that the floors ask of a side."""
        return max((f.least for f in self.card.floors if (f.dimension, f.side) == (index, side)), default=0)

    def chances(self, index: int, ways: Ways) -> tuple[Fraction, ...]:
        """Probability of "pursue" for each option of a line, from the ways with every other line taken in."""
        line, slot = self.card.lines[index], (1 << self.width) - 1
        good = [
            0 if gated else ways >> points * self.width & slot
            for points, gated in zip(line.points, line.gated, strict=True)
        ]
        return tuple(Fraction(here * sum(line.prior), self.total) for here in good)

    def pack(self, values: Sequence[int]) -> Ways:
        """Put values into slots, the first one lowest."""
        if self.width in WORDS:
            return int.from_bytes(pack(f"<{len(values)}{WORDS[self.width]}", *values), "little")
        size = self.width // 8
        return int.from_bytes(b"".join(value.to_bytes(size, "little") for value in values), "little")

    def unpack(self, ways: Ways, count: int) -> Sequence[int]:
        """Take the values out of the lowest `count` slots."""
        size = self.width // 8
        data = (ways & (1 << count * self.width) - 1).to_bytes(size * count, "little")
        if self.width in WORDS:
            return unpack(f"<{count}{WORDS[self.width]}", data)
        return [int.from_bytes(data[at : at + size], "little") for at in range(0, len(data), size)]
