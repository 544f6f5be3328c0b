"""
What became of a table: `fitcheck.batch/2`, what readers of `--summary` may rely on.

Keys may be added; anything else would be `/3`. Money is in whole units of `currency`, hours are with one decimal. The
document holds nothing that differs between two runs over the same table.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from fitcheck.decision.content.rubric import Stage
from fitcheck.decision.score.results import FitState, Verdict
from fitcheck.report.json.fields import Document, Hundredths, ScreenDocument, Share, Tenths, View, Whole, at, each
from fitcheck.report.table.batch_groups import GROUPS, GroupName
from fitcheck.table.run import Result
from fitcheck.table.score.tally import Faults

Header = Annotated[str, each("header")]
Cell = Annotated[str | None, BeforeValidator(lambda cell: cell or None)]
"""Null where the table has nothing."""


class TableDocument(Document):
    """
    The table as it was read.

    `encoding` and `delimiter` are null unless it is delimited text, `header_line` where the header is not a row, and
    `decimal` where the decimal mark of amounts is not known; `remarks` say what was detected.
    """

    file: str
    format: str
    encoding: str | None = at("dialect.encoding", default=None)
    delimiter: str | None = at("dialect.delimiter", default=None)
    header_line: Annotated[int | None, BeforeValidator(lambda line: line or None)]
    decimal: str | None = at("mark")
    remarks: list[str]


class ColumnsDocument(Document):
    """
    The column mapping.

    `questions` and `fields` have the header of the column of each; columns `carried` are copied unread, and `hints`
    say, by header, what some of them may have been meant for. `without_column` are the questions without a column,
    `weight` is the share of the weight that the others have, and `written` are the columns that fitcheck added.
    """

    questions: dict[str, Header]
    fields: dict[str, Header]
    carried: list[Header]
    hints: dict[str, str]
    without_column: list[str] = at("unanswered")
    weight: Share
    written: list[str]


class RowsDocument(Document):
    """How many rows: `read` is `scored` + `rejected`."""

    read: int
    scored: int
    rejected: int


class LinesDocument(Document):
    """Lines of one kind: how many, and the numbers of the first ones."""

    count: int
    first_lines: list[int] = at("first")


Kind = Annotated[LinesDocument | SkipJsonSchema[None], Field(exclude_if=lambda lines: lines is None)]
"""A key that is left out where there are no such lines."""


class LeftOutDocument(Document):
    """Skipped lines: the numbers of those above the header, how many are blank, and the others by kind."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    above_header: list[int]
    blank_lines: int
    footer: Kind = None
    totals: Kind = None
    repeated_header: Kind = None
    second_header_line: Kind = None
    group_title: Kind = None
    sep_line: Kind = None


class VerdictDocument(Document):
    """
    Rows of one verdict and state: how many, how many of them `with_value`, and what these deals are worth together.

    `group` is what people count by: "pursue", "ask first" and "not now".
    """

    group: GroupName
    verdict: Verdict
    state: FitState
    rows: int
    with_value: int = at("valued")
    value: Whole


class FaultDocument(Document):
    """One kind of problem in a column, null if in the whole row; `message` and `hint` are those of the first."""

    code: str
    column: Cell
    count: int
    first_lines: list[int] = at("first")
    message: str
    hint: str | None


class BestDocument(Document):
    """A prospect to pursue: where it stands, its expected value, the hours it takes, and what an hour brings."""

    line: int
    id: Cell = at("label.0")
    name: Cell = at("label.1")
    owner: Cell = at("label.2")
    expected_value: Whole = at("value")
    hours: Tenths
    value_per_hour: Hundredths = at("rate")


class BatchDocument(Document):
    """
    What became of a table.

    `not_valued` counts the deals in a currency without an exchange rate, `closed` by stage those that are won or lost
    already, which `verdicts` leave out unless asked for, `repeated_ids` the rows that repeat the id of another and are
    not counted again, `missing` the rows that leave a question unknown. `rejected` says why rows were rejected,
    `taken_as_unknown` which cells were not valid answers and count as unknown, `carried_with_faults` which cells are
    faulty in columns that nobody reads. The prospects with `most_value_for_an_hour`, the best first, are as many as
    fill the available hours, if those are given. `currency` is null without a cost model.
    """

    schema_: Literal["fitcheck.batch/2"] = "fitcheck.batch/2"
    table: TableDocument = at("opened")
    screen: ScreenDocument = at("job.screen")
    stage: Stage = at("job.stage")
    columns: ColumnsDocument
    rows: RowsDocument = at("tally")
    left_out: LeftOutDocument
    verdicts: list[VerdictDocument]
    currency: str | None
    not_valued: dict[str, int]
    closed: dict[str, int]
    repeated_ids: LinesDocument = at("tally.repeats")
    missing: dict[str, int]
    rejected: list[FaultDocument]
    taken_as_unknown: list[FaultDocument]
    carried_with_faults: list[FaultDocument]
    most_value_for_an_hour: list[BestDocument] = at("tally.top")

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, result: Result) -> View:
        opened, tally = result.opened, result.tally
        hints = {match.header: match.hint for match in opened.matching.matches if match.hint}
        non_data = {kind.replace(" ", "_"): lines for kind, lines in tally.non_data.items()}
        return View(
            result,
            columns=View(opened.matching, hints=hints, weight=result.weight, written=result.wrote),
            left_out=View(tally, above_header=opened.before, blank_lines=tally.blank, **non_data),
            verdicts=[
                View(tally.group(verdict, state), group=group, verdict=verdict, state=state)
                for group, verdict, states in GROUPS
                for state in states
            ],
            closed=dict(sorted(tally.closed.items())),
            missing={q.id: tally.missing[j] for j, q in enumerate(result.job.screen.questions) if tally.missing.get(j)},
            rejected=_faults(tally.faults),
            taken_as_unknown=_faults(tally.unread),
            carried_with_faults=_faults(tally.flaws),
        )


def _faults(faults: Mapping[tuple[str, str], Faults]) -> list[View]:
    return [View(found, code=code, column=column) for (code, column), found in sorted(faults.items())]
