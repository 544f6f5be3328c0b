"""
What became of a table → the published JSON document of `--summary`, `fitcheck.batch/2`.

Keys may be added; anything else would be `/3`. Money is in whole units of `currency`, hours are with one decimal.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.decision.score.rounding import half_up
from fitcheck.report.json_types import ScreenDocument, StateName, VerdictName
from fitcheck.report.table.batch_groups import GROUPS, GroupName
from fitcheck.table.run import Result
from fitcheck.table.score.tally import Faults, Group, Lines, Tally

SCHEMA: Literal["fitcheck.batch/2"] = "fitcheck.batch/2"

LeftOutKey = Literal["footer", "totals", "repeated_header", "second_header_line", "group_title", "sep_line"]

LEFT_OUT: Mapping[str, LeftOutKey] = {
    "footer": "footer",
    "totals": "totals",
    "repeated header": "repeated_header",
    "second header line": "second_header_line",
    "group title": "group_title",
    "sep line": "sep_line",
}
"""What is no data, as it is counted and as the document calls it."""


class TableDocument(TypedDict):
    """
    The table as it was read.

    `encoding` and `delimiter` are null unless it is delimited text, `header_line` where the header is no row, and
    `decimal` where nothing says what the decimal mark of amounts is; `remarks` say what was found out.
    """

    file: str
    format: str
    encoding: str | None
    delimiter: str | None
    header_line: int | None
    decimal: str | None
    remarks: list[str]


class ColumnsDocument(TypedDict):
    """
    Which column is which.

    `questions` and `fields` have the header of a column by what it answers; the columns `carried` answer nothing, and
    `hints` say, by header, what some of them may have been meant for. `without_column` are questions that the table
    does not answer, `weight` is the share of the weight that the others have, and `written` are the columns that
    fitcheck added.
    """

    questions: dict[str, str]
    fields: dict[str, str]
    carried: list[str]
    hints: dict[str, str]
    without_column: list[str]
    weight: float
    written: list[str]


class RowsDocument(TypedDict):
    """How many rows: `read` is `scored` + `rejected`."""

    read: int
    scored: int
    rejected: int


class LinesDocument(TypedDict):
    """Lines of one kind: how many, and the numbers of the first ones."""

    count: int
    first_lines: list[int]


class LeftOutDocument(TypedDict):
    """Lines that are no data: their numbers, how many are blank, and the kinds of others that there are."""

    above_header: list[int]
    blank_lines: int
    footer: NotRequired[LinesDocument]
    totals: NotRequired[LinesDocument]
    repeated_header: NotRequired[LinesDocument]
    second_header_line: NotRequired[LinesDocument]
    group_title: NotRequired[LinesDocument]
    sep_line: NotRequired[LinesDocument]


class VerdictDocument(TypedDict):
    """
    Rows of one verdict and state: how many, how many of them `with_value`, and what these deals are worth together.

    `group` is what people count by: "pursue", "ask first" and "not now".
    """

    group: GroupName
    verdict: VerdictName
    state: StateName
    rows: int
    with_value: int
    value: int


class FaultDocument(TypedDict):
    """One kind of problem in a column, null if in the whole row; `message` and `hint` are those of the first."""

    code: str
    column: str | None
    count: int
    first_lines: list[int]
    message: str
    hint: str | None


class BestDocument(TypedDict):
    """A prospect to pursue: where it stands, its expected value, the hours it takes, and what an hour brings."""

    line: int
    id: str | None
    name: str | None
    owner: str | None
    expected_value: int
    hours: float
    value_per_hour: float


class BatchDocument(TypedDict):
    """
    What became of a table.

    `not_valued` counts the deals in a currency without an exchange rate, `closed` by stage those that are won or
    lost already, which `verdicts` leave out unless they are asked for, `repeated_ids` the rows that repeat the id
    of another and are not counted again, `missing` the rows that leave a question unknown, where there are any.
    `rejected` has what rows were rejected for, `taken_as_unknown` the cells that are no answers and were let pass,
    `carried_with_faults` those in columns that nobody reads. The prospects with `most_value_for_an_hour`, the best
    first, are as many as fill the hours that there are, if those are told.
    `currency` is null without a cost model.
    """

    schema: Literal["fitcheck.batch/2"]
    table: TableDocument
    screen: ScreenDocument
    stage: Literal["concept", "prototype", "pilot", "growth", "mature"]
    columns: ColumnsDocument
    rows: RowsDocument
    left_out: LeftOutDocument
    verdicts: list[VerdictDocument]
    currency: str | None
    not_valued: dict[str, int]
    closed: dict[str, int]
    repeated_ids: LinesDocument
    missing: dict[str, int]
    rejected: list[FaultDocument]
    taken_as_unknown: list[FaultDocument]
    carried_with_faults: list[FaultDocument]
    most_value_for_an_hour: list[BestDocument]


def batch_document(result: Result) -> BatchDocument:
    """
    Copy a result into the published document.

    The counts hold together: `rows.read` is `rows.scored` + `rows.rejected`, and what is no data is in `left_out`.
    The document holds nothing that differs between two runs over the same table.
    """
    job, opened, tally = result.job, result.opened, result.tally
    dialect = opened.dialect
    matching = opened.matching
    return {
        "schema": SCHEMA,
        "table": {
            "file": opened.file,
            "format": opened.format,
            "encoding": dialect.encoding if dialect else None,
            "delimiter": dialect.delimiter if dialect else None,
            "header_line": opened.header_line or None,
            "decimal": opened.mark,
            "remarks": list(opened.remarks),
        },
        "screen": {"id": job.screen.id, "version": job.screen.version, "digest": job.screen.digest},
        "stage": job.stage,
        "columns": {
            "questions": {question: match.header for question, match in matching.questions.items()},
            "fields": {field: match.header for field, match in matching.fields.items()},
            "carried": [match.header for match in matching.carried],
            "hints": {match.header: match.hint for match in matching.matches if match.hint},
            "without_column": list(matching.unanswered),
            "weight": round(float(result.weight), 4),
            "written": list(result.wrote),
        },
        "rows": {"read": tally.read, "scored": tally.scored, "rejected": tally.rejected},
        "left_out": _left_out(opened.before, tally),
        "verdicts": [
            _verdict(name, verdict, state, tally.group(verdict, state))
            for name, verdict, states in GROUPS
            for state in states
        ],
        "currency": result.currency,
        "not_valued": result.not_valued,
        "closed": dict(sorted(tally.closed.items())),
        "repeated_ids": _lines(tally.repeats),
        "missing": {
            question.id: tally.missing[j] for j, question in enumerate(job.screen.questions) if tally.missing.get(j)
        },
        "rejected": _faults(tally.faults),
        "taken_as_unknown": _faults(tally.unread),
        "carried_with_faults": _faults(tally.flaws),
        "most_value_for_an_hour": [
            {
                "line": top.line,
                "id": top.label[0] or None,
                "name": top.label[1] or None,
                "owner": top.label[2] or None,
                "expected_value": half_up(top.value),
                "hours": half_up(top.hours * 10) / 10,
                "value_per_hour": half_up(top.rate * 100) / 100,
            }
            for top in tally.top
        ],
    }


def _left_out(before: Sequence[int], tally: Tally) -> LeftOutDocument:
    left: LeftOutDocument = {"above_header": list(before), "blank_lines": tally.blank}
    for kind, lines in tally.non_data.items():
        left[LEFT_OUT[kind]] = _lines(lines)
    return left


def _verdict(name: GroupName, verdict: Verdict, state: FitState, group: Group) -> VerdictDocument:
    return {
        "group": name,
        "verdict": verdict,
        "state": state,
        "rows": group.rows,
        "with_value": group.valued,
        "value": half_up(group.value),
    }


def _lines(lines: Lines) -> LinesDocument:
    return {"count": lines.count, "first_lines": lines.first}


def _faults(faults: Mapping[tuple[str, str], Faults]) -> list[FaultDocument]:
    return [
        {"code": code, "column": column or None, **_lines(found), "message": found.message, "hint": found.hint}
        for (code, column), found in sorted(faults.items())
    ]
