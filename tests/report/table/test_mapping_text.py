import pytest

from fitcheck.mapping import Column, ColumnMapping
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.table.mapping_text import matching_lines, proposal_lines
from fitcheck.table.match.columns import match
from fitcheck.table.match.proposal import propose
from fitcheck.table.match.questions import QuestionSpec

ASKED = (
    QuestionSpec("named_users", "Who will use it?", (("named", "Named people"), ("nobody", "Nobody"))),
    QuestionSpec("who_decides", "Who signs?", (("met", "We met"), ("not_met", "We did not"))),
    QuestionSpec("deadline", "Which day cannot slip?", (("fixed", "A fixed day"), ("none", "None"))),
)
MAPPING = ColumnMapping(
    "ours",
    1,
    "Ours",
    "Our sheet.",
    (Column("Signer", "who_decides"), Column("Seller", field="owner"), Column("Made on")),
)
HEADER = ["Record ID", "Named users", "Signer", "Deadlin", "Made on", "", "Sehr  [red]lang\x1b[31m " * 3]
VALUES = [["7", "8"], ["Nobody", "Nmed people", "kinda"], [], ["2026"], ["1.5."], [], ["東京", "x" * 90]]


def matching_text(width: int = 80, *, explain: bool = False) -> str:
    return plain(matching_lines(match(HEADER, ASKED, MAPPING), ASKED, TextOptions(width=width, explain=explain)))


def proposal_text(width: int = 80, *, explain: bool = False) -> str:
    return plain(proposal_lines(propose(HEADER, VALUES, ASKED, MAPPING), TextOptions(width=width, explain=explain)))


def test_a_matching_says_what_each_column_is_and_what_has_none() -> None:
    text = matching_text()
    assert text.startswith("2 of 3 questions have a column\n")
    assert "\nAnswers\n  named_users  Named users (its name)\n  who_decides  Signer (mapping)\n" in text
    assert "\nOf the deal\n  id  Record ID (what CRMs call it)\n" in text
    assert '\n  Deadlin: did you mean "deadline"?\n' in text
    assert "\nCarried along as they are (3, 1 without a header)\n  Made on, " in text
    assert '\nNamed by the mapping, not in the table\n  "Seller"\n' in text
    assert "\nQuestions without a column (1, unknown in every row)\n  deadline\n" in text


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ([], "none of the 3 questions has a column"),
        (["deadline"], "1 of 3 questions has a column"),
        (["deadline", "who_decides", "named_users"], "3 of 3 questions have a column"),
    ],
)
def test_the_first_line_counts_questions(header: list[str], first: str) -> None:
    assert plain(matching_lines(match(header, ASKED), ASKED, TextOptions())).splitlines()[0] == first


def test_a_proposal_shows_values_and_the_answers_they_are_taken_for() -> None:
    text = proposal_text()
    assert text.startswith("2 of 3 questions have a column\n")
    assert '\nRecord ID → id (so CRMs call it)\n  such as "7", "8"\n' in text
    assert (
        "\nNamed users → named_users (so it is called)\n"
        '    "Nobody" → nobody\n'
        '    "Nmed people" → named? (a guess)\n'
        '    "kinda": to be filled in\n'
    ) in text
    assert '\nDeadlin → deadline? (did you mean "deadline"?)\n  such as "2026"\n' in text
    assert text.endswith("\n\n1 value to be filled in, 1 guess to be confirmed\n")


def test_columns_that_say_nothing_are_shown_with_their_values_on_demand() -> None:
    assert "東京" not in proposal_text()
    assert "東京" in proposal_text(explain=True)
    assert "Carried along" not in proposal_text(explain=True)


def test_two_columns_for_one_question_are_told() -> None:
    found = propose(["Deadline", "DEADLINE"], [[], []], ASKED)
    assert 'two columns answer "deadline"' in plain(proposal_lines(found, TextOptions()))


@pytest.mark.parametrize("width", [20, 60, 80])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, explain: bool) -> None:
    for text in (matching_text(width, explain=explain), proposal_text(width, explain=explain)):
        assert max(cells(line) for line in text.splitlines()) <= width


def test_a_header_is_neither_markup_nor_an_escape() -> None:
    for text in (matching_text(), proposal_text()):
        assert "[red]" in text
        assert "\x1b" not in text


def test_many_columns_that_say_nothing_are_named_on_demand() -> None:
    header = [f"custom {number}" for number in range(40)]
    short = plain(matching_lines(match(header, ASKED), ASKED, TextOptions()))
    long = plain(matching_lines(match(header, ASKED), ASKED, TextOptions(explain=True)))
    assert "custom 11; 28 more: --explain" in " ".join(short.split())
    assert "custom 12" not in short
    assert "custom 39" in long
