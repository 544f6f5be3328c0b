"""`fitcheck assess`: a report per prospect file."""

from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, detail_of, kind_of
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.given_options import same_verdict
from fitcheck.cli.prospects import assess_all


def assess(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Prospect files or folders; - is standard input.")
    ],
    screen: options.FileScreen = None,
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
    *,
    quiet: options.Quiet = False,
    full: options.Full = False,
    explain: options.Explain = False,
    pager: options.Pager = False,
    fail_on_not_now: Annotated[
        bool, typer.Option("--fail-on-not-now", help="Exit with 10 if any verdict is 'not now'.")
    ] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Merge several scorers’ files named <prospect>.<scorer>.yaml.")
    ] = False,
) -> None:
    """Say pursue or not now for each prospect, why, and what it will cost to close."""
    from fitcheck.rendering import renderable

    kind, detail = kind_of(format, output), detail_of(quiet=quiet, full=full, explain=explain)
    if merge:
        from fitcheck.cli.merge_scorers import merge_all

        merged, inputs, name_screen = merge_all(files, screen, stage, company, as_of)
        parts = renderable(merged)
        verdicts = {report.merged.verdict for report in merged}
    else:
        work = assess_all(files, screen, stage, company, as_of)
        parts, inputs, name_screen = renderable(work.assessments), work.inputs, work.name_screen
        verdicts = {assessment.verdict for assessment in work.assessments}
    given = same_verdict(context, names_screen=name_screen)
    deliver(parts, kind, output, inputs, detail=detail, given=given, pager=pager)
    if fail_on_not_now and "not now" in verdicts:
        raise typer.Exit(Exit.NOT_NOW)
