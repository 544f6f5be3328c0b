from dataclasses import replace
from fractions import Fraction

from strategies import given, worked_example

from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.rubric import Floor, Screen
from fitcheck.proof.cases import Case, Expectation, Outcome, run
from fitcheck.proof.coverage import Coverage, Demand, coverage

EXAMPLE = worked_example()

# Everything the worked example can be asked to show, by hand.
OPTIONS = [
    *(("need", part) for part in ("pain.severe", "pain.some", "pain.none")),
    *(("need", part) for part in ("goal.clear", "goal.vague", "plan.agreed", "plan.none")),
    *(("trust", part) for part in ("promises.kept", "promises.broken", "references.given", "references.refused")),
    *(("trust", part) for part in ("candour.open", "candour.guarded", "candour.hostile")),
]
QUESTIONS = [
    *(("need", part) for part in ("pain", "goal", "plan")),
    *(("trust", part) for part in ("promises", "references", "candour")),
]
FLOORS = ["floor:trust:theirs at 30 %", "floor:trust:ours at 35 %"]
DEMANDS = {
    *(Demand("option", f"rubric {rubric}", part, "chosen") for rubric, part in OPTIONS),
    *(Demand("question", f"rubric {rubric}", part, "unknown") for rubric, part in QUESTIONS),
    *(Demand("gate", "rubric need", "pain.none", state) for state in ("failing", "passing")),
    *(Demand("floor", "screen worked", part, state) for part in FLOORS for state in ("failing", "passing")),
    *(Demand("verdict", "screen worked", "pilot", verdict) for verdict in ("pursue", "not now")),
}


def shown(screen: Screen = EXAMPLE.screen, **answers: str | Answer) -> Outcome:
    """The worked example with other answers."""
    own = {name: given(answer) if isinstance(answer, str) else answer for name, answer in answers.items()}
    prospect = replace(EXAMPLE.prospect, answers={**EXAMPLE.prospect.answers, **own})
    return run(Case("first", "some", screen, "pilot", prospect, Expectation("pursue")))


def covered(*outcomes: Outcome, screen: Screen = EXAMPLE.screen) -> set[Demand]:
    """What the outcomes show."""
    found = coverage([screen], outcomes)
    return set(found.demands) - set(found.gaps)


def test_without_cases_everything_is_a_gap() -> None:
    found = coverage([EXAMPLE.screen], [])
    assert set(found.gaps) == set(found.demands) == DEMANDS
    assert len(found.demands) == len(DEMANDS)


def test_one_case_shows_its_options_gates_and_verdict_and_no_more() -> None:
    assert covered(shown()) == {
        *(Demand("option", "rubric need", part, "chosen") for part in ("pain.severe", "goal.vague", "plan.agreed")),
        *(Demand("option", "rubric trust", part, "chosen") for part in ("promises.kept", "candour.guarded")),
        Demand("gate", "rubric need", "pain.none", "passing"),
        *(Demand("floor", "screen worked", part, "passing") for part in FLOORS),
        Demand("verdict", "screen worked", "pilot", "pursue"),
    }


def test_an_answer_that_is_absent_is_no_answer_written_as_unknown() -> None:
    demand = Demand("question", "rubric trust", "references", "unknown")
    assert demand not in covered(shown())
    assert demand in covered(shown(references=UNKNOWN))


def test_a_failing_gate_shows_that_it_fails_and_no_other_gate_of_the_question_passing() -> None:
    (need, trust) = EXAMPLE.screen.rubrics
    (pain, *others) = need.questions
    options = tuple(replace(option, gate=frozenset({"pilot"}), gate_because="so") for option in pain.options[1:])
    twice = replace(need, questions=(replace(pain, options=(pain.options[0], *options)), *others))
    screen = replace(EXAMPLE.screen, rubrics=(twice, trust))
    gates = {demand for demand in covered(shown(screen, pain="none"), screen=screen) if demand.kind == "gate"}
    assert gates == {Demand("gate", "rubric need", "pain.none", "failing")}


def test_a_gate_shows_nothing_at_a_stage_where_it_is_none() -> None:
    rules = EXAMPLE.screen.stages["pilot"]
    screen = replace(EXAMPLE.screen, stages={"pilot": rules, "mature": rules})
    outcome = run(Case("first", "some", screen, "mature", EXAMPLE.prospect, Expectation("pursue")))
    assert not [demand for demand in covered(outcome, screen=screen) if demand.kind == "gate"]
    assert Demand("verdict", "screen worked", "mature", "pursue") in covered(outcome, screen=screen)


def test_a_floor_that_is_not_known_is_neither_failing_nor_passing() -> None:
    # Their side stands between 0 and 3333, the floor at 1000.
    outcome = shown(promises=UNKNOWN, references=UNKNOWN)
    floors = {demand.part for demand in covered(outcome) if demand.kind == "floor"}
    assert floors == {"floor:trust:ours at 35 %"}
    failing = Demand("floor", "screen worked", "floor:trust:theirs at 30 %", "failing")
    assert failing in covered(shown(promises="broken", references="refused"))


def test_floors_with_one_percentage_count_once_and_with_another_anew() -> None:
    rules = EXAMPLE.screen.stages["pilot"]
    higher = replace(rules, floors=(Floor("trust", "ours", Fraction(45, 2), "so"), rules.floors[0]))
    found = coverage([replace(EXAMPLE.screen, stages={"pilot": rules, "growth": rules, "mature": higher})], [])
    parts = sorted({demand.part for demand in found.demands if demand.kind == "floor"})
    assert parts == ["floor:trust:ours at 22.5 %", "floor:trust:ours at 35 %", "floor:trust:theirs at 30 %"]


def test_a_rubric_that_two_screens_share_counts_once() -> None:
    other = replace(EXAMPLE.screen, id="other")
    found = coverage([EXAMPLE.screen, other], [])
    by_kind = {kind: demanded for kind, _, demanded in found.counts()}
    assert by_kind == {"option": 14, "question": 6, "gate": 2, "floor": 8, "verdict": 4}


def test_counts_are_what_is_shown_of_what_is_demanded() -> None:
    demands = (Demand("option", "rubric a", "b.c", "chosen"), Demand("verdict", "screen a", "pilot", "pursue"))
    assert list(Coverage(demands, demands[:1]).counts()) == [("option", 0, 1), ("verdict", 1, 1)]
