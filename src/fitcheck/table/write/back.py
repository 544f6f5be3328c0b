"""Writes verdicts so that a CRM's own importer takes them back: the id of the record, and six fields of ours."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fitcheck.folding import bare
from fitcheck.mapping import ColumnMapping
from fitcheck.nearest import quoted
from fitcheck.problems import Place, Problem, UsageError
from fitcheck.table.match.closed import ClosedDeals
from fitcheck.table.match.opening import Opened
from fitcheck.table.match.questions import QuestionSpec
from fitcheck.table.read.records import Record
from fitcheck.table.write.out_columns import ColumnSelection, Kind, OutColumn
from fitcheck.table.write.writing import Writer, writer_for

FIT = ("fit_verdict", "fit_state", "fit_score", "fit_reason_1", "fit_ask_next")
"""Columns that the fields of a CRM are made from."""

FIELDS: tuple[tuple[str, Kind], ...] = (
    ("Fitcheck verdict", "text"), ("Fitcheck state", "text"), ("Fitcheck score", "number"),
    ("Fitcheck reason", "text"), ("Fitcheck ask next", "text"), ("Fitcheck look again", "text"),
)  # fmt: skip
VERDICT, AGAIN = 0, 5
"""Positions of the first and the last field: the verdict, and the day to look again, which alone changes nothing."""

CHOICES = {"Fitcheck verdict": "pursue, not now", "Fitcheck state": "settled, likely, leaning, ask first"}
"""Values of the fields that are chosen from a list."""


class Crm(NamedTuple):
    """
    How one CRM takes records back.

    Attributes:
        id: header of the column that names the record.
        is_id: what an id looks like.
        also: beginning of the headers of columns that go back as they came.
        where: its fields are created there.
        types: its words for a list of choices, a number, a text and a date.
        how: its import takes the file like this.
        names: how it names a field of ours; {} is the name in words.
    """

    id: str
    is_id: re.Pattern[str]
    also: str
    where: str
    types: tuple[str, str, str, str]
    how: str
    names: str = "{}"

    def header(self, name: str) -> str:
        """Return the name of a field in the file, as the importer finds it by itself."""
        return self.names.format(name if self.names == "{}" else name.title().replace(" ", "_"))


CRMS: Mapping[str, Crm] = {
    "hubspot": Crm(
        "Record ID", re.compile(r"\d+"), "", "Settings > Properties > Deal properties",
        ("Dropdown select", "Number", "Multi-line text", "Date picker"),
        "Import the file as deals, updating existing records by Record ID.",
    ),
    "salesforce": Crm(
        "Id", re.compile(r"[A-Za-z0-9]{18}"), "", "Setup > Object Manager > Opportunity > Fields",
        ("Picklist", "Number (5, 2)", "Long text area", "Date"),
        "Data Loader > Update > Opportunity; the columns carry the API names.", "{}__c",
    ),
    "pipedrive": Crm(
        "Pipedrive System ID", re.compile(r"\d+"), "", "Company settings > Data fields > Lead/deal",
        ("Single option", "Numerical", "Large text", "Date"),
        "Import data > From a spreadsheet, with Pipedrive System ID as the id of the deal.",
    ),
    "dynamics": Crm(
        "(Do Not Modify) Opportunity", re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
        "(Do Not Modify)", "Opportunity table > Columns, and in the view that you export",
        ("Choice", "Decimal", "Multiple lines of text", "Date only"),
        "A dataflow takes the file, keyed by its first column. The import wizard updates only the workbook that it\n"
        "exported: paste the fields there, matched by the first column.",
    ),
}  # fmt: skip


def case_safe(record_id: str) -> str:
    """
    Return the id of a Salesforce record with 18 characters, which capitals don't matter for.

    The three last ones are the capitals of each five characters, as bits, the first the lowest.

    >>> case_safe("0067E0000028LZP"), case_safe("00300000003T2PGAA0")
    ('0067E0000028LZPQA2', '00300000003T2PGAA0')
    """
    if not re.fullmatch(r"[A-Za-z0-9]{15}", record_id):
        return record_id
    bits = [sum(1 << k for k in range(5) if record_id[start + k].isupper()) for start in (0, 5, 10)]
    return record_id + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bit] for bit in bits)


@dataclass(frozen=True, slots=True)
class Back:
    """
    What goes back.

    Attributes:
        crm: name of the CRM.
        day: the day of the verdicts.
        before: the fields of each record, by its id, as they went back before; rows like these are left out.
    """

    crm: str
    day: date
    before: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class BackCounts:
    """How many rows went back, are as they were before, and have no id that the CRM would know."""

    written: int = 0
    unchanged: int = 0
    without_id: int = 0


class BackWriter:
    """
    Takes scored rows, and writes those that a CRM is to be told of: neither closed deals nor repetitions.

    Args:
        writer: takes the id, what goes back as it came, and our fields.
        back: what goes back.
        positions: of the id, and of what goes back as it came.
        weeks: after how many weeks a "not now" is looked at again.
        asked: what the screen asks.
        closed: tells deals that are won or lost; None: they go back too.
    """

    def __init__(
        self,
        writer: Writer,
        back: Back,
        positions: Sequence[int],
        *,
        weeks: int,
        asked: Sequence[QuestionSpec],
        closed: ClosedDeals | None,
    ) -> None:
        self._writer, self._back, self._crm = writer, back, CRMS[back.crm]
        self._positions, self._closed = positions, closed
        self._again = (back.day + timedelta(weeks=weeks)).isoformat()
        self._asks = {question.id: question.ask for question in asked}
        self.counts = BackCounts()

    def row(self, record: Record, texts: Sequence[str]) -> None:
        """Write a row, if the CRM is to be told of it."""
        if record.repeats or (self._closed and self._closed.stage(record.cells)):
            return
        own = [bare(record.cells[position]).removesuffix(".0") for position in self._positions]
        own[0] = case_safe(own[0]) if self._back.crm == "salesforce" else own[0]
        if not self._crm.is_id.fullmatch(own[0]):
            self.counts.without_id += 1
            return
        verdict, state, score, reason, ask = texts
        again = self._again if verdict == "not now" and state != "ask first" else ""
        told = [verdict, state, score, reason, self._asks.get(ask, ask), again]
        if list(self._back.before.get(own[0], ()))[:AGAIN] == told[:AGAIN]:
            self.counts.unchanged += 1
            return
        self.counts.written += 1
        self._writer.row(replace_cells(record, own), told)


def replace_cells(record: Record, cells: list[str]) -> Record:
    """Return a record with other cells, of which nothing but their text is known."""
    return record._replace(cells=cells, raw="", values=(), members=())


@contextmanager
def back_writer(
    file: BinaryIO,
    kind: str,
    opened: Opened,
    back: Back,
    *,
    weeks: int,
    asked: Sequence[QuestionSpec],
    mapping: ColumnMapping | None,
    with_closed: bool,
) -> Iterator[BackWriter]:
    """
    Write what goes back into a CRM; the file is complete when the block ends without an error.

    Raises:
        UsageError: no column is the id.
    """
    crm = CRMS[back.crm]
    if "id" not in opened.matching.fields:
        message = f"--back {back.crm} needs the id of each record, and no column is one"
        hint = f"export {quoted(crm.id)} too, or name the column in the mapping: {{field: id}}"
        raise UsageError(Problem("no-id", message, Place(opened.file, opened.header_line), hint=hint))
    at = opened.matching.fields["id"].position
    also = [k for k, text in enumerate(opened.header) if crm.also and k != at and bare(text).startswith(crm.also)]
    header = [crm.id, *(opened.header[position] for position in also)]
    ours = [OutColumn(crm.header(name), kind_) for name, kind_ in FIELDS]
    plain = replace(opened, header=header, dialect=None, types=None)
    selection = ColumnSelection(tuple(range(len(header))), tuple(column.name for column in ours))
    closed = None if with_closed else ClosedDeals(opened.matching, mapping)
    with writer_for(file, kind, plain, selection, ours) as writer:
        yield BackWriter(writer, back, [at, *also], weeks=weeks, asked=asked, closed=closed)


def fields_before(path: Path, name: str) -> dict[str, Sequence[str]]:
    """
    Return our fields by the id of the record, from a CSV file that went back before.

    Raises:
        UsageError: it can't be read, or is no such file.
    """
    crm = CRMS[name]
    wanted = [crm.id, *(crm.header(field_) for field_, _ in FIELDS)]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {*wanted} <= {*(rows.fieldnames or ())}:
                message = f"{path} was not written by --back {name}: it lacks {quoted(wanted[0])} or a field of ours"
                raise UsageError(Problem("not-from-back", message, hint="name the CSV file of the last run"))
            return {row[crm.id]: [row[column] or "" for column in wanted[1:]] for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not a CSV file in UTF-8"
        raise UsageError(Problem("cannot-read", f"cannot read {path}: {why}")) from None


def setup_text(name: str) -> str:
    """Return what to create once in a CRM, and how its importer takes the file."""
    crm = CRMS[name]
    choice, number, text, day = crm.types
    lines = [f"Create these six fields once, in {crm.where}:", ""]
    for at, (field_, kind) in enumerate(FIELDS):
        of = choice if field_ in CHOICES else number if kind == "number" else day if at == AGAIN else text
        values = f": {CHOICES[field_]}" if field_ in CHOICES else ""
        label = field_ if crm.names == "{}" else f"{field_} ({crm.header(field_)})"
        lines.append(f"  {label:<{44 if crm.names != '{}' else 20}} {of}{values}")
    lines += ["", f"Then: fitcheck batch deals.csv --map {name} --back {name} --as-of DATE -o back.csv"]
    return "\n".join([*lines, crm.how]) + "\n"
