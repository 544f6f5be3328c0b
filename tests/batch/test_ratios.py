"""Shares as decimals for whole columns: the digits of exact arithmetic."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from fitcheck.decision.rounding import decimal

np = pytest.importorskip("numpy")
ratios = pytest.importorskip("fitcheck.batch.ratios")

amounts = st.one_of(
    st.fractions(0, 10**6, max_denominator=10**4), st.integers(0, 10**15).map(Fraction), st.just(Fraction(10**400))
)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=20), st.booleans())
@example(
    [(Fraction(1, 2), Fraction(10**4)), (Fraction(10**12 + 1, 10**12), Fraction(1)), (Fraction(1), Fraction(1))], True
)
@example([(Fraction(10**9 - 1, 10**9), Fraction(1)), (Fraction(1, 10**4 * 2), Fraction(1))], True)
def test_shares_are_written_with_the_digits_of_exact_arithmetic(
    pairs: list[tuple[Fraction, Fraction]], up_to_one: bool
) -> None:
    def exactly(row: int) -> str:
        part, whole = pairs[row]
        return "" if up_to_one and part > whole else decimal(part / whole, 4)

    def floats(values: list[Fraction]) -> object:
        return np.array([np.inf if value > 10**300 else float(value) for value in values])

    wholes = np.where(np.array([whole > 0 for _, whole in pairs]), floats([whole for _, whole in pairs]), np.nan)
    parts = [min(part, Fraction(10**15)) for part, _ in pairs]
    pairs = [(part, whole) for part, (_, whole) in zip(parts, pairs, strict=True)]
    found = ratios.shares(floats(parts), wholes, exactly, up_to_one=up_to_one)
    expected = [exactly(row) if whole else "" for row, (_, whole) in enumerate(pairs)]
    assert [said(found, row) for row in range(len(pairs))] == expected


def said(shares: Any, row: int) -> str:
    scaled = int(shares.scaled[row])
    return f"{scaled // 10**4}.{scaled % 10**4:04}" if scaled >= 0 else shares.exact.get(row, "")


def test_few_shares_need_exact_arithmetic() -> None:
    assert len(ratios.shares(np.arange(1.0, 1001.0), np.full(1000, 7777.0), "row {}".format).exact) < 5
