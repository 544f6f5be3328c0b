from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.amounts import AmountError, Marks, figure, is_nothing, proofs, read_amount


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("30000", "30000", None),
        (" 30000 ", "30000", None),
        ("0", "0", None),
        ("-0", "0", None),
        ("+5", "5", None),
        ("1 234,56", "1234.56", None),
        ("1.234,56", "1234.56", None),
        ("1,234.56", "1234.56", None),
        ("1'234.50", "1234.5", None),
        ("1’234’567", "1234567", None),
        ("1\u00a0234\u00a0567,8", "1234567.8", None),
        ("1\u202f234 €", "1234", "EUR"),
        ("1.234.567", "1234567", None),
        ("1,00,000", "100000", None),
        ("12,34,567.50", "1234567.5", None),
        ("$22,700.00", "22700", "USD"),
        ("22.700,00 €", "22700", "EUR"),
        ("EUR 1200", "1200", "EUR"),
        ("1200 CHF", "1200", "CHF"),
        ("£12.5", "12.5", "GBP"),
        ("¥100000", "100000", "JPY"),
        ("US$ 5.25", "5.25", "USD"),
        ("USD $5.25", "5.25", "USD"),
        ("C$7", "7", "CAD"),
        ("1.200,-", "1200", None),
        ("1234,567", "1234.567", None),
        ("0,500", "0.5", None),
        (".5", "0.5", None),
        ("25.000", "25000", None),
        ("€48,000", "48000", "EUR"),
        ("EUR 12,000", "12000", "EUR"),
        ("12k", "12000", None),
        ("$1.5m", "1500000", "USD"),
        ("1.2M", "1200000", None),
        ("1,2345k", "1234.5", None),
        ("1,5 Mio. €", "1500000", "EUR"),
        ("TEUR 40", "40000", "EUR"),
        ("5 lakh", "500000", None),
        ("₹12,34,567.00", "1234567", "INR"),
        ("Rs.500", "500", None),
        ("R$ 1.234,56", "1234.56", "BRL"),
        ("12 345,67 zł", "12345.67", "PLN"),
        ("kr 12 000,50", "12000.5", None),
        ("CA$25,000.00", "25000", "CAD"),
        ("AU$25,000.00", "25000", "AUD"),
        ("CAD $25,000.00", "25000", "CAD"),
        (" $ 25,000.00 ", "25000", "USD"),
        ("500 000 Ft", "500000", "HUF"),
        ("CHF 1'200.–", "1200", "CHF"),
        ("1e+05", "100000", None),
        ("1.25E7", "12500000", None),
        ("\ufeff25000", "25000", None),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_needs_no_mark(cell: str, value: str, currency: str | None) -> None:
    assert (read_amount(cell).value, read_amount(cell).currency) == (Fraction(value), currency)


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [("1.234", ".", "1.234"), ("1.234", ",", "1234"), ("1,234", ",", "1.234"), ("1,234", ".", "1234")],
)
def test_the_mark_decides_where_two_readings_are_possible(cell: str, mark: str, value: str) -> None:
    assert read_amount(cell, mark).value == Fraction(value)


@pytest.mark.parametrize(
    ("cell", "mark", "code", "hint"),
    [
        ("1,5", ".", "other-decimal-mark", 'write 1.5, if "," is right'),
        ("1.234.567", ".", "other-decimal-mark", 'write 1234567, if "," is right'),
        ("1,234.50", ",", "other-decimal-mark", 'write 1234.5, if "." is right'),
        ("1.234k", None, "ambiguous-number", "--decimal , reads 1234000, --decimal . reads 1234"),
        ("7.10E+10", None, "scientific-amount", "write it in full, e.g. 25000"),
        ("1.23457e+08", None, "scientific-amount", "write it in full, e.g. 25000"),
        ("$(1,200.00)", None, "negative-amount", None),
        ("($1,200.00)", None, "negative-amount", None),
        ("1,200.00-", None, "negative-amount", None),
        ("(1,200)", ".", "negative-amount", None),
        ("-5", None, "negative-amount", None),
        ("$-5.00", None, "negative-amount", None),
        ("−7", None, "negative-amount", None),
        *(
            (cell, None, "no-amount", "enter e.g. 25000")
            for cell in (
                *(
                    "See Note",
                    "",
                    "-",
                    "$",
                    "EUR",
                    "nan",
                    "inf",
                    "1,2,3",
                    "1.2.3",
                    "1 23",
                    "12 5",
                    "1-5",
                    "12 t",
                    "--5",
                ),
                *("5%", "EUR 5 USD", "NN$5", "1/2", "0x10", "1_000", "01-May", "2026-05-01", "1,,5", "(5", "1.200,---"),
            )
        ),
    ],
)
def test_what_is_no_plain_amount_is_a_fault_with_a_way_out(
    cell: str, mark: str | None, code: str, hint: str | None
) -> None:
    with pytest.raises(AmountError) as wrong:
        read_amount(cell, mark)
    assert (wrong.value.code, wrong.value.hint) == (code, hint)


def test_of_less_than_nothing_it_is_said_plainly() -> None:
    with pytest.raises(AmountError, match=r"\"-\$500\.00\": a deal cannot be worth less than 0"):
        read_amount("-$500.00", None)


@given(
    st.integers(0, 10**12),
    st.integers(0, 99),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ","), ("\u202f", ",")]),
)
def test_every_way_of_grouping_gives_the_same_value(whole: int, cents: int, style: tuple[str, str]) -> None:
    thousands, mark = style
    written = f"{whole:,}".replace(",", thousands) + f"{mark}{cents:02}"
    expected = Fraction(whole * 100 + cents, 100)
    assert read_amount(written).value == read_amount(written, mark).value == expected
    assert proofs([(2, written)]) == {mark: (2, written)}


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("75.000", "", 75_000),
        ("75,000", "", 75_000),
        ("75,000", ".", 75_000),
        ("75.000", ".", None),  # as thousandths nobody means it, and as thousands the column denies it
        ("75.000", ",", 75_000),
        ("75,000", ".,", None),
        ("75,000.5", ".", Fraction("75000.5")),
        ("75.5", ".", Fraction("75.5")),
    ],
)
def test_three_digits_are_thousands_unless_the_column_contradicts(
    cell: str, column: str, value: Fraction | None
) -> None:
    if value is not None:
        assert read_amount(cell, Marks(None, column)).value == value
        return
    with pytest.raises(AmountError) as wrong:
        read_amount(cell, Marks(None, column))
    assert wrong.value.code == "ambiguous-number"
    assert wrong.value.message.endswith("is ambiguous: 75000 or 75.000?")


@pytest.mark.parametrize("marks", [Marks(), Marks(","), Marks("."), Marks(None, ","), Marks(None, ".,")])
@pytest.mark.parametrize(("digits", "value"), [("234.567", "234.567"), ("1e5", "100000"), ("25000.0", "25000")])
def test_a_number_is_that_number_whatever_its_column_says(digits: str, value: str, marks: Marks) -> None:
    assert read_amount(figure(digits), marks).value == Fraction(value)
    assert proofs([(1, figure(digits))]) == {}


@pytest.mark.parametrize(
    ("cell", "nothing"), [("-", True), (" $ -   ", True), ("€ -", True), ("- EUR", True), ("$", False), ("-5", False)]
)
def test_a_dash_with_a_currency_is_nothing(cell: str, *, nothing: bool) -> None:
    assert is_nothing(cell) is nothing


@given(st.text(alphabet="0123456789., €$-'kmM()R", max_size=12), st.sampled_from([None, ".", ","]))
def test_a_cell_is_an_exact_amount_or_a_fault_and_never_another_error(cell: str, mark: str | None) -> None:
    try:
        amount = read_amount(cell, mark)
    except AmountError:
        return
    digits = "".join(filter(str.isdigit, cell))
    assert amount.value >= 0
    assert str(amount.value.numerator * 10**20 // amount.value.denominator).strip("0") == digits.strip("0")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([], {}),
        (["", "See Note", "x" * 1000], {}),
        (["1.234", "30000"], {}),
        (["1.234", " 7,5 "], {",": (1, "7,5")}),
        (["1,234", "1,234,567"], {".": (1, "1,234,567")}),
        (["$1,234", "0.123"], {".": (1, "0.123")}),
        (["1,5", "1.5", "2,5"], {",": (0, "1,5"), ".": (1, "1.5")}),
        (["1.200,-"], {",": (0, "1.200,-")}),
    ],
)
def test_the_first_cell_that_proves_each_mark_is_found(cells: list[str], found: dict[str, tuple[int, str]]) -> None:
    assert proofs(enumerate(cells)) == found
