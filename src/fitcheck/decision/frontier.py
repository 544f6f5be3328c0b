"""
The most points for every effort: changes of answers, joined exactly along the axis of effort.

An entry is a price and a prize. The price counts effort first and changed answers second; the prize counts points
first and then rubric order. Each is one integer that compares the way ties are to be broken, and entries are joined
by adding both, so one short list holds every change of a rubric that is worth keeping.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fitcheck.decision.scorecard import RANGE, Line, Scorecard

Entry = tuple[int, int]
"""Price and prize of a set of changed answers."""

NOTHING: Entry = (0, 0)

NO_GAIN = -RANGE - 1
"""Less than any entry gains."""


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
        points: of each line as it stands [points].
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
        self._forced = forced
        self._least = least or Least({}, {})
        self._sign = sign
        self._moves = moves
        self._digit = max(len(line.points) for line in card.lines).bit_length()
        self._bits = self._digit * len(moves)
        self._order = (1 << self._bits) - 1
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
        """Points in a prize, gained or, with `sign` -1, lost [points]."""
        return prize >> self._bits

    def changed(self, prize: int) -> dict[int, Move]:
        """Moves in a prize by index of the line, in rubric order."""
        digits = {i: prize >> self._place(i) & (1 << self._digit) - 1 for i in range(len(self._moves))}
        return {
            i: next(move for move in self._moves[i] if self._first(i, move) == digit)
            for i, digit in digits.items()
            if digit
        }

    def at_least(self, entries: Iterable[Entry], gain: int) -> Iterator[Entry]:
        """Entries with so much gain or more, in their order."""
        return (entry for entry in entries if self.gain(entry[1]) >= gain)

    def table(
        self, ceiling: int, without: frozenset[int] = frozenset(), first: int = 0, last: int | None = None
    ) -> list[Entry]:
        """
        Gains of the dimensions from `first` to before `last`.

        Args:
            ceiling: prices have to be lower.
            without: lines that must stay as they are.
            first: index of a dimension.
            last: likewise; None: to the end.

        Returns:
            Cheapest first, each with more gain than all before.
        """
        last = len(self._card.dimensions) if last is None else last
        touched = frozenset(i for i in without if first <= self._card.lines[i].dimension < last)
        key = (ceiling, first, last, touched)
        if key not in self._tables:
            if last - first == 1:
                self._tables[key] = self._dimension(first, ceiling, touched)
            else:
                middle = (first + last) // 2
                halves = self.table(ceiling, touched, first, middle), self.table(ceiling, touched, middle, last)
                self._tables[key] = self._best(_sums(*halves, ceiling))
        return self._tables[key]

    def side(self, dimension: int, side: int, ceiling: int) -> list[Entry]:
        """Gains of one side of a dimension, for that side alone; see `table`."""
        return self._side(dimension, side, ceiling, frozenset())

    def whole(self, dimension: int, side: int, entry: Entry) -> Entry:
        """From the gain of one side of a dimension, the other staying as it is, to that of the dimension."""
        if len(self._sides[dimension]) == 1:
            return entry
        return self._joined(dimension, *((entry, NOTHING) if side == 0 else (NOTHING, entry)))

    def _joined(self, dimension: int, theirs: Entry, ours: Entry) -> Entry:
        """Join both sides of a two-way dimension, whose points do not just add up."""
        a, b = self._sides[dimension]
        after = a + self._sign * self.gain(theirs[1]), b + self._sign * self.gain(ours[1])
        gain = self._sign * (self._card.join(after) - self._card.join((a, b)))
        return theirs[0] + ours[0], (gain << self._bits) + (theirs[1] & self._order) + (ours[1] & self._order)

    def _dimension(self, dimension: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        found, *others = (self._side(dimension, side, ceiling, without) for side in range(len(self._sides[dimension])))
        for other in others:
            found = self._best(self._joined(dimension, a, b) for a in found for b in other if a[0] + b[0] < ceiling)
        return self._reaching(found, self._card.join(self._sides[dimension]), self._least.dimensions.get(dimension))

    def _side(self, dimension: int, side: int, ceiling: int, without: frozenset[int]) -> list[Entry]:
        """
        Gains of one side.

        In a two-way dimension there may be several at one price, less gain but earlier in rubric order: where
        the other side is the weaker one, less gain does as well.
        """
        lines = self._card.dimensions[dimension].sides
        found = [NOTHING]
        for i in lines[side]:
            choices = [] if i in self._forced else [NOTHING]
            choices += [] if i in without else self._entries[i]
            if choices != [NOTHING]:
                found = self._best(_sums(found, choices, ceiling), ties=len(lines) > 1)
        return self._reaching(found, self._sides[dimension][side], self._least.sides.get((dimension, side)))

    def _reaching(self, entries: list[Entry], now: int, least: int | None) -> list[Entry]:
        if least is None:
            return entries
        return [entry for entry in entries if now + self._sign * self.gain(entry[1]) >= least]

    def _best(self, entries: Iterable[Entry], *, ties: bool = False) -> list[Entry]:
        """Drop what costs no less than another entry and gains no more; `ties` keeps what is first in rubric order."""
        kept: list[Entry] = []
        at, gained, most, earliest = -1, NO_GAIN, NO_GAIN, -1
        for price, prize in sorted(entries, key=lambda entry: (entry[0], -entry[1])):
            if price != at:
                at, gained, earliest = price, most, -1
            gain, order = prize >> self._bits, prize & self._order
            if gain > most or (ties and gain > gained and order > earliest):
                kept.append((price, prize))
                most, earliest = max(gain, most), order
        return kept

    def _prize(self, index: int, move: Move, points: int) -> int:
        return (self._sign * (move.points - points) << self._bits) + (self._first(index, move) << self._place(index))

    def _first(self, index: int, move: Move) -> int:
        """Digit of a move: options that come first weigh most, and staying nothing."""
        return len(self._card.lines[index].points) - move.option

    def _place(self, index: int) -> int:
        """Where a line's digit stands: lines that come first in the rubrics weigh most."""
        return self._digit * (len(self._moves) - 1 - index)


def _sums(these: Iterable[Entry], those: Sequence[Entry], ceiling: int) -> Iterator[Entry]:
    for price, prize in these:
        for price_more, prize_more in those:
            if price + price_more >= ceiling:
                break
            yield price + price_more, prize + prize_more
