from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from math import prod

import pytest
from hypothesis import assume, given as given_, settings, strategies as st
from strategies import CHOICES, Picker, Situation, asked, given, option_ids, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import Deal
from fitcheck.decision.score.scorecard import Line, compile_scorecard
from fitcheck.decision.several.ballots import Ballot
from fitcheck.decision.several.judges import JudgesReport, deal_conflicts, merge, one_deal

EXAMPLE = worked_example()
NOT_APPLICABLE = Answer(None, "n/a")
Panel = tuple[Situation, Mapping[str, Prospect]]


@st.composite
def panels(draw: st.DrawFn, *, unknowns: bool = True, cost: bool = True) -> Panel:
    """A situation and two or three judges, who agree on most questions."""
    situation = draw(situations(unknowns=unknowns, cost=cost))
    pick = Picker(draw(CHOICES))
    judges = {"ann": situation.prospect}
    for name in pick.of(("bo",), ("bo", "cy")):
        answers = dict(situation.prospect.answers)
        for question in asked(situation.screen):
            states = [given(option) for option in option_ids(question)]
            states += [NOT_APPLICABLE] if question.not_applicable else []
            states += [UNKNOWN] if unknowns else []
            if pick.of(False, False, True):
                answers[question.id] = pick.of(*states)
        judges[name] = replace(situation.prospect, answers=answers)
    return situation, judges


def merged(situation: Situation, judges: Mapping[str, Prospect]) -> JudgesReport:
    return merge(situation.screen, judges, situation.stage, prospect_id="acme", company=situation.company)


def saying(**answers: str) -> Prospect:
    """The worked example with other answers."""
    states = {"unknown": UNKNOWN, "n/a": NOT_APPLICABLE}
    changed = {question: states.get(option, given(option)) for question, option in answers.items()}
    return EXAMPLE.answering(changed).prospect


def example(**judges: Prospect) -> JudgesReport:
    return merged(EXAMPLE, judges)


def ballot(report: JudgesReport, question: str) -> Ballot:
    return next(ballot for ballot in report.ballots if ballot.question == question)


@settings(max_examples=40)
@given_(situations())
def test_one_judge_alone_and_several_who_agree_are_the_assessment_itself(situation: Situation) -> None:
    alone = assess(situation.screen, situation.prospect, situation.stage, company=situation.company)
    for names in (["ann"], ["ann", "bo", "cy"]):
        report = merged(situation, dict.fromkeys(names, situation.prospect))
        found = report.merged
        for field in ("verdict", "settled", "probability", "score", "score_low", "score_high", "reasons", "still_open"):
            assert getattr(found, field) == getattr(alone, field), field
        assert (found.gates, found.dimensions, found.cost) == (alone.gates, alone.dimensions, alone.cost)
        assert found.neighbours == alone.neighbours
        assert not report.differences
        assert not report.decisive
        assert {opinion.verdict for opinion in report.opinions} == {alone.verdict}
        assert {opinion.score for opinion in report.opinions} == {alone.score}


@settings(max_examples=40)
@given_(panels())
def test_the_order_of_the_judges_does_not_matter(panel: Panel) -> None:
    situation, judges = panel
    found = {merged(situation, dict(order)).merged.score for order in permutations(judges.items())}
    assert len(found) == 1
    first, *others = (merged(situation, dict(order)) for order in permutations(judges.items()))
    assert all(other == first for other in others)


@settings(max_examples=40)
@given_(panels())
def test_the_effects_of_merged_answers_add_up_exactly(panel: Panel) -> None:
    found = merged(*panel).merged
    assert found.effect_of_reasons + found.effect_of_open == found.score - found.threshold


@settings(max_examples=40)
@given_(panels())
def test_the_merged_points_are_the_mean_of_the_judges_points(panel: Panel) -> None:
    situation, judges = panel
    report = merged(situation, judges)
    screen, stage = situation.screen, situation.stage
    only_na = {
        question.id
        for question in screen.questions
        if {p.answer(question.id).state for p in judges.values()} - {"unknown"} == {"n/a"}
    }
    card = compile_scorecard(screen, stage, frozenset(only_na))
    told = {reason.question: reason.points for reason in report.merged.reasons if reason.question}
    expected = {}
    for line in card.lines:
        ids = option_ids(line.question)
        answers = [judge.answer(line.question.id).option for judge in judges.values()]
        points = [line.points[ids.index(option)] for option in answers if option]
        if points and not ballot(report, line.question.id).is_split:
            expected[line.question.id] = card.shown(Fraction(sum(points), len(points)))
    assert told == expected


@settings(max_examples=40)
@given_(panels(cost=False))
def test_it_is_settled_if_nothing_that_is_unknown_or_split_can_turn_it(panel: Panel) -> None:
    situation, judges = panel
    screen, stage = situation.screen, situation.stage
    found = merged(situation, judges).merged
    skipped = frozenset(
        q.id for q in screen.questions if {p.answer(q.id).state for p in judges.values()} - {"unknown"} == {"n/a"}
    )
    card = compile_scorecard(screen, stage, skipped)
    lines = [_outcomes(judges, line, [*map(card.shown, line.points)]) for line in card.lines]
    assume(prod(map(len, lines)) <= MOST_OUTCOMES)
    rules, trust_lambda = screen.stages[stage], screen.trust_lambda
    possible = set()
    for turned_out in product(*lines):
        points = [p for p, _ in turned_out]
        sides = [[sum((points[i] for i in side), Fraction(0)) for side in d.sides] for d in card.dimensions]
        joined = [sum(got, Fraction(0)) / len(got) - trust_lambda / 2 * abs(got[0] - got[-1]) for got in sides]
        possible.add(
            not any(gated for _, gated in turned_out)
            and sum(joined) >= rules.threshold
            and all(sides[gate.dimension][gate.side] >= card.shown(gate.least) for gate in card.floors)
        )
    assert found.settled == (len(possible) == 1)
    if found.settled:
        assert found.verdict == ("pursue" if possible == {True} else "not now")


MOST_OUTCOMES = 500


def _outcomes(judges: Mapping[str, Prospect], line: Line, points: Sequence[Fraction]) -> set[tuple[Fraction, bool]]:
    """Points of 100, and whether the gate fails, of everything that the merged answer can turn out to be."""
    ids = option_ids(line.question)
    given_answers = [p.answer(line.question.id) for p in judges.values()]
    given_answers = [answer for answer in given_answers if answer.state != "unknown"]
    at = [ids.index(answer.option) for answer in given_answers if answer.option]
    if not given_answers:
        return set(zip(points, line.gated, strict=True))
    mean = sum((points[i] for i in at), Fraction(0)) / len(at)
    failing = sum(line.gated[i] for i in at)
    if failing and 2 * failing <= len(given_answers):
        without = {(mean, False)} if len(at) < len(given_answers) else set()
        return {(points[i], line.gated[i]) for i in at} | without
    return {(mean, failing > 0)}


@settings(max_examples=40)
@given_(panels(unknowns=False))
def test_where_judges_differ_on_cost_only_the_expected_cost_is_the_mean_of_theirs(panel: Panel) -> None:
    situation, judges = panel
    # what closing takes tells of the type of prospect too, so trust must leave nothing open that a type could fill
    assume(all(situation.prospect.answer(q.id).state != "unknown" for q in situation.screen.questions))
    scored = {q.id: situation.prospect.answer(q.id) for q in situation.screen.questions}
    judges = {name: replace(seen, answers={**seen.answers, **scored}) for name, seen in judges.items()}
    found = merged(situation, judges).merged.cost
    alone = [assess(situation.screen, p, situation.stage, company=situation.company).cost for p in judges.values()]
    costs = [cost.expected for cost in alone if cost]
    assert (found is None) == (not costs)
    if found:
        assert found.expected == sum(costs, Fraction(0)) / len(costs)
        assert sum(driver.hours for driver in found.drivers) >= 0


@settings(max_examples=25)
@given_(panels())
def test_a_difference_is_decisive_if_and_only_if_the_verdict_depends_on_which_answer_all_give(panel: Panel) -> None:
    situation, judges = panel
    report = merged(situation, judges)
    found = {decisive.question for decisive in report.decisive}
    for each in report.ballots:
        verdicts = set()
        for vote in each.answered:
            agreeing = {
                name: replace(seen, answers={**seen.answers, each.question: vote.given})
                for name, seen in judges.items()
                if seen.answer(each.question).state != "unknown" or not each.differs
            } | {name: seen for name, seen in judges.items() if seen.answer(each.question).state == "unknown"}
            verdicts.add(merged(situation, agreeing).merged.verdict)
        assert (each.question in found) == (each.differs and len(verdicts) > 1)


def test_a_failing_vote_short_of_a_majority_leaves_gate_and_verdict_open_and_names_the_judges() -> None:
    # Pain gives 200/9 severe and none fails. Without it hard, ordinary, good are by their answers (goal vague, plan
    # agreed, promises kept, candour guarded) as below. Two votes of three are severe: 2/9, 2/3, 14/15 by the tilts.
    report = example(ann=saying(), bo=saying(), cy=saying(pain="none"))
    found = report.merged
    assert ballot(report, "pain").points == Fraction(400, 27)
    hard = Fraction("5.5") / 65 * Fraction(1, 80) ** 2 * Fraction("4.6") / 126
    ordinary = 2 * Fraction(1, 20) ** 3 * Fraction(1, 30)
    good = Fraction("2.5") / 95 * Fraction(7, 80) ** 2 * Fraction("3.4") / 114
    odds = (hard * 2 / 9 + ordinary * 2 / 3 + good * 14 / 15) / (hard + ordinary + good)
    assert (found.verdict, found.settled, found.probability) == ("pursue", False, odds)
    assert [found.score_low, found.score_high] == [Fraction(370, 9), Fraction(190, 3)]
    assert abs(found.score - Fraction(370, 9) - Fraction(200, 9) * odds) < Fraction(1, 10_000)
    (gate,) = [gate for gate in found.gates if gate.id == "pain"]
    assert gate.state == "unknown"
    assert gate.because == "scorers disagree: fails for cy, passes for ann, bo"
    assert [split.question for split in report.split_gates] == ["pain"]


def test_a_strict_majority_for_a_failing_answer_fails_the_gate_and_settles_the_verdict() -> None:
    report = example(ann=saying(), bo=saying(pain="none"), cy=saying(pain="none"))
    found = report.merged
    assert (found.verdict, found.settled) == ("not now", True)
    assert [gate.id for gate in found.failed_gates] == ["pain"]
    assert found.failed_gates[0].because == "pain is severe (ann); pain is none (bo, cy)"
    assert ballot(report, "pain").points == Fraction(200, 27)
    assert not report.split_gates


def test_half_of_the_votes_is_no_majority() -> None:
    report = example(ann=saying(), bo=saying(pain="none"))
    assert ballot(report, "pain").gate == "unknown"
    assert not report.merged.settled


def test_who_does_not_know_does_not_count() -> None:
    report = example(ann=saying(pain="unknown"), bo=saying(pain="none"))
    found = ballot(report, "pain")
    assert (found.gate, found.points, found.merge_rule, found.unknown_to) == (
        "fail",
        Fraction(0),
        "alike",
        ("ann",),
    )
    assert report.merged.verdict == "not now"
    assert found in report.known_to_some


def test_one_answer_shows_that_a_question_applies() -> None:
    report = example(ann=saying(plan="n/a"), bo=saying(plan="agreed"), cy=saying(plan="n/a"))
    found = ballot(report, "plan")
    assert (found.points, found.spread) == (Fraction(200, 9), Fraction(0))
    assert (found.applies_to_some, found.merge_rule) == (True, "mean")
    assert report.merged.score == Fraction(190, 3)
    assert found in report.differences


def test_a_question_drops_out_if_all_who_answered_say_that_it_does_not_apply() -> None:
    report = example(ann=saying(plan="n/a"), bo=saying(plan="unknown"))
    alone = assess(EXAMPLE.screen, saying(plan="n/a"), "pilot")
    assert ballot(report, "plan").merge_rule == "n/a"
    assert (report.merged.score, report.merged.not_applicable("need")) == (alone.score, ("plan",))


def test_a_vote_for_not_applicable_fails_no_gate() -> None:
    need, trust = EXAMPLE.screen.rubrics
    *others, plan = need.questions
    none = replace(plan.options[1], gate=frozenset({"pilot"}), gate_because="no plan, no deal")
    changed = replace(need, questions=(*others, replace(plan, options=(plan.options[0], none))))
    situation = replace(EXAMPLE, screen=replace(EXAMPLE.screen, rubrics=(changed, trust)))
    report = merged(situation, {"ann": saying(plan="none"), "bo": saying(plan="n/a")})
    found = ballot(report, "plan")
    assert (found.gate, found.failing, found.passing, found.points) == (
        "unknown",
        ("ann",),
        ("bo",),
        Fraction(0),
    )
    assert not report.merged.settled or report.merged.score_high < report.merged.threshold


def test_the_questions_with_the_most_points_between_answers_come_first() -> None:
    report = example(ann=saying(candour="hostile"), bo=saying(goal="clear", promises="broken"))
    # candour: 40/3 against 0; goal: 200/9 against 50/9; promises: 200/9 against 0
    assert [(each.question, each.spread) for each in report.differences] == [
        ("promises", Fraction(200, 9)),
        ("goal", Fraction(50, 3)),
        ("candour", Fraction(40, 3)),
    ]


def test_the_single_difference_that_decides_is_named_with_who_would_have_it_how() -> None:
    report = example(ann=saying(), bo=saying(pain="none", goal="clear"))
    (decisive,) = report.decisive
    assert decisive.question == "pain"
    assert [(r.answer, r.judges, r.verdict, r.settled) for r in decisive.rulings] == [
        ("none", ("bo",), "not now", True),
        ("severe", ("ann",), "pursue", True),
    ]


def test_each_judge_keeps_a_verdict_of_their_own() -> None:
    report = example(ann=saying(), bo=saying(pain="none"))
    assert [(o.judge, o.verdict, o.score, o.failed) for o in report.opinions] == [
        ("ann", "pursue", Fraction(190, 3), ()),
        ("bo", "not now", Fraction(370, 9), ("pain",)),
    ]
    assert (report.say("pursue"), report.say("not now")) == (("ann",), ("bo",))


def test_deals_that_contradict_each_other_are_not_merged() -> None:
    one, other = Deal(value=Fraction(100), currency="EUR"), Deal(value=Fraction(90), learning_value=Fraction(5))
    assert deal_conflicts([one, other]) == ("value",)
    assert deal_conflicts([one, Deal(win_probability=Fraction(1, 2)), Deal(win_probability=Fraction(1, 3))]) == ()
    with pytest.raises(ValueError, match="differ in value"):
        one_deal([one, other])
    with pytest.raises(ValueError, match="differ in value"):
        example(ann=replace(saying(), deal=one), bo=replace(saying(), deal=other))


def test_what_only_one_judge_knows_of_the_deal_holds() -> None:
    found = one_deal([Deal(value=Fraction(100)), Deal(currency="EUR", learning_value=Fraction(5)), Deal()])
    assert found == Deal(value=Fraction(100), currency="EUR", learning_value=Fraction(5))
    assert (
        one_deal([Deal(win_probability=Fraction(1, 2)), Deal(win_probability=Fraction(1, 3))]).win_probability is None
    )
