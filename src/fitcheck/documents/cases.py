"""Files of worked cases: their model, and the cases that they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from fitcheck.decision.content.answers import Prospect
from fitcheck.decision.content.rubric import Screen
from fitcheck.documents.case_rules import ITEMS, case_problems, chain
from fitcheck.documents.prospects import DealModel, OptionWord, answer_of, deal_of
from fitcheck.documents.reading.check import check
from fitcheck.documents.reading.fields import (
    KebabId,
    Maybe,
    Model,
    SnakeId,
    StageWord,
    Text,
    Version,
    YesNo,
    described,
    reads,
    refusal,
    word,
)
from fitcheck.documents.reading.finding import Source, hint_at, is_file, names as built_in, root
from fitcheck.documents.reading.loading import load
from fitcheck.documents.reading.tree import Document
from fitcheck.documents.screens import load_screen
from fitcheck.nearest import quoted
from fitcheck.problems import DocumentError, Problem, UsageError
from fitcheck.proof.cases import Case, CaseFile, Expectation


def _band(value: object) -> tuple[Fraction, Fraction]:
    match value:
        case [int() | Decimal() as least, int() | Decimal() as most] if 0 <= least <= most and not (
            isinstance(least, bool) or isinstance(most, bool)
        ):
            return Fraction(least), Fraction(most)
    what = f"[{', '.join(map(described, value))}]" if isinstance(value, list) else described(value)
    raise refusal("bad-band", f"must be [least, most], not {what}", "write e.g. [40, 90]")


Band = Annotated[
    tuple[Fraction, Fraction],
    reads(_band, {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2}),
]
Codes = Annotated[list[KebabId], Field(min_length=1)]


class ExpectModel(Model):
    """The expected result; whatever is left out may be anything."""

    verdict: Annotated[Literal["pursue", "not now"], word("pursue", "not now")] = Field(description="One of the two.")
    settled: Maybe[YesNo] = Field(None, description="true: no open answer can change the verdict; false: one can.")
    gates: Maybe[list[Text]] = Field(
        None, description="Exactly the deal-breakers: a question, floor:rubric, floor:rubric:side, or money."
    )
    against: Maybe[Codes] = Field(None, description="Codes of the strongest reasons against, in order.")
    speaks_for: Maybe[Codes] = Field(None, alias="for", description="Codes of the strongest reasons for, in order.")
    hours: Maybe[Band] = Field(None, description="Bounds of the mean hours to close.")


class CaseModel(Model):
    """A prospect whose verdict is known beforehand."""

    story: Maybe[Text] = Field(None, description="Call notes of a made-up company, written before the answers.")
    lesson: Maybe[Text] = Field(None, description="Why the verdict follows, in a sentence; needed with a story.")
    screen: Maybe[Text] = Field(None, description="Name or path of a screen, if not the file's.")
    stage: Maybe[StageWord] = Field(None, description="Our own stage, if not the screen's default.")
    deal: Maybe[DealModel] = Field(None, description="The deal.")
    base: Maybe[SnakeId] = Field(None, description="Another case of this file to take answers from first.")
    answers: dict[SnakeId, OptionWord] | None = Field(
        None, description="By question: an option id, unknown, or n/a; left out means unknown."
    )
    guesses: dict[SnakeId, Text] = Field(
        default_factory=dict,
        description="Answers that the notes do not give, and why: a flaw in the question.",
    )
    expect: ExpectModel = Field(description="The expected result.")


class CaseFileModel(Model):
    """Worked cases."""

    cases: KebabId = Field(description="Id of the file; the same as its name.")
    version: Version = Field(description="Raise it whenever a case changes.")
    about: Text = Field(description="What the cases are about, in one sentence.")
    screen: Maybe[Text] = Field(None, description="Name or path of the screen for cases that name none.")
    items: dict[SnakeId, CaseModel] = Field(description="The cases.")


FOLDER = "cases"


def case_names() -> tuple[str, ...]:
    """Return the names of the built-in files of cases, sorted."""
    return tuple(sorted(path.stem for path in (root() / FOLDER).glob("*.yaml")))


def load_cases(names: Sequence[str] = ()) -> tuple[CaseFile, ...]:
    """
    Return case files with the screens they name.

    Args:
        names: of built-in files, paths of your own files or folders; every built-in file if empty.

    Raises:
        DocumentError: with all problems of all files.
        UsageError: no built-in file has this name.
    """
    screens = _Screens()
    problems: list[Problem] = []
    files = []
    for source in [source for name in names or case_names() for source in _sources(name)]:
        loaded = load(source, "cases", partial(_checked, source=source, screens=screens))
        problems += loaded.problems
        files += [loaded.value] if loaded.value else []
    problems += screens.problems
    if problems:
        raise DocumentError(*problems)
    return tuple(files)


def _sources(name: str) -> list[Source]:
    if Path(name).is_dir():
        found = sorted(Path(name).glob("*.yaml"))
        if not found:
            raise DocumentError(Problem("no-cases", f"no case files in {name}", hint="looked for *.yaml"))
        return [Source(path, str(path)) for path in found]
    if is_file(name, case_names()):
        return [Source(Path(name), name)]
    if name not in case_names():
        message = f"no built-in cases {quoted(name)}"
        raise UsageError(Problem("unknown-cases", message, hint=hint_at(name, case_names())))
    return [Source(root() / FOLDER / f"{name}.yaml", f"rubrics/{FOLDER}/{name}.yaml", built_in=True)]


@dataclass(slots=True)
class _Screens:
    """Screens by name or path, each read once; None where one can't be read."""

    read: dict[str, Screen | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def load(self, name_or_path: str) -> Screen | None:
        """
        Return a screen; problems of its own files are kept for later.

        Raises:
            UsageError: no built-in screen has this name.
        """
        if name_or_path not in self.read:
            self.read[name_or_path] = None
            try:
                self.read[name_or_path] = load_screen(name_or_path)
            except DocumentError as error:
                self.problems += error.problems
            except UsageError:
                del self.read[name_or_path]
                raise
        return self.read[name_or_path]


def _checked(document: Document, source: Source, screens: _Screens) -> tuple[CaseFile | None, list[Problem]]:
    model, problems = check(document, CaseFileModel, what="a case file")
    by_case, unknown = _screens_of(document, source, screens)
    problems += [*unknown, *case_problems(document, by_case)]
    if model is None or problems:
        return None, problems
    cases = tuple(_case(item, model, document, screen) for item in model.items if (screen := by_case[item]))
    return CaseFile(model.cases, model.version, model.about, cases), []


def _screens_of(
    document: Document, source: Source, screens: _Screens
) -> tuple[Mapping[str, Screen | None], Iterable[Problem]]:
    """Return the screen of every case, and what is wrong with the names of screens."""
    found: dict[str, Screen | None] = {}
    problems: dict[str, Problem] = {}
    for item, parts in document.parts(ITEMS):
        path = (ITEMS, item, "screen") if "screen" in parts else ("screen",)
        name = document.at(*path)
        found[item] = None
        if isinstance(name, str) and name.strip():
            folder = source.path.parent
            named = str(folder / name) if is_file(name, built_in("screen"), folder) else name
            try:
                found[item] = screens.load(named)
            except UsageError as error:
                (problem,) = error.problems
                problems[str(path)] = document.problem("unknown-screen", problem.message, path, hint=problem.hint)
        elif "screen" not in parts and "screen" not in document.mapping():
            hint = "add screen: pilot here, or once for the whole file"
            message = f"{quoted(item)} names no screen"
            problems[item] = document.problem("screen-missing", message, (ITEMS, item), key=True, hint=hint)
    return found, problems.values()


def _case(item: str, file: CaseFileModel, document: Document, screen: Screen) -> Case:
    model = file.items[item]
    answers = {
        question: answer_of(word, where=document.place(ITEMS, origin, "answers", question))
        for origin in chain(document, item)
        for question, word in (file.items[origin].answers or {}).items()
    }
    return Case(
        id=item,
        file=file.cases,
        screen=screen,
        stage=model.stage or screen.default_stage,
        prospect=Prospect(f"{file.cases}/{item}", item.replace("_", " "), answers, deal_of(model.deal or DealModel())),
        expect=_expectation(model.expect),
        story=model.story or "",
        lesson=model.lesson or "",
        guesses=model.guesses,
        where=document.place(ITEMS, item),
    )


def _expectation(model: ExpectModel) -> Expectation:
    return Expectation(
        verdict=model.verdict,
        settled=model.settled,
        gates=None if model.gates is None else tuple(model.gates),
        against=None if model.against is None else tuple(model.against),
        speaks_for=None if model.speaks_for is None else tuple(model.speaks_for),
        hours=model.hours,
    )
