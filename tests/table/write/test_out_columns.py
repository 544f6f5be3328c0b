"""What our columns are called, which are chosen, and that no spreadsheet runs them."""

from dataclasses import replace

import pytest
from strategies import worked_example

from fitcheck.decision.score.score_tables import UNKNOWN
from fitcheck.decision.verdict.rows import row_of
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.problems import UsageError
from fitcheck.table.write.out_columns import ColumnSelection, RowTexts, chosen_columns, defused, out_columns

COLUMNS = out_columns(worked_example().screen)
EVERY = tuple(column.name for column in COLUMNS)
HEADER = ["id", "name", "pain", "fit_score"]


def test_the_columns_of_a_screen_without_a_cost_model_name_no_money() -> None:
    assert EVERY == (
        "fit_verdict", "fit_state", "fit_score", "fit_score_low", "fit_score_high", "fit_known", "fit_need",
        "fit_trust", "fit_failed_gates", "fit_reason_1", "fit_reason_2", "fit_reason_3", "fit_ask_next",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (None, ColumnSelection((0, 1, 2), EVERY)),
        (("ids", "fit"), ColumnSelection((0, 1), EVERY)),
        (("verdict", "fit_score", "verdict"), ColumnSelection((), ("fit_verdict", "fit_score"))),
        (("all",), ColumnSelection((0, 1, 2), ())),
        (("reason_1", "all"), ColumnSelection((0, 1, 2), ("fit_reason_1",))),
    ],
)
def test_columns_are_chosen_and_those_of_an_earlier_run_replaced(
    words: tuple[str, ...] | None, kept: ColumnSelection
) -> None:
    assert chosen_columns(words, COLUMNS, HEADER, [0, 1]) == kept


def test_a_column_that_an_earlier_version_wrote_is_replaced_and_not_carried_along() -> None:
    assert chosen_columns(None, COLUMNS, ["id", "fit_settled", "fit_verdict"], [0]) == ColumnSelection((0,), EVERY)


def test_where_nothing_is_answered_there_is_no_score() -> None:
    situation = worked_example()
    questions = situation.screen.questions
    scores = ["fit_score", "fit_need", "fit_trust"]
    texts = RowTexts(situation.screen, scores)
    scorer = Scorer(situation.screen, situation.stage)
    assert texts(row_of(scorer.judge_codes((UNKNOWN,) * len(questions), None, None))) == ["", "", ""]
    assert all(texts(row_of(scorer.judge_codes((0, *(UNKNOWN,) * (len(questions) - 1)), None, None))))


def test_a_table_without_columns_of_ours_stays_as_it_is() -> None:
    assert chosen_columns(None, COLUMNS, ["id", "pain"], [0]).own is None


@pytest.mark.parametrize(
    ("word", "hint"), [("verdikt", "verdict"), ("fit_scor", "fit_score"), ("zzz", "all, ids, fit")]
)
def test_a_wrong_word_is_told_with_the_nearest_right_one(word: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        chosen_columns([word], COLUMNS, HEADER, [])
    [problem] = error.value.problems
    assert hint in (problem.hint or "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\0x"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-5", "'=1"])
def test_any_other_text_stays(text: str) -> None:
    assert defused(text) == text


def test_a_reason_that_a_spreadsheet_would_run_is_defused_unless_it_is_to_stay() -> None:
    situation = worked_example()
    rubrics = [
        replace(
            rubric,
            questions=tuple(
                replace(q, options=tuple(replace(o, because="=cmd()") for o in q.options)) for q in rubric.questions
            ),
        )
        for rubric in situation.screen.rubrics
    ]
    screen = replace(situation.screen, rubrics=tuple(rubrics))
    row = row_of(Scorer(screen, situation.stage).judge_codes((0,) * len(screen.questions), None, None))
    assert RowTexts(screen, ["fit_reason_1"])(row) == ["'=cmd()"]
    assert RowTexts(screen, ["fit_reason_1"], as_is=True)(row) == ["=cmd()"]


def test_a_table_without_id_and_name_has_none_to_write_alone() -> None:
    with pytest.raises(UsageError, match="leaves nothing to write"):
        chosen_columns(["ids"], COLUMNS, ["pain"], [])
    assert chosen_columns(["ids", "verdict"], COLUMNS, ["pain"], []) == ColumnSelection((), ("fit_verdict",))
