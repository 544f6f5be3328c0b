import io
from itertools import islice
from pathlib import Path

import pytest
from table.damaged import Case, corpus

from fitcheck.problems import FitcheckError
from fitcheck.table.match.non_data import non_data_kind
from fitcheck.table.read.dialect import sniff
from fitcheck.table.read.jsonl import read_jsonl
from fitcheck.table.read.lines import lines_of
from fitcheck.table.read.parquet import read_parquet
from fitcheck.table.read.records import Record, records
from fitcheck.table.read.typed_rows import Table, refused_if_flawed
from fitcheck.table.read.xlsx import read_xlsx

CASES = corpus()
TEXT = [case for case in CASES if case.suffix in {"csv", "tsv"} and not case.refused]


def lines_in(case: Case) -> list[str]:
    return list(lines_of(io.BytesIO(case.data), sniff(case.data)))


def read(case: Case, folder: Path) -> list[Record]:
    """All records from the header on."""
    if case.suffix == "xlsx":
        return list(read_xlsx(case.data).records)[case.header - 1 :]
    if case.suffix == "parquet":
        path = folder / "table.parquet"
        path.write_bytes(case.data)
        return answering(read_parquet(path))
    if case.suffix == "jsonl":
        return answering(read_jsonl(lines_in(case)))
    lines = islice(lines_of(io.BytesIO(case.data), sniff(case.data)), case.header - 1, None)
    return list(records(lines, case.delimiter, first_line=case.header, width=case.width))


def answering(table: Table) -> list[Record]:
    """The rows of a table of which every column is read."""
    header = table.header or []
    return [refused_if_flawed(record, header, range(len(header)), lambda _: True) for record in table.records]


def test_the_corpus_has_at_least_sixty_tables_of_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", TEXT, ids=lambda case: case.name)
def test_dialect_is_found(case: Case) -> None:
    dialect = sniff(case.data)
    assert (dialect.encoding, dialect.delimiter, dialect.line_end) == (case.encoding, case.delimiter, case.line_end)


@pytest.mark.parametrize("case", [case for case in CASES if not case.refused], ids=lambda case: case.name)
def test_exactly_the_damaged_lines_are_rejected_and_all_others_come_out_right(case: Case, tmp_path: Path) -> None:
    found = read(case, tmp_path)
    assert {record.line: record.cells for record in found if not record.fault and not record.is_blank} == case.rows
    assert {record.line: record.fault.code for record in found if record.fault} == case.rejected
    assert tuple(record.line for record in found if record.is_blank) == case.blank


@pytest.mark.parametrize("case", [case for case in CASES if not case.refused], ids=lambda case: case.name)
def test_what_is_no_prospect_is_left_out_and_nothing_else(case: Case, tmp_path: Path) -> None:
    header = case.rows.get(case.header, ["id", "pain", "goal"])
    rows = [record for record in read(case, tmp_path) if record.line != case.header and not record.is_blank]
    why = {record.line: non_data_kind(record.cells, header) for record in rows}
    assert {line: reason for line, reason in why.items() if reason} == case.left_out
    assert len(rows) - len(case.left_out) == case.data_rows


@pytest.mark.parametrize("case", TEXT, ids=lambda case: case.name)
@pytest.mark.parametrize("width", [None, 1, 2, 3, 12])
def test_every_physical_line_is_in_exactly_one_record(case: Case, width: int | None) -> None:
    lines = lines_in(case)
    at = 0
    for record in records(lines, case.delimiter, width=width):
        assert record.line == at + 1
        assert "".join(lines[at : at + record.span]).removesuffix("\n").removesuffix("\r") == record.raw
        at += record.span
    assert at == len(lines)


@pytest.mark.parametrize("case", TEXT, ids=lambda case: case.name)
def test_no_character_is_lost_between_bytes_and_lines(case: Case) -> None:
    dialect = sniff(case.data)
    text = case.data[len(dialect.bom) :].decode(case.encoding, "replace")
    got = "".join(lines_in(case))
    assert len(got) == len(text)
    assert all(there in {"\ufffd", here} for here, there in zip(got, text, strict=True))


@pytest.mark.parametrize("case", [case for case in CASES if case.refused], ids=lambda case: case.name)
def test_what_is_no_such_table_is_refused_in_one_problem(case: Case, tmp_path: Path) -> None:
    with pytest.raises(FitcheckError) as refused:
        read(case, tmp_path)
    assert [problem.code for problem in refused.value.problems] == [case.refused]
    assert all(problem.hint for problem in refused.value.problems)
