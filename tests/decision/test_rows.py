"""A row of a table says exactly what an assessment of the same answers says."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings, strategies as st
from strategies import Situation, asked, option_ids, situations

from fitcheck.decision import costanswers, opened
from fitcheck.decision.answers import Answer, Prospect
from fitcheck.decision.assess import assess
from fitcheck.decision.costmodel import CostQuestion, Deal
from fitcheck.decision.principal import principal_reasons
from fitcheck.decision.rows import Row, RowScorer
from fitcheck.decision.rubric import Question, Screen
from fitcheck.decision.sheet import NOT_APPLICABLE, UNKNOWN
from fitcheck.documents.screens import load_screen

STATES = {"unknown": UNKNOWN, "n/a": NOT_APPLICABLE}


def code(prospect: Prospect, question: Question | CostQuestion) -> int:
    """Code of the prospect's answer."""
    answer = prospect.answer(question.id)
    return STATES[answer.state] if answer.option is None else option_ids(question).index(answer.option)


def scored(situation: Situation, scorer: RowScorer | None = None) -> Row:
    """The row of a situation."""
    screen, prospect = situation.screen, situation.prospect
    scorer = scorer or RowScorer(screen, situation.stage, situation.company)
    costs = scorer.costs(tuple(code(prospect, q) for q in screen.cost.questions) if screen.cost else ())
    codes = tuple(code(prospect, question) for question in screen.questions)
    return scorer.score(codes, costs, scorer.deal(prospect.deal))


def check(situation: Situation, row: Row) -> None:
    """Compare a row with the assessment, figure by figure."""
    told = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    assert (row.verdict, row.settled) == (told.verdict, told.settled)
    assert (row.score, row.score_low, row.score_high) == (told.score, told.score_low, told.score_high)
    assert Fraction(row.known, row.weight) == told.known
    assert row.dimensions == tuple(dimension.score for dimension in told.dimensions)
    assert row.tops == tuple(dimension.most for dimension in told.dimensions)
    assert row.failed == tuple(gate.id for gate in told.failed_gates)
    assert row.reasons == principal_reasons(told)
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
@settings(max_examples=600)
def test_a_row_is_the_assessment_of_its_answers(situation: Situation) -> None:
    check(situation, scored(situation))


@pytest.mark.parametrize("entries", [0, costanswers.MOST_ENTRIES])
@given(situation=situations())
def test_a_row_is_the_assessment_where_completions_are_too_many_to_walk_through(
    entries: int, situation: Situation
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "FEW", 0)
        patch.setattr(costanswers, "MOST_ENTRIES", entries)
        check(situation, scored(situation))


@given(situations())
def test_rows_scored_before_change_nothing(situation: Situation) -> None:
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    first = scored(situation, scorer)
    other = situation.answering({question.id: Answer(None, "unknown") for question in situation.screen.questions})
    scored(other, scorer)
    dearer = replace(situation, prospect=replace(situation.prospect, deal=Deal(value=Fraction(9_999))))
    check(dearer, scored(dearer, scorer))
    assert scored(situation, scorer) == first


@pytest.mark.parametrize("name", ["pilot", "deal", "meddpicc", "bant"])
@given(picks=st.binary(min_size=80, max_size=80), value=st.sampled_from([None, 0, 5_000, 17_500, 40_000, 250_000]))
@settings(max_examples=25)
def test_a_row_of_a_built_in_screen_is_the_assessment_of_its_answers(
    name: str, picks: bytes, value: int | None
) -> None:
    screen = load_screen(name)
    check(*_drawn(screen, picks, value))


@given(picks=st.binary(min_size=40, max_size=40), value=st.integers(10, 90))
@settings(max_examples=80)
@example(bytes.fromhex("ac9e192f429630de0ef768be06a64aaa7d04f7d14d5f03a0308a0a077a1650013cb307f6b98909c5"), 81)
def test_a_row_is_the_assessment_where_trust_alone_leaves_the_money_gate_open(picks: bytes, value: int) -> None:
    # every cost answer is known, so that there is no cost question to ask
    screen = load_screen("pilot")
    trust = next(rubric for rubric in screen.rubrics if rubric.id == "mutual-trust")
    answers = {
        question.id: Answer(option_ids(question)[min(pick % 5 // 2, len(question.options) - 1)])
        for question, pick in zip(asked(screen), picks, strict=False)
    }
    for question, pick in zip(trust.questions, picks, strict=False):
        if pick % 3 == 0:
            answers.pop(question.id)
    prospect = Prospect("acme", "Acme", answers, Deal(value=Fraction(500 * value)))
    situation = Situation(screen, "pilot", prospect)
    check(situation, scored(situation))


def _drawn(screen: Screen, picks: bytes, value: int | None) -> tuple[Situation, Row]:
    answers = {}
    for question, pick in zip(asked(screen), picks, strict=False):
        options = option_ids(question)
        if pick % 11 == 10:
            answers[question.id] = Answer(None, "n/a" if question.not_applicable else "unknown")
        elif pick % 11 < 9:
            # mostly good answers, so that many verdicts stay open
            answers[question.id] = Answer(options[min(pick % 11 // 4, len(options) - 1)])
    deal = Deal(value=None if value is None else Fraction(value))
    situation = Situation(screen, screen.default_stage, Prospect("acme", "Acme", answers, deal))
    return situation, scored(situation)
