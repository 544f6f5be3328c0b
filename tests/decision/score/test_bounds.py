"""How far unknown answers can move a score, against every way in which they may turn out."""

from hypothesis import given, settings
from strategies import Situation, completions, situations

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
