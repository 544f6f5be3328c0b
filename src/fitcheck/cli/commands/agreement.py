"""`fitcheck agreement`: how far scorers agree on the prospects of a folder."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, detail_of, kind_of
from fitcheck.cli.inputs import Collected, prospect_files, read_prospect_files
from fitcheck.cli.merge_scorers import NAMING, inputs_of, read_scorers, scorer_files
from fitcheck.cli.prospect_screens import chosen_screen
from fitcheck.problems import DocumentError, Problem

if TYPE_CHECKING:
    from fitcheck.decision.several.agreement import Agreement


def agreement(
    files: Annotated[
        list[str], typer.Argument(metavar="FOLDER|FILE...", help="Prospect files named <prospect>.<scorer>.yaml.")
    ],
    screen: options.FileScreen = None,
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
    *,
    full: options.Full = False,
    pager: options.Pager = False,
) -> None:
    """Measure agreement between scorers: the verdicts, the scores, and question by question."""
    from fitcheck.rendering import renderable

    kind, detail = kind_of(format, output), detail_of(full=full)
    names = prospect_files(files)
    found, screen_name = _agreement(names, screen, stage, company)
    deliver(renderable(found), kind, output, inputs_of(names, screen_name, company), detail=detail, pager=pager)


def _agreement(
    files: Sequence[str], given_screen: str | None, stage: str | None, company_file: str | None
) -> "tuple[Agreement, str]":
    """How far the scorers agree, and the name or path of the screen."""
    from fitcheck.api import stage_for
    from fitcheck.decision.several.agreement import agreement as compare

    problems = Collected()
    contents = read_prospect_files(files, problems)
    screen_name, _ = chosen_screen(given_screen, contents.values())
    screen, company = options.screen_and_company(screen_name, company_file)
    chosen, chosen_by = stage_for(screen, stage, company)
    prospects = read_scorers(scorer_files(files), contents, screen, problems)
    found = compare(screen, prospects, chosen, company=company, stage_from=chosen_by)
    if not found.prospects:
        raise DocumentError(Problem("one-scorer", "no prospect here has two scorers", hint=NAMING))
    return found, screen_name
