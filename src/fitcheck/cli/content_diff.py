"""`fitcheck rubric diff`: compare the verdicts of old and new content over prospects."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fitcheck.api import stage_for
from fitcheck.cli import options
from fitcheck.cli.inputs import Collected, prospect_files, prospect_in, read_prospect_file
from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.cost_model import Company, CostModel
from fitcheck.decision.content.rubric import STAGES, Rubric, Screen, Stage
from fitcheck.documents.any_content import load_any, title
from fitcheck.documents.cases import load_cases
from fitcheck.documents.prospects import Questionnaire
from fitcheck.documents.screens import load_screen
from fitcheck.problems import Problem, UsageError
from fitcheck.proof.moves import Move, moves, with_part

EVERY_STAGE = "all"


class Comparison(NamedTuple):
    """Verdicts that changed, the number compared, and the names of the old and the new content."""

    moves: tuple[Move, ...]
    compared: int
    names: tuple[str, str]


def compare(
    old: str, new: str, files: Sequence[str], screen: str, stage: str | None, company_file: str | None
) -> Comparison:
    """
    Compare an old file with a new one.

    Args:
        old: name or path of a screen, a rubric or a cost model.
        new: the same for another version of it.
        files: prospect files or folders; the built-in cases if empty.
        screen: the screen that a rubric or a cost model belongs to.
        stage: our stage, or `EVERY_STAGE`; None: the case's, the company's, else the screen's default.
        company_file: our company file.

    Raises:
        DocumentError: with all problems of all prospects, or those of the content.
        UsageError: the two files are of different kinds, or a screen has no such stage.
    """
    before, after = load_any(old), load_any(new)
    if type(before) is not type(after):
        message = f"{title(before)} can't be compared with {title(after)}"
        raise UsageError(
            Problem("different-kinds", message, hint="compare two screens, two rubrics or two cost models")
        )
    screens = _screen(before, screen), _screen(after, screen)
    company = options.company_of(company_file, screens[1])
    given = [*_of_files(files, screens, stage, company)] if files else [*_of_cases(screens, stage)]
    found = moves(*screens, given, company)
    return Comparison(found, len(given), (f"{title(before)} ({old})", f"{title(after)} ({new})"))


def _screen(thing: Screen | Rubric | CostModel, screen: str) -> Screen:
    return thing if isinstance(thing, Screen) else with_part(load_screen(screen), thing)


def _of_files(
    files: Sequence[str], screens: tuple[Screen, Screen], stage: str | None, company: Company | None
) -> Iterator[tuple[Prospect, Stage, Stage]]:
    known = Questionnaire(
        {name: _either(name, screens) for screen in screens for name in Questionnaire.of(screen).options},
        frozenset[str]().union(*(Questionnaire.of(screen).may_be_na for screen in screens)),
    )
    chosen = _stages(screens, stage, company)
    problems = Collected()
    prospects = []
    for file in prospect_files(files):
        with problems:
            prospects.append(prospect_in(*read_prospect_file(file), known))
    problems.check()
    for prospect in prospects:
        for before, after in chosen:
            yield prospect, before, after


def _either(question: str, screens: tuple[Screen, Screen]) -> tuple[str, ...]:
    """Every option that the question has in either screen."""
    options = [option for screen in screens for option in Questionnaire.of(screen).options.get(question, ())]
    return tuple(dict.fromkeys(options))


def _of_cases(screens: tuple[Screen, Screen], stage: str | None) -> Iterator[tuple[Prospect, Stage, Stage]]:
    """The built-in cases of the screen, each at its own stage where none is given."""
    for file in load_cases():
        for case in file.cases:
            if case.screen.id in {screens[0].id, screens[1].id}:
                for before, after in _stages(screens, stage or case.stage, None):
                    yield case.prospect, before, after


def _stages(screens: tuple[Screen, Screen], stage: str | None, company: Company | None) -> list[tuple[Stage, Stage]]:
    if stage == EVERY_STAGE:
        return [(name, name) for name in STAGES if all(name in screen.stages for screen in screens)]
    before, after = (stage_for(screen, stage, company)[0] for screen in screens)
    return [(before, after)]
