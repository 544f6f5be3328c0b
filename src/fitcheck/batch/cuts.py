"""
Delimited text in pieces that can be scored apart, because no record goes on from one to the next.

A record goes on over `MOST_LINES` at most, and only from a line with quotes that is no whole row by itself. So a piece
may end where none of so many lines before is such a line. Where one is, `fitcheck.batch.blocks` says where the last
record ends.
"""

from collections.abc import Iterator
from typing import NamedTuple

from fitcheck.batch.blocks import QUOTE, Sorter, cut
from fitcheck.batch.lines import register
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import MOST_LINES


class Piece(NamedTuple):
    """
    Some lines of a table.

    Attributes:
        first_line: physical line where they begin.
        data: their bytes; at the end of the table the last line end may be missing.
    """

    first_line: int
    data: bytes


def pieces(table: Delimited, width: int) -> Iterator[Piece]:
    """
    Yield all lines after the header.

    Args:
        table: one that `fitcheck.batch.blocks.can_be_read`.
        width: columns.
    """
    register()
    sorter = Sorter(table, width)
    line, rest = table.body, b""
    for some, is_last in cut(table):
        data, rest = rest + some, b""
        if not is_last and not _ends_safely(data, sorter):
            _, rest = sorter.block(data, line, is_last=False)
            data = data.removesuffix(rest)
        if data:
            yield Piece(line, data)
            line += data.count(b"\n")


def _ends_safely(data: bytes, sorter: Sorter) -> bool:
    """Whether no record of these whole lines can go on after them."""
    at = len(data) - 1
    for _ in range(MOST_LINES + 1):
        at = data.rfind(b"\n", 0, at)
        if at < 0:
            break
    lines = data[at + 1 :].split(b"\n")
    return all(QUOTE not in line or sorter.is_sound(line) for line in lines)
