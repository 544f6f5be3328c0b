"""How far unknown answers can move a score, against every way in which they may turn out."""

from fractions import Fraction

from hypothesis import given, settings
from strategies import NOT_APPLICABLE, TYPES, Situation, asked, completions, situations, types_after

from fitcheck.decision.content.answers import UNKNOWN
from fitcheck.decision.score.bounds import score_is_possible, score_is_sure
from fitcheck.decision.verdict.scorer import Judgement, Scorer


def judged(situation: Situation) -> Judgement:
    return Scorer(situation.screen, situation.stage, situation.company).judge(situation.prospect)


@settings(max_examples=60)
@given(situations(cost=False))
def test_every_side_and_dimension_reaches_exactly_from_its_least_to_its_most_points(situation: Situation) -> None:
    bounds = judged(situation).bounds
    every = [judged(each).bounds for each, _ in completions(situation)]
    assert all(each.low == each.now == each.high == each.best for each in every)
    for part in ("sides", "dimensions"):
        reached = [*zip(*(getattr(each.now, part) for each in every), strict=True)]
        assert [min(points) for points in reached] == [*getattr(bounds.low, part)]
        assert [max(points) for points in reached] == [*getattr(bounds.high, part)]


@settings(max_examples=60)
@given(situations(cost=False))
def test_what_is_sure_holds_in_every_completion_and_what_is_possible_in_one(situation: Situation) -> None:
    found = judged(situation)
    holds = [judged(each).verdict == "pursue" for each, _ in completions(situation)]
    tables = found.prepared.tables
    assert score_is_sure(tables, found.bounds) == all(holds)
    assert score_is_possible(tables, found.bounds) == any(holds)


def of_types(found: Judgement) -> list[Fraction]:
    return [Fraction(each, sum(found.bounds.types)) for each in found.bounds.types]


@settings(max_examples=150)
@given(situations())
def test_the_types_follow_every_answer_by_bayes_rule(situation: Situation) -> None:
    """Scored questions and those of cost alike; they are asked for only where something is left to guess."""
    found = judged(situation)
    if found.still_open:
        expected = types_after(situation)
        assert of_types(found) == [expected[h] for h in TYPES]


@settings(max_examples=100)
@given(situations())
def test_what_does_not_apply_and_what_has_no_weight_tells_nothing_of_the_types(situation: Situation) -> None:
    found = judged(situation)
    if not found.still_open:
        return
    weights = situation.screen.stages[situation.stage].weights
    silent = {q.id for r in situation.screen.rubrics if not weights[r.id] for q in r.questions}
    silent |= {q.id for q in asked(situation.screen) if situation.prospect.answer(q.id) == NOT_APPLICABLE}
    for question in silent:
        without = judged(situation.answering({question: UNKNOWN}))
        assert of_types(without) == of_types(found)
