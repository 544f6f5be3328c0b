"""`fitcheck batch --engine spark`: a table of any size, read, scored and written by a cluster."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, cast

from fitcheck.batch.arrowtypes import SPARK_KINDS
from fitcheck.batch.blocktally import add_up
from fitcheck.batch.formats import refused_if_nested, row_of, unharmed
from fitcheck.batch.lines import lines_of
from fitcheck.batch.matching import Matching, match
from fitcheck.batch.opening import Delimited, Opened, open_table
from fitcheck.batch.outcolumns import REJECT_COLUMNS, chosen_columns, out_columns
from fitcheck.batch.proving import PROOF_ROWS, proven
from fitcheck.batch.records import Record
from fitcheck.batch.run import Job, Progress, Result
from fitcheck.batch.settings import DELIMITED, check_settings, format_of
from fitcheck.batch.sparkblocks import Joint, Spot, joints
from fitcheck.batch.sparkfiles import DataFile, Files, spark_session
from fitcheck.batch.sparkrows import (
    COUNTED,
    FOREIGN,
    PLACE,
    REJECTED,
    SCORED,
    Counts,
    SparkPlan,
    Worker,
    rejected_text,
    score_parquet,
    score_text,
    with_header,
)
from fitcheck.batch.tally import Tally
from fitcheck.batch.unanswered import check_matching
from fitcheck.batch.writers import unique
from fitcheck.batch.writing import delimiter_for
from fitcheck.decision.prices import prices
from fitcheck.problems import DocumentError, Place, Problem, UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BEGINNING = 4 << 20
"""How much of the first file is looked at to find out how the table is written [bytes]."""


def run_spark(job: Job, table: str, out: str, to: str | None, progress: Progress) -> Result:
    """
    Score every row of a table with Spark, in the session that the environment describes.

    Every row is scored, or rejected, as by every other engine. A file is read in blocks, in parallel; where a quoted
    cell of several lines stands across the end of one, all of the table is read again, now that this is known. Of
    rows rejected, `fit_row` is the line in their file, with the file's name if there are several. Rows stay in order.

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

    @property
    def first(self) -> DataFile:
        """The file that says how all of them are written: the first that is not empty."""
        return next((file for file in self.found if file.size), self.found[0])

    @property
    def remarks(self) -> tuple[str, ...]:
        """What it takes to find a line again that is named by its number."""
        how = f"read as {self.first.name} is; lines" if self.is_text else "and rows"
        return (f"{len(self.found):,} files, {how} are numbered in each by itself",) if len(self.found) > 1 else ()


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
        check_matching(opened, job.mapping)
        opened = replace(opened, remarks=(*opened.remarks, *places.remarks))
        fields = opened.matching.fields
        ids = [fields[field].position for field in ("id", "name") if field in fields]
        kept = chosen_columns(job.columns, out_columns(job.screen), opened.header, ids)
        delimiter = delimiter_for(places.to, opened) if places.to in DELIMITED else None
        self.plan = SparkPlan(job, opened, kept, header_text, delimiter)
        self.opened, self.data = opened, self.plan.pickled()

    def _opened_text(self) -> tuple[Opened, str]:
        """Open the beginning of the first file, up to its last whole line."""
        first = self.places.first
        sample = self.places.files.beginning(first, BEGINNING)
        if len(sample) < first.size:
            sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1] or sample
        settings = self.job.settings._replace(format=self.places.kind)
        opened = open_table(BytesIO(sample), first.name, settings, self.job.asked, self.job.mapping)
        opened = replace(opened, file=self.places.table)
        table = cast("Delimited", opened.delimited)  # this is text
        _check_lines(table, opened.header_line, first.name)
        lines = lines_of(BytesIO(sample), table.dialect)
        text = next(islice(lines, opened.header_line - 1, None))
        return opened, text.removesuffix("\n").removesuffix("\r")

    def _opened_parquet(self) -> Opened:
        job, header = self.job, list(self.frame.columns)
        matching = match(header, job.asked, job.mapping)
        mark, remarks = proven(self._first_rows(header, matching), matching, job.settings, job.mapping)
        return Opened(self.places.table, "parquet", header, 0, iter(()), (), matching, mark, remarks)

    def _first_rows(self, header: Sequence[str], matching: Matching) -> Iterator[Record]:
        """Rows of Parquet that may prove something, fetched when they are asked for."""
        first = self.frame.limit(PROOF_ROWS).toArrow().columns
        for number, row in enumerate(zip(*(column.to_pylist() for column in first), strict=True), 1):
            yield refused_if_nested(row_of(number, row), header, matching.read)

    def run(self) -> Result:
        """Score, count, write."""
        self.places.files.make(self.places.out)
        try:
            tally = self._scored_and_written()
        except BaseException:
            self.places.files.remove(self.places.out)
            raise
        job = self.job
        paid = prices(job.screen.cost, job.company) if job.screen.cost else None
        return Result(job, self.opened, tally, "spark", self.plan.kept.fit, paid)

    def _scored_and_written(self) -> Tally:
        """Score with what is known of the blocks, until that is all there is to know; then write."""
        known: Mapping[Spot, Joint] = {}
        while True:
            scored = self._scored(known).persist()
            try:
                blocks = self._blocks(scored)
                found = joints([(spot, counts.left) for spot, counts in blocks])
                if found == known:
                    tally, places = self._counted(blocks)
                    self._write(scored, tally, places)
                    return tally
            finally:
                scored.unpersist()
            known = found

    def _scored(self, known: Mapping[Spot, Joint]) -> "DataFrame":
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
        addresses = [file.address for file in self.places.found if file.size]
        lines = self.session.read.option("lineSep", "\n").text(addresses)
        placed = lines.selectExpr("CAST(value AS BINARY)", "_metadata.file_path", "_metadata.file_block_start")
        return placed.mapInArrow(partial(score_text, self.data, known), schema)

    def _blocks(self, scored: "DataFrame") -> list[tuple[Spot, Counts]]:
        """
        Return the counts of all blocks, in the order of the table.

        Raises:
            DocumentError: a file has another header than the first.
        """
        told = scored.where(f"_is >= {COUNTED}").select("_file", "_block", "_is", "_what").collect()
        found = list[tuple[Spot, Counts]]()
        for file, block, kind, what in sorted(told, key=lambda row: (row["_file"], row["_block"])):
            if kind == FOREIGN:
                message = f"the header of this file is not that of {self.places.first.name}"
                raise DocumentError(Problem("other-header", message, Place(DataFile(file, 0).name, 1)))
            found.append(((file, block), pickle.loads(what)))  # noqa: S301 - it comes from our own workers
        return found

    def _counted(self, blocks: Sequence[tuple[Spot, Counts]]) -> tuple[Tally, list[tuple[str, int, str, int]]]:
        """
        Add up the counts of all blocks.

        Returns:
            The tally; and of each block that has rejects its file, where it begins, what is written before the number
            of a line, and how many lines come before it.
        """
        tally, places = Tally(self.job.hours), list[tuple[str, int, str, int]]()
        for file, of_file in groupby(blocks, key=lambda block: block[0][0]):
            before = 0
            shown = f"{DataFile(file, 0).name}:" if len(self.places.found) > 1 else ""
            for (_, block), counts in of_file:
                add_up(tally, counts.tally, before)
                if counts.tally.rejected:
                    places.append((file, block, shown, before))
                before += counts.lines
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


def _check_lines(table: Delimited, header_line: int, file: str) -> None:
    """
    Refuse text that can't be cut into lines by its bytes alone, or whose header is more than one of them.

    Raises:
        DocumentError: it can't be read in parallel.
    """
    dialect, where = table.dialect, Place(file, max(1, header_line))
    if "\n".encode(dialect.encoding) != b"\n":
        message = f"{dialect.encoding.upper()} can't be read in parallel: its line ends are not those of UTF-8"
        raise DocumentError(Problem("other-line-ends", message, where, hint="convert it to UTF-8"))
    if dialect.line_end == "\r":
        message = "lines that end in CR alone, as on an old Mac, can't be read in parallel"
        raise DocumentError(Problem("other-line-ends", message, where, hint="make LF of them, or name another engine"))
    if table.body != header_line + 1:
        message = "a line end stands in the header, which can't be read in parallel"
        raise DocumentError(Problem("open-quote", message, where))
