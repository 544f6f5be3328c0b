"""`fitcheck rank`: pick the best prospects for your hours."""

from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, detail_of, kind_of
from fitcheck.cli.given_options import same_verdict
from fitcheck.cli.prospects import assess_all


def rank(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Prospect files or folders; - is standard input.")
    ],
    hours: Annotated[str, typer.Option("--hours", metavar="N", help="Hours available.", show_default=False)],
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Whose hours: a role of the cost model.  [default: all roles]",
            show_default=False,
        ),
    ] = None,
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
) -> None:
    """Pick the best prospects for your hours; the plan is 80 % likely to fit."""
    from fitcheck.decision.several.ranking import rank as rank_all
    from fitcheck.rendering import renderable

    kind, detail = kind_of(format, output), detail_of(quiet=quiet, full=full, explain=explain)
    available = options.hours_of(hours)
    work = assess_all(files, screen, stage, company, as_of)
    parts = renderable(rank_all(work.assessments, available, role))
    given = same_verdict(context, names_screen=work.name_screen)
    deliver(parts, kind, output, work.inputs, detail=detail, given=given, pager=pager)
