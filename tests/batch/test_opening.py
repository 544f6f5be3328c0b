"""A table, opened: its format, its header, and what its first rows prove."""

import io

import pytest
from strategies import worked_example

from fitcheck.batch.asked import asked_by
from fitcheck.batch.opening import Opened, check_matching, open_table
from fitcheck.batch.settings import Settings, format_of
from fitcheck.problems import DocumentError, UsageError

ASKED = asked_by(worked_example().screen)


def opened(text: str | bytes, **settings: str) -> Opened:
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
