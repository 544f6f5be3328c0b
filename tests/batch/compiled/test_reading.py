"""Lines of a piece: every word is found again as it stands there, and what is not sound is what the splitter says."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st

from fitcheck.batch.arrays import NOTHING
from fitcheck.batch.asked import asked_by
from fitcheck.batch.cuts import Piece
from fitcheck.batch.dealreading import DealReader
from fitcheck.batch.matching import match
from fitcheck.batch.records import records
from fitcheck.decision.rows import RowScorer
from fitcheck.documents.screens import load_screen

np = pytest.importorskip("numpy")
pytest.importorskip("numba")
words, scanning = (pytest.importorskip(f"fitcheck.batch.compiled.{name}") for name in ("words", "scanning"))
reading = pytest.importorskip("fitcheck.batch.compiled.reading")

PILOT = load_screen("pilot")
FIELDS = match(["Amount", "Currency", "Margin"], asked_by(PILOT)).fields

CELLS = st.one_of(
    st.text('ab,;"\r\n\x00 é\U0001f600', max_size=9),
    st.sampled_from(["", "a" * 7, "a" * 8, "a" * 9, "b" * 8, "a" * 64, "x" * 200, '"', '""', "\r"]),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=12)


class Rows:
    """Stands in for what puts rows together: it only notes what it is given."""

    money: Sequence[int | None] = (0, 1, None)
    stage = None
    deals = DealReader(RowScorer(PILOT, PILOT.default_stage, None), FIELDS, None, ".")

    def columns(self) -> list[object]:
        """What is looked up."""
        return [Column(1), Column(2)]

    def read(self, height: int, look_up: Callable[[object], object], money: Callable[[], object]) -> object:
        """What was found."""
        return height, [look_up(column) for column in self.columns()], money()


class Column:
    """A column whose texts stand for some number."""

    def __init__(self, position: int) -> None:
        self.position = position

    def of(self, text: str) -> int:
        """What a text stands for."""
        return hash(text) % 1000 + 1000 * self.position


def quoted(cell: str, *, always: bool) -> str:
    """A cell as RFC 4180 has it."""
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if always or any(c in cell for c in ',"\r\n') else cell


def told(sound: Any, position: int, rows: Any) -> list[str]:
    """What stands in rows of a column."""
    numbers, texts = sound.texts(position, rows)
    assert len({*texts}) == len(texts)
    return [texts[number] for number in numbers.tolist()]


def read(data: bytes, first_line: int = 2) -> tuple[dict[int, list[str]], list[object]]:
    """Cells of the sound lines by line, and the other records."""
    reader = reading.LineReader(Rows(), ",", 3, [0, 2])
    sound, others = reader.read(Piece(first_line, data.count(b"\n") + (not data.endswith(b"\n")), len(data), 0, data))
    if sound is None:
        return {}, others
    rows = np.arange(len(sound.lines))
    height, looked_up, said = sound.answered
    assert height == len(rows)
    assert (said.hundredths == NOTHING).all()  # none of the cells is an amount
    deals = [said.cells[number] for number in said.numbers.tolist()]
    columns = [[value for value, _, _ in deals], *(told(sound, position, rows) for position in (1, 2))]
    assert [(currency, margin) for _, currency, margin in deals] == [(text, "") for text in columns[1]]
    for position, values in zip((1, 2), looked_up, strict=True):
        assert values.tolist() == [Column(position).of(text) for text in columns[position]]
    raw = dict(zip(sound.lines.tolist(), sound.raw(rows), strict=True))
    for line, text in raw.items():
        [record] = records([text + "\n"], ",", first_line=line, width=3)
        assert (record.fault, record.raw) == (None, text)
    return dict(zip(sound.lines.tolist(), map(list, zip(*columns, strict=True)), strict=True)), others


@given(TABLES, st.booleans(), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=500)
@example([["a", "b", "c"]], True, "\r\n", True)
@example([["", "", "\r"]], False, "\r\n", False)
def test_every_line_is_what_the_splitter_says(rows: list[list[str]], always: bool, end: str, is_broken: bool) -> None:
    cells = [",".join(quoted(cell, always=always) for cell in row) for row in rows]
    if is_broken:  # quotes where they do not belong
        cells = [line.replace('a"', '"a', 1) for line in cells]
    data = "".join(line + end for line in cells).encode()
    found, others = read(data)
    lines = [line + "\n" for line in data.decode().split("\n")[:-1]]
    for record in records(lines, ",", first_line=2, width=3):
        if record.line in found:
            assert (record.cells, record.fault) == (found[record.line], None)
        else:
            assert record in others
    assert len(found) + len(others) == len(list(records(lines, ",", first_line=2, width=3)))


@given(st.lists(st.binary(max_size=6), min_size=1, max_size=10))
def test_lines_that_are_no_text_are_left_to_the_splitter(cells: list[bytes]) -> None:
    kept = [cell for cell in cells if not set(cell) & set(b',"\n\r\0')]
    data = b"".join(b"v," + cell + b",z\n" for cell in kept)
    if not data:
        return
    found, others = read(data)
    for k, cell in enumerate(kept):
        text = cell.decode(errors="replace")
        assert found.get(k + 2) == (["v", text, "z"] if text.encode() == cell else None)
    assert len(found) + len(others) == len(kept)


@pytest.mark.parametrize("width", [1, 7, 8, 9, 15, 16, 17])
def test_words_that_differ_in_one_letter_are_two(width: int) -> None:
    texts = ["x" * width, *("x" * k + "y" + "x" * (width - k - 1) for k in range(width)), "x" * (width + 1)]
    found, _ = read("".join(f"{text},{text},z\n" for text in texts).encode())
    assert [cells[1] for cells in found.values()] == texts


@pytest.mark.parametrize("most", [0, 10, 1 << 18])
def test_words_are_taken_in_without_end_and_forgotten_between_pieces(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(words, "FEW", 8)
    monkeypatch.setattr(words, "MOST_WORDS", most)
    reader = reading.LineReader(Rows(), ",", 3, [])
    for turn in range(3):
        texts = [f"{turn} and {k % 700} " + "long " * (k % 50) for k in range(1000)]
        data = "".join(f"1,{text},{text}\n" for text in texts).encode()
        sound, others = reader.read(Piece(2, 1000, len(data), 0, data))
        assert others == []
        assert told(sound, 1, np.arange(1000)) == told(sound, 2, np.arange(1000)) == texts


def test_the_letters_decide_and_not_the_hash() -> None:
    reader = reading.LineReader(Rows(), ",", 3, [])
    data = b"1,north,z\n1,south,z\n1,north,z\n"
    sound, _ = reader.read(Piece(2, 3, len(data), 0, data))
    at = sound.watched[1]
    first = sound.words[at].tolist()
    assert first[0] == first[2] != first[1]
    # as if another word of the same hash and length had come before
    reader._words._letters[reader._words._places[first[0]]] ^= np.uint64(1)
    again, _ = reader.read(Piece(2, 3, len(data), 0, data))
    second = again.words[at].tolist()
    assert second[0] == second[2] not in first
    assert second[1] == first[1]
