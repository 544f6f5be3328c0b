"""`fitcheck compare`: two or three prospects side by side."""

from typing import Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, detail_of, kind_of
from fitcheck.cli.given_options import same_verdict
from fitcheck.cli.prospects import assess_all


def compare(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE FILE [FILE]", help="Two or three prospect files; - is standard input.")
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
) -> None:
    """Show two or three prospects side by side: verdicts, where they differ most, hours and margin per hour."""
    from fitcheck.decision.several.comparison import compare as side_by_side
    from fitcheck.rendering import renderable

    kind, detail = kind_of(format, output), detail_of(quiet=quiet, full=full, explain=explain)
    work = assess_all(files, screen, stage, company, as_of)
    parts = renderable(side_by_side(work.assessments))
    given = same_verdict(context, names_screen=work.name_screen)
    deliver(parts, kind, output, work.inputs, detail=detail, given=given, pager=pager)
