"""Every row of a table comes to what `assess` says of its answers, on every engine, however the table is cut up."""

import json
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest
from batch.tables import Case, cases, prospect_of, score, score_file, unique_names
from hypothesis import given, settings, strategies as st

from fitcheck.batch import blocks, byblocks, opening
from fitcheck.batch.outcolumns import column_of
from fitcheck.batch.packed import pack
from fitcheck.batch.run import Engine, Job
from fitcheck.batch.tally import Group
from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.costmodel import Activity, Basis, CostOption, CostQuestion, ThreePoint, Trigger
from fitcheck.decision.principal import principal_reasons
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.rubric import Question
from fitcheck.documents.screens import load_screen
from fitcheck.report.batch_document import batch_document
from fitcheck.report.json_document import document

ENGINES: tuple[Engine, ...] = ("python", "polars", "compiled")
FAST = ENGINES[1:]

AMOUNTS = {"": None, "12000": 12_000, "4000": 4_000, "8000.50": Fraction(16_001, 2), "0": 0, "40000": 40_000}
"""Amounts that are the same whatever the other rows prove."""


def clean(case: Case, row: tuple[str, ...]) -> bool:
    """Whether every cell is written as a prospect file would write it."""
    known = all(
        cell in {"", "unknown", "?", *(option.id for option in question.options)}
        or (cell == "n/a" and question.not_applicable)
        for question, cell in zip(case.columns, row[2:], strict=True)
    )
    return known and row[1] in AMOUNTS


def text(value: float | None, digits: int) -> str:
    """A figure of the published document as a table writes it."""
    return "" if value is None else f"{value:.{digits}f}"


def expected(told: Assessment) -> dict[str, str]:
    """What our columns should say, from the published document of the assessment."""
    published = document(told)
    cost = published["cost_to_close"]
    reasons = [*principal_reasons(told), "", "", ""]
    columns = {
        "fit_verdict": told.verdict,
        "fit_settled": json.dumps(told.settled),
        "fit_score": text(published["score"], 2),
        "fit_score_low": text(published["score_low"], 2),
        "fit_score_high": text(published["score_high"], 2),
        "fit_known": text(floor(told.known * 10_000 + Fraction(1, 2)) / 10_000, 4),
        **{f"fit_{column_of(d['id'])}": text(d["score"], 2) for d in published["dimensions"]},
        "fit_failed_gates": "; ".join(gate["id"] for gate in published["gates"] if gate["state"] == "fail"),
        **{f"fit_reason_{k + 1}": reasons[k] for k in range(3)},
        "fit_ask_next": published["ask_next"][0]["question"] if published["ask_next"] else "",
    }
    if cost:
        columns |= {f"fit_hours_{q}": text(cost["hours"][q], 1) for q in ("p10", "p50", "p90")}
        columns["fit_cost_p50"] = text(cost["money"]["p50"], 0)
        columns["fit_cost_per_value"] = text(cost["per_deal_value"], 4)
        columns["fit_break_even"] = text(cost["break_even_win_probability"], 4)
    return columns


@given(cases())
@settings(max_examples=250)
def test_each_row_comes_to_what_assess_says_of_its_answers(case: Case) -> None:
    rows = tuple(row for row in case.rows if any(row) and clean(case, row))
    outcome = score(case.job(), Case(case.situation, case.columns, rows, case.delimiter, case.line_end).data)
    assert (outcome.result.tally.scored, outcome.result.tally.rejected) == (len(rows), 0)
    situation = case.situation
    for row, written in zip(rows, outcome.rows(case.delimiter), strict=True):
        value = AMOUNTS[row[1]]
        prospect = prospect_of(case, row, None if value is None else Fraction(value))
        told = assess(situation.screen, prospect, situation.stage, company=situation.company)
        found = {name: cell for name, cell in written.items() if name.startswith("fit_")}
        assert found == expected(told)


@given(
    cases(),
    st.sampled_from([1 << 24, 64, 7]),
    st.sampled_from([1_000_000, 40]),
    st.sampled_from([None, ("ids", "fit"), ("verdict", "reason_1", "score")]),
    st.sampled_from(["csv", "tsv"]),
)
@settings(max_examples=500)
def test_all_engines_write_the_same_bytes_however_the_table_is_cut_up(
    case: Case, block: int, sample: int, columns: tuple[str, ...] | None, to: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        patch.setattr(opening, "SAMPLE_BYTES", sample)
        slow = score(case.job("python", columns), case.data, to)
        patch.setattr(byblocks, "LARGE", 0)  # by python in pieces, too
        others = [score(case.job(engine, columns, hours=Fraction(50)), case.data, to) for engine in ENGINES]
    told = [dict(batch_document(outcome.result)) for outcome in (slow, *others)]
    for document_ in told:
        document_.pop("most_margin_for_an_hour")  # it depends on the hours
    for fast, document_ in zip(others, told[1:], strict=True):
        assert fast.scored == slow.scored
        assert fast.rejects == slow.rejects
        assert document_ == told[0]


@given(cases(), st.sampled_from([None, Fraction(30), Fraction(200)]))
def test_the_best_are_the_same_on_all_engines(case: Case, hours: Fraction | None) -> None:
    found = [score(case.job(engine, hours=hours), case.data).result.tally.top for engine in ENGINES]
    assert found[0] == found[1] == found[2]


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_their_order(case: Case, chance: object) -> None:
    order = list(case.rows)
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random of hypothesis
    shuffled = Case(case.situation, case.columns, tuple(order), case.delimiter, case.line_end)
    first, second = score(case.job(), case.data), score(case.job(), shuffled.data)
    assert sorted(map(str, first.rows(case.delimiter))) == sorted(map(str, second.rows(case.delimiter)))
    assert first.result.tally.rejected == second.result.tally.rejected


@given(cases())
def test_every_row_is_scored_or_rejected(case: Case) -> None:
    tally = score(case.job(), case.data).result.tally
    blank = sum(not any(map(str.strip, row)) for row in case.rows)
    assert tally.read == tally.scored + tally.rejected
    assert tally.read + tally.blank + sum(lines.count for lines in tally.left.values()) == len(case.rows)
    assert tally.blank == blank


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("blank", [",,", " , ,\t", '"",,'])
def test_a_row_of_blank_cells_is_a_blank_line(engine: Engine, blank: str) -> None:
    screen = load_screen("pilot")
    question = screen.questions[0]
    data = f"id,{question.id},note\n1,{question.options[0].id},\n{blank}\n2,,\n"
    outcome = score(Job(screen, screen.default_stage, None, engine=engine), data.encode())
    assert [row["id"] for row in outcome.rows(",")] == ["1", "2"]
    assert (outcome.result.tally.read, outcome.result.tally.blank) == (2, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "x", "x\r", "\r", "x\r\r", "x\ry"])
def test_a_carriage_return_in_a_cell_is_kept_by_all_engines(last: str, end: str) -> None:
    screen = load_screen("pilot")
    question = screen.questions[0]
    rows = [
        f"id,name,{question.id},note",
        *(f"{last},{last},{cell},{last}" for cell in (question.options[0].id, "", "?")),
        f'"{last}",2,{question.options[0].id}{last},"{last}"',
    ]
    data = "".join(row + end for row in rows).encode()
    for columns in (None, ("ids", "fit")):
        jobs = [Job(screen, screen.default_stage, None, engine=engine, columns=columns) for engine in ENGINES]
        slow, *others = (score(job, data) for job in jobs)
        for fast in others:
            assert (fast.scored, fast.rejects) == (slow.scored, slow.rejects)


@pytest.mark.parametrize("columns", [None, ("ids", "fit")])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_byte_order_mark_in_the_middle_of_a_table_is_text(engine: Engine, columns: tuple[str, ...] | None) -> None:
    screen = load_screen("pilot")
    question = screen.questions[0]
    answers = [option.id for option in question.options[:2]]
    rows = [f"\ufeff{k}{end},x,{answers[k % 2]}" for k in range(3) for end in ("", "\ufeff")]
    data = "\n".join([f"id,name,{question.id}", *rows, f'"\ufeffa",y,{answers[0]}', ""]).encode()
    written = score(Job(screen, screen.default_stage, None, engine=engine, columns=columns), data).rows(",")
    assert [row["id"] for row in written] == [*(row.split(",")[0] for row in rows), "\ufeffa"]


@pytest.mark.parametrize("engine", FAST)
@pytest.mark.parametrize(("more", "is_fast"), [(5, True), (30, False)])
def test_a_table_of_more_cost_answers_than_a_word_can_number_is_scored_all_the_same(
    more: int, engine: Engine, *, is_fast: bool
) -> None:
    screen = load_screen("pilot")
    assert screen.cost
    options = tuple(CostOption(f"o{k}", f"{k}") for k in range(4))
    added = [CostQuestion(f"more_{i}", "?", "?", options) for i in range(more)]
    role, basis = screen.cost.activities[0].role, Basis("own")
    hours = [ThreePoint(Fraction(i), Fraction(i + 1), Fraction(i + 2)) for i in range(more)]
    causing = [
        Activity(f"work_{i}", "work", hours[i], role, "deal", "", basis, Trigger(f"more_{i}", frozenset({"o3"})))
        for i in range(more)
    ]
    cost = replace(
        screen.cost,
        questions=(*screen.cost.questions, *added),
        activities=(*screen.cost.activities, *causing),
    )
    screen = replace(screen, cost=cost)
    asked: list[Question | CostQuestion] = [*screen.questions, *cost.questions]
    rows = [["id", *(question.id for question in asked)]]
    rows += [[f"{i}", *(q.options[(i >> j % 7) % len(q.options)].id for j, q in enumerate(asked))] for i in range(40)]
    data = "".join(",".join(row) + "\n" for row in rows).encode()
    asked_for: tuple[Engine, ...] = ("python", engine)
    slow, fast = (score(Job(screen, screen.default_stage, None, engine=e), data) for e in asked_for)
    assert fast.result.engine == (engine if is_fast else "python")
    assert fast.scored == slow.scored
    assert len(slow.rows(",")) == 40


@pytest.mark.parametrize("name", ["pilot", "deal", "meddpicc", "bant"])
def test_the_built_in_screens_can_be_scored_in_blocks(name: str) -> None:
    screen = load_screen(name)
    for stage in screen.stages:
        assert pack(RowScorer(screen, stage).words(frozenset()).sheet) is not None


@given(cases())
def test_a_screen_with_a_sentence_for_each_option_can_be_packed(case: Case) -> None:
    # else the law of all engines above would compare the row engine with itself
    screen, stage = unique_names(case.situation.screen), case.situation.stage
    two_way = sum(rubric.is_two_way for rubric in screen.rubrics)
    always_fatal = any(all(stage in o.gate for o in q.options) and len(q.options) > 2 for q in screen.questions)
    packed = pack(RowScorer(screen, stage).words(frozenset()).sheet)
    assert (packed is not None) == (two_way < 2 and not always_fatal)


@pytest.mark.parametrize("weight", [10**6 + 3, 10**12 + 39, 10**25])
def test_priors_of_any_size_are_counted_exactly_by_all_engines(weight: int) -> None:
    screen = load_screen("pilot")
    priors = {
        question.id: {option.id: weight + 2 * k for k, option in enumerate(question.options)}
        for question in screen.questions[::2]
    }
    screen = replace(screen, priors=priors)
    rows = [["id", "value", *(question.id for question in screen.questions)]]
    for i in range(60):
        cells = [
            "" if (i * 7 + j * 5) % 11 == 0 else question.options[(i + j) % 3 // 2].id
            for j, question in enumerate(screen.questions)
        ]
        rows.append([f"{i}", f"{500 * i}", *cells])
    data = "".join(",".join(row) + "\n" for row in rows).encode()
    slow, *others = (score(Job(screen, "pilot", None, engine=e), data) for e in ENGINES)
    assert [fast.scored for fast in others] == [slow.scored] * len(FAST)
    assert sum(row["fit_settled"] == "false" for row in slow.rows(",")) > 10


def test_bands_of_trust_beyond_the_bits_of_a_word_are_told_row_by_row() -> None:
    screen = load_screen("pilot")
    assert screen.cost
    one = screen.cost.cycles.bands[-1]
    bands = [replace(one, below=Fraction(k), extra=Fraction(90 - k, 30)) for k in range(1, 81)]
    cycles = replace(screen.cost.cycles, bands=(*bands, replace(one, below=None, extra=Fraction(0))))
    screen = replace(screen, cost=replace(screen.cost, cycles=cycles))
    ids = [question.id for question in screen.questions]
    best = [question.options[0].id for question in screen.questions]
    data = "\n".join([",".join(["id", *ids]), ",".join(["a", *best]), ",".join(["b", "", *best[1:]]), ""]).encode()
    slow, *others = (score(Job(screen, "pilot", None, engine=e), data) for e in ENGINES)
    assert [(fast.result.engine, fast.scored) for fast in others] == [("python", slow.scored)] * len(FAST)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("hours", [0, 1])
def test_no_hours_are_enough_for_nobody(engine: Engine, hours: int) -> None:
    screen = load_screen("pilot")
    ids = [question.id for question in screen.questions]
    best = [question.options[0].id for question in screen.questions]
    data = "\n".join(
        [",".join(["id", "value", *ids]), *(f"{k},900000,{','.join(best)}" for k in range(4)), ""]
    ).encode()
    found = score(Job(screen, "pilot", None, engine=engine, hours=Fraction(hours)), data).result.tally
    assert found.groups["pursue", True].rows + found.groups.get(("pursue", False), Group()).rows == 4
    assert [top.line for top in found.top] == [2][:hours]


@pytest.mark.parametrize(("rows", "engine"), [(900, "python"), (3000, "polars"), (6000, "compiled")])
def test_blocks_are_taken_by_themselves_for_large_tables(
    rows: int, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(byblocks, "VERY_LARGE", 2_000_000)
    screen = load_screen("pilot")
    data = [",".join(["id", *(question.id for question in screen.questions)])]
    data += [
        ",".join([f"prospect {i:06}", *(question.options[-1].id for question in screen.questions)]) for i in range(rows)
    ]
    text = ("\n".join(data) + "\n").encode()
    assert (len(text) >= 1 << 20, len(text) >= 2_000_000) == (engine != "python", engine == "compiled")
    (tmp_path / "t.csv").write_bytes(text)
    with (tmp_path / "t.csv").open("rb") as file:
        assert score_file(Job(screen, "pilot", None), file).result.engine == engine
    # nobody says how long a stream is
    assert score(Job(screen, "pilot", None), text).result.engine == ("python" if engine == "python" else "compiled")


def test_texts_of_rejected_rows_are_forgotten_like_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pytest.importorskip("fitcheck.batch.compiled.letters")
    most: list[int] = []

    class Seen(texts.Letters):  # type: ignore[name-defined,misc]  # imported where there is numba
        def begin(self) -> bool:
            most.append(len(self._numbers))
            return bool(super().begin())

    monkeypatch.setattr("fitcheck.batch.compiled.engine.Letters", Seen)
    monkeypatch.setattr(texts, "MOST_TEXTS", 500)
    monkeypatch.setattr(blocks, "BLOCK", 2_000)
    monkeypatch.setattr(opening, "SAMPLE_BYTES", 2_000)
    screen = load_screen("pilot")
    good = [question.options[0].id for question in screen.questions]
    header = ",".join(question.id for question in screen.questions)
    rows = "".join(f"bad {k},{','.join(good[1:])}\n" for k in range(5_000))
    outcome = score(Job(screen, screen.default_stage, engine="compiled"), f"{header}\n{rows}".encode())
    assert outcome.result.tally.rejected == 5_000
    assert len(most) > 100
    assert max(most) < 1_000
