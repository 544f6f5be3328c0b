from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from strategies import worked_example

from fitcheck.decision.content.cost_model import Activity, Band, Basis, CostModel, Cycles, MarginShare, Rate, ThreePoint
from fitcheck.decision.content.rubric import Floor, MoneyGate, Question, Screen, Stage, StageRules
from fitcheck.proof.screenlint import MOST_QUESTIONS, screen_findings

EXAMPLE = worked_example().screen
RULES = EXAMPLE.stages["pilot"]

# In the worked example need has two thirds of the points and trust one. The worst answers to need give 50/9 of 100, or
# with the plan n/a 25/3; those to trust 0. pain.none is a gate; floors: theirs 30 %, ours 35 %.


def with_rules(screen: Screen = EXAMPLE, **changes: object) -> Screen:
    """The screen with other rules at its stage."""
    return replace(screen, stages={"pilot": replace(RULES, **changes)})  # type: ignore[arg-type]


def ungated(screen: Screen = EXAMPLE) -> Screen:
    """The screen without option gates."""
    rubrics = tuple(
        replace(
            rubric,
            questions=tuple(
                replace(q, options=tuple(replace(option, gate=frozenset()) for option in q.options))
                for q in rubric.questions
            ),
        )
        for rubric in screen.rubrics
    )
    return replace(screen, rubrics=rubrics)


def found(screen: Screen) -> list[tuple[str, tuple[str, ...]]]:
    """Code and path of every finding."""
    return [(finding.code, finding.path) for finding in screen_findings(screen)]


def weights(need: str, trust: str) -> Mapping[str, Fraction]:
    """Of the two rubrics."""
    return {"need": Fraction(need), "trust": Fraction(trust)}


HEAVY = ("heavy-rubric", ("stages", "pilot", "weights", "need"))
"""Need has two thirds of the weight."""


def test_of_the_worked_example_only_the_weight_of_need_is_odd() -> None:
    assert found(EXAMPLE) == [HEAVY]


def test_half_of_the_weight_is_not_too_much_and_a_single_rubric_has_all_of_it() -> None:
    assert found(with_rules(weights=weights("1", "1"))) == []
    alone = replace(
        EXAMPLE, rubrics=EXAMPLE.rubrics[:1], stages={"pilot": StageRules({"need": Fraction(1)}, Fraction(60))}
    )
    assert found(alone) == []


@pytest.mark.parametrize(("threshold", "reachable"), [("100", True), ("60", True), ("0", True)])
def test_while_a_gate_can_fail_not_now_is_reachable_at_any_threshold(threshold: str, reachable: bool) -> None:
    assert (
        ("unreachable-verdict", ("stages", "pilot")) not in found(with_rules(threshold=Fraction(threshold)))
    ) == reachable


def test_without_gates_not_now_is_out_of_reach_from_the_worst_score_down() -> None:
    worst = Fraction(50, 9)
    free = with_rules(ungated(), floors=(), threshold=worst)
    assert ("unreachable-verdict", ("stages", "pilot")) in found(free)
    above = with_rules(ungated(), floors=(), threshold=worst + Fraction(1, 10**6))
    assert ("unreachable-verdict", ("stages", "pilot")) not in found(above)


def test_pursue_is_out_of_reach_where_the_best_answers_that_pass_are_not_enough() -> None:
    need, trust = EXAMPLE.rubrics
    best = replace(need.questions[0].options[0], gate=frozenset({"pilot"}))
    (pain, *others) = need.questions
    screen = replace(
        EXAMPLE, rubrics=(replace(need, questions=(replace(pain, options=(best, *pain.options[1:])), *others)), trust)
    )
    # The best pain that passes loses 100/9 of 100 points, with the plan n/a more.
    most = Fraction(800, 9)
    for threshold, reachable in ((most, True), (most + Fraction(1, 10**6), False)):
        findings = found(replace(screen, stages={"pilot": replace(RULES, threshold=threshold)}))
        assert (("unreachable-verdict", ("stages", "pilot")) not in findings) == reachable


def test_a_floor_that_the_worst_answers_reach_is_dead() -> None:
    # The worst answers to need give 8.3 percent of its points; with the plan n/a even 12.5.
    for percent, dead in (("8", True), ("9", False)):
        screen = with_rules(floors=(Floor("need", None, Fraction(percent), "so"),))
        assert (("dead-gate", ("stages", "pilot", "floors", "need")) in found(screen)) == dead


def test_a_money_gate_over_a_cost_model_that_costs_nothing_is_dead() -> None:
    own = Basis("own")
    for hours, dead in ((0, True), (1, False)):
        activity = Activity("talks", "Talks", ThreePoint(*[Fraction(hours)] * 3), "sales", "deal", "so", own)
        model = CostModel(
            "work", 1, "Work", (), (activity,), Cycles((Band(None, Fraction(0), "so"),), own),
            {"sales": Rate(Fraction(9), own)}, "EUR", Fraction(0), MarginShare(Fraction(1), own),
        )  # fmt: skip
        screen = replace(EXAMPLE, cost=model, money_gate=MoneyGate("so", Fraction(1)))
        assert (("dead-gate", ("money_gate",)) in found(screen)) == dead


def test_a_gate_only_at_stages_that_the_screen_does_not_know_is_remarked_on() -> None:
    elsewhere = replace(EXAMPLE, stages={"growth": RULES}, default_stage="growth")
    assert ("gate-elsewhere", ("questions", "pain", "options", "none", "gate")) in found(elsewhere)
    both = replace(EXAMPLE, stages={"growth": RULES, "pilot": RULES})
    assert "gate-elsewhere" not in {code for code, _ in found(both)}


def test_a_rubric_too_light_to_turn_any_verdict_is_hidden() -> None:
    light = with_rules(ungated(), floors=(), weights=weights("2", "1/100"))
    assert ("hidden-rubric", ("stages",)) in found(light)
    assert "question-cannot-matter" not in {code for code, _ in found(light)}


def test_a_floor_or_a_gate_shows_a_light_rubric() -> None:
    light = with_rules(ungated(), weights=weights("2", "1/100"))
    assert "hidden-rubric" not in {code for code, _ in found(light)}


def test_a_rubric_that_is_hidden_at_one_stage_is_a_remark_there_and_none_where_its_weight_is_0() -> None:
    free = replace(RULES, floors=())
    light = replace(free, weights=weights("2", "1/100"))
    screen = replace(ungated(), stages={"pilot": free, "growth": light})
    assert ("hidden-at-stage", ("stages", "growth", "weights", "trust")) in found(screen)
    nothing = replace(free, weights=weights("2", "0"))
    assert "hidden-at-stage" not in {
        code for code, _ in found(replace(screen, stages={"pilot": free, "growth": nothing}))
    }


def test_where_no_verdict_turns_at_all_no_rubric_is_blamed() -> None:
    never = with_rules(ungated(), floors=(), threshold=Fraction(0))
    assert {code for code, _ in found(never)} == {"unreachable-verdict", "heavy-rubric"}


def test_a_question_whose_options_differ_only_at_other_stages_can_not_matter() -> None:
    need, trust = EXAMPLE.rubrics
    pain, goal, plan = need.questions

    def asking(*points: str, gate: frozenset[Stage] = frozenset()) -> Screen:
        best, worst = goal.options[0], goal.options[-1]
        by_stage = tuple(map(Fraction, points))
        options = (replace(best, points=(Fraction(1),) * 5), replace(worst, points=by_stage, gate=gate))
        return replace(EXAMPLE, rubrics=(replace(need, questions=(pain, replace(goal, options=options), plan)), trust))

    # The screen knows the third stage, pilot, alone.
    assert ("question-cannot-matter", ("questions", "goal")) in found(asking("0", "0", "1", "0", "0"))
    for screen in (asking("1", "1", "0.9999", "1", "1"), asking("0", "0", "1", "0", "0", gate=frozenset({"pilot"}))):
        assert "question-cannot-matter" not in {code for code, _ in found(screen)}


def test_a_core_has_five_to_ten_questions_or_all_of_a_screen_that_has_fewer() -> None:
    names = [question.id for question in EXAMPLE.questions]
    for core, is_odd in ((0, False), (4, True), (5, False), (10, False), (11, True)):
        screen = replace(EXAMPLE, core=tuple((names * 3)[:core]))
        assert (("core-size", ("core",)) in found(screen)) == is_odd
    need = EXAMPLE.rubrics[0]
    alone = replace(
        EXAMPLE,
        rubrics=(need,),
        stages={"pilot": StageRules({"need": Fraction(1)}, Fraction(60))},
        core=tuple(question.id for question in need.questions),
    )
    assert found(alone) == []


def test_types_of_which_one_is_more_than_ten_times_as_frequent_as_another_are_odd() -> None:
    for good, is_odd in ((10, False), (11, True)):
        screen = replace(EXAMPLE, types={"hard": 1, "ordinary": 2, "good": good})
        assert (("lopsided-types", ("types",)) in found(screen)) == is_odd


def copies(question: Question, count: int, *, not_applicable: str | None = None) -> tuple[Question, ...]:
    """So many questions like this one."""
    return tuple(replace(question, id=f"q{number}", not_applicable=not_applicable) for number in range(count))


def test_more_than_24_scored_questions_are_too_many() -> None:
    need, trust = EXAMPLE.rubrics
    room = MOST_QUESTIONS - len(trust.questions)
    for count, too_many in ((room, False), (room + 1, True)):
        screen = replace(EXAMPLE, rubrics=(replace(need, questions=copies(need.questions[1], count)), trust))
        assert (("too-many-questions", ("rubrics",)) in found(screen)) == too_many


def test_it_is_said_where_too_many_questions_may_be_n_a_to_go_through_them_all() -> None:
    need, trust = EXAMPLE.rubrics
    optional = copies(need.questions[1], 9, not_applicable="Only if so.")
    screen = replace(EXAMPLE, rubrics=(replace(need, questions=(need.questions[0], *optional)), trust))
    assert ("not-judged", ("questions",)) in found(screen)
