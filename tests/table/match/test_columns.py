from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question
from fitcheck.documents.mappings import load_mapping
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.table.match.columns import Matching, find_header, match
from fitcheck.table.match.questions import QuestionSpec, asked_by

ASKED = (
    QuestionSpec("who_decides", "Who signs, and have we met?", (("met", "We met"), ("not_met", "We did not"))),
    QuestionSpec("deadline", "Which day cannot slip?", (("fixed", "A fixed day"), ("none", "None"))),
    QuestionSpec("named_users", "Who will use it?", (("named", "Named people"), ("nobody", "Nobody"))),
)


def mapping(*columns: Column) -> ColumnMapping:
    return ColumnMapping("ours", 1, "Ours", "Our sheet.", columns)


def told(found: Matching) -> list[tuple[str | None, str | None, str | None]]:
    """Question, field and what said so, column by column."""
    return [
        (each.column.question if each.column else None, each.column.field if each.column else None, each.how)
        for each in found.matches
    ]


def test_the_mapping_comes_before_ids_before_texts_before_synonyms() -> None:
    header = ["Signer", "who_decides", "Who signs, and have we met?", "Deadline", "Deal Name", "stage"]
    found = match(header, ASKED, mapping(Column("signer", "who_decides"), Column("Deal Name", "named_users")))
    assert told(found) == [
        ("who_decides", None, "mapping"),
        (None, None, None),
        (None, None, None),
        ("deadline", None, "name"),
        ("named_users", None, "mapping"),
        (None, "stage", "name"),
    ]
    assert found.matches[1].hint == found.matches[2].hint == '"Signer" answers "who_decides" already'
    assert found.unanswered == ()
    assert found.problems == ()


def test_a_spelling_as_written_beats_another_spelling() -> None:
    found = match(["WHO-DECIDES", "who_decides"], ASKED)
    assert told(found) == [(None, None, None), ("who_decides", None, "name")]
    assert found.problems == ()


def test_two_columns_that_answer_one_question_equally_well_are_a_problem_with_their_places() -> None:
    found = match(["Who decides", "x", "WHO DECIDES"], ASKED)
    (problem,) = found.problems
    assert problem.code == "two-columns"
    assert problem.message == 'two columns answer "who_decides": "Who decides" (column 1) and "WHO DECIDES" (column 3)'
    assert problem.hint == "give them different headers"


def test_two_columns_that_a_mapping_gives_to_one_question_are_a_problem_whatever_their_order_in_it() -> None:
    both = mapping(Column("Signer", "who_decides"), Column("Decider", "who_decides"))
    assert [problem.code for problem in match(["Decider", "Signer"], ASKED, both).problems] == ["two-columns"]
    assert match(["Decider"], ASKED, both).problems == ()


def test_of_two_columns_for_one_field_the_mapping_s_first_then_the_stronger_then_the_left_one_counts() -> None:
    total_first = mapping(Column("Total", field="value"), Column("Amount", field="value"))
    assert told(match(["Amount", "Total"], ASKED, total_first)) == [(None, None, None), (None, "value", "mapping")]
    assert told(match(["Account Name", "Opportunity Name"], ASKED)) == [(None, None, None), (None, "name", "synonym")]
    twice = match(["Amount", "amount"], ASKED)
    assert told(twice) == [(None, "value", "synonym"), (None, None, None)]
    assert twice.matches[1].hint == '"Amount" is the value already'
    assert twice.problems == ()


def test_nearness_only_gives_a_hint() -> None:
    found = match(["Who decidse", "Dedline", "Quarter"], ASKED)
    assert told(found) == [(None, None, None)] * 3
    assert [each.hint for each in found.matches] == ['did you mean "who_decides"?', 'did you mean "deadline"?', None]
    assert [each.meant for each in found.matches] == ["who_decides", "deadline", None]
    assert found.unanswered == ("who_decides", "deadline", "named_users")


def test_a_header_near_to_one_that_the_mapping_names_is_told() -> None:
    found = match(["Decision maker envolved?"], ASKED, mapping(Column("Decision maker involved?", "who_decides")))
    assert found.matches[0].hint == 'did you mean "Decision maker involved?"?'
    assert found.missing == ("Decision maker involved?",)


def test_a_column_for_a_question_of_another_screen_is_carried_along() -> None:
    found = match(["Budget"], ASKED, mapping(Column("Budget", "budget_named")))
    assert told(found) == [(None, None, "mapping")]
    assert found.matches[0].hint == 'this screen does not ask "budget_named"'
    assert found.missing == ()


def test_what_a_mapping_leaves_is_left_even_if_it_is_called_like_a_question() -> None:
    found = match(["Deadline"], ASKED, mapping(Column("Deadline")))
    assert told(found) == [(None, None, "mapping")]
    assert [each.header for each in found.carried] == ["Deadline"]


def test_missing_names_one_header_for_each_question_or_field_without_a_column() -> None:
    several = mapping(
        Column("Deal Name", field="name"),
        Column("Nombre del negocio", field="name"),
        Column("Deal owner", field="owner"),
        Column("Propietario", field="owner"),
        Column("Create Date"),
    )
    assert match(["nombre del negocio"], ASKED, several).missing == ("Deal owner",)


def test_a_text_that_two_questions_share_names_neither() -> None:
    twins = (ASKED[2], ASKED[2]._replace(id="others"))
    assert match(["Who will use it?"], twins).questions == {}


@given(
    st.lists(st.sampled_from(["", " ", "Amount", "deadline", "Deadline", "who_decides", "x", "Deal Name"]), max_size=8)
)
def test_every_column_is_told_once_and_no_question_or_field_twice(header: list[str]) -> None:
    found = match(header, ASKED)
    assert [(each.position, each.header) for each in found.matches] == list(enumerate(header))
    meant = [(each.column.question, each.column.field) for each in found.matches if each.column]
    assert len(meant) == len(set(meant))
    assert {*found.unanswered, *found.questions} == {question.id for question in ASKED}
    assert len(found.carried) + len(found.questions) + len(found.fields) == len(header)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([], None),
        ([["", " "], []], None),
        ([["Deal Name", "deadline"], ["Acme", "fixed"]], 0),
        ([["Pipeline of 2026", "", ""], ["Deal Name", "deadline", "Note"], ["Acme", "fixed", ""]], 1),
        ([["Deal", "", "Qualification"], ["Name", "Amount", "Who decides"], ["Acme", "12", "met"]], 1),
        ([["a", "b", ""], ["c", "d", "e"], ["f", "g", "h"]], 1),
        ([["x", "", "Amount"], ["Name", "y", "z"]], 1),
        ([["Name", "y", "z"], ["x", "w", "Amount"]], 0),
    ],
)
def test_the_header_is_the_row_with_most_known_columns_then_most_cells_then_the_first(
    rows: Sequence[Sequence[str]], header: int | None
) -> None:
    assert find_header(rows, ASKED) == header


def test_columns_that_a_mapping_leaves_help_to_find_the_header() -> None:
    rows = [["My deals", "Amount", ""], ["Projekt", "Anlage", "Summe"]]
    own = mapping(Column("Projekt", field="name"), Column("Anlage"), Column("Summe", field="value"))
    assert find_header(rows, ASKED) == 0
    assert find_header(rows, ASKED, own) == 1


def test_asked_by_names_scored_questions_then_those_that_cost() -> None:
    screen = load_screen("pilot")
    assert screen.cost is not None
    every: list[Question | CostQuestion] = [*screen.questions, *screen.cost.questions]
    found = asked_by(screen)
    assert [question.id for question in found] == [question.id for question in every]
    assert [question.may_be_na for question in found] == [question.not_applicable is not None for question in every]
    assert found[0].ids == tuple(option.id for option in screen.questions[0].options)


@pytest.mark.parametrize(
    ("name", "header", "fields"),
    [
        (
            "hubspot",
            [
                "\ufeffRecord ID",
                "Deal Name",
                "Deal Stage",
                "Pipeline",
                "Amount",
                "Close Date",
                "Create Date",
                "Deal owner",
            ],
            {"id": 0, "name": 1, "stage": 2, "value": 4, "owner": 7},
        ),
        (
            "hubspot",
            [
                "ID record",
                "Nome trattativa",
                "Importo",
                "Fase trattativa",
                "Data di chiusura",
                "Proprietario della trattativa",
            ],
            {"id": 0, "name": 1, "value": 2, "stage": 3, "owner": 5},
        ),
        (
            "salesforce",
            ["Opportunity Owner", "Account Name", "Opportunity Name", "Stage", "Total Amount Currency", "Total Amount"],
            {"owner": 0, "name": 2, "stage": 3, "currency": 4, "value": 5},
        ),
        (
            "salesforce",
            ["ID", "ISDELETED", "ACCOUNTID", "NAME", "STAGENAME", "AMOUNT", "PROBABILITY", "ISCLOSED", "ISWON"],
            {"id": 0, "name": 3, "stage": 4, "value": 5, "closed": 7},
        ),
        (
            "pipedrive",
            [
                "Deal - Title",
                "Deal - Value",
                "Deal - Currency of value",
                "Deal - Stage (pipeline)",
                "Deal - Status",
                "Deal - Owner",
            ],
            {"name": 0, "value": 1, "currency": 2, "stage": 4, "owner": 5},
        ),
        (
            "dynamics",
            [
                "(Do Not Modify) Opportunity",
                "(Do Not Modify) Row Checksum",
                "(Do Not Modify) Modified On",
                "Topic",
                "Est. revenue",
            ],
            {"id": 0, "name": 3, "value": 4},
        ),
    ],
)
def test_real_headers_are_known_by_their_mapping(name: str, header: list[str], fields: dict[str, int]) -> None:
    found = match(header, asked_by(load_screen("pilot")), load_mapping(name))
    assert {field: each.position for field, each in found.fields.items()} == fields
    assert [each.header for each in found.matches if each.how != "mapping"] == []


@pytest.mark.parametrize("screen", ["pilot", "deal", "bant", "meddpicc"])
def test_no_field_s_synonym_is_a_question_of_a_built_in_screen(screen: str) -> None:
    asked = asked_by(load_screen(screen))
    header = ["Record ID", "Deal Name", "Amount", "Currency", "Deal Owner", "Deal Stage", "Margin"]
    assert len(match(header, asked).fields) == len(header)
