from decimal import Decimal

import pytest

from fitcheck.documents.reading.scalars import BadNumberError, number_value, plain_value


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "off", "y", "NO", "12:30", "2026-10-03", "1_000", "007", "0x1F", "0o7", "1.2.3", "-", "+", "."],
)
def test_words_that_yaml_1_1_turns_into_something_else_stay_text(word: str) -> None:
    assert plain_value(word) == word


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_the_core_schema_knows_five_ways_to_write_nothing(word: str) -> None:
    assert plain_value(word) is None


@pytest.mark.parametrize(("word", "value"), [("true", True), ("True", True), ("TRUE", True), ("False", False)])
def test_truth_is_written_in_three_ways_each(word: str, value: bool) -> None:
    assert plain_value(word) is value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0),
        ("-3", -3),
        ("+12", 12),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("2.", Decimal(2)),
        ("1e3", Decimal(1000)),
        ("-1.5E-2", Decimal("-0.015")),
    ],
)
def test_numbers_are_exact(word: str, value: int | Decimal) -> None:
    found = plain_value(word)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("word", [".nan", ".NaN", ".inf", "-.Inf", "+.INF", "1e31", "1e-31", "1e999999999", "9" * 41])
def test_what_is_no_amount_of_anything_is_refused(word: str) -> None:
    with pytest.raises(BadNumberError):
        plain_value(word)


def test_zero_with_any_exponent_is_zero() -> None:
    assert number_value("0e999999999") == 0
    assert number_value("0e-999999999") == 0
