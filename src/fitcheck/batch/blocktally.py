"""Counts of a part of a table, which can be added to those of the whole, wherever the part was read."""

from dataclasses import dataclass, field
from fractions import Fraction

from fitcheck.batch.tally import LINES_NAMED, Faults, Group, Lines, Tally
from fitcheck.decision.case import Closing
from fitcheck.decision.tablecost import DealSide


@dataclass(slots=True)
class BlockTally(Tally):
    """
    A tally of some rows of a table.

    Attributes:
        best: by line what the prospects in `top` are ranked by.
    """

    best: dict[int, tuple[tuple[str, str, str], Closing, DealSide]] = field(default_factory=dict)

    def rank(self, rate: Fraction, line: int, label: tuple[str, str, str], closing: Closing, deal: DealSide) -> None:
        """Take a prospect in among the best, and keep what it is ranked by."""
        Tally.rank(self, rate, line, label, closing, deal)
        self.best[line] = label, closing, deal
        lines = {top.line for top in self.top}
        self.best = {line: kept for line, kept in self.best.items() if line in lines}


def add_up(total: Tally, block: BlockTally, before: int) -> None:
    """
    Add the counts of a block.

    Args:
        total: the whole; blocks are added in the order of the table.
        block: its lines are numbered from its own beginning.
        before: how many lines of its file stand before it.
    """
    total.read += block.read
    total.scored += block.scored
    total.rejected += block.rejected
    total.blank += block.blank
    for kind, group in block.groups.items():
        total.groups.setdefault(kind, Group()).join(group)
    total.too_little += block.too_little
    for currency, times in block.unpriced.items():
        total.unpriced[currency] = total.unpriced.get(currency, 0) + times
    for question, times in block.missing.items():
        total.miss(question, times)
    for name, lines in block.left.items():
        _add_lines(total.left.setdefault(name, Lines()), lines, before)
    for whole, faults in ((total.faults, block.faults), (total.unread, block.unread)):
        for key, found in faults.items():
            _add_lines(whole.setdefault(key, Faults(message=found.message, hint=found.hint)), found, before)
    for line, (label, closing, deal) in sorted(block.best.items()):
        rate = total.wants(before + line, closing, deal)
        if rate is not None:
            total.rank(rate, before + line, label, closing, deal)


def _add_lines(mine: Lines, more: Lines, before: int) -> None:
    mine.count += more.count
    mine.first += [before + line for line in more.first][: LINES_NAMED - len(mine.first)]
