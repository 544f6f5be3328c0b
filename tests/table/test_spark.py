"""A frame of Spark is scored as every other frame is, and so is the folder of the example job."""

import os
import runpy
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from strategies import worked_example
from table.frame_tables import TextTable, expected, names_of, score_table, text_tables

import fitcheck
from fitcheck.problems import UsageError

pytest.importorskip("pyspark")
parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("narwhals")

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

WORKED = worked_example().screen


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


def test_the_example_job_scores_a_folder_on_spark_as_the_command_scores_its_files(spark: Any, tmp_path: Path) -> None:
    job = runpy.run_path(str(ROOT / "examples" / "spark_job.py"))
    ids = [question.id for question in fitcheck.load_screen("pilot").questions]
    options = [question.options for question in fitcheck.load_screen("pilot").questions]
    rows = [
        [str(k), str(1000 * k), *(some[k * (j + 3) % len(some)].id for j, some in enumerate(options))]
        for k in range(40)
    ]
    rows[7][5] = "no such answer"
    header = ["id", "value", *ids]
    folder = tmp_path / "in"
    folder.mkdir()
    for name, part in (("a", rows[:25]), ("b", rows[25:])):
        (folder / f"{name}.csv").write_text("".join(",".join(row) + "\n" for row in [header, *part]), encoding="utf-8")
    job["main"]([str(folder), str(tmp_path / "scored")])
    found = {row["id"]: row for row in parquet.read_table(tmp_path / "scored").to_pylist()}
    assert len(found) == 40
    frame = pl.DataFrame(rows, schema=header, orient="row")
    expected_rows = fitcheck.score_frame(frame, "pilot", decimal=".").to_dicts()
    assert [found[row["id"]] for row in expected_rows] == expected_rows
    assert "no such answer" in found["7"]["fit_problems"]
    assert spark.read.parquet(str(tmp_path / "scored")).count() == 40
