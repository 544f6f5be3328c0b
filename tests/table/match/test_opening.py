"""A table, opened: its format, its header, and what its first rows prove."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from strategies import worked_example

from fitcheck.mapping import Bands, Column, ColumnMapping, counted_from
from fitcheck.problems import DocumentError, UsageError
from fitcheck.table.match.check_header import check_matching
from fitcheck.table.match.opening import Opened, open_table
from fitcheck.table.match.questions import asked_by
from fitcheck.table.read.settings import Settings, format_of

ASKED = asked_by(worked_example().screen)


def opened(text: str | bytes, **settings: Any) -> Opened:
    """Open a table."""
    data = text.encode() if isinstance(text, str) else text
    return open_table(io.BytesIO(data), "t.csv", Settings(**settings), ASKED, None)


@pytest.mark.parametrize(
    ("file", "said", "format_"),
    [
        ("a.CSV", None, "csv"),
        ("a.tab", None, "tsv"),
        ("a.ndjson", None, "jsonl"),
        ("a.ods", None, "xlsx"),
        ("-", None, "csv"),
        ("<stdin>", None, "csv"),
        ("a", None, "csv"),
        ("a.csv", "parquet", "parquet"),
    ],
)
def test_the_format_is_what_is_said_or_what_the_name_says(file: str, said: str | None, format_: str) -> None:
    assert format_of(file, said, "--from") == format_


@pytest.mark.parametrize(("file", "said", "hint"), [("a.doc", None, "csv, tsv"), ("a.csv", "xslx", "xlsx")])
def test_a_format_that_there_is_not_is_told_with_those_there_are(file: str, said: str | None, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        format_of(file, said, "--from")
    assert hint in (error.value.problems[0].hint or "")


def test_the_header_is_the_line_that_names_most_columns_and_lines_above_it_are_told() -> None:
    table = opened("Pipeline 2026,,\n\n,Group,\nid,pain,goal\n1,severe,clear\n")
    assert (table.header, table.header_line, table.before) == (["id", "pain", "goal"], 4, (1, 3))
    assert [record.cells for record in table.records] == [["1", "severe", "clear"]]


def test_rows_are_read_from_the_one_after_the_header_and_numbered_by_their_lines() -> None:
    table = opened('"a\nb",x\nid,pain\n1,severe\n"2\n3",none\n')
    assert [(record.line, record.cells) for record in table.records] == [(4, ["1", "severe"]), (5, ["2\n3", "none"])]


@pytest.mark.parametrize(
    ("amounts", "said", "mark"),
    [
        (["1.234", "1.234,50"], None, ","),
        (["1.234"], None, None),
        (["1.234,50"], ".", "."),
        (["1,5", "2.5"], None, None),
    ],
)
def test_the_decimal_mark_is_said_or_proven(amounts: list[str], said: str | None, mark: str | None) -> None:
    rows = "".join(f"{amount};severe\n" for amount in amounts)
    settings = {"decimal": said} if said else {}
    assert opened(f"Amount;pain\n{rows}", **settings).mark == mark


def test_cells_that_prove_opposite_marks_are_named_in_one_remark() -> None:
    rows = "".join(f"{amount};severe\n" for amount in ("1.234", "7.50", "2.25", "€12.300,00", "1,5"))
    table = opened(f"Amount;pain\n{rows}")
    said = 'amounts prove both decimal marks: "€12.300,00" in line 5 the comma and "7.50" in line 3 the point'
    assert [remark.partition(";")[0] for remark in table.remarks if "decimal" in remark] == [said]
    assert not any("decimal" in remark for remark in opened(f"Amount;pain\n{rows}", decimal=".").remarks)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no-header"), ("\n \n", "no-header"), ('"id,pain\n', "no-header"), (b"PK\x03\x04", "not-text")],
)
def test_a_table_without_a_header_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        opened(text)
    assert [problem.code for problem in error.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [("id,x\n1,2\n", "no-questions"), ("pain,Pain\nsevere,none\n", None), ("pain,pain\n", "two-columns")],
)
def test_a_table_must_answer_something_and_no_question_twice(text: str, code: str | None) -> None:
    table = opened(text)
    if code is None:
        check_matching(table)
        return
    with pytest.raises(DocumentError) as error:
        check_matching(table)
    assert [(problem.code, str(problem.where)) for problem in error.value.problems] == [(code, "t.csv:1:1")]


MINE = ColumnMapping("mine", 1, "Mine", "About it.", (Column("Schmerz", "pain"), Column("Amount", field="value")))
ELSEWHERE = ColumnMapping("mine", 1, "Mine", "About it.", (Column("Schmerz", "budget"),))
FIELDS_ONLY = ColumnMapping("mine", 1, "Mine", "About it.", (Column("Betrag", field="value"),))


def test_an_export_of_deals_alone_is_read_with_a_mapping_of_its_fields() -> None:
    check_matching(
        open_table(io.BytesIO(b"Foo,Betrag\n"), "t.csv", Settings(delimiter=","), ASKED, FIELDS_ONLY), FIELDS_ONLY
    )


def test_days_are_counted_from_a_date_that_has_to_be_named() -> None:
    column = Column("Live", ASKED[0].id, bands=Bands(((9, ASKED[0].ids[0]),), of_days=True))
    mapping = ColumnMapping("mine", 1, "Mine", "About it.", (column,))
    table = io.BytesIO(b"Foo,Live\n")
    with pytest.raises(DocumentError) as error:
        check_matching(open_table(table, "t.csv", Settings(delimiter=","), ASKED, mapping), mapping)
    assert [problem.code for problem in error.value.problems] == ["no-as-of"]
    dated = counted_from(mapping, date(2026, 5, 1))
    check_matching(open_table(io.BytesIO(b"Foo,Live\n"), "t.csv", Settings(delimiter=","), ASKED, dated), dated)


@pytest.mark.parametrize(
    ("header", "mapping", "message", "hint"),
    [
        (
            "Deal Name,promise",
            None,
            "none of the 2 columns is a question of this screen",
            '"promise": did you mean "promises"? --map-only',
        ),
        ("Foo", None, "the only column is not a question of this screen", "--map-only proposes a mapping"),
        (
            "Foo,Amount",
            MINE,
            "none of the 2 columns is",
            "none of the headers that mine names for a question",
        ),
        ("Foo,Schmerzen", MINE, "none of the 2 columns is", '"Schmerzen": did you mean "Schmerz"? none of the headers'),
        ("Foo,Schmerz", ELSEWHERE, "none of the 2 columns is", "what mine names is not asked by this screen"),
        ("Foo,Bar", FIELDS_ONLY, "none of the 2 columns is", "the mapping mine names none: name the questions"),
    ],
)
def test_a_table_that_answers_nothing_is_told_what_may_be_why(
    header: str, mapping: ColumnMapping | None, message: str, hint: str
) -> None:
    stream = io.BytesIO(f"{header}\n".encode())
    table = open_table(stream, "t.csv", Settings(delimiter=","), ASKED, mapping)
    for remarks, begin in (((), hint), (("read from the sheet X",), f"read from the sheet X; {hint}")):
        with pytest.raises(DocumentError) as error:
            check_matching(replace(table, remarks=remarks), mapping)
        (problem,) = error.value.problems
        assert problem.message.startswith(message)
        assert (problem.hint or "").startswith(begin)
