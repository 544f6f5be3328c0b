"""Cells of a row into codes and a deal, and everything that is wrong with the row at once."""

from fractions import Fraction

import pytest
from strategies import worked_example

from fitcheck.amounts import Marks
from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.table.match.columns import match
from fitcheck.table.match.questions import asked_by
from fitcheck.table.score.row_reading import RowReader

HEADER = ["id", "Amount", "Currency", "pain", "goal"]


def reader(header: list[str] = HEADER, mapping: ColumnMapping | None = None, mark: str | None = None) -> RowReader:
    """Read rows of a table for the worked example."""
    situation = worked_example()
    scorer = Scorer(situation.screen, situation.stage)
    matching = match(header, asked_by(situation.screen), mapping)
    return RowReader(scorer, matching, mapping, marks=Marks(mark), width=len(header))


def test_questions_without_a_column_are_unknown() -> None:
    read = reader().read(["7", "", "", "severe", ""])
    by_id = dict(zip((q.id for q in worked_example().screen.questions), read.codes, strict=True))
    assert by_id.pop("pain") == 0
    assert set(by_id.values()) == {UNKNOWN}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    problems = reader().read(["7", "see note", "Crowns", "sever", "clear"]).problems
    assert [(problem.column, problem.code) for problem in problems] == [
        ("pain", "unknown-option"),
        ("Amount", "no-amount"),
        ("Currency", "bad-currency"),
    ]
    assert str(problems[0]) == '"pain" has no option "sever" [unknown-option]; did you mean "severe"?'


def test_a_problem_names_the_column_where_it_is_not_called_like_the_question() -> None:
    mapping = ColumnMapping("m", 1, "M", "M.", columns=(Column("How bad", "pain"),))
    [problem] = reader(["How bad"], mapping).read(["zzz"]).problems
    assert str(problem).startswith('"How bad": "pain" has no option "zzz"')


def deal(cells: list[str], mapping: ColumnMapping | None = None, mark: str | None = None) -> tuple[object, list[str]]:
    """Value of the deal at a screen with a cost model, and what is wrong."""
    screen = load_screen("pilot")
    scorer = Scorer(screen, screen.default_stage)
    matching = match(["Amount", "Currency", "named_users"], asked_by(screen), mapping)
    read = RowReader(scorer, matching, mapping, marks=Marks(mark), width=3).read([*cells, "named"])
    return read.deal and read.deal.value, [problem.code for problem in read.problems]


@pytest.mark.parametrize(
    ("cells", "value", "problems"),
    [
        (["22,700.00", "EUR"], Fraction(22_700), []),
        (["22.700,50 €", ""], Fraction(45_401, 2), []),
        (["", ""], None, []),
        (["-", ""], None, []),
        (["12", "usd"], None, []),  # no exchange rate for it
        (["$12", "EUR"], None, ["two-currencies"]),
        (["(1,200)", ""], None, ["negative-amount"]),
        (["1.234", ""], Fraction(1_234), []),
        (["1.234k", ""], None, ["ambiguous-number"]),
        (["kr 5", ""], None, ["which-currency"]),
        (["kr 5", "NOK"], None, []),  # no exchange rate for it
        (["kr 5", "EUR"], None, ["two-currencies"]),
    ],
)
def test_amounts_are_read_or_refused_and_never_guessed(cells: list[str], value: object, problems: list[str]) -> None:
    found = deal(cells)
    assert found[1] == problems
    if not problems:
        assert found[0] == value


def test_a_proven_or_named_mark_settles_what_an_amount_is() -> None:
    assert deal(["1.234", ""], mark=",") == (Fraction(1_234), [])
    assert deal(["1.234", ""], mark=".") == (Fraction(617, 500), [])


def test_zero_is_a_value_unless_the_mapping_says_that_it_means_unknown() -> None:
    assert deal(["0", ""]) == (Fraction(0), [])
    assert deal(["0", ""], ColumnMapping("m", 1, "M", "M.", zero_is_unknown=True)) == (None, [])


def test_the_mapping_names_the_currency_of_deals_that_name_none() -> None:
    assert deal(["12", ""], ColumnMapping("m", 1, "M", "M.", currency="USD")) == (None, [])


@pytest.mark.parametrize(
    ("cells", "value", "problems"),
    [
        (["Not asked", ""], None, []),
        ([" NOT_ASKED ", ""], None, []),
        (["", "Not asked"], None, []),
        (["", " not-asked "], None, []),
        (["12", "TBD"], Fraction(12), []),
        (["-1", ""], None, []),
        (["1", ""], Fraction(1), []),  # the sign is no matter of spelling
        (["-2", ""], None, ["negative-amount"]),
        (["not known", ""], None, ["no-amount"]),
        (["12", "not known"], None, ["bad-currency"]),
    ],
)
def test_the_mappings_texts_for_unknown_count_in_every_column_of_a_deal_however_they_are_spelt(
    cells: list[str], value: object, problems: list[str]
) -> None:
    """Three letters would be a currency if the mapping did not call them unknown."""
    found = deal(cells, ColumnMapping("m", 1, "M", "M.", unknown=("Not asked", "-1", "tbd")))
    assert found[1] == problems
    if not problems:
        assert found[0] == value


def test_a_spelling_is_looked_up_once_and_a_bad_cell_told_again_the_same_way() -> None:
    read = reader()
    first = read.read(["7", "", "", " SEVERE ", "zzz"])
    again = read.read(["8", "", "", " SEVERE ", "zzz"])
    assert (first.codes, first.problems) == (again.codes, again.problems)
    assert first.problems[0] is again.problems[0]
