"""A whole table: opened, scored, written, counted. Files appear when every row is where it belongs."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import BinaryIO, Literal, NamedTuple

from fitcheck.batch.ahead import Ahead
from fitcheck.batch.asked import Asked, asked_by
from fitcheck.batch.byblocks import plan, score
from fitcheck.batch.opening import Opened, open_table
from fitcheck.batch.outcolumns import RowTexts, chosen_columns, names_of, out_columns
from fitcheck.batch.records import Record
from fitcheck.batch.rowreading import BadAnswers, RowReader
from fitcheck.batch.scoring import Rejected, Scoring
from fitcheck.batch.settings import Settings, format_of_rejects
from fitcheck.batch.tally import NO_CURRENCY, Tally
from fitcheck.batch.unanswered import check_matching
from fitcheck.batch.writing import Rejects, rejects_for, writer_for
from fitcheck.decision.costmodel import Company
from fitcheck.decision.prices import Prices
from fitcheck.decision.rows import RowScorer
from fitcheck.decision.rubric import Screen, Stage
from fitcheck.decision.scorecard import compile_scorecard
from fitcheck.mapping import ColumnMapping

Engine = Literal["auto", "python", "polars", "compiled", "spark"]
"""
What scores: `python` goes row by row, `polars` and `compiled` by blocks of lines. `auto` takes one of these for large
tables; else it goes row by row, but works out ahead what takes long. Several processes share large delimited text,
whatever scores it. `spark` is `batch.spark`'s.
"""

Progress = Callable[[int], None]
"""Told how many rows are done, every now and then."""

TOLD_EVERY = 100

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
        engine: what scores.
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
    engine: Engine = "auto"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Everything that a table can answer."""
        return asked_by(self.screen)


@dataclass(frozen=True, slots=True)
class Result:
    """
    What became of a table.

    Attributes:
        engine: what scored it.
        wrote: names of the columns of ours that were written.
        prices: what values and margins are counted in; None without a cost model.
    """

    job: Job
    opened: Opened
    tally: Tally
    engine: str
    wrote: tuple[str, ...]
    prices: Prices | None

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
    ours = names_of(out_columns(job.screen))
    return replace(opened, matching=replace(opened.matching, ours=ours))


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


def run(job: Job, opened: Opened, outputs: Outputs, progress: Progress) -> Result:
    """
    Score every row of an open table.

    Args:
        job: what is to be done.
        opened: the table.
        outputs: where rows go.
        progress: told how far it is.

    Raises:
        DocumentError: the table can't be read on.
        UsageError: a column that there isn't, or a package that is missing.
    """
    scorer = RowScorer(job.screen, job.stage, job.company)
    reader = RowReader(scorer, opened.matching, job.mapping, mark=opened.mark, width=len(opened.header))
    columns = out_columns(job.screen)
    ids = [p for p in (reader.position("id"), reader.position("name")) if p is not None]
    kept = chosen_columns(job.columns, columns, opened.header, ids)
    texts = RowTexts(job.screen, kept.fit, as_is=job.as_is)
    tally = Tally(job.hours)
    ahead = Ahead.of(scorer) if job.engine == "auto" else None  # asked for by name, each engine is itself alone
    scoring = Scoring(opened.header, reader, texts, tally, job.bad_answers, as_is=job.as_is, ahead=ahead)
    with ExitStack() as stack:
        writer = stack.enter_context(writer_for(outputs.scored, outputs.to, opened, kept, columns))
        rejecting = None
        if outputs.rejects is not None:
            kind = outputs.rejects_to or format_of_rejects(opened.format, None)
            rejecting = rejects_for(outputs.rejects, kind, opened)
        planned = plan(job.engine, scoring, opened, writer)
        if planned:
            files = tuple(file for file in (outputs.scored, outputs.rejects) if file)
            score(planned, scoring, opened, rejecting=rejecting, files=files, progress=progress)
        else:
            for record, texts_of in _scored(scoring, opened, rejecting, progress):
                writer.row(record, texts_of)
        if rejecting:
            rejecting.finish()
    paid = scorer.compiled.prices if scorer.compiled else None
    return Result(job, opened, tally, planned.by.name if planned else "python", kept.fit, paid)


def _scored(
    scoring: Scoring, opened: Opened, rejecting: Rejects | None, progress: Progress
) -> Iterator[tuple[Record, Sequence[str]]]:
    for count, found in enumerate(scoring.score(opened.records), 1):
        if isinstance(found, Rejected):
            if rejecting:
                rejecting.row(found)
        else:
            yield found
        if count % TOLD_EVERY == 0:
            progress(count)
