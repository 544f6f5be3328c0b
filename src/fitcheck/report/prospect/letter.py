"""
What a customer may read of an assessment: the published JSON document, `fitcheck.letter/1`.

Nothing else of an assessment gets into a letter, whatever its template: no score, no gate, no weight, no cost, and no
text that was written for our own eyes. Keys may be added; anything else would be `/2`.
"""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

from typing_extensions import TypedDict

from fitcheck.decision.assessment import Assessment
from fitcheck.decision.change.change_sets import Step
from fitcheck.decision.content.rubric import STAGES, Question, Screen, Stage
from fitcheck.decision.score.results import Reason
from fitcheck.problems import Problem, UsageError

SCHEMA: Literal["fitcheck.letter/1"] = "fitcheck.letter/1"

GOALS = frozenset({"problem-we-solve", "goal-in-their-words", "need", "implicated-pain"})
"""Reason codes of the questions about what they want to reach: only those may be quoted."""

ASKED = 3
"""Questions put to the customer beside those that belong to a change."""

HALF = Fraction(1, 2)

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

YOU = {"they": "you", "them": "you", "their": "your", "theirs": "yours", "themselves": "yourselves"}


class AddresseeDocument(TypedDict):
    """Who the letter is for."""

    name: str


class LetterStepDocument(TypedDict):
    """Something that would have to change: a question to them, and which answer would be enough; not both are null."""

    ask: str | None
    enough: str | None


class AgainDocument(TypedDict):
    """When we ask again: `on` as 2026-11-22, `day` as 22 November 2026, both null where no day is known."""

    on: str | None
    day: str | None
    weeks: int


class LetterDocument(TypedDict):
    """
    What may be said to a customer; a template sees the same.

    `sender` is our name, if the company file says it. `understood` are their own words. `theirs`, `ours` and `time` are
    the changes that would make it a fit, by who acts, as far as there are words for them. `only_answers` is true when
    nothing has to change and only answers are missing, `hopeful` is false when no change would do; `asks` is what we
    would still like to know. `goal_known` says that they told us what they want to reach, in words of theirs or not.
    """

    schema: Literal["fitcheck.letter/1"]
    prospect: AddresseeDocument
    sender: str | None
    understood: list[str]
    goal_known: bool
    theirs: list[LetterStepDocument]
    ours: list[LetterStepDocument]
    time: list[LetterStepDocument]
    only_answers: bool
    hopeful: bool
    asks: list[str]
    look_again: AgainDocument


def letter_document(assessment: Assessment, sender: str | None = None) -> LetterDocument:
    """
    Pick out what a customer may read.

    Args:
        assessment: of a prospect that is not pursued now.
        sender: our name.

    Raises:
        UsageError: the verdict is "pursue".
    """
    change = assessment.would_change
    if change is None or assessment.look_again_weeks is None:
        message = f"the verdict on {assessment.prospect.name} is pursue: there is nothing to decline"
        raise UsageError(Problem("nothing-to-decline", message))
    questions = {question.id: question for question in assessment.screen.questions}
    steps = change.sets[0].steps if change.sets else ()
    taken = {step.question for step in steps}
    told = [(step.by, told) for step in steps if (told := _step(step, questions[step.question], assessment.stage))]
    understood = list(_understood(assessment))
    told_of = {reason.question for reason in _told_goals(assessment)}
    goals = {question.id for question in _goals(assessment.screen)}
    asks = list(_asks(assessment)) if assessment.hopeful else []
    return {
        "schema": SCHEMA,
        "prospect": {"name": assessment.prospect.name},
        "sender": sender,
        "understood": understood,
        "goal_known": bool(goals) and goals <= told_of,
        "theirs": [step for by, step in told if by == "them"],
        "ours": [step for by, step in told if by == "us"],
        "time": [step for by, step in told if by == "time"],
        "only_answers": not steps and assessment.hopeful and not assessment.settled,
        "hopeful": assessment.hopeful,
        "asks": [text for question, text in asks if question not in taken],
        "look_again": _again(assessment.look_again, assessment.look_again_weeks),
    }


def _understood(assessment: Assessment) -> Iterator[str]:
    """What somebody said about their goal, where the answer speaks for them; an observation of ours is no quote."""
    return (reason.evidence for reason in _told_goals(assessment) if reason.evidence and reason.by)


def _goals(screen: Screen) -> Iterator[Question]:
    """Questions about what they want to reach."""
    return (question for question in screen.questions if question.reason in GOALS)


def _told_goals(assessment: Assessment) -> Iterator[Reason]:
    """Answers about their goal that speak for them."""
    goals = {question.id for question in _goals(assessment.screen)}
    return (reason for reason in assessment.reasons if reason.question in goals and reason.effect > 0)


def _step(step: Step, question: Question, stage: Stage) -> LetterStepDocument | None:
    """
    A change in words for the customer.

    What we would have to do is told as what we would ask them. How far we trust them is ours alone, so that of those
    questions only the one that was written for the customer is shown. An answer in the lower half of its points may
    be enough for the score, and is nothing to wish for.
    """
    is_shown = step.by in {"them", "time"} and question.side != "ours"
    is_good = question.option(step.after).points[STAGES.index(stage)] >= HALF
    enough = to_them(step.says) if is_shown and is_good else None
    return {"ask": question.ask_customer, "enough": enough} if question.ask_customer or enough else None


def _asks(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Questions by id, in words for the customer: about their goal where that is not known, then the most telling."""
    told_of = {reason.question for reason in _told_goals(assessment)}
    asked = {q.id: q.ask_customer for q in _goals(assessment.screen) if q.id not in told_of}
    change, cheaper = assessment.would_change, assessment.worth_closing_if
    then = change.sets[0].then if change and change.sets else None
    asked |= {q.question: q.ask_customer for q in (*assessment.ask_next, *(then.ask if then else ()))}
    if cheaper and assessment.screen.cost:
        terms = {step.question for step in cheaper.steps}
        asked |= {q.id: q.ask_customer for q in assessment.screen.cost.questions if q.id in terms}
    told = [(question, text) for question, text in asked.items() if text]
    yield from told[:ASKED]


def _again(day: date | None, weeks: int) -> AgainDocument:
    if day is None:
        return {"on": None, "day": None, "weeks": weeks}
    return {"on": day.isoformat(), "day": f"{day.day} {MONTHS[day.month - 1]} {day.year}", "weeks": weeks}


def to_them(text: str) -> str:
    """
    Speak to them instead of about them; English verbs are the same after "they" and "you".

    >>> to_them("They named who signs, and their team said what suits them")
    'You named who signs, and your team said what suits you'
    """
    return re.sub(rf"\b({'|'.join(YOU)})\b", _you, text, flags=re.IGNORECASE)


def _you(found: re.Match[str]) -> str:
    word = YOU[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word
