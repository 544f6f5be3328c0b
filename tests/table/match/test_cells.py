import pytest
from hypothesis import given, strategies as st

from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN
from fitcheck.documents.reading.finding import names
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.table.match.cells import CellProblem, bad_answer, cell_words, code_of, excel_date, is_figure, word_of
from fitcheck.table.match.questions import QuestionSpec, asked_by

USERS = QuestionSpec(
    "named_users", "Who will use it?", (("named", "Named people"), ("no_time", "No time agreed"), ("nobody", "Nobody"))
)
BANDS = QuestionSpec(
    "people", "How many?", (("one_or_two", "1-2"), ("three_to_five", "3-5"), ("more", "6-12")), may_be_na=True
)
EVERY = [question for name in names("screen") for question in asked_by(load_screen(name))]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("named", 0),
        ("Named people", 0),
        (" named people ", 0),
        ("NAMED-PEOPLE", 0),
        ("no time", 1),
        ("No_Time_Agreed", 1),
        ("Nobody", 2),
        ("", UNKNOWN),
        ("  ", UNKNOWN),
        ("?", UNKNOWN),
        ("-", UNKNOWN),
        ("--", UNKNOWN),
        ("Unknown", UNKNOWN),
        ("n/a", None),
        ("Nobdy", None),
        ("named people.", None),
        ("0", None),
    ],
)
def test_a_cell_means_an_option_by_its_id_or_what_it_says_whatever_capitals_and_what_joins_words(
    cell: str, code: int | None
) -> None:
    assert code_of(cell, cell_words(USERS)) == code


def test_n_a_is_an_answer_only_where_the_question_allows_it() -> None:
    assert [code_of(cell, cell_words(BANDS)) for cell in ("n/a", "N/A", "na")] == [NOT_APPLICABLE, NOT_APPLICABLE, None]


def test_the_column_s_values_come_before_the_mapping_s_unknowns_before_the_question_s_own_words() -> None:
    column = Column("Users", "named_users", values={"nobody": "named", "-": "nobody", "Hm": "unknown"})
    mapping = ColumnMapping("ours", 1, "Ours", "Our sheet.", unknown=("no time agreed", "Not asked"))
    words = cell_words(USERS, column, mapping)
    assert [words[cell] for cell in ("nobody", "-", "Hm", "Not asked", "no_time", "")] == [
        0,
        2,
        UNKNOWN,
        UNKNOWN,
        1,
        UNKNOWN,
    ]
    assert code_of("no time agreed", words) == UNKNOWN
    assert code_of("No time agreed", words) == 1


def test_a_text_that_folds_to_two_answers_is_none_unless_written_exactly() -> None:
    column = Column("Users", "named_users", values={"Yes": "named", "yes": "nobody"})
    words = cell_words(USERS, column)
    assert [code_of(cell, words) for cell in ("Yes", "yes", "YES")] == [0, 2, None]
    problem = bad_answer("users", USERS, "YES", words)
    assert problem[2:] == ("two-meanings", '"YES" may mean "named" or "nobody"', "write named or nobody")


def test_what_two_options_say_alike_is_no_answer() -> None:
    twins = QuestionSpec("twins", "Which?", (("one", "The same"), ("two", "The same")))
    words = cell_words(twins)
    assert code_of("The same", words) is None
    assert code_of("one", words) == 0


def test_values_for_options_that_the_question_lacks_are_no_answers() -> None:
    words = cell_words(USERS, Column("Users", "named_users", values={"Later": "later", "None": "n/a"}))
    assert code_of("Later", words) is None
    assert code_of("None", words) is None


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.id)
def test_every_option_of_every_built_in_question_is_known_by_its_id_and_by_what_it_says(question: QuestionSpec) -> None:
    words = cell_words(question)
    for code, (option, says) in enumerate(question.options):
        assert code_of(option, words) == code_of(says, words) == code_of(says.upper(), words) == code
        assert word_of(question, code) == option


@given(st.text(max_size=12))
def test_only_keys_that_no_cell_can_have_are_in_folded_spelling(cell: str) -> None:
    words = cell_words(USERS)
    exact = {word for word in words if not word.startswith("\0")}
    assert exact == {"named", "no_time", "nobody", "Named people", "No time agreed", "Nobody", "unknown", "", "?", "-"}
    if cell.strip() in exact:
        assert code_of(cell, words) == words[cell.strip()]


@pytest.mark.parametrize(
    ("cell", "code", "message", "hint"),
    [
        ("Nmed people", "unknown-option", '"named_users" has no option "Nmed people"', 'did you mean "Named people"?'),
        ("nobdy", "unknown-option", '"named_users" has no option "nobdy"', 'did you mean "nobody"?'),
        (
            "17",
            "unknown-option",
            '"named_users" has no option "17"',
            "one of: named, no_time, nobody, unknown",
        ),
        (
            "n/a",
            "not-applicable",
            '"named_users" applies to every prospect and cannot be n/a',
            "unknown, if it isn't known",
        ),
        (
            "01-May",
            "unknown-option",
            '"named_users" has no option "01-May", which looks like a date a spreadsheet made of "1-5"',
            "one of: named, no_time, nobody, unknown",
        ),
    ],
)
def test_a_bad_answer_is_told_with_the_nearest_right_one(cell: str, code: str, message: str, hint: str) -> None:
    assert bad_answer("users", USERS, cell, cell_words(USERS)) == CellProblem("users", cell, code, message, hint)


@pytest.mark.parametrize(("cell", "was"), [("05-Mar", "3-5"), ("02-Jan", "1-2"), ("12-Jun", "6-12"), ("Mar-05", "3-5")])
def test_a_band_that_a_spreadsheet_made_a_date_of_is_named(cell: str, was: str) -> None:
    assert code_of(cell, cell_words(BANDS)) is None
    found = bad_answer("people", BANDS, cell, cell_words(BANDS))
    assert found.code == "made-a-date"
    assert found.message == f'"{cell}" is a date, which a spreadsheet made of "{was}"'
    assert found.hint == f"write {was}, in a column that the spreadsheet keeps as text"


def test_a_band_is_never_near_to_another() -> None:
    assert (
        bad_answer("people", BANDS, "3-6", cell_words(BANDS)).hint == "one of: one_or_two, three_to_five, more, unknown"
    )


def test_control_characters_of_a_cell_do_not_reach_the_message() -> None:
    assert (
        bad_answer("users", USERS, "a\x1b[31m", cell_words(USERS)).message
        == '"named_users" has no option "a\ufffd[31m"'
    )


@pytest.mark.parametrize(
    "text", ["12", "1,234.50", "$22,700.00", "12 %", "2026-05-01", "01-May", "May 2026", "1-5", "€ 5"]
)
def test_figures_are_told_from_words(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["five", "5 users", "May", "Q3 budget", "", "v2 agreed"])
def test_words_are_told_from_figures(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("01-May", "1-5"),
        ("May-01", "1-5"),
        ("1. Mai", "1-5"),
        ("05-Jan", "1-5"),
        ("10-Dec", "10-12"),
        ("12. Okt", "10-12"),
        ("6-Sept", "6-9"),
        ("20-Feb", "2-20"),
        ("2026-05-01", "1-5"),
        ("2026-05-01 00:00:00", "1-5"),
        ("2026-12-10T00:00:00", "10-12"),
    ],
)
def test_a_day_of_the_year_is_the_band_from_the_lower_to_the_higher_number(cell: str, band: str) -> None:
    assert excel_date(cell) == band


@pytest.mark.parametrize(
    "cell", ["", "1-5", "Mayor", "May", "May 2026", "32-May", "0-May", "01-Xyz", "05-May", "2026-13-01", "1/5/2026"]
)
def test_where_no_single_band_can_have_been_meant_nothing_is_said(cell: str) -> None:
    assert excel_date(cell) is None


def test_a_time_of_day_is_no_band() -> None:
    assert excel_date("2026-05-01 12:30:00") is None
