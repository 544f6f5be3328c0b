"""Pieces of a table hold every line once, and no record goes on from one to the next."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from batch.test_blocks import PARTS, WIDTH, told
from hypothesis import example, given, settings, strategies as st

from fitcheck.batch import blocks, cuts, lines
from fitcheck.batch.cuts import Piece, pieces
from fitcheck.batch.dialect import Dialect
from fitcheck.batch.lines import LongLineError, lines_of
from fitcheck.batch.opening import Delimited
from fitcheck.batch.records import records
from fitcheck.problems import DocumentError

pytest.importorskip("numpy")
HEADER = b"x,y,z\n"


@contextmanager
def cut_up(size: int) -> Iterator[None]:
    """Blocks of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", size)
        yield


def table(data: bytes, sample: int, *, bom: bytes = b"") -> Delimited:
    """A stream with a header of three columns, of which so many bytes were taken as a sample."""
    whole = bom + HEADER + data
    taken = max(sample, len(bom + HEADER))
    return Delimited(Dialect("utf-8", bom, ",", "\n"), whole[:taken], io.BytesIO(whole[taken:]), 2)


def bytes_of(piece: Piece, *, ahead: bool = False) -> bytes:
    room = bytearray(piece.size + piece.ahead)
    piece.read_into(memoryview(room))
    return bytes(room[: None if ahead else piece.size])


@given(st.lists(PARTS, max_size=40).map(b"".join), st.sampled_from([1, 9, 1000]), st.sampled_from([1, 5, 60, 1000]))
@settings(max_examples=800)
@example(b'1,"open\n2,b,c\n3,d,e\n', 1000, 5)
@example(b'1,"two\nlines",c\n', 7, 1)
@example(b'1,b,c\n"' + b"x\n" * 120 + b'",y,z\n', 1, 60)
@example(b'1,b,c\n1,"x\n' + b"\n" * 98 + b'",y\n' + b"1,b,c\n" * 20, 1000, 140)
def test_records_of_all_pieces_are_those_of_the_table(data: bytes, sample: int, size: int) -> None:
    with cut_up(size):
        found = list(pieces(table(data, sample), WIDTH))
    assert b"".join(map(bytes_of, found)) == data
    line = 2
    for piece in found:
        assert piece.first_line == line
        line += piece.lines
    apart = []
    for piece in found:
        dialect = table(data, sample).dialect
        text = lines_of(io.BytesIO(bytes_of(piece, ahead=True)), dialect)
        read = records(text, ",", first_line=piece.first_line, width=WIDTH)
        apart += [told(one) for one in read if one.line < piece.first_line + piece.lines]
    whole = lines_of(io.BytesIO(data), table(data, sample).dialect)
    assert apart == [told(one) for one in records(whole, ",", first_line=2, width=WIDTH)]


@given(st.lists(PARTS, max_size=40).map(b"".join), st.sampled_from([7, 1000]), st.booleans())
def test_a_file_is_read_again_where_a_stream_is_passed_on(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, sample: int, has_mark: bool
) -> None:
    bom = b"\xef\xbb\xbf" if has_mark else b""
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(bom + HEADER + data)
    with cut_up(30), path.open("rb") as file:
        taken = file.read(max(sample, len(bom + HEADER)))
        of_file = list(pieces(Delimited(Dialect("utf-8", bom, ",", "\n"), taken, file, 2), WIDTH))
        assert all(piece.data is None for piece in of_file)
        read = [(*piece[:4], bytes_of(piece, ahead=True)) for piece in of_file]
    with cut_up(30):
        of_stream = list(pieces(table(data, sample, bom=bom), WIDTH))
    assert all(piece.data is not None for piece in of_stream)
    assert read == [(*piece[:4], bytes_of(piece, ahead=True)) for piece in of_stream]


def test_a_file_that_became_shorter_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(HEADER + b"1,2,3\n" * 10)
    with path.open("rb") as file:
        [piece] = pieces(Delimited(Dialect("utf-8", b"", ",", "\n"), file.read(6), file, 2), WIDTH)
        path.write_bytes(HEADER)
        with pytest.raises(DocumentError, match="became shorter"):
            bytes_of(piece)


@pytest.mark.parametrize("before", [b"", b"1,b,c\n2,d,e\n", b'1,"b,c\n', b'"a\n' * 7])
def test_a_line_without_end_fills_no_memory(monkeypatch: pytest.MonkeyPatch, before: bytes) -> None:
    monkeypatch.setattr(cuts, "LONGEST", 1000)
    monkeypatch.setattr(lines, "LONGEST", 1000)
    with cut_up(64), pytest.raises(LongLineError) as told_of:
        list(pieces(table(before + b"x" * 5000, 6), WIDTH))
    assert told_of.value.line == 2 + before.count(b"\n")


@pytest.mark.parametrize("after", [b"", b"\n1,b,c\n"])
def test_a_line_that_is_too_long_in_an_open_cell_is_seen(monkeypatch: pytest.MonkeyPatch, after: bytes) -> None:
    monkeypatch.setattr(cuts, "LONGEST", 1000)
    with cut_up(64), pytest.raises(LongLineError) as told_of:
        list(pieces(table(b'1,b,c\n"open\n' + b"x" * 3000 + after, 6), WIDTH))
    assert told_of.value.line == 4


def test_a_stream_that_has_nothing_for_the_time_being_is_not_at_its_end() -> None:
    class Slow(io.BytesIO):
        def readinto(self, _: object, /) -> None:  # type: ignore[override]  # what does not wait says None
            return None

    with pytest.raises(BlockingIOError):
        list(pieces(Delimited(Dialect("utf-8", b"", ",", "\n"), HEADER, Slow(), 2), WIDTH))
