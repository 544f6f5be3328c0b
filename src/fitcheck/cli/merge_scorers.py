"""`fitcheck assess --merge`: merge the answers of several scorers per prospect; file names say who scored."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from fitcheck.cli import options
from fitcheck.cli.inputs import STDIN, Collected, Contents, prospect_files, prospect_in, read_prospect_files
from fitcheck.cli.prospect_screens import chosen_screen
from fitcheck.problems import DocumentError, Problem, UsageError, printable

if TYPE_CHECKING:
    from fractions import Fraction

    from fitcheck.decision.content.answers import Prospect
    from fitcheck.decision.content.rubric import Screen
    from fitcheck.decision.several.judges import JudgesReport

NAMING = "name it <prospect>.<scorer>.yaml, for example acme.presales.yaml"


class ScorerFile(NamedTuple):
    """
    A prospect file of one scorer.

    Attributes:
        file: as given.
        prospect: what stands before the last but one dot of the file's name, the same for all scorers.
        scorer: what stands between the last two dots.
    """

    file: str
    prospect: str
    scorer: str


def scorer_file(file: str) -> ScorerFile | None:
    """
    Whose file it is; None if its name has no scorer.

    >>> scorer_file("calls/acme.presales.yaml")
    ScorerFile(file='calls/acme.presales.yaml', prospect='acme', scorer='presales')
    """
    prospect, dot, scorer = PurePath(file).stem.rpartition(".")
    if file == STDIN or not (prospect and dot and scorer):
        return None
    return ScorerFile(file, printable(prospect), printable(scorer))


def read_scorers(
    files: Sequence[ScorerFile], contents: Mapping[str, Contents], screen: "Screen", problems: Collected
) -> "dict[str, dict[str, Prospect]]":
    """
    Return the prospects in files, by prospect and scorer.

    Args:
        files: of the scorers.
        contents: of each file that could be read.
        screen: asks the questions.
        problems: found so far.

    Raises:
        DocumentError: with all problems of all files; two files of one scorer on one prospect are a problem.
    """
    from fitcheck.documents.prospects import Questionnaire

    questionnaire = Questionnaire.of(screen)
    found: dict[str, dict[str, Prospect]] = {}
    first: dict[tuple[str, str], str] = {}
    for each in files:
        with problems:
            other = first.setdefault((each.prospect, each.scorer), each.file)
            if other != each.file:
                message = f"{each.scorer} has two files on {each.prospect}: {other} and {each.file}"
                raise DocumentError(Problem("scorer-twice", message, hint="keep one file for each scorer"))
            if each.file in contents:
                prospect = prospect_in(*contents[each.file], questionnaire)
                found.setdefault(each.prospect, {})[each.scorer] = prospect
    problems.check()
    return found


def scorer_files(files: Sequence[str]) -> list[ScorerFile]:
    """
    Tell prospect and scorer of each file by its name.

    Raises:
        UsageError: file names without a scorer, all of them.
    """
    found = {file: scorer_file(file) for file in files}
    nameless = [file for file, known in found.items() if known is None]
    if nameless:
        raise UsageError(
            *(Problem("no-scorer", f"{file}: the file name has no scorer", hint=NAMING) for file in nameless)
        )
    return [known for known in found.values() if known]


def inputs_of(files: Sequence[str], screen: str, company: str | None) -> tuple[Path, ...]:
    """Every file that was read; none may be overwritten."""
    return (*map(Path, files), Path(company or options.COMPANY), Path(screen))


def merge_all(
    files: Sequence[str], screen: str | None, stage: str | None, company: str | None, as_of: str | None
) -> "tuple[list[JudgesReport], tuple[Path, ...], bool]":
    """
    Merge the scorers of each prospect.

    Args:
        files: prospect files or folders.
        screen: a built-in screen or a file, if it was given.
        stage: our own, if it was given.
        company: file of our side, if it was given.
        as_of: the day to assess as of, if it was given.

    Returns:
        One report for each prospect, in the order in which prospects are first named; the files that were read; and
        whether every prospect file names the screen.

    Raises:
        DocumentError: with all problems of all files.
        UsageError: a file's name has no scorer, or a prospect has one scorer only.
    """
    from fitcheck.api import stage_for
    from fitcheck.decision.several.judges import merge

    day, problems, names = options.day_of(as_of), Collected(), prospect_files(files)
    contents = read_prospect_files(names, problems)
    screen_name, name_screen = chosen_screen(screen, contents.values())
    asking, our = options.screen_and_company(screen_name, company)
    chosen, chosen_by = stage_for(asking, stage, our)
    named = scorer_files(names)
    _check_scorers(named)
    prospects = read_scorers(named, contents, asking, problems)
    _check_deals(prospects)
    merged = [
        merge(asking, scorers, chosen, prospect_id=name, company=our, as_of=day, stage_from=chosen_by)
        for name, scorers in prospects.items()
    ]
    return merged, inputs_of(names, screen_name, company), name_screen


def _check_scorers(named: Sequence[ScorerFile]) -> None:
    names = [each.prospect for each in named]
    alone = [each for each in named if names.count(each.prospect) == 1]
    if alone:
        hint = "drop --merge, or add another scorer's file"
        raise UsageError(
            *(Problem("one-scorer", f"{each.prospect} has only one scorer: {each.scorer}", hint=hint) for each in alone)
        )


def _check_deals(prospects: "Mapping[str, Mapping[str, Prospect]]") -> None:
    from fitcheck.decision.several.judges import deal_conflicts

    problems = []
    for name, scorers in prospects.items():
        for field in deal_conflicts([prospect.deal for prospect in scorers.values()]):
            values = {scorer: getattr(prospect.deal, field) for scorer, prospect in scorers.items()}
            given = ", ".join(f"{_shown(value)} ({scorer})" for scorer, value in values.items() if value)
            message = f"{name}: the scorers' files give different deals: {field.replace('_', ' ')} {given}"
            hint = "a deal is a fact: give the same one in every file, or in one file only"
            problems.append(Problem("deals-differ", message, hint=hint))
    if problems:
        raise DocumentError(*problems)


def _shown(value: "Fraction | str | Mapping[str, Fraction]") -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{role} {float(hours):,.10g}" for role, hours in value.items())
    return value if isinstance(value, str) else f"{float(value):,.10g}"
