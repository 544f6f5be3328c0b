"""Rubric files: their model, their rules, and the rubrics that they hold."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pydantic import Field

from fitcheck.decision.content.rubric import SIDES, STAGES, Change, Option, Question, Rubric, Stage
from fitcheck.documents.reading.check import check, first
from fitcheck.documents.reading.fields import (
    ActorWord,
    AllStages,
    Count,
    KebabId,
    Maybe,
    Model,
    OneOrMany,
    OptionId,
    PointsOrStages,
    Positive,
    Share,
    SideWord,
    SnakeId,
    StageWord,
    Text,
    Version,
)
from fitcheck.documents.reading.finding import Source
from fitcheck.documents.reading.loading import Loaded, load, only_value
from fitcheck.documents.reading.tree import Document, Path
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem


class PointsByStage(Model):
    """Points per stage of our product."""

    concept: Share
    prototype: Share
    pilot: Share
    growth: Share
    mature: Share


Points = OneOrMany[PointsOrStages, PointsByStage]
Gate = OneOrMany[AllStages, list[StageWord]]


class OptionModel(Model):
    """One possible answer, as observable behaviour."""

    says: Text = Field(description="What they did or said, as the person answering reads it.")
    points: Points = Field(description="Share of the question's points, 0 to 1; one number, or one per stage.")
    because: Text = Field(description="A short reason for the report, in lower case without a full stop.")
    gate: Maybe[Gate] = Field(None, description="Stages of our product at which this answer is a deal-breaker, or all.")
    gate_because: Maybe[Text] = Field(None, description="Why nothing else makes up for it; required with gate.")
    reason: Maybe[KebabId] = Field(None, description="Reason code, if not the question's.")


class ChangeModel(Model):
    """How an answer can get better."""

    by: ActorWord = Field(description="Who has to act.")
    advice: Text = Field(description="What they or we can do for a better answer.")
    effort: Count = Field(1, description="Effort per level, a small whole number.")
    weeks: Maybe[Count] = Field(None, description="How many weeks it takes.")


class QuestionModel(Model):
    """One question of a rubric."""

    ask: Text = Field(description="The question to ask.")
    ask_customer: Maybe[Text] = Field(None, description="The version for the customer.")
    why: Text = Field(description="Why we ask, in one sentence.")
    rule: Maybe[Text] = Field(
        None, description="What counts, and which option wins if two apply; shown under the question."
    )
    source: Maybe[Text] = Field(None, description="Where it comes from, if not from the rubric's source.")
    weight: Positive = Field(description="Weight among the questions of the rubric, or of its side.")
    side: Maybe[SideWord] = Field(
        None, description="Whose trust it is about; required in two-way rubrics, and only there."
    )
    reason: KebabId = Field(description="Reason code; reports add up reasons with the same code.")
    not_applicable: Maybe[Text] = Field(None, description="When n/a is allowed; without this, never.")
    ask_cost: Count = Field(1, description="Relative effort of asking.")
    options: dict[OptionId, OptionModel] = Field(description="The possible answers, best first; 2 to 8.")
    change: ChangeModel = Field(description="How the answer can get better.")


class RubricModel(Model):
    """One dimension of fit."""

    rubric: KebabId = Field(description="Id of the rubric; the same as its file name.")
    version: Version = Field(description="Raise it whenever a verdict may change.")
    title: Text = Field(description="As shown in reports.")
    about: Text = Field(description="What it scores, in one sentence.")
    source: Text = Field(description="Where it comes from.")
    sides: Maybe[dict[SideWord, Text]] = Field(None, description="Title of each side; only in a two-way rubric.")
    questions: dict[SnakeId, QuestionModel] = Field(description="The questions.")
    letter: dict[SnakeId, dict[OptionId, Text]] = Field(
        default_factory=dict,
        description="By question and answer: the reason in a sentence that the customer may read in a letter.",
    )


MIN_OPTIONS, MAX_OPTIONS = 2, 8


def load_rubric(name_or_path: str) -> Rubric:
    """
    Load a built-in rubric by name, or your own by path.

    Raises:
        DocumentError: with all problems of the file.
        UsageError: no built-in rubric has this name.
    """
    return only_value("rubric", name_or_path, read_rubric)


def read_rubric(source: Source) -> Loaded[Rubric]:
    """Return a rubric file as far as it can be read."""
    return load(source, "rubric", _checked)


def _checked(document: Document) -> tuple[Rubric | None, list[Problem]]:
    model, problems = check(document, RubricModel, what="a rubric")
    problems += first(_rules(document))
    return (_rubric(model, document) if model and not problems else None), problems


def _rules(document: Document) -> Iterator[Problem]:
    if document.at("questions") == {}:
        yield document.problem("no-questions", "a rubric needs at least one question", ("questions",))
    for question, _ in document.parts("questions"):
        yield from _option_rules(document, question)
    yield from _side_rules(document)
    yield from _letter_rules(document)


def _letter_rules(document: Document) -> Iterator[Problem]:
    """Yield the problems of a letter that speaks of what nobody asks."""
    known = options_of(document)
    for question, reasons in document.parts("letter"):
        path: Path = ("letter", question)
        if question not in known:
            message = f"there is no question {quoted(question)} in this file"
            yield document.problem("unknown-question", message, path, key=True, hint=nearest(question, list(known)))
            continue
        for option in reasons:
            if option not in known[question]:
                message = f"{quoted(question)} has no option {quoted(option)}"
                hint = nearest(option, known[question])
                yield document.problem("unknown-option", message, (*path, option), key=True, hint=hint)


def _option_rules(document: Document, question: str) -> Iterator[Problem]:
    path = ("questions", question, "options")
    yield from count_problems(document, path)
    for option, parts in document.parts(*path):
        at = (*path, option)
        if "gate" in parts and "gate_because" not in parts:
            hint = "gate_because: why nothing else makes up for this answer"
            yield document.problem(
                "gate-without-because", "a gate needs gate_because", (*at, "gate"), key=True, hint=hint
            )
        if "gate_because" in parts and "gate" not in parts:
            message = "gate_because without a gate"
            yield document.problem("because-without-gate", message, (*at, "gate_because"), key=True)
        if parts.get("gate") == []:
            yield document.problem("empty-value", '"gate" is empty', (*at, "gate"), hint="leave it out")


def count_problems(document: Document, path: Path) -> Iterator[Problem]:
    """Yield the problem that the options of a question are too few or too many."""
    options = document.at(*path)
    if isinstance(options, dict) and not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
        message = f"a question needs {MIN_OPTIONS} to {MAX_OPTIONS} options, not {len(options)}"
        yield document.problem("options-count", message, path, key=True)


def _side_rules(document: Document) -> Iterator[Problem]:
    sides = document.mapping("sides")
    if "sides" in document.mapping():
        for side in SIDES:
            if sides and side not in sides:
                message = f"a two-way rubric needs both sides; {quoted(side)} is missing"
                yield document.problem("side-missing", message, ("sides",), key=True)
    for question, parts in document.parts("questions"):
        at = ("questions", question)
        if "sides" in document.mapping() and "side" not in parts:
            yield document.problem(
                "side-missing", "every question of a two-way rubric needs a side", at, key=True, hint="theirs or ours"
            )
        if "sides" not in document.mapping() and "side" in parts:
            hint = "delete it, or give the rubric sides"
            yield document.problem("side-in-one-way", "this rubric has no sides", (*at, "side"), key=True, hint=hint)
    yield from _applicability_rules(document)


def _applicability_rules(document: Document) -> Iterator[Problem]:
    """Each side (or the whole of a one-way rubric) needs a question that must be answered."""
    questions = list(document.parts("questions"))
    sides: list[str | None] = [side for side in SIDES if side in document.mapping("sides")]
    for side in sides or [None]:
        asked = [parts for _, parts in questions if side is None or parts.get("side") == side]
        at = ("questions",) if side is None else ("sides", side)
        if not asked and questions and all("side" in parts for _, parts in questions):
            yield document.problem("side-without-questions", f"no question has side {side}", at, key=True)
        if asked and all("not_applicable" in parts for parts in asked):
            what = "question" if side is None else f"question on side {side}"
            message = f"every {what} can be answered n/a, which may leave nothing to score"
            yield document.problem(
                "all-not-applicable", message, at, key=True, hint="remove not_applicable from at least one"
            )


def _rubric(model: RubricModel, document: Document) -> Rubric:
    return Rubric(
        id=model.rubric,
        version=model.version,
        title=model.title,
        about=model.about,
        source=model.source,
        questions=tuple(
            _question(name, question, model.letter.get(name, {}), document)
            for name, question in model.questions.items()
        ),
        sides={side: model.sides[side] for side in SIDES} if model.sides else {},
    )


def _question(name: str, model: QuestionModel, letter: Mapping[str, str], document: Document) -> Question:
    return Question(
        id=name,
        ask=model.ask,
        why=model.why,
        weight=model.weight,
        reason=model.reason,
        options=tuple(_option(of, option, letter.get(of)) for of, option in model.options.items()),
        change=Change(model.change.by, model.change.advice, model.change.effort, model.change.weeks),
        side=model.side,
        not_applicable=model.not_applicable,
        ask_customer=model.ask_customer,
        source=model.source,
        ask_cost=model.ask_cost,
        rule=model.rule or "",
        where=document.place("questions", name),
    )


def _option(name: str, model: OptionModel, to_customer: str | None) -> Option:
    return Option(
        id=name,
        says=model.says,
        points=_points(model.points),
        because=model.because,
        gate=_gate(model),
        gate_because=model.gate_because or "",
        reason=model.reason,
        to_customer=to_customer,
    )


def _points(points: Fraction | PointsByStage) -> tuple[Fraction, ...]:
    if isinstance(points, Fraction):
        return (points,) * len(STAGES)
    return tuple(getattr(points, stage) for stage in STAGES)


def _gate(model: OptionModel) -> frozenset[Stage]:
    if model.gate == "all":
        return frozenset(STAGES)
    return frozenset(model.gate or ())


def options_of(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the option ids of every question of a rubric or cost model, as far as they can be read."""
    return {name: tuple(document.mapping("questions", name, "options")) for name in document.mapping("questions")}
