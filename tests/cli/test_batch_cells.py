"""What `fitcheck batch` says of cells that are no answers and no amounts, and of lines that are no data."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.worked import Batch, Ran
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]


@pytest.fixture
def batch(fitcheck: Run, tmp_path: Path) -> Batch:
    return Batch(fitcheck, tmp_path)


@pytest.fixture
def pilot(fitcheck: Run, tmp_path: Path) -> Batch:
    """The built-in screen, which has costs and so reads amounts."""
    return Batch(fitcheck, tmp_path, "pilot")


def only_fault(ran: Ran) -> tuple[str, str | None, list[int], str | None]:
    [fault] = ran.summary["rejected"]
    return fault["code"], fault["column"], fault["first_lines"], fault["hint"]


def test_a_bad_cell_is_named_by_line_column_value_code_and_nearest_option(batch: Batch) -> None:
    ran = batch("id,pain,How clear is the goal?\n1,severe,clear\n2,some,claer\n")
    assert only_fault(ran) == ("unknown-option", "How clear is the goal?", [3], 'did you mean "clear"?')
    [row] = ran.rejected
    assert row["fit_row"] == "3"
    for part in ("How clear is the goal?", '"claer"', "[unknown-option]", 'did you mean "clear"?'):
        assert part in row["fit_problems"]
    for part in ("(line 3)", '"claer"'):
        assert part in ran.out


def test_every_problem_of_a_row_is_told_at_once(batch: Batch) -> None:
    [row] = batch("pain,goal\nbad,worse\n").rejected
    assert row["fit_problems"].count("[unknown-option]") == 2


def test_answers_are_taken_by_id_text_and_any_case(batch: Batch) -> None:
    ran = batch("pain,goal\nsevere,clear\nSEVERE,Clear\nIt stops them,They wrote it down\n severe , clear \n")
    assert [row["fit_score"] for row in ran.rows] == ["100.00"] * 4


def test_a_band_that_a_spreadsheet_made_a_date_is_named_as_such(batch: Batch, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "mapping: m\nversion: 1\ntitle: M\nabout: M.\ncolumns:\n"
        '  Users: {question: pain, values: {"1-5": severe, "6-10": some}}\n',
        encoding="utf-8",
    )
    ran = batch("Users,goal\n1-5,clear\n01-May,clear\n10-Jun,vague\n", "--map", str(tmp_path / "m.yaml"))
    assert (ran.summary["rows"]["scored"], ran.summary["rejected"][0]["code"]) == (1, "made-a-date")
    assert ran.summary["rejected"][0]["count"] == 2
    assert '"1-5"' in ran.rejected[0]["fit_problems"]
    assert '"6-10"' in ran.rejected[1]["fit_problems"]


def test_n_a_is_an_answer_only_where_the_question_allows_it(pilot: Batch) -> None:
    ran = pilot("named_users,relied_on_us\nnamed,n/a\nn/a,kept\n")
    assert only_fault(ran)[:3] == ("not-applicable", "named_users", [3])
    assert ran.summary["rows"] == {"read": 2, "scored": 1, "rejected": 1}


@pytest.mark.parametrize(
    ("amount", "currency", "code", "said"),
    [
        ("1.234k", "EUR", "ambiguous-number", "--decimal"),
        ("-5", "EUR", "negative-amount", ""),
        ("(12)", "EUR", "negative-amount", ""),
        ("€ 5", "USD", "two-currencies", "EUR and USD"),
        ("12 t", "EUR", "no-amount", "25000"),
        ("7.10E+10", "EUR", "scientific-amount", ""),
        ("See note", "EUR", "no-amount", ""),
        ("12", "Crowns", "bad-currency", "EUR"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--bad-answers", "unknown"]], ids=" ".join)
def test_an_amount_is_never_guessed(
    pilot: Batch, amount: str, currency: str, code: str, said: str, *, options: list[str]
) -> None:
    ran = pilot(f'Amount,Currency,named_users\n"{amount}",{currency},named\n', *options)
    assert only_fault(ran)[0] == code
    assert (ran.code, said in ran.rejected[0]["fit_problems"]) == (Exit.REJECTED, True)


@pytest.mark.parametrize(("mark", "value"), [("point", 1), ("comma", 1234), (".", 1), (",", 1234)])
def test_decimal_says_what_an_ambiguous_amount_means(pilot: Batch, mark: str, value: int) -> None:
    ran = pilot("Amount,Currency,named_users\n1.234,EUR,named\n", "--decimal", mark)
    assert sum(group["value"] for group in ran.summary["verdicts"]) == value


def test_one_amount_proves_the_mark_of_its_column(pilot: Batch) -> None:
    ran = pilot('Amount,Currency,named_users\n1.234,EUR,named\n"2,50",EUR,named\n')
    assert (ran.summary["table"]["decimal"], sum(group["value"] for group in ran.summary["verdicts"])) == (",", 1237)


@pytest.mark.parametrize(("said", "valued"), [("true", 1), ("false", 2)])
def test_zero_is_no_value_where_the_mapping_says_so(pilot: Batch, tmp_path: Path, said: str, valued: int) -> None:
    text = (
        f"mapping: m\nversion: 1\ntitle: M\nabout: M.\nzero_is_unknown: {said}\ncolumns:\n  Worth: {{field: value}}\n"
    )
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    ran = pilot("Worth,named_users\n0,named\n10,named\n", "--map", str(tmp_path / "m.yaml"))
    assert sum(group["with_value"] for group in ran.summary["verdicts"]) == valued


def test_bad_answers_may_count_as_unknown_and_are_told(batch: Batch) -> None:
    options = ("--columns", "fit")
    ran = batch("id,pain,goal\n1,sevre,clear\n2,some,clear\n", *options, "--bad-answers", "unknown")
    blank = batch("id,pain,goal\n1,,clear\n2,some,clear\n", *options)
    assert (ran.code, ran.scored) == (Exit.DONE, blank.scored)
    [fault] = ran.summary["taken_as_unknown"]
    assert (fault["code"], fault["column"], fault["count"], fault["first_lines"]) == ("unknown-option", "pain", 1, [2])
    assert "1 cell is not a valid answer and counts as unknown" in ran.out


def test_whatever_is_no_data_is_counted_and_named(batch: Batch) -> None:
    report = (
        "Open deals,,\n\nAbout,Answers,\nid,pain,goal\n1,severe,clear\n\nid,pain,goal\n2,some,vague\n"
        "Grand Totals (2 records),,\nConfidential Information - Do Not Distribute\n"
    )
    ran = batch(report, "--full")
    assert (ran.code, ran.summary["rows"]) == (Exit.DONE, {"read": 2, "scored": 2, "rejected": 0})
    assert ran.summary["left_out"] == {
        "above_header": [1, 3],
        "blank_lines": 1,
        "repeated_header": {"count": 1, "first_lines": [7]},
        "totals": {"count": 1, "first_lines": [9]},
        "footer": {"count": 1, "first_lines": [10]},
    }
    told = " ".join(ran.out.split())
    for part in ("2 lines above the header (lines 1, 3)", "1 repeated header (line 7)", "1 totals row (line 9)",
                 "1 footer (line 10)", "1 blank line"):  # fmt: skip
        assert part in told


def test_a_prospect_that_is_called_like_a_total_is_scored(batch: Batch) -> None:
    """Nothing is known of these but their names; two rows of figures have totals' names and no id."""
    rows = ["1,Total,,,5", "2,88 Records,,,", "3,Suma,,,", ",Total 24,,,7", ",Total,,,12", ",Subtotal,,,12"]
    ran = batch("\n".join(["id,name,pain,goal,note", *rows]), "--full")
    assert ran.summary["rows"] == {"read": 4, "scored": 4, "rejected": 0}
    assert ran.summary["left_out"]["totals"] == {"count": 2, "first_lines": [6, 7]}
    assert "2 totals rows (lines 6, 7)" in ran.out


def test_a_row_with_an_answer_is_a_prospect_whatever_it_is_called(batch: Batch) -> None:
    ran = batch("id,pain,goal\nTotal,severe,\nid,some,clear\nGrand Totals (2 records),,clear\n")
    assert ran.summary["rows"] == {"read": 3, "scored": 3, "rejected": 0}


def test_the_verdict_of_a_row_is_that_of_a_file_with_the_same_answers(
    pilot: Batch, fitcheck: Run, tmp_path: Path
) -> None:
    answers = {
        "named_users": ["named_with_time", "nobody", "unknown", "promised"],
        "deadline": ["none_or_later", "up_to_two_months", "up_to_six_months", "unknown"],
        "relied_on_us": ["kept", "n/a", "made_good", "unknown"],
        "who_decides": ["signer_met_us", "unknown", "nobody_leads", "path_named"],
        "visits": ["remote", "three_or_more", "unknown", "one_or_two"],
    }
    values = ["30000", "", "12500.50", "999999"]
    lines = [",".join(["Amount", "Currency", *answers])]
    lines += [",".join([values[k], "EUR", *(options[k] for options in answers.values())]) for k in range(4)]
    rows = pilot("\n".join(lines)).rows
    assert len(rows) == 4
    for k, row in enumerate(rows):
        deal = {"deal": {"value": float(values[k]), "currency": "EUR"}} if values[k] else {}
        prospect = {"prospect": "Acme", **deal, "answers": {name: options[k] for name, options in answers.items()}}
        file = tmp_path / "p.json"
        file.write_text(json.dumps(prospect), encoding="utf-8")
        told = json.loads(fitcheck("assess", str(file), "--format", "json").out)
        cost = told["cost_to_close"]
        assert row["fit_verdict"] == told["verdict"]
        assert row["fit_state"] == told["state"]
        for name in ("score", "score_low", "score_high", "known"):
            assert float(row[f"fit_{name}"]) == told[name]
        for level in ("p10", "p50", "p90"):
            assert float(row[f"fit_hours_{level}"]) == cost["hours"][level]
        assert float(row["fit_cost_p50"]) == cost["money"]["p50"]
        assert row["fit_cost_per_value"] == ("" if cost["per_deal_value"] is None else f"{cost['per_deal_value']:.4f}")
        failed = [gate["id"] for gate in told["gates"] if gate["state"] == "fail"]
        assert row["fit_failed_gates"] == "; ".join(failed)
        if told["state"] in {"settled", "ask first"}:
            assert row["fit_ask_next"] == (told["ask_next"][0]["question"] if told["ask_next"] else "")
