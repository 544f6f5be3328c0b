"""How likely the money gate holds for the deals of a block: what `CostAnswers.within` says, for many limits at once."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from fitcheck.batch.arrays import EXACT, NOTHING, Flags, Whole, with_room
from fitcheck.batch.deals import Deals
from fitcheck.decision.compiledcost import CompiledCost
from fitcheck.decision.costanswers import CostAnswers, Half
from fitcheck.decision.memo import bounded_put

WORD = 60
"""Bits of a cost: sums of a few of them have room in 64."""

MOST_FIGURES = 5_000_000
"""Figures that are kept for further rows: 40 MB."""

MOST_SIDES = 1_000
"""Halves of questions that are kept as arrays: each has up to 100 kB."""

MOST_LIMITS = 256
"""So many are told at once: each takes as much room as half of the questions have combinations."""


class Ways(NamedTuple):
    """
    What the money gate lets pass of the completions of the unknown cost answers of k rows.

    Attributes:
        known: whether that could be told [k].
        at: for each band of trust where its weights are, see `Limits` [k, bands].
        asked: which cost questions are unknown [k, questions].
        whole: weight of all completions [k].
    """

    known: Flags
    at: Whole
    asked: Flags
    whole: Whole


Halves = tuple[Half, Half, int]
"""From `CostAnswers.halves`."""


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


EVERYTHING, UNSEEN = 0, -2
"""Where the weights are if there is no limit; instead of where they are, if nobody asked so far."""


class Limits:
    """
    Remembers what was told for each set of cost answers, band of trust and limit.

    Args:
        compiled: the cost model; None if there is none.
        bands: of trust.
        options: room for so many options of a question.
        pair: weighs the combinations of two halves.

    Attributes:
        holds: weight of the completions that pass, wherever `Ways.at` says [n].
        by: the same by cost question and option, 0 where the question is known [n, questions, options].
    """

    def __init__(self, compiled: CompiledCost | None, bands: int, options: int, pair: Pair = pair_up) -> None:
        self._pair = pair
        self._questions = {question.id: k for k, question in enumerate(compiled.model.questions if compiled else ())}
        self._bands, self._options = bands, options
        self._forget()

    def _forget(self) -> None:
        self._sides: dict[tuple[tuple[str, ...], int, int], tuple[Side, Side]] = {}
        self._at: dict[tuple[tuple[int, ...], int], dict[int, int]] = {}
        self._count = 1
        self.holds = np.ones(1, dtype=np.int64)
        self.by = np.zeros((1, len(self._questions), self._options), dtype=np.int64)
        self._known: tuple[object, Whole] = None, np.empty((0, self._bands), dtype=np.int64)

    def ways(
        self, costs: Sequence[CostAnswers | None], of_costs: Whole, deals: Deals, of_deals: Whole, reached: Flags
    ) -> Ways:
        """
        Look up what is let pass.

        Args:
            costs: every set of cost answers that there is; None without a cost model.
            of_costs: number of each row's [k].
            deals: every deal that there is.
            of_deals: number of each row's [k].
            reached: which bands of trust are asked for [k, bands].
        """
        if self._count * (self.by[0].size + 1) > MOST_FIGURES:
            self._forget()
        if len(costs) == 1:  # as where no cost question has a column
            pairs, numbers = np.arange(len(deals.listed)), of_deals
            key: object = (deals.book, costs[0] and costs[0].codes)
        else:
            pairs, numbers = np.unique(of_costs * len(deals.listed) + of_deals, return_inverse=True)
            key = None
        of_pairs = np.divmod(pairs, len(deals.listed))
        has_cost = np.array([side is not None for side in costs], dtype=bool)
        limited = has_cost[of_pairs[0]] & ~np.isnan(deals.figures.limits)[of_pairs[1]]

        def pair_of(number: int) -> tuple[CostAnswers | None, int | None]:
            cost, deal = of_pairs
            return costs[cost[number]], deals.limit(deal[number])

        table = self._known[1] if key and self._known[0] == key else self._known[1][:0]
        fresh = np.where(limited[len(table) :], UNSEEN, EVERYTHING)
        table = np.concatenate([table, np.repeat(fresh[:, None], self._bands, axis=1)])
        self._fill_in(table, pair_of, numbers, reached)
        self._known = key, table
        at = np.where(reached, table[numbers], EVERYTHING)
        is_limited = limited[numbers]
        asked = np.zeros((len(costs), len(self._questions)), dtype=bool)
        for number, side in enumerate(costs):
            asked[number, [self._questions[question] for question in (side.unknown if side else ())]] = True
        whole = np.array([side.total if side and side.total < EXACT else 0 for side in costs], dtype=np.int64)
        return Ways(
            known=(at != NOTHING).all(axis=1),
            at=np.maximum(at, EVERYTHING),
            asked=asked[of_costs] & is_limited[:, None],
            whole=np.where(is_limited, whole[of_costs], 1),
        )

    def _fill_in(
        self,
        table: Whole,
        pair_of: Callable[[int], tuple[CostAnswers | None, int | None]],
        numbers: Whole,
        reached: Flags,
    ) -> None:
        """Work out what rows ask for and nobody asked for before."""
        unseen = reached & (table == UNSEEN)[numbers]
        for band in range(self._bands):
            of_side: dict[tuple[int, ...], tuple[CostAnswers, list[int], list[int]]] = {}
            for number in np.unique(numbers[unseen[:, band]]).tolist():
                side, limit = pair_of(number)
                if side and limit is not None:
                    _, some, limits = of_side.setdefault(side.codes, (side, [], []))
                    some.append(number)
                    limits.append(limit)
            for side, some, limits in of_side.values():
                table[some, band] = self._learn(side, band, limits)

    def _learn(self, side: CostAnswers, band: int, limits: Sequence[int]) -> list[int]:
        """Where it is kept what some limits let pass; `NOTHING` where that can't be told."""
        known = self._at.setdefault((side.codes, band), {})
        fresh = [limit for limit in dict.fromkeys(limits) if limit not in known]
        halves = side.halves(band) if fresh and side.total < EXACT else None
        if fresh and halves is None:
            return [NOTHING] * len(limits)  # which is told anew each time: nothing is kept of it, nor counted
        if halves:
            parts = [fresh[start : start + MOST_LIMITS] for start in range(0, len(fresh), MOST_LIMITS)]
            told = [self._of_limits(side, band, halves, part) for part in parts]
            known |= {limit: self._count + k for k, limit in enumerate(fresh)}
            after = self._count + len(fresh)
            self.holds, self.by = with_room(self.holds, after), with_room(self.by, after)
            self.holds[self._count : after] = np.concatenate([whole for whole, _ in told])
            self.by[self._count : after] = np.concatenate([by for _, by in told])
            self._count = after
        return [known[limit] for limit in limits]

    def _of_limits(self, side: CostAnswers, band: int, halves: Halves, limits: Sequence[int]) -> tuple[Whole, Whole]:
        left, right, left_over = halves
        rests = [limit + left_over for limit in limits]
        largest = max(map(abs, (left.costs[-1], right.costs[-1], *rests)))
        shift = max(0, largest.bit_length() - WORD)
        sides = self._sides.get((side.unknown, band, shift))
        if sides is None:
            found = (_side(left, shift), _side(right, shift))
            sides = bounded_put(self._sides, (side.unknown, band, shift), found, MOST_SIDES)
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

    def _exactly(self, side: CostAnswers, band: int, limit: int) -> tuple[int, Whole]:
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
