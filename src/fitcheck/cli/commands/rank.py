"""`fitcheck rank`: pick the best prospects for your hours."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, kind_of
from fitcheck.cli.prospects import assess_all

if TYPE_CHECKING:
    from fitcheck.decision.several.rankings import Ranking


def rank(
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
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    as_of: options.AsOf = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
) -> None:
    """Pick the prospects that return most for your hours; 80 % likely to fit in them."""
    from fitcheck.decision.several.ranking import rank as rank_all
    from fitcheck.report.several.rank_text import rank_lines

    kind = kind_of(format, output)
    there_are = options.hours_of(hours)
    work = assess_all(files, screen, stage, company, as_of)
    ranking = rank_all(work.assessments, there_are, role)
    deliver(
        kind, output, work.inputs, lambda layout: rank_lines(ranking, layout), lambda kind: _document(ranking, kind)
    )


def _document(ranking: "Ranking", kind: str) -> str:
    from fitcheck.report.several.rank_document import rank_document
    from fitcheck.report.several.rank_markdown import rank_markdown

    if kind == "markdown":
        return rank_markdown(ranking)
    return json.dumps(rank_document(ranking), indent=2, ensure_ascii=False) + "\n"
