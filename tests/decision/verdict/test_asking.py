"""What to ask next, against asking the assessment itself about every answer."""

from dataclasses import replace
from fractions import Fraction
from itertools import cycle

from hypothesis import given as forall, settings, strategies as st
from strategies import Situation, asked, given, option_ids, prior_of, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import (
    Activity,
    Band,
    Basis,
    CostModel,
    CostOption,
    CostQuestion,
    Cycles,
    Deal,
    Rate,
    ThreePoint,
    Trigger,
)
from fitcheck.decision.content.rubric import MoneyGate
from fitcheck.decision.score.results import Verdict
from fitcheck.decision.verdict.asking import NextQuestion, ask_next, first_to_ask
from fitcheck.decision.verdict.scorer import Judgement, Scorer

HALF = Fraction(1, 2)
WORKED = worked_example()

Told = tuple[str, Fraction, Fraction, Verdict | None]
"""Option, prior, probability of "pursue" and what it settles."""


def judged(situation: Situation) -> Judgement:
    return Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)


def next_of(situation: Situation) -> tuple[NextQuestion, ...]:
    return ask_next(judged(situation))


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


def chance(assessment: Assessment) -> Fraction:
    if assessment.probability is None:
        return Fraction(assessment.verdict == "pursue")
    return assessment.probability


def told(situation: Situation, question: str, prior: tuple[int, ...], options: list[str]) -> list[Told]:
    after = [assessed(situation.answering({question: given(option)})) for option in options]
    return [
        (option, Fraction(weight, sum(prior)), chance(each), each.verdict if each.settled else None)
        for option, weight, each in zip(options, prior, after, strict=True)
    ]


@settings(max_examples=250)
@forall(situations())
def test_every_number_is_what_the_assessment_says_once_the_answer_is_known(situation: Situation) -> None:
    now = assessed(situation)
    found = next_of(situation)
    if now.settled:
        assert found == ()
        return
    money_is_open = any(gate.id == "money" and gate.state == "unknown" for gate in now.gates)
    scored = {question.id for question in situation.screen.questions}
    expected = []
    for question in asked(situation.screen):
        if situation.prospect.answer(question.id).state == "unknown" and (question.id in scored or money_is_open):
            outcomes = told(situation, question.id, prior_of(situation.screen, question), option_ids(question))
            # What the answer leaves open on average is what is open now, less the gain.
            left_open = sum(prior * p * (1 - p) for _, prior, p, _ in outcomes)
            expected.append((question.id, chance(now) * (1 - chance(now)) - left_open, outcomes))
    told_of = [
        (each.question, each.gain, [(o.option, o.prior, o.probability, o.settles) for o in each.outcomes])
        for each in found
    ]
    assert sorted(told_of) == sorted(expected)
    if not now.too_little_known:
        assert told_of == sorted(expected, key=lambda each: -each[1])
    assert [each.costs_hours for each in found] == [each.question not in scored for each in found]
    assert [each.decisive for each in found] == [any(o.settles for o in each.outcomes) for each in found]


@settings(max_examples=200)
@forall(situations(), st.lists(st.integers(1, 3), min_size=12, max_size=12))
def test_while_too_little_is_known_weight_for_the_effort_of_asking_ranks(
    situation: Situation, efforts: list[int]
) -> None:
    """In tables it always does. Cost questions have no weight; equals keep the order of the screen."""
    ask_costs = dict(zip([question.id for question in situation.screen.questions], cycle(efforts), strict=False))
    rubrics = tuple(
        replace(rubric, questions=tuple(replace(q, ask_cost=ask_costs[q.id]) for q in rubric.questions))
        for rubric in situation.screen.rubrics
    )
    situation = replace(situation, screen=replace(situation.screen, rubrics=rubrics))
    now = assessed(situation)
    weights = {line.question: line.weight for line in now.still_open if line.question}
    heaviest_first = sorted(weights, key=lambda question: -Fraction(weights[question], ask_costs[question]))
    costing = [q.id for q in asked(situation.screen)[len(ask_costs) :]]
    unknown = [q for q in costing if situation.prospect.answer(q).state == "unknown"]
    in_order = [] if now.settled else [*heaviest_first, *unknown]
    assert first_to_ask(judged(situation)) == next(iter(in_order), None)
    if now.too_little_known:
        asks_of_cost = any(gate.id == "money" and gate.state == "unknown" for gate in now.gates)
        assert [each.question for each in now.ask_next] == (in_order if asks_of_cost else heaviest_first)


@settings(max_examples=100)
@forall(situations())
def test_a_question_is_never_worth_less_than_nothing(situation: Situation) -> None:
    assert all(0 <= each.gain <= Fraction(1, 4) for each in next_of(situation))


def without(*questions: str) -> Situation:
    answers = {q: a for q, a in WORKED.prospect.answers.items() if q not in questions}
    return replace(WORKED, prospect=replace(WORKED.prospect, answers=answers))


def test_by_hand() -> None:
    # Need has 2779 points without the plan and 5001 with it; trust has 1333, or 1111 if promises are broken and
    # references given, or falls below its floor if both are missing. So the plan decides alone, and once there is
    # one, either of the others will do: p = 3/8.
    found = {each.question: each for each in next_of(without("plan", "promises"))}
    assert {q: [o.probability for o in each.outcomes] for q, each in found.items()} == {
        "plan": [Fraction(3, 4), Fraction(0)],
        "promises": [HALF, Fraction(1, 4)],
        "references": [HALF, Fraction(1, 4)],
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
    situation = without("plan", "promises")
    found = next_of(replace(situation, screen=replace(WORKED.screen, rubrics=rubrics)))
    assert [(each.question, each.value) for each in found] == [
        ("promises", Fraction(1, 64)),
        ("references", Fraction(1, 64)),
        ("plan", Fraction(9, 640)),
    ]


def test_a_prior_that_the_screen_names_is_said() -> None:
    situation = without("plan", "promises")
    screen = replace(WORKED.screen, priors={"promises": {"kept": 3, "broken": 1}})
    found = {each.question: each for each in next_of(replace(situation, screen=screen))}
    assert {q: each.prior_given for q, each in found.items()} == {"plan": False, "promises": True, "references": False}
    assert [o.prior for o in found["promises"].outcomes] == [Fraction(3, 4), Fraction(1, 4)]


def test_a_settled_verdict_asks_nothing() -> None:
    # Whatever becomes of the references, which are unknown: candour is the weaker side.
    assert next_of(WORKED) == ()
    assert next_of(WORKED.answering({"references": given("given")})) == ()
    assert next_of(without("plan").answering({"pain": given("none")})) == ()


def test_a_cost_question_counts_as_long_as_the_money_gate_is_open() -> None:
    # A tender takes 20 hours of 100, a deal without one nothing, and the half margin that may be spent is 1000.
    basis = Basis("own")
    tender = CostQuestion(
        "tender", "Is there a tender?", "It takes hours.", (CostOption("no", "No"), CostOption("yes", "Yes"))
    )
    hours = ThreePoint(Fraction(20), Fraction(20), Fraction(20))
    writing = Activity("w", "Write", hours, "sales", "deal", "", basis, Trigger("tender", frozenset({"yes"})))
    cycles = Cycles((Band(None, Fraction(0), ""),), basis)
    rates = {"sales": Rate(Fraction(100), basis)}
    model = CostModel("cost", 1, "Cost", (tender,), (writing,), cycles, rates, "EUR", Fraction(0))
    screen = replace(WORKED.screen, cost=model, money_gate=MoneyGate(HALF, "a dollar for a dollar"))
    open_deal = WORKED.answering({"references": given("given")})
    for margin, expected in (
        (2_000, [("tender", True, [Fraction(1), Fraction(0)], ["pursue", "not now"])]),
        (4_000, []),
    ):
        prospect = replace(open_deal.prospect, deal=Deal(margin=Fraction(margin)))
        found = next_of(replace(open_deal, screen=screen, prospect=prospect))
        assert [
            (
                each.question,
                each.costs_hours,
                [o.probability for o in each.outcomes],
                [o.settles for o in each.outcomes],
            )
            for each in found
        ] == expected
