from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import LAMBDAS, Situation, completions, given, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.score.reasons import ONE_SIDED, ranked
from fitcheck.decision.score.results import OpenLine, Reason, ReasonGroup
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.problems import Place

effects = st.sampled_from([-3, -2, -1, 0, 1, 2, 3])
reasons = st.lists(
    st.builds(Reason, code=st.sampled_from("abcd"), dimension=st.just("d"), text=st.text("xyz"), effect=effects),
    max_size=8,
)


def group(found: list[Reason]) -> tuple[tuple[ReasonGroup, ...], tuple[ReasonGroup, ...]]:
    """The groups against and for."""
    return tuple(ranked(found, "against")), tuple(ranked(found, "for"))


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


def lines_of(assessment: Assessment) -> list[Reason | OpenLine]:
    """Every line, answered or not."""
    return [*assessment.reasons, *assessment.still_open]


def line_effects(assessment: Assessment) -> dict[str, int]:
    """Effect of every line, by question, or by dimension for the one-sided line."""
    return {line.question or f"one-sided {line.dimension}": line.effect for line in lines_of(assessment)}


@settings(max_examples=250)
@forall(situations(cost=False))
def test_effects_add_up_to_twice_the_margin(situation: Situation) -> None:
    """Effects of all reasons and open lines sum to 2 × (score − threshold), as integers, for every prospect."""
    assessment = assessed(situation)
    lines = lines_of(assessment)
    assert all(type(line.effect) is int for line in lines)
    assert sum(line.effect for line in lines) == 2 * (assessment.score - assessment.threshold)


@settings(max_examples=250)
@forall(situations(cost=False))
def test_dimensions_are_the_sum_of_their_lines(situation: Situation) -> None:
    """Effects plus baselines of a dimension's lines are twice its points, the one-sided line included."""
    assessment = assessed(situation)
    skipped = frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")
    card = compile_scorecard(situation.screen, situation.stage, skipped)
    for i, dimension in enumerate(assessment.dimensions):
        effects = sum(line.effect for line in lines_of(assessment) if line.dimension == dimension.id)
        assert effects + sum(line.baseline for line in card.lines if line.dimension == i) == 2 * dimension.score


@settings(max_examples=250)
@forall(situations(cost=False))
def test_what_is_unknown_is_never_a_reason(situation: Situation) -> None:
    """Answered questions are reasons, unknown ones open lines, and what does not apply is neither; all in order."""
    assessment = assessed(situation)
    states = {question.id: situation.prospect.answer(question.id).state for question in situation.screen.questions}
    named = [reason.question for reason in assessment.reasons if reason.question]
    still_open = [line.question for line in assessment.still_open if line.question]
    assert named == [id_ for id_, state in states.items() if state == "given"]
    assert still_open == [id_ for id_, state in states.items() if state == "unknown"]
    shown = [member for side in (assessment.against, assessment.speaks_for) for g in side for member in g.members]
    assert {member.question for member in shown if member.question} <= set(named)


@settings(max_examples=80)
@forall(situations(cost=False))
def test_a_reason_says_the_same_however_the_unknown_turns_out(situation: Situation) -> None:
    """The effect of an answer does not depend on any other answer, and open lines stay inside their bounds."""
    assessment = assessed(situation)
    answered = {reason.question: reason.effect for reason in assessment.reasons if reason.question}
    bounds = {line.question or f"one-sided {line.dimension}": (line.low, line.high) for line in assessment.still_open}
    for completion, _ in completions(situation):
        turned_out = line_effects(assessed(completion))
        assert {question: turned_out[question] for question in answered} == answered
        for line, (low, high) in bounds.items():
            assert low <= turned_out.get(line, 0) <= high


@settings(max_examples=250)
@forall(situations(cost=False))
def test_an_open_line_stands_inside_its_bounds(situation: Situation) -> None:
    """The effect lies between `low` and `high`, and neither is beyond what the question can give."""
    for line in assessed(situation).still_open:
        assert line.low <= line.effect <= line.high


@settings(max_examples=250)
@forall(situations(cost=False))
def test_one_sided_trust_never_speaks_for_a_prospect(situation: Situation) -> None:
    """The one-sided line is what the stronger side can't make up for: zero or less, in a reason and in an open line."""
    assessment = assessed(situation)
    for line in lines_of(assessment):
        if not line.question:
            assert line.effect <= 0
    assert ONE_SIDED not in [shown.code for shown in assessment.speaks_for if len(shown.members) == 1]


@settings(max_examples=250)
@forall(situations(unknowns=False, cost=False))
def test_one_sidedness_is_lambda_times_the_difference_of_the_sides(situation: Situation) -> None:
    """The one-sided effect is −λ |a − b|, less what rounding the dimension down takes: under one point."""
    assessment = assessed(situation)
    gaps = {reason.dimension: reason.effect for reason in assessment.reasons if not reason.question}
    for dimension in assessment.dimensions:
        if dimension.sides:
            theirs, ours = dimension.sides
            exact = -situation.screen.trust_lambda * abs(theirs.score - ours.score)
            assert 0 <= exact - gaps.get(dimension.id, 0) < 2


@settings(max_examples=250)
@forall(situations(cost=False))
def test_no_one_sidedness_is_certain_before_it_is_clear_which_side_is_weaker(situation: Situation) -> None:
    """A one-sided reason names the side that is weaker in every completion; if that may change, the line is open."""
    assessment = assessed(situation)
    for reason in assessment.reasons:
        if not reason.question:
            theirs, ours = next(d.sides for d in assessment.dimensions if d.id == reason.dimension)
            weaker, stronger = (theirs, ours) if theirs.score < ours.score else (ours, theirs)
            assert weaker.high < stronger.low
            assert reason.text.index(weaker.title) < reason.text.index(stronger.title)


@forall(reasons)
def test_grouping_keeps_the_sum(lines: list[Reason]) -> None:
    """Groups of both sides together sum to what all reasons sum to, and each group to its members."""
    against, speaks_for = group(lines)
    groups = (*against, *speaks_for)
    assert sum(shown.effect for shown in groups) == sum(line.effect for line in lines)
    for shown in groups:
        assert shown.effect == sum(member.effect for member in shown.members)


@forall(reasons)
def test_every_code_is_shown_once_on_its_side(lines: list[Reason]) -> None:
    """One group for each code whose sum is not zero, with all reasons of that code and no other."""
    against, speaks_for = group(lines)
    assert all(shown.effect < 0 for shown in against)
    assert all(shown.effect > 0 for shown in speaks_for)
    by_code = {shown.code: shown for shown in (*against, *speaks_for)}
    assert len(by_code) == len(against) + len(speaks_for)
    for code in "abcd":
        members = [line for line in lines if line.code == code]
        if sum(member.effect for member in members):
            assert sorted(by_code[code].members, key=repr) == sorted(members, key=repr)
        else:
            assert code not in by_code


@forall(reasons)
def test_the_strongest_come_first_and_ties_keep_the_order_of_the_rubric(lines: list[Reason]) -> None:
    """Groups by falling strength, then by their first reason; the first member points most the way its group does."""
    first = {code: i for i, code in reversed([*enumerate(line.code for line in lines)])}
    for side, sign in zip(group(lines), (-1, 1), strict=True):
        strengths = [(-sign * shown.effect, first[shown.code]) for shown in side]
        assert strengths == sorted(strengths)
        for shown in side:
            quoted, *_ = shown.members
            assert sign * quoted.effect == max(sign * member.effect for member in shown.members) > 0


def test_worked_example_gives_the_effects_worked_out_by_hand() -> None:
    """
    Effects are doubled points minus baselines (`test_scorecard` works both out); λ = 1.

    Pain 2 × 2223 − 2668; goal 2 × 556 − 2666; plan 2 × 2222 − 2666; promises 2222 − 1333; candour 1333 − 2000; the
    open references 556 − 667. Sides stand at 2778 and 1333, so one-sided trust takes 2 × 1333 − 2778 − 1333; with
    references from 0 to 1111 theirs is 2222 to 3333, so it may take 889 to 2000.
    Score 2223 + 556 + 2222 + 1333 = 6334; threshold 6000; all effects sum to 2 × 334.
    """
    assessment = assessed(worked_example())
    assert (assessment.score, assessment.threshold) == (6334, 6000)
    assert line_effects(assessment) == {
        "pain": 1778,
        "goal": -1554,
        "plan": 1778,
        "promises": 889,
        "candour": -667,
        "one-sided trust": -1445,
        "references": -111,
    }
    assert [(shown.code, shown.effect) for shown in assessment.against] == [
        ("goal", -1554),
        ("candour", -667),
    ]
    assert [(shown.code, shown.effect) for shown in assessment.speaks_for] == [
        ("pain", 1778),
        ("plan", 1778),
        ("promises", 889),
    ]
    references, gap = assessment.still_open
    assert (references.low, references.high, references.weight) == (-667, 444, 1111)
    assert (gap.question, gap.low, gap.high, gap.weight) == (None, -2000, -889, 0)


def test_worked_example_whose_trust_may_still_tip_either_way() -> None:
    """
    With promises unknown and candour open, ours is 3333 and theirs 0..3333: they may be equal, so the line is open.

    Theirs stands at 1111 + 556 = 1667, T = 1667, so the effect is 2 × 1667 − 1667 − 3333 = −1666; at worst theirs
    is 0 and the effect −3333, at best both are 3333 and it is 0.
    """
    situation = worked_example()
    answers = {id_: answer for id_, answer in situation.prospect.answers.items() if id_ != "promises"}
    prospect = replace(situation.prospect, answers={**answers, "candour": given("open")})
    assessment = assessed(replace(situation, prospect=prospect))
    *_, gap = assessment.still_open
    assert (gap.question, gap.effect, gap.low, gap.high, gap.weight) == (None, -1666, -3333, 0, 0)
    assert ONE_SIDED not in [reason.code for reason in assessment.reasons]


@pytest.mark.parametrize("trust_lambda", LAMBDAS)
def test_one_sidedness_stays_in_its_bounds_to_the_last_point(trust_lambda: Fraction) -> None:
    """
    Rounding a two-way dimension to whole points must not carry its open line out of its bounds.

    Ours is 0 and theirs 0, 1, 2 or 3 points, all by the open answer to promises. At λ = 1/4 the dimension has 3/8 of
    them: of two 0.75 → 0, of three 1.125 → 1, effects of −2 and 2 × 1 − 3 = −1.
    """
    situation = worked_example().answering(
        {"promises": UNKNOWN, "references": given("refused"), "candour": given("hostile")}
    )
    need, trust = situation.screen.rubrics
    promises, *others = trust.questions
    levels = tuple(
        replace(promises.options[0], id=f"p{points}", points=(Fraction(points, 2222),) * 5) for points in (3, 2, 1, 0)
    )
    trust = replace(trust, questions=(replace(promises, options=levels), *others))
    screen = replace(situation.screen, rubrics=(need, trust), trust_lambda=trust_lambda)
    situation = replace(situation, screen=screen)
    (line,) = [line for line in assessed(situation).still_open if not line.question]
    for completion, _ in completions(situation):
        assert line.low <= line_effects(assessed(completion)).get("one-sided trust", 0) <= line.high


def test_a_reason_carries_its_evidence_and_where_it_stands() -> None:
    where = Place("acme.yaml", 7, 3)
    answer = Answer("severe", evidence="“It hurts”", on=date(2026, 3, 1), by="head of operations", where=where)
    pain, *_ = assessed(worked_example().answering({"pain": answer})).reasons
    assert (pain.question, pain.answer, pain.says, pain.text) == ("pain", "severe", "pain severe", "pain is severe")
    assert (pain.evidence, pain.on, pain.by, pain.where) == (answer.evidence, answer.on, answer.by, where)
    assert (pain.points, pain.most) == (2223, 2223)


@pytest.mark.parametrize("option", ["severe", "some"])
def test_the_code_of_an_option_overrides_that_of_its_question(option: str) -> None:
    situation = worked_example()
    need, trust = situation.screen.rubrics
    pain, *others = need.questions
    coded = replace(pain, options=(replace(pain.options[0], reason="agony"), *pain.options[1:]))
    screen = replace(situation.screen, rubrics=(replace(need, questions=(coded, *others)), trust))
    reason, *_ = assessed(replace(situation, screen=screen).answering({"pain": given(option)})).reasons
    assert reason.code == {"severe": "agony", "some": "pain"}[option]


@settings(max_examples=100)
@forall(situations(cost=False), st.data())
def test_a_better_answer_moves_no_other_line_but_one_sidedness(situation: Situation, data: st.DataObject) -> None:
    """Answering one question differently changes its own line and at most the one-sided line of its dimension."""
    assume(situation.screen.questions)
    question = data.draw(st.sampled_from(situation.screen.questions))
    assume(situation.prospect.answer(question.id).state == "given")
    other = data.draw(st.sampled_from(question.options))
    before = line_effects(assessed(situation))
    after = line_effects(assessed(situation.answering({question.id: given(other.id)})))
    changed = {line for line in before.keys() | after.keys() if before.get(line) != after.get(line)}
    rubric = next(rubric for rubric in situation.screen.rubrics if question in rubric.questions)
    assert changed <= {question.id, f"one-sided {rubric.id}"}
