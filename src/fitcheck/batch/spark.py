"""`fitcheck batch --engine spark`: a table of any size, read, scored and written by a cluster."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from fitcheck.batch.amounts import decimal_mark
from fitcheck.batch.blocktally import add_up
from fitcheck.batch.formats import refused_if_nested, row_of, unharmed
from fitcheck.batch.lines import lines_of
from fitcheck.batch.matching import match
from fitcheck.batch.opening import PROOF_ROWS, Opened, check_matching, open_table
from fitcheck.batch.outcolumns import REJECT_COLUMNS, chosen_columns, out_columns
from fitcheck.batch.run import Job, Progress, Result
from fitcheck.batch.settings import DELIMITED, check_settings, format_of
from fitcheck.batch.sparkfiles import DataFile, Files, spark_session
from fitcheck.batch.sparkrows import (
    COUNTED,
    FOREIGN,
    PLACE,
    REJECTED,
    SCORED,
    SPARK_KINDS,
    Counts,
    SparkPlan,
    Worker,
    rejected_text,
    score_parquet,
    score_text,
    with_header,
)
from fitcheck.batch.tally import Tally
from fitcheck.batch.writers import unique
from fitcheck.batch.writing import delimiter_for
from fitcheck.decision.money import compiled_for
from fitcheck.problems import DocumentError, Place, Problem, UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BEGINNING = 4 << 20
"""How much of the first file is looked at to find out how the table is written [bytes]."""

WIDE = ("utf-16", "utf-32")
"""Encodings in which the byte of a line end may be part of another character."""


def run_spark(job: Job, table: str, out: str, to: str | None, progress: Progress) -> Result:
    """
    Score every row of a table with Spark, in the session that the environment describes.

    Text is read line by line, each by itself, as only that can be done in parallel: a row with a line end in a quoted
    cell is rejected. Of rows rejected, `fit_row` is the line in their file, with the file's name if there are several.
    The rows of a file stay in order; in which order its parts are written is up to Spark.

    Args:
        job: what is to be done.
        table: address of a CSV, TSV or Parquet file, or of a folder of such files, each with the same header.
        out: address of a folder that does not exist yet; `scored` and `rejects` will be in it.
        to: csv, tsv or parquet; None: as the table is.
        progress: told at the end how many rows there were.

    Raises:
        UsageError: what is asked for can't be done, a package is missing, or Spark failed. No output is left behind.
        DocumentError: the table can't be read.
    """
    with spark_session() as session:
        files = Files(session)
        found = files.table(table)
        kind = format_of(found[0].name, job.settings.format, "--from")
        check_settings(job.settings, kind)
        to = kind if to is None else format_of(out, to, "--to")
        if not {kind, to} <= {*DELIMITED, "parquet"}:
            raise UsageError(
                Problem("unknown-format", "Spark reads and writes csv, tsv and parquet", hint="--from, --to")
            )
        result = _Run(session, job, _Places(files, table, found, kind, out, to)).run()
        progress(result.tally.read)
        return result


class _Places(NamedTuple):
    """
    Where everything is.

    Attributes:
        files: reaches them.
        table, found, kind: the table's address, its files and its format.
        out, to: the folder to be written, and the format.
    """

    files: Files
    table: str
    found: Sequence[DataFile]
    kind: str
    out: str
    to: str

    @property
    def is_text(self) -> bool:
        """Whether the table is delimited text."""
        return self.kind in DELIMITED


class _Run:
    """One table on its way."""

    def __init__(self, session: "SparkSession", job: Job, places: _Places) -> None:
        self.session, self.job, self.places = session, job, places
        header_text = None
        if places.is_text:
            opened, header_text = self._opened_text()
        else:
            with unharmed("Parquet"):
                self.frame = session.read.parquet(places.table)
            opened = self._opened_parquet()
        check_matching(opened)
        fields = opened.matching.fields
        ids = [fields[field].position for field in ("id", "name") if field in fields]
        kept = chosen_columns(job.columns, out_columns(job.screen), opened.header, ids)
        delimiter = delimiter_for(places.to, opened) if places.to in DELIMITED else None
        self.plan = SparkPlan(job, opened, kept, header_text, delimiter)
        self.opened, self.data = opened, self.plan.pickled()

    def _opened_text(self) -> tuple[Opened, str]:
        """Open the beginning of the first file, up to its last whole line."""
        found = self.places.found
        first = next((file for file in found if file.size), found[0])
        sample = self.places.files.beginning(first, BEGINNING)
        if len(sample) < first.size:
            sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1] or sample
        settings = self.job.settings._replace(format=self.places.kind)
        opened = open_table(BytesIO(sample), first.name, settings, self.job.asked, self.job.mapping)
        opened = replace(opened, file=self.places.table)
        where = Place(first.name, max(1, opened.header_line))
        if opened.delimited is None or opened.delimited.dialect.encoding.startswith(WIDE):
            message = "UTF-16 and UTF-32 can't be read line by line in parallel"
            raise DocumentError(Problem("wide-encoding", message, where, hint="convert it to UTF-8"))
        if opened.delimited.body != opened.header_line + 1:
            message = "a line end stands in the header, which can't be read in parallel"
            raise DocumentError(Problem("open-quote", message, where))
        lines = lines_of(BytesIO(sample), opened.delimited.dialect)
        text = next(islice(lines, opened.header_line - 1, None))
        return opened, text.removesuffix("\n").removesuffix("\r")

    def _opened_parquet(self) -> Opened:
        job, header = self.job, list(self.frame.columns)
        matching = match(header, job.asked, job.mapping)
        mark = job.settings.decimal or (job.mapping.decimal if job.mapping else None)
        money = [m.position for field, m in matching.fields.items() if field in {"value", "margin"}]
        if mark is None and money:
            first = self.frame.limit(PROOF_ROWS).toArrow().columns
            values = zip(*(column.to_pylist() for column in first), strict=True)
            rows = [refused_if_nested(row_of(1, row), header, matching.read) for row in values]
            sound = (row.cells for row in rows if row.fault is None and row.cells)
            mark = decimal_mark(cells[position] for cells in sound for position in money)
        return Opened(self.places.table, "parquet", header, 0, iter(()), (), matching, mark, ())

    def run(self) -> Result:
        """Score, count, write."""
        self.places.files.make(self.places.out)
        scored = self._scored().persist()
        try:
            tally, blocks = self._counted(scored)
            self._write(scored, tally, blocks)
        except BaseException:
            self.places.files.remove(self.places.out)
            raise
        finally:
            scored.unpersist()
        job = self.job
        currency = compiled_for(job.screen.cost, job.company).prices.currency if job.screen.cost else None
        return Result(job, self.opened, tally, "spark", self.plan.kept.fit, currency)

    def _scored(self) -> "DataFrame":
        from pyspark.sql import types  # noqa: PLC0415 - here it is installed

        schema = types.StructType()
        for name, kind in PLACE.items():
            schema.add(name, kind)
        if self.plan.delimiter is None:
            own = None if self.places.is_text else [field.dataType for field in self.frame.schema]
            for i, name in enumerate(self.plan.own):
                schema.add(name, own[i] if own else "string")
            for name, kind in self.plan.kinds.items():
                schema.add(name, SPARK_KINDS[kind])
            schema.add("_problems", "string")
        if not self.places.is_text:
            placed = self.frame.select("*", "_metadata.file_path", "_metadata.row_index")
            return placed.mapInArrow(partial(score_parquet, self.data), schema)
        reader = self.session.read
        if self.opened.delimited and self.opened.delimited.dialect.line_end != "\r":
            reader = reader.option("lineSep", "\n")
        lines = reader.text([file.address for file in self.places.found if file.size])
        placed = lines.selectExpr("CAST(value AS BINARY)", "_metadata.file_path", "_metadata.file_block_start")
        return placed.mapInArrow(partial(score_text, self.data), schema)

    def _counted(self, scored: "DataFrame") -> tuple[Tally, list[tuple[str, int, str, int]]]:
        """
        Add up the counts of all blocks.

        Returns:
            The tally; and of each block that has rejects its file, where it begins, what is written before the number
            of a line, and how many lines come before it.
        """
        told = scored.where(f"_is >= {COUNTED}").select("_file", "_block", "_is", "_what").collect()
        names = {row["_file"]: DataFile(row["_file"], 0).name for row in told}
        tally, places = Tally(self.job.hours), list[tuple[str, int, str, int]]()
        file, before = "", 0
        for row in sorted(told, key=lambda row: (row["_file"], row["_block"])):
            if row["_is"] == FOREIGN:
                message = f"the header of this file is not that of {self.places.found[0].name}"
                raise DocumentError(Problem("other-header", message, Place(names[row["_file"]], 1)))
            if row["_file"] != file:
                file, before = row["_file"], 0
            counts: Counts = pickle.loads(row["_what"])  # noqa: S301 - it comes from our own workers
            add_up(tally, counts.tally, before)
            if counts.tally.rejected:
                shown = f"{names[file]}:" if len(self.places.found) > 1 else ""
                places.append((file, row["_block"], shown, before))
            before += counts.lines if self.places.is_text else 0
        return tally, places

    def _write(self, scored: "DataFrame", tally: Tally, places: Sequence[tuple[str, int, str, int]]) -> None:
        from pyspark.sql import functions  # noqa: PLC0415 - here it is installed

        good, bad = scored.where(f"_is = {SCORED}"), scored.where(f"_is = {REJECTED}")
        blocks = self.session.createDataFrame([*places], "_file string, _block bigint, _shown string, _before bigint")
        placed = bad.join(functions.broadcast(blocks), ["_file", "_block"])
        bad = placed.withColumn("_row", functions.expr("concat(_shown, CAST(_before + _line AS STRING))"))
        if self.plan.delimiter is None:
            self._write_parquet(good, bad)
            return
        schema = "value binary"
        worker = Worker(self.plan)
        lines = good.select("_what").mapInArrow(partial(with_header, self.data), schema)
        self._write_text("scored", lines if tally.scored else self._only(worker.header))
        lines = bad.select("_what", "_row").mapInArrow(partial(rejected_text, self.data), schema)
        self._write_text("rejects", lines if tally.rejected else self._only(worker.rejects_header))

    def _only(self, header: bytes) -> "DataFrame":
        return self.session.createDataFrame([(header,)], "value binary").coalesce(1)

    def _write_text(self, what: str, lines: "DataFrame") -> None:
        delimited = self.opened.delimited
        end = "\r\n" if delimited and delimited.dialect.line_end == "\r\n" else "\n"
        lines.selectExpr("CAST(value AS STRING)").write.option("lineSep", end).text(f"{self.places.out}/{what}")

    def _write_parquet(self, good: "DataFrame", bad: "DataFrame") -> None:
        header, fit, out = self.opened.header, self.plan.kept.fit, self.places.out
        own = range(len(header)) if self.plan.kept.own is None else self.plan.kept.own
        scored = good.select(*(self.plan.own[i] for i in own), *fit)
        scored.toDF(*unique([header[i] for i in own]), *fit).write.parquet(f"{out}/scored")
        left = [i for i, name in enumerate(header) if name.strip() not in REJECT_COLUMNS]
        rejects = bad.select(*(self.plan.own[i] for i in left), "_row", "_problems")
        rejects.toDF(*unique([header[i] for i in left]), *REJECT_COLUMNS).write.parquet(f"{out}/rejects")
