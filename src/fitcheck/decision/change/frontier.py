"""
The most points for every effort: a Pareto frontier of sets of changed answers, exact along the axis of effort.

An entry's price counts effort first and changed answers second. Of entries at one price the one with the highest gain
is kept, and of equal gains the one with the highest tiebreak: points of the answers themselves first, then rubric
order. Each figure is one integer, so that two sets are joined by adding them. A short list, each entry dearer and with
more gain than the one before, holds every change of a rubric that is worth keeping.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from fitcheck.decision.score.scorecard import Line, Scorecard


class Entry(NamedTuple):
    """
    A set of changed answers.

    Attributes:
        price: effort, then number of changed answers.
        gain: points of the score that are gained, or lost where points are to be lost [points].
        tiebreak: which of equals is taken, and by its digits which answers change.
    """

    price: int
    gain: int
    tiebreak: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Cheapest first, then most gain, then the higher tiebreak."""
        return self.price, -self.gain, -self.tiebreak


NOTHING = Entry(0, 0, 0)


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
    """Return the best answer that passes its gate, if any."""
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
    Minimums besides the score [points].

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
        self._entries = [[self._entry(i, move, points[i]) for move in line] for i, line in enumerate(moves)]
        self._dimensions: dict[tuple[int, int, frozenset[int]], list[Entry]] = {}

    def price(self, effort: int, changed: int = 0) -> int:
        """Price of an effort and a number of changed answers."""
        return effort * (len(self._moves) + 1) + changed

    def effort(self, price: int) -> int:
        """Effort in a price."""
        return price // (len(self._moves) + 1)

    def changed(self, entry: Entry) -> dict[int, Move]:
        """Moves of an entry by index of the line, in rubric order."""
        digits = {i: entry.tiebreak >> self._place(i) & (1 << self._digit) - 1 for i in range(len(self._moves))}
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
        found = [NOTHING]
        for dimension in range(len(self._card.dimensions)):
            found = _all_joined(found, self._dimension(dimension, ceiling, without), ceiling)
        return next((entry for entry in found if entry.gain >= gain), None)

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
        found = next((entry for entry in entries if entry.gain >= gain), None)
        if found is None or side is None or len(self._sides[dimension]) == 1:
            return found
        return self._both(dimension, *((found, NOTHING) if side == 0 else (NOTHING, found)))

    def _dimension(self, dimension: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        """Sets of changes inside one dimension, at prices below `ceiling`; most calls differ in one line left alone."""
        own = frozenset(i for i in without if self._card.lines[i].dimension == dimension)
        key = (dimension, ceiling, own)
        if key not in self._dimensions:
            self._dimensions[key] = self._found_in(dimension, ceiling, own)
        return self._dimensions[key]

    def _found_in(self, dimension: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        sides = [self._side(dimension, side, ceiling, without) for side in range(len(self._sides[dimension]))]
        found = sides[0]
        if len(sides) > 1:
            pairs = (self._both(dimension, a, b) for a in sides[0] for b in sides[1] if a.price + b.price < ceiling)
            found = _worth_keeping(pairs)
        return self._reaching(found, self._now[dimension], self._least.dimensions.get(dimension))

    def _side(self, dimension: int, side: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        found = [NOTHING]
        for i in self._card.dimensions[dimension].sides[side]:
            choices = [] if i in self._forced else [NOTHING]
            choices += [] if i in without else self._entries[i]
            if choices != [NOTHING]:
                found = _all_joined(found, choices, ceiling)
        return self._reaching(found, self._sides[dimension][side], self._least.sides.get((dimension, side)))

    def _both(self, dimension: int, theirs: Entry, ours: Entry) -> Entry:
        """Join both sides of a two-way dimension, whose points do not just add up to those of the score."""
        a, b = self._sides[dimension]
        after = a + self._sign * theirs.gain, b + self._sign * ours.gain
        return _joined(theirs, ours)._replace(gain=self._sign * (self._card.join(after) - self._now[dimension]))

    def _reaching(self, entries: list[Entry], now: int, least: int | None) -> list[Entry]:
        return [entry for entry in entries if least is None or now + self._sign * entry.gain >= least]

    def _entry(self, index: int, move: Move, points: int) -> Entry:
        gain = self._sign * (move.points - points)
        order = self._digit * len(self._moves)
        return Entry(
            self.price(move.effort, 1), gain, (gain << order) + (self._first(index, move) << self._place(index))
        )

    def _first(self, index: int, move: Move) -> int:
        """Digit of a move: options that come first weigh most, and staying nothing."""
        return len(self._card.lines[index].points) - move.option

    def _place(self, index: int) -> int:
        """Where a line's digit stands: lines that come first in the rubrics weigh most."""
        return self._digit * (len(self._moves) - 1 - index)


def _joined(one: Entry, other: Entry) -> Entry:
    return Entry(one.price + other.price, one.gain + other.gain, one.tiebreak + other.tiebreak)


def _all_joined(these: Sequence[Entry], those: Sequence[Entry], ceiling: int) -> list[Entry]:
    """Join every two entries below a price; `those` ascend in price."""
    best: dict[int, tuple[int, int]] = {}
    for price, gain, tiebreak in these:
        for more_price, more_gain, more_tiebreak in those:
            at = price + more_price
            if at >= ceiling:
                break
            found = gain + more_gain, tiebreak + more_tiebreak
            if at not in best or found > best[at]:
                best[at] = found
    return _worth_keeping(Entry(at, *found) for at, found in best.items())


def _worth_keeping(entries: Iterable[Entry]) -> list[Entry]:
    """Drop what costs no less than another entry and gains no more of the score; cheapest first."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=attrgetter("rank")):
        if not kept or entry.gain > kept[-1].gain:
            kept.append(entry)
    return kept
