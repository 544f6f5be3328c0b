from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words


@given(st.integers(-40_000, 40_000))
def test_a_printed_effect_reads_back_as_the_exact_number(doubled: int) -> None:
    assert Fraction(words.effect(doubled).replace("−", "-")) == Fraction(doubled, 200)


@given(st.fractions(0, 1))
def test_a_percentage_never_claims_all_or_nothing_unless_it_is(share: Fraction) -> None:
    told = words.percent(share)
    assert (told == "100 %") == (share == 1)
    assert (told == "0 %") == (share == 0)


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 3, "0.667"),
        (Fraction(7, 100), 2, "0.07"),
        (Fraction(1999, 1000), 2, "2.00"),
    ],
)
def test_a_decimal_is_rounded_half_up(value: Fraction, digits: int, told: str) -> None:
    assert decimal(value, digits) == told


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ("They left", "“They left”"),
        ("“100 returns sorted, <1 % wrong”", "“100 returns sorted, <1 % wrong”"),
        ('"They left"', "“They left”"),
        ('He said "now"', '“He said "now"”'),
        ('"Now", and then "soon"', '“"Now", and then "soon"”'),
        ("»Jetzt«, „bald“ et «vite»", "“»Jetzt«, „bald“ et «vite»”"),
        ('A 24" screen', '“A 24" screen”'),
        ('24" and 27" screens', '“24" and 27" screens”'),
        ("", "“”"),
    ],
)
def test_evidence_is_quoted_once(evidence: str, shown: str) -> None:
    assert words.in_quotes(evidence) == shown
