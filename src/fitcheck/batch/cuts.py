"""
Delimited text in pieces that can be scored apart, because no record goes on from one to the next.

A record goes on over `MOST_LINES` at most, and only from a line with quotes that is no whole row by itself. So a piece
may end where none of so many lines before is such a line. Where one is, `fitcheck.batch.blocks` says where the last
record ends.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from fitcheck.batch import blocks
from fitcheck.batch.blocks import QUOTE, Sorter, after_header
from fitcheck.batch.lines import LONGEST, LongLineError, Readable, register
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import MOST_LINES
from fitcheck.problems import DocumentError, Problem

LF = ord("\n")

MANY = 32
"""A file of so many blocks is cut into pieces of two: what is worked out once for each piece counts for more rows."""


class Piece(NamedTuple):
    """
    Some lines of a table.

    Attributes:
        first_line: physical line where they begin.
        lines: how many there are.
        size: of all of them [bytes]; at the end of the table the last line end may be missing.
        ahead: bytes that follow and are no part of the piece: whether a quoted cell ends can rest on them.
        data: all these bytes; None where they are read from the file again, which is quicker than to pass them on.
        handle, offset: of that file, and where in it they begin.
    """

    first_line: int
    lines: int
    size: int
    ahead: int
    data: bytes | None
    handle: int = 0
    offset: int = 0

    def read_into(self, room: memoryview) -> None:
        """
        Put the bytes where they are wanted.

        Raises:
            DocumentError: the file is no longer as long as it was.
        """
        whole = self.size + self.ahead
        if self.data is not None:
            room[:whole] = self.data
            return
        done = 0
        while done < whole:
            count = os.preadv(self.handle, [room[done:whole]], self.offset + done)
            if not count:
                hint = "let nobody write it meanwhile"
                raise DocumentError(Problem("cannot-read", "the table became shorter while it was read", hint=hint))
            done += count


def pieces(table: Delimited, width: int, size: int | None = None) -> Iterator[Piece]:
    """
    Yield all lines after the header.

    Args:
        table: one that `fitcheck.batch.blocks.can_be_read`.
        width: columns.
        size: of a piece, about [bytes]; as suits the file, if None.

    Raises:
        LongLineError: a line has `LONGEST` bytes and more.
    """
    register()
    sorter = Sorter(table, width)
    head = after_header(table.sample.removeprefix(table.dialect.bom), table.body - 1)
    handle, offset = _file_of(table.stream)
    offset -= len(head)
    if size is None:
        is_long = bool(handle) and os.fstat(handle).st_size >= MANY * blocks.BLOCK
        size = blocks.BLOCK * (2 if is_long else 1)
    buffer, have, line, is_last = bytearray(max(size, 2 * len(head))), len(head), table.body, False
    buffer[:have] = head
    while have or not is_last:
        if have == len(buffer):
            buffer += bytes(len(buffer))
        read = _read(table.stream, memoryview(buffer)[have : have + size])
        have, is_last = have + read, not read
        last = buffer.rfind(b"\n", 0, have) + 1
        if have - last >= LONGEST:
            raise LongLineError(line + buffer.count(b"\n", 0, last))
        end, ahead = (have, 0) if is_last else _end(buffer, last, line, sorter)
        if not end:
            continue
        lines = buffer.count(LF, 0, end) + (buffer[end - 1] != LF)
        yield Piece(line, lines, end, ahead, None if handle else bytes(buffer[: end + ahead]), handle, offset)
        line, offset, have = line + lines, offset + end, have - end
        buffer[:have] = buffer[end : end + have]


def _read(stream: Readable, room: memoryview) -> int:
    into = getattr(stream, "readinto", None)
    if not into:
        data = stream.read(len(room))
        room[: len(data)] = data
        return len(data)
    count = into(room)
    if count is None:  # which is not the end
        raise BlockingIOError("there is nothing to read for the time being")
    return int(count)


def _file_of(stream: Readable) -> tuple[int, int]:
    """Handle of a file that can be read again, and where reading goes on; 0 where it can't be."""
    with suppress(OSError, AttributeError, ValueError):
        handle: int = stream.fileno()  # type: ignore[attr-defined]
        if hasattr(os, "preadv") and stat.S_ISREG(os.fstat(handle).st_mode):
            return handle, stream.tell()  # type: ignore[attr-defined]
    return 0, 0


def _end(buffer: bytearray, last: int, line: int, sorter: Sorter) -> tuple[int, int]:
    """Where the last record ends that surely does, and how many bytes up to the last line end say so."""
    at = last
    for _ in range(MOST_LINES + 2):
        at = buffer.rfind(b"\n", 0, max(at - 1, 0)) + 1
        if not at:
            break
    lines = bytes(buffer[at:last]).split(b"\n")
    if all(QUOTE not in one or sorter.is_sound(one) for one in lines):
        return last, 0
    _, rest = sorter.block(bytes(buffer[:last]), line, is_last=False)
    return last - len(rest), len(rest)
