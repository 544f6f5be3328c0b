"""What becomes of a table, counted while it is read: every row, once, in bounded memory."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import NamedTuple

from fitcheck.decision.cost import CostSummary
from fitcheck.decision.memo import MOST_KEPT
from fitcheck.decision.results import Verdict
from fitcheck.decision.terms import DealTerms

SHOWN = 5
"""Prospects that are named where nobody says how many hours there are."""

NO_CURRENCY = "?"
"""Stands for the currency of deals that name none."""

LINES_NAMED = 10
"""Lines of one kind whose places are named; the others are counted."""


@dataclass(slots=True, eq=False)
class Group:
    """Rows of one verdict: how many, and how many of them with a deal value; alike if all three figures are."""

    rows: int = 0
    valued: int = 0
    _value: Fraction = Fraction(0)
    _times: dict[int, tuple[DealTerms, int]] = field(default_factory=dict)

    def add(self, deal: DealTerms, times: int) -> None:
        """Add up a value; the same deals come again and again, and are multiplied at the end."""
        known = self._times.get(id(deal))
        if known is None and len(self._times) >= MOST_KEPT:
            self.fold()
        self._times[id(deal)] = deal, times + (known[1] if known else 0)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Group):
            return NotImplemented
        return (self.rows, self.valued, self.value) == (other.rows, other.valued, other.value)

    __hash__ = None  # type: ignore[assignment]  # it goes on counting

    def join(self, other: "Group") -> None:
        """Add all of another group."""
        self.rows += other.rows
        self.valued += other.valued
        self._value += other.value

    def fold(self) -> None:
        """Forget the deals; what their values add up to stays. Fractions take long to add, whole numbers do not."""
        wholes: dict[int, int] = {}
        for deal, times in self._times.values():
            part, of = (deal.value or Fraction(0)).as_integer_ratio()
            wholes[of] = wholes.get(of, 0) + part * times
        self._value += sum((Fraction(part, of) for of, part in wholes.items()), Fraction(0))
        self._times.clear()

    @property
    def value(self) -> Fraction:
        """What the values add up to [money]."""
        self.fold()
        return self._value


@dataclass(slots=True)
class Lines:
    """Lines of one kind: how many, and where the first ones stand."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < LINES_NAMED:
            self.first.append(line)


@dataclass(slots=True)
class Faults(Lines):
    """Problems of one kind in one column; `message` and `hint` are those of the first."""

    message: str = ""
    hint: str | None = None

    def merge(self, lines: Sequence[int], message: str, hint: str | None) -> None:
        """Count lines, ascending, wherever they stand among those that were counted; the words are of the first."""
        if not self.first or lines[0] < self.first[0]:
            self.message, self.hint = message, hint
        self.count += len(lines)
        self.first = sorted([*self.first, *lines[:LINES_NAMED]])[:LINES_NAMED]


class Top(NamedTuple):
    """
    A prospect to pursue, and what an hour on it brings.

    Attributes:
        rate: margin for each expected hour [money per hour].
        line: where it stands in the table.
        label: id, name and owner, as far as the table tells them.
        hours: expected [hours].
        margin: what is ours if won [money].
    """

    rate: Fraction
    line: int
    label: tuple[str, str, str]
    hours: Fraction
    margin: Fraction


@dataclass(slots=True)
class Tally:
    """
    Counts of one run.

    Attributes:
        hours: how many there are for prospects to pursue; None where nobody says.
        below: what an hour must bring at least, because others elsewhere bring as much; see `least_rate`.
        read: data rows: `scored` + `rejected`, or the run ends in an error.
        blank: lines on which nothing stands.
        groups: by verdict, and whether it is settled.
        missing: for each scored question of the screen how many rows leave it unknown.
        left: by kind what is no data: footers, totals, repeated headers.
        faults: by code and column ("" for a whole row) why rows were rejected.
        unread: likewise, cells that are no answers and were taken for unknown.
        unpriced: by currency, deals of which nobody says what their currency is worth in ours.
        too_little: rows of which too little is known for "pursue" to be said.
        closed: by stage, rows of deals that are closed, which are counted like all others and never among the best.
        top: prospects to pursue, the best first.
    """

    hours: Fraction | None = None
    below: float = -inf
    read: int = 0
    scored: int = 0
    rejected: int = 0
    blank: int = 0
    groups: dict[tuple[Verdict, bool], Group] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    left: dict[str, Lines] = field(default_factory=dict)
    faults: dict[tuple[str, str], Faults] = field(default_factory=dict)
    unread: dict[tuple[str, str], Faults] = field(default_factory=dict)
    unpriced: dict[str, int] = field(default_factory=dict)
    too_little: int = 0
    closed: dict[str, int] = field(default_factory=dict)
    _ranked: list[tuple[Fraction, int, Top]] = field(default_factory=list)
    _hours: Fraction = Fraction(0)

    def score(self, verdict: Verdict, deal: DealTerms | None, *, settled: bool, times: int = 1) -> None:
        """Count rows that were scored, all with this verdict and deal."""
        self.scored += times
        group = self.groups.get((verdict, settled))
        if group is None:
            group = self.groups[verdict, settled] = Group()
        group.rows += times
        if deal is None:
            return
        if deal.value is not None:
            group.valued += times
            group.add(deal, times)
        elif deal.deal.value is not None:
            currency = deal.deal.currency or NO_CURRENCY
            self.unpriced[currency] = self.unpriced.get(currency, 0) + times

    def score_worth(self, verdict: Verdict, worth: Fraction, *, settled: bool, times: int) -> None:
        """Count rows that were scored, with this verdict and deals that are worth so much together."""
        self.scored += times
        self.groups.setdefault((verdict, settled), Group()).join(Group(times, times, worth))

    def miss(self, question: int, times: int = 1) -> None:
        """Count rows that leave a scored question unknown."""
        if times:
            self.missing[question] = self.missing.get(question, 0) + times

    def close(self, stage: str, times: int = 1) -> None:
        """Count rows of deals that are closed."""
        self.closed[stage] = self.closed.get(stage, 0) + times

    def leave(self, kind: str, line: int) -> None:
        """Count a line that is no data."""
        self.left.setdefault(kind, Lines()).add(line)

    def reject(self, line: int, code: str, column: str, message: str, hint: str | None) -> None:
        """Count one of the problems for which a row is rejected."""
        _add_fault(self.faults, (code, column), line, message, hint)

    def reject_lines(self, lines: Sequence[int], code: str, column: str, message: str, hint: str | None) -> None:
        """Count one of the problems for which rows on these lines, ascending, are rejected."""
        if lines:
            self.faults.setdefault((code, column), Faults()).merge(lines, message, hint)

    def take_as_unknown(self, line: int, code: str, column: str, message: str, hint: str | None) -> None:
        """Count a cell that is no answer and counts as unknown."""
        _add_fault(self.unread, (code, column), line, message, hint)

    @property
    def top(self) -> list[Top]:
        """The best prospects, the best first."""
        return [top for _, _, top in self._ranked]

    def wants(self, line: int, closing: CostSummary | None, deal: DealTerms | None) -> Fraction | None:
        """
        Return what an hour on a prospect brings, if that puts it among the best so far; None if not.

        Of equals the first in the table counts, in whatever order they are told.
        """
        if closing is None or deal is None or deal.margin is None or not closing.hours.mean:
            return None
        rate = deal.margin / Fraction(str(closing.hours.mean))
        if self._is_full:
            return rate if self._ranked and (-rate, line) < self._ranked[-1][:2] else None
        return rate

    def rank(
        self, rate: Fraction, line: int, label: tuple[str, str, str], closing: CostSummary, deal: DealTerms
    ) -> None:
        """Take a prospect in among the best; `rate` is from `wants`."""
        hours = Fraction(str(closing.hours.mean))
        self.take(Top(rate, line, label, hours, deal.margin or Fraction(0)))

    def take(self, top: Top) -> None:
        """Take a prospect in among the best, if it is one of them."""
        insort(self._ranked, (-top.rate, top.line, top))
        self._hours += top.hours
        while self._surplus():
            self._hours -= self._ranked.pop()[2].hours

    @property
    def least_rate(self) -> float:
        """About what an hour must bring for a prospect to be among the best; a little less, never more."""
        if not self._is_full:
            return self.below
        if not self._ranked:
            return inf
        least = float(-self._ranked[-1][0])
        return max(self.below, least - abs(least) * 1e-9)

    @property
    def _is_full(self) -> bool:
        return len(self._ranked) >= SHOWN if self.hours is None else self._hours >= self.hours

    def _surplus(self) -> bool:
        """Whether the worst of the best is not needed: without it there would still be enough."""
        if self.hours is None:
            return len(self._ranked) > SHOWN
        return len(self._ranked) > 1 and self._hours - self._ranked[-1][2].hours >= self.hours


def _add_fault(
    faults: dict[tuple[str, str], Faults], key: tuple[str, str], line: int, message: str, hint: str | None
) -> None:
    known = faults.get(key)
    if known is None:
        known = faults[key] = Faults(message=message, hint=hint)
    known.add(line)
