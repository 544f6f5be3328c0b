"""
Odds that the fit passes over the missing answers: exact, by counting completions in integers.

Known points, the threshold and the floors are exact. The points of an open answer are rounded, half up, to tenths of a
point on each side of trust, so that the open part of a side is a short list: the weight of each number of tenths. Under
one type of prospect open answers are independent, so these lists are products of the questions' own.

Source: same-decision probability (Darwiche & Choi 2010), exact here because the score adds up.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import lcm, prod
from operator import mul
from typing import NamedTuple

from fitcheck.decision.score.prospect_types import TYPES, TypeOdds
from fitcheck.decision.score.rounding import largest_remainder
from fitcheck.decision.score.scorecard import Scorecard

Weights = Sequence[int]
"""Weight of 0, 1, 2, ... tenths of a point."""

Lines = tuple[int, ...]
"""Indices into `Scorecard.lines`."""

Known = Sequence[Sequence[int]]
"""Points of the known answers of each side of each dimension."""

QUARTERS = 4
"""Parts in which the odds of the types are taken where a figure need not decide anything."""

MOST_LISTS, MOST_COUNTS = 512, 20_000
"""Lists of weights, and results, that are kept for prospects who leave the same questions open."""


class Run(NamedTuple):
    """Weights of points that lie a tenth of a point apart, from `first` on."""

    first: int
    weights: Weights


class FitOdds:
    """
    Odds that the fit passes: no deal-breaker, every floor, the score.

    What open answers can add up to is kept, so that one of these serves every prospect of a table.

    Args:
        card: compiled.
    """

    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self._one_way = [d for d, dimension in enumerate(card.dimensions) if len(dimension.sides) == 1]
        self._two_way = [d for d, dimension in enumerate(card.dimensions) if len(dimension.sides) == 2]  # noqa: PLR2004
        self._least: dict[tuple[int, int], int] = {}
        for gate in card.floors:
            side = gate.dimension, gate.side
            self._least[side] = max(gate.least, self._least.get(side, 0))
        self._bands = lru_cache(MOST_COUNTS)(self._count_bands)
        self._side = lru_cache(MOST_LISTS)(self._count_side)
        self._rest = lru_cache(MOST_LISTS)(self._count_rest)
        self._trust = lru_cache(MOST_LISTS)(self._count_trust)
        self._totals = lru_cache(MOST_LISTS)(self._count_totals)
        self._passing = lru_cache(MOST_COUNTS)(self._count_passing)

    def probability(self, still_open: Lines, known: Known, types: TypeOdds) -> Fraction:
        """
        Probability that the fit passes.

        Args:
            still_open: the lines without an answer, ascending.
            known: points of the answers, none of which is a deal-breaker.
            types: odds of the types of prospect after the answers.

        Returns:
            0..1; equal to enumerating every completion, with open points rounded as said above.
        """
        common, scales = self._totals(still_open)
        passing = self.passing(still_open, known)
        return Fraction(sum(map(mul, map(mul, types, scales), passing)), sum(types) * common)

    def _count_totals(self, still_open: Lines) -> tuple[int, list[int]]:
        """A common multiple of what all completions weigh under each type, and what makes each of them that."""
        guesses = [self.card.lines[i].guess.totals for i in still_open]
        totals = [prod(found[of_type] for found in guesses) for of_type in range(len(TYPES))]
        common = lcm(*totals)
        return common, [common // total for total in totals]

    def passing(self, still_open: Lines, known: Known) -> tuple[int, ...]:
        """For each type the weight of the completions that pass; arguments as for `probability`."""
        need = self.card.threshold - sum(known[d][0] for d in self._one_way)
        cuts = tuple((d, self._tenths(self._least[d, 0] - known[d][0])) for d in self._one_way if (d, 0) in self._least)
        trust = tuple((d, *known[d]) for d in self._two_way)
        return self._passing(still_open, need, cuts, trust)

    def band_weights(
        self, still_open: Lines, known: Sequence[int], dimension: int, cuts: tuple[int, ...], types: TypeOdds
    ) -> tuple[Fraction, ...]:
        """
        Probability of each band of a dimension's points, whatever the gates say.

        Args:
            still_open: the lines without an answer, ascending.
            known: points of the answers of each side of the dimension.
            dimension: its index.
            cuts: ascending points at which the next band begins.
            types: odds of the types of prospect after the answers; taken in quarters, so that the prospects of a table
                share what is worked out from the result.
        """
        sides = tuple(self._open(still_open, dimension, side) for side in range(len(known)))
        return self._bands(sides, tuple(known), cuts, largest_remainder(types, QUARTERS))

    def _count_bands(
        self, sides: tuple[Lines, ...], known: tuple[int, ...], cuts: tuple[int, ...], quarters: TypeOdds
    ) -> tuple[Fraction, ...]:
        found = [Fraction(0)] * (len(cuts) + 1)
        for of_type, parts in enumerate(quarters):
            lists = [
                self._levels(self._count_side(lines, of_type, gates=False), points)
                for lines, points in zip(sides, known, strict=True)
            ]
            joined = dict(lists[0]) if len(lists) == 1 else _joined(self.card, *lists)
            weights = [0] * len(found)
            for points, weight in joined.items():
                weights[bisect_right(cuts, points)] += weight
            whole = QUARTERS * sum(weights)
            found = [share + Fraction(parts * weight, whole) for share, weight in zip(found, weights, strict=True)]
        return tuple(found)

    def _levels(self, weights: Weights, known: int, least: int = 0) -> list[tuple[int, int]]:
        """Points of one side and their weights, from `least` on, ascending."""
        levels = ((known + tenths * self.card.tenth, weight) for tenths, weight in enumerate(weights))
        return [(points, weight) for points, weight in levels if weight and points >= least]

    def _tenths(self, points: int) -> int:
        """Tenths of a point that are needed to have at least so many points; 0 or more."""
        return max(0, -(-points // self.card.tenth))

    def _open(self, still_open: Lines, dimension: int, side: int) -> Lines:
        of_side = self.card.dimensions[dimension].sides[side]
        return tuple(i for i in still_open if i in of_side)

    def _count_passing(
        self, still_open: Lines, need: int, cuts: tuple[tuple[int, int], ...], trust: tuple[tuple[int, int, int], ...]
    ) -> tuple[int, ...]:
        floored = tuple((self._open(still_open, d, 0), cut) for d, cut in cuts)
        plain = [d for d in self._one_way if (d, 0) not in self._least]
        rest = (tuple(i for d in plain for i in self._open(still_open, d, 0)), floored)
        sides = tuple((d, *known, self._open(still_open, d, 0), self._open(still_open, d, 1)) for d, *known in trust)
        counts = []
        for of_type in range(len(TYPES)):
            tail = self._rest(*rest, of_type)
            runs = self._trust(sides, of_type)
            counts.append(sum(self._reaching(run, tail, need) for run in runs))
        return tuple(counts)

    def _count_side(self, lines: Lines, of_type: int, *, gates: bool = True) -> Weights:
        """
        Weight of each number of tenths that open lines can add up to; with `gates` without answers that fail one.

        The weights are slots of one long integer, wide enough that none overflows. Shifting it by the tenths of an
        option and multiplying it by the option's weight takes the option in for every sum at once.
        """
        found = [self.card.lines[i] for i in lines]
        slot = prod(line.guess.totals[of_type] for line in found).bit_length() // 8 + 1
        packed, most = 1, 0
        for line in found:
            options = zip(line.tenths, line.guess.weights[of_type], line.gated, strict=True)
            counted = ((tenths, weight) for tenths, weight, gated in options if not (gates and gated))
            packed = sum((packed << 8 * slot * tenths) * weight for tenths, weight in counted)
            most += max(line.tenths)
        data = packed.to_bytes(slot * (most + 1), "little")
        return [int.from_bytes(data[at : at + slot], "little") for at in range(0, len(data), slot)]

    def _count_rest(self, plain: Lines, floored: tuple[tuple[Lines, int], ...], of_type: int) -> Weights:
        """Weight of at least 0, 1, 2, ... tenths from all one-way dimensions, where their floors hold."""
        weights = self._side(plain, of_type)
        for lines, cut in floored:
            weights = _convolve(weights, _cut(self._side(lines, of_type), cut))
        return _at_least(weights)

    def _count_trust(self, of_dimensions: tuple[tuple[int, int, int, Lines, Lines], ...], of_type: int) -> list[Run]:
        """Weights of the points of all two-way dimensions together, where the floors of their sides hold."""
        together = {0: 1}
        for dimension, *known, theirs, ours in of_dimensions:
            sides = [
                self._levels(self._side(lines, of_type), points, self._least.get((dimension, side), 0))
                for side, (lines, points) in enumerate(zip((theirs, ours), known, strict=True))
            ]
            together = _summed(together, _joined(self.card, *sides))
        return _runs(together, self.card.tenth)

    def _reaching(self, run: Run, tail: Weights, need: int) -> int:
        """Weight of the points of a run together with what the rest must add to reach `need`."""
        start = -((run.first - need) // self.card.tenth)  # tenths that the rest must add to the first of the run
        if start <= 0:
            return int(tail[0] * sum(run.weights))
        found: int = tail[0] * sum(run.weights[start:])  # these need nothing from the rest
        first = max(0, start - len(tail) + 1)
        needed = tail[max(0, start - len(run.weights)) + 1 : start - first + 1]
        found += sum(map(mul, run.weights[first:start], reversed(needed)))
        return found


def _at_least(weights: Weights) -> Weights:
    tail = list(accumulate(reversed(weights)))
    tail.reverse()
    return tail


def _cut(weights: Weights, least: int) -> Weights:
    """Weights without those of fewer than `least` tenths."""
    return [0] * min(least, len(weights)) + list(weights[least:])


def _convolve(some: Weights, others: Weights) -> Weights:
    """Weight of each sum of one from each."""
    found = [0] * (len(some) + len(others) - 1)
    for at, weight in enumerate(others):
        if weight:
            found[at : at + len(some)] = [f + weight * s for f, s in zip(found[at : at + len(some)], some, strict=True)]
    return found


def _summed(some: Mapping[int, int], others: Mapping[int, int]) -> dict[int, int]:
    """Weight of each sum of one from each."""
    found: dict[int, int] = {}
    for points, weight in some.items():
        for more, times in others.items():
            found[points + more] = found.get(points + more, 0) + weight * times
    return found


def _joined(card: Scorecard, theirs: Sequence[tuple[int, int]], ours: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Weight of each number of points of a two-way dimension, from those of its sides in ascending order."""
    joined: dict[int, int] = {}
    if card.screen.trust_lambda == 1:  # the weaker side counts: two sorted walks do what all pairs would
        above_theirs = above_ours = 0
        some, others = dict(theirs), dict(ours)
        for level in sorted({*some, *others}, reverse=True):
            a, b = some.get(level, 0), others.get(level, 0)
            joined[level] = a * above_ours + b * above_theirs + a * b
            above_theirs, above_ours = above_theirs + a, above_ours + b
        return joined
    for a, weight in theirs:
        for b, times in ours:
            points = card.join((a, b))
            joined[points] = joined.get(points, 0) + weight * times
    return joined


def _runs(weights: Mapping[int, int], step: int) -> list[Run]:
    """Sort points into runs of those that lie whole steps apart."""
    by_offset: dict[int, list[int]] = {}
    for points, weight in weights.items():
        if weight:
            by_offset.setdefault(points % step, []).append(points)
    return [
        Run(min(found), [weights.get(points, 0) for points in range(min(found), max(found) + 1, step)])
        for found in by_offset.values()
    ]
