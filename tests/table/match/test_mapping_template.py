import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Bands, Column, ColumnMapping
from fitcheck.problems import DocumentError, UsageError
from fitcheck.table.match.mapping_template import mapping_yaml
from fitcheck.table.match.proposal import Proposal, propose
from fitcheck.table.match.questions import QuestionSpec, asked_by

PILOT = load_screen("pilot")
ASKED = asked_by(PILOT)
USERS = next(question for question in ASKED if question.id == "named_users")


def load(text: str) -> ColumnMapping:
    """Read a text as the file ours.yaml, with every guess confirmed, for the screen that it was proposed for."""
    text = text.replace(": ?", ": ")
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
                "they promised": "promised",
                "kinda": "unknown",
            },
        ),
        Column("Create Date"),
    )
    assert '"they promised": ?promised   # 1 row\n' in text
    assert f'"kinda": ?unknown   # 1 row; or {", ".join(USERS.ids)}\n' in text
    assert '# Deadlin: {question: deadline}   # did you mean "deadline"?' in text


def test_no_row_is_scored_while_a_guess_is_unconfirmed_and_all_are_named_at_once(tmp_path: Path) -> None:
    text = mapping_yaml(proposal(["Decision maker?", "named_users"], ["Yes", "No"], ["they promised"]), "ours")
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        load_mapping(str(tmp_path / "ours.yaml"), Questionnaire.of(PILOT))
    [problem] = error.value.problems
    line = text.splitlines().index("    question: ?who_decides   # Who decides, and have we met them?") + 1
    assert (problem.code, problem.where and problem.where.line) == ("unconfirmed", line)
    assert problem.message == (
        f'4 guesses are not confirmed: "Decision maker?" (line {line}), "Yes" (line {line + 2}), '
        f'"No" (line {line + 3}), "they promised" (line {line + 7})'
    )


def test_a_guess_is_taken_by_taking_its_mark_away() -> None:
    text = mapping_yaml(proposal(["Decision maker?"], ["Yes", "No", "No"]), "ours")
    assert '"No": ?contact_cannot_say   # 2 rows\n      "Yes": ?signer_met_us   # 1 row\n' in text
    values = {"No": "contact_cannot_say", "Yes": "signer_met_us"}
    assert load(text).columns == (Column("Decision maker?", "who_decides", values=values),)


def test_dates_and_numbers_become_bands_by_themselves() -> None:
    table = ["Deadline", "Stakeholders", "Expected Close Date", "Next activity date"]
    text = mapping_yaml(proposal(table, ["31/05/2026"], ["3", "12"], ["2026-05-01"], ["2026-05-01"]), "ours")
    found = load(text)
    months = ((61, "up_to_two_months"), (92, "up_to_three_months"), (183, "up_to_six_months"))
    assert found.columns[0].bands == Bands(months, "none_or_later", of_days=True, order="day first")
    people = ((2, "one_or_two"), (5, "three_to_five"), (10, "six_to_ten"))
    assert found.columns[1].bands == Bands(people, "eleven_or_more", order="day first")
    assert found.columns[2:] == (Column("Expected Close Date"), Column("Next activity date"))
    assert "# Next activity date: {question: joint_plan, days: {next_step_dated: more}}" in text


def test_every_remark_of_its_own_can_be_completed_into_a_sound_line() -> None:
    text = mapping_yaml(proposal(["named_users", "Deadlin"], ["kinda", "they promised"]), "ours", about="Deals.")
    _, _, body = text.partition("version: 1")
    opened = re.sub(r"^( *)# (?!Questions)", r"\1", body, flags=re.MULTILINE)
    opened = opened.replace('"kinda": ?unknown', '"kinda": nobody').replace(
        '"...": {question: who_decides}', "X: {question: who_decides}"
    )
    opened = "\n".join(line for line in opened.splitlines() if '"..."' not in line) + "\n"
    found = load(f"version: 1{opened}")
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


@pytest.mark.parametrize("name", ["Ours", "ours.yaml", "a b"])
def test_a_mapping_needs_no_id(name: str) -> None:
    text = mapping_yaml(proposal(["Amount"]), name)
    assert ("mapping:" in text, load(text).id) == (False, "ours")


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
        column.column.question: {v.text: v.word or "unknown" for v in column.values if not _is_lost(v.text)}
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
    assert '"perhaps": ?unknown   # 1 row; or one, n/a\n' in text


def test_a_column_of_figures_that_is_called_like_a_question_is_left_and_the_question_has_none() -> None:
    text = mapping_yaml(proposal(["Tender"], ["2026-05-01"]), "ours")
    assert load(text).columns == (Column("Tender"),)
    assert 'Tender: leave   # called like "tender", and all its values are figures; such as "2026-05-01"' in text
    assert '# "...": {question: tender}' in text
