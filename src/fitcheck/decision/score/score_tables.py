"""
A scorecard as lookup tables: what each answer to each question gives, by the code of the answer.

One prospect, a row of a file and a row of a frame all come as codes of answers, and all are added up from these
tables, so that a table cannot say anything else than a single assessment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import getitem
from typing import NamedTuple

from fitcheck.decision.score.prospect_types import NO_EVIDENCE, TypeOdds
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


@dataclass(frozen=True, slots=True)
class ScoreTables:
    """
    The tables of one scorecard.

    Attributes:
        positions: for each line the position of its question in the screen.
        spans: the lines of each side, all sides counted through.
        sides: for each dimension where its sides are among all sides.
        joins: for each dimension its first side, and whether it is the only one.
        known, low, high, best, likely: points of each answer; an unknown one at nothing, at the least, at the most, at
            the most that passes its gate (0 where none does), and at the answer with the largest base rate.
        evidence: for each line how likely each type of prospect is to give each answer; an unknown one tells nothing.
        weight: of each answer that is given; 0 where it is unknown.
        fails: 1 where the answer fails a gate, 0 elsewhere; an unknown one does if every option does.
        may_fail: for each line whether some option fails a gate.
        total: weight of all lines.
        tops: the most points of each dimension.
        least_known: answered weight that "pursue" needs while the verdict is open.
        ask_order: the lines as they are asked while too little is known: the core of the screen first, then by weight
            for the effort of asking; ties in rubric order.
        floors: side of each of `card.floors`, and the points it must reach.
    """

    card: Scorecard
    positions: tuple[int, ...]
    spans: tuple[slice, ...]
    sides: tuple[slice, ...]
    joins: tuple[tuple[int, bool], ...]
    known: Table
    low: Table
    high: Table
    best: Table
    likely: Table
    evidence: tuple[tuple[TypeOdds, ...], ...]
    weight: Table
    fails: Table
    may_fail: tuple[bool, ...]
    total: int
    tops: tuple[int, ...]
    least_known: int
    ask_order: tuple[int, ...]
    floors: tuple[tuple[int, int], ...]

    def codes_of_lines(self, codes: Sequence[int]) -> tuple[int, ...]:
        """Code of each line from those of all questions of the screen."""
        return tuple([codes[position] for position in self.positions])

    def points(self, table: Table, codes: Sequence[int]) -> Points:
        """Add up the points of a table, `codes` being one for each line."""
        return self.joined([*map(getitem, table, codes)])

    def expected(self, codes: Sequence[int], types: TypeOdds) -> Points:
        """Add up the answers, open ones at what they give on average for these odds of the types of prospect."""
        lines = zip(self.card.lines, self.known, codes, strict=True)
        return self.joined([line.expected(types) if code == UNKNOWN else points[code] for line, points, code in lines])

    def joined(self, by_line: Sequence[int]) -> Points:
        """Add up points, one for each line."""
        sides = tuple([sum(by_line[span]) for span in self.spans])
        join = self.card.join
        dimensions = tuple([sides[first] if single else join(sides[first : first + 2]) for first, single in self.joins])
        return Points(sides, dimensions, sum(dimensions))

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
    total = sum(line.weight for line in lines)
    return ScoreTables(
        card=card,
        positions=tuple(position_of[line.question.id] for line in lines),
        spans=tuple(spans),
        sides=tuple(sides),
        joins=tuple((span.start, span.stop - span.start == 1) for span in sides),
        known=_table(lines, lambda _: 0),
        low=_table(lines, lambda line: min(line.points)),
        high=_table(lines, lambda line: max(line.points)),
        best=_table(lines, _best),
        likely=_table(lines, lambda line: line.points[line.guess.likeliest]),
        evidence=tuple((*line.guess.evidence, NO_EVIDENCE) for line in lines),
        weight=tuple((*[line.weight] * len(line.points), 0) for line in lines),
        fails=tuple((*map(int, line.gated), int(all(line.gated))) for line in lines),
        may_fail=tuple(any(line.gated) for line in lines),
        total=total,
        tops=tuple(dimension.most for dimension in card.dimensions),
        least_known=-(-card.screen.least_known * total // 1),
        ask_order=tuple(sorted(range(len(lines)), key=lambda i: _rank_to_ask(card, lines[i]))),
        floors=tuple((sides[floor.dimension].start + floor.side, floor.least) for floor in card.floors),
    )


def _rank_to_ask(card: Scorecard, line: Line) -> tuple[bool, Fraction]:
    question = line.question
    return question.id not in card.screen.core, -Fraction(line.weight, question.ask_cost)


def _table(lines: Sequence[Line], unknown: Callable[[Line], int]) -> Table:
    return tuple((*line.points, unknown(line)) for line in lines)


def _best(line: Line) -> int:
    return max((points for points, gated in zip(line.points, line.gated, strict=True) if not gated), default=0)
