"""
Delimited text in blocks: the lines that are surely sound together, every other record by itself.

A line is sound if it has as many delimiters as the header, no quote, no NUL, no CR but at its end, does not begin like
a marked file, and is UTF-8; all other lines go to the strict splitter (`fitcheck.batch.records`). What comes out is
what the splitter alone would say of every line, found at a fraction of its time, because deleting all bytes but
delimiters, quotes and line ends shows the shape of a whole block at once.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from fitcheck.batch.lines import UNDECODABLE, Bounded, register
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import MOST_CHARACTERS, MOST_LINES, Record, fault_of_text, records, split_line

BLOCK = 1 << 23
"""Bytes that are looked at at once."""

QUOTE = b'"'

MARK = BOM_UTF8
"""Marks UTF-8 where a file begins; in the middle it is text, as where files were put together, and polars drops it."""

WIDEST = MOST_CHARACTERS * 4
"""A record goes on over at most so many bytes: characters of UTF-8 have up to four."""


class Block(NamedTuple):
    """
    Some lines of a table.

    Attributes:
        first_line: physical line where it begins.
        lines: how many physical lines there are.
        sound: the lines that hold one row each, with their line ends, in order.
        numbers: for each stretch of sound lines its first physical line and how many there are.
        others: every other record, in order.
    """

    first_line: int
    lines: int
    sound: bytes
    numbers: list[tuple[int, int]]
    others: list[Record]


def can_be_read(table: Delimited, width: int) -> bool:
    """Whether a table can be read in blocks: its bytes are those of UTF-8, and a line end is an LF."""
    dialect = table.dialect
    return dialect.encoding == "utf-8" and dialect.line_end != "\r" and width > 1 and dialect.delimiter.isascii()


def blocks(table: Delimited, width: int) -> Iterator[Block]:
    """
    Yield all lines after the header.

    Args:
        table: one that `can_be_read`.
        width: columns.

    Raises:
        LongLineError: see `Bounded`.
    """
    register()
    table = replace(table, stream=Bounded(table.stream, table.sample))
    reader = Sorter(table, width)
    line, rest = table.body, b""
    for data, is_last in cut(table):
        rest += data
        if rest:
            block, rest = reader.block(rest, line, is_last=is_last)
            if block.lines:
                yield block
            line += block.lines


def cut(table: Delimited) -> Iterator[tuple[bytes, bool]]:
    """Pieces that end at a line end, the last one perhaps without; then whether it is the last."""
    head = after_header(table.sample.removeprefix(table.dialect.bom), table.body - 1)
    kept = head
    while True:
        data = table.stream.read(BLOCK)
        if not data:
            yield kept, True
            return
        kept += data
        end = kept.rfind(b"\n") + 1
        if end:
            yield kept[:end], False
            kept = kept[end:]


def after_header(sample: bytes, lines: int) -> bytes:
    """Return what follows so many lines."""
    at = 0
    for _ in range(lines):
        at = sample.find(b"\n", at) + 1
        if not at:
            return b""
    return sample[at:]


class Sorter:
    """
    Sorts out the lines of a table.

    Args:
        table: one that `can_be_read`.
        width: columns.
    """

    def __init__(self, table: Delimited, width: int) -> None:
        self.delimiter, self.width = table.dialect.delimiter, width
        mark = self.delimiter.encode()
        shape = mark + b'\n"\0'
        self._delete = bytes(byte for byte in range(256) if byte not in shape)
        self._good = mark * (width - 1)

    def block(self, data: bytes, first_line: int, *, is_last: bool) -> tuple[Block, bytes]:
        """Sort out the lines of some bytes; return what may go on in the next ones too."""
        shape = data.translate(None, self._delete)
        count = shape.count(b"\n")
        whole = data.endswith(b"\n")
        has_breaks = data.count(b"\r") > data.count(b"\r\n")
        is_marked = MARK in data
        if whole and shape == (self._good + b"\n") * count and not has_breaks and not is_marked and is_text(data):
            return Block(first_line, count, data, [(first_line, count)], []), b""
        lines = data.split(b"\n")
        shapes = shape.split(b"\n")
        if whole:
            lines.pop()
            shapes.pop()
        odd = [i for i, found in enumerate(shapes) if found != self._good]
        if has_breaks:
            odd = sorted({*odd, *(i for i, line in enumerate(lines) if _has_break(line))})
        if is_marked:
            odd = sorted({*odd, *(i for i, line in enumerate(lines) if line.startswith(MARK))})
        if not is_text(data):
            odd = sorted({*odd, *(i for i, line in enumerate(lines) if not is_text(line))})
        return self._sort_out(lines, odd, first_line, whole=whole, is_last=is_last)

    def _sort_out(
        self, lines: list[bytes], odd: list[int], first_line: int, *, whole: bool, is_last: bool
    ) -> tuple[Block, bytes]:
        sound: list[bytes] = []
        numbers: list[tuple[int, int]] = []
        others: list[Record] = []
        done = 0

        def take(until: int) -> None:
            if until > done:
                sound.extend(lines[done:until])
                numbers.append((first_line + done, until - done))

        for i in odd:
            if i < done or (QUOTE in lines[i] and self.is_sound(lines[i])):
                continue
            record = self._record(lines, i, first_line + i, whole=whole)
            if not is_last and self._may_go_on(lines, i, record):
                take(i)
                rest = b"\n".join(lines[i:]) + (b"\n" if whole else b"")
                return Block(first_line, i, _joined(sound), numbers, others), rest
            take(i)
            others.append(record)
            done = i + record.span
        take(len(lines))
        return Block(first_line, len(lines), _joined(sound), numbers, others), b""

    def _record(self, lines: list[bytes], at: int, number: int, *, whole: bool) -> Record:
        last = len(lines) - 1
        text = (
            line.decode("utf-8", UNDECODABLE) + ("\n" if whole or i < last else "")
            for i, line in enumerate(islice(lines, at, at + MOST_LINES + 2), at)
        )
        return next(records(text, self.delimiter, first_line=number, width=self.width))

    def is_sound(self, line: bytes) -> bool:
        """Whether a line with quotes is a whole row, so that the splitter would say no more of it."""
        text = line.decode("utf-8", UNDECODABLE).removesuffix("\r")
        cells = split_line(text, self.delimiter)
        is_row = isinstance(cells, list) and len(cells) == self.width and fault_of_text(text) is None
        return is_row and not _has_break(line) and not line.startswith(MARK)

    def _may_go_on(self, lines: list[bytes], at: int, record: Record) -> bool:
        """Whether the lines after these could still be part of the record."""
        if record.fault is None or QUOTE not in lines[at] or len(lines) - at > MOST_LINES + 1:
            return False
        return sum(map(len, islice(lines, at, None))) <= WIDEST


def _has_break(line: bytes) -> bool:
    """Whether a CR stands in a line, and not at its end: polars takes it from the end of a cell."""
    return b"\r" in line.removesuffix(b"\r")


def _joined(lines: list[bytes]) -> bytes:
    return b"\n".join(lines) + b"\n" if lines else b""


def is_text(data: bytes) -> bool:
    """Whether bytes are UTF-8."""
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
