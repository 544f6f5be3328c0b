"""
The verdict against an oracle of its own.

`fits` and `fails_for_money` below judge complete answers straight from the rubrics, the way method §1, §2 and §7 and
verdict §3 tell it to a person, and share no code with what they test; of the limit itself see `test_terms`. Everything
about unknown answers is then checked by asking them about every completion.
"""

import dataclasses
import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given as forall, settings, strategies as st
from strategies import (
    NOT_APPLICABLE,
    Situation,
    asked,
    completions,
    given,
    option_ids,
    situations,
    worked_example,
)

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import Step
from fitcheck.decision.content.answers import UNKNOWN, Answer, Prospect
from fitcheck.decision.content.cost_model import Activity, Company
from fitcheck.decision.content.rubric import STAGES, Option, Question
from fitcheck.decision.cost import estimate as cost, mixture
from fitcheck.decision.cost.money import MoneySide
from fitcheck.decision.score.results import CostToClose
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.problems import Place

HALF = Fraction(1, 2)


def assessed(situation: Situation, as_of: date | None = None) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company, as_of=as_of)


def tenths(points: Fraction) -> Fraction:
    """To tenths of a point, halves upwards."""
    return Fraction(math.floor(points * 10 + HALF), 10)


@dataclasses.dataclass(frozen=True)
class Points:
    """What complete answers score: by dimension its sides and their maximum, and all together."""

    sides: Mapping[str, tuple[Fraction, ...]]
    joined: Mapping[str, Fraction]
    most: Mapping[str, Fraction]

    @property
    def score(self) -> Fraction:
        """Of all dimensions."""
        return sum(self.joined.values(), Fraction(0))


def scored(situation: Situation, on_grid: Container[str] = ()) -> Points:
    """Exact points of complete answers, of 100; those of the questions `on_grid` in tenths."""
    screen, prospect = situation.screen, situation.prospect
    at = STAGES.index(situation.stage)
    weights = screen.stages[situation.stage].weights
    most = {r.id: 100 * weights[r.id] / sum(weights[other.id] for other in screen.rubrics) for r in screen.rubrics}
    sides: dict[str, tuple[Fraction, ...]] = {}
    joined: dict[str, Fraction] = {}
    for rubric in screen.rubrics:
        got = []
        for side in ("theirs", "ours") if rubric.sides else (None,):
            counted = [q for q in rubric.questions if q.side == side and prospect.answer(q.id) != NOT_APPLICABLE]
            whole = sum(question.weight for question in counted)
            points = {q.id: most[rubric.id] * q.weight / whole * chosen(q, prospect).points[at] for q in counted}
            got.append(sum((tenths(p) if id_ in on_grid else p for id_, p in points.items()), Fraction(0)))
        sides[rubric.id] = tuple(got)
        joined[rubric.id] = sum(got, Fraction(0)) / len(got) - screen.trust_lambda / 2 * abs(got[0] - got[-1])
    return Points(sides, joined, most)


def chosen(question: Question, prospect: Prospect) -> Option:
    return next(option for option in question.options if option.id == prospect.answers[question.id].option)


def fits(situation: Situation, on_grid: Container[str] = ()) -> bool:
    """Method §2: no deal-breaker, every floor, the score; for complete answers."""
    screen, stage, prospect = situation.screen, situation.stage, situation.prospect
    for question in screen.questions:
        if prospect.answer(question.id) != NOT_APPLICABLE and stage in chosen(question, prospect).gate:
            return False
    points = scored(situation, on_grid)
    for floor in screen.stages[stage].floors:
        side = {"theirs": 0, "ours": 1, None: 0}[floor.side]
        if points.sides[floor.rubric][side] < floor.percent / 100 * points.most[floor.rubric]:
            return False
    return points.score >= screen.stages[stage].threshold


def pursued(situation: Situation) -> bool:
    """Verdict §2: pursue iff it fits and the money gate does not fail; for complete answers."""
    return fits(situation) and not fails_for_money(situation)


def fails_for_money(situation: Situation) -> bool:
    """Verdict §3.3: the expected cost is above 5/4 of the limit, where there is one."""
    screen = situation.screen
    terms = Scorer(screen, situation.stage, situation.company).deal(situation.prospect.deal)
    if screen.cost is None or screen.money_gate is None or terms is None or terms.allowed is None or not terms.holds:
        return False
    company = situation.company or Company()
    home, model = company.currency or screen.cost.currency, screen.cost
    roles = {activity.role for activity in model.activities}
    worth = {home: Fraction(1), **company.exchange} | {home: Fraction(1)}
    rates = company.rates
    if model.currency not in worth and (
        roles - set(company.rates) or any(activity.expenses for activity in model.activities)
    ):
        # Neither rates nor expenses can be counted in our currency, so everything is in the model's.
        worth, rates = {model.currency: Fraction(1)}, {}
    into = worth.get(model.currency, Fraction(1))
    paid = {role: rates.get(role) or model.rates[role].per_hour * into for role in roles}
    hours, expenses = expected_work(situation, scored(situation))
    spent = situation.prospect.deal.hours_spent
    left = {role: max(Fraction(0), worked - spent.get(role, Fraction(0))) for role, worked in hours.items()}
    money = sum((worked * paid[role] for role, worked in left.items()), expenses * into)
    counted = sum(left.values(), Fraction(0)) if terms.in_hours else money
    return counted > Fraction(5, 4) * terms.allowed


def expected_work(situation: Situation, points: Points) -> tuple[dict[str, Fraction], Fraction]:
    """
    Return hours by role, and expenses: method §7.1, §7.2.

    Activities take (a + 4m + b)/6 hours, those of a cycle times the mean of a truncated count.
    """
    model = situation.screen.cost
    assert model is not None
    band = model.cycles.bands[0]
    if model.cycles.rubric:
        got, most = points.joined[model.cycles.rubric], points.most[model.cycles.rubric]
        band = next(b for b in model.cycles.bands if b.below is None or got * 100 < b.below * most)
    extra = band.extra
    if model.cycles.shape == "geometric":
        chances = [(extra / (1 + extra)) ** n for n in range(model.cycles.most)]
    else:
        chances = [extra**n / math.factorial(n) for n in range(model.cycles.most)]
    cycles = sum(((n + 1) * chance for n, chance in enumerate(chances)), Fraction(0)) / sum(chances)

    def happens(activity: Activity) -> bool:
        return activity.when is None or (
            situation.prospect.answer(activity.when.question).option in activity.when.options
        )

    hours, expenses = dict[str, Fraction](), Fraction(0)
    for activity in model.activities:
        if happens(activity):
            times = cycles if activity.per == "cycle" else 1
            mean = (activity.hours.low + 4 * activity.hours.likely + activity.hours.high) / 6
            hours[activity.role] = hours.get(activity.role, Fraction(0)) + times * mean
            expenses += times * activity.expenses
    return hours, expenses


@settings(max_examples=120)
@forall(situations(unknowns=False))
def test_complete_answers_are_settled_as_the_method_says(situation: Situation) -> None:
    """With nothing unknown the verdict is settled and the oracle's, and the score has no range."""
    assessment = assessed(situation)
    assert assessment.verdict == ("pursue" if pursued(situation) else "not now")
    assert (assessment.settled, assessment.probability, assessment.too_little_known) == (True, None, False)
    points = scored(situation)
    assert assessment.score_low == assessment.score == assessment.score_high == points.score
    assert (assessment.known, assessment.state) == (Fraction(1), "settled")
    assert assessment.still_open == ()
    for dimension in assessment.dimensions:
        assert (dimension.score, dimension.most) == (points.joined[dimension.id], points.most[dimension.id])
        if dimension.sides:
            assert tuple(side.score for side in dimension.sides) == points.sides[dimension.id]


@settings(max_examples=120)
@forall(situations())
def test_settled_means_settled(situation: Situation) -> None:
    """The verdict is settled exactly if every completion of what is unknown, cost included, gives the same one."""
    assessment = assessed(situation)
    verdicts = {pursued(completion) for completion, _ in completions(situation)}
    assert assessment.settled == (len(verdicts) == 1)
    if assessment.settled:
        assert assessment.verdict == ("pursue" if verdicts == {True} else "not now")


@settings(max_examples=150)
@forall(situations())
def test_an_open_verdict_follows_the_exact_odds_of_the_fit(situation: Situation) -> None:
    """
    They equal enumeration under the types after the answers, open points in tenths; money is no part of them.

    Open: pursue iff they are one half at least and enough is known. A settled verdict has none.
    """
    assessment = assessed(situation)
    if assessment.settled:
        assert assessment.probability is None
        return
    every = completions(situation)
    still_open = {q.id for q in asked(situation.screen) if situation.prospect.answer(q.id).state == "unknown"}
    on_grid = sum((share for completion, share in every if fits(completion, still_open)), Fraction(0))
    is_sure = all(fits(completion) for completion, _ in every)
    assert assessment.probability == (1 if is_sure else on_grid)
    enough = assessment.known >= situation.screen.least_known or is_sure
    assert (assessment.verdict == "pursue") == (enough and assessment.probability >= HALF)
    assert assessment.failed_gates == ()
    assert assessment.too_little_known == (not enough)


@settings(max_examples=60)
@forall(situations(cost=False))
def test_bounds_hold_for_every_completion_and_are_attained(situation: Situation) -> None:
    """Low and high of score, dimensions and sides are the least and most over all completions, and now is between."""
    assessment = assessed(situation)
    every = [scored(completion) for completion, _ in completions(situation)]
    totals = [points.score for points in every]
    assert (assessment.score_low, assessment.score_high) == (min(totals), max(totals))
    assert assessment.score_low <= assessment.score <= assessment.score_high
    assert assessment.score == sum(dimension.score for dimension in assessment.dimensions)
    for dimension in assessment.dimensions:
        joined = [points.joined[dimension.id] for points in every]
        assert (dimension.low, dimension.high) == (min(joined), max(joined))
        assert dimension.low <= dimension.score <= dimension.high <= dimension.most
        for k, side in enumerate(dimension.sides):
            got = [points.sides[dimension.id][k] for points in every]
            assert (side.low, side.high) == (min(got), max(got))
            assert side.low <= side.score <= side.high <= dimension.most


def better(situation: Situation, data: st.DataObject) -> Situation:
    """Give one answered question another option with at least as many points that fails no gate."""
    screen, at = situation.screen, STAGES.index(situation.stage)
    improvable = [
        (question.id, option.id)
        for question in screen.questions
        if situation.prospect.answer(question.id).state == "given"
        for option in question.options
        if option.points[at] >= chosen(question, situation.prospect).points[at] and situation.stage not in option.gate
    ]
    assume(improvable)
    question, option = data.draw(st.sampled_from(improvable))
    return situation.answering({question: given(option)})


@settings(max_examples=150)
@forall(situations(), st.data())
def test_a_better_answer_never_hurts(situation: Situation, data: st.DataObject) -> None:
    """
    More points and no gate: the score and its bounds never fall, "pursue" never turns, nor does probability fall.

    Open verdicts included, since the same questions stay unknown.
    """
    before, after = assessed(situation), assessed(better(situation, data))
    assert after.score >= before.score
    assert after.score_low >= before.score_low
    assert after.score_high >= before.score_high
    if before.verdict == "pursue":
        assert after.verdict == "pursue"
    if before.settled and before.verdict == "pursue":
        assert after.settled
    chances = [a.probability if a.probability is not None else int(a.verdict == "pursue") for a in (before, after)]
    assert chances[0] <= chances[1]
    failed = {gate.id for gate in before.failed_gates}
    assert {gate.id for gate in after.failed_gates} <= failed


@settings(max_examples=150)
@forall(situations(), st.data())
def test_learning_an_answer_only_narrows(situation: Situation, data: st.DataObject) -> None:
    """Answering what was unknown keeps the score inside its old bounds and never turns a settled verdict."""
    unknown = [q for q in asked(situation.screen) if situation.prospect.answer(q.id).state == "unknown"]
    assume(unknown)
    question = data.draw(st.sampled_from(unknown))
    told = situation.answering({question.id: given(data.draw(st.sampled_from(option_ids(question))))})
    before, after = assessed(situation), assessed(told)
    assert before.score_low <= after.score_low <= after.score_high <= before.score_high
    assert after.known >= before.known
    if before.settled:
        assert (after.verdict, after.settled) == (before.verdict, True)


@settings(max_examples=150)
@forall(situations(cost=False), st.data())
def test_not_applicable_drops_a_question_and_unknown_keeps_it(situation: Situation, data: st.DataObject) -> None:
    """N/A: no line, no gate, its points go to its own side. Unknown: an open line with the weight it always has."""
    optional = [question for question in situation.screen.questions if question.not_applicable]
    assume(optional)
    question = data.draw(st.sampled_from(optional))
    without = assessed(situation.answering({question.id: NOT_APPLICABLE}))
    unknown = assessed(situation.answering({question.id: UNKNOWN}))
    answered = assessed(situation.answering({question.id: given("o0")}))
    assert question.id not in {reason.question for reason in without.reasons}
    assert question.id not in {line.question for line in without.still_open}
    assert question.id not in {gate.id for gate in without.gates}
    assert question.id in [line.question for line in unknown.still_open]
    assert unknown.known <= answered.known
    assert [d.most for d in without.dimensions] == [d.most for d in unknown.dimensions]
    rubric = next(rubric for rubric in situation.screen.rubrics if question in rubric.questions)
    for dimension, other in zip(without.dimensions, unknown.dimensions, strict=True):
        if dimension.id != rubric.id:
            assert (dimension.low, dimension.high, dimension.floor) == (other.low, other.high, other.floor)
        for side, other_side in zip(dimension.sides, other.sides, strict=True):
            if side.side != question.side:
                assert (side.low, side.high, side.floor) == (other_side.low, other_side.high, other_side.floor)


@settings(max_examples=100)
@forall(situations())
def test_an_answer_that_is_not_there_is_an_unknown_one(situation: Situation) -> None:
    """Leaving a question out and writing `unknown` are the same."""
    explicit = {question.id: situation.prospect.answer(question.id) for question in asked(situation.screen)}
    sparse = {id_: answer for id_, answer in explicit.items() if answer.state != "unknown"}
    prospect = situation.prospect
    one = assessed(replace(situation, prospect=replace(prospect, answers=explicit)))
    other = assessed(replace(situation, prospect=replace(prospect, answers=sparse)))
    assert replace(one, prospect=prospect) == replace(other, prospect=prospect)


@settings(max_examples=150)
@forall(situations(cost=False))
def test_known_is_the_answered_share_of_the_weight(situation: Situation) -> None:
    """Answered weight over all weight that applies, each side of a two-way dimension carrying half of it."""
    assessment = assessed(situation)
    open_weight = sum(line.weight for line in assessment.still_open)
    assert assessment.known == 1 - open_weight / 100
    assert 0 <= assessment.known <= 1


@settings(max_examples=100)
@forall(situations(), st.data())
def test_the_order_of_answers_is_irrelevant(situation: Situation, data: st.DataObject) -> None:
    """Shuffling the answers of a prospect changes nothing at all."""
    answers = data.draw(st.permutations(list(situation.prospect.answers.items())))
    prospect = replace(situation.prospect, answers=dict(answers))
    assert assessed(replace(situation, prospect=prospect)) == assessed(situation)


@settings(max_examples=60)
@forall(situations(cost=False))
def test_the_order_of_options_is_irrelevant(situation: Situation) -> None:
    """Turning the options of every scored question round changes no number, state or reason."""
    screen = situation.screen
    rubrics = tuple(
        replace(rubric, questions=tuple(replace(q, options=q.options[::-1]) for q in rubric.questions))
        for rubric in screen.rubrics
    )
    turned = replace(situation, screen=replace(screen, rubrics=rubrics))
    assert decided(assessed(turned)) == decided(assessed(situation))


def decided(assessment: Assessment) -> dict[str, object]:
    """Everything in an assessment but its inputs and the sentences about open gates, which list options in order."""
    fields = {field.name: getattr(assessment, field.name) for field in dataclasses.fields(assessment)}
    del fields["screen"], fields["prospect"]
    fields["gates"] = [(gate.id, gate.state) for gate in assessment.gates]
    fields["ask_next"] = [
        (asked.question, asked.value, sorted(asked.outcomes, key=repr)) for asked in assessment.ask_next
    ]
    # Among sets of equal effort, size and score the first in the order of the rubric is shown.
    for name in ("would_change", "would_turn"):
        del fields[name]
    change, loss = assessment.would_change, assessment.would_turn
    fields["effort"] = [(found.effort, len(found.steps), found.score) for found in change.sets[:1]] if change else None
    fields["loss"] = (loss.effort, len(loss.steps)) if loss else None
    return fields


@settings(max_examples=100)
@forall(situations())
def test_no_float_decides_a_verdict(situation: Situation) -> None:
    """Verdict, score, gates and probability come out the same where every transcendental function is broken."""

    def broken(*_: object) -> float:
        raise AssertionError("a float on the way to the verdict")

    expected = assessed(situation)
    with pytest.MonkeyPatch.context() as patch:
        for module in (math, mixture, cost):
            for name in ("exp", "log", "sqrt", "erf", "erfc", "pow"):
                patch.setattr(module, name, broken, raising=False)
        patch.setattr(MoneySide, "estimate", lambda *_: None)
        bare = assessed(situation)
    assert replace(expected, cost=None) == bare


@settings(max_examples=60)
@forall(situations())
def test_only_the_spread_of_cost_is_ever_a_float(situation: Situation) -> None:
    """Every number of an assessment is an integer or a fraction but quantiles of hours, money and weeks."""
    assert floats_in(assessed(situation), "assessment") <= {
        f"assessment.cost.{spread}.{part}" for spread in ("hours", "money") for part in ("p10", "p50", "p90", "mean")
    } | {"assessment.cost.weeks_p50", "assessment.cost.weeks_p90"}


@settings(max_examples=150)
@forall(situations())
def test_what_is_offered_turns_the_verdict_or_opens_a_settled_one(situation: Situation) -> None:
    """
    Every set of changes makes it a pursue; where none would, each opens what was settled.

    Where a settled verdict names no set, nothing that can be changed opens it.
    """
    assessment = assessed(situation)
    change = assessment.would_change
    if change is None:
        return

    def after(steps: Sequence[Step]) -> Assessment:
        return assessed(situation.answering({step.question: Answer(step.after) for step in steps}))

    for found in change.sets:
        changed = after(found.steps)
        assert changed.score == found.score
        if found.then is None:
            assert changed.verdict == "pursue"
            for left_out in found.steps:
                assert after([step for step in found.steps if step != left_out]).verdict == "not now"
            continue
        assert assessment.settled
        assert (changed.verdict, changed.settled) == ("not now", False)
        assert (changed.probability, changed.ask_next) == (found.then.probability, found.then.ask)
        if found.score < assessment.threshold:  # else they would do at the expected points: see test_changes
            for left_out in found.steps:
                assert after([step for step in found.steps if step != left_out]).settled
    if assessment.settled and not change.sets:
        at = STAGES.index(situation.stage)
        best = {
            question.id: Answer(max(passing, key=lambda option: option.points[at]).id)
            for question in situation.screen.questions
            if question.change.by != "nobody" and situation.prospect.answer(question.id).option is not None
            and (passing := [option for option in question.options if situation.stage not in option.gate])
        }  # fmt: skip
        everything = assessed(situation.answering(best))
        assert (everything.verdict, everything.settled) == ("not now", True)
        assert change.obstacles


@settings(max_examples=150)
@forall(situations())
def test_slips_that_are_named_lose_the_pursue_and_none_of_them_can_be_left_out(situation: Situation) -> None:
    loss = assessed(situation).would_turn
    if loss is None:
        return

    def after(steps: Sequence[Step]) -> str:
        return assessed(situation.answering({step.question: Answer(step.after) for step in steps})).verdict

    assert loss.steps
    assert after(loss.steps) == "not now"
    for left_out in loss.steps:
        assert after([step for step in loss.steps if step != left_out]) == "pursue"


def floats_in(value: object, path: str) -> set[str]:
    if isinstance(value, float):
        return {path}
    parts: list[tuple[str, object]] = []
    if dataclasses.is_dataclass(value):
        parts = [(f"{path}.{field.name}", getattr(value, field.name)) for field in dataclasses.fields(value)]
    elif isinstance(value, Mapping):
        parts = [(path, part) for pair in value.items() for part in pair]
    elif isinstance(value, (tuple, list, frozenset)):
        parts = [(path, part) for part in value]
    return {found for where, part in parts for found in floats_in(part, where)}


@settings(max_examples=150)
@forall(situations(cost=False), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_only_not_now_is_looked_at_again(situation: Situation, as_of: date | None) -> None:
    """A "not now" has a date, its weeks after the day the assessment speaks of; a "pursue" has neither."""
    assessment = assessed(situation, as_of)
    if assessment.verdict == "pursue":
        assert (assessment.look_again, assessment.look_again_weeks) == (None, None)
    else:
        assert assessment.look_again_weeks in {4, 12, 26}
        day = as_of + timedelta(weeks=assessment.look_again_weeks or 0) if as_of else None
        assert assessment.look_again == day


@settings(max_examples=120)
@forall(situations(cost=False))
def test_advice_is_about_answers_that_can_become_better(situation: Situation) -> None:
    """Advice names answered questions that somebody can change and whose answer is fatal or not the best already."""
    assessment = assessed(situation)
    questions = {question.id: question for question in situation.screen.questions}
    fatal = {gate.id for gate in assessment.failed_gates}
    for advice in assessment.advice:
        assert situation.prospect.answer(advice.question).state == "given"
        assert advice.by == questions[advice.question].change.by != "nobody"
        assert advice.lost > 0 or advice.question in fatal
    assert [advice.question in fatal for advice in assessment.advice] == sorted(
        (advice.question in fatal for advice in assessment.advice), reverse=True
    )


def test_the_day_of_an_assessment_is_the_latest_of_its_answers() -> None:
    situation = worked_example().answering(
        {
            "pain": Answer("none", on=date(2026, 3, 1)),
            "goal": Answer("vague", on=date(2026, 5, 1)),
            "plan": Answer("none", on=date(2026, 4, 1)),
        }
    )
    assessment = assessed(situation)
    assert assessment.as_of == date(2026, 5, 1)
    assert assessment.look_again == date(2026, 5, 1) + timedelta(weeks=12)


def test_worked_example_is_settled_though_not_all_is_known() -> None:
    """
    Whatever the references, theirs (200/9 to 100/3) stays above ours (40/3): 190/3 either way, above 60, and pursued.

    Known: all but the references, half of whose 100/9 points are weight.
    """
    assessment = assessed(worked_example())
    assert (assessment.verdict, assessment.settled, assessment.probability) == ("pursue", True, None)
    assert {assessment.score, assessment.score_low, assessment.score_high} == {Fraction(190, 3)}
    assert assessment.known == 1 - Fraction(1, 18)
    need, trust = assessment.dimensions
    assert [need.score, need.most, trust.score, trust.most] == [
        Fraction(50),
        Fraction(200, 3),
        Fraction(40, 3),
        Fraction(100, 3),
    ]
    theirs, ours = trust.sides
    assert [theirs.low, theirs.high, theirs.floor] == [Fraction(200, 9), Fraction(100, 3), Fraction(10)]
    assert [ours.low, ours.score, ours.high, ours.floor] == [*[Fraction(40, 3)] * 3, Fraction(35, 3)]


@pytest.mark.parametrize(
    ("least_known", "verdict", "too_little", "state"),
    [
        ("1/2", "pursue", False, "leaning"),
        ("7/9", "pursue", False, "leaning"),
        ("0.7778", "not now", True, "ask first"),
    ],
)
def test_worked_example_with_an_open_plan(least_known: str, verdict: str, too_little: bool, state: str) -> None:
    """
    Plan unknown, all else known: with one 190/3, without 370/9; so its odds are those of the plan. Known is 7/9.

    Hard, ordinary, good are 1 : 2 : 1 before. Each answer by its tilts and their sums over the options, with base
    rates 10, and 3 for no pain: pain severe 1/71, 1/23, 7/113; goal vague 5.5/65, 1/20, 2.5/95; promises kept, and
    references given, 1/80, 1/20, 7/80; candour guarded 4.6/126, 1/30, 3.4/114. A plan is agreed with 1/8, 1/2, 7/8.
    """
    situation = worked_example().answering({"plan": UNKNOWN, "references": given("given")})
    screen = replace(situation.screen, least_known=Fraction(least_known))
    assessment = assessed(replace(situation, screen=screen))
    assert [assessment.score_low, assessment.score_high] == [Fraction(370, 9), Fraction(190, 3)]
    hard = Fraction(1, 71) * Fraction("5.5") / 65 * Fraction(1, 80) ** 2 * Fraction("4.6") / 126
    ordinary = 2 * Fraction(1, 23) * Fraction(1, 20) ** 3 * Fraction(1, 30)
    good = Fraction(7, 113) * Fraction("2.5") / 95 * Fraction(7, 80) ** 2 * Fraction("3.4") / 114
    odds = (hard / 8 + ordinary / 2 + good * 7 / 8) / (hard + ordinary + good)
    assert (assessment.settled, assessment.probability) == (False, odds)
    assert (assessment.verdict, assessment.too_little_known, assessment.state) == (verdict, too_little, state)
    expected = Fraction(370, 9) + Fraction(200, 9) * odds
    assert abs(assessment.score - expected) < Fraction(1, 10_000)


def test_nothing_known_is_not_now_for_too_little_is_known() -> None:
    """No answers: open, no reasons at all, everything an open line, and the effects still add up."""
    situation = worked_example()
    assessment = assessed(replace(situation, prospect=Prospect("acme", "Acme")))
    assert (assessment.verdict, assessment.settled, assessment.state) == ("not now", False, "ask first")
    assert assessment.known == 0
    assert not any((assessment.reasons, assessment.against, assessment.speaks_for, assessment.advice))
    assert sum(line.effect for line in assessment.still_open) == assessment.score - 60


def test_a_stage_the_screen_does_not_know_is_a_key_error() -> None:
    situation = worked_example()
    with pytest.raises(KeyError, match="mature"):
        assess(situation.screen, situation.prospect, "mature")


def test_a_screen_without_a_cost_model_says_nothing_of_cost() -> None:
    assessment = assessed(worked_example())
    cost_to_close: CostToClose | None = assessment.cost
    assert cost_to_close is None


@pytest.mark.parametrize(("count", "said"), [(1, "1 answer waits"), (2, "2 answers wait")])
def test_answers_that_nobody_has_confirmed_are_said_with_what_confirms_them(count: int, said: str) -> None:
    situation = worked_example()
    waiting = list(situation.prospect.answers)[:count]
    at = Place("a.yaml", 3)
    found = situation.prospect.answers.items()
    answers = {q: replace(answer, to_review=q in waiting, where=at) for q, answer in found}
    told = assess(situation.screen, replace(situation.prospect, answers=answers), situation.stage)
    assert f"{said} for your review: fitcheck interview a.yaml --review." in told.warnings
    without = assess(situation.screen, situation.prospect, situation.stage)
    assert not any("review" in warning for warning in without.warnings)
