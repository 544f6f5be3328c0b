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
    assert max(map(len, outcome.out.splitlines())) <= columns
    golden(f"batch/pipeline-{columns}-columns.txt", outcome.out)


def test_the_summary_is_one_screen(fitcheck: Run) -> None:
    for options in ([], ["--hours", "50"], ["--bad-answers", "unknown"]):
        assert len(fitcheck(*TABLE[:-2], *options).out.splitlines()) <= 22


@pytest.mark.parametrize(("option", "name"), [("--full", "full"), ("--explain", "explained"), ("--quiet", "quiet")])
def test_more_and_less_of_the_summary(fitcheck: Run, golden: Golden, option: str, name: str) -> None:
    golden(f"batch/pipeline-{name}.txt", fitcheck(*TABLE, option).out)


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_the_summary_as_a_file(fitcheck: Run, golden: Golden, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"summary.{ending}"
    shown = fitcheck(*TABLE, "--summary", str(file)).out
    told = file.read_text(encoding="utf-8")
    if ending == "txt":
        assert told == shown
    else:
        golden(f"batch/summary.{ending}", told)


def test_a_summary_of_another_format_is_refused(fitcheck: Run, tmp_path: Path) -> None:
    told = fitcheck(*TABLE, "--summary", str(tmp_path / "summary.pdf"))
    assert (told.code, told.out, [*tmp_path.iterdir()]) == (Exit.USAGE, "", [])
    assert "html: summary.html" in told.err


def test_a_line_does_not_go_with_more_than_a_line(fitcheck: Run) -> None:
    told = fitcheck(*TABLE, "--quiet", "--full")
    assert (told.code, "--quiet and --full contradict each other" in told.err) == (Exit.USAGE, True)


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
    assert len(outcome.out.splitlines()) <= 22
    golden("batch/proposal.txt", outcome.out)
    golden("batch/proposal-full.txt", fitcheck("batch", "examples/crm/pipeline.csv", "--map-only", "--full").out)
    golden("batch/proposal.yaml", written.read_text(encoding="utf-8"))


def test_where_no_prospect_fits_the_hours_that_is_said(fitcheck: Run) -> None:
    told = fitcheck(*TABLE[:-1], "0")
    assert "No prospect to pursue for your 0 h." in told.out


def test_prospects_to_pursue_that_are_not_named_are_counted_with_the_reason(fitcheck: Run) -> None:
    more = "4 more to pursue, not listed: none is known to return more than it costs."
    assert more in fitcheck(*TABLE).out
    assert more in fitcheck(*TABLE[:-2]).out
    assert "not listed" not in fitcheck(*TABLE[:-1], "50").out, "nobody looked for more"


def test_a_prospect_that_is_named_twice_is_counted_and_ranked_once(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = {question.id: question.options[0].id for question in load_screen("pilot").questions}
    monkeypatch.chdir(tmp_path)
    rows = [f"{name},{value},{','.join(best.values())}\n" for name, value in (("a", 90000), ("b", 80000), ("a", 70000))]
    Path("t.csv").write_text(f"id,value,{','.join(best)}\n{''.join(rows)}", encoding="utf-8")
    said = " ".join(fitcheck("batch", "t.csv").out.split())
    assert "pursue ████████████████ 2 100 % EUR 170,000" in said
    assert "repeated 1 row with the id of another, counted once" in said
    best_ones = said.split("Best expected value per hour")[1]
    assert [name in best_ones for name in (" a ·", " b ·")] == [True, True]
    assert "70,000" not in said.replace("170,000", "")


def test_deals_in_a_currency_of_unknown_worth_say_what_that_means(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = {question.id: question.options[0].id for question in load_screen("pilot").questions}
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(
        f"id,value,currency,{','.join(best)}\n1,9000,USD,{','.join(best.values())}\n", encoding="utf-8"
    )
    short = " ".join(fitcheck("batch", "t.csv", "--hours", "9").out.split())
    assert "1 deal in USD can't be valued in EUR: write its exchange rate in company.yaml." in short
    said = " ".join(fitcheck("batch", "t.csv", "--hours", "9", "--full").out.split())
    assert (
        "1 deal in USD can't be valued in EUR, and the cost deal-breaker was not tested: write "
        '"exchange: {USD: ...}" in company.yaml, the value of 1 USD in EUR.'
    ) in said
    assert "No prospect to pursue for your 9 h: none is known to return more than it costs." in said
    answers = "".join(f"  {question}: {option}\n" for question, option in best.items())
    Path("a.yaml").write_text(
        f"prospect: A\ndeal: {{value: 9000, currency: USD}}\nanswers:\n{answers}", encoding="utf-8"
    )
    without = "The cost limit was not checked: what the deal brings in EUR is unknown."
    assert without in " ".join(fitcheck("assess", "a.yaml", "--stage", "growth").out.split())
    Path("a.yaml").write_text(f"prospect: A\nanswers:\n{answers}", encoding="utf-8")
    assert without not in " ".join(fitcheck("assess", "a.yaml", "--stage", "growth", "--full").out.split())


def test_a_prospect_for_whom_the_hours_do_not_last_says_so(fitcheck: Run) -> None:
    told = fitcheck(*TABLE[:-1], "50").out
    assert "(64.7 h on average, of your 50 h)" in told
    assert " ".join(told.split()).count("in 65 h · beyond your 50 h") == 1
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
    assert "closed 1 deal, left out above; --with-closed counts it: Closed Won 1" in said
    why = "they are closed, or none is known to return more than it costs."
    assert f"No prospect to pursue for your 90 h: {why}" in said
