"""An amount that is read at a glance is what the reading of single cells says, and all usual spellings are."""

from fractions import Fraction

import pytest
from hypothesis import example, given, settings, strategies as st

from fitcheck.batch.asked import asked_by
from fitcheck.batch.dealreading import DealReader
from fitcheck.batch.matching import match
from fitcheck.decision.rows import RowScorer
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import ColumnMapping

np = pytest.importorskip("numpy")
pytest.importorskip("numba")
money = pytest.importorskip("fitcheck.batch.compiled.money")
NOTHING = pytest.importorskip("fitcheck.batch.arrays").NOTHING

PILOT = load_screen("pilot")
SCORER = RowScorer(PILOT, PILOT.default_stage, None)
FIELDS = match(["Amount", "Currency", "Margin"], asked_by(PILOT)).fields

MAPPINGS = st.sampled_from(
    [None, ColumnMapping("m", 1, "M", "M.", currency="USD", unknown=("999", "$5", "7,50", "1"), zero_is_unknown=True)]
)
MARKS = st.sampled_from([".", ",", None])
WHOLES = st.sampled_from(["0", "7", "12", "999", "0123", "12345678901", "123456789012", "1\N{NBSP}2"])
GROUPS = st.lists(st.sampled_from(["123", "000", "45", "6789"]), max_size=3)
SEPARATORS = st.sampled_from([".", ",", " ", "\N{NBSP}", "\N{NNBSP}", "'", "\N{RIGHT SINGLE QUOTATION MARK}", "_"])
ENDS = st.sampled_from(["", ".", ",", ".5", ",50", ".05", ",505", ".1234", "٣"])
BESIDE = st.sampled_from(
    ["", "", "", "$", "€", "EUR", "US$", "EUR ", " €", "\N{NNBSP}€", " ", "-", "(", ")", "+", "x", "k", "é", "'", "9"]
)


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """Amounts as people write them, and what is nearly one."""
    separator = draw(SEPARATORS)
    number = separator.join([draw(WHOLES), *draw(GROUPS)]) + draw(ENDS)
    return f"{draw(BESIDE)}{number}{draw(BESIDE)}"


cells = st.one_of(amounts(), amounts(), st.text("0123456789.,'\" $€-EUR\N{NBSP}", max_size=12))
others = st.sampled_from(["", "", "", "EUR", "usd", "-", "none"])
margins = st.sampled_from(["", "", "", "-", "100", "999"])
tables = st.lists(st.tuples(cells, others, margins), min_size=1, max_size=12)


def beside(texts: list[str]) -> object:
    """Cells of a column."""
    known = [*dict.fromkeys(texts)]
    return money.Beside(np.array([known.index(text) for text in texts], dtype=np.int32), known)


def said(reader: DealReader, rows: list[tuple[str, str, str]], *, always: bool) -> list[tuple[object, ...]]:
    """What each row says: a value and a currency, or cells."""
    data, places = bytearray(), []
    for cell, _, _ in rows:
        begin = len(data)
        quoted = always or '"' in cell
        data += (f'"{cell.replace(chr(34), chr(34) * 2)}"' if quoted else cell).encode()
        places.append((begin, len(data)))
        data += b",\n"
    begins, ends = np.array(places, dtype=np.int32).T.copy()
    values = money.Values(np.frombuffer(bytes(data) + bytes(8), dtype=np.uint8).copy(), begins, ends)
    found = money.MoneyReader(reader).read(values, beside([b for _, b, _ in rows]), beside([c for _, _, c in rows]))
    left = iter(found.numbers.tolist())
    return [
        found.cells[next(left)] if value == NOTHING else (Fraction(value, 100), found.currencies[named])
        for value, named in zip(found.hundredths.tolist(), found.named.tolist(), strict=True)
    ]


@given(tables, MAPPINGS, MARKS, st.booleans())
@settings(max_examples=1000)
@example(
    [("7,50", "", ""), ("7.50", "", ""), ("$5", "", ""), ("€5", "", "")], ColumnMapping("m", 1, "M", "M."), ",", False
)
def test_what_is_read_at_a_glance_is_what_its_cells_say(
    rows: list[tuple[str, str, str]], mapping: ColumnMapping | None, mark: str | None, always: bool
) -> None:
    reader = DealReader(SCORER, FIELDS, mapping, mark)
    for cells, found in zip(rows, said(reader, rows, always=always), strict=True):
        told = reader.told(cells)
        if found != cells:
            assert (told.value, told.currency, told.margin, told.problems) == (*found, None, ())


@pytest.mark.parametrize(
    ("cell", "mark", "value", "currency"),
    [
        ("12500", None, 12500, None),
        ("12500.5", None, Fraction(25001, 2), None),
        ("12,500.00", ".", 12500, None),
        ("12.500,75", ",", Fraction(50003, 4), None),
        ("1,234,567", ".", 1234567, None),
        ("12\N{NNBSP}500,50\N{NBSP}€", ",", Fraction(25001, 2), "EUR"),
        ("12'500.50", ".", Fraction(25001, 2), None),
        ("12 500", None, 12500, None),
        ("USD 12,500.00", ".", 12500, "USD"),
        ("$22,700.00", ".", 22700, "USD"),
        ("99999999999.99", None, Fraction(9999999999999, 100), None),
    ],
)
def test_usual_amounts_are_read_at_a_glance(cell: str, mark: str | None, value: Fraction, currency: str | None) -> None:
    for always in (False, True):
        assert said(DealReader(SCORER, FIELDS, None, mark), [(cell, "", "")], always=always) == [(value, currency)]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1,234", "", ""), None),
        (("12.505", "", ""), "."),
        (("0,500", "", ""), "."),
        (("1234,567", "", ""), "."),
        (("1,2345", "", ""), "."),
        (("1 234'567", "", ""), "."),
        (("0", "", ""), "."),
        (("-5", "", ""), "."),
        (("(5)", "", ""), "."),
        ((".5", "", ""), "."),
        (("5.", "", ""), "."),
        (("100000000000", "", ""), "."),
        (("5 mio", "", ""), "."),
        (("$5", "EUR", ""), "."),
        (("5", "euros", ""), "."),
        (("5", "", "1"), "."),
        (("", "EUR", ""), "."),
    ],
)
def test_everything_else_is_left_to_the_reading_of_cells(cells: tuple[str, str, str], mark: str | None) -> None:
    assert said(DealReader(SCORER, FIELDS, None, mark), [cells], always=False) == [cells]
