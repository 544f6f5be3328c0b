from collections.abc import Sequence

import pytest

from fitcheck.mapping import Bands, Column, ColumnMapping
from fitcheck.table.match.proposal import Proposal, propose
from fitcheck.table.match.proposed import ProposedColumn, ProposedValue
from fitcheck.table.match.questions import QuestionSpec

USERS = QuestionSpec("named_users", "Who will use it?", (("named", "Named people"), ("nobody", "Nobody")))
PROOF = QuestionSpec("proof", "What proof?", (("test", "A test"), ("none", "None")), may_be_na=True)
TRIAL = QuestionSpec("trial", "What trial?", (("test", "A test"), ("paid", "A paid one")))


def proposed(
    header: str, values: Sequence[str], *asked: QuestionSpec, mapping: ColumnMapping | None = None
) -> ProposedColumn:
    """Propose for a table with one column."""
    (column,) = propose([header], [values], asked, mapping).columns
    return column


def test_each_value_of_a_column_has_the_answer_that_it_is_taken_for() -> None:
    column = proposed("named users", ["Nobody", "named", "", "?", "Nmed people", "kinda", "12"], USERS)
    assert (column.column, column.how) == (Column("named users", "named_users"), "name")
    assert column.samples == ("Nobody", "named", "?")
    assert column.values == (
        ProposedValue("Nobody", "nobody", "same"),
        ProposedValue("named", "named", "same"),
        ProposedValue("?", "unknown", "same"),
        ProposedValue("Nmed people", "named", "likeness"),
        ProposedValue("kinda", None, None),
        ProposedValue("12", None, None),
    )
    assert [value.is_sure for value in column.values] == [True, True, True, False, False, False]


def test_what_people_write_where_they_know_nothing_is_guessed_to_be_unknown() -> None:
    column = proposed("named users", ["N/A", "TBD", "unbekannt", "Not sure"], USERS)
    assert [(value.word, value.how) for value in column.values] == [("unknown", "words")] * 4
    assert proposed("proof", ["n/a"], PROOF).values == (ProposedValue("n/a", "n/a", "same"),)


def test_a_column_whose_values_are_all_answers_to_one_question_is_taken_for_it() -> None:
    column = proposed("Spalte 7", ["NOBODY", "Named people", "-"], USERS, PROOF)
    assert (column.column, column.how) == (Column("Spalte 7", "named_users"), "values")
    assert [value.word for value in column.values] == ["nobody", "named", "unknown"]


def test_a_column_with_one_value_that_is_no_answer_is_not() -> None:
    column = proposed("Spalte 7", ["Nobody", "Somebody"], USERS)
    assert (column.column, column.perhaps, column.why) == (None, None, "copied through unchanged")


@pytest.mark.parametrize(
    ("values", "is_one"),
    [
        (["nobody", "named", "Named people", "?", "Somebody"], True),
        (["nobody", "named", "Named people", "Somebody", "Anybody"], False),
        (["nobody", "n/a", "TBD", "unknown", "Somebody"], False),  # one option alone proves little
        (["nobody", "n/a", "TBD"], True),
    ],
)
def test_a_few_values_that_are_no_answers_are_left_to_a_person(values: list[str], *, is_one: bool) -> None:
    column = proposed("Spalte 7", values, USERS)
    assert (column.how == "values") == is_one
    if is_one:
        assert {value.text for value in column.values if not value.is_sure} == {"n/a", "TBD", "Somebody"} & {*values}


def test_a_column_that_says_nothing_is_taken_for_nothing() -> None:
    assert [proposed("x", values, USERS).column for values in ([], [""], ["?", "-", "unknown"])] == [None] * 3


def test_values_that_are_answers_to_two_questions_decide_nothing() -> None:
    column = proposed("x", ["test"], PROOF, TRIAL)
    assert (column.column, column.perhaps) == (None, "proof")
    assert column.why == 'its values are answers to "proof" or "trial"'


def test_two_columns_whose_values_are_answers_to_one_question_decide_nothing() -> None:
    found = propose(["x", "y"], [["Nobody"], ["named"]], [USERS])
    assert [(column.column, column.perhaps) for column in found.columns] == [(None, "named_users")] * 2
    assert found.unanswered == ("named_users",)
    assert found.columns[0].why == 'its values are answers to "named_users", and another column\'s are too'


def test_a_question_that_a_column_answers_by_name_is_not_given_to_another_by_its_values() -> None:
    found = propose(["named_users", "x"], [["Nobody"], ["named"]], [USERS])
    assert [bool(column.column) for column in found.columns] == [True, False]
    assert found.unanswered == ()


def test_a_near_name_is_for_a_person_to_decide() -> None:
    column = proposed("Named user", ["a", "b"], USERS)
    assert (column.column, column.perhaps, column.why) == (None, "named_users", 'did you mean "named_users"?')


def test_fields_and_what_a_mapping_leaves_need_no_values() -> None:
    mapping = ColumnMapping("ours", 1, "Ours", "Our sheet.", (Column("Nobody's column"),))
    found = propose(["Record ID", "Nobody's column", "", "Betrag"], [["7"], ["Nobody"], ["x"]], [USERS], mapping)
    assert [column.column and (column.column.field, column.how) for column in found.columns] == [
        ("id", "synonym"),
        (None, "mapping"),
        None,
        ("value", "synonym"),
    ]
    assert [column.samples for column in found.columns] == [("7",), ("Nobody",), ("x",), ()]


def test_the_values_of_a_mapping_are_kept_whether_they_were_seen_or_not() -> None:
    mapping = ColumnMapping(
        "ours",
        1,
        "Ours",
        "Our sheet.",
        (Column("U", "named_users", values={"Later": "nobody"}),),
        unknown=("Not asked",),
    )
    column = proposed("u", ["Not asked", "named"], USERS, mapping=mapping)
    assert column.values == (
        ProposedValue("Later", "nobody", "same", 0),
        ProposedValue("Not asked", "unknown", "same"),
        ProposedValue("named", "named", "same"),
    )


def test_what_the_screen_asks_and_two_columns_for_one_question_are_told() -> None:
    found = propose(["Named users", "named-users"], [[], []], [USERS, PROOF])
    assert isinstance(found, Proposal)
    assert [problem.code for problem in found.problems] == ["two-columns"]
    assert found.unanswered == ("proof",)
    assert found.question("proof") == PROOF


def test_a_column_that_is_called_like_a_question_and_holds_days_is_left() -> None:
    day = proposed(
        "Deadline", ["2026-05-01", "12/31/2026"], QuestionSpec("deadline", "Which day?", (("fixed", "A fixed day"),))
    )
    assert day.column == Column("Deadline")
    assert (day.perhaps, day.why) == ("deadline", 'called like "deadline", and all its values are figures')
    bands = QuestionSpec("people", "How many?", (("few", "1-5"), ("many", "6-12")))
    assert proposed("People", ["1-5", "7"], bands).column == Column("People", "people")
    assert proposed("People", [], bands).column == Column("People", "people")


WHO = QuestionSpec(
    "who_decides",
    "Who decides?",
    (("signer_met_us", "The signer met us"), ("path_named", "They told us"), ("contact_cannot_say", "Could not say")),
)
WHEN = QuestionSpec(
    "deadline",
    "When?",
    (
        ("later", "More than six months away"),
        ("months", "More than two months away, up to six"),
        ("soon", "Two months away or less"),
    ),
)


def test_a_column_is_guessed_by_its_everyday_name_with_its_values_most_frequent_first() -> None:
    column = proposed("EconomicBuyer__c", ["Identified", "No", "No", "", "?", "Blue"], WHO)
    assert (column.column, column.how) == (Column("EconomicBuyer__c", "who_decides"), "guess")
    assert column.values == (
        ProposedValue("No", "contact_cannot_say", "everyday", 2),
        ProposedValue("Identified", "path_named", "everyday", 1),
        ProposedValue("?", "unknown", "same", 1),
        ProposedValue("Blue", None, None, 1),
    )
    assert column.to_confirm == 4


def test_a_column_of_names_notes_or_figures_is_no_guess_whatever_it_is_called() -> None:
    names = proposed("Decision maker", ["Head of yard"], WHO)
    assert (names.column, names.why) == (
        None,
        'sounds like "who_decides", but its values are not a short list of answers',
    )
    assert proposed("Decision maker score", ["3", "4"], WHO).column is None
    assert proposed("Decision maker", ["Yes", "Call the yard", "Ask the board"], WHO).column is None


def test_dates_and_numbers_are_taken_in_bands_and_a_close_date_is_only_offered() -> None:
    bands = Bands(((61, "soon"), (183, "months")), "later", of_days=True)
    assert proposed("Go-live date", ["2026-05-01"], WHEN).column == Column("Go-live date", "deadline", bands=bands)
    assert proposed("Deadline", ["2026-05-01"], WHEN).how == "name"
    close = proposed("Close Date", ["12/31/2026"], WHEN)
    assert (close.column, close.perhaps, close.bands and close.bands.order) == (None, "deadline", "month first")
    assert proposed("Close Date", ["soonish"], WHEN).perhaps is None


def test_a_column_is_guessed_from_words_that_its_values_share_with_the_options() -> None:
    column = proposed("Spalte 7", ["Signer there", "Signer there", "They could not say"], WHO, USERS)
    assert (column.column and column.column.question, column.how) == ("who_decides", "guess")


def test_figures_are_never_an_answer_by_the_likeness_of_a_name() -> None:
    months = QuestionSpec("contract_form", "Whose paper?", (("ours", "Ours"), ("theirs", "Theirs")))
    assert proposed("contract_months", ["12", "24"], months).perhaps is None
