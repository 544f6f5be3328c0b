"""Open verdicts of many rows at once: what is said of each alone."""

from fractions import Fraction
from importlib.util import find_spec
from itertools import cycle
from math import prod
from random import Random  # noqa: TID251 - seeded
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from strategies import Situation, situations

from fitcheck.decision import costanswers, opened
from fitcheck.decision.costanswers import CostAnswers, CostMemo
from fitcheck.decision.costmodel import Deal
from fitcheck.decision.money import Trust
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.rubric import STAGES, Stage
from fitcheck.decision.sheet import UNKNOWN, Sheet
from fitcheck.decision.terms import DealTerms
from fitcheck.documents.screens import load_screen

np = pytest.importorskip("numpy")
openrows, opencounts, openarrays, manycounts, sidecounts, limits, deals_ = (
    pytest.importorskip(f"fitcheck.batch.{name}")
    for name in ("openrows", "opencounts", "openarrays", "manycounts", "sidecounts", "limits", "deals")
)
LOOPS = [openarrays.OpenArrays()]
if find_spec("numba"):
    from fitcheck.batch.compiled.opening import CompiledOpening

    LOOPS.append(CompiledOpening())
both = pytest.mark.parametrize("loops", LOOPS, ids=lambda loops: type(loops).__name__)

ENUMERABLE = 20_000
"""Completions of a row that are walked through at most, to see whether they were counted right."""

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


def built_in_rows(scorer: RowScorer, unknown: int, count: int) -> list[tuple[int, ...]]:
    """Codes of rows of a built-in screen that lack so many answers; the others are good enough for an open verdict."""
    chance = Random(unknown)  # noqa: S311 - not for secrets
    rows = []
    for _ in range(count):
        codes = [chance.randrange(2) for _ in scorer.screen.questions]
        for j in chance.sample(range(len(codes)), unknown):
            codes[j] = UNKNOWN
        rows.append(tuple(codes))
    return rows


def assert_counted_alone(
    counts: Any, sheet: Sheet, trust: Trust, rows: list[tuple[int, ...]], now: list[tuple[int, ...]]
) -> None:
    """Whether these counts are those of each row alone, as far as its completions can be walked through."""
    for k, row in enumerate(counts.rows.tolist()):
        alone = opened.count(sheet, rows[row], now[row], trust)
        if alone is None:
            continue
        assert counts.bands[k].tolist() == alone.bands
        assert counts.total[k] == alone.total
        for at, j in enumerate(counts.lines[k].tolist()):
            by_option = alone.lines[sheet.lines[j] or 0]
            assert counts.by[k, at, : len(by_option)].tolist() == by_option
            assert not counts.by[k, at, len(by_option) :].any()


def masks(rows: list[tuple[int, ...]]) -> list[int]:
    return [sum(1 << j for j, code in enumerate(codes) if code == UNKNOWN) for codes in rows]


@both
@given(situation=situations(), drawn=picks)
@settings(max_examples=300)
def test_completions_of_many_rows_are_counted_as_of_each_alone(
    loops: Any, situation: Situation, drawn: list[list[int]]
) -> None:
    scorer, sheet, rows = rows_of(situation, drawn)
    trust = scorer.words(frozenset()).trust
    counter = opencounts.Counter(sheet, trust, 6, loops)
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    seen = set()
    for counts in counter.count(np.array(masks(rows)), np.array(now)):
        seen |= set(counts.rows.tolist())
        assert_counted_alone(counts, sheet, trust, rows, now)
    assert seen == {row for row, codes in enumerate(rows) if codes.count(UNKNOWN) <= counter.most}


@given(situations(), picks, st.sampled_from([0, 500, manycounts.MOST_FIGURES]), st.integers(0, 2))
@settings(max_examples=400)
def test_many_unknown_answers_are_counted_as_by_walking_through_them(
    situation: Situation, drawn: list[list[int]], figures: int, least: int
) -> None:
    scorer, sheet, rows = rows_of(situation, drawn)
    trust = scorer.words(frozenset()).trust
    counter = manycounts.ManyCounter(sheet, trust, 6)
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    seen = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "FEW", ENUMERABLE)
        patch.setattr(manycounts, "MOST_FIGURES", figures)
        patch.setattr(sidecounts, "MOST_FIGURES", figures)
        for counts in counter.count(np.array(masks(rows)), np.array(now), least):
            seen |= set(counts.rows.tolist())
            assert_counted_alone(counts, sheet, trust, rows, now)
    lines = [sheet.card.lines[i] for i in sheet.lines if i is not None]
    weights = [
        prod(sum(line.prior) for line, code in zip(lines, codes, strict=True) if code == UNKNOWN) for codes in rows
    ]
    assert seen == {
        row for row, codes in enumerate(rows) if codes.count(UNKNOWN) >= least and weights[row] < limits.EXACT
    }


@given(situations(), picks, st.sampled_from([0, 1, 4, 30]))
def test_rows_that_take_too_much_are_left_out(situation: Situation, drawn: list[list[int]], pairs: int) -> None:
    scorer, sheet, rows = rows_of(situation, drawn)
    trust = scorer.words(frozenset()).trust
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manycounts, "MOST_PAIRS", pairs)
        for counts in manycounts.ManyCounter(sheet, trust, 6).count(np.array(masks(rows)), np.array(now), 0):
            assert_counted_alone(counts, sheet, trust, rows, now)


@pytest.mark.parametrize("name", ["pilot", "deal"])
@pytest.mark.parametrize("stage", STAGES)
def test_many_unknown_answers_to_a_built_in_screen_are_counted(name: str, stage: Stage) -> None:
    scorer = RowScorer(load_screen(name), stage, None)
    words = scorer.words(frozenset())
    sheet, trust = words.sheet, words.trust
    rows = [*built_in_rows(scorer, 6, 6), *built_in_rows(scorer, 7, 3)]
    now = [sheet.add(codes)[: sheet.sides] for codes in rows]
    found = list(manycounts.ManyCounter(sheet, trust, 5).count(np.array(masks(rows)), np.array(now), 6))
    assert sum(len(counts.rows) for counts in found) == len(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "FEW", 10**6)
        for counts in found:
            assert_counted_alone(counts, sheet, trust, rows, now)


@both
@pytest.mark.parametrize("name", ["pilot", "deal"])
@pytest.mark.parametrize("answered", [True, False])
def test_many_unknown_answers_lean_and_ask_as_those_of_each_row_alone(loops: Any, name: str, *, answered: bool) -> None:
    screen = load_screen(name)
    scorer = RowScorer(screen, screen.default_stage, None)
    words = scorer.words(frozenset())
    rows = [row for unknown in (6, 9, 13, 18, 24) for row in built_in_rows(scorer, unknown, 5)]
    now = [words.sheet.add(codes)[: words.sheet.sides] for codes in rows]
    assert screen.cost is not None
    costs = [scorer.costs(tuple(0 if answered else UNKNOWN for _ in screen.cost.questions))]
    deals = [scorer.deal(Deal(Fraction(value))) for value in (30_000, 60_000, 120_000)]
    block = openrows.OpenBlock(
        np.array(masks(rows)),
        np.array(now),
        np.zeros(len(rows), int),
        np.arange(len(rows)) % len(deals),
        np.ones(len(rows), bool),
    )
    work = openrows.OpenRows(words.sheet, words.trust, scorer.compiled, loops)
    seen = set()
    for asked in work.work_out(block, costs, deals_.deals_of(deals)):
        for row, leans, question in zip(*(part.tolist() for part in asked), strict=True):
            seen.add(row)
            alone = opened.work_out(
                words.sheet, rows[row], words.trust, deals[row % len(deals)], costs[0], money_open=True
            )
            assert opened.Open(leans, work.ids[question]) == alone
    assert seen == set(range(len(rows)))


@both
@pytest.mark.parametrize("word", [limits.WORD, 6])
@given(situation=situations(), drawn=picks, data=st.data())
@settings(max_examples=200)
def test_the_money_gate_lets_pass_as_much_for_many_limits_as_for_each_alone(
    loops: Any, word: int, situation: Situation, drawn: list[list[int]], data: st.DataObject
) -> None:
    scorer = RowScorer(situation.screen, situation.stage, situation.company)
    if scorer.compiled is None:
        return
    memo, compiled = CostMemo(), scorer.compiled
    options = [len(question.options) for question in compiled.model.questions]
    bands = len(compiled.bands)
    told = limits.Limits(compiled, bands, 6, loops.pair_up)
    is_one = data.draw(st.booleans())  # set of cost answers for all rows
    deals, sides = list[DealTerms | None](), list[CostAnswers | None]()
    for _ in range(3):  # some of it is known from before
        sides = sides if is_one else []
        for one in drawn:
            side = sides[0] if is_one and sides else CostAnswers.of(compiled, codes_of(options, one), memo)
            assert side is not None
            if not is_one or not sides:
                sides.append(side)
            band = one[0] % bands
            # where a sum of costs lies, and just beside it
            limit = data.draw(st.sampled_from([side.cheapest[band], side.dearest[band], one[1] * compiled.unit]))
            nearby = data.draw(st.sampled_from([-1, 0, 1, None]))
            deals.append(DealTerms(Deal(), None if nearby is None else limit + nearby))
        listed = deals_.deals_of(deals)._replace(book=-1)
        of_costs = np.zeros(len(deals), int) if is_one else np.arange(len(deals)) % len(sides)
        of_deals = np.arange(len(deals))[::-1].copy()
        picked = [data.draw(st.sampled_from(drawn)) for _ in deals]
        reached = np.array([[(one[2] >> band) % 2 == 1 for band in range(bands)] for one in picked])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(limits, "WORD", word)
            patch.setattr(limits, "MOST_LIMITS", data.draw(st.sampled_from([1, limits.MOST_LIMITS])))
            ways = told.ways(sides, of_costs, listed, of_deals, reached)
        assert ways.known.all()
        for k, (cost, number) in enumerate(zip(of_costs.tolist(), of_deals.tolist(), strict=True)):
            side, deal = sides[cost], deals[number]
            assert side is not None
            assert deal is not None
            is_limited = deal.limit is not None
            assert ways.whole[k] == (side.total if is_limited else 1)
            unknown = [is_limited and question.id in side.unknown for question in compiled.model.questions]
            assert ways.asked[k].tolist() == unknown
            for band in np.flatnonzero(reached[k]).tolist():
                alone = (1, dict[str, list[int]]()) if deal.limit is None else side.within(band, deal.limit)
                assert alone is not None
                assert told.holds[ways.at[k, band]] == alone[0]
                for q, question in enumerate(compiled.model.questions):
                    by_option = list(alone[1].get(question.id, ()))
                    assert told.by[ways.at[k, band], q].tolist() == by_option + [0] * (6 - len(by_option))


@both
@given(
    situation=situations(),
    drawn=picks,
    room=st.sampled_from([0, 1, 5_000]),
    close=st.sampled_from([openarrays.CLOSE, 0.9]),
)
@settings(max_examples=300)
def test_many_open_rows_lean_and_ask_as_each_does_alone(
    loops: Any, situation: Situation, drawn: list[list[int]], room: int, close: float
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
        patch.setattr(costanswers, "MOST_ENTRIES", room)
        patch.setattr(openarrays, "CLOSE", close)
        block = openrows.OpenBlock(
            np.array(masks(rows)), np.array(now), np.arange(len(rows)), np.zeros(len(rows), int), np.array(may_cost)
        )
        work = openrows.OpenRows(sheet, trust, scorer.compiled, loops)
        found = {}
        for asked in work.work_out(block, costs, deals_.deals_of(deals)):
            for row, leans, question in zip(*(part.tolist() for part in asked), strict=True):
                found[row] = opened.Open(leans, None if question < 0 else work.ids[question])
        for row, told in found.items():
            counted = opened.count(sheet, rows[row], now[row], trust)
            if counted is None:
                assert told == opened.work_out(sheet, rows[row], trust, deals[0], costs[row], money_open=may_cost[row])
            else:
                assert told == opened.weigh(sheet, counted, deals[0], costs[row], money_open=may_cost[row])
    if room > 1:
        assert {row for row, codes in enumerate(rows) if codes.count(UNKNOWN) <= 2} <= found.keys()
