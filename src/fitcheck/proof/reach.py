"""
What a screen can reach at a stage: exact bounds and sets of points, over every possible answer.

Points add up dimension by dimension, so what a whole screen can reach follows from what each dimension can.
Questions that may be n/a hand their points to others; every set of them is gone through, dimension by dimension.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from math import ceil
from operator import or_

from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.content.rubric import Floor, Rubric, Screen, Stage
from fitcheck.decision.cost.estimate import cost_bounds
from fitcheck.decision.cost.money import compiled_for, money_side
from fitcheck.decision.score.scorecard import FloorGate, Line, Scorecard, compile_scorecard

MOST_OPTIONAL = 8
"""Most optional (n/a) questions of a rubric that are enumerated; with more, they are taken as answered."""


@dataclass(frozen=True, slots=True)
class Reach:
    """
    What a dimension can do at a stage; points of 100, exact, as each set of questions that apply has its own unit.

    Attributes:
        passing: points it can have while every gate on it holds [tenths of a point, each answer rounded].
        best: most of them; None where no answers pass.
        least: fewest points, whatever its gates say.
        most: most points, likewise.
        has_gate: whether some answer fails an option gate, or some answers a floor.
        dead: floors that no answers fail.
        telling: ids of questions whose options differ in points or fail a gate.
    """

    rubric: Rubric
    passing: frozenset[int]
    best: Fraction | None
    least: Fraction
    most: Fraction
    has_gate: bool
    dead: tuple[Floor, ...]
    telling: frozenset[str]


@dataclass(frozen=True, slots=True)
class StageReach:
    """
    What a screen can do at a stage.

    Attributes:
        dimensions: one for each rubric, in the screen's order.
        threshold: pursue needs at least this many points of 100.
        money_can_fail: whether the money gate can fail for some deal.
        cycles: id of the rubric whose points change the expected cost; None where none does.
    """

    dimensions: tuple[Reach, ...]
    threshold: Fraction
    money_can_fail: bool
    cycles: str | None

    @property
    def can_pursue(self) -> bool:
        """Whether some answers give "pursue"."""
        best = [dimension.best for dimension in self.dimensions]
        return None not in best and sum(points or 0 for points in best) >= self.threshold

    @property
    def can_decline(self) -> bool:
        """Whether some answers give "not now"."""
        gated = self.money_can_fail or any(dimension.has_gate for dimension in self.dimensions)
        return gated or sum(dimension.least for dimension in self.dimensions) < self.threshold

    @property
    def has_both_verdicts(self) -> bool:
        """Whether both verdicts can be reached."""
        return self.can_pursue and self.can_decline

    def can_turn(self, rubric: str) -> bool:
        """
        Whether, for some answers to the other rubrics and some deal, the answers to this one decide the verdict.

        Where something can be pursued, they do if they can fail a gate, if they change a cost that the money gate
        judges, or if they can carry the score over the threshold.
        """
        own = next(dimension for dimension in self.dimensions if dimension.rubric.id == rubric)
        if not self.can_pursue:
            return False
        if own.has_gate or (self.money_can_fail and self.cycles == rubric):
            return True
        others = reduce(_sums, (d.passing for d in self.dimensions if d is not own), 1)
        threshold = ceil(self.threshold * 10)
        low, high = (max(0, threshold - points) for points in (max(own.passing), min(own.passing)))
        # Some sum of the others lies in low..high-1: enough with its best answers, too little with its worst.
        return bool(others >> low & ((1 << high - low) - 1))


def reach(screen: Screen, stage: Stage) -> StageReach:
    """Work out what a screen can do at a stage; priors don't matter, as everything possible counts."""
    plain = replace(screen, priors={})
    sets = [list(_skips(rubric)) for rubric in plain.rubrics]
    found: list[list[Reach]] = [[] for _ in plain.rubrics]
    for number in range(max(map(len, sets))):
        skipped = frozenset[str]().union(*(s[number] for s in sets if number < len(s)))
        card = compile_scorecard(plain, stage, skipped)
        for index, skips in enumerate(sets):
            if number < len(skips):
                found[index].append(_reach(card, index))
    card, dimensions = compile_scorecard(plain, stage), tuple(map(_together, found))
    can_fail, differs = _money(screen, card, dimensions)
    return StageReach(
        dimensions,
        card.shown(card.threshold),
        money_can_fail=can_fail,
        cycles=screen.cost.cycles.rubric if screen.cost and differs else None,
    )


def optional(rubric: Rubric) -> list[str]:
    """Ids of the questions that may be n/a."""
    return [question.id for question in rubric.questions if question.not_applicable]


def _skips(rubric: Rubric) -> Iterator[tuple[str, ...]]:
    """Every set of questions that may be n/a together; the empty one first."""
    names = optional(rubric)
    for size in range(len(names) + 1 if len(names) <= MOST_OPTIONAL else 1):
        yield from combinations(names, size)


def _reach(card: Scorecard, index: int) -> Reach:
    dimension = card.dimensions[index]
    lines = [[card.lines[i] for i in side] for side in dimension.sides]
    low = [sum(min(line.points) for line in side) for side in lines]
    high = [sum(max(line.points) for line in side) for side in lines]
    floors = [gate for gate in card.floors if gate.dimension == index]
    dead = tuple(gate.floor for gate in floors if low[gate.side] >= gate.least)
    every = [line for side in lines for line in side]
    return Reach(
        dimension.rubric,
        _passing(card, lines, floors),
        _best(card, lines, floors),
        card.shown(card.join(low)),
        card.shown(card.join(high)),
        has_gate=len(dead) < len(floors) or any(any(line.gated) for line in every),
        dead=dead,
        telling=frozenset(line.question.id for line in every if len(set(line.points)) > 1 or any(line.gated)),
    )


def _passing(card: Scorecard, sides: Sequence[Sequence[Line]], floors: Sequence[FloorGate]) -> frozenset[int]:
    """Tenths of a point that a dimension can have while its gates hold."""
    sums: list[set[int]] = []
    for index, side in enumerate(sides):
        least = max((gate.least for gate in floors if gate.side == index), default=0)
        found = {0}
        for line in side:
            passing = {tenths for tenths, gated in zip(line.tenths, line.gated, strict=True) if not gated}
            found = {some + more for some in found for more in passing}
        sums.append({tenths for tenths in found if tenths * card.tenth >= least})
    return frozenset(card.join(pair) for pair in product(*sums))


def _best(card: Scorecard, sides: Sequence[Sequence[Line]], floors: Sequence[FloorGate]) -> Fraction | None:
    """Most points that a dimension can have while its gates hold."""
    best = []
    for side in sides:
        passing = [[p for p, gated in zip(line.points, line.gated, strict=True) if not gated] for line in side]
        if not all(passing):
            return None
        best.append(sum(map(max, passing)))
    return card.shown(card.join(best)) if all(best[gate.side] >= gate.least for gate in floors) else None


def _together(found: Sequence[Reach]) -> Reach:
    """One dimension over every set of questions that are n/a."""
    return replace(
        found[0],
        passing=frozenset[int]().union(*(reach.passing for reach in found)),
        best=max((reach.best for reach in found if reach.best is not None), default=None),
        least=min(reach.least for reach in found),
        most=max(reach.most for reach in found),
        has_gate=any(reach.has_gate for reach in found),
        dead=tuple(floor for floor in found[0].dead if all(floor in reach.dead for reach in found)),
        telling=frozenset[str]().union(*(reach.telling for reach in found)),
    )


def _money(screen: Screen, card: Scorecard, dimensions: Sequence[Reach]) -> tuple[bool, bool]:
    """Whether the money gate can fail for some deal, and whether the cost depends on the points of trust."""
    if screen.cost is None or screen.money_gate is None:
        return False, False
    side = money_side(card, compiled_for(screen.cost, None), {}, Deal(), None)
    points = dimensions[side.dimension].passing if side.dimension is not None else frozenset({0})
    # One number of points stands for all of its band of cycles.
    bands = {side.band(tenths * card.tenth): tenths * card.tenth for tenths in sorted(points)}
    costs = {cost_bounds(side.compiled, {}, side.band(points)) for points in bands.values()}
    return any(bounds.dearest > 0 for bounds in costs), len(costs) > 1


def _sums(mask: int, points: frozenset[int]) -> int:
    """
    Every sum of one number of each, as bits.

    >>> bin(_sums(0b101, frozenset({1, 2})))
    '0b11110'
    """
    return reduce(or_, (mask << p for p in points), 0)
