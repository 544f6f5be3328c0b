"""
A scorecard as lookup tables: what each answer to each question gives, by the code of the answer.

One prospect, a row of a file and a row of a frame all come as codes of answers, and all are added up from these
tables, so that a table cannot say anything else than a single assessment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add, getitem
from typing import NamedTuple

from fitcheck.decision.memo import bounded_put
from fitcheck.decision.score.prospect_types import TypeOdds
from fitcheck.decision.score.scorecard import Line, Scorecard

UNKNOWN = -1
"""Code of an answer that is unknown: the last entry of a table. A code from 0 on is the index of an option."""

NOT_APPLICABLE = -2
"""Code of a question that does not apply; no scorecard has a line for it."""

Table = tuple[tuple[int, ...], ...]
"""For each line a figure for each option, then that of an unknown answer."""


class Points(NamedTuple):
    """
    Points of a prospect, for one way in which everything unknown may turn out.

    Attributes:
        sides: of each side of each dimension, all sides counted through.
        dimensions: of each dimension.
        score: their sum.
    """

    sides: tuple[int, ...]
    dimensions: tuple[int, ...]
    score: int


class Gaps(NamedTuple):
    """
    What open lines can add to the points of what is known, for each side.

    Attributes:
        low, high: with the least and the most points.
        best: with the best answers that pass their gates; 0 where none does.
        likely: with the answers that have the largest base rates.
        may_fail: whether an answer fails a gate.
        fails: whether every answer to one of them does.
    """

    low: tuple[int, ...]
    high: tuple[int, ...]
    best: tuple[int, ...]
    likely: tuple[int, ...]
    may_fail: bool
    fails: bool


@dataclass(frozen=True, slots=True)
class ScoreTables:
    """
    The tables of one scorecard.

    Attributes:
        positions: for each line the position of its question in the screen.
        spans: the lines of each side, all sides counted through.
        side_of: for each line its side among all sides.
        sides: for each dimension where its sides are among all sides.
        joins: for each dimension its first side, and whether it is the only one.
        known: points of each answer; 0 where it is unknown.
        evidence: for each line how likely each type of prospect is to give each answer.
        weight: of each answer that is given; 0 where it is unknown.
        fails: whether the answer fails a gate; an unknown one does if every option does.
        tops: the most points of each dimension.
        least_known: answered weight that "pursue" needs while the verdict is open.
        ask_order: the lines as they are asked while too little is known: the core of the screen first, then by weight
            for the effort of asking; ties in rubric order.
        floors: side of each of `card.floors`, and the points it must reach.
    """

    card: Scorecard
    positions: tuple[int, ...]
    spans: tuple[slice, ...]
    side_of: tuple[int, ...]
    sides: tuple[slice, ...]
    joins: tuple[tuple[int, bool], ...]
    known: Table
    evidence: tuple[tuple[TypeOdds, ...], ...]
    weight: Table
    fails: tuple[tuple[bool, ...], ...]
    tops: tuple[int, ...]
    least_known: int
    ask_order: tuple[int, ...]
    floors: tuple[tuple[int, int], ...]
    _gaps: dict[tuple[int, ...], Gaps] = field(default_factory=dict, compare=False)

    def codes_of_lines(self, codes: Sequence[int]) -> tuple[int, ...]:
        """Code of each line from those of all questions of the screen."""
        return tuple([codes[position] for position in self.positions])

    def answered(self, codes: Sequence[int]) -> Points:
        """Add up the answers, `codes` being one for each line."""
        by_line = [*map(getitem, self.known, codes)]
        return self.joined([sum(by_line[span]) for span in self.spans])

    def expected(self, known: Points, still_open: Sequence[int], types: TypeOdds) -> Points:
        """Add what open lines give on average, for these odds of the types of prospect."""
        sides = list(known.sides)
        for i in still_open:
            sides[self.side_of[i]] += self.card.lines[i].expected(types)
        return self.joined(sides)

    def beyond(self, known: Points, gap: Sequence[int]) -> Points:
        """Add what open lines add to each side."""
        return self.joined([*map(add, known.sides, gap)])

    def gaps(self, still_open: tuple[int, ...]) -> Gaps:
        """Return what open lines can add, worked out once for each set of them."""
        return self._gaps.get(still_open) or bounded_put(self._gaps, still_open, self._gaps_of(still_open))

    def _gaps_of(self, still_open: Sequence[int]) -> Gaps:
        lines = [(self.side_of[i], self.card.lines[i]) for i in still_open]

        def by_side(points: Callable[[Line], int]) -> tuple[int, ...]:
            return tuple(sum(points(line) for side, line in lines if side == here) for here in range(len(self.spans)))

        return Gaps(
            low=by_side(lambda line: min(line.points)),
            high=by_side(lambda line: max(line.points)),
            best=by_side(_best),
            likely=by_side(lambda line: line.points[line.guess.likeliest]),
            may_fail=any(any(line.gated) for _, line in lines),
            fails=any(all(line.gated) for _, line in lines),
        )

    def joined(self, sides: Sequence[int]) -> Points:
        """Join the points of all sides."""
        join = self.card.join
        dimensions = tuple([sides[first] if single else join(sides[first : first + 2]) for first, single in self.joins])
        return Points(tuple(sides), dimensions, sum(dimensions))

    def floors_hold(self, points: Points) -> bool:
        """Whether every floor is reached."""
        sides = points.sides
        return all(sides[side] >= least for side, least in self.floors)


def score_tables(card: Scorecard) -> ScoreTables:
    """Lay out the tables of a scorecard."""
    position_of = {question.id: position for position, question in enumerate(card.screen.questions)}
    spans, sides = list[slice](), list[slice]()
    for dimension in card.dimensions:
        sides.append(slice(len(spans), len(spans) + len(dimension.sides)))
        spans += [slice(lines[0], lines[-1] + 1) for lines in dimension.sides]
    lines = card.lines
    return ScoreTables(
        card=card,
        positions=tuple(position_of[line.question.id] for line in lines),
        spans=tuple(spans),
        sides=tuple(sides),
        joins=tuple((span.start, span.stop - span.start == 1) for span in sides),
        side_of=tuple(side for side, span in enumerate(spans) for _ in range(span.start, span.stop)),
        known=tuple((*line.points, 0) for line in lines),
        evidence=tuple(line.guess.evidence for line in lines),
        weight=tuple((*[line.weight] * len(line.points), 0) for line in lines),
        fails=tuple((*line.gated, all(line.gated)) for line in lines),
        tops=tuple(dimension.most for dimension in card.dimensions),
        least_known=-(-card.screen.least_known * card.whole // 1),
        ask_order=tuple(sorted(range(len(lines)), key=lambda i: _rank_to_ask(card, lines[i]))),
        floors=tuple((sides[floor.dimension].start + floor.side, floor.least) for floor in card.floors),
    )


def _rank_to_ask(card: Scorecard, line: Line) -> tuple[bool, Fraction]:
    question = line.question
    return question.id not in card.screen.core, -Fraction(line.weight, question.ask_cost)


def _best(line: Line) -> int:
    return max((points for points, gated in zip(line.points, line.gated, strict=True) if not gated), default=0)
