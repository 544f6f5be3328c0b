"""Open verdicts of many rows at once: what is said of each alone."""

from itertools import cycle

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision import opened, tablecost
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.sheet import UNKNOWN, Sheet
from fitcheck.decision.tablecost import CostMemo, CostSide

np = pytest.importorskip("numpy")
openrows, opencounts, limits = (
    pytest.importorskip(f"fitcheck.batch.{name}") for name in ("openrows", "opencounts", "limits")
)

picks = st.lists(st.lists(st.integers(0, 59), min_size=24, max_size=24), min_size=1, max_size=8)


def codes_of(options: list[int], drawn: list[int]) -> tuple[int, ...]:
    """One code for each question, `UNKNOWN` in a third of the cases."""
    pairs = zip(options, cycle(drawn), strict=False)
    return tuple(UNKNOWN if pick % 3 == 0 else pick // 3 % count for count, pick in pairs)


def rows_of(situation: Situation, drawn: list[list[int]]) -> tuple[RowScorer, Sheet, list[tuple[int, ...]]]:
    """A scorer, its sheet, and codes of rows without n/a."""
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    options = [len(question.options) for question in situation.screen.questions]
    return scorer, scorer.words(frozenset()).sheet, [codes_of(options, one) for one in drawn]


def masks(rows: list[tuple[int, ...]]) -> list[int]:
    return [sum(1 << j for j, code in enumerate(codes) if code == UNKNOWN) for codes in rows]


@given(situations(), picks)
@settings(max_examples=300)
def test_completions_of_many_rows_are_counted_as_of_each_alone(situation: Situation, drawn: list[list[int]]) -> None:
    scorer, sheet, rows = rows_of(situation, drawn)
    trust = scorer.words(frozenset()).trust
    counter = opencounts.Counter(sheet, trust, 6)
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    seen = set()
    for counts in counter.count(np.array(masks(rows)), np.array(now)):
        for k, row in enumerate(counts.rows.tolist()):
            seen.add(row)
            alone = opened.count(sheet, rows[row], now[row], trust)
            assert alone is not None
            assert counts.bands[k].tolist() == alone.bands
            assert counts.total[k] == alone.total
            for at, j in enumerate(counts.lines[k].tolist()):
                by_option = alone.lines[sheet.lines[j] or 0]
                assert counts.by[k, at, : len(by_option)].tolist() == by_option
                assert not counts.by[k, at, len(by_option) :].any()
    assert seen == {row for row, codes in enumerate(rows) if codes.count(UNKNOWN) <= counter.most}


@pytest.mark.parametrize("word", [limits.WORD, 6])
@given(situation=situations(), drawn=picks, data=st.data())
@settings(max_examples=200)
def test_the_money_gate_lets_pass_as_much_for_many_limits_as_for_each_alone(
    word: int, situation: Situation, drawn: list[list[int]], data: st.DataObject
) -> None:
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    if scorer.compiled is None:
        return
    memo, compiled = CostMemo(), scorer.compiled
    options = [len(question.options) for question in compiled.model.questions]
    told = limits.Limits(compiled, 6)
    for _ in range(2):  # the second time some of it is known
        sides, asked = [], []
        for one in drawn:
            side = CostSide.of(compiled, codes_of(options, one), memo)
            band = one[0] % len(side.cheapest)
            sides.append(side)
            # where a sum of costs lies, and just beside it
            nearby = data.draw(st.sampled_from([-1, 0, 1]))
            asked.append(
                data.draw(st.sampled_from([side.cheapest[band], side.dearest[band], one[1] * compiled.unit])) + nearby
            )
        reached = np.array([[(one[2] >> band) % 2 == 1 for band in range(len(compiled.bands))] for one in drawn])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(limits, "WORD", word)
            patch.setattr(limits, "FEW_LIMITS", data.draw(st.sampled_from([1, limits.FEW_LIMITS])))
            patch.setattr(limits, "MOST_LIMITS", data.draw(st.sampled_from([1, limits.MOST_LIMITS])))
            ways = told.ways(sides, asked, reached)
        assert ways.known.all()
        assert ways.whole.tolist() == [side.total for side in sides]
        for k, (side, limit) in enumerate(zip(sides, asked, strict=True)):
            unknown = [question.id in side.unknown for question in compiled.model.questions]
            assert ways.asked[k].tolist() == unknown
            for band in np.flatnonzero(reached[k]).tolist():
                alone = side.within(band, limit)
                assert alone is not None
                assert ways.holds[k, band] == alone[0]
                for q, question in enumerate(compiled.model.questions):
                    by_option = list(alone[1].get(question.id, ()))
                    assert ways.by[k, band, q].tolist() == by_option + [0] * (6 - len(by_option))


@given(situations(), picks, st.sampled_from([0, 1, 5_000]), st.sampled_from([openrows.CLOSE, 0.9]))
@settings(max_examples=300)
def test_many_open_rows_lean_and_ask_as_each_does_alone(
    situation: Situation, drawn: list[list[int]], room: int, close: float
) -> None:
    scorer, sheet, rows = rows_of(situation, drawn)
    trust = scorer.words(frozenset()).trust
    options = [len(question.options) for question in (situation.screen.cost.questions if situation.screen.cost else ())]
    costs = [scorer.costs(codes_of(options, one[::-1])) for one in drawn]
    deals = [scorer.deal(situation.prospect.deal)]
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    may_cost = [one[5] % 2 == 0 for one in drawn]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opencounts, "MOST_COMBINATIONS", room)
        patch.setattr(tablecost, "MOST_ENTRIES", room)
        patch.setattr(openrows, "CLOSE", close)
        block = openrows.OpenBlock(
            np.array(masks(rows)), np.array(now), np.arange(len(rows)), np.zeros(len(rows), int), np.array(may_cost)
        )
        work = openrows.OpenRows(sheet, trust, scorer.compiled)
        found = {}
        for asked in work.work_out(block, costs, deals):
            for row, leans, question in zip(*(part.tolist() for part in asked), strict=True):
                found[row] = opened.Open(leans, None if question < 0 else work.ids[question])
        for row, told in found.items():
            counted = opened.count(sheet, rows[row], now[row], trust)
            assert counted is not None
            assert told == opened.weigh(sheet, counted, deals[0], costs[row], money_open=may_cost[row])
    if room > 1:
        assert {row for row, codes in enumerate(rows) if codes.count(UNKNOWN) <= 2} <= found.keys()
