"""`fitcheck assess`: one report for each prospect file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.exits import Exit
from fitcheck.cli.inputs import STDIN, Collected, prospect_files, read
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.problems import Problem, UsageError

if TYPE_CHECKING:
    from fitcheck.decision.assessment import Assessment

FORMATS = ("text", "markdown", "json")


def assess(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Prospect files or folders; - is standard input.")
    ],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How to report.")] = "text",  # noqa: A002
    output: options.Output = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show every answer's line and the arithmetic.")] = False,
    fail_on_not_now: Annotated[
        bool, typer.Option("--fail-on-not-now", help="Exit with 10 if any verdict is not now.")
    ] = False,
) -> None:
    """Say pursue or not now for each prospect, why, and what it will cost to close."""
    if format not in FORMATS:
        problem = Problem(
            "unknown-format", f"--format {format!r} is not a format", hint=f"one of: {', '.join(FORMATS)}"
        )
        raise UsageError(problem)
    assessments = _assess_all(files, screen, stage, company, as_of)
    _print(assessments, format, output, files, explain=explain)
    if fail_on_not_now and any(assessment.verdict == "not now" for assessment in assessments):
        raise typer.Exit(Exit.NOT_NOW)


def _assess_all(
    files: list[str], screen_name: str, stage: str | None, company_file: str | None, as_of: str | None
) -> "list[Assessment]":
    from fitcheck.api import assess as assess_one, stage_for
    from fitcheck.documents.prospects import Questionnaire, read_prospect
    from fitcheck.documents.screens import load_screen

    day = options.day_of(as_of)
    screen, company = load_screen(screen_name), options.company_of(company_file)
    chosen, _ = stage_for(screen, stage, company)
    questionnaire = Questionnaire.of(screen)
    problems = Collected()
    prospects = []
    for file in prospect_files(files):
        with problems:
            data, name = read(file)
            prospects.append(read_prospect(data, name, known=questionnaire))
    problems.check()
    given = chosen if stage else None
    return [assess_one(screen, prospect, stage=given, company=company, as_of=day) for prospect in prospects]


def _print(assessments: "list[Assessment]", kind: str, output: str | None, inputs: list[str], *, explain: bool) -> None:
    from fitcheck.api import render
    from fitcheck.report.layout import TextOptions
    from fitcheck.report.text import report_lines

    if output is not None and output != STDIN:
        text = render(assessments, kind, TextOptions(explain=explain))
        write_file(Path(output), text, inputs=[Path(file) for file in inputs])
    elif kind == "text":
        layout = text_options(sys.stdout, explain=explain)
        print_text(report_lines(assessments, layout), layout, sys.stdout)
    else:
        write_utf8(render(assessments, kind))
