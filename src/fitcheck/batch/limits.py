"""How likely the money gate holds for the deals of a block: what `CostSide.within` says, for many limits at once."""

from collections.abc import Callable, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import EXACT, NOTHING, Flags, Whole
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.memo import keep
from fitcheck.decision.tablecost import CostSide, Half

WORD = 60
"""Bits of a cost: sums of a few of them have room in 64."""

MOST_KEPT = 100_000
"""So many are kept: each takes some hundred bytes."""

MOST_SIDES = 1_000
"""Halves of questions that are kept as arrays: each has up to 100 kB."""

MOST_LIMITS = 256
"""So many are told at once: each takes as much room as half of the questions have combinations."""


class Ways(NamedTuple):
    """
    Weight of the completions of the unknown cost answers that the money gate lets pass.

    Attributes:
        known: whether that could be told [k].
        holds: for each band of trust [k, bands].
        by: the same by cost question and option, 0 where the question is known [k, bands, questions, options].
        asked: which cost questions are unknown [k, questions].
        whole: weight of all completions [k].
    """

    known: Flags
    holds: Whole
    by: Whole
    asked: Flags
    whole: Whole


Halves = tuple[Half, Half, int]
"""From `CostSide.halves`."""


class Side(NamedTuple):
    """
    Combinations of the answers to half of the unknown questions, costs ascending.

    Attributes:
        costs: cut off to words of 64 bits [n].
        weights: of each [n].
        up_to: weight of all before each, and of all at the end [n + 1].
        options: which option each has, for each question of the half [questions, n].
    """

    costs: Whole
    weights: Whole
    up_to: Whole
    options: Whole


class Within(NamedTuple):
    """
    Weight of the combinations of both halves that cost at most so much.

    Attributes:
        whole: of all [k].
        by: by question of the first half, and option [k, questions, options].
        sure: whether that is true in spite of costs that are cut off [k].
    """

    whole: Whole
    by: Whole
    sure: Flags


Pair = Callable[[Side, Side, Whole, int], Within]
"""Takes both halves, what they may cost together [k], and room for how many options of a question."""


def pair_up(mine: Side, theirs: Side, rests: Whole, options: int) -> Within:
    """
    Weigh what costs at most so much.

    The sum of two costs that are cut off may be 2 too small, so that what lies that close to what is left is not sure.
    """
    rest = rests[:, None] - mine.costs
    surely, perhaps = (np.searchsorted(theirs.costs, rest - off, side="right") for off in (2, 0))
    ways = theirs.up_to[surely] * mine.weights
    by = np.zeros((len(rests), len(mine.options), options), dtype=np.int64)
    for question, of_question in enumerate(mine.options):
        for option in range(options):
            by[:, question, option] = ways[:, of_question == option].sum(axis=1)
    return Within(ways.sum(axis=1), by, (surely == perhaps).all(axis=1))


class Limits:
    """
    Remembers what was told for each set of cost answers, band of trust and limit.

    Args:
        compiled: the cost model.
        options: room for so many options of a question.
        pair: weighs the combinations of two halves.
    """

    def __init__(self, compiled: CompiledCost, options: int, pair: Pair = pair_up) -> None:
        self._pair = pair
        self._questions = {question.id: k for k, question in enumerate(compiled.model.questions)}
        self._bands, self._options = len(compiled.bands), options
        self._forget()

    def _forget(self) -> None:
        self._kept = 0
        self._sides: dict[tuple[tuple[str, ...], int, int], tuple[Side, Side]] = {}
        self._at: dict[tuple[tuple[int, ...], int], dict[int, int]] = {}
        self._holds = np.zeros(0, dtype=np.int64)
        self._by = np.zeros((0, len(self._questions), self._options), dtype=np.int64)

    def ways(self, costs: Sequence[CostSide], limits: Sequence[int], reached: Flags) -> Ways:
        """
        Look up what every pair of cost answers and limit lets pass.

        Args:
            costs: of each pair [k].
            limits: of each pair [k; 1/`CompiledCost.unit`].
            reached: which bands of trust are asked for [k, bands].
        """
        if self._kept > MOST_KEPT:
            self._forget()
        of_side: dict[tuple[int, ...], list[int]] = {}
        for pair, side in enumerate(costs):
            of_side.setdefault(side.codes, []).append(pair)
        at = np.full((self._bands, len(limits)), NOTHING, dtype=np.int64)
        asked = np.zeros((len(limits), len(self._questions)), dtype=bool)
        for pairs in of_side.values():
            side = costs[pairs[0]]
            for question in side.unknown:
                asked[pairs, self._questions[question]] = True
            for band, asks in enumerate(reached[pairs].T.tolist()):
                here = [*compress(pairs, asks)]
                if here:
                    at[band, here] = self._learn(side, band, [limits[pair] for pair in here])
        at = at.T
        known = (~reached | (at != NOTHING)).all(axis=1)
        holds = np.where(at == NOTHING, 0, self._holds[at]) if len(self._holds) else np.zeros_like(at)
        by = np.zeros((*at.shape, len(self._questions), self._options), dtype=np.int64)
        if len(self._by):
            by = np.where((at == NOTHING)[:, :, None, None], 0, self._by[at])
        whole = np.array([side.total if side.total < EXACT else 0 for side in costs], dtype=np.int64)
        return Ways(known, holds, by, asked, whole)

    def _learn(self, side: CostSide, band: int, limits: Sequence[int]) -> list[int]:
        """Where it is kept what some limits let pass; `NOTHING` where that can't be told."""
        known = self._at.setdefault((side.codes, band), {})
        fresh = [limit for limit in dict.fromkeys(limits) if limit not in known]
        halves = side.halves(band) if fresh and side.total < EXACT else None
        if halves is None:
            known |= dict.fromkeys(fresh, NOTHING)
        else:
            parts = [fresh[start : start + MOST_LIMITS] for start in range(0, len(fresh), MOST_LIMITS)]
            told = [self._of_limits(side, band, halves, part) for part in parts]
            known |= {limit: len(self._holds) + k for k, limit in enumerate(fresh)}
            self._holds = np.concatenate([self._holds, *(whole for whole, _ in told)])
            self._by = np.concatenate([self._by, *(by for _, by in told)])
        self._kept += len(fresh)
        return [known[limit] for limit in limits]

    def _of_limits(self, side: CostSide, band: int, halves: Halves, limits: Sequence[int]) -> tuple[Whole, Whole]:
        left, right, left_over = halves
        rests = [limit + left_over for limit in limits]
        largest = max(map(abs, (left.costs[-1], right.costs[-1], *rests)))
        shift = max(0, largest.bit_length() - WORD)
        sides = self._sides.get((side.unknown, band, shift))
        if sides is None:
            found = (_side(left, shift), _side(right, shift))
            sides = keep(self._sides, (side.unknown, band, shift), found, MOST_SIDES)
        here, there = sides
        rest = _cut_off(rests, shift)
        first, second = self._pair(here, there, rest, self._options), self._pair(there, here, rest, self._options)
        by = np.zeros((len(rests), len(self._questions), self._options), dtype=np.int64)
        for half, told in ((left, first), (right, second)):
            by[:, [self._questions[question] for question in half.questions]] = told.by
        whole = first.whole
        for k in np.flatnonzero(~(first.sure & second.sure)).tolist():
            whole[k], by[k] = self._exactly(side, band, limits[k])
        return whole, by

    def _exactly(self, side: CostSide, band: int, limit: int) -> tuple[int, Whole]:
        by = np.zeros((len(self._questions), self._options), dtype=np.int64)
        ways = side.within(band, limit)
        if ways is None:
            raise ValueError("there are too many combinations")
        for question, told in ways[1].items():
            by[self._questions[question], : len(told)] = told
        return ways[0], by


def _side(half: Half, shift: int) -> Side:
    options = np.zeros((len(half.questions), len(half.costs)), dtype=np.int64)
    for of_question, places in zip(options, half.places, strict=True):
        for option, having in enumerate(places):
            of_question[having] = option
    weights, up_to = (np.array(figures, dtype=np.int64) for figures in (half.weights, half.up_to))
    return Side(_cut_off(half.costs, shift), weights, up_to, options)


def _cut_off(figures: Sequence[int], shift: int) -> Whole:
    return np.array([figure >> shift for figure in figures], dtype=np.int64)
