"""`fitcheck batch`: score a table of prospects, row by row."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from fitcheck.cli import options
from fitcheck.cli.batch_outputs import Files, Maybe, Places, summary_of
from fitcheck.cli.delivery import detail_of
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.given_options import SHOWING, given_again, refuse_hours_without_cost, reject_ineffective_options
from fitcheck.cli.inputs import STDIN, refuse_document, table_stream
from fitcheck.cli.mapping_proposal import propose
from fitcheck.cli.progress import Progress
from fitcheck.cli.prospects import parts_of
from fitcheck.cli.streams import print_text, text_options
from fitcheck.nearest import nearest
from fitcheck.problems import Problem, UsageError
from fitcheck.report.document import Detail
from fitcheck.report.text import text_lines

if TYPE_CHECKING:
    from fitcheck.table.run import Job, Result
    from fitcheck.table.write.back import Back

MARKS = {".": ".", "point": ".", ",": ",", "comma": ","}


def _text(*names: str, metavar: str, help_: str) -> object:
    return typer.Option(*names, metavar=metavar, help=help_, show_default=False)


def _print_back_setup(name: Maybe) -> None:
    if name is not None:
        from fitcheck.table.write.back import CRMS, setup_text

        typer.echo(setup_text(_one_of("--back-setup", name, [*CRMS])), nl=False)
        raise typer.Exit


def batch(
    context: typer.Context,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="Table with one prospect per row: CSV, TSV, JSON Lines, XLSX or Parquet; - is standard input.",
        ),
    ],
    output: Annotated[
        Maybe,
        _text(
            "-o",
            "--output",
            metavar="OUT",
            help_="Output file for the scored rows; - is standard output. Without it they are only counted.",
        ),
    ] = None,
    rejects: Annotated[
        Maybe,
        _text(
            "--rejects",
            metavar="FILE",
            help_="Output file for rows that can't be scored, with the reason: JSON Lines for JSON Lines, else CSV.  "
            "[default: beside OUT, e.g. scored-rejects.csv]",
        ),
    ] = None,
    mended: Annotated[
        list[str] | None,
        typer.Option(
            "--mended",
            metavar="FILE",
            help="A rejects file of TABLE that you fixed: its rows take their old place. Several: the last one counts.",
            show_default=False,
        ),
    ] = None,
    summary: Annotated[
        Maybe,
        _text(
            "--summary",
            metavar="FILE",
            help_="Output file for the summary: .html, .md, .txt, or .json with every count (fitcheck schema batch).",
        ),
    ] = None,
    map_: Annotated[
        Maybe,
        _text(
            "--map",
            metavar="NAME|FILE",
            help_="Column mapping: hubspot, salesforce, pipedrive, dynamics or your own file. "
            "Columns named like a question need none.",
        ),
    ] = None,
    map_only: Annotated[
        bool,
        typer.Option("--map-only", help="Score nothing: propose a mapping, and save it with -o."),
    ] = False,
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: Annotated[
        Maybe,
        _text(
            "--as-of",
            metavar="DATE",
            help_="Count days to the dates in TABLE from this date, e.g. 2026-11-22, where the mapping has days.",
        ),
    ] = None,
    back: Annotated[
        Maybe,
        _text(
            "--back",
            metavar="NAME",
            help_="Write OUT for the importer of hubspot, salesforce, pipedrive or dynamics: the record's id and six "
            "fields. Needs --as-of.",
        ),
    ] = None,
    changed_since: Annotated[
        list[str] | None,
        typer.Option(
            "--changed-since",
            metavar="FILE",
            help="Leave out records that are as in this file of --back; several: the last that has the record counts.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        Maybe,
        _text(
            "--columns",
            metavar="LIST",
            help_="Columns of OUT: all (those of TABLE), ids (its id and name), fit (all that fitcheck adds), or some "
            "of these by name, e.g. ids,verdict,score.  [default: all,fit]",
        ),
    ] = None,
    bad_answers: Annotated[
        str,
        typer.Option(
            "--bad-answers",
            metavar="reject|unknown",
            help="When a cell is not a valid answer: reject the row, or count the answer as unknown.",
        ),
    ] = "reject",
    hours: Annotated[
        Maybe,
        _text(
            "--hours",
            metavar="N",
            help_="Hours available: list the prospects to pursue that fill them.  [default: the 5 best]",
        ),
    ] = None,
    from_: Annotated[
        Maybe,
        _text(
            "--from",
            metavar="FORMAT",
            help_="Format of TABLE: csv, tsv, jsonl, xlsx or parquet.  [default: by its file name; csv for a stream]",
        ),
    ] = None,
    to: Annotated[
        Maybe,
        _text(
            "--to", metavar="FORMAT", help_="Format of OUT.  [default: by its file name; for a stream as TABLE, or csv]"
        ),
    ] = None,
    encoding: Annotated[
        Maybe, _text("--encoding", metavar="NAME", help_="Encoding of TABLE, e.g. cp1252.  [default: detected]")
    ] = None,
    delimiter: Annotated[
        Maybe,
        _text(
            "--delimiter",
            metavar="CHAR",
            help_="Column separator of TABLE, e.g. ; or tab.  [default: detected]",
        ),
    ] = None,
    decimal: Annotated[
        Maybe,
        _text(
            "--decimal",
            metavar="point|comma",
            help_="Decimal mark in amounts.  [default: detected from the amounts]",
        ),
    ] = None,
    sheet: Annotated[
        Maybe, _text("--sheet", metavar="NAME", help_="Sheet of a spreadsheet.  [default: the first]")
    ] = None,
    header_line: Annotated[
        int | None,
        typer.Option(
            "--header-line", metavar="N", min=1, help="Line of the header.  [default: detected]", show_default=False
        ),
    ] = None,
    *,
    _back_setup: Annotated[
        Maybe,
        typer.Option(
            "--back-setup",
            metavar="NAME",
            help="Print the fields to create once in that CRM, and how to import, then exit.",
            callback=_print_back_setup,
            is_eager=True,
            show_default=False,
        ),
    ] = None,
    with_closed: Annotated[
        bool, typer.Option("--with-closed", help="Count deals that are won or lost among the verdicts.")
    ] = False,
    as_is: Annotated[
        bool,
        typer.Option("--as-is", help="Do not escape formula-like text."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the counts in one line.")] = False,
    full: options.Full = False,
    explain: Annotated[bool, typer.Option("--explain", help="Name every column and every problem.")] = False,
    pager: options.Pager = False,
) -> None:
    """Score a table of prospects: every row is scored, or rejected with its reason."""
    from fitcheck.table.read.settings import Settings

    reject_ineffective_options(context)
    if from_ is None:
        refuse_document(table)
    settings = Settings(from_, encoding, delimiter, sheet, _mark(decimal), header_line)
    words = tuple(word.strip() for word in columns.split(",") if word.strip()) if columns is not None else None
    asking = _Asking(screen, stage, company, map_, options.day_of(as_of))
    job = asking.job(
        settings=settings,
        columns=words,
        bad_answers=_one_of("--bad-answers", bad_answers, ("reject", "unknown")),
        as_is=as_is,
        with_closed=with_closed,
        hours=options.hours_of(hours) if hours is not None else None,
        back=_back(back, asking.as_of, changed_since or ()),
    )
    refuse_hours_without_cost(job)
    inputs = [Path(table), *asking.inputs(job), *map(Path, [*(changed_since or ()), *(mended or ())])]
    detail = detail_of(quiet=quiet, full=full, explain=explain)
    if map_only:
        again = given_again(context, {"map_only", "map_", *SHOWING})
        propose(job, table, output, inputs, again, detail=detail, pager=pager)
        return
    places = Places.of(table, (from_, to), (output, rejects, summary), mended or ())
    result = _score(job, table, mended or (), places, inputs, detail)
    shown = sys.stderr if places.takes_standard_output else sys.stdout
    layout = text_options(shown)
    blocks = summary_of(result, places).blocks(detail, "")
    print_text(text_lines(blocks, layout), layout, shown, pager=pager)
    if result.tally.rejected:
        raise typer.Exit(Exit.REJECTED)


def _one_of(option: str, word: str, known: Sequence[str]) -> str:
    if word in known:
        return word
    hint = nearest(word, known, show=len(known))
    raise UsageError(Problem("unknown-word", f"{option} {word!r} is not a valid choice", hint=hint))


def _back(name: str | None, day: date | None, before: Sequence[str]) -> "Back | None":
    from fitcheck.table.write.back import CRMS, Back, fields_before

    if name is None:
        return None
    _one_of("--back", name, [*CRMS])
    if day is None:
        hint = "add --as-of, e.g. --as-of 2026-11-22: the day to look again is counted from it"
        raise UsageError(Problem("no-as-of", f"--back {name} needs the date of the verdicts", hint=hint))
    return Back(name, day, {key: told for file in before for key, told in fields_before(Path(file), name).items()})


def _mark(word: str | None) -> str | None:
    if word is None or word in MARKS:
        return MARKS[word] if word else None
    raise UsageError(Problem("unknown-word", f"--decimal {word!r} is not a decimal mark", hint="point or comma"))


class _Asking(NamedTuple):
    """Screen, stage, company file and mapping, as they were named."""

    screen: str
    stage: str | None
    company: str | None
    mapping: str | None
    as_of: date | None

    def job(self, **settings: object) -> "Job":
        """Load them."""
        from fitcheck.api import stage_for
        from fitcheck.documents.mappings import load_mapping
        from fitcheck.documents.prospects import Questionnaire
        from fitcheck.mapping import counted_from
        from fitcheck.table.run import Job

        screen, company = options.screen_and_company(self.screen, self.company)
        chosen, _ = stage_for(screen, self.stage, company)
        mapping = load_mapping(self.mapping, Questionnaire.of(screen)) if self.mapping else None
        if mapping and self.as_of:
            mapping = counted_from(mapping, self.as_of)
        return Job(screen, chosen, company, mapping, **settings)  # type: ignore[arg-type]  # checked by `batch`

    def inputs(self, job: "Job") -> Iterator[Path]:
        """Yield every file that was read and must not be overwritten."""
        yield Path(self.company or options.COMPANY)
        yield Path(self.screen)
        yield from parts_of(job.screen)
        if self.mapping:
            yield Path(self.mapping)


def _score(
    job: "Job", table: str, mended: Sequence[str], places: Places, inputs: Sequence[Path], detail: Detail
) -> "Result":
    from fitcheck.table.run import Outputs, mended_job, open_job, run

    with ExitStack() as stack:
        stream, name = stack.enter_context(table_stream(table))
        opened = open_job(job, stream, name)
        if mended:
            opened = mended_job(job, opened, [stack.enter_context(table_stream(file)) for file in mended])
        files = Files(stack, places, inputs)
        size = os.fstat(stream.fileno()).st_size if table != STDIN else None
        with Progress(size, stream) as progress:
            result = run(job, opened, Outputs(files.scored, places.to, files.rejects, places.rejects_to), progress)
        files.finish(result, detail)
    return result
