"""What an assistant reads: the pack of rules, questions and notes, and the skill that drives the commands."""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.documents.schemas import schema
from fitcheck.nearest import nearest, quoted
from fitcheck.notes.call_notes import CallNotes
from fitcheck.problems import Problem, UsageError

COST = "cost"
"""Id of the part that the cost model asks."""


class Part(NamedTuple):
    """Questions of a rubric or of the cost model."""

    id: str
    title: str
    asked: tuple[Question | CostQuestion, ...]


def pack(
    screen: Screen,
    notes: Sequence[CallNotes],
    *,
    prospect: str = "",
    left_out: Collection[str] = (),
    ours: Sequence[str] = (),
) -> str:
    """
    Return the prompt with which any assistant proposes answers: the same text for the same input.

    Args:
        screen: asks the questions; how much an answer counts is not told.
        notes: each line is put after its number and a bar, so that none can close the fence around it.
        prospect: its name; "" if it is not known.
        left_out: ids of questions that are not asked.
        ours: names of our own people.
    """
    parts = tuple(_parts(screen, left_out))
    return _filled(
        "pack.md.j2",
        prospect=prospect,
        parts=parts,
        count=sum(len(part.asked) for part in parts),
        notes=[_numbered(each) for each in notes],
        ours=", ".join(ours),
        schema=_reply_schema(),
    )


def skill(name: str, screens: Sequence[Screen]) -> dict[str, str]:
    """
    Return the texts of an Agent Skill by file.

    Args:
        name: of the skill and its folder.
        screens: whose questions it refers to, the usual one first.
    """
    files = {"SKILL.md": _filled("skill.md.j2", name=name, screens=screens)}
    for screen in screens:
        files[f"references/{screen.id}.md"] = questions(screen)
    return {**files, "references/reply.schema.json": f"{_reply_schema()}\n"}


def overview(screen: Screen, *, left_out: Collection[str] = (), ours: Sequence[str] = ()) -> str:
    """Return the rules of a careful reader, and the questions by part without their options; see `pack`."""
    return _filled("overview.md.j2", screen=screen, parts=tuple(_parts(screen, left_out)), ours=", ".join(ours))


def questions(screen: Screen, part: str | None = None, *, left_out: Collection[str] = ()) -> str:
    """
    Return the questions of a screen with their options and rules.

    Args:
        screen: asks them.
        part: id of one of its rubrics, or `COST`; all if None.
        left_out: ids of questions that are not asked.

    Raises:
        UsageError: the screen has no such part.
    """
    known = [each.id for each in _parts(screen, ())]
    if part is not None and part not in known:
        message = f"the screen {screen.id} has no part {quoted(part)}"
        raise UsageError(Problem("unknown-part", message, hint=nearest(part, known)))
    asked = tuple(each for each in _parts(screen, left_out) if part in {None, each.id})
    return _filled("reference.md.j2", screen=screen, parts=asked)


def numbered(notes: CallNotes, first: int = 1) -> str:
    """Return notes with the number of each line, from the line `first` on, so fenced that none can end the fence."""
    return _filled("notes.md.j2", notes=[_numbered(notes, first)])


def _parts(screen: Screen, left_out: Collection[str]) -> Iterator[Part]:
    parts = [Part(rubric.id, rubric.title, rubric.questions) for rubric in screen.rubrics]
    parts += [Part(COST, screen.cost.title, screen.cost.questions)] if screen.cost else []
    for part in parts:
        if asked := tuple(question for question in part.asked if question.id not in left_out):
            yield part._replace(asked=asked)


def _numbered(notes: CallNotes, first: int = 1) -> tuple[str, list[str]]:
    width = len(str(len(notes.lines)))
    lines = [f"{line.number:>{width}} | {line.text}".rstrip() for line in notes.lines[first - 1 :]]
    return json.dumps(notes.file, ensure_ascii=False), lines


def _reply_schema() -> str:
    return json.dumps(schema("notes"), indent=2, ensure_ascii=False)


def _filled(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values).rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=False,  # noqa: S701 - Markdown, in which every text stands on a line with its own beginning
        loader=PackageLoader("fitcheck.notes"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
