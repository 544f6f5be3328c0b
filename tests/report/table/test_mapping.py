from collections.abc import Iterable

import pytest

from fitcheck.mapping import Column, ColumnMapping
from fitcheck.report.document import Block, Detail
from fitcheck.report.layout import TextOptions, cells, plain
from fitcheck.report.table.mapping import coverage, matching_blocks, proposal_report
from fitcheck.report.text import text_lines
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
VALUES = [["7", "8"], ["Nobody", "Nmed people", "kinda"], [], ["soon"], ["1.5."], [], ["東京", "x" * 90]]


def laid_out(blocks: Iterable[Block], width: int = 80) -> str:
    return plain(text_lines(blocks, TextOptions(width=width)))


def matching_text(width: int = 80) -> str:
    return laid_out(matching_blocks(match(HEADER, ASKED, MAPPING)), width)


def proposal_text(detail: Detail = "short", width: int = 80) -> str:
    return laid_out(proposal_report(propose(HEADER, VALUES, ASKED, MAPPING), detail, file="t.csv"), width)


def test_a_matching_says_what_each_column_is_and_what_has_none() -> None:
    text = matching_text()
    assert (
        "Columns with answers\n  named_users  Named users (same name)\n  who_decides  Signer (from the mapping)" in text
    )
    assert "\nColumns with fields of the deal\n  id  Record ID (usual CRM name)\n" in text
    assert '\nColumns to look at (copied through unchanged)\n  Deadlin  did you mean "deadline"?\n' in text
    assert '\nCopied through unchanged (3)\n  Made on · "" · ' in text
    assert '\nIn the mapping, not in the table (1)\n  "Seller"\n' in text
    assert "\nQuestions without a column, unknown in every row (1)\n  deadline\n" in text


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ([], "none of 3 questions has a column"),
        (["deadline"], "1 of 3 questions has a column"),
        (["deadline", "who_decides", "named_users"], "3 of 3 questions have a column"),
    ],
)
def test_the_questions_with_a_column_are_counted(header: list[str], told: str) -> None:
    assert coverage(len(match(header, ASKED).questions), len(ASKED)) == told
    proposal = propose(header, [[] for _ in header], ASKED)
    assert laid_out(proposal_report(proposal)).startswith(told)
    assert told in laid_out(proposal_report(proposal, "quiet"))


def test_a_short_proposal_names_what_is_known_and_what_is_left_to_do() -> None:
    text = proposal_text()
    assert text.startswith("2 of 3 questions have a column  t.csv")
    assert "  2 guesses to confirm\n" in text
    told = " ".join(text.split())
    for line in (
        "Deal Record ID → id",
        "Answers named_users · Signer → who_decides",
        "Guesses Named users → named_users (2 values)",
        'Look at Deadlin: did you mean "deadline"?',
        "No column deadline",
        "Next add -o ours.yaml to save this mapping, then complete it there",
    ):
        assert line in told


def test_a_proposal_that_is_saved_does_not_ask_to_be_saved() -> None:
    proposal = propose(HEADER, VALUES, ASKED, MAPPING)
    assert "Next" not in laid_out(proposal_report(proposal, saved=True))


def test_a_full_proposal_shows_values_and_the_answers_they_are_taken_for() -> None:
    text = proposal_text("full")
    assert '\nRecord ID → id (usual CRM name)\n  e.g. "7", "8"\n' in text
    assert (
        "\nNamed users → named_users (same name)\n"
        '  "Nobody" → nobody, 1 row\n'
        '  "Nmed people" → named? (a guess), 1 row\n'
        '  "kinda" → unknown? (a guess), 1 row\n'
    ) in text
    assert '\nDeadlin → deadline? (did you mean "deadline"?)\n  e.g. "soon"\n' in text


def test_columns_that_say_nothing_are_shown_with_their_values_on_demand() -> None:
    assert "東京" not in proposal_text() + proposal_text("full")
    assert "東京" in proposal_text("explain")
    assert "Copied through unchanged (3" not in proposal_text("explain")


def test_two_columns_for_one_question_are_told() -> None:
    found = propose(["Deadline", "DEADLINE"], [[], []], ASKED)
    assert 'two columns answer "deadline"' in laid_out(proposal_report(found))


@pytest.mark.parametrize("width", [20, 60, 80])
@pytest.mark.parametrize("detail", ["quiet", "short", "full", "explain"])
def test_no_line_is_wider_than_the_terminal(width: int, detail: Detail) -> None:
    for text in (matching_text(width), proposal_text(detail, width)):
        assert max(cells(line) for line in text.splitlines()) <= width


def test_a_header_is_neither_markup_nor_an_escape() -> None:
    for text in (matching_text(), proposal_text()):
        assert "[red]" in text
        assert "\x1b" not in text


def test_a_short_proposal_fits_on_one_screen_however_many_columns_there_are() -> None:
    header = [f"a custom property of ours, number {number}" for number in range(200)]
    values = [["Nobody", "Named people", f"x{number}"] for number in range(200)]
    text = laid_out(proposal_report(propose(header, values, ASKED), file="export of all deals.csv"))
    assert len(text.splitlines()) <= 22
    assert "194 more: --full" in " ".join(text.split())


def test_many_columns_that_say_nothing_are_named_on_demand() -> None:
    header = [f"custom {number}" for number in range(40)]
    found = propose(header, [[] for _ in header], ASKED)
    full = laid_out(proposal_report(found, "full"))
    assert "custom 11 · 28 more: --explain" in " ".join(full.split())
    assert "custom 12" not in full
    assert "custom 39" in laid_out(proposal_report(found, "explain"))
    assert "custom 39" in " ".join(laid_out(matching_blocks(match(header, ASKED))).split())
