"""Faults met in real exports, made small again: what a file says is what is scored, in whatever way it says it."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any
from zipfile import ZipFile

import pytest
from table.tables import Outcome, score
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # without types

from fitcheck.decision.content.cost_model import Company
from fitcheck.documents.screens import load_screen
from fitcheck.mapping import Column, ColumnMapping
from fitcheck.problems import DocumentError
from fitcheck.table.match.deals import DealReader, ParsedDeal
from fitcheck.table.read.settings import Settings
from fitcheck.table.run import Job, open_job
from fitcheck.table.write.out_columns import out_columns

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

SCREEN = load_screen("pilot")
BEST = {question.id: question.options[0].id for question in SCREEN.questions}
MINE = ColumnMapping("mine", 1, "Mine", "About it.")


def job(**more: Any) -> Job:
    """The built-in screen, which has costs and so reads amounts."""
    return replace(Job(SCREEN, "pilot"), **more)


def table(header: str, *rows: str, best: bool = False) -> bytes:
    """Delimited text; with `best` every row has the best answers behind its own cells."""
    more = [f",{','.join(part)}" if best else "" for part in (BEST, *[BEST.values()] * len(rows))]
    return "\n".join([*(row + end for row, end in zip((header, *rows), more, strict=True)), ""]).encode()


def sheet(rows: Sequence[Sequence[object]], percent: str = "") -> bytes:
    """A spreadsheet of typed cells; numbers of the column `percent` are shown as percentages."""
    file = io.BytesIO()
    book = Workbook(file)
    page, shown = book.add_worksheet(), book.add_format({"num_format": "0%"})
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str) and value.startswith("#"):
                page.write_formula(y, x, "=1/0", None, value)
            elif isinstance(value, float) and rows[0][x] == percent:
                page.write_number(y, x, value, shown)
            elif isinstance(value, str):
                page.write_string(y, x, value)
            else:
                page.write(y, x, value)
    book.close()
    return file.getvalue()


def values(outcome: Outcome) -> Any:
    """What the deals that were counted are worth together."""
    return sum((group.value for group in outcome.result.tally.groups.values()), Fraction(0))


def faults(outcome: Outcome) -> list[tuple[str, list[int]]]:
    """Code and lines of what rows were rejected for."""
    return sorted((code, found.first) for (code, _), found in outcome.result.tally.faults.items())


def named(outcome: Outcome) -> list[str]:
    """Names of the best prospects, the best first."""
    return [top.label[1] for top in outcome.result.tally.top]


def test_a_number_of_a_sheet_is_that_number_and_proves_nothing_about_texts() -> None:
    rows: list[list[object]] = [
        ["id", "value", "named_users"],
        ["1", 12500.5, "named"],
        ["2", "25.000", "named"],
        ["3", 234.567, "named"],
    ]
    found = score(job(), sheet(rows), name="t.xlsx")
    assert (values(found), faults(found)) == (Fraction("12735.067"), [("ambiguous-number", [3])])
    said = score(job(settings=Settings(decimal=",")), sheet(rows), name="t.xlsx")
    assert (values(said), faults(said)) == (Fraction("37735.067"), [])


def test_a_number_of_json_is_that_number_whatever_its_spelling() -> None:
    rows = ["234.567", '"7,50"', "1e5", "25000.0"]
    data = "".join(f'{{"id":{k},"named_users":"named","value":{value}}}\n' for k, value in enumerate(rows)).encode()
    assert values(score(job(), data, name="t.jsonl")) == Fraction("125242.067")


@pytest.mark.parametrize(
    ("header", "cells", "gains"),
    [
        ("Margin %", ["35", ""], [14_000, None]),
        ("Margin %", ["35", "0.35"], [14_000, None]),  # 0.35 % or 35 %?
        ("Margin %", ["0.35", "0.2"], [14_000, 8_000]),
        ("Margin (pct)", ["35 %", "20"], [14_000, 8_000]),
        ("Margin", ["35 %", "9000"], [14_000, 9_000]),
        ("Margin", ["35", "20"], [14_000, 8_000]),
        ("Margin", ["0.35", "0.2"], [14_000, 8_000]),
        ("Margin", ["35", "14000"], [None, 14_000]),
        ("Margin", ["EUR 35", "14000"], [35, 14_000]),
        ("Margin", ["12000", "14000"], [12_000, 14_000]),
    ],
)
def test_a_margin_in_percent_is_a_share_and_never_so_many_euros(
    header: str, cells: list[str], gains: list[int | None]
) -> None:
    found = deals(table(f"id,value,{header},named_users", *(f"{k},40000,{cell},named" for k, cell in enumerate(cells))))
    assert [deal.deal.margin for deal in found] == gains
    assert [bool(deal.unsure) for deal in found] == [
        gain is None and cell != "" for gain, cell in zip(gains, cells, strict=True)
    ]


def test_a_share_proves_no_decimal_mark_and_is_said() -> None:
    found = score(job(), table("id,value,Margin,named_users", '1,"1.200,00",0.35,named', '2,"9.000,50",0.2,named'))
    assert (faults(found), found.result.opened.mark) == ([], ",")
    assert '"Margin" is read as a share of the deal\'s value' in found.result.opened.remarks


def deals(data: bytes, name: str = "t.csv") -> list[ParsedDeal]:
    """What is at stake in each row."""
    opened = open_job(job(), io.BytesIO(data), name)
    reader = DealReader(opened.matching, None, opened.marks)
    return [reader.read([record.cells[position] for position in reader.positions]) for record in opened.records]


def test_a_cell_that_is_shown_as_a_percentage_is_a_share() -> None:
    rows: list[list[object]] = [["id", "value", "Margin", "named_users"], ["1", 40000, 0.35, "named"]]
    [row] = score(job(), sheet(rows, "Margin"), name="t.xlsx").rows(",")
    assert row["Margin"] == "35%"
    assert [deal.deal.margin for deal in deals(sheet(rows, "Margin"), "t.xlsx")] == [14_000]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Deal Stage,Is Closed Won,Is closed lost", ["Live,true,false", "Parked,false,true", "Proposal,false,false"]),
        ("Deal Status,Deal Stage", ["Won,A. Lead Generated", "Dead,L. Project Lost", "Open,B. Leads"]),
        ("StageName,IsClosed,IsWon", ["Paid,1,1", "Gone,1,0", "Proposal,0,0"]),
        ("Etapa del negocio", ["Cierre ganado", "Cerrado perdido", "Propuesta"]),
    ],
)
def test_won_and_lost_deals_are_left_out_and_said_whichever_column_says_so(header: str, cells: list[str]) -> None:
    rows = [f"{name},{90_000 + k},{cell}" for k, (name, cell) in enumerate(zip("ABC", cells, strict=True))]
    found = score(job(), table(f"Deal Name,Amount,{header}", *rows, best=True))
    assert (named(found), values(found), sum(found.result.tally.closed.values())) == (["C"], 90_002, 2)
    assert values(score(job(with_closed=True), table(f"Deal Name,Amount,{header}", *rows, best=True))) == 270_003


def test_a_deal_that_is_repeated_for_each_contact_is_counted_and_ranked_once() -> None:
    rows = ["7,Dunmere,90000", "7,Dunmere,90000", "8,Holt,60000", "7,Dunmere,90000"]
    found = score(job(hours=Fraction(500)), table("Deal ID,Deal Name,Amount", *rows, best=True))
    tally = found.result.tally
    assert (named(found), values(found), tally.repeats.first) == (["Dunmere", "Holt"], 150_000, [3, 5])
    assert (tally.scored, tally.counted) == (4, 2)


def test_a_row_counts_where_the_one_before_it_with_the_same_id_was_rejected() -> None:
    rows = ["7,x", "7,90000", "7,90000"]
    for processes in (1, 2):
        found = score(job(), table("Deal ID,Amount", *rows, best=True), processes=processes)
        assert (values(found), found.result.tally.repeats.first) == (90_000, [4])


def test_an_error_of_a_sheet_is_what_it_is_in_csv() -> None:
    rows: list[list[object]] = [
        ["id", "value", "named_users", "Note"],
        ["1", "#REF!", "#N/A", "x"],
        ["2", 12000, "named", "#VALUE!"],
    ]
    found = score(job(), sheet(rows), name="t.xlsx")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    same = score(job(), text.getvalue().encode())
    assert faults(found) == faults(same) == [("no-amount", [2]), ("unknown-option", [2])]
    assert [row["Note"] for row in found.rows(",")] == ["#VALUE!"]


@pytest.mark.parametrize("position", ["read", "carried"])
def test_a_formula_that_was_never_calculated_is_said(position: str) -> None:
    header = ["id", "value" if position == "read" else "other", "named_users"]
    data = sheet([header, ["1", 111, "named"], ["2", 10800, "named"]])
    bare = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(bare, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>111</v>", b"<f>12*1500</f>"))
    found = score(job(), bare.getvalue(), name="t.xlsx").result.tally
    told = found.faults if position == "read" else found.flaws
    [(key, fault)] = told.items()
    assert (key[0], fault.first) == ("uncalculated-formula", [2])
    assert "B2 holds a formula that was never calculated" in fault.message


@pytest.mark.parametrize(
    ("header", "cell", "currency"),
    [
        ("Amount", "$40,000.00", ""),
        ("Amount ($)", "40000.00", ""),
        ("Amount (USD)", "40000.00", ""),
        ("amount_usd", "40000", ""),
        ("AmountUSD", "40000", ""),
        ("Amount in kUSD", "40", ""),
        ("Amount", "40000", "USD"),
        ("Deal Value [USD]", "USD 40k", "US Dollar"),
    ],
)
def test_the_same_deal_says_the_same_wherever_its_currency_stands(header: str, cell: str, currency: str) -> None:
    ours = Company(currency="EUR", exchange={"USD": Fraction(1, 2)})
    data = table(f"id,{header},Currency,named_users", f'1,"{cell}",{currency},named')
    assert values(score(job(company=ours), data)) == 20_000


@pytest.mark.parametrize(
    ("cell", "currency", "mapping", "home", "says"),
    [
        ("$5", "", None, "EUR", "USD"),
        ("$5", "AUD", None, "EUR", "AUD"),
        ("$5", "", "CAD", "AUD", "CAD"),
        ("$5", "", None, "AUD", "AUD"),
        ("¥5", "CNY", None, "EUR", "CNY"),
        ("¥5", "", None, "EUR", "JPY"),
        ("kr 5", "NOK", None, "EUR", "NOK"),
        ("kr 5", "", "SEK", "EUR", "SEK"),
        ("Rs. 5", "INR", None, "EUR", "INR"),
        ("R$ 5", "", None, "EUR", "BRL"),
    ],
)
def test_a_sign_that_several_currencies_share_is_the_one_that_somebody_names(
    cell: str, currency: str, mapping: str | None, home: str, says: str
) -> None:
    ours = Company(currency=home, exchange={} if home == "EUR" else {"EUR": Fraction(2)})
    data = table("id,Amount,Currency,named_users", f'1,"{cell}",{currency},named')
    found = score(job(company=ours, mapping=replace(MINE, currency=mapping)), data)
    assert faults(found) == []
    assert found.result.tally.unpriced == ({} if says == home else {says: 1})


def test_a_sign_that_nobody_explains_rejects_its_row_with_a_hint_for_the_whole_column() -> None:
    [fault] = score(job(), table("id,Amount,named_users", '1,"kr 5",named')).result.tally.faults.values()
    assert fault.hint == 'name it in a column "currency", or for all rows in a mapping: "currency: NOK"'


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('\ufeff\ufeff"id","named_users"\n"1","named"\n', ["1"]),
        ('\ufeff"id","named_users"\n\ufeff"1","named"\n"2","named"\n', ["1", "2"]),
        ('id,named_users\n="0012",named\n="0013",="nobody"\n', ["0012", "0013"]),
    ],
)
def test_marks_and_guards_cost_no_row(text: str, ids: list[str]) -> None:
    found = score(job(), text.encode())
    rows = csv.DictReader(io.StringIO(found.scored.decode("utf-8-sig")))
    assert (faults(found), [row["id"].strip('="') for row in rows]) == ([], ids)


def test_a_header_that_is_repeated_behind_a_mark_is_left_out() -> None:
    found = score(job(), "\ufeffid,named_users\n1,named\n\ufeffid,named_users\n2,named\n".encode())
    assert found.result.tally.non_data["repeated header"].first == [3]


CODES = ColumnMapping(
    "map", 1, "Ours", "Ours", (Column("users", "named_users", values={"1": "nobody", "3": "named", "4": "promised"}),)
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"id,users\n1,3.0\n2,\n3,1.0\n", "t.csv"),
        (b'{"id":1,"users":3.0}\n{"id":2,"users":null}\n{"id":3,"users":1}\n', "t.jsonl"),
    ],
)
def test_a_code_that_became_a_float_is_that_code(data: bytes, name: str) -> None:
    found = score(job(mapping=CODES), data, name=name)
    assert (faults(found), found.result.tally.missing[names().index("named_users")]) == ([], 1)


def test_a_code_with_decimals_is_not_taken_for_a_whole_one() -> None:
    both = replace(CODES, columns=(Column("users", "named_users", values={"1": "nobody", "1.5": "named"}),))
    assert faults(score(job(mapping=both), b"id,users\n1,1.0\n")) == [("unknown-option", [2])]


def names() -> list[str]:
    """Ids of the scored questions."""
    return [question.id for question in SCREEN.questions]


def test_a_template_with_many_lines_above_its_header_is_read_from_the_line_that_names_a_question() -> None:
    above = [f'"Note {k}"' for k in range(12)]
    lines = [
        '"Table:","Opportunity"',
        *above,
        '"Labels:","ID","Title","Amount","Users"',
        '"Name:",id,title,amount,named_users',
    ]
    found = score(job(), "\n".join([*lines, ",7,Plan,42000,named", ""]).encode())
    assert (found.result.opened.header_line, values(found)) == (15, 42_000)


def test_the_user_may_say_where_the_header_stands() -> None:
    text = b"named_users,id\nid,named_users\n1,named\n"
    assert score(job(), text).result.opened.header == ["named_users", "id"]
    said = score(job(settings=Settings(header_line=2)), text)
    assert (said.result.opened.header, said.result.opened.before) == (["id", "named_users"], (1,))


def test_the_first_header_counts_even_if_a_row_names_more_questions() -> None:
    ids = names()
    text = f"id,company,{ids[0]}\n1,Acme,{BEST[ids[0]]}\n{ids[1]},{ids[2]},{ids[3]}\n2,Beta,{BEST[ids[0]]}\n"
    found = score(job(), text.encode())
    assert (found.result.opened.header_line, found.result.tally.read, found.result.tally.scored) == (1, 3, 2)


def test_lines_that_survey_tools_put_below_their_header_are_no_prospects() -> None:
    text = (
        "StartDate,ResponseId,named_users,deadline\n"
        "Start Date,Response ID,Who on their side will use it?,Which day can't slip?\n"
        '"{""ImportId"":""start""}","{""ImportId"":""id""}","{""ImportId"":""Q1""}","{""ImportId"":""Q2""}"\n'
        f"2026-05-01,R_1,named,{BEST['deadline']}\n"
    )
    found = score(job(), text.encode()).result
    assert (found.tally.non_data["second header line"].first, found.tally.scored) == ([2, 3], 1)


def test_a_header_that_carries_the_name_of_a_group_is_no_prospect() -> None:
    rows = [
        "Aldersea,OWNER_1,Proposal,25000,named",
        "Group North,,Deal Stage,Amount,named_users",
        "Brightmoor,,,,nobody",
    ]
    found = score(job(), table("Deal Name,Owner code,Deal Stage,Amount,named_users", *rows)).result.tally
    assert (found.non_data["repeated header"].first, found.scored, found.rejected) == ([3], 2, 0)


def test_the_title_of_a_group_above_its_header_is_no_prospect() -> None:
    header = "Deal Name,Amount,named_users"
    rows = ["Aldersea,25000,named", "Group North,,", header, "Brightmoor,,nobody", "Corrin,,"]
    for processes in (1, 2):
        found = score(job(), table(header, *rows), processes=processes).result.tally
        assert {kind: lines.first for kind, lines in found.non_data.items()} == {
            "group title": [3],
            "repeated header": [4],
        }
        assert (found.scored, found.rejected) == (3, 0)


def test_a_prospect_of_which_only_the_name_is_known_stays_one() -> None:
    assert score(job(), table("Deal Name,Amount,named_users", "Amount,,")).result.tally.scored == 1


def test_a_job_title_is_no_name_of_a_prospect() -> None:
    data = table("First Name,Title,Company,Email,Amount", "Kim,CEO,Aldersea,kim@example.org,90000", best=True)
    assert named(score(job(), data)) == ["Aldersea"]
    assert named(score(job(), table("Title,Amount", "Aldersea,90000", best=True))) == ["Aldersea"]


def test_headers_in_one_word_are_known() -> None:
    header = "OpportunityId,OpportunityName,AccountName,StageName,importe_eur,OwnerName"
    found = score(job(), table(header, "006,Plan,Aldersea,Proposal,90000.00,Kim", best=True))
    assert [top.label for top in found.result.tally.top] == [("006", "Plan", "Kim")]


def test_a_likeness_that_the_values_deny_is_no_hint() -> None:
    rows = ["1,Kim Ford,24,named", "2,Lee Ash,12,nobody"]
    matching = score(job(), table("deal_id,Contact,contract_months,named_users", *rows)).result.opened.matching
    assert [match.header for match in matching.matches if match.hint] == []


def test_a_column_of_amounts_is_offered_as_the_value_where_there_is_none() -> None:
    matching = score(job(), table("id,Renewal amount,named_users", "1,48000,named")).result.opened.matching
    assert [match.hint for match in matching.matches if match.hint] == ["the value? A mapping says so: {field: value}"]


def test_a_column_that_is_called_like_a_question_by_chance_is_copied_through() -> None:
    rows = [f"{k},named,{('Done', 'Pending', 'Booked')[k % 3]}" for k in range(30)]
    found = score(job(), table("id,named_users,Deadline", *rows))
    assert (faults(found), found.result.tally.scored) == ([], 30)
    [hint] = [match.hint for match in found.result.opened.matching.matches if match.header == "Deadline"]
    assert hint == 'named like the question "deadline", but most of its values are not answers to it'
    mine = replace(MINE, columns=(Column("Deadline", "deadline"),))
    assert score(job(mapping=mine), table("id,named_users,Deadline", *rows)).result.tally.rejected == 30


def test_nothing_known_is_an_empty_score_and_a_question() -> None:
    [row] = score(job(), table("id,named_users", "1,")).rows(",")
    assert (row["fit_score"], row["fit_known"], row["fit_state"]) == ("", "0.0000", "ask first")


def test_a_column_of_marks_that_disagree_rejects_the_odd_ones() -> None:
    rows = ['1,"12,000.00",named', "2,75.000,named", '3,"48,000",named']
    found = score(job(), table("id,Amount,named_users", *rows))
    assert (values(found), faults(found)) == (60_000, [("ambiguous-number", [3])])
    assert values(score(job(), table("id,Amount,named_users", '1,"48,000",named'))) == 48_000


def test_terms_of_a_deal_are_read_as_in_prospect_files() -> None:
    header = "id,value,per,months,win_probability,hours_spent_presales,named_users"
    found = score(job(), table(header, "1,1000,year,24,30 %,5,named", "2,1000,once,,0.5,,named"))
    assert (faults(found), values(found)) == ([], 2_500)  # eighteen months count, as in assess
    assert faults(score(job(), table(header, "1,1000,weekly,24,30,x,named"))) == [
        ("bad-number", [2]), ("bad-probability", [2]), ("unknown-period", [2]),
    ]  # fmt: skip


def test_hours_of_a_role_that_does_nothing_are_carried_along_with_a_hint() -> None:
    matching = score(job(), table("id,hours_spent_cooks,named_users", "1,5,named")).result.opened.matching
    assert [match.header for match in matching.matches if match.hint and "of which role" in match.hint] == [
        "hours_spent_cooks"
    ]


def test_a_blank_cell_far_away_takes_no_memory_and_a_filled_one_is_refused() -> None:
    rows: list[list[Any]] = [["id", "named_users"], ["1", "named"]]
    for far in (False, True):
        file = io.BytesIO()
        book = Workbook(file)
        page = book.add_worksheet()
        for y, row in enumerate(rows):
            page.write_row(y, 0, row)
        page.write(1_048_575, 16_383, "x" if far else None, book.add_format({"bold": True}))
        book.close()
        if far:
            with pytest.raises(DocumentError, match="more than 50,000,000 cells"):
                score(job(), file.getvalue(), name="t.xlsx")
        else:
            assert score(job(), file.getvalue(), name="t.xlsx").result.tally.scored == 1


def test_a_small_file_of_parquet_that_unpacks_to_gigabytes_is_refused() -> None:
    file = io.BytesIO()
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), pa.array(["x" * 300_000]))
    parquet.write_table(pa.table({"id": column, "named_users": ["named"] * 10_000}), file, compression="zstd")
    assert len(file.getvalue()) < 100_000
    with pytest.raises(DocumentError, match="unpacks to more than"):
        score(job(columns=("fit",)), file.getvalue(), name="t.parquet")


def test_lines_of_two_encodings_are_told_apart() -> None:
    mostly_latin = "id,name,named_users\n1,Zoë,named\n".encode() + "2,Café,named\n3,Größe,named\n".encode("latin-1")
    found = score(job(), mostly_latin)
    assert [row["name"] for row in found.rows(",")] == ["Zoë", "Café", "Größe"]
    assert any("1 of its first lines are UTF-8" in remark for remark in found.result.opened.remarks)
    mostly_utf8 = "id,name,named_users\n1,Zoë,named\n2,Größe,named\n".encode() + "3,Café,named\n".encode("latin-1")
    found = score(job(), mostly_utf8)
    assert faults(found) == [("undecodable", [4])]
    assert "Café" in found.rejects.decode()


def test_a_quoted_note_of_any_length_is_a_cell() -> None:
    note = "\n".join(
        f"line {k}, as it was, pasted, with, many, commas, in, it, and, more, of, them" for k in range(300)
    )
    header = ",".join(["id", "named_users", *(f"c{k}" for k in range(9)), "note"])
    rows = [f'{k},named,,,,,,,,,,"{note}"' for k in range(3)]
    assert score(job(), "\n".join([header, *rows, ""]).encode()).result.tally.scored == 3


def test_a_member_that_nobody_reads_costs_no_row() -> None:
    data = b'{"id":1,"named_users":"named","lead_score":NaN}\n{"id":2,"named_users":NaN}\n'
    found = score(job(), data, to="jsonl", name="t.jsonl").result.tally
    assert [*found.flaws] == [("not-a-number", "lead_score")]
    assert [*found.faults] == [("not-a-number", "")]


def test_every_column_of_ours_is_there_for_every_row() -> None:
    [row] = score(job(), table("id,Amount", "1,90000", best=True), to="jsonl").scored.splitlines()
    assert {*json.loads(row)} >= {column.name for column in out_columns(SCREEN)}
