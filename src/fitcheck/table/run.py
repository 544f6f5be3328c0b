"""Scores a whole table: opens it, scores its records, writes and counts them."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import BinaryIO, NamedTuple

from fitcheck.decision.content.cost_model import Company
from fitcheck.decision.content.rubric import Screen, Stage
from fitcheck.decision.cost.prices import Prices, prices
from fitcheck.decision.score.scorecard import compile_scorecard
from fitcheck.mapping import ColumnMapping
from fitcheck.table.match.check_header import check_matching
from fitcheck.table.match.columns import with_roles
from fitcheck.table.match.non_data import mark_group_titles
from fitcheck.table.match.opening import Opened, open_table
from fitcheck.table.match.questions import QuestionSpec, asked_by
from fitcheck.table.mended import mended_rows, with_mended
from fitcheck.table.pool import scored
from fitcheck.table.read.settings import Settings, format_of_rejects
from fitcheck.table.score.repeats import Repeats, mark_repeats
from fitcheck.table.score.row_reading import BadAnswers
from fitcheck.table.score.scoring import Rejection, ScoringPlan
from fitcheck.table.score.tally import NO_CURRENCY, Tally
from fitcheck.table.write.back import FIT, Back, BackCounts, BackWriter, back_writer
from fitcheck.table.write.out_columns import chosen_columns, names_of, out_columns
from fitcheck.table.write.writing import rejects_for, writer_for

Progress = Callable[[int], None]
"""Called with the number of rows that are done, every now and then."""

AS_FOUND = Settings()


@dataclass(frozen=True, slots=True)
class Job:
    """
    What is to be done with a table.

    Attributes:
        screen, stage, company: what scores.
        mapping: which columns are which, where names do not say.
        settings: how the table is to be read.
        columns: words for what is written; see `chosen_columns`.
        bad_answers: reject a row with a cell that is no answer, or take the answer for unknown.
        as_is: write texts that a spreadsheet would run as they are.
        hours: how many there are for the prospects to pursue.
        with_closed: count deals that are won or lost among the verdicts.
        back: what is written instead, for a CRM's importer.
    """

    screen: Screen
    stage: Stage
    company: Company | None = None
    mapping: ColumnMapping | None = None
    settings: Settings = AS_FOUND
    columns: tuple[str, ...] | None = None
    bad_answers: BadAnswers = "reject"
    as_is: bool = False
    hours: Fraction | None = None
    with_closed: bool = False
    back: Back | None = None

    @property
    def asked(self) -> tuple[QuestionSpec, ...]:
        """Everything that a table can answer."""
        return asked_by(self.screen)


@dataclass(frozen=True, slots=True)
class Result:
    """
    What became of a table.

    Attributes:
        wrote: names of the columns of ours that were written.
        prices: what values and margins are counted in; None without a cost model.
        back: what became of the rows for a CRM's importer.
    """

    job: Job
    opened: Opened
    tally: Tally
    wrote: tuple[str, ...]
    prices: Prices | None
    back: BackCounts | None = None

    @property
    def without_column(self) -> dict[str, Fraction]:
        """Share of the weight of each scored question without a column, the most first: it is known of no row."""
        lines = compile_scorecard(self.job.screen, self.job.stage).lines
        whole = sum(line.weight for line in lines)
        left = [line for line in lines if line.question.id not in self.opened.matching.questions]
        left.sort(key=lambda line: -line.weight)
        return {line.question.id: Fraction(line.weight, whole) for line in left}

    @property
    def weight(self) -> Fraction:
        """Share of the weight that can be known of a row: that of the questions with a column."""
        return 1 - sum(self.without_column.values(), Fraction(0))

    @property
    def not_valued(self) -> dict[str, int]:
        """By currency, deals of which nobody says what it is worth in ours; those that name none are in ours."""
        ours = self.prices.deal_currency if self.prices else NO_CURRENCY
        found = Counter[str]()
        for currency, count in self.tally.unpriced.items():
            found[ours if currency == NO_CURRENCY else currency] += count
        return dict(sorted(found.items()))

    @property
    def currency(self) -> str | None:
        """ISO code that values and margins are counted in."""
        return self.prices.currency if self.prices else None


def open_job(job: Job, stream: BinaryIO, file: str) -> Opened:
    """
    Open the table of a job.

    Raises:
        DocumentError, UsageError: see `open_table` and `check_matching`.
    """
    opened = open_table(stream, file, job.settings, job.asked, job.mapping)
    check_matching(opened, job.mapping)
    matching = with_roles(opened.matching, roles_of(job.screen))
    return replace(opened, matching=replace(matching, ours=names_of(out_columns(job.screen))))


def mended_job(job: Job, opened: Opened, files: Sequence[tuple[BinaryIO, str]]) -> Opened:
    """
    Return the table of a job with the rows of fixed rejects files, the last first, in their old place.

    Raises:
        DocumentError, UsageError: see `open_table` and `mended_rows`.
    """
    rejects = [open_table(stream, file, AS_FOUND, job.asked, job.mapping) for stream, file in files]
    return with_mended(
        opened, {line: row for each in rejects for line, row in mended_rows(each, opened.header).items()}
    )


def roles_of(screen: Screen) -> frozenset[str]:
    """Return the roles that do something in a screen's cost model."""
    return frozenset(activity.role for activity in screen.cost.activities) if screen.cost else frozenset()


class Outputs(NamedTuple):
    """
    Where everything goes.

    Attributes:
        scored: takes the rows that were scored, in the format `to`.
        rejects: takes the others; None: they are only counted.
        rejects_to: their format; None for what `format_of_rejects` says of a stream.
    """

    scored: BinaryIO
    to: str
    rejects: BinaryIO | None
    rejects_to: str | None = None


def run(job: Job, opened: Opened, outputs: Outputs, progress: Progress, processes: int | None = None) -> Result:
    """
    Score every row of an open table.

    Args:
        job: what is to be done.
        opened: the table.
        outputs: where rows go.
        progress: called with the number of rows that are done.
        processes: how many score; see `fitcheck.table.pool.scored`.

    Raises:
        DocumentError: the table can't be read on.
        UsageError: a column that there isn't, or a package that is missing.
    """
    columns = out_columns(job.screen)
    fields = opened.matching.fields
    ids = [fields[field].position for field in ("id", "name") if field in fields]
    kept = chosen_columns(job.columns if job.back is None else FIT, columns, opened.header, ids)
    plan = ScoringPlan(
        screen=job.screen,
        stage=job.stage,
        company=job.company,
        mapping=job.mapping,
        header=tuple(opened.header),
        matching=opened.matching,
        marks=opened.marks,
        fit=kept.fit,
        bad_answers=job.bad_answers,
        as_is=job.as_is,
        hours=job.hours,
        with_closed=job.with_closed,
    )
    tally = Tally(job.hours)
    id_at = fields["id"].position if "id" in fields else None
    repeats = Repeats(tally, id_at)
    with ExitStack() as stack:
        back: BackWriter | None = None
        if job.back:
            back = stack.enter_context(
                back_writer(
                    outputs.scored,
                    outputs.to,
                    opened,
                    job.back,
                    weeks=job.screen.look_again_weeks,
                    asked=job.asked,
                    mapping=job.mapping,
                    with_closed=job.with_closed,
                )
            )
        writer = back or stack.enter_context(writer_for(outputs.scored, outputs.to, opened, kept, columns))
        rejecting = None
        if outputs.rejects is not None:
            kind = outputs.rejects_to or format_of_rejects(opened.format, None)
            rejecting = rejects_for(outputs.rejects, kind, opened)
        for records, outcomes, counts in stack.enter_context(
            closing(scored(plan, mark_repeats(mark_group_titles(opened.records, opened.header), id_at), processes))
        ):
            for record, outcome in zip(records, outcomes, strict=True):
                if isinstance(outcome, list):
                    writer.row(record, outcome)
                    if record.flaws:
                        tally.count_flaws(record, opened.header)
                elif isinstance(outcome, Rejection):
                    repeats.rejected(record)
                    if rejecting:
                        rejecting.row(record, outcome.problems)
            tally.add(counts)
            repeats.settle(counts)
            progress(tally.read)
        if rejecting:
            rejecting.finish()
    paid = prices(job.screen.cost, job.company) if job.screen.cost else None
    return Result(job, opened, tally, kept.fit, paid, back.counts if back else None)
