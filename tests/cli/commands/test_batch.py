"""`fitcheck batch` as its user sees it: every row accounted for, rejects to be mended, columns untouched."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.worked import ANSWERS, VERDICTS, Batch, table_of
from conftest import Outcome
from table.damaged import REFUSED, Case, corpus, tables

from fitcheck.cli.exit_codes import Exit
from fitcheck.documents.screens import load_screen
from fitcheck.table import pool

TABLES = tables()
NO_TABLES = [case for case in corpus() if case.refused or case.name in REFUSED]
OURS = [
    "fit_verdict", "fit_state", "fit_score", "fit_score_low", "fit_score_high", "fit_known", "fit_need",
    "fit_failed_gates", "fit_reason_1", "fit_reason_2", "fit_reason_3", "fit_ask_next",
]  # fmt: skip


@pytest.fixture
def batch(fitcheck: Callable[..., Outcome], tmp_path: Path) -> Batch:
    return Batch(fitcheck, tmp_path)


def of_blank_cells(case: Case) -> set[int]:
    """Lines that the splitter reads as records, and that hold nothing."""
    return {line for line, cells in case.rows.items() if line not in case.left_out and not any(map(str.strip, cells))}


def expected(case: Case) -> tuple[set[int], set[int]]:
    """Lines that are scored, and lines that are rejected."""
    header = case.rows.get(case.header, ["id", "pain", "goal"])
    no_rows = {case.header, *case.left_out, *of_blank_cells(case)}
    rows = {line: cells for line, cells in case.rows.items() if line not in no_rows}
    good = {
        line
        for line, cells in rows.items()
        if all(cell.strip() in ANSWERS.get(name, {cell.strip()}) for name, cell in zip(header, cells, strict=True))
    }
    return good, (rows.keys() - good) | (case.rejected.keys() - case.left_out.keys())


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_a_damaged_table_in_batches_comes_to_the_same(
    batch: Batch, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome() -> tuple[object, list[bytes]]:
        ran = batch(case.data, name=f"t.{case.suffix}")
        return (ran.code, ran.summary), [file.read_bytes() for file in sorted(tmp_path.iterdir())]

    whole = outcome()
    monkeypatch.setattr(pool, "ROWS", 2)
    assert outcome() == whole


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case.name)
def test_every_row_of_a_damaged_table_is_scored_or_rejected(batch: Batch, case: Case) -> None:
    ran = batch(case.data, name=f"t.{case.suffix}")
    scored, rejected = expected(case)
    rows = ran.summary["rows"]
    blank = of_blank_cells(case)
    assert rows == {"read": case.data_rows - len(blank), "scored": len(scored), "rejected": len(rejected)}
    assert rows["read"] == rows["scored"] + rows["rejected"]
    csv.field_size_limit(1_000_000)
    assert len(ran.rejected) == len(rejected)
    assert {int(row["fit_row"]) for row in ran.rejected} == rejected
    assert all("[" in row["fit_problems"] for row in ran.rejected)
    assert ran.code == (Exit.REJECTED if rejected else Exit.DONE)
    told = ran.summary["left_out"]
    assert told["blank_lines"] == len(case.blank) + len(blank)
    named = {line: kind for kind, lines in told.items() if isinstance(lines, dict) for line in lines["first_lines"]}
    assert named == {line: kind.replace(" ", "_") for line, kind in case.left_out.items()}
    faults = {line: fault["code"] for fault in ran.summary["rejected"] for line in fault["first_lines"]}
    assert {line: faults[line] for line in case.rejected.keys() & rejected} == {
        line: code for line, code in case.rejected.items() if line in rejected
    }


@pytest.mark.parametrize("columns", ["ids", "ids,fit", "verdict", "fit", "ask_next", "all", "all,verdict", "ids,score"])
def test_a_row_of_one_blank_cell_does_not_look_like_a_blank_line(batch: Batch, columns: str) -> None:
    one = batch("id,pain,goal\n1,severe,clear\n2,sevre,clear\n,some,\n", "--columns", columns)
    assert one.code == Exit.REJECTED
    assert len(list(csv.reader(io.StringIO((one.scored or b"").decode())))) == 3


@pytest.mark.parametrize("case", NO_TABLES, ids=lambda case: case.name)
def test_what_is_no_table_of_answers_is_refused_and_nothing_is_written(batch: Batch, case: Case) -> None:
    ran = batch(case.data, name=f"t.{case.suffix}")
    assert (ran.code, ran.out, ran.scored, ran.rejects, ran.summary) == (Exit.DOCUMENT, "", None, None, None)
    assert ran.err.startswith(f"error[{case.refused or REFUSED[case.name]}]")


def test_verdicts_are_those_worked_out_by_hand(batch: Batch) -> None:
    lines = [f"{pain},{goal}" for pain, goal in VERDICTS]
    rows = batch("\n".join(["pain,goal", *lines])).rows
    assert {(row["pain"], row["goal"]): (row["fit_verdict"], row["fit_score"]) for row in rows} == VERDICTS


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_rejects_are_mended_and_fed_again_and_equal_what_the_clean_rows_give(
    batch: Batch, mark: bytes, line_end: str
) -> None:
    lines = ["id;pain;goal", "1;severe;clear", '2;sevre;"vague"', "3;some;claer", '"4 ""x""";none;5', "5;none;vague"]
    clean = ["id;pain;goal", '2;severe;"vague"', "3;some;clear", '"4 ""x""";none;clear']
    ran = batch(mark + line_end.join(lines).encode() + line_end.encode())
    assert len(table_of(ran.rejects or b"", ";")) == 3
    mended = (ran.rejects or b"").replace(b"sevre;", b"severe;").replace(b";claer;", b";clear;")
    mended = mended.replace(b";none;5;", b";none;clear;")
    again = batch(mended)
    assert (again.code, again.summary["rows"]) == (Exit.DONE, {"read": 3, "scored": 3, "rejected": 0})
    assert table_of(again.scored or b"", ";") == table_of(batch("\n".join(clean)).scored or b"", ";")
    assert not any(name in (again.scored or b"") for name in (b"fit_row", b"fit_problems"))


def test_rejects_of_a_table_that_names_its_delimiter_can_be_read_again(batch: Batch) -> None:
    ran = batch("sep=!\nid!pain!goal\n1!sevre!clear\n2!some!clear\n")
    again = batch((ran.rejects or b"").replace(b"!sevre!", b"!severe!"))
    assert (again.code, again.summary and again.summary["rows"]["scored"]) == (Exit.DONE, 1)


def test_a_row_that_was_rejected_as_a_whole_stays_rejected_until_somebody_says_that_it_is_mended(batch: Batch) -> None:
    ran = batch("id,pain,goal\n1,severe\n2,some,clear,x\n3,sevre,clear\n")
    rejects = ran.rejects or b""
    again = batch(rejects, "--full")
    assert again.summary["rows"] == {"read": 3, "scored": 0, "rejected": 3}
    assert [row["fit_problems"] for row in again.rejected] == [row["fit_problems"] for row in ran.rejected]
    said = "this row has 2 cells where the header has 3; when it is mended, empty this cell [too-few-cells]"
    assert again.rejected[0]["fit_problems"] == said
    assert "; if it is mended by now, empty its cell in fit_problems" in " ".join(again.out.split())
    mended = rejects.replace(said.encode(), b"").replace(b"1,severe,,", b"1,severe,clear,")
    assert [row["id"] for row in batch(mended).rows] == ["1"]


def test_columns_that_an_earlier_run_added_are_not_told_as_carried_along(batch: Batch) -> None:
    scored = batch("id,pain,goal,fit_size\n1,severe,clear,x\n").scored or b""
    assert batch(scored).summary["columns"]["carried"] == ["fit_size"]


def test_a_row_with_too_many_cells_loses_none_of_them_in_the_rejects(batch: Batch) -> None:
    [row] = batch("id,pain,goal\n1,severe,clear,more,and more\n2,some,clear\n").rejected
    assert (row["id"], row["pain"], row["goal"]) == ("1", "severe", "clear,more,and more")


def test_the_tables_own_cells_come_out_byte_for_byte_and_in_order(batch: Batch) -> None:
    rows = [
        b'007,"K\xc3\xb6ln, AG",severe,,clear,=1+1,"say ""no"""',
        b"2, B ,some,@x,vague,-1,'",
        b'3,"C",none,"\n",clear,+2,',
    ]
    ran = batch(b"id,name,pain,,goal,note,note\n" + b"\n".join(rows) + b"\n")
    scored = ran.scored or b""
    assert scored.startswith(b"id,name,pain,,goal,note,note," + ",".join(OURS).encode() + b"\n")
    for row in rows:
        assert b"\n" + row + b"," in scored


def test_texts_of_ours_that_a_spreadsheet_would_run_are_defused_unless_as_is(batch: Batch) -> None:
    table = "id,pain,goal\n=9,some,vague\n+1,=cmd,clear\n"
    careful, as_is = batch(table), batch(table, "--as-is")
    [row], [same] = careful.rows, as_is.rows
    assert (row["id"], row["fit_reason_1"]) == ("=9", "'=the goal is vague")
    assert (same["id"], same["fit_reason_1"]) == ("=9", "=the goal is vague")
    [rejected] = careful.rejected
    assert (rejected["id"], rejected["pain"]) == ("+1", "=cmd")
    assert rejected["fit_problems"][0] not in "=+-@"


@pytest.mark.parametrize(
    ("words", "header"),
    [
        ("all", ["Deal", "id", "pain", "goal"]),
        ("ids", ["Deal", "id"]),
        ("fit", OURS),
        ("ids,verdict,fit_score", ["Deal", "id", "fit_verdict", "fit_score"]),
        ("score,verdict,score", ["fit_score", "fit_verdict"]),
        (" all , known ", ["Deal", "id", "pain", "goal", "fit_known"]),
    ],
)
def test_columns_are_chosen_by_words(batch: Batch, words: str, header: list[str]) -> None:
    ran = batch("Deal,id,pain,goal\nAcme,1,severe,clear\n", "--columns", words)
    assert (ran.code, (ran.scored or b"").decode().splitlines()[0].split(",")) == (Exit.DONE, header)
    assert len(ran.rows) == 1


@pytest.mark.parametrize(
    ("word", "said"), [("verdct", '"verdict"'), ("id", '"ids"'), ("zzz", "all, ids, fit"), ("", "")]
)
def test_a_column_that_there_is_not_is_refused_with_the_nearest(batch: Batch, word: str, said: str) -> None:
    ran = batch("id,pain,goal\n1,severe,clear\n", "--columns", word)
    assert (ran.code, ran.out, ran.scored) == (Exit.USAGE, "", None)
    assert said in ran.err


def test_columns_of_an_earlier_run_are_replaced(batch: Batch) -> None:
    first = batch("id,pain,goal\n1,severe,clear\n2,some,vague\n")
    again = batch(first.scored or b"")
    assert again.scored == first.scored


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_scoring_twice_changes_nothing(batch: Batch, name: str) -> None:
    """Not even how a number or a null of the table is written."""
    table = "id,pain,goal\n1.50,severe,clear\n" if name == "t.csv" else '{"id": 1.50, "pain": "severe", "goal": null}\n'
    to = name.replace("t", "o", 1)
    first = batch(table, name=name, to=to)
    assert batch(first.scored or b"", name=name, to=to).scored == first.scored


@pytest.mark.parametrize("ours", ["USD", "EUR", "CHF"])
def test_what_is_said_about_currencies_is_all_that_has_to_be_written(
    fitcheck: Callable[..., Outcome], tmp_path: Path, ours: str
) -> None:
    table, company = tmp_path / "t.csv", tmp_path / "ours.yaml"
    table.write_text("id,Amount,named_users\n1,5000,named\n2,USD 700,named\n3,CHF 800,named\n", encoding="utf-8")
    company.write_text(f"currency: {ours}\n", encoding="utf-8")
    words = ("batch", str(table), "-o", str(tmp_path / "o.csv"), "--company", str(company), "--full")
    asked = re.findall(r"exchange: \{(.*?)\}", " ".join(fitcheck(*words).out.split()))
    needed = {part for one in asked for part in one.replace("...", "2").split(", ")}
    assert {part[:3] for part in needed} == {"EUR", "USD", "CHF"} - {ours}
    company.write_text(f"currency: {ours}\nexchange: {{{', '.join(sorted(needed))}}}\n", encoding="utf-8")
    after = fitcheck(*words)
    assert (after.code, after.err) == (Exit.DONE, "")
    assert "can't be valued" not in after.out


def test_columns_too_few_for_any_pursue_are_said_to_be(fitcheck: Callable[..., Outcome], tmp_path: Path) -> None:
    screen = load_screen("pilot")
    questions = [question.id for question in screen.questions]
    for asked, too_few in ((questions[:2], True), (questions[:-1], False)):
        table, summary = tmp_path / "t.csv", tmp_path / "s.json"
        row = [question.options[0].id for question in screen.questions][: len(asked)]
        table.write_text(f"{','.join(asked)}\n{','.join(row)}\n{',' * (len(asked) - 2)},{row[-1]}\n", encoding="utf-8")
        told = " ".join(fitcheck("batch", str(table), "--summary", str(summary)).out.split())
        weight = json.loads(summary.read_text(encoding="utf-8"))["columns"]["weight"]
        assert (weight < screen.least_known) == too_few
        assert ("Add first: " in told) == too_few
