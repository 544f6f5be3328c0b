"""A value or an answer put into a text is there afterwards, and nothing else of the text has changed."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings, strategies as st

from fitcheck.amounts import read_amount
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading.editing import deal_in_yaml, in_yaml, with_answer, with_parts, with_value
from fitcheck.documents.reading.source import parse
from fitcheck.documents.screens import load_screen
from fitcheck.problems import DocumentError, printable

WORDS = st.sampled_from(["unknown", "named", '"in quotes: #"', "'single'", "n/a", "{answer: unknown, by: me}", "~", ""])
NAMES = st.sampled_from(["deadline", "sponsor", "joint_plan", "named_users"])
REMARKS = st.sampled_from(["", "  # a remark", "   "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Prospect files as people write them."""
    end, indent = draw(st.sampled_from(["\n", "\r\n"])), " " * draw(st.integers(1, 4))
    answers = draw(st.dictionaries(NAMES, WORDS, max_size=4))
    way = draw(st.sampled_from(["block", "braces", "none"]))
    lines = ["# first", f"prospect: Brightloom é{draw(REMARKS)}", ""]
    if way == "block":
        lines += [f"answers:{draw(REMARKS)}", *([""] * draw(st.integers(0, 1))), f"{indent}# of the first call"]
        lines += [f"{indent}{name}: {word}{draw(REMARKS)}" for name, word in answers.items()]
    elif way == "braces":
        given = {name: word for name, word in answers.items() if word}
        lines.append(f"answers: {{{', '.join(f'{name}: {word}' for name, word in given.items())}}}{draw(REMARKS)}")
    lines += draw(st.sampled_from([[], ["deal: {value: 30000}"], ["# last"]]))
    return end.join(lines) + draw(st.sampled_from([end, ""]))


@given(
    texts(),
    st.one_of(st.tuples(st.just("answers"), NAMES), st.just(("id",)), st.just(("prospect",))),
    st.sampled_from(["within_a_year", '{answer: named, evidence: "they said: \\"yes\\" # really"}', '"ü"']),
)
@settings(max_examples=300)
def test_the_value_is_there_and_every_other_line_is_as_it_was(text: str, path: tuple[str, ...], written: str) -> None:
    before = parse(text.encode(), "a.yaml")
    mapping = isinstance(before.at(*path), dict)
    assume(not mapping)
    after = with_value(text, "a.yaml", path, written)
    assert parse(after.encode(), "a.yaml").at(*path) == parse(f"x: {written}".encode(), "x.yaml").at("x")
    old, new = text.splitlines(), after.splitlines()
    kept = [line for line in old if line in new]
    assert len(old) - len(kept) <= 1  # the line that the value stands on
    remarks = [line.partition("#")[2] for line in old if "#" in line and "{" not in line and '"' not in line]
    assert all(any(line.endswith(remark) for line in new) for remark in remarks)


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("answers:\n  a: unknown # ?\n", ("answers", "a"), "answers:\n  a: X # ?\n"),
        ("answers:\n  a: unknown\n", ("answers", "b"), "answers:\n  b: X\n  a: unknown\n"),
        ("answers: {a: unknown}\n", ("answers", "b"), "answers: {b: X, a: unknown}\n"),
        ("answers: {}\n", ("answers", "b"), "answers: {b: X}\n"),
        ("answers:\n  a: {answer: b, by: [c, {d: e}]}  # f\n", ("answers", "a"), "answers:\n  a: X  # f\n"),
        ("answers:\nid: z\n", ("answers", "b"), "answers:\n  b: X\nid: z\n"),
        ("answers: ~\n", ("answers", "b"), "answers: {b: X}\n"),
        ("id: z", ("answers", "b"), "id: z\nanswers:\n  b: X\n"),
        ("answers:\n  a:\n", ("answers", "a"), "answers:\n  a: X\n"),
        (
            "answers:\n  a: {answer: unknown, by: me}\n",
            ("answers", "a", "answer"),
            "answers:\n  a: {answer: X, by: me}\n",
        ),
        (
            "answers:\n  a:\n    answer: unknown\n",
            ("answers", "a", "by"),
            "answers:\n  a:\n    by: X\n    answer: unknown\n",
        ),
        ("id: z\r\n", ("prospect",), "id: z\r\nprospect: X\r\n"),
    ],
)
def test_a_value_is_put_where_a_person_would_put_it(text: str, path: tuple[str, ...], after: str) -> None:
    assert with_value(text, "a.yaml", path, "X") == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("answers:\n  a: |\n    long\n    text\n", ("answers", "a")),
        ("answers:\n  a: one\n    two\n", ("answers", "a")),
        ("answers: [a, b]\n", ("answers", "a")),
        ("answers: word\n", ("answers", "a")),
        ("answers: {\n  # nothing\n}\n", ("answers", "a", "by")),
        ("answers:\n  a: {answer: b,\n    by: c}\n", ("answers", "a")),
        ("answers:\n  a:\n    answer: b\n", ("answers", "a")),
        ("[a]\n", ("prospect",)),
    ],
)
def test_what_cannot_be_changed_is_refused_with_what_to_write(text: str, path: tuple[str, ...]) -> None:
    with pytest.raises(DocumentError, match=f"cannot insert {path[-1]} into this file") as caught:
        with_value(text, "a.yaml", path, "X")
    assert caught.value.problems[0].hint == f"add it yourself: {path[-1]}: X"


KNOWN = Questionnaire.of(load_screen("pilot"))
TEXT = """\
prospect: Acme
answers:
  named_users: unknown
  deadline: {answer: unknown, by: head of operations}
  joint_plan:
    answer: unknown
    evidence: "they were not sure"
"""


def read(text: str) -> Prospect:
    """The prospect in a text."""
    return read_prospect(text.encode(), "acme.yaml", known=KNOWN)


@given(
    st.sampled_from(["named_users", "deadline", "joint_plan", "relied_on_us"]),
    st.integers(0, 3),
    st.text(max_size=40),
    st.one_of(st.none(), st.just(date(2026, 10, 3))),
)
@settings(max_examples=200)
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


PARTS = st.fixed_dictionaries(
    {"answer": st.sampled_from(KNOWN.options["deadline"])},
    optional={
        "evidence": st.one_of(st.none(), st.text("ab: #,{}[]'\"“é-", max_size=30)),
        "by": st.one_of(st.none(), st.sampled_from(["true", "~", "no", "12", "2026-11-03", "n/a", "Ms: X", "unknown"])),
        "review": st.sampled_from([None, True, False]),
        "was": st.lists(
            st.fixed_dictionaries({"answer": st.sampled_from(["named", "n/a"]), "by": st.just("a, b")}), max_size=2
        ),
    },
)


@given(
    st.lists(PARTS, min_size=1, max_size=3), st.sampled_from(["named_users", "deadline", "joint_plan", "dates_kept"])
)
@settings(max_examples=200)
def test_parts_are_there_as_they_were_put_and_those_taken_out_are_empty(
    steps: list[dict[str, object]], question: str
) -> None:
    text, wanted = TEXT, parse(TEXT.encode(), "acme.yaml").at("answers", question)
    wanted = dict(wanted) if isinstance(wanted, dict) else {}
    for parts in steps:
        text = with_parts(text, "acme.yaml", question, parts)
        wanted |= parts
    before, after = (parse(each.encode(), "acme.yaml").data for each in (TEXT, text))
    found = after["answers"].pop(question)
    before["answers"].pop(question, None)
    found = found if isinstance(found, dict) else {"answer": found}
    assert {name: part for name, part in found.items() if part is not None} == {
        name: part for name, part in wanted.items() if part is not None
    }
    assert after == before


@given(st.text(max_size=60))
def test_a_name_is_read_back_as_it_was_typed(name: str) -> None:
    typed = " ".join(printable(name).split())
    if typed:
        assert read(f"prospect: {in_yaml(typed)}\n").name == typed


@pytest.mark.parametrize("typed", ["30000 EUR", "$1,234.50", "0.05", "12", "99999999999.99 CHF"])
def test_a_deal_is_read_back_as_it_was_typed(typed: str) -> None:
    amount = read_amount(typed, ".")
    deal = read(f"prospect: A\ndeal: {deal_in_yaml(amount)}\n").deal
    assert (deal.value, deal.currency) == (Fraction(amount.value), amount.currency)
