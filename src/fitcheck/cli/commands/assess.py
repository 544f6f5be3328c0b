"""`fitcheck assess`: a report per prospect file."""

from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, kind_of
from fitcheck.cli.exit_codes import Exit
from fitcheck.cli.prospects import assess_all
from fitcheck.report.layout import TextOptions


def assess(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Prospect files or folders; - is standard input.")
    ],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show every answer and the arithmetic.")] = False,
    fail_on_not_now: Annotated[
        bool, typer.Option("--fail-on-not-now", help="Exit with 10 if any verdict is 'not now'.")
    ] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Merge several scorers' files, named <prospect>.<scorer>.yaml.")
    ] = False,
) -> None:
    """Say pursue or not now for each prospect, why, and what closing costs."""
    from fitcheck.api import render
    from fitcheck.report.prospect.text import report_lines

    kind = kind_of(format, output)
    if merge:
        from fitcheck.cli.merge_scorers import assess_merged

        reports = assess_merged(files, screen, stage, company, as_of, kind, output, explain=explain)
        if fail_on_not_now and any(report.merged.verdict == "not now" for report in reports):
            raise typer.Exit(Exit.NOT_NOW)
        return
    work = assess_all(files, screen, stage, company, as_of)
    found = work.assessments
    deliver(
        kind,
        output,
        work.inputs,
        lambda layout: report_lines(found, layout),
        lambda kind: render(found, kind, TextOptions(explain=explain)),
        explain=explain,
    )
    if fail_on_not_now and any(assessment.verdict == "not now" for assessment in found):
        raise typer.Exit(Exit.NOT_NOW)
