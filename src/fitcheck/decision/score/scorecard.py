"""
The one definition of the score: a screen at a stage, compiled to integer tables.

Every weight, point, floor and threshold is a fraction, and all of them are counted in one unit that makes them whole
numbers: 1/`whole` of the full score. So nothing is rounded before the verdict, and sums stay quick. Everything that
scores, one prospect or a million rows, reads these tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul

from fitcheck.decision.content.rubric import SIDES, STAGES, Floor, Question, Rubric, Screen, Side, Stage
from fitcheck.decision.score.prospect_types import BASE_RATE, GATED_BASE_RATE, TYPES, USUAL, Guess, TypeOdds, guess
from fitcheck.decision.score.rounding import half_up

GRID = 1_000
"""Tenths of a point in the full score; what open answers add is rounded to them where odds are counted."""

FINE = 1_000_000
"""The unit is at most 1/`FINE` of the full score: what an open answer is expected to give is rounded to the unit."""

NOTHING, ONE = Fraction(0), Fraction(1)


def two_way(theirs: int, ours: int, trust_lambda: Fraction) -> int:
    """
    Points of a two-way dimension from the points of both sides.

    `(a + b) / 2 - λ/2 |a - b|`, written as the weaker side plus a share of the difference; a scorecard's unit is so
    small that the share of a difference is whole.

    Source:
        2-additive Choquet integral (Grabisch 1997): λ = 0 is the mean, λ = 1 the minimum.

    >>> two_way(900, 100, Fraction(1)), two_way(900, 100, Fraction(0)), two_way(900, 100, Fraction(1, 2))
    (100, 500, 300)
    """
    part, whole = trust_lambda.as_integer_ratio()
    return min(theirs, ours) + (whole - part) * abs(theirs - ours) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One scored question, compiled; points in 1/`Scorecard.whole` of the full score.

    Attributes:
        dimension: index into `Scorecard.dimensions`.
        most: points of the question.
        points: of each option, in rubric order.
        tenths: the same in tenths of a point, rounded half up.
        gated: whether each option fails a gate at this stage.
        parts: 1, or 2 on a side of a two-way dimension, which carries half of what it has.
        baseline: the question's part of the threshold.
        guess: what its answer may be while it is open.
        means: what it gives each type of prospect on average, and the common divisor of these figures.
        step: what an open answer is expected to give is a multiple of it, so that halves and shares stay whole.
    """

    question: Question
    dimension: int
    most: int
    points: tuple[int, ...]
    tenths: tuple[int, ...]
    gated: tuple[bool, ...]
    parts: int
    baseline: int
    guess: Guess
    means: tuple[TypeOdds, int]
    step: int

    @property
    def weight(self) -> int:
        """The question's part of the full score."""
        return self.most // self.parts

    def effect(self, points: int) -> int:
        """Effect of having so many points on score − threshold."""
        return points // self.parts - self.baseline

    def expected(self, types: TypeOdds) -> int:
        """What an open answer gives on average, for these odds of the types of prospect."""
        of_types, divisor = self.means
        whole = sum(types) * divisor * self.step
        given: int = sum(map(mul, types, of_types))
        return (2 * given + whole) // (2 * whole) * self.step


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    One rubric, compiled.

    Attributes:
        most: points of the dimension; each side of a two-way one tops here too.
        sides: indices into `Scorecard.lines`, one tuple for each side: one in a one-way dimension, else two.
    """

    rubric: Rubric
    most: int
    sides: tuple[tuple[int, ...], ...]

    def side_index(self, side: Side | None) -> int:
        """
        Position in `sides` of the lines of that side.

        Raises:
            ValueError: a side of a one-way dimension, or none of a two-way one.
        """
        if (side is not None) != self.rubric.is_two_way:
            raise ValueError(f"{self.rubric.id} has {'two sides' if side is None else 'no sides'}")
        return 0 if side is None else SIDES.index(side)


@dataclass(frozen=True, slots=True)
class FloorGate:
    """A floor, compiled: the side must reach `least` points."""

    floor: Floor
    dimension: int
    side: int
    least: int

    @property
    def id(self) -> str:
        """The floor's own."""
        return self.floor.id


@dataclass(frozen=True, slots=True)
class Scorecard:
    """
    A screen compiled for one stage and one set of questions that do not apply.

    Attributes:
        whole: the full score; every number of points is counted in 1/`whole` of it.
        threshold: pursue needs at least this many points.
        lines: the questions that apply, in rubric order.
        types: odds of the types of prospect before any answer.
    """

    screen: Screen
    stage: Stage
    whole: int
    threshold: int
    lines: tuple[Line, ...]
    dimensions: tuple[Dimension, ...]
    floors: tuple[FloorGate, ...]
    types: TypeOdds

    @property
    def tenth(self) -> int:
        """A tenth of a point."""
        return self.whole // GRID

    def shown(self, points: int | Fraction) -> Fraction:
        """Points on the scale from 0 to 100."""
        return Fraction(points) * 100 / self.whole

    def side_points(self, points: Sequence[int]) -> list[tuple[int, ...]]:
        """Add up `points`, one for each line, by dimension and side."""
        return [tuple(sum(points[i] for i in side) for side in dim.sides) for dim in self.dimensions]

    def join(self, sides: Sequence[int]) -> int:
        """Points of one dimension from the points of its one or two sides."""
        return sides[0] if len(sides) == 1 else two_way(sides[0], sides[1], self.screen.trust_lambda)

    def score(self, points: Sequence[int]) -> int:
        """
        The score.

        Args:
            points: one for each line.

        Returns:
            0..`whole`.
        """
        return sum(self.join(sides) for sides in self.side_points(points))

    def floors_hold(self, sides: Sequence[Sequence[int]]) -> bool:
        """Whether every floor is reached by these points of dimensions and sides."""
        return all(sides[gate.dimension][gate.side] >= gate.least for gate in self.floors)


@dataclass(frozen=True, slots=True)
class _Share:
    """A question's exact share of the full score."""

    question: Question
    dimension: int
    most: Fraction
    points: tuple[Fraction, ...]
    parts: int


def compile_scorecard(screen: Screen, stage: Stage, not_applicable: frozenset[str] = frozenset()) -> Scorecard:
    """
    Compile a screen at a stage.

    Args:
        screen: checked: every side of every rubric has a question that always applies.
        stage: one of the screen's.
        not_applicable: ids of questions that drop out; their points go to the others of the same rubric and side.

    Raises:
        KeyError: the screen does not have the stage.
    """
    rules = screen.stages[stage]
    weights = [rules.weights[rubric.id] for rubric in screen.rubrics]
    tops = [Fraction(weight) / sum(weights) for weight in weights]
    shares: list[_Share] = []
    sides: list[tuple[tuple[int, ...], ...]] = []
    for index, (rubric, top) in enumerate(zip(screen.rubrics, tops, strict=True)):
        of_rubric: list[tuple[int, ...]] = []
        for side in SIDES if rubric.is_two_way else (None,):
            asked = [q for q in rubric.questions if q.side == side and q.id not in not_applicable]
            first = len(shares)
            shares += _shares(asked, index, top, stage)
            of_rubric.append(tuple(range(first, len(shares))))
        sides.append(tuple(of_rubric))
    threshold = rules.threshold / 100
    floors = [floor.percent / 100 * tops[_index(screen, floor.rubric)] for floor in rules.floors]
    whole = _unit(screen, shares, threshold, floors)
    dimensions = tuple(
        Dimension(rubric, int(top * whole), lines)
        for rubric, top, lines in zip(screen.rubrics, tops, sides, strict=True)
    )
    odds = screen.types or USUAL
    return Scorecard(
        screen,
        stage,
        whole,
        int(threshold * whole),
        tuple(_line(screen, stage, share, whole, threshold) for share in shares),
        dimensions,
        tuple(
            _floor_gate(screen, floor, dimensions, int(least * whole))
            for floor, least in zip(rules.floors, floors, strict=True)
        ),
        tuple(odds[each] for each in TYPES),
    )


def _index(screen: Screen, rubric: str) -> int:
    return next(i for i, each in enumerate(screen.rubrics) if each.id == rubric)


def _shares(asked: Sequence[Question], dimension: int, top: Fraction, stage: Stage) -> list[_Share]:
    at, whole = STAGES.index(stage), sum((question.weight for question in asked), NOTHING)
    found = []
    for question in asked:
        most = top * question.weight / whole
        points = tuple(most * option.points[at] for option in question.options)
        found.append(_Share(question, dimension, most, points, parts=2 if question.side else 1))
    return found


def _unit(screen: Screen, shares: Sequence[_Share], threshold: Fraction, floors: Sequence[Fraction]) -> int:
    """
    How many units the full score has: all that is added, compared or joined is a whole number of them.

    A difference of two sides, also one of a tenth of a point, is shared out in parts of 2 × λ's denominator.
    """
    finest = _finest(screen)
    parts = [ONE / FINE, ONE / (GRID * finest), threshold, *floors]
    for share in shares:
        parts += [points / finest if share.parts > 1 else points for points in (share.most, *share.points)]
        parts.append(threshold * share.most / share.parts)
    return lcm(*(part.denominator for part in parts))


def base_rates(screen: Screen, question: Question, stage: Stage) -> Mapping[str, int]:
    """By option how often an ordinary prospect gives it: as the screen says, else alike, deal-breakers less often."""
    usual = {option.id: GATED_BASE_RATE if stage in option.gate else BASE_RATE for option in question.options}
    return screen.priors.get(question.id, usual)


def _finest(screen: Screen) -> int:
    """In how many parts the joining of two sides divides a difference."""
    return 2 * screen.trust_lambda.denominator


def _line(screen: Screen, stage: Stage, share: _Share, whole: int, threshold: Fraction) -> Line:
    question = share.question
    best = max(share.points)
    rates = base_rates(screen, question, stage)
    points = tuple(int(points * whole) for points in share.points)
    found = guess([points / best if best else ONE for points in share.points], [rates[o.id] for o in question.options])
    return Line(
        question=question,
        dimension=share.dimension,
        most=int(share.most * whole),
        points=points,
        tenths=tuple(half_up(points * GRID) for points in share.points),
        gated=tuple(stage in option.gate for option in question.options),
        parts=share.parts,
        baseline=int(threshold * share.most / share.parts * whole),
        guess=found,
        means=found.means(points),
        step=_finest(screen) if share.parts > 1 else 1,
    )


def _floor_gate(screen: Screen, floor: Floor, dimensions: Sequence[Dimension], least: int) -> FloorGate:
    index = _index(screen, floor.rubric)
    return FloorGate(floor, index, dimensions[index].side_index(floor.side), least)
