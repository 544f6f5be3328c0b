import pytest
from hypothesis import given, strategies as st

from fitcheck.folding import bare, folded_cell, folded_header
from fitcheck.mapping import FIELDS, Column
from fitcheck.table.match.synonyms import SYNONYMS, field_of

ONE_HEADER = [
    "Deal Name",
    "\ufeffDeal Name",
    "  Deal   Name ",
    "DEAL-NAME",
    "deal_name",
    "Deal\u00a0Name",
    "Deal\nName",
    '"Deal Name"',
    "Deal Name*",
    "Deal\u200b Name",
    "\uff24eal Name",
]


@pytest.mark.parametrize("text", ONE_HEADER)
def test_marks_blanks_quotes_and_capitals_make_no_difference_to_a_header(text: str) -> None:
    assert folded_header(text) == "deal name"


def test_headers_of_nothing_but_punctuation_stay_apart() -> None:
    assert [folded_header(text) for text in ("#", " % ", "(%)")] == ["#", "%", "(%)"]


@pytest.mark.parametrize("text", ["", " ", "\ufeff", "\t\n", "\u200b"])
def test_a_header_that_shows_nothing_is_blank(text: str) -> None:
    assert folded_header(text) == bare(text) == ""


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded_header(folded_header(text)) == folded_header(text)
    assert folded_cell(folded_cell(text)) == folded_cell(text)


def test_the_punctuation_of_a_cell_counts_but_for_what_joins_words() -> None:
    assert folded_cell("No – budget_yet") == folded_cell("no budget-yet") == "no budget yet"
    assert folded_cell("1.5") != folded_cell("1,5")
    assert folded_cell("n/a") != folded_cell("na")


def test_a_column_without_question_and_field_is_carried_along() -> None:
    assert Column("Create Date").is_carried
    assert not Column("Users", "named_users").is_carried
    assert not Column("Amount", field="value").is_carried


def test_no_synonym_means_two_fields_or_is_told_twice() -> None:
    words = [folded_header(word) for tiers in SYNONYMS.values() for tier in tiers for word in tier]
    assert sorted(words) == sorted(set(words))
    assert len(field_of()) == len(words)
    assert set(SYNONYMS) <= set(FIELDS)


def test_no_synonym_is_the_name_of_a_field() -> None:
    assert not set(FIELDS) & set(field_of())
