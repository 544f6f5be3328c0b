from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.amounts import AmountError, proofs, read_amount


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
    ],
)
def test_an_amount_that_can_be_read_in_one_way_needs_no_mark(cell: str, value: str, currency: str | None) -> None:
    assert read_amount(cell, None) == (Fraction(value), currency)


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [("1.234", ".", "1.234"), ("1.234", ",", "1234"), ("1,234", ",", "1.234"), ("1,234", ".", "1234")],
)
def test_the_mark_decides_where_two_readings_are_possible(cell: str, mark: str, value: str) -> None:
    assert read_amount(cell, mark).value == Fraction(value)


@pytest.mark.parametrize(
    ("cell", "mark", "code", "hint"),
    [
        ("1.234", None, "ambiguous-number", "--decimal , reads 1234, --decimal . reads 1.234"),
        ("€1,234", None, "ambiguous-number", "--decimal . reads 1234, --decimal , reads 1,234"),
        ("1,5", ".", "other-decimal-mark", 'write 1.5 if "," is the decimal mark'),
        ("1.234.567", ".", "other-decimal-mark", 'write 1234567 if "," is the decimal mark'),
        ("1,234.50", ",", "other-decimal-mark", 'write 1234.5 if "." is the decimal mark'),
        ("12k", None, "short-amount", "write 12000"),
        ("$1.5m", None, "short-amount", "write 1500000"),
        ("1,2345k", None, "short-amount", "write 1234.5"),
        ("2.5e4", None, "scientific-amount", "write the full amount, e.g. 25000"),
        ("(1,200)", ".", "negative-amount", None),
        ("-5", None, "negative-amount", None),
        ("$-5.00", None, "negative-amount", None),
        ("−7", None, "negative-amount", None),
        *(
            (cell, None, "no-amount", "enter e.g. 25000, or leave it empty if unknown")
            for cell in (
                *("See Note", "", "-", "$", "EUR", "nan", "inf", "1,2,3", "1.2.3", "1 23", "12 5", "1-5"),
                *("5%", "EUR 5 USD", "NN$5", "1/2", "0x10", "1_000", "01-May", "2026-05-01", "9" * 61, "1,,5"),
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
    assert read_amount(written, None).value == read_amount(written, mark).value == expected
    assert proofs([(2, written)]) == {mark: (2, written)}


@given(st.text(alphabet="0123456789., €$-'k", max_size=12), st.sampled_from([None, ".", ","]))
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
