from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given as forall, settings, strategies as st
from strategies import NOT_APPLICABLE, Situation, asked, given, option_ids, situations, worked_example

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import PathsToPursue
from fitcheck.decision.content.answers import UNKNOWN, Answer
from fitcheck.decision.content.cost_model import Basis
from fitcheck.decision.score.results import CostToClose, Driver, Spread
from fitcheck.decision.several.comparison import Comparison, compare
from fitcheck.problems import UsageError


def assessed(situation: Situation) -> Assessment:
    return assess(situation.screen, situation.prospect, situation.stage, company=situation.company)


def other_answers(situation: Situation, choices: bytes) -> Situation:
    answers: dict[str, Answer] = {}
    for question, choice in zip(asked(situation.screen), choices, strict=False):
        states = [UNKNOWN, *map(given, option_ids(question))]
        states += [NOT_APPLICABLE] if question.not_applicable else []
        answers[question.id] = states[choice % len(states)]
    return situation.answering(answers)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    first = draw(situations())
    rows = draw(st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=2))
    return compare([assessed(first), *(assessed(other_answers(first, row)) for row in rows)])


@settings(max_examples=80)
@forall(comparisons())
def test_effects_of_two_prospects_differ_by_what_their_scores_differ_by(found: Comparison) -> None:
    for i, j in combinations(range(len(found.assessments)), 2):
        differ = sum(difference.said[i].effect - difference.said[j].effect for difference in found.differences)
        assert differ == found.assessments[i].score - found.assessments[j].score


@settings(max_examples=60)
@forall(comparisons())
def test_differences_come_with_most_points_first_and_in_rubric_order_where_equal(found: Comparison) -> None:
    screen = found.assessments[0].screen
    order: list[tuple[str, str | None]] = [(r.id, q.id) for r in screen.rubrics for q in r.questions]
    order += [(rubric.id, None) for rubric in screen.rubrics]
    key = [(-d.apart, order.index((d.dimension, d.question))) for d in found.differences]
    assert key == sorted(key)
    for difference in found.differences:
        effects = [said.effect for said in difference.said]
        assert difference.apart == max(effects) - min(effects) > 0


@settings(max_examples=60)
@forall(comparisons())
def test_each_answer_is_shown_as_it_was_given(found: Comparison) -> None:
    questions = {question.id: question for question in found.assessments[0].screen.questions}
    for difference in found.differences:
        if difference.question is None:
            continue
        for assessment, said in zip(found.assessments, difference.said, strict=True):
            answer = assessment.prospect.answer(difference.question)
            assert (said.state, said.answer) == (answer.state, answer.option)
            assert said.low <= said.effect <= said.high
            if answer.option:
                assert said.says == questions[difference.question].option(answer.option).says
            else:
                assert not said.says
                assert answer.state == "unknown" or said.effect == 0


@settings(max_examples=60)
@forall(comparisons())
def test_value_for_an_hour_times_the_mean_hours_is_the_expected_value(found: Comparison) -> None:
    for assessment, amount in zip(found.assessments, found.value_per_hour, strict=True):
        cost = assessment.cost
        if cost is None or cost.expected_value is None or not sum(driver.hours for driver in cost.drivers):
            assert amount is None
            continue
        assert amount is not None
        off = abs(float(cost.expected_value) - float(amount) * cost.hours.mean)
        assert off <= 0.0501 * abs(float(amount))  # the mean is rounded to a tenth of an hour


@settings(max_examples=100)
@forall(comparisons())
def test_the_best_is_pursued_and_brings_the_most_for_an_hour(found: Comparison) -> None:
    concluded = found.conclusion
    pursued = tuple(i for i, assessment in enumerate(found.assessments) if assessment.verdict == "pursue")
    assert concluded.pursued == pursued
    assert concluded.ask_first == tuple(i for i, a in enumerate(found.assessments) if a.probability is not None)
    amounts = {i: found.value_per_hour[i] for i in pursued}
    if concluded.best is None:
        known = [amount for amount in amounts.values() if amount is not None]
        assert len(pursued) < 2 or len(known) < len(pursued) or known.count(max(known)) > 1
        assert not concluded.beyond_doubt
    else:
        ours = amounts.pop(concluded.best)
        assert ours is not None
        assert all(amount is not None and amount < ours for amount in amounts.values())


def costing(assessment: Assessment, margin: int | None, p10: float, mean: int, p90: float) -> Assessment:
    """Return the assessment with these hours, all of one activity, each at 1, of a deal that is sure to be won."""
    hours = Spread(p10, float(mean), p90, float(mean))
    own = Basis("own")
    driver = Driver("work", "Work", Fraction(mean), "it is needed", None, own, "presales", Fraction(1), own)
    ours = None if margin is None else Fraction(margin)
    cost = CostToClose(
        hours, hours, "EUR", Fraction(mean), 1.0, 2.0, (Fraction(1),), Fraction(1), "", (driver,), {}, ours,
        Fraction(1), None if ours is None else ours - mean, None, None, None, None, None, (), (), (), (),
    )  # fmt: skip
    return replace(assessment, cost=cost)


def prospects(*answers: Mapping[str, str]) -> list[Assessment]:
    """Assessments of the worked example with further answers."""
    base = worked_example()
    return [assessed(base.answering({q: given(option) for q, option in more.items()})) for more in answers]


GOOD = {"goal": "clear", "references": "given", "candour": "open"}
BAD = {"pain": "none", "references": "refused"}


def test_by_hand_two_prospects_of_the_worked_example() -> None:
    # goal clear 200/9 and vague a quarter of it; references given 100/9 and refused 0, half of it on one side of trust.
    found = compare(prospects({"references": "given"}, {"references": "refused", "goal": "clear"}))
    assert [(d.question, d.apart) for d in found.differences if d.question] == [
        ("goal", Fraction(50, 3)),
        ("references", Fraction(50, 9)),
    ]
    goal = found.differences[0]
    assert [said.says for said in goal.said] == ["goal vague", "goal clear"]


def test_an_hour_is_worth_more_where_the_expected_value_by_mean_hours_is_higher() -> None:
    first, second = prospects(GOOD, GOOD)
    cheap, dear = costing(first, 3000, 20, 30, 40), costing(second, 9000, 50, 100, 150)
    found = compare([cheap, dear])
    assert found.value_per_hour == (Fraction(99), Fraction(89))
    assert found.conclusion.best == 0
    assert not found.conclusion.beyond_doubt  # 3000 / 40 - 1 = 74 for the first, 9000 / 50 - 1 = 179 for the second


@pytest.mark.parametrize(("p90", "sure"), [(29.9, True), (30.0, False), (30.1, False)])
def test_beyond_doubt_means_best_at_its_own_p90_and_the_others_p10(p90: float, sure: bool) -> None:
    first, second = prospects(GOOD, GOOD)
    found = compare(
        [costing(first, 3000, 5, 20, p90), costing(second, 1000, 10, 40, 90)]
    )  # 1000 / 10 - 1 = 3000 / 30 - 1
    assert found.conclusion.best == 0
    assert found.conclusion.beyond_doubt is sure


def test_without_a_margin_nobody_is_best_and_it_is_said_whose_is_missing() -> None:
    first, second = prospects(GOOD, GOOD)
    found = compare([costing(first, 3000, 5, 20, 30), costing(second, None, 10, 40, 90)])
    assert found.conclusion.best is None
    assert found.conclusion.margin_unknown == (1,)


def test_a_tie_has_no_best() -> None:
    first, second = prospects(GOOD, GOOD)
    found = compare([costing(first, 2000, 5, 20, 30), costing(second, 4000, 10, 40, 90)])
    assert (found.conclusion.best, found.conclusion.margin_unknown) == (None, ())


def test_who_is_not_pursued_is_never_best_however_much_an_hour_would_bring() -> None:
    good, bad = prospects(GOOD, BAD)
    found = compare([costing(good, 10, 5, 20, 30), costing(bad, 9_000_000, 1, 2, 3)])
    assert found.conclusion.kind == "one"
    assert (found.conclusion.pursued, found.conclusion.best) == ((0,), None)


def looking(assessment: Assessment, day: date | None, weeks: int, **change: Any) -> Assessment:
    found = PathsToPursue((), **change)
    return replace(assessment, look_again=day, look_again_weeks=weeks, would_change=found)


@pytest.mark.parametrize(
    ("days", "weeks", "first"),
    [
        ((date(2026, 3, 2), date(2026, 3, 1)), (4, 12), (1,)),
        ((date(2026, 3, 1), date(2026, 3, 1)), (4, 12), ()),
        ((None, date(2026, 3, 1)), (4, 12), (0,)),
        ((None, None), (12, 12), ()),
    ],
)
def test_where_nobody_is_pursued_the_earliest_day_comes_first_or_the_fewest_weeks(
    days: tuple[date | None, date | None], weeks: tuple[int, int], first: tuple[int, ...]
) -> None:
    bad = prospects(BAD, BAD)
    found = compare([looking(a, day, n) for a, day, n in zip(bad, days, weeks, strict=True)])
    assert found.conclusion.kind == "none"
    assert found.conclusion.look_first == first


def test_whom_no_change_would_help_is_not_looked_at_first() -> None:
    bad = prospects(BAD, BAD)
    hopeless = looking(bad[0], date(2026, 1, 1), 1, obstacles=("pain",))
    found = compare([hopeless, looking(bad[1], date(2026, 9, 1), 30)])
    assert found.conclusion.look_first == (1,)


def test_names_are_told_apart_by_id_and_then_by_position() -> None:
    def called(name: str, known_as: str) -> Assessment:
        return replace(only, prospect=replace(only.prospect, name=name, id=known_as))

    only = prospects(GOOD)[0]
    assert compare([called("Acme", "a"), called("Bolt", "b")]).names == ("Acme", "Bolt")
    assert compare([called("Acme", "a"), called("Acme", "b")]).names == ("Acme (a)", "Acme (b)")
    same = compare([called("Acme", "a"), called("Acme", "a"), called("Bolt", "b")])
    assert same.names == ("Acme (a), 1", "Acme (a), 2", "Bolt")


@pytest.mark.parametrize("count", [0, 1, 4])
def test_only_two_or_three_are_compared(count: int) -> None:
    with pytest.raises(UsageError, match="cannot be compared"):
        compare(prospects(*[GOOD] * count))


def test_of_another_stage_or_currency_nothing_is_compared() -> None:
    first, second = prospects(GOOD, BAD)
    with pytest.raises(UsageError, match="on the same screen and stage"):
        compare([first, replace(second, stage="mature")])
    first, second = costing(first, 1, 1, 1, 1), costing(second, 1, 1, 1, 1)
    assert second.cost
    with pytest.raises(UsageError, match="one currency"):
        compare([first, replace(second, cost=replace(second.cost, currency="USD"))])
