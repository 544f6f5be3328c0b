"""
Score a folder of tables on Spark: every row of its CSV or Parquet files, distributed, into a folder of Parquet.

    spark-submit examples/spark_job.py prospects/ scored/

fitcheck has to be installed where the workers are, with its extra `spark`. Rows that can't be scored stay in the
result and say why in `fit_problems`; everything else is as in `fitcheck batch`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

import fitcheck

SCREEN = "pilot"


def read(spark: SparkSession, folder: str) -> DataFrame:
    """Read all files of a folder, as Parquet if there is any of it, else as CSV whose cells are text."""
    if any(Path(folder).glob("*.parquet")):
        return spark.read.parquet(folder)
    return spark.read.csv(folder, header=True, multiLine=True, escape='"')


def main(argv: Sequence[str]) -> None:
    """Score the folder that is named first into the folder that is named second."""
    source, target = argv
    spark = SparkSession.builder.appName("fitcheck").getOrCreate()
    scored = fitcheck.score_frame(read(spark, source), SCREEN, decimal=".")
    scored.write.parquet(target)


if __name__ == "__main__":
    main(sys.argv[1:])
