import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.problems import UsageError
from fitcheck.table.match.mapping_template import mapping_yaml
from fitcheck.table.match.proposal import Proposal, propose
from fitcheck.table.match.questions import QuestionSpec, asked_by

PILOT = load_screen("pilot")
ASKED = asked_by(PILOT)
USERS = next(question for question in ASKED if question.id == "named_users")


def load(text: str) -> ColumnMapping:
    """Read a text as the file ours.yaml, for the screen that it was proposed for."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ours.yaml"
        file.write_text(text, encoding="utf-8")
        return load_mapping(str(file), Questionnaire.of(PILOT))


def proposal(header: list[str], *columns: list[str], mapping: ColumnMapping | None = None) -> Proposal:
    return propose(header, columns, ASKED, mapping)


def test_what_is_sure_is_written_and_what_is_not_is_a_remark() -> None:
    text = mapping_yaml(
        proposal(
            ["Record ID", "Named users", "Create Date", "Deadlin"],
            ["7"],
            ["Nobody", "named", "promised", "they promised", "kinda", "NAMED_with time"],
            ["2026-05-01"],
        ),
        "ours",
    )
    assert load(text).columns == (
        Column("Record ID", field="id"),
        Column(
            "Named users",
            "named_users",
            values={
                "Nobody": "nobody",
                "named": "named",
                "promised": "promised",
                "NAMED_with time": "named_with_time",
            },
        ),
        Column("Create Date"),
    )
    assert '# "they promised": promised   # a guess' in text
    assert f'# "kinda":    # {", ".join(USERS.ids)}, unknown\n' in text
    assert '# Deadlin: {question: deadline}   # did you mean "deadline"?' in text


def test_a_guess_is_taken_by_taking_its_mark_away() -> None:
    text = mapping_yaml(proposal(["named_users"], ["they promised"]), "ours")
    confirmed = text.replace('# "they promised"', '"they promised"')
    assert load(text).columns == (Column("named_users", "named_users"),)
    assert load(confirmed).columns == (Column("named_users", "named_users", values={"they promised": "promised"}),)


def test_every_remark_of_its_own_can_be_completed_into_a_sound_line() -> None:
    text = mapping_yaml(proposal(["named_users", "Deadlin"], ["kinda", "they promised"]), "ours", about="Deals.")
    _, _, body = text.partition("mapping: ours")
    opened = re.sub(r"^( *)# (?!Questions)", r"\1", body, flags=re.MULTILINE)
    opened = opened.replace('"kinda":  ', '"kinda": nobody').replace(
        '"...": {question: who_decides}', "X: {question: who_decides}"
    )
    opened = "\n".join(line for line in opened.splitlines() if '"..."' not in line) + "\n"
    found = load(f"mapping: ours{opened}")
    assert (found.decimal, found.currency, found.zero_is_unknown, found.unknown) == (
        ",",
        "EUR",
        True,
        ("--", "Not asked"),
    )
    assert found.columns[0].values == {"kinda": "nobody", "they promised": "promised"}
    assert [column.question for column in found.columns] == ["named_users", "deadline", "who_decides"]


def test_what_a_mapping_says_of_the_whole_table_is_kept() -> None:
    base = ColumnMapping(
        "base", 1, "B", "A.", (Column("Anlage"),), ("k. A.", 'a "b"'), ",", "CHF", zero_is_unknown=True
    )
    found = load(mapping_yaml(proposal(["Anlage", "Betrag"], mapping=base), "ours", title="Deals: ours", about="x #1"))
    assert (found.unknown, found.decimal, found.currency, found.zero_is_unknown) == (base.unknown, ",", "CHF", True)
    assert (found.title, found.about) == ("Deals: ours", "x #1")
    assert found.columns == (Column("Anlage"), Column("Betrag", field="value"))


def test_headers_that_cannot_be_named_are_told_by_their_place() -> None:
    long = "x" * 1001
    text = mapping_yaml(proposal(["Amount", " ", "Note", "note", long, "a\udc80"]), "ours")
    assert [column.header for column in load(text).columns] == ["Amount", "Note"]
    assert "# column 2 can't be named: its header is blank" in text
    assert "# column 4 can't be named: its header is that of a column before it" in text
    assert "# column 5 can't be named: its header has 1,001 characters" in text
    assert "# column 6 can't be named: its header can't be decoded" in text


def test_questions_without_a_column_stand_at_the_end_with_their_options() -> None:
    text = mapping_yaml(proposal(["Amount"]), "ours")
    for question in ASKED:
        words = [*question.ids, "unknown", *(["n/a"] if question.may_be_na else [])]
        assert f'# "...": {{question: {question.id}}}   # {question.ask} {", ".join(words)}\n' in text


@pytest.mark.parametrize(
    "header", ["true", "null", "~", "1.5", "a: b", "# x", "- x", "<<", "@x", "a #b", "'x'", "%", "?", "x'"]
)
def test_a_header_that_yaml_would_take_for_something_else_is_quoted(header: str) -> None:
    assert [column.header for column in load(mapping_yaml(proposal([header]), "ours")).columns] == [header]


@pytest.mark.parametrize("name", ["Ours", "ours.yaml", "", "a b"])
def test_a_name_that_can_be_no_id_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="can't be the id of a mapping"):
        mapping_yaml(proposal(["Amount"]), name)


@pytest.mark.parametrize("header", [[], [""], [" ", "\ufeff"]])
def test_a_table_without_headers_gives_no_mapping(header: list[str]) -> None:
    with pytest.raises(UsageError, match="no header"):
        mapping_yaml(proposal(header), "ours")


ANY = st.text(max_size=15) | st.sampled_from(
    ["Amount", "named_users", "Named users", "who_decides", "Deadlin", "\x00", "\u2028"]
)
VALUES = st.lists(ANY | st.sampled_from(["named", "Nobody", "n/a", "?", "--"]), max_size=5)


@given(st.lists(st.tuples(ANY, VALUES), min_size=1, max_size=6))
def test_whatever_a_table_holds_its_mapping_reads_back_without_a_problem(table: list[tuple[str, list[str]]]) -> None:
    found = propose(["Record ID", *(header for header, _ in table)], [[], *(values for _, values in table)], ASKED)
    text = mapping_yaml(found, "ours")
    again = load(text)
    sure = {
        column.column.question: {v.text: v.word for v in column.values if v.is_sure and not _is_lost(v.text)}
        for column in found.columns
        if column.column and column.column.question
    }
    read = {column.question: dict(column.values) for column in again.columns if column.question}
    assert {name: sure[name] for name in read} == read
    assert mapping_yaml(found, "ours") == text


def _is_lost(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def test_the_words_of_an_option_are_those_of_the_question() -> None:
    asked = QuestionSpec("q", "What?", (("one", "One"),), may_be_na=True)
    text = mapping_yaml(propose(["q"], [["perhaps"]], [asked]), "ours")
    assert '# "perhaps":    # one, unknown, n/a\n' in text


def test_a_column_of_days_that_is_called_like_a_question_is_left_and_the_question_has_none() -> None:
    text = mapping_yaml(proposal(["Deadline"], ["2026-05-01"]), "ours")
    assert load(text).columns == (Column("Deadline"),)
    assert 'Deadline: leave   # called like "deadline", and all its values are figures; such as "2026-05-01"' in text
    assert '# "...": {question: deadline}' in text
