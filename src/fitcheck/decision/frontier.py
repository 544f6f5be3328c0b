"""
The most points for every effort: changes of answers, joined exactly along the axis of effort.

An entry is a price and a prize. The price counts effort first and changed answers second; the prize counts points
of the score first, then points of the answers themselves, then rubric order. Each is one integer that compares the
way ties are to be broken, and entries are joined by adding both, so a short list, each entry dearer and with more
points than the one before, holds every change of a rubric that is worth keeping.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fitcheck.decision.scorecard import Line, Scorecard

Entry = tuple[int, int]
"""Price and prize of a set of changed answers."""

NOTHING: Entry = (0, 0)

POINTS_BITS = 20
"""Enough for the points of all answers together."""


@dataclass(frozen=True, slots=True)
class Move:
    """
    An answer that a line can change to.

    Attributes:
        option: its index.
        effort: >= 1.
        points: that it gives [points].
    """

    option: int
    effort: int
    points: int


def climbs_of(line: Line, option: int | None) -> list[Move]:
    """Answers that are better and pass their gate, with the effort to get there."""
    change = line.question.change
    if option is None or change.by == "nobody":
        return []
    ladder = _ladder(line)
    now = ladder.index(_level(line, option))
    return [_move(line, level, change.effort * up) for up, level in enumerate(ladder[now:]) if up and level[0]]


def slip_of(line: Line, option: int | None) -> Move | None:
    """Return the answer one level worse."""
    ladder = _ladder(line)
    now = 0 if option is None else ladder.index(_level(line, option))
    return _move(line, ladder[now - 1], 1) if now else None


def best_of(line: Line) -> Move | None:
    """Return the best answer that passes its gate, if there is one."""
    passing, points = _ladder(line)[-1]
    return _move(line, (passing, points), 1) if passing else None


def _ladder(line: Line) -> list[tuple[bool, int]]:
    """Levels of a question at this stage, worst first: whatever fails its gate is worse than what passes it."""
    return sorted({_level(line, option) for option in range(len(line.points))})


def _level(line: Line, option: int) -> tuple[bool, int]:
    return not line.gated[option], line.points[option]


def _move(line: Line, level: tuple[bool, int], effort: int) -> Move:
    first = next(option for option in range(len(line.points)) if _level(line, option) == level)
    return Move(first, effort, line.points[first])


@dataclass(frozen=True, slots=True)
class Least:
    """
    What has to be reached beside the score [points].

    Attributes:
        sides: by dimension and side.
        dimensions: by dimension.
    """

    sides: Mapping[tuple[int, int], int]
    dimensions: Mapping[int, int]


class Frontier:
    """
    Sets of changed answers that gain the most points (or lose the most) for their effort.

    Args:
        card: the compiled screen.
        points: of each line as it stands; its moves give no less, or no more where points are to be lost [points].
        moves: of each line, ascending in effort.
        forced: lines that must not stay as they are.
        least: entries that leave less than this are dropped.
        sign: 1 to gain points, -1 to lose them.
    """

    def __init__(
        self,
        card: Scorecard,
        points: Sequence[int],
        moves: Sequence[Sequence[Move]],
        *,
        forced: frozenset[int] = frozenset(),
        least: Least | None = None,
        sign: int = 1,
    ) -> None:
        self._card = card
        self._sides = card.side_points(points)
        self._now = [card.join(sides) for sides in self._sides]
        self._moves = moves
        self._forced = forced
        self._least = least or Least({}, {})
        self._sign = sign
        self._digit = max(len(line.points) for line in card.lines).bit_length()
        self._order = self._digit * len(moves)
        self._rest = (1 << self._order + POINTS_BITS) - 1
        self._entries = [
            [(self.price(m.effort, 1), self._prize(i, m, points[i])) for m in line] for i, line in enumerate(moves)
        ]
        self._tables: dict[tuple[int, int, int, frozenset[int]], list[Entry]] = {}

    def price(self, effort: int, changed: int = 0) -> int:
        """Price of an effort and a number of changed answers."""
        return effort * (len(self._moves) + 1) + changed

    def effort(self, price: int) -> int:
        """Effort in a price."""
        return price // (len(self._moves) + 1)

    def gain(self, prize: int) -> int:
        """Points of the score in a prize: gained, or lost where `sign` is -1 [points]."""
        return prize >> self._order + POINTS_BITS

    def changed(self, prize: int) -> dict[int, Move]:
        """Moves in a prize by index of the line, in rubric order."""
        digits = {i: prize >> self._place(i) & (1 << self._digit) - 1 for i in range(len(self._moves))}
        return {
            i: next(move for move in self._moves[i] if self._first(i, move) == digit)
            for i, digit in digits.items()
            if digit
        }

    def cheapest(self, gain: int, ceiling: int, without: frozenset[int] = frozenset()) -> Entry | None:
        """
        Find the best set that gains enough.

        Args:
            gain: at least this many points of the score [points].
            ceiling: its price has to be lower.
            without: lines that must stay as they are.
        """
        middle = len(self._card.dimensions) // 2
        left = self._table(0, middle, ceiling, without) if middle else [NOTHING]
        right = self._table(middle, len(self._card.dimensions), ceiling, without)
        gains = [self.gain(prize) for _, prize in right]
        found = [
            (price + right[at][0], prize + right[at][1])
            for price, prize in left
            if (at := bisect_left(gains, gain - self.gain(prize))) < len(right) and price + right[at][0] < ceiling
        ]
        return min(found, key=lambda entry: (entry[0], -entry[1]), default=None)

    def cheapest_in(self, dimension: int, gain: int, ceiling: int, side: int | None = None) -> Entry | None:
        """
        Find the best set inside one dimension that gains enough of that dimension's points.

        Args:
            dimension: its index.
            gain: at least this many points of the dimension or, with `side`, of that side [points].
            ceiling: the price has to be lower.
            side: its index in the dimension.
        """
        if side is None:
            entries = self._dimension(dimension, ceiling, frozenset())
        else:
            entries = self._side(dimension, side, ceiling, frozenset())
        found = next((entry for entry in entries if self.gain(entry[1]) >= gain), None)
        if found is None or side is None or len(self._sides[dimension]) == 1:
            return found
        return self._both(dimension, *((found, NOTHING) if side == 0 else (NOTHING, found)))

    def _table(self, first: int, last: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        """Gains of the dimensions from `first` to before `last`, at prices below `ceiling`, cheapest first."""
        touched = frozenset(i for i in without if first <= self._card.lines[i].dimension < last)
        key = (first, last, ceiling, touched)
        if key not in self._tables:
            middle = (first + last) // 2
            self._tables[key] = (
                self._joined(
                    self._table(first, middle, ceiling, touched), self._table(middle, last, ceiling, touched), ceiling
                )
                if middle > first
                else self._dimension(first, ceiling, touched)
            )
        return self._tables[key]

    def _dimension(self, dimension: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        sides = [self._side(dimension, side, ceiling, without) for side in range(len(self._sides[dimension]))]
        found = sides[0]
        if len(sides) > 1:
            pairs = (self._both(dimension, a, b) for a in sides[0] for b in sides[1] if a[0] + b[0] < ceiling)
            found = self._worth_keeping(sorted(pairs, key=lambda entry: (entry[0], -entry[1])))
        return self._reaching(found, self._now[dimension], self._least.dimensions.get(dimension))

    def _side(self, dimension: int, side: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        found = [NOTHING]
        for i in self._card.dimensions[dimension].sides[side]:
            choices = [] if i in self._forced else [NOTHING]
            choices += [] if i in without else self._entries[i]
            if choices != [NOTHING]:
                found = self._joined(found, choices, ceiling)
        return self._reaching(found, self._sides[dimension][side], self._least.sides.get((dimension, side)))

    def _both(self, dimension: int, theirs: Entry, ours: Entry) -> Entry:
        """Join both sides of a two-way dimension, whose points do not just add up to those of the score."""
        a, b = self._sides[dimension]
        after = a + self._sign * self.gain(theirs[1]), b + self._sign * self.gain(ours[1])
        gain = self._sign * (self._card.join(after) - self._now[dimension])
        rest = (theirs[1] & self._rest) + (ours[1] & self._rest)
        return theirs[0] + ours[0], (gain << self._order + POINTS_BITS) + rest

    def _reaching(self, entries: list[Entry], now: int, least: int | None) -> list[Entry]:
        if least is None:
            return entries
        return [entry for entry in entries if now + self._sign * self.gain(entry[1]) >= least]

    def _joined(self, these: Iterable[Entry], those: Sequence[Entry], ceiling: int) -> list[Entry]:
        best: dict[int, int] = {}
        for price, prize in these:
            for price_more, prize_more in those:
                at = price + price_more
                if at >= ceiling:
                    break
                if prize + prize_more > best.get(at, -1):
                    best[at] = prize + prize_more
        return self._worth_keeping(sorted(best.items()))

    def _worth_keeping(self, entries: Iterable[Entry]) -> list[Entry]:
        """Drop what costs no less than another entry and gains no more of the score."""
        kept: list[Entry] = []
        gained = -1
        for price, prize in entries:
            gain = self.gain(prize)
            if gain > gained:
                kept.append((price, prize))
                gained = gain
        return kept

    def _prize(self, index: int, move: Move, points: int) -> int:
        gain = self._sign * (move.points - points)
        return (((gain << POINTS_BITS) + gain) << self._order) + (self._first(index, move) << self._place(index))

    def _first(self, index: int, move: Move) -> int:
        """Digit of a move: options that come first weigh most, and staying nothing."""
        return len(self._card.lines[index].points) - move.option

    def _place(self, index: int) -> int:
        """Where a line's digit stands: lines that come first in the rubrics weigh most."""
        return self._digit * (len(self._moves) - 1 - index)
