"""`fitcheck assess --merge`: merge the answers of several scorers per prospect; file names say who scored."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from fitcheck.cli import options
from fitcheck.cli.delivery import deliver
from fitcheck.cli.inputs import STDIN, Collected, prospect_files, read_prospect_file
from fitcheck.problems import DocumentError, Problem, UsageError, printable

if TYPE_CHECKING:
    from fractions import Fraction

    from fitcheck.decision.content.answers import Prospect
    from fitcheck.decision.content.rubric import Screen
    from fitcheck.decision.several.judges import JudgesReport

NAMING = "name it <prospect>.<scorer>.yaml, e.g. acme.presales.yaml"


class JudgedFile(NamedTuple):
    """
    A prospect file of one scorer.

    Attributes:
        file: as given.
        prospect: the file's name up to the last dot but one; the same for all scorers.
        judge: the scorer, between the last two dots.
    """

    file: str
    prospect: str
    judge: str


def judged_file(file: str) -> JudgedFile | None:
    """
    Tell prospect and scorer by the file's name; None if it has no scorer.

    >>> judged_file("calls/acme.presales.yaml")
    JudgedFile(file='calls/acme.presales.yaml', prospect='acme', judge='presales')
    """
    prospect, dot, judge = PurePath(file).stem.rpartition(".")
    if file == STDIN or not (prospect and dot and judge):
        return None
    return JudgedFile(file, printable(prospect), printable(judge))


def read_judged(files: Sequence[JudgedFile], screen: "Screen") -> "dict[str, dict[str, Prospect]]":
    """
    Read prospect files, by prospect and scorer.

    Raises:
        DocumentError: with all problems of all files; a scorer may have only one file per prospect.
    """
    from fitcheck.documents.prospects import Questionnaire

    questionnaire = Questionnaire.of(screen)
    problems = Collected()
    found: dict[str, dict[str, Prospect]] = {}
    first: dict[tuple[str, str], str] = {}
    for judged in files:
        with problems:
            other = first.setdefault((judged.prospect, judged.judge), judged.file)
            if other != judged.file:
                message = f"{judged.judge} scored {judged.prospect} twice: in {other} and in {judged.file}"
                raise DocumentError(Problem("scorer-twice", message, hint="one file per scorer"))
            found.setdefault(judged.prospect, {})[judged.judge] = read_prospect_file(judged.file, questionnaire)
    problems.check()
    return found


def judged_files(files: Sequence[str]) -> list[JudgedFile]:
    """
    Tell prospect and scorer of each file by its name.

    Raises:
        UsageError: every name that has no scorer.
    """
    found = {file: judged_file(file) for file in files}
    nameless = [file for file, judged in found.items() if judged is None]
    if nameless:
        raise UsageError(
            *(Problem("no-scorer", f"{file}: the file name has no scorer", hint=NAMING) for file in nameless)
        )
    return [judged for judged in found.values() if judged]


def inputs_of(files: Sequence[str], screen: str, company: str | None) -> tuple[Path, ...]:
    """Every file that was read; none may be overwritten."""
    return (*map(Path, files), Path(company or options.COMPANY), Path(screen))


def assess_merged(
    files: Sequence[str],
    screen: str,
    stage: str | None,
    company: str | None,
    as_of: str | None,
    kind: str,
    output: str | None,
    *,
    explain: bool,
) -> "list[JudgesReport]":
    """
    Merge the scorers of each prospect and print or write the reports.

    Args:
        files: prospect files or folders.
        screen: a built-in screen or a file.
        stage: our own, if it was given.
        company: file of our side, if it was given.
        as_of: the date of the assessment, if it was given.
        kind: "text", "markdown" or "json".
        output: a file; None or `-` for standard output.
        explain: show every difference and the arithmetic.

    Returns:
        One report for each prospect, in the order in which prospects are first named.

    Raises:
        DocumentError: with all problems of all files.
        UsageError: a file name has no scorer, or a prospect has only one.
    """
    from fitcheck.report.scorers.judges_document import merge_documents
    from fitcheck.report.scorers.judges_markdown import merge_markdown
    from fitcheck.report.scorers.judges_text import merge_lines

    def document(kind: str) -> str:
        if kind == "markdown":
            return merge_markdown(found)
        return json.dumps(merge_documents(found), indent=2, ensure_ascii=False) + "\n"

    names = prospect_files(files)
    found = _merged(names, screen, stage, company, as_of)
    inputs = inputs_of(names, screen, company)
    deliver(kind, output, inputs, lambda layout: merge_lines(found, layout), document, explain=explain)
    return found


def _merged(
    files: Sequence[str], screen_name: str, stage: str | None, company_file: str | None, as_of: str | None
) -> "list[JudgesReport]":
    from fitcheck.api import stage_for
    from fitcheck.decision.several.judges import merge
    from fitcheck.documents.screens import load_screen

    day = options.day_of(as_of)
    screen = load_screen(screen_name)
    company = options.company_of(company_file, screen)
    chosen, chosen_by = stage_for(screen, stage, company)
    judged = judged_files(files)
    _check_judges(judged)
    prospects = read_judged(judged, screen)
    _check_deals(prospects)
    return [
        merge(screen, judges, chosen, prospect_id=name, company=company, as_of=day, stage_from=chosen_by)
        for name, judges in prospects.items()
    ]


def _check_judges(judged: Sequence[JudgedFile]) -> None:
    names = [each.prospect for each in judged]
    alone = [each for each in judged if names.count(each.prospect) == 1]
    if alone:
        hint = "leave out --merge, or add another scorer's file"
        raise UsageError(
            *(Problem("one-scorer", f"{each.prospect} has only one scorer: {each.judge}", hint=hint) for each in alone)
        )


def _check_deals(prospects: "Mapping[str, Mapping[str, Prospect]]") -> None:
    from fitcheck.decision.several.judges import deal_conflicts

    problems = []
    for name, judges in prospects.items():
        for field in deal_conflicts([prospect.deal for prospect in judges.values()]):
            values = {judge: getattr(prospect.deal, field) for judge, prospect in judges.items()}
            given = ", ".join(f"{_shown(value)} ({judge})" for judge, value in values.items() if value)
            message = f"{name}: the scorers' files disagree on the deal: {field.replace('_', ' ')} {given}"
            hint = "write the same deal in every file, or in one file only"
            problems.append(Problem("deals-differ", message, hint=hint))
    if problems:
        raise DocumentError(*problems)


def _shown(value: "Fraction | str | Mapping[str, Fraction]") -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{role} {float(hours):,.10g}" for role, hours in value.items())
    return value if isinstance(value, str) else f"{float(value):,.10g}"
