"""The screens and files of `fitcheck batch`, as they stand in tests/golden/batch."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.screens import load_screen

TABLE = ["batch", "examples/crm/pipeline.csv", "--map", "examples/crm/pipeline-map.yaml", "--hours", "150"]

Golden = Callable[[str, str], None]
Run = Callable[..., Outcome]


@pytest.mark.parametrize("columns", [80, 60, 20])
def test_the_summary(fitcheck: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    outcome = fitcheck(*TABLE)
    assert (outcome.code, outcome.err) == (Exit.REJECTED, "")
    assert max(map(len, outcome.out.splitlines())) <= max(columns, 24)
    golden(f"batch/pipeline-{columns}-columns.txt", outcome.out)


def test_the_summary_explained(fitcheck: Run, golden: Golden) -> None:
    golden("batch/pipeline-explained.txt", fitcheck(*TABLE, "--explain").out)


def test_the_files(fitcheck: Run, golden: Golden, tmp_path: Path) -> None:
    out, summary = tmp_path / "scored.csv", tmp_path / "summary.json"
    fitcheck(*TABLE, "-o", str(out), "--summary", str(summary))
    golden("batch/scored.csv", out.read_text(encoding="utf-8"))
    golden("batch/scored-rejects.csv", (tmp_path / "scored-rejects.csv").read_text(encoding="utf-8"))
    golden("batch/summary.json", summary.read_text(encoding="utf-8"))


def test_the_counts_of_the_summary_hold_together(fitcheck: Run, tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    fitcheck(*TABLE, "--summary", str(summary))
    told = json.loads(summary.read_text(encoding="utf-8"))
    assert told["rows"] == {"read": 11, "scored": 8, "rejected": 3}
    assert sum(group["rows"] for group in told["verdicts"]) == 8
    assert sum(fault["count"] for fault in told["rejected"]) == 3


def test_a_proposed_mapping(fitcheck: Run, golden: Golden, tmp_path: Path) -> None:
    written = tmp_path / "ours.yaml"
    outcome = fitcheck("batch", "examples/crm/pipeline.csv", "--map-only", "-o", str(written))
    assert outcome.code == Exit.DONE
    golden("batch/proposal.txt", outcome.out)
    golden("batch/proposal.yaml", written.read_text(encoding="utf-8"))


def test_where_no_prospect_fits_the_hours_that_is_said(fitcheck: Run) -> None:
    told = fitcheck(*TABLE[:-1], "0")
    assert "No prospect to pursue is named for your 0 h." in told.out


def test_prospects_to_pursue_that_are_not_named_are_counted_with_the_reason(fitcheck: Run) -> None:
    more = "4 more to pursue, not named: none is known to bring more than it takes."
    assert more in fitcheck(*TABLE).out
    assert more in fitcheck(*TABLE[:-2]).out
    assert "not named" not in fitcheck(*TABLE[:-1], "50").out, "nobody looked for more"


def test_a_prospect_that_is_named_twice_says_so(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    best = {question.id: question.options[0].id for question in load_screen("pilot").questions}
    monkeypatch.chdir(tmp_path)
    rows = [f"{name},{value},{','.join(best.values())}\n" for name, value in (("a", 90000), ("b", 80000), ("a", 70000))]
    Path("t.csv").write_text(f"id,value,{','.join(best)}\n{''.join(rows)}", encoding="utf-8")
    named = fitcheck("batch", "t.csv").out.split("Most value for an hour")[1].splitlines()[1:4]
    assert ["the same id as above" in " ".join(line.split()) for line in named] == [False, False, True]


def test_deals_in_a_currency_of_unknown_worth_say_what_that_means(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = {question.id: question.options[0].id for question in load_screen("pilot").questions}
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(
        f"id,value,currency,{','.join(best)}\n1,9000,USD,{','.join(best.values())}\n", encoding="utf-8"
    )
    said = " ".join(fitcheck("batch", "t.csv", "--hours", "9").out.split())
    assert (
        "1 deal in USD can't be valued in EUR, so that the gate on cost was not tested there: write "
        '"exchange: {USD: ...}" in company.yaml, the value of 1 USD in EUR.'
    ) in said
    assert "No prospect to pursue is named for your 9 h: none is known to bring more than it takes." in said
    answers = "".join(f"  {question}: {option}\n" for question, option in best.items())
    Path("a.yaml").write_text(
        f"prospect: A\ndeal: {{value: 9000, currency: USD}}\nanswers:\n{answers}", encoding="utf-8"
    )
    without = "The cost limit was not checked: what the deal brings in EUR is unknown."
    assert without in " ".join(fitcheck("assess", "a.yaml", "--stage", "growth").out.split())
    Path("a.yaml").write_text(f"prospect: A\nanswers:\n{answers}", encoding="utf-8")
    assert without not in " ".join(fitcheck("assess", "a.yaml", "--stage", "growth").out.split())


def test_a_prospect_for_whom_the_hours_do_not_last_says_so(fitcheck: Run) -> None:
    told = fitcheck(*TABLE[:-1], "50").out
    assert "(64.7 h of work on average, of your 50 h)" in told
    assert " ".join(told.split()).count("in 64.7 h, beyond the 50 h") == 1
    assert "beyond" not in fitcheck(*TABLE[:-1], "65").out


def test_where_all_to_pursue_are_closed_that_is_said(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = {question.id: question.options[0].id for question in load_screen("pilot").questions}
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(
        f"id,value,stage,{','.join(best)}\n1,90000,Closed Won,{','.join(best.values())}\n", encoding="utf-8"
    )
    said = " ".join(fitcheck("batch", "t.csv", "--hours", "90").out.split())
    assert "1 deal is closed already: it is counted above, and not named below (Closed Won 1)." in said
    assert (
        "No prospect to pursue is named for your 90 h: they are closed already, or none is known to bring more than it "
        "takes."
    ) in said
