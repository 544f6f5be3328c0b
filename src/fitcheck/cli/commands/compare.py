"""`fitcheck compare`: two or three prospects side by side."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, kind_of
from fitcheck.cli.prospects import assess_all

if TYPE_CHECKING:
    from fitcheck.decision.several.comparison import Comparison


def compare(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE FILE [FILE]", help="Two or three prospect files; - is standard input.")
    ],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every answer in which they differ, with the evidence.")
    ] = False,
) -> None:
    """Show two or three prospects side by side: verdicts, main differences, hours and margin per hour."""
    from fitcheck.decision.several.comparison import compare as side_by_side
    from fitcheck.report.several.compare_text import comparison_lines

    kind = kind_of(format, output)
    work = assess_all(files, screen, stage, company, as_of)
    found = side_by_side(work.assessments)
    deliver(
        kind,
        output,
        work.inputs,
        lambda layout: comparison_lines(found, layout),
        lambda kind: _document(found, kind),
        explain=explain,
    )


def _document(found: "Comparison", kind: str) -> str:
    from fitcheck.report.several.compare_document import comparison_document
    from fitcheck.report.several.compare_markdown import comparison_markdown

    if kind == "markdown":
        return comparison_markdown(found)
    return json.dumps(comparison_document(found), indent=2, ensure_ascii=False) + "\n"
