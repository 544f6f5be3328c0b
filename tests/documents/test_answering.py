"""An answer that is put into a prospect file is read back as it was given, and what stood beside it stays."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from fitcheck.amounts import read_amount
from fitcheck.decision.answers import Answer, Prospect
from fitcheck.documents.editing import deal_in_yaml, in_yaml, with_answer
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.screens import load_screen
from fitcheck.problems import printable

KNOWN = Questionnaire.of(load_screen("pilot"))
TEXT = """\
prospect: Acme
answers:
  named_users: unknown
  deadline: {answer: unknown, by: head of operations}
  fallback:
    answer: unknown
    evidence: "they were not sure"
"""


def read(text: str) -> Prospect:
    """The prospect in a text."""
    return read_prospect(text.encode(), "acme.yaml", known=KNOWN)


@given(
    st.sampled_from(["named_users", "deadline", "fallback", "relied_on_us"]),
    st.integers(0, 3),
    st.text(max_size=40),
    st.one_of(st.none(), st.just(date(2026, 10, 3))),
)
@settings(max_examples=500)
def test_an_answer_is_read_back_as_it_was_given(question: str, option: int, evidence: str, on: date | None) -> None:
    chosen = KNOWN.options[question][option]
    said = " ".join(printable(evidence).split())
    before = read(TEXT)
    after = read(with_answer(TEXT, "acme.yaml", question, chosen, evidence=said, on=on))
    was, now = before.answer(question), after.answer(question)
    assert (now.option, now.state) == (chosen, "given")
    assert now.evidence == (said or was.evidence)
    assert (now.on, now.by) == (on or was.on, was.by)
    others = KNOWN.options.keys() - {question}
    assert all(_same(before.answer(name), after.answer(name)) for name in others)
    assert (before.name, before.deal) == (after.name, after.deal)


def _same(a: Answer, b: Answer) -> bool:
    """Whether two answers say the same, wherever they stand."""
    return (a.option, a.state, a.evidence, a.on, a.by) == (b.option, b.state, b.evidence, b.on, b.by)


def test_what_does_not_apply_is_written_as_such() -> None:
    assert read(with_answer(TEXT, "acme.yaml", "relied_on_us", "n/a")).answer("relied_on_us").state == "n/a"


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_a_name_is_read_back_as_it_was_typed(name: str) -> None:
    typed = " ".join(printable(name).split())
    if typed:
        assert read(f"prospect: {in_yaml(typed)}\n").name == typed


@pytest.mark.parametrize("typed", ["30000 EUR", "$1,234.50", "0.05", "12", "99999999999.99 CHF"])
def test_a_deal_is_read_back_as_it_was_typed(typed: str) -> None:
    amount = read_amount(typed, ".")
    deal = read(f"prospect: A\ndeal: {deal_in_yaml(amount)}\n").deal
    assert (deal.value, deal.currency) == (Fraction(amount.value), amount.currency)
