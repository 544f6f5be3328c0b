"""Counts of a table: every row once, in bounded memory, and parts of a table added in order."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TypeVar

from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.table.read.records import Record

K = TypeVar("K")

SHOWN = 5
"""Prospects that are named where nobody says how many hours there are."""

NO_CURRENCY = "?"
"""Stands for the currency of deals that name none."""

LINES_NAMED = 10
"""Lines of one kind whose places are named; the others are counted."""


@dataclass(slots=True)
class Group:
    """Rows of one verdict and state: how many, how many with a deal value, and what these values add up to [money]."""

    rows: int = 0
    valued: int = 0
    value: Fraction = Fraction(0)

    def add(self, other: "Group") -> None:
        """Add the counts of another group."""
        self.rows += other.rows
        self.valued += other.valued
        self.value += other.value


@dataclass(slots=True)
class Lines:
    """Lines of one kind: how many, and where the first ones stand."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def add_line(self, line: int) -> None:
        """Count one more line."""
        self.count += 1
        if len(self.first) < LINES_NAMED:
            self.first.append(line)

    def add(self, other: "Lines") -> None:
        """Add the counts of lines further down in the table."""
        self.count += other.count
        self.first += other.first[: LINES_NAMED - len(self.first)]


@dataclass(slots=True)
class Faults(Lines):
    """Problems of one kind in one column; `message` and `hint` are those of the first."""

    message: str = ""
    hint: str | None = None


class Top(NamedTuple):
    """
    A prospect to pursue, and what an hour on it brings.

    Attributes:
        rate: expected value for each expected hour [money per hour].
        line: where it stands in the table.
        label: id, name and owner, blank where the table has no such column.
        hours: expected [hours].
        value: what pursuing it brings on average [money].
    """

    rate: Fraction
    line: int
    label: tuple[str, str, str]
    hours: Fraction
    value: Fraction


class RowFacts(NamedTuple):
    """
    What is counted of a row that was scored.

    Attributes:
        id: of the prospect, blank where the table has none.
        value: what the deal is worth; None if nobody knows, or knows what its currency is worth.
        unpriced: the currency of which nobody says what it is worth in ours.
        closed: what says that the deal is won or lost; None if nothing does.
        top: what an hour on it brings, where it is to be pursued and brings something.
    """

    line: int
    id: str
    verdict: Verdict
    state: FitState
    value: Fraction | None
    unpriced: str | None
    closed: str | None
    top: Top | None


@dataclass(slots=True)
class Tally:
    """
    Counts of a table or a part of one.

    Attributes:
        hours: how many there are for prospects to pursue; None where nobody says.
        with_closed: whether deals that are won or lost are counted among the verdicts.
        read: data rows: `scored` + `rejected`, or the run ends in an error.
        blank: lines on which nothing stands.
        groups: by verdict and state.
        missing: for each scored question of the screen how many rows leave it unknown.
        non_data: by kind, lines that are no data: footers, totals, repeated headers.
        faults: by code and column ("" for a whole row) why rows were rejected.
        unread: likewise, cells that are no answers and were taken for unknown.
        unpriced: by currency, deals of which nobody says what their currency is worth in ours.
        closed: by stage, deals that are won or lost, which are never among the best.
        repeats: rows that repeat the id of another, which are scored, but not counted among the verdicts again.
        put_off: what there is to count of such rows, until it is known whether one before them was scored.
        flaws: by code and column, cells that are no good in columns that nobody reads.
        top: prospects to pursue, the best first.
    """

    hours: Fraction | None = None
    with_closed: bool = False
    read: int = 0
    scored: int = 0
    rejected: int = 0
    blank: int = 0
    groups: dict[tuple[Verdict, FitState], Group] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    non_data: dict[str, Lines] = field(default_factory=dict)
    faults: dict[tuple[str, str], Faults] = field(default_factory=dict)
    unread: dict[tuple[str, str], Faults] = field(default_factory=dict)
    unpriced: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    repeats: Lines = field(default_factory=Lines)
    put_off: list[RowFacts] = field(default_factory=list)
    flaws: dict[tuple[str, str], Faults] = field(default_factory=dict)
    _ranked: list[tuple[Fraction, int, Top]] = field(default_factory=list)
    _hours: Fraction = Fraction(0)

    @property
    def counted(self) -> int:
        """Prospects that are counted among the verdicts."""
        return sum(group.rows for group in self.groups.values())

    def count(self, facts: RowFacts) -> None:
        """Count a prospect by its verdict, and rank it; a row that was scored counts in `scored` already."""
        if facts.closed is not None:
            self.closed[facts.closed] = self.closed.get(facts.closed, 0) + 1
            if not self.with_closed:
                return
        group = self.groups.setdefault((facts.verdict, facts.state), Group())
        group.rows += 1
        if facts.value is not None:
            group.valued += 1
            group.value += facts.value
        elif facts.unpriced is not None:
            self.unpriced[facts.unpriced] = self.unpriced.get(facts.unpriced, 0) + 1
        if facts.top is not None:
            self.add_ranked(facts.top)

    def count_missing(self, question: int) -> None:
        """Count a row that leaves a scored question unknown."""
        self.missing[question] = self.missing.get(question, 0) + 1

    def count_non_data(self, kind: str, line: int) -> None:
        """Count a line that is no data."""
        self.non_data.setdefault(kind, Lines()).add_line(line)

    def count_fault(self, line: int, code: str, column: str, message: str, hint: str | None) -> None:
        """Count one of the problems for which a row is rejected."""
        self.faults.setdefault((code, column), Faults(message=message, hint=hint)).add_line(line)

    def count_unread(self, line: int, code: str, column: str, message: str, hint: str | None) -> None:
        """Count a cell that is no answer and counts as unknown."""
        self.unread.setdefault((code, column), Faults(message=message, hint=hint)).add_line(line)

    def count_flaws(self, record: Record, header: Sequence[str]) -> None:
        """Count the cells of a record that are no good, in columns that nobody reads."""
        for at, flaw in record.flaws.items():
            name = header[at] if isinstance(at, int) else at
            self.flaws.setdefault((flaw.code, name), Faults(message=flaw.message)).add_line(record.line)

    def add(self, part: "Tally") -> None:
        """Add the counts of the next part of the table, but for what it has put off."""
        self.read += part.read
        self.scored += part.scored
        self.rejected += part.rejected
        self.blank += part.blank
        for kind, group in part.groups.items():
            self.groups.setdefault(kind, Group()).add(group)
        _add_counts(self.missing, part.missing)
        _add_counts(self.unpriced, part.unpriced)
        _add_counts(self.closed, part.closed)
        for name, lines in part.non_data.items():
            self.non_data.setdefault(name, Lines()).add(lines)
        for whole, faults in ((self.faults, part.faults), (self.unread, part.unread)):
            for key, found in faults.items():
                whole.setdefault(key, Faults(message=found.message, hint=found.hint)).add(found)
        for top in part.top:
            self.add_ranked(top)

    def group(self, verdict: Verdict, *states: FitState) -> Group:
        """Add up the rows of a verdict in these states."""
        found = Group()
        for state in states:
            found.add(self.groups.get((verdict, state), Group()))
        return found

    @property
    def top(self) -> list[Top]:
        """The best prospects, the best first."""
        return [top for _, _, top in self._ranked]

    def would_rank(self, rate: Fraction, line: int) -> bool:
        """Say whether a prospect would be among the best so far; of equals the first in the table is the better one."""
        is_full = len(self._ranked) >= SHOWN if self.hours is None else self._hours >= self.hours
        return not is_full or (bool(self._ranked) and (-rate, line) < self._ranked[-1][:2])

    def add_ranked(self, top: Top) -> None:
        """Put a prospect among the best, if it is one of them."""
        if not self.would_rank(top.rate, top.line):
            return
        insort(self._ranked, (-top.rate, top.line, top))
        self._hours += top.hours
        while self._has_surplus():
            self._hours -= self._ranked.pop()[2].hours

    def _has_surplus(self) -> bool:
        """Whether the worst of the best is not needed: without it there would still be enough."""
        if self.hours is None:
            return len(self._ranked) > SHOWN
        return len(self._ranked) > 1 and self._hours - self._ranked[-1][2].hours >= self.hours


def _add_counts(mine: dict[K, int], theirs: dict[K, int]) -> None:
    for key, count in theirs.items():
        mine[key] = mine.get(key, 0) + count
