"""Every row of a table comes to what `assess` says of its answers, however the table is cut up."""

import json
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings, strategies as st
from table.tables import Case, cases, prospect_of, score

from fitcheck.decision.assess import assess
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.score.rounding import decimal
from fitcheck.decision.verdict.asking import first_to_ask
from fitcheck.decision.verdict.principal import principal_reasons
from fitcheck.decision.verdict.scorer import Scorer
from fitcheck.documents.screens import load_screen
from fitcheck.report.json.batch import BatchDocument
from fitcheck.report.json.prospect import AssessmentDocument
from fitcheck.table import pool
from fitcheck.table.match import opening
from fitcheck.table.run import Job
from fitcheck.table.write.out_columns import column_of

AMOUNTS = {"": None, "12000": 12_000, "4000": 4_000, "8000.50": Fraction(16_001, 2), "0": 0, "40000": 40_000}
"""Amounts that are the same whatever the other rows prove."""


def decimals(value: Fraction) -> str:
    """Points as tables have them: all their decimals, at least two."""
    digits = next(digits for digits in range(2, 12) if (value * 10**digits).denominator == 1)
    return decimal(value, digits)


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


def written(figure: float) -> Fraction:
    """A figure as JSON writes it."""
    return Fraction(json.dumps(figure))


def expected(told: Assessment, company: Company | None) -> dict[str, str]:
    """What our columns should say, from the published document of the assessment."""
    published = json.loads(AssessmentDocument.json_text(told))
    cost = published["cost_to_close"]
    found = Scorer(told.screen, told.stage, company).judge(told.prospect)
    reasons = [*principal_reasons(found, found.failed_gates()), "", "", ""]
    columns = {
        "fit_verdict": told.verdict,
        "fit_state": told.state,
        "fit_score": decimals(written(published["score"])) if told.known else "",
        "fit_score_low": decimals(written(published["score_low"])),
        "fit_score_high": decimals(written(published["score_high"])),
        "fit_known": text(floor(told.known * 10_000 + Fraction(1, 2)) / 10_000, 4),
        **{f"fit_{column_of(d['id'])}": text(d["score"] if told.known else None, 2) for d in published["dimensions"]},
        "fit_failed_gates": "; ".join(gate["id"] for gate in published["gates"] if gate["state"] == "fail"),
        **{f"fit_reason_{k + 1}": reasons[k] for k in range(3)},
        "fit_ask_next": first_to_ask(found) or "",
    }
    if cost:
        columns |= {f"fit_hours_{q}": text(cost["hours"][q], 1) for q in ("p10", "p50", "p90")}
        columns["fit_cost_p50"] = text(cost["money"]["p50"], 0)
        columns["fit_cost_per_value"] = text(cost["per_deal_value"], 4)
        columns["fit_break_even"] = text(cost["break_even_win_probability"], 4)
    return columns


@given(cases())
@settings(max_examples=150)
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
        assert found == expected(told, case.situation.company)


@given(
    cases(),
    st.tuples(st.sampled_from([1, 2, 5]), st.sampled_from([1_000_000, 40])),
    st.sampled_from([None, ("ids", "fit"), ("verdict", "reason_1", "score")]),
    st.sampled_from(["csv", "tsv", "jsonl"]),
    st.sampled_from([None, Fraction(30), Fraction(200)]),
)
def test_the_size_of_batches_changes_no_byte_and_no_count(
    case: Case, cut: tuple[int, int], columns: tuple[str, ...] | None, to: str, hours: Fraction | None
) -> None:
    rows, sample = cut
    job = case.job(columns, hours=hours)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "SAMPLE_BYTES", sample)  # what is in the sample proves the decimal mark
        whole = score(job, case.data, to)
        patch.setattr(pool, "ROWS", rows)
        parts = score(job, case.data, to)
    assert (parts.scored, parts.rejects) == (whole.scored, whole.rejects)
    assert BatchDocument.json_text(parts.result) == BatchDocument.json_text(whole.result)


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
    assert tally.read + tally.blank + sum(lines.count for lines in tally.non_data.values()) == len(case.rows)
    assert tally.blank == blank


@pytest.mark.parametrize("blank", [",,", " , ,\t", '"",,'])
def test_a_row_of_blank_cells_is_a_blank_line(blank: str) -> None:
    screen = load_screen("pilot")
    question = screen.questions[0]
    data = f"id,{question.id},note\n1,{question.options[0].id},\n{blank}\n2,,\n"
    outcome = score(Job(screen, screen.default_stage, None), data.encode())
    assert [row["id"] for row in outcome.rows(",")] == ["1", "2"]
    assert (outcome.result.tally.read, outcome.result.tally.blank) == (2, 1)


@pytest.mark.parametrize("columns", [None, ("ids", "fit")])
def test_a_byte_order_mark_is_no_part_of_the_first_cell_and_elsewhere_text(columns: tuple[str, ...] | None) -> None:
    screen = load_screen("pilot")
    question = screen.questions[0]
    answers = [option.id for option in question.options[:2]]
    rows = [f"\ufeff{k}{end},x,{answers[k % 2]}" for k in range(3) for end in ("", "\ufeff")]
    data = "\n".join([f"id,name,{question.id}", *rows, f'"\ufeffa",y,{answers[0]}', ""]).encode()
    written = score(Job(screen, screen.default_stage, None, columns=columns), data).rows(",")
    assert [row["id"] for row in written] == [*(row.split(",")[0].lstrip("\ufeff") for row in rows), "\ufeffa"]


@pytest.mark.parametrize("hours", [0, 1])
def test_no_hours_are_enough_for_nobody(hours: int) -> None:
    screen = load_screen("pilot")
    ids = [question.id for question in screen.questions]
    best = [question.options[0].id for question in screen.questions]
    data = "\n".join(
        [",".join(["id", "value", *ids]), *(f"{k},900000,{','.join(best)}" for k in range(4)), ""]
    ).encode()
    found = score(Job(screen, "pilot", None, hours=Fraction(hours)), data).result.tally
    assert found.group("pursue", "settled", "likely", "leaning").rows == 4
    assert [top.line for top in found.top] == [2][:hours]
