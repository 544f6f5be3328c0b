"""A row of a table says what an assessment of the same answers says, whatever was scored before it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, asked, option_ids, situations

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import CostQuestion, Deal
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.decision.score.score_tables import NOT_APPLICABLE, UNKNOWN
from fitcheck.decision.verdict.rows import Row, row_of
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.documents.screens import load_screen

STATES = {"unknown": UNKNOWN, "n/a": NOT_APPLICABLE}


def code(prospect: Prospect, question: Question | CostQuestion) -> int:
    """Code of the prospect's answer."""
    answer = prospect.answer(question.id)
    return STATES[answer.state] if answer.option is None else option_ids(question).index(answer.option)


def scored(situation: Situation, scorer: Scorer | None = None) -> Row:
    """The row of a situation."""
    screen, prospect = situation.screen, situation.prospect
    scorer = scorer or Scorer(screen, situation.stage, situation.company)
    costing = tuple(code(prospect, question) for question in screen.cost.questions) if screen.cost else ()
    costs = scorer.costs(costing, prospect.deal.hours_spent)
    codes = tuple(code(prospect, question) for question in screen.questions)
    return row_of(scorer.judge_codes(codes, costs, scorer.deal(prospect.deal)))


def shown(row: Row, *points: int) -> list[Fraction]:
    """Points of 100."""
    return [Fraction(100 * each, row.whole) for each in points]


def check(situation: Situation, row: Row) -> None:
    """Compare a row with the assessment, figure by figure; of its sentences see `test_principal`."""
    told = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    assert (row.verdict, row.state) == (told.verdict, told.state)
    assert shown(row, row.score, row.score_low, row.score_high) == [told.score, told.score_low, told.score_high]
    assert Fraction(row.known, row.whole) == told.known
    assert shown(row, *row.dimensions) == [dimension.score for dimension in told.dimensions]
    assert shown(row, *row.tops) == [dimension.most for dimension in told.dimensions]
    assert row.failed == tuple(gate.id for gate in told.failed_gates)
    if told.settled or told.too_little_known:
        assert row.ask_next == (told.ask_next[0].question if told.ask_next else None)
    if told.cost is None:
        assert row.closing is None
    else:
        assert row.closing is not None
        assert row.deal is not None
        assert (row.closing.hours, row.closing.money_p50) == (told.cost.hours, told.cost.money.p50)
        assert row.closing.expected == told.cost.expected
        assert row.deal.margin == told.cost.margin


@given(situations())
@settings(max_examples=100)
def test_a_row_is_the_assessment_of_its_answers(situation: Situation) -> None:
    check(situation, scored(situation))


@given(situations())
def test_rows_scored_before_change_nothing(situation: Situation) -> None:
    scorer = Scorer(situation.screen, situation.stage, situation.company)
    first = scored(situation, scorer)
    other = situation.answering({question.id: Answer(None, "unknown") for question in situation.screen.questions})
    scored(other, scorer)
    dearer = replace(situation, prospect=replace(situation.prospect, deal=Deal(value=Fraction(9_999))))
    check(dearer, scored(dearer, scorer))
    assert scored(situation, scorer) == first


@pytest.mark.parametrize("name", ["pilot", "deal", "meddpicc", "bant"])
@given(picks=st.binary(min_size=80, max_size=80), value=st.sampled_from([None, 0, 5_000, 17_500, 40_000, 250_000]))
@settings(max_examples=6)
def test_a_row_of_a_built_in_screen_is_the_assessment_of_its_answers(
    name: str, picks: bytes, value: int | None
) -> None:
    situation = drawn(load_screen(name), picks, value)
    check(situation, scored(situation))


def drawn(screen: Screen, picks: bytes, value: int | None) -> Situation:
    """Mostly good answers, so that many verdicts stay open."""
    answers = {}
    for question, pick in zip(asked(screen), picks, strict=False):
        options = option_ids(question)
        if pick % 11 == 10:
            answers[question.id] = Answer(None, "n/a" if question.not_applicable else "unknown")
        elif pick % 11 < 9:
            answers[question.id] = Answer(options[min(pick % 11 // 4, len(options) - 1)])
    deal = Deal(value=None if value is None else Fraction(value))
    return Situation(screen, screen.default_stage, Prospect("acme", "Acme", answers, deal))
