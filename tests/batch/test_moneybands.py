"""The money gate of many rows says what integers say of each."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.batch import moneybands
from fitcheck.batch.arrays import CLOSE
from fitcheck.batch.deals import deals_of
from fitcheck.batch.moneybands import money_bands
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.sheet import UNKNOWN
from fitcheck.decision.terms import DealTerms


@given(situations(), st.data(), st.sampled_from([0, 10**30, 10**400]), st.sampled_from([CLOSE, 0.5]))
@settings(max_examples=100)
def test_limits_just_beside_a_cost_are_told_apart_however_large_both_are(
    situation: Situation, data: Any, more: int, close: float
) -> None:
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    if scorer.compiled is None:
        return
    options = [len(question.options) for question in scorer.compiled.model.questions]
    drawn = data.draw(st.lists(st.tuples(*(st.integers(UNKNOWN, count - 1) for count in options)), min_size=1))
    sides = [scorer.costs(codes) for codes in drawn]
    bands = len(scorer.compiled.bands)
    for side in sides:
        assert side is not None
        side.cheapest, side.dearest = (tuple(cost + more for cost in of) for of in (side.cheapest, side.dearest))
    limits: list[int | None] = [None]
    for side in sides:
        near = data.draw(st.sampled_from(side.cheapest + side.dearest)) if side else 0
        limits.append(near + data.draw(st.sampled_from([-1, 0, 1, near])))
    deals = deals_of([DealTerms(Deal(), limit) for limit in limits])
    pairs = data.draw(st.lists(st.tuples(st.integers(0, len(sides) - 1), st.integers(0, len(limits) - 1)), min_size=1))
    of_costs, of_deals = np.array(pairs, dtype=np.int64).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moneybands, "CLOSE", close)
        holds, fails = money_bands(sides, of_costs, deals, of_deals, bands).tolist()
    for k, (cost, deal) in enumerate(pairs):
        side, limit = sides[cost], limits[deal]
        assert side is not None
        if limit is None:
            assert (holds[k], fails[k]) == (-1, 0)
            continue
        for band in range(bands):
            assert bool(holds[k] >> band & 1) == (side.dearest[band] <= limit)
            assert bool(fails[k] >> band & 1) == (side.cheapest[band] > limit)


def test_without_a_cost_model_the_gate_holds_everywhere() -> None:
    one = np.zeros(1, dtype=np.int64)
    assert money_bands([None], one, deals_of([None]), one, 2).tolist() == [[-1], [0]]
