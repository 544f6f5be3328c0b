"""Counts of a part of a table, which can be added to those of the whole, wherever the part was read."""

from fitcheck.batch.tally import LINES_NAMED, Faults, Group, Lines, Tally


def add_up(total: Tally, block: Tally, before: int = 0) -> None:
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
    for stage, times in block.closed.items():
        total.close(stage, times)
    for currency, times in block.unpriced.items():
        total.unpriced[currency] = total.unpriced.get(currency, 0) + times
    for question, times in block.missing.items():
        total.miss(question, times)
    for name, lines in block.left.items():
        _add_lines(total.left.setdefault(name, Lines()), lines, before)
    for whole, faults in ((total.faults, block.faults), (total.unread, block.unread)):
        for key, found in faults.items():
            _add_lines(whole.setdefault(key, Faults(message=found.message, hint=found.hint)), found, before)
    for top in block.top:
        total.take(top._replace(line=before + top.line))


def _add_lines(mine: Lines, more: Lines, before: int) -> None:
    mine.count += more.count
    mine.first += [before + line for line in more.first][: LINES_NAMED - len(mine.first)]
