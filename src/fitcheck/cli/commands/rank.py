"""`fitcheck rank`: which prospects deserve the hours there are."""

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
    hours: Annotated[str, typer.Option("--hours", metavar="N", help="How many hours there are.", show_default=False)],
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Whose hours, a role of the cost model.  [default: everybody's]",
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
    """Say which of the prospects to take on, so that limited hours bring most; the hours suffice in 8 cases of 10."""
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
    from fitcheck.report.json.ranking import RankingDocument
    from fitcheck.report.several.rank_markdown import rank_markdown

    if kind == "markdown":
        return rank_markdown(ranking)
    return RankingDocument.json_text(ranking)
