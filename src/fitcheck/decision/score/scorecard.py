"""
The one definition of the score: a screen at a stage, compiled to integer tables.

Points are integers in hundredths of the 0..100 score, so a verdict never touches a float and
rounding is part of the definition (method: largest remainder, half up). Everything that scores,
one prospect or a million rows, reads these tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fitcheck.decision.content.rubric import SIDES, STAGES, Floor, Question, Rubric, Screen, Side, Stage
from fitcheck.decision.score.rounding import half_up

RANGE = 10_000
"""Points of a perfect prospect: 100.00."""


def largest_remainder(weights: Sequence[Fraction | int], total: int) -> tuple[int, ...]:
    """
    Share out `total` whole units in proportion to `weights`.

    Args:
        weights: not negative, at least one above zero.
        total: units to share out, >= 0.

    Returns:
        As many integers as there are weights; they add up to `total`.

    Raises:
        ValueError: no weight is above zero, or one is below.

    Source:
        Hamilton's method; ties go to the lower index.

    >>> largest_remainder([1, 1, 1], 100)
    (34, 33, 33)
    """
    whole = Fraction(sum(weights))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and must not all be zero")
    exact = [Fraction(weight) * total / whole for weight in weights]
    shares = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return tuple(shares)


def two_way(theirs: int, ours: int, trust_lambda: Fraction) -> int:
    """
    Points of a two-way dimension from the points of both sides.

    `(a + b) / 2 - λ/2 |a - b|`, written as the weaker side plus a share of the difference and
    rounded down: an integer that never falls when a side rises and never exceeds the mean.

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
    One scored question, compiled.

    Attributes:
        dimension: index into `Scorecard.dimensions`.
        most: points of the question [points].
        points: of each option, in rubric order [points].
        expected: where an unknown answer stands, the prior's mean [points].
        prior: relative weight of each option if the answer is unknown.
        gated: whether each option fails a gate at this stage.
        factor: 2, or 1 on one side of a two-way dimension, where each side carries half.
        baseline: the question's part of the threshold [doubled points].
    """

    question: Question
    dimension: int
    most: int
    points: tuple[int, ...]
    expected: int
    prior: tuple[int, ...]
    gated: tuple[bool, ...]
    factor: int
    baseline: int

    @property
    def weight(self) -> int:
        """The question's part of the whole [doubled points]."""
        return self.factor * self.most


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    One rubric, compiled.

    Attributes:
        most: points of the dimension; each side of a two-way one tops here [points].
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
    """A floor, compiled: the side's points must reach `least` [points]."""

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
    A screen at one stage, for one set of questions that don't apply.

    Attributes:
        threshold: pursue needs at least this many [points].
        lines: the questions that apply, in rubric order.
    """

    screen: Screen
    stage: Stage
    threshold: int
    lines: tuple[Line, ...]
    dimensions: tuple[Dimension, ...]
    floors: tuple[FloorGate, ...]

    def side_points(self, points: Sequence[int]) -> list[tuple[int, ...]]:
        """Add up `points`, one for each line, by dimension and side [points]."""
        return [tuple(sum(points[i] for i in side) for side in dim.sides) for dim in self.dimensions]

    def join(self, sides: Sequence[int]) -> int:
        """Points of one dimension from the points of its one or two sides [points]."""
        return sides[0] if len(sides) == 1 else two_way(sides[0], sides[1], self.screen.trust_lambda)

    def score(self, points: Sequence[int]) -> int:
        """
        The score.

        Args:
            points: one for each line [points].

        Returns:
            0..`RANGE` [points].
        """
        return sum(self.join(sides) for sides in self.side_points(points))

    def floors_hold(self, sides: Sequence[Sequence[int]]) -> bool:
        """Whether every floor is reached by these points of dimensions and sides."""
        return all(sides[gate.dimension][gate.side] >= gate.least for gate in self.floors)


def compile_scorecard(screen: Screen, stage: Stage, not_applicable: frozenset[str] = frozenset()) -> Scorecard:
    """
    Compile a screen at a stage.

    Args:
        screen: checked: every side of every rubric has a question that always applies.
        stage: one that the screen knows.
        not_applicable: ids of questions that drop out; their points go to the others of the same rubric and side.

    Raises:
        KeyError: the screen does not know the stage.
    """
    rules = screen.stages[stage]
    tops = largest_remainder([rules.weights[rubric.id] for rubric in screen.rubrics], RANGE)
    lines: list[Line] = []
    dimensions: list[Dimension] = []
    for rubric, top in zip(screen.rubrics, tops, strict=True):
        sides: list[tuple[int, ...]] = []
        for side in SIDES if rubric.is_two_way else (None,):
            asked = [q for q in rubric.questions if q.side == side and q.id not in not_applicable]
            shares = largest_remainder([q.weight for q in asked], top)
            first = len(lines)
            lines += [
                _line(screen, stage, question, len(dimensions), most, factor=1 if side else 2)
                for question, most in zip(asked, shares, strict=True)
            ]
            sides.append(tuple(range(first, len(lines))))
        dimensions.append(Dimension(rubric, top, tuple(sides)))
    threshold = half_up(rules.threshold * RANGE / 100)
    return Scorecard(
        screen,
        stage,
        threshold,
        _with_baselines(lines, threshold),
        tuple(dimensions),
        tuple(_floor_gate(floor, dimensions) for floor in rules.floors),
    )


def _line(screen: Screen, stage: Stage, question: Question, dimension: int, most: int, *, factor: int) -> Line:
    at = STAGES.index(stage)
    points = tuple(half_up(most * option.points[at]) for option in question.options)
    given = screen.priors.get(question.id)
    prior = tuple(given[option.id] for option in question.options) if given else (1,) * len(points)
    mean = Fraction(sum(w * p for w, p in zip(prior, points, strict=True)), sum(prior))
    gated = tuple(stage in option.gate for option in question.options)
    return Line(question, dimension, most, points, half_up(mean), prior, gated, factor, baseline=0)


def _with_baselines(lines: Sequence[Line], threshold: int) -> tuple[Line, ...]:
    """Spread the doubled threshold over the lines, so that effects add up to the margin exactly."""
    parts = largest_remainder([line.weight for line in lines], 2 * threshold)
    return tuple(replace(line, baseline=part) for line, part in zip(lines, parts, strict=True))


def _floor_gate(floor: Floor, dimensions: Sequence[Dimension]) -> FloorGate:
    index = next(i for i, dim in enumerate(dimensions) if dim.rubric.id == floor.rubric)
    dimension = dimensions[index]
    least = half_up(floor.percent * dimension.most / 100)
    return FloorGate(floor, index, dimension.side_index(floor.side), least)
