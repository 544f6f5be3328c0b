"""Bands of trust of many rows at once: weighed as those of each alone."""

from importlib.util import find_spec
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision.rows import RowScorer
from fitcheck.decision.sheet import UNKNOWN

np = pytest.importorskip("numpy")
arrays, openarrays, trustbands = (
    pytest.importorskip(f"fitcheck.batch.{name}") for name in ("arrays", "openarrays", "trustbands")
)
LOOPS = [openarrays.OpenArrays()]
if find_spec("numba"):
    from fitcheck.batch.compiled.opening import CompiledOpening

    LOOPS.append(CompiledOpening())


@pytest.mark.parametrize("loops", LOOPS, ids=lambda loops: type(loops).__name__)
@given(
    situation=situations(),
    drawn=st.lists(st.lists(st.integers(0, 59), min_size=24, max_size=24), min_size=1, max_size=6),
    data=st.data(),
)
@settings(max_examples=300)
def test_bands_of_many_rows_are_weighed_as_of_each_alone(
    loops: Any, situation: Situation, drawn: list[list[int]], data: st.DataObject
) -> None:
    words = RowScorer(situation.screen, situation.stage, situation.company).words(frozenset())
    sheet, trust = words.sheet, words.trust
    if trust.dimension is None:
        return
    work = trustbands.TrustBands(sheet, trust, loops)
    inside = [j for j, gap in enumerate(sheet.gaps) if gap and gap.side in work.sides]
    unknown = [j for j in inside if data.draw(st.booleans())]
    questions = situation.screen.questions
    rows = [
        [
            UNKNOWN if j in unknown else picks[j % len(picks)] % len(question.options)
            for j, question in enumerate(questions)
        ]
        for picks in drawn
    ]
    points = [[sheet.add(codes)[side] for side in work.sides] for codes in rows]
    with pytest.MonkeyPatch.context() as patch:
        at_once = data.draw(st.sampled_from([1, 20, 100, arrays.AT_ONCE]))
        patch.setattr(trustbands, "AT_ONCE", at_once)
        patch.setattr(openarrays, "AT_ONCE", at_once)
        found = work.weights(tuple(unknown), np.array(points))
    if found is None:
        assert at_once < prod(len(situation.screen.questions[j].options) for j in unknown)
        return
    assert [*map(tuple, found.tolist())] == [sheet.band_weights(trust, row, unknown) for row in points]
