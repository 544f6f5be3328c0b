"""Rows are printed as the writer of single rows writes them."""

import pytest
from hypothesis import given, strategies as st

from fitcheck.batch.writing import CellQuoter

np = pytest.importorskip("numpy")
pytest.importorskip("numba")
printing = pytest.importorskip("fitcheck.batch.compiled.printing")
letters = pytest.importorskip("fitcheck.batch.compiled.letters")

CELLS = st.text('ab,;"\r é', max_size=6)


@given(
    st.lists(st.tuples(CELLS, CELLS, st.integers(0, 10**18), st.booleans()), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_rows_are_printed_as_they_ought_to_be(
    rows: list[tuple[str, str, int, bool]], delimiter: str, end: str, always: bool
) -> None:
    into, out_of = CellQuoter(delimiter), CellQuoter(",")
    text, spans, lines = b"", [], []
    for cell, *_ in rows:
        begin = len(text)
        text += (f'"{cell.replace(chr(34), chr(34) * 2)}"' if always else out_of(cell)).encode()
        spans.append((begin, len(text)))
        lines.append((begin, len(text), 0))
    held = letters.Letters()
    ours = held.numbers([into(told) for _, told, _, _ in rows])
    shares = np.array([share if has else -1 for *_, share, has in rows], dtype=np.int64)
    columns = np.stack([ours, shares, np.array([share for *_, share, _ in rows])])
    kinds = np.array([printing.TEXTS, printing.SHARES, printing.WHOLES], dtype=np.uint8)
    out = np.empty(10_000, dtype=np.uint8)
    source = np.frombuffer(text + b"\0", dtype=np.uint8).copy()
    tail = np.frombuffer(end.encode(), dtype=np.uint8).copy()
    at, which = np.array(lines, dtype=np.int64).T.copy(), np.arange(len(rows))
    for own, kept in ((1, np.array(spans, dtype=np.int32).T.copy()), (printing.WHOLE_LINE, np.empty((0, 0), np.int32))):
        stop = printing.print_rows(
            out, 0, source, which, 0, len(rows), at, kept, columns, kinds, held.letters, held.places,
            ord(delimiter), tail, own,
        )  # fmt: skip
        expected = ""
        for (cell, told, share, has), (begin, after) in zip(rows, spans, strict=True):
            first = into(cell) if own == 1 else text[begin:after].decode()
            last = f"{share // 10**4}.{share % 10**4:04}" if has else ""
            expected += delimiter.join([first, into(told), last, str(share)]) + end
        assert out[:stop].tobytes().decode() == expected


def test_a_row_of_one_blank_cell_is_no_blank_line() -> None:
    held = letters.Letters()
    out, nothing = np.empty(100, dtype=np.uint8), np.zeros(1, dtype=np.uint8)
    numbers = np.array([[letters.BLANK, int(held.numbers(["x"])[0])]], dtype=np.int64)
    stop = printing.print_rows(
        out, 0, nothing, np.arange(2), 0, 2, np.zeros((3, 2), np.int64), np.empty((0, 2), np.int32), numbers,
        np.array([printing.TEXTS], np.uint8), held.letters, held.places, ord(","),
        np.frombuffer(b"\n", np.uint8).copy(), 0,
    )  # fmt: skip
    assert out[:stop].tobytes() == b'""\nx\n'
