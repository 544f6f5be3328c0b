from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Outcome

from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.screens import load_screen
from fitcheck.table.write.back import CRMS, FIELDS, case_safe, setup_text

Run = Callable[..., Outcome]
BEST = {question.id: question.options[0].id for question in load_screen("pilot").questions}
WORST = {question.id: question.options[-1].id for question in load_screen("pilot").questions}
IDS = {
    "hubspot": "71033736445",
    "salesforce": "0067E0000028LZPQA2",
    "pipedrive": "17",
    "dynamics": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
}
DAY = ["--as-of", "2026-11-22"]


def table(*rows: tuple[str, str, dict[str, str]], header: str = "id") -> str:
    lines = [f"{key},{stage},{','.join(answers.values())}" for key, stage, answers in rows]
    return "\n".join([f"{header},stage,{','.join(BEST)}", *lines]) + "\n"


@pytest.fixture
def back(fitcheck: Run, tmp_path: Path) -> Callable[..., tuple[Outcome, list[str]]]:
    """Score a table for a CRM, and return what was said and the lines that go back."""

    def run(text: str, crm: str, *options: str) -> tuple[Outcome, list[str]]:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        out = tmp_path / "back.csv"
        told = fitcheck("batch", str(tmp_path / "t.csv"), "--back", crm, *DAY, "-o", str(out), *options)
        return told, out.read_text(encoding="utf-8").splitlines() if out.exists() else []

    return run


@pytest.mark.parametrize("crm", CRMS)
def test_the_id_stands_as_the_importer_wants_it_before_six_fields(
    back: Callable[..., tuple[Outcome, list[str]]], crm: str
) -> None:
    told, lines = back(table((IDS[crm], "Open", BEST)), crm)
    assert told.code == Exit.DONE
    names = [CRMS[crm].header(name) for name, _ in FIELDS]
    assert lines[0].split(",") == [CRMS[crm].id, *names]
    assert lines[1].split(",")[:3] == [IDS[crm], "pursue", "settled"]
    assert "1 record to update" in " ".join(told.out.split())


def test_salesforce_finds_its_fields_by_their_api_names() -> None:
    assert CRMS["salesforce"].header("Fitcheck ask next") == "Fitcheck_Ask_Next__c"


@pytest.mark.parametrize(
    ("short", "long"),
    [  # as published: forum post on exports, Salesforce help 000387915, a primer on identifiers
        ("0067E0000028LZP", "0067E0000028LZPQA2"),
        ("00300000003T2PG", "00300000003T2PGAA0"),
        ("0036e00004P27R7", "0036e00004P27R7AAJ"),
        ("no id", "no id"),
    ],
)
def test_an_id_of_fifteen_characters_gets_the_three_that_make_capitals_safe(short: str, long: str) -> None:
    assert (case_safe(short), case_safe(long)) == (long, long)


def test_rows_that_the_crm_must_not_take_are_left_out_and_counted(
    back: Callable[..., tuple[Outcome, list[str]]],
) -> None:
    rows = [("1", "Open", BEST), ("", "Open", BEST), ("7.10E+10", "Open", BEST), ("2", "Closed Won", BEST)]
    told, lines = back(table(*rows, ("1", "Open", BEST)), "hubspot")
    assert [line.split(",")[0] for line in lines] == ["Record ID", "1"]
    assert "1 record to update, 2 rows without a record id left out" in " ".join(told.out.split())
    _, lines = back(table(*rows), "hubspot", "--with-closed")
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2"]


def test_a_not_now_says_when_to_look_again_and_a_pursue_does_not(
    back: Callable[..., tuple[Outcome, list[str]]],
) -> None:
    _, lines = back(table(("1", "Open", BEST), ("2", "Open", WORST)), "hubspot")
    # twelve weeks after 22 November 2026, as the pilot screen says
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["", date(2027, 2, 14).isoformat()]


def test_only_changed_records_go_back_whatever_the_day_and_the_last_file_counts(
    back: Callable[..., tuple[Outcome, list[str]]], tmp_path: Path
) -> None:
    back(table(("1", "Open", BEST), ("2", "Open", WORST)), "hubspot")
    first = tmp_path / "first.csv"
    (tmp_path / "back.csv").rename(first)
    changed = table(("1", "Open", WORST), ("2", "Open", WORST), ("3", "Open", BEST))
    since = ["--changed-since", str(first)]
    told, lines = back(changed, "hubspot", *since, "--as-of", "2026-12-24")
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "3"]
    assert "2 records to update, 1 unchanged" in " ".join(told.out.split())
    (tmp_path / "back.csv").rename(tmp_path / "second.csv")
    _, lines = back(changed, "hubspot", *since, "--changed-since", str(tmp_path / "second.csv"))
    assert len(lines) == 1


def test_dynamics_gets_its_own_three_columns_back_as_they_came(
    back: Callable[..., tuple[Outcome, list[str]]],
) -> None:
    text = table((IDS["dynamics"], "Open", BEST), header="(Do Not Modify) Opportunity")
    text = text.replace(",stage,", ",(Do Not Modify) Row Checksum,", 1).replace(",Open,", ",abc/1+2=,")
    _, lines = back(text, "dynamics", "--map", "dynamics")
    assert lines[0].startswith("(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,Fitcheck verdict,")
    assert lines[1].startswith(f"{IDS['dynamics']},abc/1+2=,pursue,")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--back", "hubspot"], "no-as-of"),
        (["--back", "zoho", *DAY], "unknown-word"),
        (["--changed-since", "x.csv"], "no-effect"),
        (["--back", "hubspot", *DAY, "--columns", "fit"], "no-effect"),
        (["--back", "hubspot", *DAY, "--changed-since", "no.csv"], "cannot-read"),
        (["--back", "hubspot", *DAY, "--changed-since", "t.csv"], "not-from-back"),
        (["--back", "hubspot", *DAY], "no-id"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(table(("x", "Open", BEST), header="name"), encoding="utf-8")
    told = fitcheck("batch", "t.csv", *options, "-o", "back.csv")
    assert (told.code, Path("back.csv").exists()) == (Exit.USAGE, False)
    assert f"[{code}]" in told.err


@pytest.mark.parametrize("crm", CRMS)
def test_the_fields_to_create_once_are_printed(fitcheck: Run, crm: str) -> None:
    told = fitcheck("batch", "--back-setup", crm)
    assert (told.code, told.out) == (Exit.DONE, setup_text(crm))
    assert all(name in told.out for name, _ in FIELDS)
    assert max(map(len, told.out.splitlines())) <= 120
