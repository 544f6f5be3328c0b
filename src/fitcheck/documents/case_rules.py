"""Rules that a file of cases must keep beyond its model, together with the screens it names."""

from collections.abc import Iterator, Mapping
from typing import Any

from fitcheck.decision.content.rubric import STAGES, Screen, Stage
from fitcheck.decision.score.reasons import ONE_SIDED
from fitcheck.documents.prospects import UNKNOWN, Questionnaire, fault_of
from fitcheck.documents.reading.tree import Document, Path
from fitcheck.nearest import nearest, quoted
from fitcheck.problems import Problem

ITEMS = "items"


def case_problems(document: Document, screens: Mapping[str, Screen | None]) -> Iterator[Problem]:
    """
    Yield every problem with how the parts of a case file fit together.

    Args:
        document: the case file.
        screens: by case, its screen; None where it can't be read.
    """
    if document.at(ITEMS) == {}:
        yield document.problem("empty-value", '"items" is empty', (ITEMS,))
    for item, parts in document.parts(ITEMS):
        at: Path = (ITEMS, item)
        yield from _story(document, at, parts)
        yield from _base(document, item)
        if screen := screens.get(item):
            yield from _answers(document, item, screen)
            yield from _guesses(document, (*at, "guesses"), screen)
            stage = parts.get("stage", screen.default_stage)
            if stage in STAGES and stage not in screen.stages:
                message = f"unknown stage {quoted(stage)} in screen {screen.id}"
                hint = f"one of: {', '.join(screen.stages)}"
                yield document.problem("unknown-stage", message, (*at, "stage"), hint=hint)
            yield from _expected(document, (*at, "expect"), screen, stage)


def chain(document: Document, item: str) -> tuple[str, ...]:
    """Return the chain of bases of a case, itself last; it ends early at a base that is wrong."""
    found: list[str] = []
    while item not in found and item in document.mapping(ITEMS):
        found.insert(0, item)
        item = str(document.at(ITEMS, item, "base"))
    return tuple(found)


def _story(document: Document, at: Path, parts: Mapping[str, Any]) -> Iterator[Problem]:
    if "story" in parts and "lesson" not in parts:
        hint = "lesson: why the verdict follows, in a sentence"
        yield document.problem("lesson-missing", "a story needs a lesson", (*at, "story"), key=True, hint=hint)
    if "lesson" in parts and "story" not in parts:
        message = "lesson without a story"
        yield document.problem("lesson-without-story", message, (*at, "lesson"), key=True)


def _base(document: Document, item: str) -> Iterator[Problem]:
    at: Path = (ITEMS, item, "base")
    base, items = document.at(*at), document.mapping(ITEMS)
    if not isinstance(base, str):
        return
    if base not in items:
        hint = nearest(base, list(items))
        yield document.problem("unknown-case", f"no case {quoted(base)} in this file", at, hint=hint)
    elif document.at(ITEMS, chain(document, item)[0], "base") in chain(document, item):
        yield document.problem("base-of-itself", f"{quoted(item)} leads back to itself through its bases", at)


def _answers(document: Document, item: str, screen: Screen) -> Iterator[Problem]:
    known = Questionnaire.of(screen)
    for origin in chain(document, item):
        for question, written in document.mapping(ITEMS, origin, "answers").items():
            fault = fault_of(known, question, written.strip() if isinstance(written, str) else UNKNOWN)
            if fault and origin == item:
                path = (ITEMS, item, "answers", question)
                yield document.problem(fault.code, fault.message, path, key=fault.of_question, hint=fault.hint)
            elif fault and question not in document.mapping(ITEMS, item, "answers"):
                message = f"an answer taken over from {quoted(origin)} does not fit screen {screen.id}: {fault.message}"
                yield document.problem("base-misfit", message, (ITEMS, item, "base"), hint="answer it in this case")


def _guesses(document: Document, at: Path, screen: Screen) -> Iterator[Problem]:
    options = Questionnaire.of(screen).options
    for question in document.mapping(*at):
        if question not in options:
            message = f"unknown question {quoted(question)}"
            hint = nearest(question, list(options), show=0)
            yield document.problem("unknown-question", message, (*at, question), key=True, hint=hint)


def _expected(document: Document, at: Path, screen: Screen, stage: object) -> Iterator[Problem]:
    if "hours" in document.mapping(*at) and screen.cost is None:
        message = f"screen {screen.id} has no cost model, so it estimates no hours"
        yield document.problem("hours-without-cost", message, (*at, "hours"), key=True)
    known: dict[str, list[str]] = {"against": _codes(screen), "for": _codes(screen)}
    for name in screen.stages:
        if name == stage:
            known["gates"] = _gates(screen, name)
    for key, words in known.items():
        written = document.at(*at, key)
        for position, word in enumerate(written if isinstance(written, list) else ()):
            if isinstance(word, str) and word.strip() not in words:
                what, when = ("gate", f" at {stage}") if key == "gates" else ("reason", "")
                message = f"screen {screen.id} has no {what} {quoted(word)}{when}"
                hint = nearest(word, words)
                yield document.problem(f"unknown-{what}", message, (*at, key, position), hint=hint)


def _codes(screen: Screen) -> list[str]:
    """Every reason code that an assessment with this screen can show."""
    codes = [option.reason or question.reason for question in screen.questions for option in question.options]
    return [*dict.fromkeys(codes), ONE_SIDED]


def _gates(screen: Screen, stage: Stage) -> list[str]:
    """Id of every gate that can fail at this stage."""
    fatal = [question.id for question in screen.questions if any(stage in option.gate for option in question.options)]
    floors = [floor.id for floor in screen.stages[stage].floors]
    return [*fatal, *floors, *(["money"] if screen.money_gate else [])]
