from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as forall, settings
from strategies import Situation, completions, given, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.rubric import Floor
from fitcheck.decision.score.results import Gate
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.problems import Place


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


def gates_of(situation: Situation) -> dict[str, str]:
    """State of each gate by its id."""
    found = Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)
    return {gate.id: gate.state for gate in found.gates(situation.prospect.answers)}


def gate_of(situation: Situation, id_: str) -> Gate:
    (gate,) = [gate for gate in assessed(situation).gates if gate.id == id_]
    return gate


@settings(max_examples=60)
@forall(situations(cost=False))
def test_a_gate_is_unknown_exactly_if_answers_can_still_turn_it(situation: Situation) -> None:
    """Kleene's logic: "pass" if every completion passes, "fail" if every one fails, else "unknown"."""
    seen: dict[str, set[str]] = {}
    for completion, _ in completions(situation):
        for id_, state in gates_of(completion).items():
            assert state != "unknown"
            seen.setdefault(id_, set()).add(state)
    assert gates_of(situation) == {id_: next(iter(s)) if len(s) == 1 else "unknown" for id_, s in seen.items()}


@settings(max_examples=60)
@forall(situations())
def test_the_money_gate_fails_exactly_if_it_fails_however_the_unknown_turns_out(situation: Situation) -> None:
    """Whatever is no deal-breaker: the best trust that counts is that of answers which pass their gates."""
    state = gates_of(situation).get("money")
    every = [gates_of(completion) for completion, _ in completions(situation)] if state else []
    fatal = {q.id for q in situation.screen.questions if any(situation.stage in option.gate for option in q.options)}
    passing = [gates["money"] for gates in every if all(gates[id_] == "pass" for id_ in fatal & gates.keys())]
    assert (state == "fail") == (set(passing) == {"fail"}) or not passing


@settings(max_examples=100)
@forall(situations(cost=False))
def test_there_is_a_gate_for_every_fatal_option_and_every_floor(situation: Situation) -> None:
    """One gate for each applicable question with an option that fails at this stage, one for each floor, no other."""
    screen, stage = situation.screen, situation.stage
    fatal = [
        question.id
        for question in screen.questions
        if situation.prospect.answer(question.id).state != "n/a"
        and any(stage in option.gate for option in question.options)
    ]
    floors = [f"floor:{f.rubric}" + (f":{f.side}" if f.side else "") for f in screen.stages[stage].floors]
    assert sorted(gate.id for gate in assessed(situation).gates) == sorted([*fatal, *floors])


@settings(max_examples=100)
@forall(situations())
def test_failed_gates_come_first(situation: Situation) -> None:
    """Failed, at risk, unknown, passed; `failed_gates` are the first."""
    assessment = assessed(situation)
    states = [gate.state for gate in assessment.gates]
    assert states == sorted(states, key=["fail", "at risk", "unknown", "pass"].index)
    assert list(assessment.failed_gates) == [gate for gate in assessment.gates if gate.state == "fail"]


@settings(max_examples=100)
@forall(situations())
def test_no_merit_makes_up_for_a_failed_gate(situation: Situation) -> None:
    """A failed gate is "not now" and settled, whatever the score is; and the score is still told."""
    assessment = assessed(situation)
    if assessment.failed_gates:
        assert (assessment.verdict, assessment.settled) == ("not now", True)
    assert 0 <= assessment.score_low <= assessment.score <= assessment.score_high <= 100


@settings(max_examples=100)
@forall(situations(cost=False))
def test_every_gate_says_why_no_merit_makes_up_for_it(situation: Situation) -> None:
    """`why` and `because` are never empty, in whatever state."""
    for gate in assessed(situation).gates:
        assert gate.why
        assert gate.because
        assert gate.title


@pytest.mark.parametrize(("answer", "state"), [("severe", "pass"), ("some", "pass"), ("none", "fail")])
def test_a_fatal_answer_fails_its_gate_and_no_other_does(answer: str, state: str) -> None:
    """The worked example's pain is fatal at `none`; evidence and place are those of the answer."""
    told = Answer(answer, evidence="they said so", where=Place("acme.yaml", 3))
    gate = gate_of(worked_example().answering({"pain": told}), "pain")
    assert (gate.state, gate.because, gate.why) == (state, f"pain is {answer}", "no merit helps")
    assert (gate.evidence, gate.where) == ("they said so", Place("acme.yaml", 3))


def test_an_unknown_answer_leaves_its_gate_unknown_and_names_what_would_fail() -> None:
    gate = gate_of(worked_example().answering({"pain": UNKNOWN}), "pain")
    assert (gate.state, gate.why) == ("unknown", "no merit helps")
    assert "pain none" in gate.because
    assert (gate.evidence, gate.where) == (None, None)


def test_a_gate_holds_only_at_the_stages_it_names() -> None:
    """What is fatal at `pilot` is a plain answer at `mature`."""
    situation = worked_example().answering({"pain": given("none")})
    rules = situation.screen.stages["pilot"]
    mature = replace(situation, screen=replace(situation.screen, stages={"mature": rules}), stage="mature")
    assert "pain" in [gate.id for gate in assessed(situation).failed_gates]
    assert "pain" not in [gate.id for gate in assessed(mature).gates]


@pytest.mark.parametrize(
    ("percent", "state"), [("0", "pass"), ("39.9", "pass"), ("40", "pass"), ("40.00001", "fail"), ("100", "fail")]
)
def test_a_floor_is_the_least_that_passes(percent: str, state: str) -> None:
    """Guarded candour, worth 0.4, has 40/3 of 100/3 points: a floor of 40 % passes, none above does."""
    situation = worked_example()
    rules = situation.screen.stages["pilot"]
    floored = replace(rules, floors=(Floor("trust", "ours", Fraction(percent), "because"),))
    gate = gate_of(replace(situation, screen=replace(situation.screen, stages={"pilot": floored})), "floor:trust:ours")
    assert (gate.state, gate.title, gate.why) == (state, "Trust: we trust them", "because")


def test_a_floor_of_one_side_looks_at_no_other() -> None:
    """Broken promises and refused references fail the floor of their trust; ours stands as it did."""
    broken = {"promises": given("broken"), "references": given("refused")}
    situation = worked_example().answering(broken)
    assert gate_of(situation, "floor:trust:theirs").state == "fail"
    assert gate_of(situation, "floor:trust:ours").state == "pass"
    assert assessed(situation).verdict == "not now"
