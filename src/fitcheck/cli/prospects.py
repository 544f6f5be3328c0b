"""The prospect files that a command line names, read and assessed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fitcheck.cli import options
from fitcheck.cli.inputs import Collected, prospect_files, prospect_in, read_prospect_files
from fitcheck.cli.prospect_screens import chosen_screen

if TYPE_CHECKING:
    from fitcheck.decision.assessment import Assessment
    from fitcheck.decision.content.cost_model import Company
    from fitcheck.decision.content.rubric import Screen


class Assessed(NamedTuple):
    """
    The prospects of a command line, assessed.

    Attributes:
        inputs: files that were read; none may be overwritten.
        company: our side; None without a company file.
        name_screen: whether every file names the screen.
    """

    assessments: "list[Assessment]"
    inputs: tuple[Path, ...]
    company: "Company | None"
    name_screen: bool


def assess_all(
    files: Sequence[str], given_screen: str | None, stage: str | None, company_file: str | None, as_of: str | None
) -> Assessed:
    """
    Assess every prospect that a command line names.

    Raises:
        DocumentError: with the problems of all files.
        UsageError: unknown stage or screen, files of different screens, or an invalid date.
    """
    from fitcheck.api import assess, stage_for
    from fitcheck.documents.prospects import Questionnaire

    day, problems = options.day_of(as_of), Collected()
    contents = read_prospect_files(prospect_files(files), problems)
    screen_name, name_screen = chosen_screen(given_screen, contents.values())
    screen, company = options.screen_and_company(screen_name, company_file)
    chosen, _ = stage_for(screen, stage, company)
    questionnaire = Questionnaire.of(screen)
    prospects = []
    for data, file in contents.values():
        with problems:
            prospects.append(prospect_in(data, file, questionnaire))
    problems.check()
    given = chosen if stage else None
    return Assessed(
        [assess(screen, prospect, stage=given, company=company, as_of=day) for prospect in prospects],
        (*map(Path, contents), Path(company_file or options.COMPANY), Path(screen_name), *parts_of(screen)),
        company,
        name_screen,
    )


def parts_of(screen: "Screen") -> set[Path]:
    """Return the rubric and cost files of a screen that is not built in."""
    return {Path(question.where.file) for question in screen.asked if question.where}
