"""The public Python interface: load a screen, assess answers, render the assessment."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fitcheck.arguments import check_day, check_each, check_type, listed
from fitcheck.decision.assess import assess as decide
from fitcheck.decision.assessment import Assessment
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company, Deal
from fitcheck.decision.content.exact import Number
from fitcheck.decision.content.rubric import STAGES, Screen, Stage
from fitcheck.decision.score.results import StageFrom
from fitcheck.documents.company import load_company
from fitcheck.documents.prospects import Questionnaire, read_prospect
from fitcheck.documents.reading.source import read_bytes
from fitcheck.documents.screens import load_screen
from fitcheck.io_errors import check_path
from fitcheck.nearest import shown
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.rendering import Format, render

if TYPE_CHECKING:
    from fitcheck.decision.several.agreement import Agreement
    from fitcheck.decision.several.comparison import Comparison
    from fitcheck.decision.several.judges import JudgesReport
    from fitcheck.decision.several.rankings import Ranking

__all__ = [
    "Format",
    "agreement",
    "assess",
    "compare",
    "letter",
    "load_company",
    "load_prospect",
    "load_screen",
    "merge",
    "rank",
    "render",
    "stage_for",
]

OF_PROSPECT = "load_prospect reads a file"
OF_ASSESSMENT = "assess gives one"
OF_CALLER = "<template>"
"""What a template that came from no file is called in messages."""


def load_prospect(path: str | Path, screen: Screen) -> Prospect:
    """
    Read a prospect file and check it against the questions of a screen.

    Raises:
        DocumentError: with every problem of the file.
        UsageError: an argument is of the wrong type.
    """
    check_path("path", path)
    _check_screen(screen)
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
    Assess a prospect: pursue or not now, why, and what it costs to close.

    Args:
        screen: from `load_screen`.
        prospect: from `load_prospect`, or a map from question id to option id, "unknown" or "n/a".
        stage: how mature our product is; if None, the company's, else the screen's default.
        company: our side, from `load_company`; benchmarks where it is silent.
        as_of: the assessment date; the latest date of an answer if None.
        deal: the deal, if `prospect` is a map; one from a file has its own.

    Raises:
        DocumentError: invalid answers, all at once.
        UsageError: the screen does not have the stage, or an argument is of the wrong type.
    """
    chosen, chosen_by = stage_for(screen, stage, company)
    check_day("as_of", as_of)
    check_type("prospect", prospect, Prospect, Mapping, hint=OF_PROSPECT)
    if not isinstance(prospect, Prospect):
        prospect = _prospect_of(prospect, screen, deal)
    elif deal is not None:
        hint = "dataclasses.replace(prospect, deal=deal)"
        raise UsageError(Problem("no-effect", "deal has no effect: the prospect already has one", hint=hint))
    return decide(screen, prospect, chosen, company=company, as_of=as_of, stage_from=chosen_by)


def _prospect_of(answers: Mapping[str, str], screen: Screen, deal: Deal | None) -> Prospect:
    """Read answers as if from a file, without places: there is nothing to look up."""
    deal = Deal() if deal is None else deal
    check_type("deal", deal, Deal, hint='e.g. Deal(value=30_000, currency="EUR")')
    by_question = {str(question): answer for question, answer in answers.items()}
    written = json.dumps({"prospect": "prospect", "answers": by_question}, default=repr).encode()
    try:
        read = read_prospect(written, "<answers>.json", known=Questionnaire.of(screen))
    except DocumentError as error:
        raise DocumentError(*(replace(p, where=None, excerpt=None, also=()) for p in error.problems)) from None
    placeless = {question: replace(answer, where=None) for question, answer in read.answers.items()}
    return Prospect("prospect", read.name, placeless, deal)


def _check_screen(screen: Screen) -> None:
    check_type("screen", screen, Screen, hint="load_screen gives one")


def stage_for(screen: Screen, given: str | None, company: Company | None) -> tuple[Stage, StageFrom]:
    """
    Return the stage to assess at, and who chose it.

    Raises:
        UsageError: the screen does not have the stage, or screen or company is of the wrong type.
    """
    _check_screen(screen)
    if company is not None:
        check_type("company", company, Company, hint="load_company gives one")
    known = [stage for stage in STAGES if stage in screen.stages]
    for stage in known:
        if given == stage:
            return stage, "given"
    if given is not None:
        message = f"unknown stage {given!r} in screen {screen.id}"
        raise UsageError(Problem("unknown-stage", message, hint=f"one of: {', '.join(known)}"))
    if company and company.stage:
        if company.stage not in known:
            message = f"screen {screen.id} does not have the stage of the company file, {company.stage}"
            raise UsageError(Problem("unknown-stage", message, hint=f"choose one of: {', '.join(known)}"))
        return company.stage, "company"
    return screen.default_stage, "screen"


def compare(assessments: Iterable[Assessment]) -> "Comparison":
    """
    Put two or three assessments by one screen at one stage side by side; see `fitcheck.decision.several.comparison`.

    Raises:
        UsageError: not two or three assessments, or not of one screen, stage and currency.
    """
    from fitcheck.decision.several.comparison import compare as side_by_side

    return side_by_side(listed("assessments", assessments, Assessment, hint=OF_ASSESSMENT))


def rank(assessments: Iterable[Assessment], hours: Number, role: str | None = None) -> "Ranking":
    """
    Choose the prospects that bring most for the available hours; see `fitcheck.decision.several.ranking`.

    Args:
        assessments: at least one, all by one screen at one stage.
        hours: there are, >= 0; a float is taken as it is written.
        role: whose hours, a role of the cost model; everybody's if None.

    Raises:
        UsageError: no assessments, or not by one screen at one stage; hours that are none; no such role.
    """
    from fitcheck.decision.several.ranking import rank as rank_all

    return rank_all(listed("assessments", assessments, Assessment, hint=OF_ASSESSMENT), hours, role)


def merge(
    screen: Screen,
    judges: Mapping[str, Prospect],
    *,
    prospect_id: str,
    stage: Stage | None = None,
    company: Company | None = None,
    as_of: date | None = None,
) -> "JudgesReport":
    """
    Merge several scorers' answers about one prospect, by scorer; see `fitcheck.decision.several.judges`.

    Raises:
        UsageError: no scorers, contradicting deals, a stage that the screen does not have, or an argument of the wrong
            type, e.g. answers that are not a `Prospect`.
    """
    from fitcheck.decision.several.judges import deal_conflicts, merge as merge_judges

    chosen, by = stage_for(screen, stage, company)
    check_day("as_of", as_of)
    check_each("judges", judges, Prospect, hint=OF_PROSPECT)
    if not judges:
        raise UsageError(Problem("no-judges", "no scorers to merge"))
    if differ := deal_conflicts([prospect.deal for prospect in judges.values()]):
        hint = "give the same deal to all, or to one only"
        raise UsageError(Problem("deals-differ", f"the scorers give different deals: {', '.join(differ)}", hint=hint))
    return merge_judges(screen, judges, chosen, prospect_id=prospect_id, company=company, as_of=as_of, stage_from=by)


def agreement(
    screen: Screen,
    prospects: Mapping[str, Mapping[str, Prospect]],
    *,
    stage: Stage | None = None,
    company: Company | None = None,
) -> "Agreement":
    """
    Measure how far scorers agree, by prospect and scorer; see `fitcheck.decision.several.agreement`.

    Raises:
        UsageError: the screen does not have the stage, or an argument is of the wrong type, e.g. answers that are not a
            `Prospect`.
    """
    from fitcheck.decision.several.agreement import agreement as compare_judges

    chosen, by = stage_for(screen, stage, company)
    check_each("prospects", prospects, Mapping, hint="by prospect, then scorer")
    for prospect, judges in prospects.items():
        check_each(f"prospects[{shown(prospect)}]", judges, Prospect, hint=OF_PROSPECT)
    return compare_judges(screen, prospects, chosen, company=company, stage_from=by)


def letter(assessment: Assessment, *, sender: str | None = None, template: str | None = None) -> str:
    """
    Write a courteous "not now" to the customer, as the text of a mail.

    Args:
        assessment: a "not now".
        sender: who signs.
        template: wording of your own, in Jinja2.

    Raises:
        UsageError: the prospect is to be pursued, or an argument is of the wrong type.
        DocumentError: the template is wrong.
    """
    from fitcheck.report.prospect.letter import letter_document
    from fitcheck.report.prospect.letter_template import letter_text

    check_type("assessment", assessment, Assessment, hint=OF_ASSESSMENT)
    found = letter_document(assessment, sender)
    if template is None:
        return letter_text(found)
    check_type("template", template, str, hint="the text of a template, not its path")
    return letter_text(found, "text", template, OF_CALLER)
