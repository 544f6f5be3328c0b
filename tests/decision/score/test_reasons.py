from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import TYPES, Situation, completions, given, shares_of, situations, types_after, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Answer
from fitcheck.decision.score.reasons import ONE_SIDED, ranked
from fitcheck.decision.score.results import OpenLine, Reason, ReasonGroup
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.decision.verdict.scorer import Scorer
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


def line_effects(assessment: Assessment) -> dict[str, Fraction]:
    """Effect of every line, by question, or by dimension for the one-sided line."""
    return {line.question or f"one-sided {line.dimension}": Fraction(line.effect) for line in lines_of(assessment)}


def line_effects_of(situation: Situation) -> dict[str, Fraction]:
    """The same of a situation, without what else an assessment says."""
    found = Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)
    lines = found.prepared.reasons.explain(found.codes, found.bounds, situation.prospect.answers)
    return {line.question or f"one-sided {line.dimension}": Fraction(line.effect) for of in lines for line in of}


@settings(max_examples=150)
@forall(situations())
def test_effects_add_up_to_the_margin_exactly(situation: Situation) -> None:
    """Effects of all reasons and open lines sum to score − threshold, as fractions, for every prospect."""
    assessment = assessed(situation)
    lines = lines_of(assessment)
    assert all(isinstance(line.effect, Fraction) for line in lines)
    assert sum(line.effect for line in lines) == assessment.score - assessment.threshold
    assert assessment.effect_of_reasons + assessment.effect_of_open == assessment.score - assessment.threshold


@settings(max_examples=150)
@forall(situations(cost=False))
def test_dimensions_are_the_sum_of_their_lines(situation: Situation) -> None:
    """Effects plus baselines of a dimension's lines are its points, the one-sided line included."""
    assessment = assessed(situation)
    skipped = frozenset(id_ for id_, answer in situation.prospect.answers.items() if answer.state == "n/a")
    card = compile_scorecard(situation.screen, situation.stage, skipped)
    for i, dimension in enumerate(assessment.dimensions):
        effects = sum(line.effect for line in lines_of(assessment) if line.dimension == dimension.id)
        baseline = card.shown(sum(line.baseline for line in card.lines if line.dimension == i))
        assert effects + baseline == dimension.score


@settings(max_examples=100)
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


@settings(max_examples=40)
@forall(situations(cost=False))
def test_a_reason_says_the_same_however_the_unknown_turns_out(situation: Situation) -> None:
    """The effect of an answer does not depend on any other answer, and open lines stay inside their bounds."""
    assessment = assessed(situation)
    answered = {reason.question: reason.effect for reason in assessment.reasons if reason.question}
    bounds = {line.question or f"one-sided {line.dimension}": (line.low, line.high) for line in assessment.still_open}
    for completion, _ in completions(situation):
        turned_out = line_effects_of(completion)
        assert {question: turned_out[question] for question in answered} == answered
        for line, (low, high) in bounds.items():
            assert low <= turned_out.get(line, 0) <= high


@settings(max_examples=100)
@forall(situations(cost=False))
def test_an_open_line_stands_inside_its_bounds(situation: Situation) -> None:
    """The effect lies between `low` and `high`, and neither is beyond what the question can give."""
    for line in assessed(situation).still_open:
        assert line.low <= line.effect <= line.high


@settings(max_examples=100)
@forall(situations(cost=False))
def test_one_sided_trust_never_speaks_for_a_prospect(situation: Situation) -> None:
    """The one-sided line is what the stronger side can't make up for: zero or less, in a reason and in an open line."""
    assessment = assessed(situation)
    for line in lines_of(assessment):
        if not line.question:
            assert line.effect <= 0
    assert ONE_SIDED not in [shown.code for shown in assessment.speaks_for if len(shown.members) == 1]


@settings(max_examples=100)
@forall(situations(unknowns=False, cost=False))
def test_one_sidedness_is_half_of_lambda_times_the_difference_of_the_sides(situation: Situation) -> None:
    """The one-sided effect is −λ/2 |a − b|, and so is the dimension's own figure."""
    assessment = assessed(situation)
    gaps = {reason.dimension: reason.effect for reason in assessment.reasons if not reason.question}
    for dimension in assessment.dimensions:
        if dimension.sides:
            theirs, ours = dimension.sides
            exact = -situation.screen.trust_lambda / 2 * abs(theirs.score - ours.score)
            assert gaps.get(dimension.id, 0) == dimension.one_sided == exact


@settings(max_examples=100)
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
    """One group for each code on each side, with all reasons of that code on that side and no other."""
    for side, sign in zip(group(lines), (-1, 1), strict=True):
        by_code = {shown.code: shown for shown in side}
        assert len(by_code) == len(side)
        for code in "abcd":
            members = [line for line in lines if line.code == code and sign * line.effect > 0]
            found = by_code[code].members if code in by_code else ()
            assert sorted(found, key=repr) == sorted(members, key=repr)
            assert not members or by_code[code].effect == sum(member.effect for member in members)


@forall(reasons)
def test_the_strongest_come_first_and_ties_keep_the_order_of_the_rubric(lines: list[Reason]) -> None:
    """Groups by falling strength, then by their first reason; the first member points most the way its group does."""
    for side, sign in zip(group(lines), (-1, 1), strict=True):
        of_side = [line.code if sign * line.effect > 0 else None for line in lines]
        first = {code: i for i, code in reversed([*enumerate(of_side)])}
        strengths = [(-sign * shown.effect, first[shown.code]) for shown in side]
        assert strengths == sorted(strengths)
        for shown in side:
            quoted, *_ = shown.members
            assert sign * quoted.effect == max(sign * member.effect for member in shown.members) > 0


def test_worked_example_gives_the_effects_worked_out_by_hand() -> None:
    """
    Effects are points minus baselines (`test_scorecard` works both out), a side of trust carrying half; λ = 1.

    Pain and plan 200/9 − 40/3; goal 50/9 − 40/3; promises 100/9 − 20/3; candour 20/3 − 10. Score 190/3, threshold 60.
    The open references stand at what the types imply: x of 100/9, so x/2 − 10/3. Theirs is 200/9 + x and ours 40/3,
    so one-sided trust takes half the difference; with references from 0 to 100/9 it takes 40/9 to 10.
    """
    situation = worked_example()
    assessment = assessed(situation)
    assert (assessment.score, assessment.threshold) == (Fraction(190, 3), Fraction(60))
    effects = line_effects(assessment)
    references, gap = assessment.still_open
    assert effects == {
        "pain": Fraction(80, 9),
        "goal": Fraction(-70, 9),
        "plan": Fraction(80, 9),
        "promises": Fraction(40, 9),
        "candour": Fraction(-10, 3),
        "references": references.effect,
        "one-sided trust": gap.effect,
    }
    question = situation.screen.questions[4]
    types = types_after(situation)
    given_share = sum((types[h] * shares_of(situation, question, h)[0] for h in TYPES), Fraction(0))
    exact = Fraction(50, 9) * given_share - Fraction(10, 3)
    assert abs(references.effect - exact) < Fraction(1, 10_000)
    assert references.effect + gap.effect == Fraction(-70, 9)  # the share of x cancels
    assert (references.low, references.high, references.weight) == (Fraction(-10, 3), Fraction(20, 9), Fraction(50, 9))
    assert gap.question is None
    assert [gap.low, gap.high, gap.weight] == [-10, Fraction(-40, 9), 0]
    assert [(shown.code, shown.effect) for shown in assessment.against] == [
        ("goal", Fraction(-70, 9)),
        ("candour", Fraction(-10, 3)),
    ]
    assert [(shown.code, shown.effect) for shown in assessment.speaks_for] == [
        ("pain", Fraction(80, 9)),
        ("plan", Fraction(80, 9)),
        ("promises", Fraction(40, 9)),
    ]


def test_worked_example_whose_trust_may_still_tip_either_way() -> None:
    """
    With promises unknown and candour open, ours is 100/3 and theirs 0..100/3: they may be equal, so the line is open.

    At worst theirs is 0 and half of 100/3 is lost, at best nothing is.
    """
    situation = worked_example()
    answers = {id_: answer for id_, answer in situation.prospect.answers.items() if id_ != "promises"}
    prospect = replace(situation.prospect, answers={**answers, "candour": given("open")})
    assessment = assessed(replace(situation, prospect=prospect))
    *_, gap = assessment.still_open
    theirs, ours = assessment.dimensions[1].sides
    assert gap.effect == (theirs.score - ours.score) / 2
    assert gap.question is None
    assert [gap.low, gap.high, gap.weight] == [Fraction(-50, 3), 0, 0]
    assert ONE_SIDED not in [reason.code for reason in assessment.reasons]


def test_a_reason_carries_its_evidence_and_where_it_stands() -> None:
    where = Place("acme.yaml", 7, 3)
    answer = Answer("severe", evidence="“It hurts”", on=date(2026, 3, 1), by="head of operations", where=where)
    pain, *_ = assessed(worked_example().answering({"pain": answer})).reasons
    assert (pain.question, pain.answer, pain.says, pain.text) == ("pain", "severe", "pain severe", "pain is severe")
    assert (pain.evidence, pain.on, pain.by, pain.where) == (answer.evidence, answer.on, answer.by, where)
    assert (pain.points, pain.most) == (Fraction(200, 9), Fraction(200, 9))


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
@forall(situations(unknowns=False, cost=False), st.data())
def test_an_answer_moves_no_other_line_but_one_sidedness(situation: Situation, data: st.DataObject) -> None:
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
