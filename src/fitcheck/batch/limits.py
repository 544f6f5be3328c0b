"""How likely the money gate holds for the deals of a block: what `CostSide.within` says, for many limits at once."""

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import EXACT, NOTHING, Flags, Whole
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.tablecost import CostSide, Half

WORD = 60
"""Bits of a cost: sums of a few of them have room in 64."""

FEW_LIMITS = 4
"""Fewer are told one by one: arrays would take longer to lay out."""

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


class Limits:
    """
    Remembers what was told for each set of cost answers, band of trust and limit.

    Args:
        compiled: the cost model.
        options: room for so many options of a question.
    """

    def __init__(self, compiled: CompiledCost, options: int) -> None:
        self._questions = {question.id: k for k, question in enumerate(compiled.model.questions)}
        self._bands, self._options = len(compiled.bands), options
        self._forget()

    def _forget(self) -> None:
        self._kept = 0
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
        can_be_told = fresh and side.halves(band) is not None and side.total < EXACT
        if not can_be_told:
            known |= dict.fromkeys(fresh, NOTHING)
        elif fresh:
            parts = [fresh[start : start + MOST_LIMITS] for start in range(0, len(fresh), MOST_LIMITS)]
            told = [self._of_limits(side, band, part) for part in parts]
            known |= {limit: len(self._holds) + k for k, limit in enumerate(fresh)}
            self._holds = np.concatenate([self._holds, *(whole for whole, _ in told)])
            self._by = np.concatenate([self._by, *(by for _, by in told)])
        self._kept += len(fresh)
        return [known[limit] for limit in limits]

    def _of_limits(self, side: CostSide, band: int, limits: Sequence[int]) -> tuple[Whole, Whole]:
        whole = np.zeros(len(limits), dtype=np.int64)
        by = np.zeros((len(limits), len(self._questions), self._options), dtype=np.int64)
        sure = np.zeros(len(limits), dtype=bool)
        halves = side.halves(band)
        if halves is not None and len(limits) >= FEW_LIMITS:
            left, right, left_over = halves
            rests = [limit + left_over for limit in limits]
            whole, by, sure = self._tell(left, right, rests)
            by += self._tell(right, left, rests)[1]
        for k in np.flatnonzero(~sure).tolist():
            whole[k], by[k] = self._exactly(side, band, limits[k])
        return whole, by

    def _tell(self, half: Half, other: Half, rests: Sequence[int]) -> tuple[Whole, Whole, Flags]:
        """
        Weight of the combinations of both halves that cost at most `rests`: of all, and by the questions of one.

        Costs are cut off to words of 64 bits. The sum of two of them may be 2 too small, so that what lies that close
        to what is left is not sure.
        """
        largest = max(map(abs, (half.costs[-1], other.costs[-1], *rests)))
        shift = max(0, largest.bit_length() - WORD)
        mine, theirs, left = (_cut_off(figures, shift) for figures in (half.costs, other.costs, rests))
        rest = left[:, None] - mine
        surely, perhaps = (np.searchsorted(theirs, rest - off, side="right") for off in (2, 0))
        ways = np.array(other.up_to, dtype=np.float64)[surely] * np.array(half.weights, dtype=np.float64)
        by = np.zeros((len(rests), len(self._questions), self._options), dtype=np.int64)
        for question, places in zip(half.questions, half.places, strict=True):
            for option, having in enumerate(places):
                by[:, self._questions[question], option] = ways[:, having].sum(axis=1)
        return ways.sum(axis=1).astype(np.int64), by, (surely == perhaps).all(axis=1)

    def _exactly(self, side: CostSide, band: int, limit: int) -> tuple[int, Whole]:
        by = np.zeros((len(self._questions), self._options), dtype=np.int64)
        ways = side.within(band, limit)
        if ways is None:
            raise ValueError("there are too many combinations")
        for question, told in ways[1].items():
            by[self._questions[question], : len(told)] = told
        return ways[0], by


def _cut_off(figures: Sequence[int], shift: int) -> Whole:
    return np.array([figure >> shift for figure in figures], dtype=np.int64)
