"""Spark scores as every other engine does, accounts for every row, and leaves nothing behind when it fails."""

import csv
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from batch.frame_tables import TextTable, expected, names_of, score_table, text_tables
from hypothesis import HealthCheck, given, settings
from strategies import worked_example

import fitcheck
from fitcheck.batch.run import Job, Outputs, Result, open_job, run
from fitcheck.batch.settings import Settings
from fitcheck.batch.spark import run_spark
from fitcheck.batch.sparkfiles import _failed
from fitcheck.problems import DocumentError, UsageError
from fitcheck.report.batch_document import BatchDocument, batch_document

pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("narwhals")

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

WORKED = worked_example().screen
JOB = Job(WORKED, "pilot", settings=Settings(encoding="utf-8", delimiter=","), engine="python")
PILOT = Job(fitcheck.load_screen("pilot"), "pilot", settings=Settings(encoding="utf-8", delimiter=","), engine="python")
TYPED = replace(PILOT, settings=Settings())
"""For Parquet, which has neither encoding nor delimiter."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all tests: starting it takes longer than they do."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = SparkSession.builder.master("local[2]").appName("tests").config("spark.ui.enabled", "false")
        session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
    del os.environ["PYSPARK_PYTHON"]


@pytest.fixture
def pieces(spark: Any) -> Iterator[None]:
    """Files are read in pieces of a few lines."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", "200")
    spark.conf.set("spark.sql.files.openCostInBytes", "0")
    yield
    spark.conf.unset("spark.sql.files.maxPartitionBytes")
    spark.conf.unset("spark.sql.files.openCostInBytes")


def test_every_row_of_a_spark_frame_is_the_row_of_the_command(spark: Any) -> None:
    @given(text_tables())
    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
    def check(table: TextTable) -> None:
        schema = ", ".join(f"`{name}` string" for name in table.header)
        frame = score_table(spark.createDataFrame([*table.rows], schema), table)
        rows = frame.collect()
        found = {name: [row[name] for row in rows] for name in frame.columns}
        assert list(found) == [*table.header, *names_of(table.situation.screen)]
        assert found == {**table.columns, **expected(table)}

    check()


def test_nothing_is_computed_before_it_is_asked_for(spark: Any) -> None:
    frame = spark.range(3).selectExpr("CAST(raise_error('computed') AS STRING) AS pain")
    scored = fitcheck.score_frame(frame, WORKED)
    assert type(scored) is type(frame)
    with pytest.raises(Exception, match="computed"):
        scored.collect()


def test_the_columns_of_a_spark_frame_keep_their_types_and_those_of_an_earlier_run_go(spark: Any) -> None:
    frame = spark.sql("SELECT 'severe' AS pain, 1.50BD AS n, DATE'2026-05-01' AS day, array(1) AS tags, 'x' AS fit_row")
    scored = fitcheck.score_frame(fitcheck.score_frame(frame, WORKED), WORKED, columns=["score"])
    assert scored.columns == ["pain", "n", "day", "tags", "fit_score", "fit_problems"]
    assert scored.schema.fields[:4] == frame.schema.fields[:4]
    assert scored.select("n", "day", "tags").collect() == frame.select("n", "day", "tags").collect()
    doubled = spark.sql("SELECT 'severe' AS pain, 1 AS a, 2 AS a")
    with pytest.raises(UsageError, match="two columns of the frame are called"):
        fitcheck.score_frame(doubled, WORKED)


def by_python(job: Job, table: Path, to: str = "csv") -> tuple[list[bytes], list[bytes], BatchDocument]:
    """Lines of scored rows and of rejects, and the summary, as this process makes them."""
    scored, rejects = BytesIO(), BytesIO()
    with table.open("rb") as stream:
        result = run(job, open_job(job, stream, str(table)), Outputs(scored, to, rejects), _ignore)
    return scored.getvalue().splitlines(), rejects.getvalue().splitlines(), batch_document(result)


def by_spark(job: Job, table: Path, out: Path, to: str | None = None) -> tuple[list[bytes], list[bytes], Result]:
    """The same of Spark, each file's header once."""
    result = run_spark(job, str(table), str(out), to, _ignore)
    return _lines(out / "scored"), _lines(out / "rejects"), result


def _lines(folder: Path) -> list[bytes]:
    files = [file.read_bytes().splitlines() for file in sorted(folder.glob("part-*"))]
    return [*next(lines for lines in files if lines)[:1], *(line for lines in files for line in lines[1:])]


def _ignore(_: int) -> None:
    """Nobody looks at how far it is."""


def answers(count: int) -> list[str]:
    """Lines of a table with everything in it that a line can have."""
    odd = [
        "none,no plan,1",
        "",
        "grave,clear,9000",
        'some,"a, b",12',
        "severe,clear",
        '"some",vague,"1,5"',
        "x\x00,clear,3",
        'some,"vague,1',
    ]
    usual = [
        f"{('severe', 'some', 'none', '')[i % 4]},{('clear', 'vague', 'unknown')[i % 3]},{i}" for i in range(count)
    ]
    return [line for i, line in enumerate(usual) for line in ([line, odd[i % len(odd)]] if i % 5 == 0 else [line])]


@pytest.mark.usefixtures("spark", "pieces")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_lines_the_rejects_and_the_summary_are_those_of_every_other_engine(tmp_path: Path, line_end: str) -> None:
    table = tmp_path / "a table.csv"
    lines = ["Pipeline of May", "", "pain,goal,note", *answers(60), "Total,,", "pain,goal,note", "severe,clear,last"]
    table.write_bytes((line_end.join(lines) + line_end).encode() + b"severe,clear,\xff")
    scored, rejects, summary = by_python(JOB, table)
    by_line = by_spark(JOB, table, tmp_path / "out")
    assert (by_line[0], by_line[1]) == (scored, rejects)
    assert batch_document(by_line[2]) == summary
    assert len(list((tmp_path / "out" / "scored").glob("part-*"))) > 2


@pytest.mark.usefixtures("pieces")
def test_money_and_the_best_prospects_are_counted_as_by_every_other_engine(spark: Any, tmp_path: Path) -> None:
    spark.conf.set("spark.sql.files.maxPartitionBytes", "5000")
    questions = [question.id for question in PILOT.screen.questions]
    best = ",".join(question.options[0].id for question in PILOT.screen.questions)
    table = tmp_path / "t.csv"
    rows = [f"d{i},{1000 * (i * 37 % 101)},{best}" for i in range(40)]
    table.write_text("\n".join([f"id,value,{','.join(questions)}", *rows, ""]))
    for job in (PILOT, replace(PILOT, hours=Fraction(300), columns=("ids", "verdict", "cost_per_value"))):
        scored, rejects, summary = by_python(job, table)
        assert summary["most_margin_for_an_hour"]
        out = tmp_path / f"out{job.hours}"
        by_line = by_spark(job, table, out)
        assert (by_line[0], by_line[1], batch_document(by_line[2])) == (scored, rejects, summary)


@pytest.mark.usefixtures("spark", "pieces")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_line_of_a_quoted_cell_is_never_a_prospect_wherever_the_file_is_cut(tmp_path: Path, line_end: str) -> None:
    like_a_row = line_end.join(["severe,clear,x", 'some,"",vague', ""])
    rows = [f'none,clear,"{like_a_row * (i % 9)}{i}"' for i in range(40)]
    odd = [f'some,vague,"never{line_end}closed', f'some,"a{line_end}b"', f'grave,clear,"of{line_end}no answer"']
    lines = ["pain,goal,note", *(line for i, row in enumerate(rows) for line in (row, odd[i % 3])), odd[0]]
    table = tmp_path / "t.csv"
    table.write_bytes(line_end.join(lines).encode())
    scored, rejects, summary = by_python(JOB, table)
    assert summary["rows"]["scored"] == len(rows)
    by_block = by_spark(JOB, table, tmp_path / "out")
    assert (by_block[0], by_block[1]) == (scored, rejects)
    assert batch_document(by_block[2]) == summary
    run_spark(JOB, str(table), str(tmp_path / "typed"), "parquet", _ignore)
    notes = parquet.read_table(tmp_path / "typed" / "scored").column("note").to_pylist()
    assert notes == [like_a_row.replace('""', '"') * (i % 9) + str(i) for i in range(40)]


@pytest.mark.usefixtures("spark", "pieces")
def test_a_folder_is_read_without_the_header_of_each_file_and_rejects_say_which_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(f"Report {name}\npain,goal\nsevere,clear\ngrave,clear\n")
    (folder / "_SUCCESS").write_text("")
    (folder / "0-empty.csv").write_text("")
    scored, rejects, result = by_spark(JOB, folder, tmp_path / "out")
    assert result.opened.remarks == ("3 files, read as a.csv is; lines are numbered in each by itself",)
    assert len(scored) == 3
    assert sorted(line.split(b",")[2] for line in rejects) == [b"a.csv:4", b"b.csv:4", b"fit_row"]
    assert (result.tally.read, result.tally.scored, result.tally.rejected) == (4, 2, 2)
    (folder / "c.csv").write_text("goal,pain\nclear,severe\n")
    with pytest.raises(DocumentError, match=r"c\.csv:1:1: the header of this file is not that of a"):
        by_spark(JOB, folder, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.usefixtures("spark")
def test_nothing_scored_and_nothing_rejected_are_files_with_a_header(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    table.write_text("pain\tgoal\n")
    scored, rejects, result = by_spark(replace(JOB, settings=Settings(encoding="utf-8")), table, tmp_path / "out")
    assert (len(scored), len(rejects), result.tally.read) == (1, 1, 0)
    assert rejects == [b"pain\tgoal\tfit_row\tfit_problems"]


@pytest.mark.usefixtures("spark", "pieces")
def test_parquet_keeps_its_types_and_its_values_count_as_their_texts(tmp_path: Path) -> None:
    columns = {
        "named_users": ["promised", "nobody", "perhaps", None],
        "value": pa.array([9000.0, 12.5, 7.0, None], pa.float64()),
        "open tags": pa.array([1, None, 3, 4], pa.int32()),
        "wishes": [["speed"], [], ["price", "care"], None],
    }
    table = tmp_path / "t.parquet"
    parquet.write_table(pa.table(columns), table)
    scored, rejects, summary = by_python(TYPED, table)
    result = run_spark(TYPED, str(table), str(tmp_path / "out"), None, _ignore)
    assert batch_document(result) == summary
    found = parquet.read_table(tmp_path / "out" / "scored")
    assert found.schema.types[:3] == [pa.string(), pa.float64(), pa.int32()]
    texts = list(csv.DictReader(line.decode() for line in scored))
    assert found["fit_score"].to_pylist() == [float(row["fit_score"]) for row in texts]
    assert found["fit_settled"].to_pylist() == [row["fit_settled"] == "true" for row in texts]
    assert found["open tags"].to_pylist() == [1, None, 4]
    assert found["wishes"].to_pylist() == [["speed"], [], None]
    rejected = parquet.read_table(tmp_path / "out" / "rejects").to_pylist()
    (row,) = csv.DictReader(line.decode() for line in rejects)
    own = {"named_users": "perhaps", "value": 7.0, "open tags": 3, "wishes": ["price", "care"]}
    assert rejected == [{**own, "fit_row": "3", "fit_problems": row["fit_problems"]}]
    by_line = by_spark(TYPED, table, tmp_path / "text", "csv")
    assert (by_line[0], by_line[1]) == (scored, rejects)


@pytest.mark.usefixtures("spark", "pieces")
def test_text_can_be_written_as_parquet(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["pain,goal,note", *answers(20), ""]))
    scored, rejects, _ = by_python(JOB, table)
    run_spark(JOB, str(table), str(tmp_path / "out"), "parquet", _ignore)
    for what, lines in (("scored", scored), ("rejects", rejects)):
        found = parquet.read_table(tmp_path / "out" / what).to_pylist()
        wanted = list(csv.DictReader(line.decode() for line in lines))
        assert [row["note"] for row in found] == [row["note"] for row in wanted]
        shown = "fit_problems" if what == "rejects" else "fit_verdict"
        assert [row[shown] for row in found] == [row[shown] for row in wanted]
    assert [row["fit_row"] for row in found] == [row["fit_row"] for row in wanted]


def test_what_spark_can_not_do_is_said_before_anything_is_written(tmp_path: Path, spark: Any) -> None:
    del spark
    table, out = tmp_path / "t.csv", tmp_path / "out"
    table.write_text("pain\nsevere\n")
    wide = tmp_path / "wide.csv"
    wide.write_bytes("pain,goal\nsevere,clear\n".encode("utf-16"))
    tall = tmp_path / "tall.csv"
    tall.write_text('pain,"a\nb"\nsevere,x\n')
    mainframe = tmp_path / "mainframe.csv"
    mainframe.write_bytes("pain,goal\nsevere,clear\n".encode("cp037"))
    old = tmp_path / "old.csv"
    old.write_bytes(b"pain,goal\rsevere,clear\r")
    empty = tmp_path / "empty"
    empty.mkdir()
    for job, name, to, message in (
        (JOB, tmp_path / "no.csv", None, "there is no such file"),
        (JOB, empty, None, "no file is in this folder"),
        (JOB, tmp_path / "t*.csv", None, "for a pattern"),
        (JOB, table, "xlsx", "csv, tsv and parquet"),
        (replace(JOB, settings=Settings(format="jsonl")), table, None, "csv, tsv and parquet"),
        (replace(JOB, settings=Settings()), wide, None, "UTF-16"),
        (replace(JOB, settings=Settings(encoding="cp037")), mainframe, None, "CP037"),
        (JOB, old, None, "end in CR alone"),
        (JOB, tall, None, "line end stands in the header"),
        (replace(JOB, columns=("verdicts",)), table, None, "there is no column"),
        (PILOT, table, None, "the only column is no question of this screen"),
    ):
        with pytest.raises((DocumentError, UsageError), match=message):
            by_spark(job, name, out, to)
        assert not out.exists()
    out.mkdir()
    with pytest.raises(UsageError, match="it is there"):
        by_spark(JOB, table, out)
    with pytest.raises(UsageError, match="no folder can be made there"):
        by_spark(JOB, table, table / "out")


class PythonException(Exception):  # noqa: N818 - that is what it is called in PySpark
    """What a worker failed with."""


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (
            PythonException("An exception was thrown\nTraceback\nModuleNotFoundError: No module named 'fitcheck'\nx"),
            UsageError,
            "a worker of Spark gave up: ModuleNotFoundError: No module named 'fitcheck'",
        ),
        (PythonException("Traceback\n  File\nValueError: ours\n SQLSTATE: 38000"), RuntimeError, "ValueError: ours"),
        (
            OSError("An error occurred while calling o1.save.\n: java.io.IOException: No space\n\tat a.b.C"),
            UsageError,
            "Spark gave up: java.io.IOException: No space",
        ),
    ],
)
def test_a_failure_is_told_in_the_one_line_that_says_it(error: Exception, kind: type[Exception], message: str) -> None:
    told = _failed(error)
    assert type(told) is kind
    assert str(told).startswith(message)


@pytest.mark.usefixtures("spark")
def test_a_damaged_file_is_no_fault_of_ours_and_leaves_nothing_behind(tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    table.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    with pytest.raises(DocumentError, match="can't be read as Parquet"):
        by_spark(TYPED, table, tmp_path / "out")
    folder = tmp_path / "in"
    folder.mkdir()
    parquet.write_table(pa.table({"named_users": ["promised"] * 9}), folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    with pytest.raises(UsageError, match="Spark gave up"):
        by_spark(TYPED, folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_pyspark_or_java_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "t.csv"
    table.write_text("pain\nsevere\n")
    code = (
        "import sys; from fitcheck.batch.spark import *; from fitcheck.problems import *; import fitcheck\n"
        "try: run_spark(Job(fitcheck.load_screen('pilot'), 'pilot'), sys.argv[1], sys.argv[1] + '.out', None, print)\n"
        "except UsageError as error: print(error.problems[0].code, error.problems[0].hint)\n"
    )
    environment = {**os.environ, "JAVA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", code, str(table)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout == 'missing-extra Java 17 or newer, and pip install "prospect-fitcheck[spark]"\n'
    assert not ended.stderr
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UsageError, match="one more package") as caught:
        run_spark(JOB, str(table), str(tmp_path / "out"), None, _ignore)
    assert caught.value.problems[0].hint == 'pip install "prospect-fitcheck[spark]"'
