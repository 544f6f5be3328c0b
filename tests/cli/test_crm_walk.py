"""From a raw CRM export to a first scored table: what a person meets, and how few edits it takes."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
ROWS = 400
HEADER = (
    "Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Deal owner", "Number of Associated Contacts",
    "Decision maker involved?", "Budget status", "Go-live date",
)  # fmt: skip


@pytest.fixture
def run(fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in a folder with an export of ten columns and 400 rows, as HubSpot writes it."""
    monkeypatch.chdir(tmp_path)
    stages = ("Appointment Scheduled", "Qualified To Buy", "Closed Won", "Contract Sent", "Closed Lost")
    who = ("Yes, in every meeting", "Known, not met", "No", "")
    money = ("Approved", "Requested", "No budget", "Unknown", "Approved")
    with Path("deals.csv").open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file).writerow
        write(HEADER)
        for k in range(ROWS):
            day = date(2026, 11, 1) + timedelta(days=k)
            write((71033736000 + k, f"Aldersea Ports – berth {k}", stages[k % 5], 1000 * (k % 90), f"{day} 11:43",
                   "Team North", k % 13, who[k % 4], money[k % 5], day if k % 3 else ""))  # fmt: skip
    return fitcheck


def test_a_proposal_is_one_screen_and_finds_what_the_export_can_answer(run: Run, golden: Callable[..., None]) -> None:
    told = run("batch", "deals.csv", "--map-only", "-o", "ours.yaml")
    assert (told.code, len(told.out.splitlines()) <= 22) == (Exit.DONE, True)
    golden("batch/export.txt", told.out)
    golden("batch/export.yaml", Path("ours.yaml").read_text(encoding="utf-8"))
    assert "--map ours.yaml -o scored.csv --as-of DATE" in told.err


def test_no_row_is_scored_before_the_guesses_are_confirmed_and_then_one_replacement_does_it(run: Run) -> None:
    run("batch", "deals.csv", "--map-only", "-o", "ours.yaml")
    mapping = Path("ours.yaml")
    guesses = mapping.read_text(encoding="utf-8").count(": ?")
    assert guesses == 9  # three questions and six values
    scored = ["batch", "deals.csv", "--map", "ours.yaml", "-o", "scored.csv"]
    refused = run(*scored, "--as-of", "2026-11-30")
    assert (refused.code, "9 guesses are not confirmed" in refused.err) == (Exit.DOCUMENT, True)
    mapping.write_text(mapping.read_text(encoding="utf-8").replace(": ?", ": "), encoding="utf-8")
    undated = run(*scored)
    assert (undated.code, "[no-as-of]" in undated.err) == (Exit.DOCUMENT, True)
    told = run(*scored, "--as-of", "2026-11-30")
    assert (told.code, "400 of 400 rows scored" in told.out) == (Exit.DONE, True)
    with Path("scored.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    # the 59th and the 60th day after 30 November 2026, and the 61st and 62nd: two months end between them
    days = {row["Go-live date"]: row["fit_reason_2"] + row["fit_reason_3"] for row in rows}
    assert "within two months" in days["2027-01-29"]
    assert "two to three months" in days["2027-01-31"]


@pytest.mark.parametrize("name", ["hubspot", "salesforce", "pipedrive", "dynamics"])
def test_a_raw_export_leads_on_instead_of_stopping(run: Run, name: str) -> None:
    told = run("batch", "deals.csv", "--map", name)
    said = " ".join(told.out.split())
    assert (told.code, "none of 34 questions has a column" in said) == (Exit.DONE, True)
    assert "ask first ████████████████ 240 100 %" in said
    assert "closed 160 deals" in said
    assert "run it with --map-only -o ours.yaml" in said
