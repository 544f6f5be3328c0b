"""
A scorecard as one sheet of packed integers: an answer is one integer, a prospect is their sum.

The fields of a sum are the points of each side of each dimension, the weight that is answered, how many answers
fail a gate, how many are unknown, and the effect of each group of reasons. No field can overflow into the next,
so adding two dozen integers does the work of a hundred small sums. The figures are those of the scorecard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from operator import getitem
from struct import Struct

from fitcheck.decision.money import Trust
from fitcheck.decision.reasons import line_effect
from fitcheck.decision.scorecard import Line, Scorecard

UNKNOWN = -1
"""Code of an answer that is unknown; a code from 0 on is the index of an option."""

NOT_APPLICABLE = -2
"""Code of a question that does not apply."""

FIELD = 32
"""Bits of a field."""

ZERO = 1 << FIELD - 1
"""What an effect of nothing looks like, so that no field is ever below 0."""


@dataclass(frozen=True, slots=True)
class Gap:
    """
    What an unknown answer to a question can still do, against where it stands now.

    Attributes:
        side: index of the side of a dimension, all sides counted through.
        low, high: to the least and most points of any answer [points].
        best: to the most points of an answer that passes its gate [points]; 0 where none does.
        gated: whether some answer fails a gate.
        fatal: whether every answer does.
    """

    side: int
    low: int
    high: int
    best: int
    gated: bool
    fatal: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A scorecard, packed.

    Attributes:
        card: what is packed.
        rows: for each question of the screen the packed integer of each option, then that of an unknown answer.
        start: what a sum begins with.
        fields: takes a sum apart.
        lines: for each question of the screen its index in `card.lines`; None where it does not apply.
        gaps: for each question of the screen; None where it does not apply.
        spans: for each dimension where its sides are among all sides.
        joins: for each dimension its first side, and whether it has no other.
        weaker_counts: whether a two-way dimension has the points of its weaker side, which is quickly said.
        floors: flat index of a side and the least points it must reach, one for each of `card.floors`.
        weight: of all lines [doubled points].
        codes: reason codes, in the order of their fields.
        members: for each reason code the questions that can have it.
    """

    card: Scorecard
    rows: tuple[tuple[int, ...], ...]
    start: int
    fields: Struct
    lines: tuple[int | None, ...]
    gaps: tuple[Gap | None, ...]
    spans: tuple[slice, ...]
    joins: tuple[tuple[int, bool], ...]
    weaker_counts: bool
    floors: tuple[tuple[int, int], ...]
    weight: int
    codes: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def sides(self) -> int:
        """How many sides the dimensions have together; their points are the first fields."""
        last: int = self.spans[-1].stop
        return last

    def add(self, codes: Sequence[int]) -> tuple[int, ...]:
        """
        Sum up the answers.

        Args:
            codes: for each question of the screen.

        Returns:
            Points of each side, then answered weight, failed answers, unknown answers, then `ZERO` + the effect
            of each reason code.
        """
        total = sum(map(getitem, self.rows, codes), self.start)
        return self.fields.unpack(total.to_bytes(self.fields.size, "little"))

    def join(self, sides: Sequence[int]) -> list[int]:
        """Points of each dimension from the points of all sides [points]."""
        if self.weaker_counts:
            return [sides[first] if single else min(sides[first], sides[first + 1]) for first, single in self.joins]
        join = self.card.join
        return [sides[first] if single else join((sides[first], sides[first + 1])) for first, single in self.joins]

    def floors_hold(self, sides: Sequence[int]) -> bool:
        """Whether every floor is reached by these points of all sides."""
        for side, least in self.floors:  # noqa: SIM110 - many times a row, and a generator takes twice as long
            if sides[side] < least:
                return False
        return True

    def reach(self, codes: Sequence[int], now: Sequence[int]) -> tuple[list[int], list[int], list[int], bool]:
        """
        How far unknown answers can move the points of all sides.

        Args:
            codes: for each question of the screen.
            now: points of each side, unknown answers where they stand [points].

        Returns:
            Least and most points, the most with answers that pass their gates [points], and whether an unknown
            answer may fail one.
        """
        low, high, best, unsafe = list(now), list(now), list(now), False
        for gap, code in zip(self.gaps, codes, strict=True):
            if code == UNKNOWN and gap is not None:
                low[gap.side] += gap.low
                high[gap.side] += gap.high
                best[gap.side] += gap.best
                unsafe = unsafe or gap.gated
        return low, high, best, unsafe

    def band_weights(self, trust: Trust, points: Sequence[int], unknown: Sequence[int]) -> tuple[int, ...]:
        """
        Return relative weights of the bands of trust, whatever the gates say; what `unknowns.band_weights` says.

        Args:
            trust: has a dimension.
            points: of each side of the dimension, unknown answers where they stand [points].
            unknown: questions of the dimension that are unknown.
        """
        first, single = self.joins[trust.dimension or 0]
        ways = [{value: 1} for value in points]
        for j in unknown:
            i, gap = self.lines[j], self.gaps[j]
            if i is not None and gap is not None:
                line = self.card.lines[i]
                side = gap.side - first
                ways[side] = spread(ways[side], [step - line.expected for step in line.points], line.prior)
        theirs, ours = (sorted(found.items()) for found in (ways[0], {0: 1} if single else ways[1]))

        def reaching(cut: int) -> int:
            """Weight of the pairs that come to at least so much: the more of theirs, the less of ours is needed."""
            at, enough, total = len(ours), 0, 0
            for value, weight in theirs:
                while at and (value if single else self.card.join((value, ours[at - 1][0]))) >= cut:
                    at -= 1
                    enough += ours[at][1]
                total += weight * enough
            return total

        everything = sum(weight for _, weight in theirs) * sum(weight for _, weight in ours)
        reached = [everything, *map(reaching, trust.cuts), 0]
        bands = [at_least - more for at_least, more in pairwise(reached)]
        divisor = gcd(*bands)
        return tuple([weight // divisor for weight in bands])

    def chosen(self, codes: Sequence[int]) -> tuple[int | None, ...]:
        """For each line of the scorecard the index of the chosen option, None if unknown."""
        pairs = zip(self.lines, codes, strict=True)
        of_line = {i: code for i, code in pairs if i is not None}
        return tuple(None if of_line[i] < 0 else of_line[i] for i in range(len(self.card.lines)))


def lay_out(card: Scorecard) -> Sheet:
    """Pack a scorecard."""
    spans, first = [], 0
    for dimension in card.dimensions:
        spans.append(slice(first, first + len(dimension.sides)))
        first += len(dimension.sides)
    side_of = {
        i: span.start + k
        for span, dimension in zip(spans, card.dimensions, strict=True)
        for k, side in enumerate(dimension.sides)
        for i in side
    }
    questions = card.screen.questions
    line_of = {line.question.id: i for i, line in enumerate(card.lines)}
    lines = tuple(line_of.get(question.id) for question in questions)
    codes = tuple(dict.fromkeys(option_code(line, o) for line in card.lines for o in range(len(line.points))))
    members = tuple(
        tuple(
            j
            for j, i in enumerate(lines)
            if i is not None and any(option_code(card.lines[i], o) == code for o in range(len(card.lines[i].points)))
        )
        for code in codes
    )
    rows = tuple((0, 0) if i is None else _row(card.lines[i], side_of[i], first, codes) for i in lines)
    effects = sum(ZERO << FIELD * (first + 3 + k) for k in range(len(codes)))
    return Sheet(
        card=card,
        rows=rows,
        start=effects,
        fields=Struct(f"<{first + 3 + len(codes)}I"),
        lines=lines,
        gaps=tuple(None if i is None else _gap(card.lines[i], side_of[i]) for i in lines),
        spans=tuple(spans),
        joins=tuple((span.start, span.stop - span.start == 1) for span in spans),
        weaker_counts=card.screen.trust_lambda == 1,
        floors=tuple((spans[gate.dimension].start + gate.side, gate.least) for gate in card.floors),
        weight=sum(line.weight for line in card.lines),
        codes=codes,
        members=members,
    )


def spread(ways: Mapping[int, int], steps: Sequence[int], prior: Sequence[int]) -> dict[int, int]:
    """Weight of each sum after one more answer."""
    after: dict[int, int] = {}
    for step, weight in zip(steps, prior, strict=True):
        if weight:
            for before, times in ways.items():
                after[before + step] = after.get(before + step, 0) + times * weight
    return after


def option_code(line: Line, option: int) -> str:
    """Reason code of an answer: the option's own, else the question's."""
    return line.question.options[option].reason or line.question.reason


def _row(line: Line, side: int, sides: int, codes: Sequence[str]) -> tuple[int, ...]:
    def packed(points: int, weight: int, fails: int, unknown: int) -> int:
        fields = ((side, points), (sides, weight), (sides + 1, fails), (sides + 2, unknown))
        return sum(value << (FIELD * place) for place, value in fields)

    known = [
        packed(points, line.weight, int(line.gated[o]), 0)
        + (line_effect(line, points) << FIELD * (sides + 3 + codes.index(option_code(line, o))))
        for o, points in enumerate(line.points)
    ]
    return (*known, packed(line.expected, 0, int(all(line.gated)), 1))


def _gap(line: Line, side: int) -> Gap:
    passing = [points for points, gated in zip(line.points, line.gated, strict=True) if not gated]
    now = line.expected
    return Gap(
        side=side,
        low=min(line.points) - now,
        high=max(line.points) - now,
        best=max(passing) - now if passing else 0,
        gated=any(line.gated),
        fatal=all(line.gated),
    )
