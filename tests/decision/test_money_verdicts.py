"""What money does to verdicts on the built-in screens: the cases it was made for, and its laws."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Answer, Prospect
from fitcheck.decision.content.cost_model import Company, Deal
from fitcheck.decision.content.rubric import STAGES, Question, Screen, Stage
from fitcheck.decision.cost.cost_answers import CostAnswers, CostMemo
from fitcheck.decision.cost.money import compiled_for
from fitcheck.decision.several.ranking import rank
from fitcheck.decision.verdict.scorer import Judgement, Scorer
from fitcheck.documents.screens import load_screen

USUAL = {
    "references": "one_or_two",
    "claims_proof": "no_papers",
    "proof_of_concept": "no_trial",
    "tender": "no_tender",
    "security_review": "short_form",
    "contract_form": "our_terms_changed",
    "people_to_convince": "three_to_five",
    "user_access": "direct",
    "requirement_changes": "once_or_twice",
    "visits": "one_or_two",
}
"""How a deal is usually closed: the likeliest answers, but for a form and changes that are as likely."""


@cache
def screen_of(name: str) -> Screen:
    return load_screen(name)


def best(question: Question, stage: Stage) -> str:
    """The option with most points that fails no gate."""
    at = STAGES.index(stage)
    return max((o for o in question.options if stage not in o.gate), key=lambda option: option.points[at]).id


def near_perfect(screen: Screen, stage: Stage, count: int | None = None) -> dict[str, Answer]:
    """The best answers to all questions, or to the first of them."""
    return {question.id: Answer(best(question, stage)) for question in screen.questions[:count]}


def plain(screen: Screen) -> dict[str, str]:
    """The lightest path: they know what they want, a standard product, one signature."""
    assert screen.cost is not None
    return {question.id: question.options[0].id for question in screen.cost.questions}


def judged(screen: Screen, stage: Stage, cost: Mapping[str, str], deal: Deal, count: int | None = None) -> Assessment:
    answers = {**near_perfect(screen, stage, count), **{q: Answer(option) for q, option in cost.items()}}
    return assess(screen, Prospect("acme", "Acme", answers, deal), stage)


def gate_states(found: Assessment) -> list[str]:
    return [gate.state for gate in found.gates if gate.id == "money"]


@pytest.mark.parametrize("stage", ["pilot", "growth", "mature"])
def test_usual_closing_at_25_000_a_year_is_worth_it(stage: Stage) -> None:
    found = judged(screen_of("deal"), stage, USUAL, Deal(value=Fraction(25_000), per="year"))
    assert (found.verdict, gate_states(found)) == ("pursue", ["pass"])


@pytest.mark.parametrize("stage", ["pilot", "growth", "mature"])
@pytest.mark.parametrize("value", [8_000, 9_000])
def test_a_small_plain_sale_is_worth_it(stage: Stage, value: int) -> None:
    """Such as a deal of 9,000 that is sold in two calls."""
    screen = screen_of("deal")
    found = judged(screen, stage, plain(screen), Deal(value=Fraction(value)))
    assert (found.verdict, gate_states(found)) == ("pursue", ["pass"])
    assert found.cost is not None
    assert found.cost.hours.mean <= 8


@pytest.mark.parametrize("stage", ["pilot", "growth", "mature"])
@pytest.mark.parametrize("usual", [USUAL, {}], ids=["usual", "else unknown"])
def test_an_unpaid_trial_without_an_end_on_their_own_case_is_not_worth_20_000(
    stage: Stage, usual: Mapping[str, str]
) -> None:
    cost = {**usual, "proof_of_concept": "unpaid_open"}
    found = judged(screen_of("deal"), stage, cost, Deal(value=Fraction(20_000)))
    assert (found.verdict, gate_states(found)) == ("not now", ["fail"])
    assert found.settled


@pytest.mark.parametrize("stage", ["concept", "prototype", "pilot"])
def test_the_price_of_a_pilot_never_decides_before_growth(stage: Stage) -> None:
    """A good partner of whom most is known stands as it stood, whatever the pilot brings."""
    screen = screen_of("pilot")
    count = len(screen.questions) * 3 // 4
    unpriced = judged(screen, stage, {}, Deal(), count)
    assert unpriced.verdict == "pursue"
    for value in (0, 500, 12_000):
        found = judged(screen, stage, {}, Deal(value=Fraction(value)), count)
        assert (found.verdict, found.state, found.probability) == (
            unpriced.verdict,
            unpriced.state,
            unpriced.probability,
        )
        assert gate_states(found) == []
        assert found.cost is not None
        assert found.cost.margin == value * Fraction(7, 10)


def test_hours_for_pilots_are_a_limit_for_whoever_names_one() -> None:
    screen = screen_of("pilot")
    prospect = Prospect("acme", "Acme", near_perfect(screen, "concept"))
    roomy = assess(screen, prospect, "concept", company=Company(pilot_hours=Fraction(80)))
    tight = assess(screen, prospect, "concept", company=Company(pilot_hours=Fraction(5)))
    assert (roomy.verdict, gate_states(roomy)) == ("pursue", ["pass"])
    assert (tight.verdict, gate_states(tight)) == ("not now", ["fail"])
    assert "hours" in tight.failed_gates[0].because


def test_a_stated_win_probability_counts_in_the_gate_and_in_the_ranking() -> None:
    """At 0.3 of the margin this deal would miss the limit by 202; half of such deals are won, so it is worth it."""
    screen = screen_of("deal")
    usual = judged(screen, "growth", USUAL, Deal())
    assert usual.cost is not None
    margin = (usual.cost.expected - 202) / Fraction(3, 10)
    found = judged(screen, "growth", USUAL, Deal(margin=margin, win_probability=Fraction(1, 2)))
    assert (found.verdict, gate_states(found)) == ("pursue", ["pass"])
    ranked = rank([found], 100)
    assert [entry.name for entry in ranked.chosen] == ["Acme"]
    assert ranked.chosen[0].value == margin / 2 - usual.cost.expected * Fraction(85, 100)


def test_the_lightest_path_of_a_deal_takes_eight_hours_at_most() -> None:
    screen = screen_of("deal")
    assert screen.cost is not None
    book = compiled_for(screen.cost, None)
    found = CostAnswers.of(book, [0] * len(screen.cost.questions), CostMemo(), in_hours=True)
    assert Fraction(found.cheapest[-1]) / book.hours.unit <= 8


def test_a_deal_without_a_value_says_from_which_value_it_would_be_worth_it() -> None:
    screen = screen_of("deal")
    unpriced = judged(screen, "growth", USUAL, Deal())
    assert unpriced.cost is not None
    least = unpriced.cost.worth_from
    assert least is not None
    assert least.of == "value"
    assert gate_states(judged(screen, "growth", USUAL, Deal(value=least.amount))) == ["pass"]
    assert gate_states(judged(screen, "growth", USUAL, Deal(value=least.amount - 1))) == ["at risk"]


@cache
def scorer() -> Scorer:
    return Scorer(screen_of("deal"), "growth")


def unit() -> int:
    compiled = scorer().compiled
    assert compiled is not None
    return compiled.money.unit


@st.composite
def prospects(draw: st.DrawFn) -> Prospect:
    """Of the screen deal: most questions answered, good answers as often as all others together."""
    screen, answers = screen_of("deal"), dict[str, Answer]()
    for question in screen.questions:
        options = [option.id for option in question.options]
        if draw(st.integers(0, 7)):
            answers[question.id] = Answer(draw(st.just(best(question, "growth")) | st.sampled_from(options)))
    assert screen.cost is not None
    for costing in screen.cost.questions:
        if draw(st.booleans()):
            answers[costing.id] = Answer(draw(st.sampled_from([option.id for option in costing.options])))
    value = draw(st.none() | st.sampled_from([1_000, 8_000, 25_000, 100_000]).map(Fraction))
    spent = draw(st.sampled_from([{}, {"presales": Fraction(13)}]))
    return Prospect("acme", "Acme", answers, Deal(value=value, hours_spent=spent))


def answering(prospect: Prospect, question: str, option: str | None) -> Prospect:
    others = {id_: answer for id_, answer in prospect.answers.items() if id_ != question}
    return replace(prospect, answers={**others, question: Answer(option)} if option else others)


@settings(max_examples=40, deadline=None)
@given(prospects(), st.data())
def test_the_cheapest_answer_never_turns_a_pursue_into_a_not_now(prospect: Prospect, data: st.DataObject) -> None:
    screen = screen_of("deal")
    assert screen.cost is not None
    question = data.draw(st.sampled_from(screen.cost.questions))
    before = scorer().judge(answering(prospect, question.id, None))
    after = scorer().judge(answering(prospect, question.id, question.options[0].id))
    assert before.verdict != "pursue" or after.verdict == "pursue"


@settings(max_examples=40, deadline=None)
@given(prospects(), st.data())
def test_leaving_an_answer_out_never_settles(prospect: Prospect, data: st.DataObject) -> None:
    if prospect.answers:
        found = scorer().judge(answering(prospect, data.draw(st.sampled_from(sorted(prospect.answers))), None))
        assert not found.settled or scorer().judge(prospect).settled


@settings(max_examples=40, deadline=None)
@given(prospects(), st.sampled_from([Fraction(99, 100), Fraction(1), Fraction(101, 100)]))
def test_a_price_never_flips_a_verdict_but_by_a_gate_that_fails(prospect: Prospect, beside: Fraction) -> None:
    """Below, at and above what makes the gate fail, put at risk and pass."""
    bare = scorer().judge(replace(prospect, deal=replace(prospect.deal, value=None)))
    for value in [Fraction(0), *prices_of(bare)]:
        found = scorer().judge(replace(prospect, deal=replace(prospect.deal, value=value * beside)))
        if found.money_state == "fail":
            assert (found.verdict, found.settled) == ("not now", True)
        else:
            assert found.verdict == bare.verdict
            assert found.probability == bare.probability or bare.settled or found.settled


def prices_of(found: Judgement) -> list[Fraction]:
    """Values at which the state of the money gate changes: 30/79 of 0.7 of the value is the limit."""
    cheapest, likely = (Fraction(cost) / unit() for cost in found.expected_cost)
    worth = Fraction(79, 30) / Fraction(7, 10)
    return [cheapest * worth * Fraction(4, 5), cheapest * worth, (cheapest + likely) / 2 * worth, likely * worth]
