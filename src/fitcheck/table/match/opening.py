"""Opens a table: finds its format and header, matches its columns, and yields its records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple

from fitcheck.amounts import Marks
from fitcheck.io_errors import cannot_read
from fitcheck.mapping import ColumnMapping
from fitcheck.problems import DocumentError, Place, Problem, UsageError
from fitcheck.table.match.columns import Matching, find_header, match
from fitcheck.table.match.decimal_mark import PROOF_ROWS, cells_of, infer_decimal_mark, look_ahead, said_of_shares
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.dialect import SAMPLE_BYTES, Dialect, sniff
from fitcheck.table.read.lines import LONGEST, LongLineError, lines_of
from fitcheck.table.read.records import Record, records
from fitcheck.table.read.settings import DELIMITED, Settings, check_settings, format_of
from fitcheck.table.read.typed_rows import Table, refused_if_flawed

HEADER_WITHIN = 30
"""The header is one of so many first rows that are not blank."""

FIRST_LINES = 60
"""Physical lines in which the header is looked for."""

OF_FOLDER = "name a file; score_frame takes a folder that Spark or polars has read"
"""What to do where a table is a folder."""


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A table of which the header was read.

    Attributes:
        format: csv, tsv, jsonl, xlsx or parquet.
        header_line: where the header stands, 0 where it is no row of the table.
        records: all rows after the header, read as they are asked for.
        before: lines above the header that are not blank.
        marks: what is known of the decimal mark of amounts.
        remarks: sentences for the user.
        dialect: of delimited text.
        types: of the columns, where they have any.
    """

    file: str
    format: str
    header: list[str]
    header_line: int
    records: Iterator[Record]
    before: tuple[int, ...]
    matching: Matching
    marks: Marks
    remarks: tuple[str, ...]
    dialect: Dialect | None = None
    types: Sequence[Any] | None = None

    @property
    def mark(self) -> str | None:
        """Decimal mark of amounts; None where nothing proves it."""
        return self.marks.mark


def open_table(
    stream: BinaryIO, file: str, settings: Settings, asked: Sequence[QuestionSpec], mapping: ColumnMapping | None
) -> Opened:
    """
    Read a table up to its header and say which column is which.

    Args:
        stream: its bytes.
        file: its name for people.
        settings: what the user says of it.
        asked: what the screen asks.
        mapping: what a mapping file says of the columns.

    Raises:
        DocumentError: it can't be read, or has no header.
        UsageError: what the user says does not fit.
    """
    source = _Source(stream, file, format_of(file, settings.format, "--from"), settings, asked, mapping)
    check_settings(settings, source.kind)
    try:
        opened = _open_delimited(source) if source.kind in DELIMITED else _open(source)
    except DocumentError as error:
        raise DocumentError(*(_placed(problem, file) for problem in error.problems)) from None
    except OSError as error:
        raise cannot_read(file, file, error, of_folder=OF_FOLDER) from None
    except LongLineError as error:
        raise _too_long(file, error.line, source.kind) from None
    return replace(opened, records=_read_on(opened.records, file, source.kind))


class _Source(NamedTuple):
    """What `open_table` is given, and the format that follows from it."""

    stream: BinaryIO
    file: str
    kind: str
    settings: Settings
    asked: Sequence[QuestionSpec]
    mapping: ColumnMapping | None


def _read_on(left: Iterator[Record], file: str, kind: str) -> Iterator[Record]:
    """
    Yield the records that are left.

    Raises:
        DocumentError: the system does not let us read on, or a line does not end.
    """
    try:
        yield from left
    except OSError as error:
        raise cannot_read(file, file, error, of_folder=OF_FOLDER) from None
    except LongLineError as error:
        raise _too_long(file, error.line, kind) from None


def _too_long(file: str, line: int, kind: str) -> DocumentError:
    message = f"line {line:,} does not end within {LONGEST // 1_000_000} million characters, as any row of a table does"
    hint = "is it a table? if it is one list: jq -c '.[]' FILE" if kind == "jsonl" else "is it a table? see --from"
    return DocumentError(Problem("too-long-line", message, Place(file, line), hint=hint))


def _placed(problem: Problem, file: str) -> Problem:
    if problem.where is not None:
        return problem
    return Problem(problem.code, problem.message, Place(file), hint=problem.hint)


def _open(source: _Source) -> Opened:
    table = _table(source)
    header, found, header_line = table.header, table.records, 0
    before: tuple[int, ...] = ()
    if header is None:
        first = list(islice(found, FIRST_LINES))
        at = _header_among(first, source)
        header, header_line = first[at].cells, first[at].line
        before = tuple(record.line for record in first[:at] if record.cells)
        found = chain(first[at + 1 :], found)
    first_rows, found = look_ahead(found)
    matching = match(header, source.asked, source.mapping, cells_of(first_rows))
    found = _without_flaws(found, header, matching, source)
    marks, remarks = infer_decimal_mark(first_rows, matching, source.settings, source.mapping)
    return Opened(
        file=source.file,
        format=source.kind,
        header=header,
        header_line=header_line,
        records=found,
        before=before,
        matching=matching,
        marks=marks,
        remarks=table.remarks + remarks + said_of_shares(matching),
        types=table.types,
    )


def _without_flaws(found: Iterator[Record], header: list[str], matching: Matching, source: _Source) -> Iterator[Record]:
    """Yield records, those with a flaw in a column that is read as faulty ones."""
    read = matching.read
    ids = frozenset(match.position for field, match in matching.fields.items() if field == "id")

    @cache
    def is_read(late: str) -> bool:
        return bool(match([late], source.asked, source.mapping).read)

    return (refused_if_flawed(record, header, read, is_read, ids) for record in found)


def _table(source: _Source) -> Table:
    # each of these formats is rare: what it takes is imported for it alone
    stream, settings = source.stream, source.settings
    if source.kind == "jsonl":
        from fitcheck.table.read.jsonl import read_jsonl  # noqa: PLC0415

        sample = stream.read(SAMPLE_BYTES)
        dialect = sniff(sample, encoding=settings.encoding, delimiter="tab")
        table = read_jsonl(lines_of(stream, dialect, sample=sample))
        return table._replace(remarks=dialect.remarks + table.remarks)
    if source.kind == "xlsx":
        from fitcheck.table.read.xlsx import BEGINNINGS, MOST_BYTES, read_xlsx  # noqa: PLC0415

        # what does not begin like a spreadsheet is refused for that, and need not end
        begin = stream.read(SAMPLE_BYTES)
        whole = begin + stream.read(MOST_BYTES) if begin.startswith(BEGINNINGS) else begin
        return read_xlsx(whole, sheet=settings.sheet)
    from fitcheck.table.read.parquet import BEGINNING, read_parquet  # noqa: PLC0415

    if stream.seekable():
        return read_parquet(stream)
    # Parquet is read from its end, which a stream does not let us do
    begin = stream.read(len(BEGINNING))
    if begin != BEGINNING:  # it is refused for that, and need not end
        return read_parquet(BytesIO(begin))
    return read_parquet(_spooled(chain([begin], iter(partial(stream.read, SAMPLE_BYTES), b""))))


def _spooled(blocks: Iterator[bytes]) -> BinaryIO:
    """
    Return a copy of a stream that can be read in any order.

    Raises:
        UsageError: there is no room for it.
    """
    try:
        copy = TemporaryFile(prefix="fitcheck-")  # noqa: SIM115 - it has to live as long as its rows are read
    except OSError as error:
        raise _no_room(error) from None
    for block in blocks:
        try:
            copy.write(block)
        except OSError as error:
            raise _no_room(error) from None
    copy.seek(0)
    return copy


def _no_room(error: OSError) -> UsageError:
    message = f"no space left for a temporary copy of this stream: {error.strerror or error}"
    return UsageError(Problem("no-room", message, hint="TMPDIR names another folder; or save it as a file first"))


def _open_delimited(source: _Source) -> Opened:
    stream, settings = source.stream, source.settings
    sample = _sample(stream)
    delimiter = settings.delimiter or ("tab" if source.kind == "tsv" else None)
    dialect = sniff(sample, encoding=settings.encoding, delimiter=delimiter)
    # the header, and what proves the decimal mark, come from the sample alone: the rows are then read from the start
    head = list(islice(lines_of(BytesIO(), dialect, sample=_whole_lines(sample)), PROOF_ROWS + FIRST_LINES))
    first = list(records(head[:FIRST_LINES], dialect.delimiter))
    at = _header_among(first, source)
    header, body = first[at].cells, first[at].line + first[at].span
    known = list(records(head[body - 1 :], dialect.delimiter, first_line=body, width=len(header)))
    matching = match(header, source.asked, source.mapping, cells_of(known))
    marks, remarks = infer_decimal_mark(known, matching, settings, source.mapping)
    return Opened(
        file=source.file,
        format=source.kind,
        header=header,
        header_line=first[at].line,
        records=records(
            islice(lines_of(stream, dialect, sample=sample), body - 1, None),
            dialect.delimiter,
            first_line=body,
            width=len(header),
        ),
        before=tuple(line.line for line in first[:at] if line.cells),
        matching=matching,
        marks=marks,
        remarks=dialect.remarks + remarks + said_of_shares(matching),
        dialect=dialect,
    )


def _sample(stream: BinaryIO) -> bytes:
    """Read so much that a whole line is in it, unless it does not end."""
    sample = stream.read(SAMPLE_BYTES)
    while not any(end in sample for end in (b"\n", b"\r")) and (more := stream.read(SAMPLE_BYTES)):
        sample += more
        if len(sample) >= LONGEST:
            raise LongLineError(1)
    return sample


def _whole_lines(sample: bytes) -> bytes:
    """Return a sample without a last line that may be cut, unless it is shorter than one, and so the whole table."""
    end = max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1
    return sample[:end] if len(sample) >= SAMPLE_BYTES and end else sample


def _header_among(first: Sequence[Record], source: _Source) -> int:
    """Return the position of the header among the first records."""
    if source.settings.header_line is not None:
        return _header_said(first, source, source.settings.header_line)
    places = [i for i, record in enumerate(first) if record.cells][:HEADER_WITHIN]
    rows = [[] if first[i].fault else first[i].cells for i in places]
    at = find_header(rows, source.asked, source.mapping)
    fault = first[places[0]].fault if places else None
    if at is not None and not (fault and not any(m.column for m in match(rows[at], source.asked).matches)):
        return places[at]
    if fault:
        where = Place(source.file, first[places[0]].line)
        raise DocumentError(Problem("no-header", f"the header can't be read: {fault.message}", where))
    raise DocumentError(Problem("no-header", "this table is empty: it has no header", Place(source.file)))


def _header_said(first: Sequence[Record], source: _Source, line: int) -> int:
    """Return the position of the record that begins in the line where the user says that the header stands."""
    at = next((k for k, record in enumerate(first) if record.line == line), None)
    if at is None:
        message = f"--header-line {line}: no row begins in that line, within the first {FIRST_LINES}"
        raise UsageError(Problem("no-header", message, hint="count lines of the file, blank ones included"))
    if not first[at].cells or first[at].fault:
        said = first[at].fault
        message = f"--header-line {line}: {said.message if said else 'the line is blank'}"
        raise DocumentError(Problem("no-header", message, Place(source.file, line)))
    return at
