from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st
from strategies import NOT_APPLICABLE, Situation, given as given_option, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import UNKNOWN, Prospect
from fitcheck.decision.content.rubric import Question, Screen, Stage
from fitcheck.documents.screens import load_screen
from fitcheck.problems import UsageError
from fitcheck.proof.moves import NOISE, GateShift, Shift, fitting, moves, with_part

EXAMPLE = worked_example()
ON_BOTH: tuple[Prospect, Stage, Stage] = (EXAMPLE.prospect, "pilot", "pilot")


def with_threshold(screen: Screen, stage: Stage, threshold: Fraction) -> Screen:
    """The screen with another threshold at a stage."""
    return replace(screen, stages={**screen.stages, stage: replace(screen.stages[stage], threshold=threshold)})


def with_points(points: dict[tuple[str, str], str]) -> Screen:
    """The worked example with other points, by question and option."""

    def changed(question: Question) -> Question:
        options = (
            replace(option, points=(Fraction(share),) * 5)
            if (share := points.get((question.id, option.id)))
            else option
            for option in question.options
        )
        return replace(question, options=tuple(options))

    need = EXAMPLE.screen.rubrics[0]
    return with_part(EXAMPLE.screen, replace(need, questions=tuple(map(changed, need.questions))))


def test_nothing_moves_where_nothing_changed() -> None:
    assert moves(EXAMPLE.screen, EXAMPLE.screen, [ON_BOTH]) == ()


def test_a_verdict_moves_just_if_it_differs() -> None:
    score = Fraction(190, 3)
    for threshold, moved in ((score, False), (score + Fraction(1, 10**6), True)):
        found = moves(EXAMPLE.screen, with_threshold(EXAMPLE.screen, "pilot", threshold), [ON_BOTH])
        assert bool(found) == moved
    (move,) = found
    assert (move.before.verdict, move.after.verdict) == ("pursue", "not now")
    assert (move.shifts, move.gates) == ((), ())


def test_the_lines_that_changed_are_told_those_that_changed_most_first() -> None:
    # Each has 200/9 points at most. The goal is vague and had a quarter, now 0; the plan is agreed and has now half.
    new = with_points({("goal", "vague"): "0", ("plan", "agreed"): "1/2"})
    (move,) = moves(EXAMPLE.screen, new, [ON_BOTH])
    assert move.shifts[:2] == (Shift("need", "plan", Fraction(-100, 9)), Shift("need", "goal", Fraction(-50, 9)))
    implied = sum(shift.effect for shift in move.shifts[2:])  # worse answers imply less of what is open
    assert abs(move.after.score - move.before.score - Fraction(-50, 3) - implied) <= NOISE * 6


def test_gates_that_changed_are_told() -> None:
    rules = EXAMPLE.screen.stages["pilot"]
    higher = replace(rules, floors=(rules.floors[0], replace(rules.floors[1], percent=Fraction(41))))
    (move,) = moves(EXAMPLE.screen, replace(EXAMPLE.screen, stages={"pilot": higher}), [ON_BOTH])
    assert move.gates == (GateShift("floor:trust:ours", "pass", "fail"),)
    (back,) = moves(
        replace(EXAMPLE.screen, stages={"pilot": higher}),
        replace(EXAMPLE.screen, stages={"pilot": replace(rules, floors=())}),
        [ON_BOTH],
    )
    assert set(back.gates) == {
        GateShift("floor:trust:ours", "fail", None),
        GateShift("floor:trust:theirs", "pass", None),
    }


@settings(max_examples=60)
@given(situations(), st.sampled_from(["0", "40", "60", "100"]), st.integers(0, 4))
def test_the_lines_that_changed_add_up_to_the_change_of_the_score(
    situation: Situation, threshold: str, weight: int
) -> None:
    screen, stage = situation.screen, situation.stage
    new = with_threshold(screen, stage, Fraction(threshold))
    rules = new.stages[stage]
    weights = {**rules.weights, screen.rubrics[-1].id: Fraction(weight)}
    if sum(weights.values()) and not rules.floors:
        new = replace(new, stages={stage: replace(rules, weights=weights)})
    for move in moves(screen, new, [(situation.prospect, stage, stage)], situation.company):
        change = move.after.score - move.before.score
        lines = len(screen.questions) + len(screen.rubrics)
        assert abs(sum(shift.effect for shift in move.shifts) - change) <= NOISE * lines
        assert all(abs(shift.effect) > NOISE for shift in move.shifts)
        sizes = [abs(shift.effect) for shift in move.shifts]
        assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=60)
@given(situations(), st.sampled_from(["0", "40", "60", "100"]))
def test_a_verdict_moves_just_if_two_assessments_differ(situation: Situation, threshold: str) -> None:
    screen, stage, prospect = situation.screen, situation.stage, situation.prospect
    new = with_threshold(screen, stage, Fraction(threshold))
    before, after = (assess(each, prospect, stage, company=situation.company) for each in (screen, new))
    found = moves(screen, new, [(prospect, stage, stage)], situation.company)
    assert [(move.before.verdict, move.after.verdict) for move in found] == (
        [(before.verdict, after.verdict)] if before.verdict != after.verdict else []
    )


def test_answers_that_a_screen_does_not_know_count_as_unknown_there() -> None:
    answers = {
        "pain": given_option("severe"),
        "goal": given_option("crystal_clear"),
        "plan": NOT_APPLICABLE,
        "promises": NOT_APPLICABLE,
        "candour": UNKNOWN,
        "weather": given_option("fine"),
    }
    kept = fitting(Prospect("acme", "Acme", answers), EXAMPLE.screen)
    assert set(kept.answers) == {"pain", "plan", "candour"}


def test_a_rubric_or_a_cost_model_takes_the_place_of_its_namesake() -> None:
    screen = load_screen("pilot")
    for part in (*screen.rubrics, screen.cost):
        assert part is not None
        assert with_part(screen, part) == screen
    changed = replace(screen.rubrics[1], version=9)
    assert [rubric.version for rubric in with_part(screen, changed).rubrics] == [
        9 if rubric.id == changed.id else rubric.version for rubric in screen.rubrics
    ]


def test_priors_that_no_longer_fit_are_left_out() -> None:
    priors = {"goal": {"clear": 1, "vague": 2}, "plan": {"agreed": 1, "none": 1}, "promises": {"kept": 1, "broken": 3}}
    screen = replace(EXAMPLE.screen, priors=priors)
    need = screen.rubrics[0]
    pain, goal, _ = need.questions
    new = replace(need, questions=(pain, replace(goal, options=goal.options[:1])))
    assert with_part(screen, new).priors == {"promises": {"kept": 1, "broken": 3}}


def test_what_can_not_take_the_place_is_said() -> None:
    screen = load_screen("pilot")
    trust = next(rubric for rubric in screen.rubrics if rubric.is_two_way)
    other = screen.rubrics[0]
    cost = screen.cost
    assert cost is not None
    for part, said in (
        (replace(other, id="else"), "has no rubric else"),
        (replace(trust, sides={}), "two-way in one place and one-way in the other"),
        (replace(other, questions=trust.questions), "is also a question of another part"),
        (replace(cost, id="else"), "has no cost model else"),
        (replace(cost, cycles=replace(cost.cycles, rubric=other.id)), f"has no two-way rubric {other.id}"),
        (replace(cost, questions=cost.questions * 2), "is also a question of another part"),
    ):
        with pytest.raises(UsageError, match=said):
            with_part(screen, part)
