"""`fitcheck agreement`: measure agreement between scorers, over the prospects of a folder."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver, kind_of
from fitcheck.cli.inputs import prospect_files
from fitcheck.cli.merge_scorers import NAMING, inputs_of, judged_files, read_judged
from fitcheck.problems import DocumentError, Problem

if TYPE_CHECKING:
    from fitcheck.decision.several.agreement import Agreement


def agreement(
    files: Annotated[
        list[str], typer.Argument(metavar="FOLDER|FILE...", help="Prospect files named <prospect>.<scorer>.yaml.")
    ],
    screen: options.Screen = "pilot",
    stage: options.Stage = None,
    company: options.CompanyFile = None,
    format: options.Format = None,  # noqa: A002
    output: options.Output = None,
) -> None:
    """Measure agreement between scorers, question by question, and the noise in score and verdict."""
    from fitcheck.report.scorers.agreement_document import agreement_document
    from fitcheck.report.scorers.agreement_markdown import agreement_markdown
    from fitcheck.report.scorers.agreement_text import agreement_lines

    def document(kind: str) -> str:
        if kind == "markdown":
            return agreement_markdown(found)
        return json.dumps(agreement_document(found), indent=2, ensure_ascii=False) + "\n"

    kind = kind_of(format, output)
    names = prospect_files(files)
    found = _agreement(names, screen, stage, company)
    deliver(kind, output, inputs_of(names, screen, company), lambda layout: agreement_lines(found, layout), document)


def _agreement(files: Sequence[str], screen_name: str, stage: str | None, company_file: str | None) -> "Agreement":
    from fitcheck.api import stage_for
    from fitcheck.decision.several.agreement import agreement as compare
    from fitcheck.documents.screens import load_screen

    screen = load_screen(screen_name)
    company = options.company_of(company_file, screen)
    chosen, chosen_by = stage_for(screen, stage, company)
    found = compare(screen, read_judged(judged_files(files), screen), chosen, company=company, stage_from=chosen_by)
    if not found.prospects:
        raise DocumentError(Problem("one-scorer", "no prospect here has two scorers", hint=NAMING))
    return found
