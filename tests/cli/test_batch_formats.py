"""Tables of every format in and out, and the mappings of CRM exports."""

import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cli.worked import Batch, screen_file, table_of
from conftest import ROOT, Outcome
from table.damaged import parquet, sheet

from fitcheck.cli.exit_codes import Exit

Run = Callable[..., Outcome]
TABLE = 'id,Name,pain,goal\n007,"Köln, AG",severe,clear\n2,=1+1,some,vague\n3,"two\nlines",,clear\n'
FORMATS = ["csv", "tsv", "jsonl", "xlsx", "parquet"]


@pytest.fixture
def batch(fitcheck: Run, tmp_path: Path) -> Batch:
    return Batch(fitcheck, tmp_path)


@pytest.fixture
def pilot(fitcheck: Run, tmp_path: Path) -> Batch:
    return Batch(fitcheck, tmp_path, "pilot")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_comes_back_from_every_format_as_it_was(batch: Batch, kind: str) -> None:
    as_csv = batch(TABLE)
    there = batch(TABLE, to=f"o.{kind}")
    back = batch(there.scored or b"", name=f"t.{kind}")
    assert (there.code, back.code) == (Exit.DONE, Exit.DONE)
    assert back.scored == as_csv.scored


@pytest.mark.parametrize("kind", FORMATS)
def test_to_and_from_say_the_format_where_the_name_does_not(batch: Batch, kind: str) -> None:
    named = batch(TABLE, to=f"o.{kind}")
    there = batch(TABLE, "--to", kind, to="o.out")
    back = batch(there.scored or b"", "--from", kind, "--to", "csv", name="t.in", to="o.out")
    assert back.scored == batch(named.scored or b"", name=f"t.{kind}").scored


def test_numbers_and_flags_of_ours_have_types_where_the_format_has_them(batch: Batch) -> None:
    lines = (batch(TABLE, to="o.jsonl").scored or b"").decode().splitlines()
    first = json.loads(lines[0])
    assert (first["id"], first["fit_score"]) == ("007", 100)
    assert (first["fit_verdict"], first["fit_state"]) == ("pursue", "settled")


def test_a_table_of_typed_cells_keeps_their_types(batch: Batch) -> None:
    polars = pytest.importorskip("polars")
    typed = parquet({"id": [7], "Amount": [12.5], "pain": ["severe"], "goal": ["clear"]})
    frame: Any = polars.read_parquet(io.BytesIO(batch(typed, name="t.parquet", to="o.parquet").scored or b""))
    assert frame.select("id", "Amount").rows() == [(7, 12.5)]


NESTED: dict[str, list[Any]] = {
    "id": ["7"],
    "tags": [["a", None]],
    "about": [{"n": 1.5, "on": date(2027, 1, 29)}],
    "pain": ["severe"],
}


def test_lists_and_objects_that_nobody_reads_are_carried_along_as_they_are(batch: Batch) -> None:
    polars = pytest.importorskip("polars")
    typed = parquet(NESTED)
    ran = batch(typed, name="t.parquet", to="o.parquet")
    before, after = polars.read_parquet(io.BytesIO(typed)), polars.read_parquet(io.BytesIO(ran.scored or b""))
    assert (ran.code, ran.summary["rows"]["scored"]) == (Exit.DONE, 1)
    assert after.select(*NESTED).equals(before)
    assert after.select(*NESTED).schema == before.schema
    [line] = (batch(typed, name="t.parquet", to="o.jsonl").scored or b"").splitlines()
    assert json.loads(line)["tags"] == ["a", None]
    assert json.loads(line)["about"] == {"n": 1.5, "on": "2027-01-29"}
    as_json = ('["a", null]', '{"n": 1.5, "on": "2027-01-29"}')
    [row] = batch(typed, name="t.parquet").rows
    assert (row["tags"], row["about"]) == as_json
    book = batch(typed, name="t.parquet", to="o.xlsx").scored or b""
    [row] = batch(book, name="t.xlsx").rows
    assert (row["tags"], row["about"]) == as_json


@pytest.mark.parametrize("to", FORMATS)
def test_nested_json_is_carried_along_and_a_fault_where_it_is_read(batch: Batch, to: str) -> None:
    good = '{"id": "1", "pain": "severe", "tags": [1.50, {"a": null}]}\n'
    ran = batch(good + '{"id": "2", "pain": ["severe"], "tags": []}\n', name="t.jsonl", to=f"o.{to}")
    assert ran.summary["rows"] == {"read": 2, "scored": 1, "rejected": 1}
    [fault] = ran.summary["rejected"]
    assert (fault["code"], fault["first_lines"], fault["message"][:6]) == ("nested-value", [2], '"pain"')
    [rejected] = (ran.rejects or b"").decode().splitlines()
    assert rejected.startswith('{"id": "2", "pain": ["severe"], "tags": [], "fit_row": 2')
    if to == "jsonl":
        assert (ran.scored or b"").decode().startswith(good[:-2])
    else:
        [row] = batch(ran.scored or b"", name=f"t.{to}").rows
        assert row["tags"] == '[1.50, {"a": null}]'


def test_a_list_in_a_row_of_parquet_that_is_rejected_stands_in_the_rejects(batch: Batch) -> None:
    ran = batch(parquet({**NESTED, "pain": ["sevre"]}), name="t.parquet", to="o.parquet")
    [row] = ran.rejected
    assert (row["tags"], ran.code) == ('["a", null]', Exit.REJECTED)
    again = batch((ran.rejects or b"").replace(b"sevre", b"severe"))
    assert (again.code, again.rows[0]["tags"]) == (Exit.DONE, '["a", null]')


def test_days_in_a_sheet_are_text_in_a_column_of_parquet(batch: Batch) -> None:
    polars = pytest.importorskip("polars")
    rows: list[list[Any]] = [
        ["id", "closes", "pain", "goal"],
        [7, date(2027, 1, 29), "severe", "clear"],
        [8, "soon", "some", "vague"],
    ]
    ran = batch(sheet({"Deals": rows}), name="t.xlsx", to="o.parquet")
    frame: Any = polars.read_parquet(io.BytesIO(ran.scored or b""))
    assert frame.select("id", "closes").rows() == [("7", "2027-01-29"), ("8", "soon")]


def test_a_moment_of_a_zone_is_text_in_a_sheet_which_has_no_zones(batch: Batch) -> None:
    moment = datetime(2027, 1, 29, 9, 30, tzinfo=UTC)
    typed = parquet({"id": [7], "at": [moment], "pain": ["severe"], "goal": ["clear"]})
    ran = batch(batch(typed, name="t.parquet", to="o.xlsx").scored or b"", name="t.xlsx", to="o.csv")
    assert b"\n7,2027-01-29 09:30:00+00:00," in (ran.scored or b"")


def test_a_json_lines_object_keeps_its_values_and_digits(batch: Batch) -> None:
    line = '{"id":1.50,"pain":"severe",  "x":null}'
    [out] = (batch(line + "\n", name="t.jsonl", to="o.jsonl").scored or b"").decode().splitlines()
    assert out.startswith('{"id": 1.50, "pain": "severe", "x": null, "fit_verdict": ')


@pytest.mark.parametrize("name", ["o.xls", "o.ods", "o.xlsb", "o.docx"])
def test_a_format_that_is_not_written_is_refused(batch: Batch, name: str) -> None:
    """A file whose name promises another format than its content opens nowhere."""
    ran = batch(TABLE, to=name)
    assert (ran.code, ran.scored) == (Exit.USAGE, None)


def test_the_ending_of_the_input_matters_only_where_something_is_written(fitcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "t.dat").write_text(TABLE, encoding="utf-8")
    told = fitcheck("batch", str(tmp_path / "t.dat"), "--from", "csv", "--screen", screen_file(tmp_path))
    assert (told.code, told.err) == (Exit.DONE, "")


def test_where_no_column_is_a_question_the_other_sheets_are_named(batch: Batch) -> None:
    told = batch(sheet({"Notes": [["what", "who"], ["a", "b"]], "Deals": [["pain", "goal"]]}), name="t.xlsx")
    assert told.code == Exit.DOCUMENT
    assert 'read from the sheet "Notes"; there are others: "Deals". --sheet names one' in " ".join(told.err.split())


def test_a_sheet_is_named_or_the_first_and_said(batch: Batch) -> None:
    rows = [["id", "pain", "goal"], ["1", "severe", "clear"]]
    book = sheet({"Deals": rows, "Old": [*rows, ["2", "some", "vague"]]})
    first, named = batch(book, name="t.xlsx"), batch(book, "--sheet", "Old", name="t.xlsx")
    assert (first.summary["rows"]["read"], named.summary["rows"]["read"]) == (1, 2)
    assert "Old" in first.out
    wrong = batch(book, "--sheet", "Odl", name="t.xlsx")
    assert (wrong.code, "one of: Deals, Old" in wrong.err) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "csvv"], 'did you mean "csv"'),
        (["--to", "html"], "one of: csv, tsv, jsonl, xlsx, parquet"),
        (["--encoding", "utf-9"], 'did you mean "utf-8"'),
        (["--delimiter", "::"], "one character"),
        (["--decimal", "coma"], "point or comma"),
        (["--bad-answers", "drop"], "reject"),
        (["--hours", "many"], "not a number of hours"),
        (["--map", "hubspt"], 'did you mean "hubspot"'),
        (["--stage", "seed"], "unknown stage"),
        (["--no-such"], "unknown option"),
    ],
)
def test_wrong_use_exits_with_2_says_why_and_writes_nothing(batch: Batch, options: list[str], said: str) -> None:
    ran = batch(TABLE, *options)
    assert (ran.code, ran.out, ran.scored, ran.rejects) == (Exit.USAGE, "", None, None)
    assert said in ran.err


@pytest.mark.parametrize(
    ("missing", "arguments", "extra"),
    [
        ("pyarrow", ["t.csv", "-o", "o.parquet"], "parquet"),
        ("pyarrow", ["t.parquet"], "parquet"),
        ("xlsxwriter", ["t.csv", "-o", "o.xlsx"], "xlsx"),
        ("python_calamine", ["t.xlsx"], "xlsx"),
    ],
)
def test_a_missing_package_is_one_problem_that_says_how_to_get_it(
    tmp_path: Path, missing: str, arguments: list[str], extra: str
) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "t.xlsx").write_bytes(sheet({"Deals": [["pain"], ["severe"]]}))
    (tmp_path / "t.parquet").write_bytes(parquet({"pain": ["severe"]}))
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({missing.split(',')!r}))\n"
        f"from fitcheck.cli.app import run; sys.exit(run(['batch', *sys.argv[1:]]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--screen", screen_file(tmp_path)],
        check=False, capture_output=True, cwd=tmp_path, env={"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert (told.returncode, told.stdout) == (Exit.USAGE, b"")
    assert b"error[missing-extra]" in told.stderr
    assert f"pip install '.[{extra}]'".encode() in told.stderr
    assert not list(tmp_path.glob("*o.*"))


EXPORTS = {
    "hubspot": (
        ('"Record ID","Deal Name","Deal Stage","Amount","Currency","Deal owner","Close Date",named_users\n'
        '"101","Brightloom","Qualified","30000","EUR","Sales North","2026-12-01","named"\n'),
        {"id": "Record ID", "name": "Deal Name", "stage": "Deal Stage", "value": "Amount", "currency": "Currency",
         "owner": "Deal owner"},
    ),
    "salesforce": (
        ('"Opportunity ID","Opportunity Name","Stage","Amount Currency","Amount","Opportunity Owner",named_users\n'
        '"0065g00000XyZab","Brightloom","Proposal","EUR","30000.00","Sales North","named"\n\n'
        '"Grand Totals (1 records)","","","EUR","30000.00","",""\n\n'
        '"Confidential Information - Do Not Distribute"\n'),
        {"id": "Opportunity ID", "name": "Opportunity Name", "stage": "Stage", "currency": "Amount Currency",
         "value": "Amount", "owner": "Opportunity Owner"},
    ),
    "pipedrive": (
        ("Deal - ID;Deal - Title;Deal - Value;Deal - Currency of Value;Deal - Owner;Deal - Stage;Deal - Status;"
        "named_users\n"
        "1;Brightloom;30000;EUR;Sales North;Contact made;Open;named\n"),
        {"id": "Deal - ID", "name": "Deal - Title", "value": "Deal - Value", "currency": "Deal - Currency of Value",
         "owner": "Deal - Owner", "stage": "Deal - Status"},
    ),
    "dynamics": (
        ("(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,Topic,Est. revenue,Currency,Owner,named_users\n"
        'a1b2,xyz=,Brightloom,"30,000.00",EUR,Sales North,named\n'),
        {"id": "(Do Not Modify) Opportunity", "name": "Topic", "value": "Est. revenue", "currency": "Currency",
         "owner": "Owner"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_a_built_in_mapping_knows_the_fields_of_its_exports(pilot: Batch, name: str) -> None:
    table, fields = EXPORTS[name]
    ran = pilot(table, "--map", name)
    assert (ran.code, ran.summary["rows"]) == (Exit.DONE, {"read": 1, "scored": 1, "rejected": 0})
    assert ran.summary["columns"]["fields"] == fields
    assert sum(group["value"] for group in ran.summary["verdicts"]) == 30_000


def test_a_proposed_mapping_is_shown_written_and_works(fitcheck: Run, tmp_path: Path) -> None:
    table, ours = tmp_path / "t.csv", tmp_path / "ours.yaml"
    table.write_text("Deal ID,pain,How clear is the goal?\n1,It stops them,clear\n2,some,VAGUE\n", encoding="utf-8")
    asked = ["batch", str(table), "--screen", screen_file(tmp_path)]
    shown = fitcheck(*asked, "--map-only")
    assert (shown.code, "2 of 2 questions have a column" in shown.out) == (Exit.DONE, True)
    assert not ours.exists()
    assert fitcheck(*asked, "--map-only", "-o", str(ours)).code == Exit.DONE
    written = ours.read_text(encoding="utf-8")
    assert fitcheck(*asked, "--map-only", "-o", "-").out == written
    (tmp_path / "two words").mkdir()
    other = str(tmp_path / "two words" / "ours.yaml")
    [command] = re.findall("then: fitcheck (.*)", fitcheck(*asked, "--map-only", "--delimiter", ",", "-o", other).err)
    assert shlex.split(command) == [*asked, "--delimiter", ",", "--map", other, "-o", "scored.csv"]
    again = fitcheck(*asked, "--map-only", "-o", str(ours))
    assert (again.code, ours.read_text(encoding="utf-8")) == (Exit.USAGE, written)
    assert "file-exists" in again.err
    outputs = [fitcheck(*asked, *mapped, "-o", "-").out for mapped in ([], ["--map", str(ours)])]
    assert len(table_of(outputs[0].encode())) == 2
    assert outputs[0] == outputs[1]


def test_a_proposal_of_any_ending_can_be_named_without_its_folder(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    asked = ["batch", "t.csv", "--screen", screen_file(tmp_path)]
    assert "--map map.txt -o scored.csv" in fitcheck(*asked, "--map-only", "-o", "map.txt").err
    assert fitcheck(*asked, "--map", "map.txt").code == Exit.DONE


@pytest.mark.parametrize("name", ["m.json", "m.csv", "m.pdf"])
def test_a_proposal_is_not_written_under_an_ending_that_promises_another_format(
    fitcheck: Run, tmp_path: Path, name: str
) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    asked = ["batch", str(tmp_path / "t.csv"), "--screen", screen_file(tmp_path), "--map-only"]
    told = fitcheck(*asked, "-o", str(tmp_path / name))
    assert (told.code, (tmp_path / name).exists()) == (Exit.USAGE, False)
    assert "= YAML: m.yaml" in told.err


def test_a_proposal_never_replaces_the_table_that_it_is_for(fitcheck: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    told = fitcheck("batch", str(table), "--screen", screen_file(tmp_path), "--map-only", "-o", str(table))
    assert (told.code, table.read_text(encoding="utf-8")) == (Exit.USAGE, TABLE)


def test_two_columns_that_answer_one_question_are_refused_by_name(batch: Batch) -> None:
    ran = batch("pain,Pain,goal\nsevere,some,clear\n")
    assert ran.code == Exit.DONE  # as written comes before other spellings
    assert ran.summary["columns"]["questions"]["pain"] == "pain"
    twice = batch("pain,goal,pain\nsevere,clear,some\n")
    assert (twice.code, '"pain" (column 1) and "pain" (column 3)' in " ".join(twice.err.split())) == (3, True)


def test_a_header_that_is_near_a_question_is_told_and_does_not_answer_it(batch: Batch) -> None:
    ran = batch("pian,goal\nsevere,clear\n")
    assert ran.summary["columns"]["without_column"] == ["pain"]
    assert 'did you mean "pain"?' in ran.out
    assert "1 of 2 questions has a column" in ran.out


def test_rejects_of_json_lines_hold_the_whole_object_and_are_mended_and_fed_again(batch: Batch) -> None:
    first = '{"id": "0", "pain": "severe"}\n' * 1_000
    late = '{"id": 1.50, "pain": "severe", "goal": "clear", "more": [1, {"a": null}]}'
    ran = batch(first + late + '\n{"id": "2", "pain": "so\n', name="t.jsonl", to="o.jsonl")
    assert (ran.code, ran.summary["rows"]) == (Exit.REJECTED, {"read": 1_002, "scored": 1_000, "rejected": 2})
    one, two = (json.loads(line) for line in (ran.rejects or b"").splitlines())
    assert {key: one[key] for key in ("id", "goal", "more", "fit_row")} == {
        "id": 1.5, "goal": "clear", "more": [1, {"a": None}], "fit_row": 1_001,
    }  # fmt: skip
    assert "[new-key]" in one["fit_problems"]
    assert (two["fit_line"], two["fit_row"]) == ('{"id": "2", "pain": "so', 1_002)
    mended = (ran.rejects or b"").replace(b', "more": [1, {"a": null}]', b"").replace(b"so", b'some\\"}')
    again = batch(mended, name="t.jsonl", to="o.jsonl")
    assert (again.code, again.summary["rows"]) == (Exit.DONE, {"read": 2, "scored": 2, "rejected": 0})
    scored = [json.loads(line) for line in (again.scored or b"").splitlines()]
    assert [(row["id"], row["pain"], row.get("goal")) for row in scored] == [
        (1.5, "severe", "clear"), ("2", "some", None),
    ]  # fmt: skip
    assert b"1.50" in (again.scored or b"")
    assert not any(name in (again.scored or b"") for name in (b"fit_row", b"fit_problems", b"fit_line"))


def test_a_late_key_that_answers_nothing_costs_no_row_and_is_said(batch: Batch) -> None:
    rows = '{"id": "0", "pain": "severe"}\n' * 1_000 + '{"id": "1", "pain": "some", "campaign": "spring"}\n'
    ran = batch(rows, name="t.jsonl", to="o.jsonl")
    assert (ran.code, ran.summary["rows"]["scored"]) == (Exit.DONE, 1_001)
    [flaw] = ran.summary["carried_with_faults"]
    assert (flaw["code"], flaw["column"], flaw["first_lines"]) == ("new-key", "campaign", [1_001])
    assert json.loads((ran.scored or b"").splitlines()[-1])["campaign"] == "spring"


@pytest.mark.parametrize(
    ("name", "to", "rejects"),
    [
        ("t.csv", "o.csv", "o-rejects.csv"),
        ("t.csv", "o.tsv", "o-rejects.csv"),
        ("t.tsv", "o.csv", "o-rejects.tsv"),
        ("t.csv", "o.jsonl", "o-rejects.csv"),
        ("t.jsonl", "o.csv", "o-rejects.jsonl"),
    ],
)
def test_the_rejects_are_called_after_the_format_in_which_they_are_read_again(
    fitcheck: Run, tmp_path: Path, name: str, to: str, rejects: str
) -> None:
    mark = "\t" if name == "t.tsv" else ","
    text = f"id{mark}pain\n1{mark}sevre\n" if name != "t.jsonl" else '{"id": "1", "pain": "sevre"}\n'
    (tmp_path / name).write_text(text, encoding="utf-8")
    screen = ["--screen", screen_file(tmp_path)]
    assert fitcheck("batch", str(tmp_path / name), "-o", str(tmp_path / to), *screen).code == Exit.REJECTED
    mended = (tmp_path / rejects).read_text(encoding="utf-8").replace("sevre", "severe")
    (tmp_path / rejects).write_text(mended, encoding="utf-8")
    assert fitcheck("batch", str(tmp_path / rejects), *screen).code == Exit.DONE


@pytest.mark.parametrize(
    ("name", "rejects", "hint"),
    [("t.jsonl", "r.csv", "r.jsonl"), ("t.csv", "r.jsonl", "r.csv"), ("t.csv", "r.xlsx", "r.csv")],
)
def test_a_name_that_promises_rejects_of_another_format_is_refused(
    fitcheck: Run, tmp_path: Path, name: str, rejects: str, hint: str
) -> None:
    told = fitcheck("batch", name, "--rejects", rejects, "--screen", screen_file(tmp_path))
    assert (told.code, f"--rejects {hint}" in told.err) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("t.csv", ["--sheet", "Deals"], "--sheet has no effect: this table is read as csv"),
        ("t.jsonl", ["--delimiter", ";"], "--delimiter has no effect: this table is read as jsonl"),
        ("t.xlsx", ["--delimiter", ";"], "--delimiter has no effect: this table is read as xlsx"),
        ("t.xlsx", ["--encoding", "utf-8"], "--encoding has no effect: this table is read as xlsx"),
        ("t.parquet", ["--encoding", "utf-8"], "--encoding has no effect: this table is read as parquet"),
        ("t.parquet", ["--sheet", "Deals"], "--sheet has no effect: this table is read as parquet"),
        ("t.csv", ["--columns", "ids"], "--columns has no effect: no rows are written"),
        ("t.csv", ["--to", "jsonl", "--as-is"], "--to and --as-is have no effect: no rows are written"),
        ("t.csv", ["--hours", "12"], "--hours has no effect: the screen worked has no cost model"),
        ("t.csv", ["--map-only", "--hours", "12"], "--hours has no effect: --map-only proposes a mapping and scores"),
        (
            "t.csv",
            ["--map-only", "--rejects", "r.csv", "--summary", "s.json", "--bad-answers", "reject"],
            "--rejects, --summary and --bad-answers have no effect: --map-only",
        ),
        ("t.csv", ["--map-only", "--stage", "pilot"], "--stage has no effect: --map-only"),
    ],
)
def test_an_option_that_would_say_nothing_is_refused(
    fitcheck: Run, tmp_path: Path, name: str, options: list[str], said: str
) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "t.jsonl").write_text('{"pain": "severe"}\n', encoding="utf-8")
    (tmp_path / "t.xlsx").write_bytes(sheet({"Deals": [["pain"], ["severe"]]}))
    (tmp_path / "t.parquet").write_bytes(parquet({"pain": ["severe"]}))
    told = fitcheck("batch", str(tmp_path / name), "--screen", screen_file(tmp_path), *options)
    assert (told.code, told.out) == (Exit.USAGE, "")
    assert f"error[no-effect]: {said}" in " ".join(told.err.split())


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("t.tsv", ["--delimiter", ";"]),
        ("t.jsonl", ["--encoding", "latin-1"]),
        ("t.csv", ["--rejects", "-", "--as-is"]),
        ("t.csv", ["--map-only", "--delimiter", ",", "--encoding", "utf-8", "--explain"]),
    ],
)
def test_an_option_that_says_something_is_taken(fitcheck: Run, tmp_path: Path, name: str, options: list[str]) -> None:
    text = '{"pain": "severe"}\n' if name == "t.jsonl" else "id;pain\n1;severe\n" if name == "t.tsv" else TABLE
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert fitcheck("batch", str(tmp_path / name), "--screen", screen_file(tmp_path), *options).code == Exit.DONE


@pytest.mark.parametrize("name", ["acme.yaml", "acme.YML", "acme.json"])
def test_who_names_a_prospect_is_told_what_assesses_it(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in (name, "acme.report"):
        Path(file).write_text('{"prospect": "Acme"}\n', encoding="utf-8")
    told = fitcheck("batch", name)
    assert told.code == Exit.DOCUMENT
    assert f"assess it with: fitcheck assess {name}" in " ".join(told.err.split())
    assert "wrong-kind" not in fitcheck("batch", name, "--from", "jsonl").err
    assert "fitcheck assess" not in fitcheck("batch", "acme.report").err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no-such.csv", "no such file"),
        (".", "this is a folder, not a file"),
        ("hub.csv/x.csv", "Not a directory"),
    ],
)
def test_what_cannot_be_read_is_said_as_of_a_prospect(
    fitcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hub.csv").write_text(TABLE, encoding="utf-8")
    for command in (["batch", name], ["assess", "--screen", f"./{name}", "x.yaml"]):
        told = fitcheck(*command)
        assert told.code == Exit.DOCUMENT
        assert told.err.splitlines()[0].startswith("error[cannot-read]: ")
        assert told.err.splitlines()[0].endswith(said)
