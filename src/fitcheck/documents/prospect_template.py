"""A prospect file to fill in: every question of a screen with its options, all answers unknown."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from fitcheck.decision.content.cost_model import CostQuestion
from fitcheck.decision.content.rubric import Question, Screen
from fitcheck.documents.reading.editing import in_flow

WIDTH = 120
"""Columns of a line."""

UNNAMED = "Name of the prospect"
"""Stands in a template until somebody fills the name in."""

_HEAD = """\
# Answers about one prospect, for you to fill in. Then: fitcheck assess FILE
# Replace unknown with the id of an option, or n/a where offered; leave unknown what you do not know.
# Even better, with evidence: {{answer: ..., evidence: "what they said or did", on: 2026-11-22, by: head of operations}}
prospect: {prospect}
{screen}{deal}

answers:
"""
_DEAL = """\
# deal: {value: 30000, currency: EUR, win_probability: 0.3}
# per: year if the value recurs every year; hours_spent: {presales: 13} for hours already spent on the deal"""


def prospect_template(
    screen: Screen, named: str | None = None, *, prospect: str = UNNAMED, deal: str | None = None
) -> str:
    """
    Return a valid prospect file with every answer unknown.

    Args:
        screen: whose questions are listed.
        named: its name or path, for the file to name; None: the default screen.
        prospect: its name, as YAML.
        deal: the deal, as YAML; None: a commented-out example.
    """
    asked = f"screen: {in_flow(named)}\n" if named else ""
    head = _HEAD.format(screen=asked, prospect=prospect, deal=f"deal: {deal}" if deal else _DEAL)
    return head + "".join(f"{line}\n" for line in _answers(screen))


def _answers(screen: Screen) -> Iterator[str]:
    for rubric in screen.rubrics:
        yield from _part(rubric.title, rubric.questions)
    if screen.cost:
        title = f"{screen.cost.title}: these answers cost hours, and never affect the score"
        yield from _part(title, screen.cost.questions)


def _part(title: str, questions: Sequence[Question | CostQuestion]) -> Iterator[str]:
    yield ""
    yield from _remark(f"== {title}", "")
    for question in questions:
        yield from _question(question)


def _question(question: Question | CostQuestion) -> Iterator[str]:
    yield ""
    yield from _remark(question.ask, "")
    if question.rule:
        yield from _remark(question.rule, "")
    offered = [*((option.id, option.says) for option in question.options)]
    offered += [("n/a", question.not_applicable)] if question.not_applicable else []
    for option, says in offered:
        yield from _remark(f"{option}: {says}", "  ")
    yield f"  {question.id}: unknown"


def _remark(text: str, indent: str) -> Iterator[str]:
    yield from wrap(text, WIDTH, initial_indent=f"  # {indent}", subsequent_indent=f"  # {indent * 2}")
