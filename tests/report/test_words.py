from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

from fitcheck.decision.score.rounding import decimal
from fitcheck.report import words

SIGNED = st.integers(-10_000_000, 10_000_000)


@given(SIGNED, st.integers(0, 6))
def test_a_printed_effect_reads_back_as_the_number_that_was_rounded(units: int, digits: int) -> None:
    effect = Fraction(units, 10**digits)
    assert Fraction(words.effect(effect).replace("−", "-")) == effect


@given(st.fractions(-100, 100, max_denominator=5_000))
def test_an_exact_number_reads_back_as_itself(value: Fraction) -> None:
    told = words.exact(value).replace("−", "")
    assert sum(map(Fraction, told.split())) == abs(value)
    assert ("/" in told) == (not ends(value))


def ends(value: Fraction) -> bool:
    """Whether the decimals of a number end."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


LIMITS = (Fraction(1, 5), Fraction(1, 2), Fraction(4, 5))


@given(st.one_of(st.fractions(0, 1), st.sampled_from(LIMITS)))
def test_odds_never_seem_to_lie_on_a_limit_that_they_miss(chance: Fraction) -> None:
    assume(all(chance == limit or abs(chance - limit) > Fraction(1, 10**8) for limit in LIMITS))
    assert (words.odds(chance) in {"20 %", "50 %", "80 %"}) == (chance in LIMITS)


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
