import io
import re

import pytest
from hypothesis import given, strategies as st

from fitcheck.table.read.dialect import Dialect, sniff
from fitcheck.table.read.lines import LONGEST, LongLineError, lines_of

LF = Dialect("utf-8", b"", ",", "\n")
CR = Dialect("utf-8", b"", ",", "\r")


@given(st.binary(max_size=60), st.integers(0, 60))
def test_every_byte_comes_back_wherever_the_sample_ends(data: bytes, cut: int) -> None:
    text = "".join(lines_of(io.BytesIO(data[cut:]), LF, sample=data[:cut]))
    told = b"".join(bytes([ord(c) - 0xDC00]) if "\udc00" <= c <= "\udcff" else c.encode() for c in text)
    assert told == re.sub(rb"^(?:\xef\xbb\xbf)+", b"", data, flags=re.MULTILINE)  # a mark is no character of a cell


@given(st.text(alphabet="a\r\n\u2028\x85\x0b\x0c\x1c", max_size=30))
def test_only_lf_ends_a_line_unless_the_dialect_says_cr(text: str) -> None:
    lines = list(lines_of(io.BytesIO(text.encode()), LF))
    assert "".join(lines) == text
    assert len(lines) == text.count("\n") + (not text.endswith("\n") and text != "")
    lines = list(lines_of(io.BytesIO(text.encode()), CR))
    assert "".join(lines) == text
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(lines) == ends.count("\n") + (not ends.endswith("\n") and text != "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("cut", range(5))
def test_a_wide_encoding_that_is_cut_ends_in_characters_that_are_no_text(encoding: str, cut: int) -> None:
    data = "a,b\nc,d".encode(encoding)
    *whole, last = lines_of(io.BytesIO(data[: len(data) - cut]), Dialect(encoding, b"", ",", "\n"))
    assert whole == ["a,b\n"]
    wide = len("a".encode(encoding))
    assert last.rstrip("".join(map(chr, range(0xDC00, 0xDD00)))) == "c,d"[: 3 - -(-cut // wide)]


@pytest.mark.parametrize("sampled", [0, 1, 2, 3, 4, 5])
def test_the_mark_is_no_part_of_the_first_cell(sampled: int) -> None:
    data = b"\xef\xbb\xbfid\n"
    sample = data[:sampled] if sampled >= 3 else b""
    assert list(lines_of(io.BytesIO(data[len(sample) :]), sniff(data), sample=sample)) == ["id\n"]


def test_the_stream_stays_open_for_who_opened_it() -> None:
    stream = io.BytesIO(b"a\nb\n")
    lines = lines_of(stream, LF)
    assert next(lines) == "a\n"
    del lines
    assert not stream.closed


class Endless(io.RawIOBase):
    """Zeros without end, counted."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return more of them."""
        assert size > 0
        self.given += size
        return bytes(size)


@pytest.mark.parametrize("dialect", [LF, CR])
def test_a_line_that_does_not_end_is_given_up_in_bounded_memory(dialect: Dialect) -> None:
    stream = Endless()
    lines = lines_of(stream, dialect, sample=b"a\r\nb\r\n")
    assert [next(lines), next(lines)] == ["a\r\n", "b\r\n"]
    with pytest.raises(LongLineError) as given_up:
        next(lines)
    assert given_up.value.line == 3
    assert stream.given < 2 * LONGEST


def test_a_long_line_that_ends_is_read() -> None:
    data = b"x" * (LONGEST - 2) + b"\ny\n"
    assert [len(line) for line in lines_of(io.BytesIO(data), LF)] == [LONGEST - 1, 2]
