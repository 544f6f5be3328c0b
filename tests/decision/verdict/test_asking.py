"""What to ask next, against judging the prospect with every answer."""

from dataclasses import replace
from fractions import Fraction
from itertools import cycle

import pytest
from hypothesis import given as forall, settings, strategies as st
from strategies import (
    ASSUMED,
    TYPES,
    Situation,
    asked,
    given,
    option_ids,
    shares_of,
    situations,
    types_after,
    worked_example,
)

from fitcheck.decision.content.answers import UNKNOWN
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.rubric import Question
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.verdict.asking import NextQuestion, ask_next, first_to_ask
from fitcheck.decision.verdict.scorer import Judgement, Scorer

WORKED = worked_example()

Told = tuple[str, Fraction, Fraction, Verdict | None]
"""Option, its probability, odds of "pursue" and what it settles."""


def judged(situation: Situation) -> Judgement:
    return Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)


def next_of(situation: Situation) -> tuple[NextQuestion, ...]:
    return ask_next(judged(situation))


def odds_of(found: Judgement) -> Fraction:
    """v: the odds of the fit where the money gate does not fail, else 0."""
    return Fraction(found.verdict == "pursue") if found.probability is None else found.probability


def naive(situation: Situation, question: Question | CostQuestion) -> tuple[Fraction, list[Told]]:
    """
    How far v(1 − v) drops on average with an answer, from v as it is on average, and what becomes of each answer.

    The average of v after the answer is what it is before, but for the tenths of a point of the open answer.
    """
    types = types_after(situation)
    shares = {h: shares_of(situation, question, h) for h in TYPES}
    outcomes: list[Told] = []
    for k, option in enumerate(option_ids(question)):
        then = judged(situation.answering({question.id: given(option)}))
        share = sum((types[h] * shares[h][k] for h in TYPES), Fraction(0))
        outcomes.append((option, share, odds_of(then), then.verdict if then.settled else None))
    v = sum((share * p for _, share, p, _ in outcomes), Fraction(0))
    left = sum((share * p * (1 - p) for _, share, p, _ in outcomes), Fraction(0))
    return v * (1 - v) - left, outcomes


def told_of(each: NextQuestion) -> tuple[Fraction, list[Told]]:
    return each.gain, [(o.option, o.prior, o.probability, o.settles) for o in each.outcomes]


@settings(max_examples=120)
@forall(situations())
def test_a_question_is_worth_what_its_answer_is_expected_to_tell(situation: Situation) -> None:
    now, found = judged(situation), next_of(situation)
    if now.settled:
        assert found == ()
        return
    scored = [q.id for q in situation.screen.questions]
    unknown = {q.id: q for q in asked(situation.screen) if situation.prospect.answer(q.id).state == "unknown"}
    assert {each.question: told_of(each) for each in found} == {
        each.question: naive(situation, unknown[each.question]) for each in found
    }
    missing = unknown.keys() - {each.question for each in found}
    assert not missing & set(scored)
    if now.limit is not None:  # else what closing costs has nothing to decide
        assert all(naive(situation, unknown[question])[0] == 0 for question in missing)
    assert [each.costs_hours for each in found] == [each.question not in scored for each in found]
    assert [each.decisive for each in found] == [any(o.settles for o in each.outcomes) for each in found]
    if not now.too_little_known:
        order = list(unknown)
        ranks = [(-each.gain / each.ask_cost, order.index(each.question)) for each in found]
        assert ranks == sorted(ranks)
    assert all(0 <= each.gain <= Fraction(1, 4) for each in found)


@settings(max_examples=120)
@forall(situations(), st.lists(st.integers(1, 3), min_size=12, max_size=12))
def test_while_too_little_is_known_the_core_comes_first_and_then_weight_for_the_effort_of_asking(
    situation: Situation, efforts: list[int]
) -> None:
    """In tables it always does. Cost questions have no weight and come last; equals keep the order of the screen."""
    ask_costs = dict(zip([question.id for question in situation.screen.questions], cycle(efforts), strict=False))
    rubrics = tuple(
        replace(rubric, questions=tuple(replace(q, ask_cost=ask_costs[q.id]) for q in rubric.questions))
        for rubric in situation.screen.rubrics
    )
    situation = replace(situation, screen=replace(situation.screen, rubrics=rubrics))
    now = judged(situation)
    weights = {line.question.id: line.weight for line in now.card.lines}
    still_open = [question for question in weights if situation.prospect.answer(question).state == "unknown"]
    core = situation.screen.core
    in_order = sorted(still_open, key=lambda q: (q not in core, -Fraction(weights[q], ask_costs[q])))
    costing = situation.screen.cost.questions if situation.screen.cost else ()
    last = [q.id for q in costing if situation.prospect.answer(q.id).state == "unknown"]
    assert first_to_ask(now) == (None if now.settled else next(iter([*in_order, *last]), None))
    if now.too_little_known:
        assert [each.question for each in ask_next(now) if not each.costs_hours] == in_order
        costs_last = [each.costs_hours for each in ask_next(now)]
        assert costs_last == sorted(costs_last)


def without(*questions: str) -> Situation:
    answers = {q: a for q, a in WORKED.prospect.answers.items() if q not in questions}
    return replace(WORKED, prospect=replace(WORKED.prospect, answers=answers))


def ordinary(situation: Situation) -> Situation:
    """The same on a screen for which all prospects are ordinary, so that base rates alone count."""
    return replace(situation, screen=replace(situation.screen, types={"hard": 0, "ordinary": 1, "good": 0}))


def test_by_hand() -> None:
    # Need has 27.8 points without the plan and 50 with it; trust has 13.3, or 11.1 if promises are broken and
    # references given, or falls below its floor if both are missing. So the plan decides alone, and once there is
    # one, either of the others will do: v = 3/8.
    found = {each.question: each for each in next_of(ordinary(without("plan", "promises")))}
    half = Fraction(1, 2)
    assert {q: [o.probability for o in each.outcomes] for q, each in found.items()} == {
        "plan": [Fraction(3, 4), Fraction(0)],
        "promises": [half, Fraction(1, 4)],
        "references": [half, Fraction(1, 4)],
    }
    assert [(q, each.gain, each.decisive) for q, each in found.items()] == [
        ("plan", Fraction(9, 64), True),
        ("promises", Fraction(1, 64), False),
        ("references", Fraction(1, 64), False),
    ]
    assert [o.settles for o in found["plan"].outcomes] == [None, "not now"]


def test_what_is_dear_to_ask_ranks_lower_and_ties_keep_the_order_of_the_rubric() -> None:
    need, trust = WORKED.screen.rubrics
    plan = replace(need.questions[2], ask_cost=10)
    rubrics = (replace(need, questions=(*need.questions[:2], plan)), trust)
    found = next_of(ordinary(replace(without("plan", "promises"), screen=replace(WORKED.screen, rubrics=rubrics))))
    assert [(each.question, each.value) for each in found] == [
        ("promises", Fraction(1, 64)),
        ("references", Fraction(1, 64)),
        ("plan", Fraction(9, 640)),
    ]


def test_good_answers_make_a_good_one_likelier() -> None:
    # Base rates of 3 to 1 give 3/4; a good prospect keeps promises 21 times of 22, a hard one 3 of 10.
    screen = replace(WORKED.screen, priors={"promises": {"kept": 3, "broken": 1}})
    situation = replace(without("plan", "promises"), screen=screen)
    for types, share in (((0, 1, 0), Fraction(3, 4)), ((0, 0, 1), Fraction(21, 22)), ((1, 0, 0), Fraction(3, 10))):
        of_type = replace(situation, screen=replace(screen, types=dict(zip(TYPES, types, strict=True))))
        found = {each.question: each for each in next_of(of_type)}
        assert found["promises"].outcomes[0].prior == share


def test_a_settled_verdict_asks_nothing() -> None:
    # Whatever becomes of the references, which are unknown: candour is the weaker side.
    assert next_of(WORKED) == ()
    assert next_of(WORKED.answering({"references": given("given")})) == ()
    assert next_of(without("plan").answering({"pain": given("none")})) == ()


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        # A tender takes 20 hours of 100; 2000 is more than 5/4 of 1500, and no tender costs nothing.
        (1_500, [("tender", [Fraction(1), Fraction(0)], ["pursue", "not now"])]),
        # Within 5/4 of 1600 it does not fail, so that the verdict is settled.
        (1_600, []),
        (None, []),
    ],
)
def test_a_cost_question_counts_as_long_as_its_answer_may_make_the_gate_fail(
    limit: int | None, expected: list[tuple[str, list[Fraction], list[str]]]
) -> None:
    found = of_tender(WORKED.answering({"references": given("given")}), limit)
    assert [
        (q.question, [o.probability for o in q.outcomes], [o.settles for o in q.outcomes]) for q in found
    ] == expected
    assert all(each.costs_hours for each in found)


def of_tender(situation: Situation, limit: int | None) -> tuple[NextQuestion, ...]:
    tender = CostQuestion(
        "tender", "Is there a tender?", "It takes hours.", (CostOption("no", "No"), CostOption("yes", "Yes"))
    )
    hours = ThreePoint(Fraction(20), Fraction(20), Fraction(20))
    writing = Activity("w", "Write", hours, "sales", "deal", "", ASSUMED, Trigger("tender", frozenset({"yes"})))
    cycles = Cycles((Band(None, Fraction(0), ""),), ASSUMED)
    rates = {"sales": Rate(Fraction(100), ASSUMED)}
    model = CostModel("cost", 1, "Cost", (tender,), (writing,), cycles, rates, "EUR", Fraction(0))
    scorer = Scorer(replace(situation.screen, cost=model), situation.stage)
    terms = scorer.deal(Deal())
    assert terms is not None
    plain = scorer.judge(situation.prospect)
    deal = replace(terms, limit=None if limit is None else Fraction(limit))
    return ask_next(scorer.judge_lines(plain.prepared, plain.codes, plain.costs, deal))


def test_where_all_of_the_fit_is_known_its_answers_still_tell_how_a_cost_question_is_answered() -> None:
    # No tender is as usual with 10 to 10 for an ordinary prospect, 30 to 10 for a good one, 10 to 30 for a hard one.
    situation = WORKED.answering({"references": given("given")})
    (tender,) = of_tender(situation, 1_500)
    types = types_after(situation)
    assert tender.outcomes[0].prior == types["hard"] / 4 + types["ordinary"] / 2 + types["good"] * 3 / 4
    assert judged(situation.answering({"references": UNKNOWN})).settled
