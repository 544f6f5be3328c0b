"""What a worker of Spark does with the rows that it is given: the same reading, scoring and writing as anywhere."""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from fitcheck.batch.ahead import Ahead
from fitcheck.batch.arrowtypes import arrow_array
from fitcheck.batch.formats import refused_if_nested, row_of
from fitcheck.batch.framescoring import typed
from fitcheck.batch.lines import UNDECODABLE, register
from fitcheck.batch.opening import FIRST_LINES, Delimited, Opened
from fitcheck.batch.outcolumns import SEVERAL, Kept, Kind, RowTexts, out_columns
from fitcheck.batch.records import Record
from fitcheck.batch.rowreading import RowReader
from fitcheck.batch.run import Job
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.sparkblocks import ALONE, Block, Joint, Spot
from fitcheck.batch.tally import Tally
from fitcheck.batch.typedwriting import encoded
from fitcheck.batch.writing import DelimitedWriter, RejectsWriter
from fitcheck.decision.rows import RowScorer

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch  # type: ignore[import-untyped]  # it has no types

SCORED, REJECTED, COUNTED, FOREIGN = range(4)
"""What a row of the result is: scored, rejected, the counts of a block, or a file without the header."""

PLACE = {"_file": "string", "_block": "long", "_line": "long", "_is": "integer", "_what": "binary"}
"""First columns of the result and their types in Spark. `_line` is counted from the beginning of the block."""

ROWS = 5_000
"""Rows of the result that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class SparkPlan:
    """
    What every worker has to know; it is sent to them pickled.

    Attributes:
        job: what is to be done.
        opened: the table, without its rows.
        kept: which columns are written.
        header_text: the header as it stands in each file; None in Parquet.
        delimiter: of the text that is written; None: Parquet is.
    """

    job: Job
    opened: Opened
    kept: Kept
    header_text: str | None
    delimiter: str | None

    @property
    def kinds(self) -> dict[str, Kind]:
        """What each of our columns holds."""
        kind_of = {column.name: column.kind for column in out_columns(self.job.screen)}
        return {name: kind_of[name] for name in self.kept.fit}

    @property
    def own(self) -> list[str]:
        """What the table's columns are called in the result, as long as it is not written; names come last."""
        return [f"_own_{i}" for i in range(len(self.opened.header))]

    @property
    def names(self) -> list[str]:
        """All columns of the result."""
        return [*PLACE] if self.delimiter else [*PLACE, *self.own, *self.kept.fit, "_problems"]

    def pickled(self) -> bytes:
        """The plan without what can't travel."""
        delimited = self.opened.delimited
        bare = Delimited(delimited.dialect, b"", BytesIO(), delimited.body) if delimited else None
        return pickle.dumps(replace(self, opened=replace(self.opened, records=iter(()), delimited=bare)))


class Counts(NamedTuple):
    """How many lines a block has, what became of them, and which it was left with (see `sparkblocks`)."""

    lines: int
    tally: Tally
    left: tuple[str, ...]


class _Row(NamedTuple):
    """One row of the result, before it is part of a batch; `source` is its position among the rows that were read."""

    line: int
    kind: int
    what: bytes | None
    source: int | None = None
    cells: Sequence[str] | None = None
    texts: Sequence[str] | None = None
    problems: str | None = None


def score_text(plan: bytes, joints: Mapping[Spot, Joint], batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """
    Yield the result of lines of delimited text.

    Args:
        plan: pickled.
        joints: of blocks across whose ends a record stands.
        batches: of the bytes of each line, its file, and where in it the block of the line begins.
    """
    worker = _worker(plan)
    flat = (line for batch in batches for line in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    for spot, found in groupby(flat, key=lambda line: line[1:]):
        lines: Iterator[str] = (worker.decoded(line[0]) for line in found)
        at = 0
        if spot[1] == 0:
            head = list(islice(lines, FIRST_LINES))
            at = next((n for n, line in enumerate(head, 1) if worker.is_header(line)), 0)
            if not at and head:
                yield worker.batch(spot, [_Row(0, FOREIGN, None)])
                return
            lines = chain(head[at:], lines)
        block = Block(lines, joints.get(spot, ALONE), at + 1)
        yield from worker.results(spot, worker.records(block), block)


def score_parquet(plan: bytes, batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """
    Yield the result of rows of Parquet.

    Args:
        plan: pickled.
        batches: of the columns, then of the file of each row and its position in it.
    """
    worker = _worker(plan)
    for batch in batches:
        *columns, files, rows = (column.to_pylist() for column in batch.columns)
        start = 0
        for file, found in groupby(files):
            end = start + len(list(found))
            cells = zip(*(column[start:end] for column in columns), strict=True)
            read = [worker.typed(row + 1, values) for row, values in zip(rows[start:end], cells, strict=True)]
            yield from worker.results((file, rows[start]), read, batch.slice(start, end - start))
            start = end


def with_header(plan: bytes, batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """Yield the lines of one file of scored rows, its header first, if there are any; `batches` are of their bytes."""
    for i, batch in enumerate(batches):
        if i == 0:
            yield _of_bytes([_worker(plan).header])
        yield _of_bytes(batch.column(0))


def rejected_text(plan: bytes, batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
    """Yield the lines of one file of rejects; `batches` are of pickled rows, and of where each of them stands."""
    worker = _worker(plan)
    for i, batch in enumerate(batches):
        lines = [worker.rejects_header] if i == 0 else []
        pairs = zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)
        yield _of_bytes([*lines, *(worker.rejected(what, where) for what, where in pairs)])


def _of_bytes(lines: "Sequence[bytes] | Array") -> "RecordBatch":
    import pyarrow as pa  # noqa: PLC0415 - a worker has it

    return pa.RecordBatch.from_pydict({"value": lines}, pa.schema({"value": pa.binary()}))


@lru_cache(maxsize=2)
def _worker(plan: bytes) -> "Worker":
    """The same for every task of a worker, so that what is learned from one is there for the next."""
    return Worker(pickle.loads(plan))  # noqa: S301 - it comes from our own driver


class Worker:
    """Reads, scores and writes for one plan, block after block."""

    def __init__(self, plan: SparkPlan) -> None:
        register()
        job, opened = plan.job, plan.opened
        scorer = RowScorer(job.screen, job.stage, job.company)
        reader = RowReader(scorer, opened.matching, job.mapping, mark=opened.mark, width=len(opened.header))
        texts = RowTexts(job.screen, plan.kept.fit, as_is=job.as_is)
        self._plan, self._dialect = plan, opened.delimited.dialect if opened.delimited else None
        self._scoring = Scoring(
            opened.header, reader, texts, Tally(), job.bad_answers, as_is=job.as_is, ahead=Ahead.of(scorer)
        )
        self._read = opened.matching.read
        self._writer = self._rejects = None
        self.header = self.rejects_header = b""
        if plan.delimiter:
            bare = replace(opened, delimited=_without_bom(opened.delimited))
            scored, rejects = BytesIO(), BytesIO()
            self._writer = DelimitedWriter(scored, bare, plan.delimiter, plan.kept)
            self._rejects = RejectsWriter(rejects, bare, plan.delimiter)
            self._rejects_file, self._end = rejects, len(self._writer.out.end)
            self.header, self.rejects_header = scored.getvalue()[: -self._end], self._taken()

    def decoded(self, line: bytes) -> str:
        """A line as text, with the line end that Spark took off; bytes that are none become lone surrogates."""
        return line.decode(self._dialect.encoding if self._dialect else "utf-8", UNDECODABLE) + "\n"

    def is_header(self, line: str) -> bool:
        """Whether a line is the header of its file."""
        return line.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r") == self._plan.header_text

    def records(self, block: Block) -> Iterator[Record]:
        """Records of a block of text."""
        return block.records(self._dialect.delimiter if self._dialect else ",", len(self._plan.opened.header))

    def typed(self, line: int, values: Sequence[Any]) -> Record:
        """One row of Parquet as a record."""
        opened = self._plan.opened
        return refused_if_nested(row_of(line, values), opened.header, self._read)

    def rejected(self, what: bytes, where: str) -> bytes:
        """A rejected row as it is written, with where it stands."""
        found: Rejected = pickle.loads(what)  # noqa: S301 - it comes from our own workers
        if self._rejects is None:
            return b""
        self._rejects.row(found._replace(record=found.record._replace(line=where)))  # type: ignore[arg-type]  # it is written as text
        self._rejects.finish()
        return self._taken()

    def _taken(self) -> bytes:
        text = self._rejects_file.getvalue()[: -self._end]
        self._rejects_file.seek(0)
        self._rejects_file.truncate()
        return text

    def results(self, spot: Spot, read: Iterable[Record], source: "Block | RecordBatch") -> "Iterator[RecordBatch]":
        """
        Yield the result of a block of records, its counts last.

        Args:
            spot: where the block is.
            read: its records.
            source: what they are of: lines, or rows of Parquet, whose columns are then part of the result.
        """
        tally = self._scoring.tally = Tally(self._plan.job.hours)
        columns = None if isinstance(source, Block) else source
        rows: list[_Row] = []
        for position, found in enumerate(self._scoring.each(read)):
            if found is not None:
                rows.append(self._row(position, found))
            if len(rows) == ROWS:
                yield self.batch(spot, rows, columns)
                rows = []
        counts = Counts(source.last_line, tally, source.left) if isinstance(source, Block) else Counts(0, tally, ())
        rows.append(_Row(0, COUNTED, pickle.dumps(counts)))
        yield self.batch(spot, rows, columns)

    def _row(self, source: int, found: "tuple[Record, list[str]] | Rejected") -> _Row:
        to_text = self._writer is not None
        if isinstance(found, Rejected):
            what = pickle.dumps(found) if to_text else None
            cells = self._fitted(found.record)
            return _Row(found.record.line, REJECTED, what, source, cells, None, SEVERAL.join(found.problems))
        record, texts = found
        what = encoded(self._writer.line(record, texts)) if self._writer else None
        return _Row(record.line, SCORED, what, source, record.cells, texts)

    def _fitted(self, record: Record) -> list[str]:
        """As many cells as there are columns: what is beyond them stays in the last."""
        width, cells = len(self._plan.opened.header), record.cells or [record.raw]
        delimiter = self._dialect.delimiter if self._dialect else ","
        surplus = delimiter.join(cells[width - 1 :])
        return [*cells[: width - 1], surplus, *[""] * (width - len(cells))]

    def batch(self, spot: Spot, rows: Sequence[_Row], source: "RecordBatch | None" = None) -> "RecordBatch":
        """Rows of the result as Arrow: place, and for Parquet the table's columns, ours, and the problems."""
        import pyarrow as pa  # noqa: PLC0415 - a worker has it

        arrays = [
            pa.array([spot[0]] * len(rows), pa.string()),
            pa.array([spot[1]] * len(rows), pa.int64()),
            pa.array([row.line for row in rows], pa.int64()),
            pa.array([row.kind for row in rows], pa.int32()),
            pa.array([row.what for row in rows], pa.binary()),
        ]
        if self._plan.delimiter is None:
            arrays += [self._own(position, rows, source) for position in range(len(self._plan.opened.header))]
            for i, kind in enumerate(self._plan.kinds.values()):
                texts = [row.texts[i] if row.texts else None for row in rows]
                arrays.append(arrow_array(typed(texts, kind), kind))
            arrays.append(pa.array([_plain(row.problems) for row in rows], pa.string()))
        return pa.RecordBatch.from_arrays(arrays, self._plan.names)

    @staticmethod
    def _own(position: int, rows: Sequence[_Row], source: "RecordBatch | None") -> "Array":
        import pyarrow as pa  # noqa: PLC0415 - a worker has it

        if source is not None:
            return source.column(position).take(pa.array([row.source for row in rows], pa.int64()))
        return pa.array([_plain(row.cells[position]) if row.cells else None for row in rows], pa.string())


def _plain(text: str | None) -> str | None:
    """A text that Arrow can hold."""
    return None if text is None else encoded(text).decode("utf-8", "replace")


def _without_bom(delimited: Delimited | None) -> Delimited | None:
    """Text that is written without a mark: its files may be put together."""
    return delimited and replace(delimited, dialect=replace(delimited.dialect, bom=b""))
