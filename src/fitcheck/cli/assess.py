"""`fitcheck assess`: one report for each prospect file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fitcheck.api import FORMATS, Format, assess as assess_one, render, stage_for
from fitcheck.cli import options
from fitcheck.cli.exits import Exit
from fitcheck.cli.inputs import STDIN, Collected, prospect_files, read
from fitcheck.cli.streams import print_text, text_options, write_file, write_utf8
from fitcheck.decision.assessment import Assessment
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.screens import load_screen
from fitcheck.problems import Problem, UsageError
from fitcheck.report.layout import TextOptions
from fitcheck.report.text import report_lines


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
    chosen = _format(format)
    assessments = _assess_all(files, screen, stage, company, as_of)
    to_file = output is not None and output != STDIN
    if to_file:
        text = render(assessments, chosen, TextOptions(explain=explain))
        write_file(Path(output or ""), text, inputs=[Path(file) for file in files])
    elif chosen == "text":
        layout = text_options(sys.stdout, explain=explain)
        print_text(report_lines(assessments, layout), layout, sys.stdout)
    else:
        write_utf8(render(assessments, chosen))
    if fail_on_not_now and any(assessment.verdict == "not now" for assessment in assessments):
        raise typer.Exit(Exit.NOT_NOW)


def _assess_all(
    files: list[str], screen_name: str, stage: str | None, company_file: str | None, as_of: str | None
) -> list[Assessment]:
    day = options.day_of(as_of)
    problems = Collected()
    prospects = []
    screen, company = load_screen(screen_name), options.company_of(company_file)
    chosen, _ = stage_for(screen, stage, company)
    questionnaire = Questionnaire.of(screen)
    for file in prospect_files(files):
        with problems:
            data, name = read(file)
            prospects.append(read_prospect(data, name, known=questionnaire))
    problems.check()
    return [
        assess_one(screen, prospect, stage=chosen if stage else None, company=company, as_of=day)
        for prospect in prospects
    ]


def _format(text: str) -> Format:
    for known in FORMATS:
        if text == known:
            return known
    problem = Problem("unknown-format", f"--format {text!r} is not a format", hint=f"one of: {', '.join(FORMATS)}")
    raise UsageError(problem)
