"""The public Python interface: load a screen, assess answers, render the assessment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from fitcheck.decision.answers import Prospect
from fitcheck.decision.assess import assess as decide
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.costmodel import Company, Deal
from fitcheck.decision.results import StageFrom
from fitcheck.decision.rubric import STAGES, Screen, Stage
from fitcheck.documents.company import load_company
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.screens import load_screen
from fitcheck.documents.source import read_bytes
from fitcheck.problems import Problem, UsageError
from fitcheck.report.json_document import documents
from fitcheck.report.layout import TextOptions, plain, to_ascii
from fitcheck.report.markdown import markdown
from fitcheck.report.text import report_lines

__all__ = ["Format", "assess", "load_company", "load_prospect", "load_screen", "render", "stage_for"]

Format = Literal["text", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def load_prospect(path: str | Path, screen: Screen) -> Prospect:
    """
    Read a prospect file and check it against the questions of a screen.

    Raises:
        DocumentError: with every problem of the file.
    """
    return read_prospect(read_bytes(path, str(path)), str(path), known=Questionnaire.of(screen))


def assess(
    screen: Screen,
    prospect: Prospect | Mapping[str, str],
    *,
    stage: Stage | None = None,
    company: Company | None = None,
    as_of: date | None = None,
    deal: Deal | None = None,
) -> Assessment:
    """
    Say pursue or not now, why, and what it costs to close.

    Args:
        screen: from `load_screen`.
        prospect: from `load_prospect`, or a map from question id to option id, "unknown" or "n/a".
        stage: where our own solution stands; the company's, else the screen's default, if None.
        company: our side, from `load_company`; benchmarks where it is silent.
        as_of: the day the assessment speaks of; the latest day of an answer if None.
        deal: what is at stake, where `prospect` is a map.

    Raises:
        DocumentError: answers that the screen's questions don't allow, all at once.
        UsageError: the screen does not know the stage.
    """
    if not isinstance(prospect, Prospect):
        written = json.dumps({"prospect": "prospect", "answers": dict(prospect)}, indent=2).encode()
        prospect = read_prospect(written, "<answers>.json", known=Questionnaire.of(screen))
        prospect = replace(prospect, id="prospect", deal=deal or prospect.deal)
    chosen, chosen_by = stage_for(screen, stage, company)
    return decide(screen, prospect, chosen, company=company, as_of=as_of, stage_from=chosen_by)


def stage_for(screen: Screen, given: str | None, company: Company | None) -> tuple[Stage, StageFrom]:
    """
    Which stage counts, and who chose it.

    Raises:
        UsageError: no such stage, or the screen does not know it.
    """
    for stage in STAGES:
        if given == stage and stage in screen.stages:
            return stage, "given"
    if given is not None:
        known = ", ".join(stage for stage in STAGES if stage in screen.stages)
        message = f"screen {screen.id} knows no stage {given!r}"
        raise UsageError(Problem("unknown-stage", message, hint=f"one of: {known}"))
    if company and company.stage:
        return stage_for(screen, company.stage, None)[0], "company"
    return screen.default_stage, "screen"


def render(
    assessments: Assessment | Sequence[Assessment],
    format: Format | str = "text",  # noqa: A002 - the word of the command line
    options: TextOptions | None = None,
) -> str:
    """
    Make a report.

    Args:
        assessments: one or several.
        format: "text", "markdown" or "json".
        options: width and detail of the text format.

    Returns:
        The report; ends with a line feed.

    Raises:
        UsageError: no such format.
    """
    several = [assessments] if isinstance(assessments, Assessment) else assessments
    options = options or TextOptions()
    match format:
        case "text":
            lines = report_lines(several, options)
            return plain(to_ascii(lines) if options.ascii_only else lines)
        case "markdown":
            return markdown(several, explain=options.explain)
        case "json":
            return json.dumps(documents(several), indent=2, ensure_ascii=False) + "\n"
        case _:
            hint = f"one of: {', '.join(FORMATS)}"
            raise UsageError(Problem("unknown-format", f"{format!r} is not a format", hint=hint))
