"""Rows that repeat the id of another: a deal is counted and ranked once, however often an export names it."""

from collections.abc import Iterable, Iterator

from fitcheck.folding import bare
from fitcheck.table.read.records import Record
from fitcheck.table.score.tally import Tally

WITHIN = 50_000
"""At least so many ids back a repeated one is noticed; more of them would take memory without end."""


class _Seen:
    """The last ids, at least `WITHIN` and at most twice as many."""

    def __init__(self) -> None:
        self._now: set[str] = set()
        self._before: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._now or key in self._before

    def add(self, key: str) -> None:
        """Remember an id."""
        self._now.add(key)
        if len(self._now) >= WITHIN:
            self._before, self._now = self._now, set()

    def discard(self, key: str) -> None:
        """Forget an id."""
        self._now.discard(key)
        self._before.discard(key)


def id_of(record: Record, at: int) -> str:
    """Return the id of a record; "" where it has none, or can't be read."""
    return bare(record.cells[at]) if record.fault is None and at < len(record.cells) else ""


def mark_repeats(records: Iterable[Record], at: int | None) -> Iterator[Record]:
    """
    Yield records, marked where they repeat an id.

    Args:
        records: of a table, in order.
        at: position of the column of ids; None if there is none.
    """
    if at is None:
        yield from records
        return
    seen = _Seen()
    for record in records:
        key = id_of(record, at)
        if key in seen:
            yield record._replace(repeats=True)
            continue
        if key:
            seen.add(key)
        yield record


class Repeats:
    """
    Decides of rows that repeat an id whether they count: only where no row with it was scored before.

    Args:
        tally: of the whole table.
        at: position of the column of ids; None if there is none.
    """

    def __init__(self, tally: Tally, at: int | None) -> None:
        self._tally, self._at = tally, at
        self._rejected = _Seen()

    def rejected(self, record: Record) -> None:
        """Note a row that was not scored: the next one with its id counts."""
        if self._at is not None and not record.repeats and (key := id_of(record, self._at)):
            self._rejected.add(key)

    def settle(self, part: Tally) -> None:
        """Count what the next part of the table has put off."""
        for facts in part.put_off:
            if facts.id in self._rejected:
                self._rejected.discard(facts.id)
                self._tally.count(facts)
            else:
                self._tally.repeats.add_line(facts.line)
