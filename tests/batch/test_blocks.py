"""Blocks say of every line what the strict splitter alone would say, however the bytes are cut up."""

import io
import re

import pytest
from hypothesis import example, given, settings, strategies as st

from fitcheck.batch import blocks as module
from fitcheck.batch.blocks import Block, blocks, can_be_read
from fitcheck.batch.dialect import Dialect
from fitcheck.batch.lines import lines_of
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import Record, records

WIDTH = 3
PARTS = st.sampled_from(
    [
        b"a",
        b"b,c",
        b",",
        b",,",
        b'"',
        b'""',
        b'"x,y"',
        b'"p\nq"',
        b"\n",
        b"\n\n",
        b"\r\n",
        b"\xff",
        b"\xc3\xa4",
        b"\xef\xbb\xbf",
        b"\0",
        b"d,e,f\n",
    ]
)


def table(data: bytes, sample: int, *, body: int = 2) -> Delimited:
    """A table with a header of three columns, of which so many bytes were taken as a sample."""
    whole = b"x,y,z\n" + data
    cut = max(sample, 6)
    return Delimited(Dialect("utf-8", b"", ",", "\n"), whole[:cut], io.BytesIO(whole[cut:]), body)


def of_block(block: Block) -> list[Record]:
    """Every record of a block, in order, the sound ones split like the splitter would."""
    lines = block.sound.decode().split("\n")[:-1] if block.sound else []
    numbers = [number for first, count in block.numbers for number in range(first, first + count)]
    assert len(lines) == len(numbers)
    sound = [
        next(records([line + "\n"], ",", first_line=number, width=WIDTH))
        for line, number in zip(lines, numbers, strict=True)
    ]
    return sorted([*sound, *block.others], key=lambda record: record.line)


def told(record: Record) -> tuple[int, list[str], str, str | None, int]:
    """What counts of a record."""
    return record.line, record.cells, record.raw, record.fault and record.fault.code, record.span


@given(st.lists(PARTS, max_size=40).map(b"".join), st.sampled_from([7, 1000]), st.sampled_from([1, 5, 1000]))
@settings(max_examples=1500)
@example(b'1,"open\n2,b,c\n3,d,e\n', 1000, 5)
@example(b'1,"two\nlines",c\n', 7, 1)
@example(b"1,b,c", 1000, 1000)
def test_blocks_say_of_every_line_what_the_splitter_says(data: bytes, sample: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", size)
        found = [record for block in blocks(table(data, sample), WIDTH) for record in of_block(block)]
    again = table(data, sample)
    lines = list(lines_of(again.stream, again.dialect, sample=again.sample))[1:]
    expected = list(records(lines, ",", first_line=2, width=WIDTH))
    assert [told(record) for record in found] == [told(record) for record in expected]


@given(st.lists(PARTS, max_size=40).map(b"".join), st.sampled_from([1, 5, 1000]))
def test_every_line_is_in_exactly_one_block(data: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", size)
        found = list(blocks(table(data, 1000), WIDTH))
    line = 2
    for block in found:
        assert block.first_line == line
        line += block.lines
    assert line - 2 == len(re.findall(rb"\n", data)) + (not data.endswith(b"\n") and bool(data))


def test_sound_lines_are_not_split_at_all() -> None:
    data = b"1,b,c\n2,d,e\n"
    [block] = blocks(table(data, 1000), WIDTH)
    assert (block.sound, block.numbers, block.others) == (data, [(2, 2)], [])


@pytest.mark.parametrize(
    ("dialect", "width", "readable"),
    [
        (Dialect("utf-8", b"", ";", "\r\n"), 2, True),
        (Dialect("utf-8", b"\xef\xbb\xbf", ",", "\n"), 2, True),
        (Dialect("cp1252", b"", ",", "\n"), 2, False),
        (Dialect("utf-8", b"", ",", "\r"), 2, False),
        (Dialect("utf-8", b"", "§", "\n"), 2, False),
        (Dialect("utf-8", b"", ",", "\n"), 1, False),
    ],
)
def test_which_tables_can_be_read_in_blocks(dialect: Dialect, width: int, *, readable: bool) -> None:
    assert can_be_read(Delimited(dialect, b"", io.BytesIO(), 2), width) == readable
