import io

import pytest
from hypothesis import given, strategies as st

from fitcheck.batch.dialect import Dialect, sniff
from fitcheck.batch.lines import lines_of

LF = Dialect("utf-8", b"", ",", "\n")
CR = Dialect("utf-8", b"", ",", "\r")


@given(st.binary(max_size=60), st.integers(0, 60))
def test_every_byte_comes_back_wherever_the_sample_ends(data: bytes, cut: int) -> None:
    text = "".join(lines_of(io.BytesIO(data[cut:]), LF, sample=data[:cut]))
    assert b"".join(bytes([ord(c) - 0xDC00]) if "\udc00" <= c <= "\udcff" else c.encode() for c in text) == data


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
