"""How likely the money gate holds for the deals of a block: what `CostSide.within` says, for many limits at once."""

from collections.abc import Sequence
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
        self._at: dict[tuple[tuple[int, ...], int, int], int] = {}
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
        if len(self._at) > MOST_KEPT:
            self._forget()
        self._learn(costs, limits, reached)
        height = len(costs)
        at = np.full((height, self._bands), NOTHING, dtype=np.int64)
        for pair, band in np.argwhere(reached):
            at[pair, band] = self._at.get((costs[pair].codes, int(band), limits[pair]), NOTHING)
        known = (~reached | (at != NOTHING)).all(axis=1)
        holds = np.where(at == NOTHING, 0, self._holds[at]) if len(self._holds) else np.zeros_like(at)
        by = np.zeros((height, self._bands, len(self._questions), self._options), dtype=np.int64)
        if len(self._by):
            by = np.where((at == NOTHING)[:, :, None, None], 0, self._by[at])
        asked = np.zeros((height, len(self._questions)), dtype=bool)
        for pair, side in enumerate(costs):
            asked[pair, [self._questions[question] for question in side.unknown]] = True
        whole = np.array([side.total if side.total < EXACT else 0 for side in costs], dtype=np.int64)
        return Ways(known, holds, by, asked, whole)

    def _learn(self, costs: Sequence[CostSide], limits: Sequence[int], reached: Flags) -> None:
        fresh: dict[tuple[tuple[int, ...], int], tuple[CostSide, list[int]]] = {}
        for pair, band in np.argwhere(reached).tolist():
            side = costs[pair]
            key = (side.codes, band, limits[pair])
            if key not in self._at:
                self._at[key] = NOTHING
                fresh.setdefault(key[:2], (side, []))[1].append(limits[pair])
        holds, by, known = [self._holds], [self._by], len(self._holds)
        for (codes, band), (side, asked) in fresh.items():
            if side.halves(band) is None or side.total >= EXACT:
                continue
            step = MOST_LIMITS
            for part in (asked[start : start + step] for start in range(0, len(asked), step)):
                whole, by_option = self._of_limits(side, band, part)
                self._at |= {(codes, band, limit): known + k for k, limit in enumerate(part)}
                known += len(part)
                holds.append(whole)
                by.append(by_option)
        self._holds, self._by = np.concatenate(holds), np.concatenate(by)

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
